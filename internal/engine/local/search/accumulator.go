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
type weightedPostings struct {
	segment.PostingList
	weight      uint32
	pos, n      int
	docs, freqs [segment.BlockSize]uint32
}

type posting struct{ doc, freq uint32 }

// unionDocs is how many documents a stretch has.
const accumulatorDocs = 1 << 15

// longList is from how many postings on a list is read by stretches.
const longPostings = 16 * segment.BlockSize

// stretch is where lists are added up.
type accumulator struct {
	freqs [accumulatorDocs]uint32
	out   [drainDocs]posting
}

// pieceDocs is how many documents of a stretch are drained at a time.
const drainDocs = 1 << 12

// stretches are used again, all zero.
var accumulatorPool = sync.Pool{New: func() any { return new(accumulator) }}

func (s *accumulator) add(doc, freq uint32) { s.freqs[doc%accumulatorDocs] += freq }

// addTo adds the postings up to the document last.
func (w *weightedPostings) addUpTo(s *accumulator, last uint32) error {
	for {
		i, weight := w.pos, w.weight
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
		if w.pos = i; i < w.n {
			return nil
		}
		w.pos = 0
		if w.n = w.NextBlock(&w.docs, &w.freqs); w.n == 0 {
			return w.Err()
		}
	}
}

// drain sets the bits of the documents that are in the stretch, which starts at
// the document from, calls give for those that have enough, as that is at the
// time or was a little before, and empties the stretch.
func (s *accumulator) drain(from int, lengths []uint32, any reader.Bitset, enough *freqThreshold, give func(p posting)) {
	for at := from; at < len(lengths) && at < from+accumulatorDocs; at += drainDocs {
		to := min(at+drainDocs, len(lengths))
		freqs := s.freqs[at-from : to-from]
		for _, p := range s.drainBlock(freqs, lengths[at:to], any[at/64:], *enough) {
			give(posting{p.doc + uint32(at), p.freq})
		}
	}
}

// piece drains a piece, and returns those that have enough, counted from its
// first.
func (s *accumulator) drainBlock(freqs, lengths []uint32, any []uint64, enough freqThreshold) []posting {
	n, of := s.drainWhole8s(freqs, lengths, any, enough)
	for i := of; i < len(freqs); i++ {
		freq := freqs[i]
		if freq == 0 {
			continue
		}
		freqs[i] = 0
		any[i/64] |= 1 << (i % 64)
		if enough.reachedBy(freq, lengths[i]) {
			s.out[n] = posting{uint32(i), freq}
			n++
		}
	}
	return s.out[:n]
}

// moveTo appends to h what is in the stretch that starts at from, but for
// deleted documents, and empties it.
func (s *accumulator) moveTo(h *leafPostings, from int, of *reader.Segment, any reader.Bitset) {
	s.drain(from, of.Norms(), any, &freqThreshold{}, func(p posting) {
		if of.Deleted == nil || !of.Deleted.Has(p.doc) {
			h.docs, h.freqs = append(h.docs, p.doc), append(h.freqs, p.freq)
		}
	})
}

// enough is what a frequency must come to for a length to have enough: base,
// and byLength for each of it.
type freqThreshold struct{ base, byLength float64 }

// hairs is how much of that may be lacking, as the processor computes it in
// single precision.
const thresholdSlack = 1 - 1e-5

func (e freqThreshold) reachedBy(freq, length uint32) bool {
	return float64(freq) >= (e.base+e.byLength*float64(length))*thresholdSlack
}

// firstFew are the documents of a leaf with the highest scores, which need not
// be known for that: they grow with the part that the frequency has in itself
// and the norm.
type topSaturated struct {
	union                   *multiTermUnion
	norms                   []uint32
	normBase, normPerLength float64
	threshold               freqThreshold
	limit                   int
	saturations             []float64 // the highest so far, as a heap with the least on top
	taken                   []posting // which had enough when they came
}

func newTopSaturated(u *multiTermUnion) *topSaturated {
	f := &topSaturated{union: u, limit: u.run.res.topLimit, norms: u.run.Norms()}
	f.normBase, f.normPerLength = normParts(u.run.res.meanLength)
	return f
}

// hair is how much less than the least part may be as much, as parts are
// rounded.
const saturationSlack = 1 - 1e-9

func (f *topSaturated) saturation(p posting) float64 {
	tf := float64(p.freq)
	return tf / (tf + f.normBase + f.normPerLength*float64(f.norms[p.doc]))
}

func (f *topSaturated) offer(p posting) {
	if f.union.run.Deleted != nil && f.union.run.Deleted.Has(p.doc) {
		return
	}
	part := f.saturation(p)
	if len(f.saturations) < f.limit {
		f.taken = append(f.taken, p)
		heap.Push(f, part)
		return
	}
	if part < f.saturations[0]*saturationSlack {
		return
	}
	f.taken = append(f.taken, p)
	if part > f.saturations[0] {
		f.saturations[0] = part
		heap.Fix(f, 0)
		// tf / (tf + norm) >= part, for tf.
		ratio := f.saturations[0] * saturationSlack / (1 - f.saturations[0]*saturationSlack)
		f.threshold = freqThreshold{ratio * f.normBase, ratio * f.normPerLength}
	}
}

// kept returns what has enough in the end.
func (f *topSaturated) result() []posting {
	if len(f.saturations) == f.limit {
		f.taken = slices.DeleteFunc(f.taken, func(p posting) bool { return f.saturation(p) < f.saturations[0]*saturationSlack })
	}
	return slices.Clip(f.taken)
}

func (f *topSaturated) Len() int           { return len(f.saturations) }
func (f *topSaturated) Less(i, j int) bool { return f.saturations[i] < f.saturations[j] }
func (f *topSaturated) Swap(i, j int) {
	f.saturations[i], f.saturations[j] = f.saturations[j], f.saturations[i]
}
func (f *topSaturated) Push(x any) { f.saturations = append(f.saturations, x.(float64)) }
func (f *topSaturated) Pop() any {
	last := f.saturations[len(f.saturations)-1]
	f.saturations = f.saturations[:len(f.saturations)-1]
	return last
}
