package search

import (
	"container/heap"
	"slices"
	"sync"

	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/segment"
)

// weighted is a list whose frequencies count so many times, read as far as the
// stretches that are done.
type weighted struct {
	segment.PostingList
	weight      uint32
	i, n        int
	docs, freqs [segment.BlockSize]uint32
}

type posting struct{ doc, freq uint32 }

// unionDocs is how many documents a stretch has.
const unionDocs = 1 << 15

// longList is from how many postings on a list is read by stretches.
const longList = 16 * segment.BlockSize

// stretch is where lists are added up.
type stretch struct {
	freqs [unionDocs]uint32
	out   [pieceDocs]posting
}

// pieceDocs is how many documents of a stretch are drained at a time.
const pieceDocs = 1 << 12

// stretches are used again, all zero.
var stretches = sync.Pool{New: func() any { return new(stretch) }}

func (s *stretch) add(doc, freq uint32) { s.freqs[doc%unionDocs] += freq }

// addTo adds the postings up to the document last.
func (w *weighted) addTo(s *stretch, last uint32) error {
	for {
		i, weight := w.i, w.weight
		if i == 0 && w.n == segment.BlockSize && w.docs[segment.BlockSize-1] <= last {
			for k, doc := range &w.docs {
				s.add(doc, weight*w.freqs[k])
			}
			i = w.n
		}
		for ; i < w.n && w.docs[i&(segment.BlockSize-1)] <= last; i++ {
			at := i & (segment.BlockSize - 1)
			s.add(w.docs[at], weight*w.freqs[at])
		}
		if w.i = i; i < w.n {
			return nil
		}
		w.i = 0
		if w.n = w.NextBlock(&w.docs, &w.freqs); w.n == 0 {
			return w.Err()
		}
	}
}

// drain sets the bits of the documents that are in the stretch, which starts at
// the document from, calls give for those that have enough, as that is at the
// time or was a little before, and empties the stretch.
func (s *stretch) drain(from int, lengths []uint32, any reader.Bitset, enough *enough, give func(p posting)) {
	for at := from; at < len(lengths) && at < from+unionDocs; at += pieceDocs {
		to := min(at+pieceDocs, len(lengths))
		freqs := s.freqs[at-from : to-from]
		for _, p := range s.piece(freqs, lengths[at:to], any[at/64:], *enough) {
			give(posting{p.doc + uint32(at), p.freq})
		}
	}
}

// piece drains a piece, and returns those that have enough, counted from its
// first.
func (s *stretch) piece(freqs, lengths []uint32, any []uint64, enough enough) []posting {
	n, of := s.drainPart(freqs, lengths, any, enough)
	for i := of; i < len(freqs); i++ {
		freq := freqs[i]
		if freq == 0 {
			continue
		}
		freqs[i] = 0
		any[i/64] |= 1 << (i % 64)
		if enough.has(freq, lengths[i]) {
			s.out[n] = posting{uint32(i), freq}
			n++
		}
	}
	return s.out[:n]
}

// moveTo appends to h what is in the stretch that starts at from, but for
// deleted documents, and empties it.
func (s *stretch) moveTo(h *leafPostings, from int, of *reader.Segment, any reader.Bitset) {
	s.drain(from, of.Norms(), any, &enough{}, func(p posting) {
		if of.Deleted == nil || !of.Deleted.Has(p.doc) {
			h.docs, h.freqs = append(h.docs, p.doc), append(h.freqs, p.freq)
		}
	})
}

// enough is what a frequency must come to for a length to have enough: base,
// and byLength for each of it.
type enough struct{ base, byLength float64 }

// hairs is how much of that may be lacking, as the processor computes it in
// single precision.
const hairs = 1 - 1e-5

func (e enough) has(freq, length uint32) bool {
	return float64(freq) >= (e.base+e.byLength*float64(length))*hairs
}

// firstFew are the documents of a leaf with the highest scores, which need not
// be known for that: they grow with the part that the frequency has in itself
// and the norm.
type firstFew struct {
	u              *union
	lengths        []uint32
	base, byLength float64
	enough         enough
	limit          int
	parts          []float64 // the highest so far, as a heap with the least on top
	all            []posting // which had enough when they came
}

func newFirstFew(u *union) *firstFew {
	f := &firstFew{u: u, limit: u.of.work.few, lengths: u.of.Norms()}
	f.base, f.byLength = normParts(u.of.work.mean)
	return f
}

// hair is how much less than the least part may be as much, as parts are
// rounded.
const hair = 1 - 1e-9

func (f *firstFew) part(p posting) float64 {
	tf := float64(p.freq)
	return tf / (tf + f.base + f.byLength*float64(f.lengths[p.doc]))
}

func (f *firstFew) offer(p posting) {
	if f.u.of.Deleted != nil && f.u.of.Deleted.Has(p.doc) {
		return
	}
	part := f.part(p)
	if len(f.parts) < f.limit {
		f.all = append(f.all, p)
		heap.Push(f, part)
		return
	}
	if part < f.parts[0]*hair {
		return
	}
	f.all = append(f.all, p)
	if part > f.parts[0] {
		f.parts[0] = part
		heap.Fix(f, 0)
		// tf / (tf + norm) >= part, for tf.
		ratio := f.parts[0] * hair / (1 - f.parts[0]*hair)
		f.enough = enough{ratio * f.base, ratio * f.byLength}
	}
}

// kept returns what has enough in the end.
func (f *firstFew) kept() []posting {
	if len(f.parts) == f.limit {
		f.all = slices.DeleteFunc(f.all, func(p posting) bool { return f.part(p) < f.parts[0]*hair })
	}
	return slices.Clip(f.all)
}

func (f *firstFew) Len() int           { return len(f.parts) }
func (f *firstFew) Less(i, j int) bool { return f.parts[i] < f.parts[j] }
func (f *firstFew) Swap(i, j int)      { f.parts[i], f.parts[j] = f.parts[j], f.parts[i] }
func (f *firstFew) Push(x any)         { f.parts = append(f.parts, x.(float64)) }
func (f *firstFew) Pop() any {
	last := f.parts[len(f.parts)-1]
	f.parts = f.parts[:len(f.parts)-1]
	return last
}
