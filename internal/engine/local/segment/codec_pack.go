package segment

import (
	"encoding/binary"
	"math"
	"math/bits"
	"slices"
)

// BlockSize is the number of postings in a packed block. Callers bring arrays
// of this size.
const BlockSize = 128

// GroupSize is the number of blocks in a group, which has impacts of its own.
const GroupSize = 32

// packPadding is how many bytes unpacking may read beyond what it unpacks.
const packPadding = 8

// bitWidth returns the number of bits that the greatest of the values needs.
func bitWidth(values *[BlockSize]uint32) uint {
	union := uint32(0)
	for _, v := range values {
		union |= v
	}
	return uint(bits.Len32(union))
}

// The frequencies of a packed block are packed in the width that makes the block
// shortest. A frequency that needs more bits has exceptions, a byte each. The
// lower seven bits are the index of the posting; 1<<width is added to its
// frequency, or 4<<width if the highest bit is set.
const (
	maxExceptions      = 7 // what three bits of the header can count
	exceptionTimes4    = 1 << 7
	exceptionIndexMask = exceptionTimes4 - 1
)

// appendExceptions chooses the width that takes the least space together with
// its exceptions. It appends these to dst, and returns the width.
func appendExceptions(dst []byte, values *[BlockSize]uint32) ([]byte, uint) {
	maxWidth := bitWidth(values)
	width, minSize := maxWidth, 16*int(maxWidth)
	for w := maxWidth; w > 0; {
		w--
		n := countExceptions(values, w)
		if n > maxExceptions { // and a narrower width needs more
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

// countExceptions returns how many exceptions a width needs. If it needs more
// than maxExceptions, the answer is some number beyond that.
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

// patchExceptions adds the exceptions to values that were unpacked in a width.
func patchExceptions(values *[BlockSize]uint32, exceptions []byte, width uint) {
	increments := [2]uint32{1 << width, 4 << width}
	for _, e := range exceptions {
		values[e&exceptionIndexMask] += increments[e/exceptionTimes4]
	}
}

// appendPacked appends the lowest width bits of each value, lowest bits first.
// That is 16*width bytes.
func appendPacked(dst []byte, values *[BlockSize]uint32, width uint) []byte {
	if width > 15 {
		return appendPackedWide(dst, values, width)
	}
	// Eight values are width bytes. They are written as 16 bytes, of which what
	// follows overwrites those beyond.
	const written = 16
	start, size := len(dst), 16*int(width)
	dst = slices.Grow(dst, size+written)[:start+size+written]
	mask := uint64(1)<<width - 1
	// No shift is 64 or more, unless the width is 0; &63 tells the compiler.
	one, two, three, four, rest := width&63, 2*width&63, 3*width&63, 4*width&63, (64-4*width)&63
	for i, at := 0, start; i < BlockSize; i, at = i+8, at+int(width) {
		v, b := (*[8]uint32)(values[i:]), (*[written]byte)(dst[at:])
		low := uint64(v[0])&mask | uint64(v[1])&mask<<one | uint64(v[2])&mask<<two | uint64(v[3])&mask<<three
		high := uint64(v[4])&mask | uint64(v[5])&mask<<one | uint64(v[6])&mask<<two | uint64(v[7])&mask<<three
		binary.LittleEndian.PutUint64(b[:], low|high<<four)
		binary.LittleEndian.PutUint64(b[8:], high>>rest)
	}
	return dst[:start+size]
}

// appendPackedWide is appendPacked for any width.
func appendPackedWide(dst []byte, values *[BlockSize]uint32, width uint) []byte {
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
	return dst // nothing is left: 128 values of any width fill whole words
}

// unpackAdd unpacks integers and adds a number to each.
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

// unpackPrefixSum unpacks document deltas, each less 1, and turns them into
// documents: each is the sum of base, the deltas up to its own, and their
// number. base is the document before, or the greatest uint32 for -1. It
// returns the last sum in 64 bits. If that is the document it should be, no
// sum before it overflowed, and all of them ascend.
func unpackPrefixSum(dst *[BlockSize]uint32, src []byte, width uint, base uint32) uint64 {
	unpack(dst, src, width)
	sum := uint64(base)
	if base == math.MaxUint32 {
		sum = math.MaxUint64
	}
	// The sums within four values don't depend on those before, so that only
	// one addition in four waits for another.
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
