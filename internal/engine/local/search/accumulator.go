package search

import (
	"container/heap"
	"math/bits"
	"slices"
	"sync"

	"github.com/newsq/newsq/internal/engine/bm25f"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/segment"
)

// accumulatorDocs is how many documents a window of an accumulator has. Their
// frequencies take 128 KB, which stays in the second cache.
const accumulatorDocs = 1 << 15

// accumulator adds up the weighted frequencies of many posting lists, for one
// window of documents at a time: that of the documents from a multiple of
// accumulatorDocs on.
//
// It is empty when it comes from the pool. For each window, all lists add their
// postings, and drain or moveTo takes out what is in it and leaves it empty
// again. Only an empty accumulator goes back to the pool.
type accumulator struct {
	freqs [accumulatorDocs]uint32
	out   [drainDocs]posting // memory of drain
	// seen are the documents of the window that have a posting. It is only kept
	// while tracksSeen, for unions of few postings: to go along it costs less than to
	// look at all frequencies.
	seen       [accumulatorDocs / 64]uint64
	tracksSeen bool
}

// posting is a document with its weighted frequency.
type posting struct{ doc, freq uint32 }

// drainDocs is how many documents are drained at a time.
const drainDocs = 1 << 12

// accumulatorPool holds empty accumulators.
var accumulatorPool = sync.Pool{New: func() any { return new(accumulator) }}

func (a *accumulator) add(doc, freq uint32) { a.freqs[doc%accumulatorDocs] += freq }

// see sets the bit of a document, where bits are kept.
func (a *accumulator) see(doc uint32) { a.seen[doc%accumulatorDocs/64] |= 1 << (doc % 64) }

// weightedPostings is a posting list whose frequencies count weight times. It is
// read as far as the windows that are done.
type weightedPostings struct {
	segment.PostingList
	weight      uint32
	pos, n      int // the next posting of the block that was read, and their number
	docs, freqs [segment.BlockSize]uint32
}

// longPostings is from how many postings on a list is read window by window.
// Shorter ones are read at once; see multiTermUnion.
const longPostings = 16 * segment.BlockSize

