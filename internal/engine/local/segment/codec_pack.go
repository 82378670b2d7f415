package segment

import (
	"encoding/binary"
	"math"
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

// bitWidth is the number of bits that the greatest of values needs.
func bitWidth(values *[BlockSize]uint32) uint {
	union := uint32(0)
	for _, v := range values {
		union |= v
	}
	return uint(bits.Len32(union))
}

// Frequencies of a full block are packed in the width that makes them shortest.
// What they exceed it by is made up of exceptions, a byte each, which say where
// in the block to add 1<<width, or 4<<width if the highest bit is set.
const (
	maxExceptions      = 7 // as the head of a block counts
	exceptionTimes4    = 1 << 7
	exceptionIndexMask = exceptionTimes4 - 1
)

// appendExceptions appends the exceptions that go with a width to dst, and
// returns the width.
func appendExceptions(dst []byte, values *[BlockSize]uint32) ([]byte, uint) {
	maxWidth := bitWidth(values)
	width, minSize := maxWidth, 16*int(maxWidth)
	for w := maxWidth; w > 0; {
		w--
		n := countExceptions(values, w)
		if n > maxExceptions { // as narrower ones have
			break
		}
		if size := 16*int(w) + n; size < minSize {
			width, minSize = w, size
		}
	}
	if width == maxWidth {
		return dst, maxWidth
	}
	for i, v := range values {
		high := v >> width
		for ; high >= 4; high -= 4 {
			dst = append(dst, byte(i)|exceptionTimes4)
		}
		for ; high > 0; high-- {
			dst = append(dst, byte(i))
		}
	}
	return dst, width
}

// countExceptions returns how many exceptions a width needs, or more than there
// may be.
func countExceptions(values *[BlockSize]uint32, width uint) int {
	n := 0
	for _, v := range values {
		if high := v >> width; high > 0 {
			if n += int(high/4 + high%4); n > maxExceptions {
				break
			}
		}
	}
	return n
}

// patchExceptions adds exceptions to values that were unpacked from a width.
func patchExceptions(values *[BlockSize]uint32, exceptions []byte, width uint) {
	increments := [2]uint32{1 << width, 4 << width}
	for _, e := range exceptions {
		values[e&exceptionIndexMask] += increments[e/exceptionTimes4]
	}
}

// appendPacked appends the lowest width bits of each value, lowest bits first:
// 16*width bytes.
func appendPacked(dst []byte, values *[BlockSize]uint32, width uint) []byte {
	acc, filled, mask := uint64(0), uint(0), uint64(1)<<width-1
	for _, v := range values {
		acc |= uint64(v) & mask << filled
		filled += width
		if filled >= 32 {
			dst = binary.LittleEndian.AppendUint32(dst, uint32(acc))
			acc >>= 32
			filled -= 32
		}
	}
	return dst // 128 values of any width fill whole words
}

// unpackAdd unpacks integers and adds to each.
func unpackAdd(dst *[BlockSize]uint32, src []byte, width uint, add uint32) {
	unpack(dst, src, width)
	if add == 0 {
		return
	}
	for i := 0; i < BlockSize; i += 4 {
		four := (*[4]uint32)(dst[i:])
		four[0], four[1], four[2], four[3] = four[0]+add, four[1]+add, four[2]+add, four[3]+add
	}
}

// unpackPrefixSum unpacks distances, each less 1, and adds them up, from base on,
// of which the greatest stands for -1. It returns the last sum: all before it
// are less, as it grows without overflow.
func unpackPrefixSum(dst *[BlockSize]uint32, src []byte, width uint, base uint32) uint64 {
	unpack(dst, src, width)
	sum := uint64(base)
	if base == math.MaxUint32 {
		sum = math.MaxUint64
	}
	// Sums within four are made aside, so that one addition in four waits for
	// the one before.
	for i := 0; i < BlockSize; i += 4 {
		four := (*[4]uint32)(dst[i:])
		d1 := uint64(four[0]) + 1
		d2 := d1 + uint64(four[1]) + 1
		d3 := d2 + uint64(four[2]) + 1
		d4 := d3 + uint64(four[3]) + 1
		four[0], four[1], four[2], four[3] = uint32(sum+d1), uint32(sum+d2), uint32(sum+d3), uint32(sum+d4)
		sum += d4
	}
	return sum
}
