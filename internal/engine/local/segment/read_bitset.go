package segment

import "github.com/RoaringBitmap/roaring/v2"

// Bits sets the bits of all documents that are left in the list, document 0
// being the lowest bit of the first word. There must be a word for each 64
// documents of the segment. It reads the list to its end; see Err.
func (l *PostingList) Bits(words []uint64) {
	var docs [BlockSize]uint32
	for n := l.NextBlock(&docs, nil); n > 0; n = l.NextBlock(&docs, nil) {
		if uint64(docs[n-1]/64) >= uint64(len(words)) {
			return
		}
		if n < BlockSize {
			for _, doc := range docs[:n] {
				words[doc/64] |= 1 << (doc % 64)
			}
			continue
		}
		// Neighbours fall into one word, and would wait for each other.
		const quarter = BlockSize / 4
		for i := range quarter {
			a, b, c, d := docs[i], docs[quarter+i], docs[2*quarter+i], docs[3*quarter+i]
			words[a/64] |= 1 << (a % 64)
			words[b/64] |= 1 << (b % 64)
			words[c/64] |= 1 << (c % 64)
			words[d/64] |= 1 << (d % 64)
		}
	}
}

// bitmap returns the documents that are left in the list, as far as they can be
// read.
func (l *PostingList) bitmap() *roaring.Bitmap {
	const dense = 64 // from one document in so many on, a word each is cheaper
	if uint64(l.count)*dense >= uint64(l.seg.docs) {
		words := make([]uint64, (uint64(l.seg.docs)+63)/64)
		l.Bits(words)
		return roaring.FromDense(words, false)
	}
	set := roaring.New()
	var docs [BlockSize]uint32
	for n := l.NextBlock(&docs, nil); n > 0; n = l.NextBlock(&docs, nil) {
		set.AddMany(docs[:n])
	}
	return set
}
