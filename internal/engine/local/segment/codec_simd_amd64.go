package segment

import (
	"math"

	"golang.org/x/sys/cpu"
)

// wide is whether the processor unpacks eight integers at a time.
var wide = cpu.X86.HasAVX2

const (
	// maxWide is the greatest width for which a value lies within the 32 bits
	// from the byte on in which it starts.
	maxWide = 25
	// widePadding is how many bytes unpacking eight at a time may read beyond
	// what it unpacks.
	widePadding = 16
)

// packForm says where eight integers of a width are.
type packForm struct {
	shuffle [32]byte  // the bytes of each, within its half
	shift   [8]uint32 // the bits before it in these
	mask    [8]uint32 // its bits behind that
}

var packForms = makePackForms()

func makePackForms() (forms [maxWide + 1]packForm) {
	for w := range forms {
		f := &forms[w]
		for i := range 8 {
			bit := i * w
			if i >= 4 {
				bit -= 8 * (w / 2) // where the upper half is read from
			}
			for k := range 4 {
				f.shuffle[4*i+k] = byte(bit/8 + k)
			}
			f.shift[i] = uint32(bit % 8)
			f.mask[i] = 1<<w - 1
		}
	}
	return forms
}

// unpackWide is unpack, and adds to each integer.
//
//go:noescape
func unpackWide(dst *[BlockSize]uint32, src *byte, width uint, form *packForm, add uint32)

// unpackSums unpacks integers and makes each the sum of base, those up to it,
// and their number.
//
//go:noescape
func unpackSums(dst *[BlockSize]uint32, src *byte, width uint, form *packForm, base uint32)

// unpackFreqs unpacks integers and adds to each.
func unpackFreqs(dst *[BlockSize]uint32, src []byte, width uint, add uint32) {
	if wide && width <= maxWide && uint(len(src)) >= 16*width+widePadding {
		unpackWide(dst, &src[0], width, &packForms[width], add)
		return
	}
	unpackAdd(dst, src, width, add)
}

// unpackDocs unpacks distances, each less 1, and adds them up, from base on. It
// returns the last document; if that is what it should be, they ascend.
func unpackDocs(dst *[BlockSize]uint32, src []byte, width uint, base uint32) uint64 {
	// Of 24 bits each, all distances together come to 2^31.
	if wide && width <= 24 && base+1 <= math.MaxInt32 && uint(len(src)) >= 16*width+widePadding {
		unpackSums(dst, &src[0], width, &packForms[width], base)
		return uint64(dst[BlockSize-1])
	}
	return unpackAndSum(dst, src, width, base)
}

// findWide is FindIn for a whole block of documents below 2^31.
//
//go:noescape
func findWide(block *[BlockSize]uint32, docs []uint32, first uint, which *uint16, place *uint8) uint

// findIn is FindIn, and reports whether it can do that.
func findIn(block *[BlockSize]uint32, docs []uint32, first int, which []uint16, place []uint8) (found int, ok bool) {
	if !wide || len(docs) == 0 || len(which) < len(docs) || len(place) < len(docs) || block[BlockSize-1] > math.MaxInt32 {
		return 0, false
	}
	return int(findWide(block, docs, uint(first), &which[0], &place[0])), true
}
