package segment

// closeSumsAVX2 does what closeSumsSingle does.
//
//go:noescape
func closeSumsAVX2(sums, upSums, norms *sumBlock, floor uint64, found *foundSums) (hits, saturated uint64)

// closeSums is closeSumsSingle, by AVX2 where that is possible.
func closeSums(sums, upSums, norms *sumBlock, floor uint16, found *foundSums) (hits int, saturated bool) {
	if !hasAVX2 {
		return closeSumsSingle(sums, upSums, norms, floor, found)
	}
	n, some := closeSumsAVX2(sums, upSums, norms, uint64(floor), found)
	return int(n), some != 0
}
