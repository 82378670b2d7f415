package reader

import (
	"math/bits"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// Bitset is a set of documents of a segment. Each document has a bit, and that of
// document 0 is the lowest of the first word. All sets of a segment have the same
// length, and no bit is set beyond the last document. Add, And, Or and AndNot must
// not be called on a set that is shared; see the package comment.
type Bitset []uint64

// NewBitset returns an empty set of a segment's documents.
func (s *Segment) NewBitset() Bitset {
	return make(Bitset, (s.Docs+63)/64)
}

// FromBitmap makes a set of a bitmap. Documents beyond the last one are left out.
func (s *Segment) FromBitmap(r *roaring.Bitmap) Bitset {
	b := s.NewBitset()
	for it := r.Iterator(); it.HasNext(); {
		if doc := it.Next(); int(doc) < s.Docs {
			b.Add(doc)
		}
	}
	return b
}

// Has reports whether the set holds a document of the segment.
func (b Bitset) Has(doc uint32) bool { return b[doc/64]>>(doc%64)&1 != 0 }

// Add adds a document of the segment.
func (b Bitset) Add(doc uint32) { b[doc/64] |= 1 << (doc % 64) }

// Next returns the first document of [from, to) that the set holds; to when there is
// none. to is at most the number of documents of the segment.
func (b Bitset) Next(from, to uint32) uint32 {
	if from >= to {
		return to
	}
	i, last := from/64, (to-1)/64
	for word := b[i] >> (from % 64) << (from % 64); ; word = b[i] {
		if word != 0 {
			return min(i*64+uint32(bits.TrailingZeros64(word)), to)
		}
		if i++; i > last {
			return to
		}
	}
}

func (b Bitset) clone() Bitset { return slices.Clone(b) }

// And removes what c does not hold.
func (b Bitset) And(c Bitset) {
	c = c[:len(b)]
	for i := range b {
		b[i] &= c[i]
	}
}

// Or adds what c holds.
func (b Bitset) Or(c Bitset) {
	c = c[:len(b)]
	for i := range b {
		b[i] |= c[i]
	}
}

// AndNot removes what c holds.
func (b Bitset) AndNot(c Bitset) {
	c = c[:len(b)]
	for i := range b {
		b[i] &^= c[i]
	}
}

// Without returns a new set of what b holds and c does not.
func (b Bitset) Without(c Bitset) Bitset {
	d := b.clone()
	if d != nil {
		d.AndNot(c)
	}
	return d
}

// Count returns the number of documents in the set.
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

// IsEmpty reports whether the set holds nothing.
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