// addUpTo adds the postings that are left up to the document last. The next call
// goes on behind it.
func (w *weightedPostings) addUpTo(a *accumulator, last uint32) error {
	for {
		i, weight := w.pos, w.weight
		if i == 0 && w.n == segment.BlockSize && w.docs[segment.BlockSize-1] <= last {
			for k, doc := range &w.docs {
				a.add(doc, weight*w.freqs[k])
			}
			if a.tracksSeen {
				for _, doc := range &w.docs {
					a.see(doc)
				}
			}
			i = w.n
		}
		for ; i < w.n && w.docs[i&(segment.BlockSize-1)] <= last; i++ {
			at := i & (segment.BlockSize - 1)
			a.add(w.docs[at], weight*w.freqs[at])
			if a.tracksSeen {
				a.see(w.docs[at])
			}
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

// drain empties the accumulator, whose window starts at the document from. It
// sets the bits of all documents that are in it, and calls visit for those that
// reach the threshold. visit may raise the threshold: then it is called for some
// documents that reached it a little before, and no longer do.
func (a *accumulator) drain(from int, norms []uint32, matches reader.Bitset, threshold *freqThreshold, visit func(p posting)) {
	for at := from; at < len(norms) && at < from+accumulatorDocs; at += drainDocs {
		to := min(at+drainDocs, len(norms))
		freqs := a.freqs[at-from : to-from]
		for _, p := range a.drainBlock(freqs, norms[at:to], matches[at/64:], *threshold) {
			visit(posting{p.doc + uint32(at), p.freq})
		}
	}
}

// drainBlock drains some frequencies, and returns those that reach the threshold.
// Their documents are counted from the first of freqs.
func (a *accumulator) drainBlock(freqs, norms []uint32, matches []uint64, threshold freqThreshold) []posting {
	n, done := a.drainPart(freqs, norms, matches, threshold)
	for i := done; i < len(freqs); i++ {
		freq := freqs[i]
		if freq == 0 {
			continue
		}
		freqs[i] = 0
		matches[i/64] |= 1 << (i % 64)
		if threshold.reachedBy(freq, norms[i]) {
			a.out[n] = posting{uint32(i), freq}
			n++
		}
	}
	return a.out[:n]
}

// moveSeenTo is moveTo where bits are kept.
func (a *accumulator) moveSeenTo(p *leafPostings, from int, seg *reader.Segment) {
	for i, word := range &a.seen {
		if word == 0 {
			continue
		}
		a.seen[i] = 0
		for ; word != 0; word &= word - 1 {
			at := (i*64 + bits.TrailingZeros64(word)) % accumulatorDocs
			freq := a.freqs[at]
			a.freqs[at] = 0
			if doc := uint32(from + at); freq > 0 && (seg.Deleted == nil || !seg.Deleted.Has(doc)) {
				p.docs, p.freqs = append(p.docs, doc), append(p.freqs, freq)
			}
		}
	}
}

// moveTo empties the accumulator, whose window starts at from, and appends what
// was in it to p, without deleted documents.
func (a *accumulator) moveTo(p *leafPostings, from int, seg *reader.Segment, matches reader.Bitset) {
	a.drain(from, seg.Norms(), matches, &freqThreshold{}, func(posting posting) {
		if seg.Deleted == nil || !seg.Deleted.Has(posting.doc) {
			p.docs, p.freqs = append(p.docs, posting.doc), append(p.freqs, posting.freq)
		}
	})
}

// freqThreshold is what a frequency must come to in a document to be among the
// first: base, and byLength for each unit of the document's length.
type freqThreshold struct{ base, byLength float64 }

// thresholdEpsilon is how much less than the threshold is taken for it, relative
// to it. The assembly computes in single precision, with some four roundings of
// 2^-24 each. Who is told of too many documents looks at each more exactly.
const thresholdEpsilon = 1e-5

func (t freqThreshold) reachedBy(freq, length uint32) bool {
	return float64(freq) >= (t.base+t.byLength*float64(length))*(1-thresholdEpsilon)
}

// topSaturated finds the documents of a union with the highest scores, without
// the weight of the leaf: a score grows with the saturation, which is the part
// that the frequency has in the sum of itself and the norm. Equal saturations,
// and such that may have been rounded apart, are all kept, as ties are broken
// later.
type topSaturated struct {
	union                   *multiTermUnion
	norms                   []uint32
	normBase, normPerLength float64
	threshold               freqThreshold // what a document must reach, as far as is known
	limit                   int
	saturations             []float64 // the highest so far, as a heap with the lowest on top
	taken                   []posting // which reached the threshold when they were offered
}

func newTopSaturated(u *multiTermUnion) *topSaturated {
	t := &topSaturated{union: u, limit: u.run.res.topLimit, norms: u.run.Norms()}
	t.normBase, t.normPerLength = bm25f.NormParts(u.run.res.meanLength)
	return t
}

// saturationEpsilon is how much less than the lowest kept saturation is taken for
// the same, relative to it: scores are rounded, so that slightly different
// saturations may come to equal scores, and ties are for the collector.
const saturationEpsilon = 1e-9

func (t *topSaturated) saturation(p posting) float64 {
	tf := float64(p.freq)
	return tf / (tf + t.normBase + t.normPerLength*float64(t.norms[p.doc]))
}

// offer takes in a document, unless it is deleted or too low already.
func (t *topSaturated) offer(p posting) {
	if t.union.run.Deleted != nil && t.union.run.Deleted.Has(p.doc) {
		return
	}
	saturation := t.saturation(p)
	if len(t.saturations) < t.limit {
		t.taken = append(t.taken, p)
		heap.Push(t, saturation)
		return
	}
	if saturation < t.saturations[0]*(1-saturationEpsilon) {
		return
	}
	t.taken = append(t.taken, p)
	if saturation > t.saturations[0] {
		t.saturations[0] = saturation
		heap.Fix(t, 0)
		// tf / (tf + norm) >= lowest, solved for tf.
		lowest := t.saturations[0] * (1 - saturationEpsilon)
		ratio := lowest / (1 - lowest)
		t.threshold = freqThreshold{ratio * t.normBase, ratio * t.normPerLength}
	}
}

// result returns the documents that are high enough in the end.
func (t *topSaturated) result() []posting {
	if len(t.saturations) == t.limit {
		t.taken = slices.DeleteFunc(t.taken, func(p posting) bool {
			return t.saturation(p) < t.saturations[0]*(1-saturationEpsilon)
		})
	}
	return slices.Clip(t.taken)
}

// Len and the methods below are those of heap.Interface.
func (t *topSaturated) Len() int           { return len(t.saturations) }
func (t *topSaturated) Less(i, j int) bool { return t.saturations[i] < t.saturations[j] }
func (t *topSaturated) Swap(i, j int) {
	t.saturations[i], t.saturations[j] = t.saturations[j], t.saturations[i]
}
func (t *topSaturated) Push(x any) { t.saturations = append(t.saturations, x.(float64)) }
func (t *topSaturated) Pop() any {
	last := t.saturations[len(t.saturations)-1]
	t.saturations = t.saturations[:len(t.saturations)-1]
	return last
}
