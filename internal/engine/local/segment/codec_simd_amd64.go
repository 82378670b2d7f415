package segment

import (
	"math"

	"golang.org/x/sys/cpu"
)

// hasAVX2 is whether the processor unpacks eight integers at a time.
var hasAVX2 = cpu.X86.HasAVX2

const (
	// maxWidthAVX2 is the greatest width for which a value lies within the 32 bits
	// from the byte on in which it starts.
	maxWidthAVX2 = 25
	// paddingAVX2 is how many bytes unpacking eight at a time may read beyond
	// what it unpacks.
	paddingAVX2 = 16
)

// unpackTable says where eight integers of a width are.
type unpackTable struct {
	shuffle [32]byte  // the bytes of each, within its half
	shift   [8]uint32 // the bits before it in these
	mask    [8]uint32 // its bits behind that
}

var unpackTables = makeUnpackTables()

func makeUnpackTables() (tables [maxWidthAVX2 + 1]unpackTable) {
	for w := range tables {
		table := &tables[w]
		for i := range 8 {
			bit := i * w
			if i >= 4 {
				bit -= 8 * (w / 2) // where the upper half is read from
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

// unpackAddAVX2 is unpack, and adds to each integer.
//
//go:noescape
func unpackAddAVX2(dst *[BlockSize]uint32, src *byte, width uint, table *unpackTable, add uint32)

// unpackPrefixSumAVX2 unpacks integers and makes each the sum of base, those up to it,
// and their number.
//
//go:noescape
func unpackPrefixSumAVX2(dst *[BlockSize]uint32, src *byte, width uint, table *unpackTable, base uint32)

// unpackFreqs unpacks integers and adds to each.
func unpackFreqs(dst *[BlockSize]uint32, src []byte, width uint, add uint32) {
	if hasAVX2 && width <= maxWidthAVX2 && uint(len(src)) >= 16*width+paddingAVX2 {
		unpackAddAVX2(dst, &src[0], width, &unpackTables[width], add)
		return
	}
	unpackAdd(dst, src, width, add)
}

// unpackDocs unpacks distances, each less 1, and adds them up, from base on. It
// returns the last document; if that is what it should be, they ascend.
func unpackDocs(dst *[BlockSize]uint32, src []byte, width uint, base uint32) uint64 {
	// Of 24 bits each, all distances together come to 2^31.
	if hasAVX2 && width <= 24 && base+1 <= math.MaxInt32 && uint(len(src)) >= 16*width+paddingAVX2 {
		unpackPrefixSumAVX2(dst, &src[0], width, &unpackTables[width], base)
		return uint64(dst[BlockSize-1])
	}
	return unpackPrefixSum(dst, src, width, base)
}

// intersectAVX2 is FindIn for a whole block of documents below 2^31.
//
//go:noescape
func intersectAVX2(block *[BlockSize]uint32, docs []uint32, firstIndex uint, docIndexes *uint16, blockIndexes *uint8) uint

// intersectBlock is FindIn, and reports whether it can do that.
func intersectBlock(block *[BlockSize]uint32, docs []uint32, firstIndex int, docIndexes []uint16, blockIndexes []uint8) (found int, ok bool) {
	if !hasAVX2 || len(docs) == 0 || len(docIndexes) < len(docs) || len(blockIndexes) < len(docs) || block[BlockSize-1] > math.MaxInt32 {
		return 0, false
	}
	return int(intersectAVX2(block, docs, uint(firstIndex), &docIndexes[0], &blockIndexes[0])), true
}
