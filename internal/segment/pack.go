package segment

import (
	"encoding/binary"
	"math/bits"
)

// BlockSize is the number of postings in a full block. Those who read blocks
// bring arrays of this size.
const BlockSize = 128

// GroupSize is the number of blocks whose postings have bounds in common beside
// those of each block.
const GroupSize = 32

// packPadding is how many bytes unpacking may read beyond what it unpacks.
const packPadding = 8

// widthOf is the number of bits that the greatest of values needs.
func widthOf(values *[BlockSize]uint32) uint {
	all := uint32(0)
	for _, v := range values {
		all |= v
	}
	return uint(bits.Len32(all))
}

// appendPacked appends values in width bits each, lowest bits first: 16*width
// bytes.
func appendPacked(dst []byte, values *[BlockSize]uint32, width uint) []byte {
	acc, filled := uint64(0), uint(0)
	for _, v := range values {
		acc |= uint64(v) << filled
		filled += width
		if filled >= 32 {
			dst = binary.LittleEndian.AppendUint32(dst, uint32(acc))
			acc >>= 32
			filled -= 32
		}
	}
	return dst // 128 values of any width fill whole words
}
