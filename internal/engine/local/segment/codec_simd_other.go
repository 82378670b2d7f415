//go:build !amd64

package segment

// unpackFreqs is unpackAdd.
func unpackFreqs(dst *[BlockSize]uint32, src []byte, width uint, add uint32) {
	unpackAdd(dst, src, width, add)
}

// unpackDocs is unpackPrefixSum.
func unpackDocs(dst *[BlockSize]uint32, src []byte, width uint, base uint32) uint64 {
	return unpackPrefixSum(dst, src, width, base)
}

// intersectBlock finds nothing: there is no kernel for this processor.
func intersectBlock(*[BlockSize]uint32, []uint32, int, []uint16, []uint8) (found int, ok bool) {
	return 0, false
}

// saturate does nothing: there is no kernel for this processor.
func saturate(*[GroupSize]float64, int, []byte, int, int, Saturation) bool { return false }

// sumFreqsWide does nothing.
func sumFreqsWide(*[BlockSize + 1]uint32, *[BlockSize]uint32) bool { return false }

// placeWide does nothing.
func placeWide([]uint32, *PositionReader, []uint8, []uint32) (n int, highest uint32, ok bool) {
	return 0, 0, false
}
