package neardup

// hashFunctions are those of the signature: the function of a lane is
// (x ^ xor) * multiplier, modulo 2^32, for an odd multiplier. Each is a permutation of
// the hashes of shingles, which are evenly distributed before. The numbers are those
// of SplitMix64 (Steele, Lea, Flood 2014) from 1 on.
var hashFunctions = func() (f struct{ multipliers, xors [lanes]uint32 }) {
	state := uint64(1)
	for i := range lanes {
		state += 0x9e3779b97f4a7c15
		z := mix(state)
		f.multipliers[i], f.xors[i] = uint32(z)|1, uint32(z>>32)
	}
	return f
}()

// minimize lowers minima to the least value that the hash function of each lane has
// for any of hashes.
func minimize(minima *[lanes]uint32, hashes []uint32) {
	if wide && len(hashes) > 0 {
		minimizeWide(minima, &hashFunctions.multipliers, &hashFunctions.xors, hashes)
		return
	}
	minimizePlain(minima, hashes)
}

// minimizePlain defines minimize.
func minimizePlain(minima *[lanes]uint32, hashes []uint32) {
	for i := range lanes {
		multiplier, xor, least := hashFunctions.multipliers[i], hashFunctions.xors[i], minima[i]
		for _, x := range hashes {
			least = min(least, (x^xor)*multiplier)
		}
		minima[i] = least
	}
}
