//go:build !amd64

package segment

// closeSums is closeSumsSingle.
func closeSums(sums, upSums, norms *sumBlock, floor uint16, found *foundSums) (hits int, saturated bool) {
	return closeSumsSingle(sums, upSums, norms, floor, found)
}
