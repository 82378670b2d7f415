package reader

import (
	"math/bits"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// Bitset is a set of the documents of a segment, a bit each, document 0 being
// the lowest of the first word. All sets of a segment have the same length.
type Bitset []uint64

// NewBitset returns an empty set of a segment's documents.
func (s *Segment) NewBitset() Bitset {
	return make(Bitset, (s.Docs+63)/64)
}

// FromBitmap turns a bitmap into a set.
func (s *Segment) FromBitmap(r *roaring.Bitmap) Bitset {
	b := s.NewBitset()
	for it := r.Iterator(); it.HasNext(); {
		if doc := it.Next(); int(doc) < s.Docs {
			b.Add(doc)
		}
	}
	return b
}

func (b Bitset) Has(doc uint32) bool { return b[doc/64]>>(doc%64)&1 != 0 }

func (b Bitset) Add(doc uint32) { b[doc/64] |= 1 << (doc % 64) }

func (b Bitset) clone() Bitset { return slices.Clone(b) }

func (b Bitset) And(c Bitset) {
	c = c[:len(b)]
	for i := range b {
		b[i] &= c[i]
	}
}

func (b Bitset) Or(c Bitset) {
	c = c[:len(b)]
	for i := range b {
		b[i] |= c[i]
	}
}

func (b Bitset) AndNot(c Bitset) {
	c = c[:len(b)]
	for i := range b {
		b[i] &^= c[i]
	}
}

// Without returns what b holds and c does not.
func (b Bitset) Without(c Bitset) Bitset {
	d := b.clone()
	if d != nil {
		d.AndNot(c)
	}
	return d
}

// Count returns the number of documents.
func (b Bitset) Count() int {
	n := 0
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// CountAnd returns how many documents b and c have in common.
func (b Bitset) CountAnd(c Bitset) int {
	c = c[:len(b)]
	n := 0
	for i, w := range b {
		n += bits.OnesCount64(w & c[i])
	}
	return n
}

func (b Bitset) IsEmpty() bool {
	for _, w := range b {
		if w != 0 {
			return false
		}
	}
	return true
}

// AppendTo appends the documents to dst, in order.
func (b Bitset) AppendTo(dst []uint32) []uint32 {
	for i, w := range b {
		for ; w != 0; w &= w - 1 {
			dst = append(dst, uint32(i*64+bits.TrailingZeros64(w)))
		}
	}
	return dst
}
