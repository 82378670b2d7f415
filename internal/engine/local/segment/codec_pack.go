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

// widthOf is the number of bits that the greatest of values needs.
func widthOf(values *[BlockSize]uint32) uint {
	all := uint32(0)
	for _, v := range values {
		all |= v
	}
	return uint(bits.Len32(all))
}

// Frequencies of a full block are packed in the width that makes them shortest.
// What they exceed it by is made up of exceptions, a byte each, which say where
// in the block to add 1<<width, or 4<<width if the highest bit is set.
const (
	maxExceptions   = 7 // as the head of a block counts
	exceptionFour   = 1 << 7
	exceptionPlaces = exceptionFour - 1
)

// appendExceptions appends the exceptions that go with a width to dst, and
// returns the width.
func appendExceptions(dst []byte, values *[BlockSize]uint32) ([]byte, uint) {
	most := widthOf(values)
	width, least := most, 16*int(most)
	for w := most; w > 0; {
		w--
		n := exceptionsFor(values, w)
		if n > maxExceptions { // as narrower ones have
			break
		}
		if size := 16*int(w) + n; size < least {
			width, least = w, size
		}
	}
	if width == most {
		return dst, most
	}
	for i, v := range values {
		high := v >> width
		for ; high >= 4; high -= 4 {
			dst = append(dst, byte(i)|exceptionFour)
		}
		for ; high > 0; high-- {
			dst = append(dst, byte(i))
		}
	}
	return dst, width
}

// exceptionsFor returns how many exceptions a width needs, or more than there
// may be.
func exceptionsFor(values *[BlockSize]uint32, width uint) int {
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

// patch adds exceptions to values that were unpacked from a width.
func patch(values *[BlockSize]uint32, exceptions []byte, width uint) {
	more := [2]uint32{1 << width, 4 << width}
	for _, e := range exceptions {
		values[e&exceptionPlaces] += more[e/exceptionFour]
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
		f := (*[4]uint32)(dst[i:])
		f[0], f[1], f[2], f[3] = f[0]+add, f[1]+add, f[2]+add, f[3]+add
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
		d := (*[4]uint32)(dst[i:])
		a := uint64(d[0]) + 1
		b := a + uint64(d[1]) + 1
		c := b + uint64(d[2]) + 1
		e := c + uint64(d[3]) + 1
		d[0], d[1], d[2], d[3] = uint32(sum+a), uint32(sum+b), uint32(sum+c), uint32(sum+e)
		sum += e
	}
	return sum
}
