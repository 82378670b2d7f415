package segment

import "github.com/RoaringBitmap/roaring/v2"

// SetBits sets the bit of every document that the list has left. Document 0 is
// the lowest bit of the first word. words must have a word for each 64
// documents of the segment. The list is read to its end; see Err.
func (l *PostingList) SetBits(words []uint64) {
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
		// Neighbours often fall into one word, and then each store waits for the
		// one before. So four distant documents are set in turn.
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

// bitmap returns the documents that the list has left, as far as they can be
// read.
func (l *PostingList) bitmap() *roaring.Bitmap {
	const dense = 64 // if one document in so many has the term, a plain bitset is faster
	if uint64(l.count)*dense >= uint64(l.seg.docs) {
		words := make([]uint64, (uint64(l.seg.docs)+63)/64)
		l.SetBits(words)
		return roaring.FromDense(words, false)
	}
	set := roaring.New()
	var docs [BlockSize]uint32
	for n := l.NextBlock(&docs, nil); n > 0; n = l.NextBlock(&docs, nil) {
		set.AddMany(docs[:n])
	}
	return set
}
