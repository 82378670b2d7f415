package local

import (
	"math/bits"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// bitset is a set of the documents of a segment, a bit each, document 0 being
// the lowest of the first word. All sets of a segment have the same length.
type bitset []uint64

// newBits returns an empty set of a segment's documents.
func (s *segView) newBits() bitset {
	return make(bitset, (s.docs+63)/64)
}

// bitsOf turns a bitmap into a set.
func (s *segView) bitsOf(r *roaring.Bitmap) bitset {
	b := s.newBits()
	for it := r.Iterator(); it.HasNext(); {
		if doc := it.Next(); int(doc) < s.docs {
			b.add(doc)
		}
	}
	return b
}

func (b bitset) has(doc uint32) bool { return b[doc/64]>>(doc%64)&1 != 0 }

func (b bitset) add(doc uint32) { b[doc/64] |= 1 << (doc % 64) }

func (b bitset) clone() bitset { return slices.Clone(b) }

func (b bitset) and(c bitset) {
	c = c[:len(b)]
	for i := range b {
		b[i] &= c[i]
	}
}

func (b bitset) or(c bitset) {
	c = c[:len(b)]
	for i := range b {
		b[i] |= c[i]
	}
}

func (b bitset) andNot(c bitset) {
	c = c[:len(b)]
	for i := range b {
		b[i] &^= c[i]
	}
}

// without returns what b holds and c does not.
func (b bitset) without(c bitset) bitset {
	d := b.clone()
	if d != nil {
		d.andNot(c)
	}
	return d
}

// count returns the number of documents.
func (b bitset) count() int {
	n := 0
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// countBoth returns how many documents b and c have in common.
func (b bitset) countBoth(c bitset) int {
	c = c[:len(b)]
	n := 0
	for i, w := range b {
		n += bits.OnesCount64(w & c[i])
	}
	return n
}

func (b bitset) isEmpty() bool {
	for _, w := range b {
		if w != 0 {
			return false
		}
	}
	return true
}

// appendTo appends the documents to dst, in order.
func (b bitset) appendTo(dst []uint32) []uint32 {
	for i, w := range b {
		for ; w != 0; w &= w - 1 {
			dst = append(dst, uint32(i*64+bits.TrailingZeros64(w)))
		}
	}
	return dst
}
