package segment

import (
	"math"

	"golang.org/x/sys/cpu"
)

// hasAVX2 says whether the processor can run the kernels in assembly.
var hasAVX2 = cpu.X86.HasAVX2

const (
	// maxWidthAVX2 is the greatest width for which a value lies within four
	// bytes from the byte in which it starts.
	maxWidthAVX2 = 25
	// paddingAVX2 is how many bytes the kernels may read beyond what they
	// unpack.
	paddingAVX2 = 16
)

// unpackTable says where eight integers of a width are, in 32 bytes of which
// each half is read from another address.
type unpackTable struct {
	shuffle [32]byte  // the four bytes that each integer lies in, within its half
	shift   [8]uint32 // how many bits of these come before it
	mask    [8]uint32 // its bits, after the shift
}

var unpackTables = makeUnpackTables()

func makeUnpackTables() (tables [maxWidthAVX2 + 1]unpackTable) {
	for w := range tables {
		table := &tables[w]
		for i := range 8 {
			bit := i * w
			if i >= 4 {
				bit -= 8 * (w / 2) // the upper half is read from 4*w/8 bytes on
			}
			for k := range 4 {
				table.shuffle[4*i+k] = byte(bit/8 + k)
			}
			table.shift[i] = uint32(bit % 8)
			table.mask[i] = 1<<w - 1
		}
	}
	return tables
}

// unpackAddAVX2 is unpackAdd for widths up to maxWidthAVX2.
//
//go:noescape
func unpackAddAVX2(dst *[BlockSize]uint32, src *byte, width uint, table *unpackTable, add uint32)

// unpackPrefixSumAVX2 is unpackPrefixSum in 32 bits: the caller makes sure
// that no sum overflows.
//
//go:noescape
func unpackPrefixSumAVX2(dst *[BlockSize]uint32, src *byte, width uint, table *unpackTable, base uint32)

// unpackFreqs is unpackAdd, by AVX2 where that is possible.
func unpackFreqs(dst *[BlockSize]uint32, src []byte, width uint, add uint32) {
	if hasAVX2 && width <= maxWidthAVX2 && uint(len(src)) >= 16*width+paddingAVX2 {
		unpackAddAVX2(dst, &src[0], width, &unpackTables[width], add)
		return
	}
	unpackAdd(dst, src, width, add)
}

// unpackDocs is unpackPrefixSum, by AVX2 where that is possible.
func unpackDocs(dst *[BlockSize]uint32, src []byte, width uint, base uint32) uint64 {
	// 128 deltas of 24 bits come to less than 2^31, and so does base.
	if hasAVX2 && width <= 24 && base+1 <= math.MaxInt32 && uint(len(src)) >= 16*width+paddingAVX2 {
		unpackPrefixSumAVX2(dst, &src[0], width, &unpackTables[width], base)
		return uint64(dst[BlockSize-1])
	}
	return unpackPrefixSum(dst, src, width, base)
}

// intersectAVX2 is IntersectBlock for a block of documents below 2^31, as the
// comparisons are signed.
//
//go:noescape
func intersectAVX2(block *[BlockSize]uint32, docs []uint32, firstIndex uint, docIndexes *uint16, blockIndexes *uint8) uint

// intersectBlock is IntersectBlock by AVX2. ok is false where that is not
// possible.
func intersectBlock(block *[BlockSize]uint32, docs []uint32, firstIndex int, docIndexes []uint16, blockIndexes []uint8) (found int, ok bool) {
	if !hasAVX2 || len(docs) == 0 || len(docIndexes) < len(docs) || len(blockIndexes) < len(docs) || block[BlockSize-1] > math.MaxInt32 {
		return 0, false
	}
	return int(intersectAVX2(block, docs, uint(firstIndex), &docIndexes[0], &blockIndexes[0])), true
}

// impactShuffles move the impacts of a block from 16 bytes to four frequencies,
// and from the same bytes to four norms, by the number of impacts. What is
// missing becomes 0.
var impactShuffles = makeImpactShuffles()

func makeImpactShuffles() (all [maxImpacts + 1][2][16]byte) {
	for n := range all {
		for i := range 16 {
			all[n][0][i], all[n][1][i] = 0x80, 0x80 // this makes a 0
		}
		for i := range n {
			at := byte(i * impactPairSize)
			all[n][0][4*i] = at
			all[n][1][4*i], all[n][1][4*i+1] = at+1, at+2
		}
	}
	return all
}

// saturate finds the highest saturations of n blocks, whose impacts, size bytes
// each, lie entrySize bytes apart. It reports whether it did: 16 bytes are read
// from where the last impacts start.
func saturate(dst *[GroupSize]float64, n int, impacts []byte, entrySize, size int, by Saturation) bool {
	if !hasAVX2 || n <= 0 || n > GroupSize || size > maxImpacts*impactPairSize || cap(impacts) < (n-1)*entrySize+16 {
		return false
	}
	saturateAVX2(&dst[0], &impacts[:1][0], uint(n), uint(entrySize), &impactShuffles[size/impactPairSize], &by)
	return true
}

// saturateAVX2 is saturate. n is not 0.
//
//go:noescape
func saturateAVX2(dst *float64, impacts *byte, n, entrySize uint, shuffles *[2][16]byte, by *Saturation)

// maxSummedFreq is below what frequencies are summed up at once: 128 of them come to
// less than 2^31.
const maxSummedFreq = 1 << 24

// sumFreqsWide writes to starts what the frequencies before each posting come to. It
// reports whether it did: none may be as high as maxSummedFreq.
func sumFreqsWide(starts *[BlockSize + 1]uint32, freqs *[BlockSize]uint32) bool {
	return hasAVX2 && sumAVX2(starts, freqs) < maxSummedFreq
}

// sumAVX2 is sumFreqsWide, and returns all bits that any of the frequencies has.
//
//go:noescape
func sumAVX2(starts *[BlockSize + 1]uint32, freqs *[BlockSize]uint32) uint32

// placeWide is placePositions, where that is possible.
func placeWide(dst []uint32, reader *PositionReader, postings []uint8, bases []uint32) (n int, highest uint32, ok bool) {
	if !hasAVX2 || len(dst) == 0 {
		return 0, 0, false
	}
	count, highest := placeAVX2(&dst[0], &reader.deltas[0], &reader.starts[0], postings, &bases[0])
	return int(count), highest, true
}

// placeAVX2 is placePositions. It reads and writes up to placeOverrun integers more.
//
//go:noescape
func placeAVX2(dst, deltas, starts *uint32, postings []uint8, bases *uint32) (n uint, highest uint32)
