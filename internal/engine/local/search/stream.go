package search

import (
	"math"
	"slices"
	"sync"

	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/segment"
)

// stream is a part of a query in one segment: documents in order, with what the
// part gives to each. It reads a list of the segment, whose scores are computed
// for the documents that come into question, or what was worked out before. It
// only goes forward.
//
// Beside the place where it reads, a stream has one where it looks up bounds,
// which runs ahead.
type stream struct {
	// A list.
	list    segment.PostingList
	weight  float64
	lengths []uint32
	bm25    *bm25

	// What was worked out; nil for a list. Bounds are those of blocks of as
	// many documents as lists have.
	materialized             *materialized
	nextMaterialized, blocks int

	// The block read last. fs holds frequencies once counted is set, and given
	// what is given to each once scored is.
	docs                 []uint32
	buf, fs              [segment.BlockSize]uint32
	scores               [segment.BlockSize]int64
	counted, scoresReady bool
	i                    int

	count   int
	most    int64            // bound of all
	block   int              // where bounds are looked up
	known   [knownBlocks]int // blocks of which bound is known; -1 for none
	bound   [knownBlocks]int64
	group   int // likewise
	ofGroup int64
	impacts []segment.Impact
	err     error
}

// scored is a part of a query that was worked out: what it gives to the
// documents it matches, which are in order.
type materialized struct {
	docs     []uint32
	scores   []int64
	blockMax []int64 // of blocks
}

// streams are used again, as each has room for a block.
var streams = sync.Pool{New: func() any { return new(stream) }}

// fresh returns a stream of nothing.
func fresh() *stream {
	t := streams.Get().(*stream)
	t.materialized, t.lengths, t.nextMaterialized, t.docs, t.counted, t.scoresReady, t.i = nil, nil, 0, nil, false, false, 0
	t.most, t.block, t.group, t.err = 0, 0, -1, nil
	for i := range t.known {
		t.known[i] = -1
	}
	return t
}

func (t *stream) release() {
	t.list, t.materialized, t.lengths, t.docs, t.bm25 = segment.PostingList{}, nil, nil, nil, nil
	streams.Put(t)
}

func newListStream(s *reader.Segment, h *hits, weight float64, sc *bm25) *stream {
	t := fresh()
	t.list, t.weight, t.lengths, t.bm25, t.count = h.list, weight, s.Norms(), sc, h.list.Count()
	t.blocks = t.list.Blocks()
	t.impacts = t.list.MaxImpacts(t.impacts[:0])
	t.most = t.bm25.maxScore(t.weight, t.impacts)
	return t
}

// newDocStream is a list of which nothing but the documents is asked for.
func newDocStream(list segment.PostingList) *stream {
	t := fresh()
	t.list, t.count, t.blocks = list, list.Count(), list.Blocks()
	return t
}

func newMaterializedStream(of *materialized) *stream {
	t := fresh()
	t.materialized, t.count = of, len(of.docs)
	t.blocks = (len(of.docs) + segment.BlockSize - 1) / segment.BlockSize
	return t
}

// bounded looks for the bounds of what was worked out.
func (t *stream) bounded() {
	if t.materialized == nil || t.materialized.blockMax != nil {
		return
	}
	bounds := make([]int64, t.blocks)
	for i, q := range t.materialized.scores {
		b := &bounds[i/segment.BlockSize]
		*b = max(*b, q+1)
	}
	t.materialized.blockMax, t.most = bounds, slices.Max(bounds)
}

// lastOf returns a document that none of a block is beyond.
func (t *stream) lastOf(block int) uint32 {
	if t.materialized == nil {
		return t.list.LastDocOf(block)
	}
	return t.materialized.docs[min((block+1)*segment.BlockSize, len(t.materialized.docs))-1]
}

// boundOf bounds what a block gives.
func (t *stream) boundOf(block int) int64 {
	if t.materialized != nil {
		return t.materialized.blockMax[block]
	}
	i := block % knownBlocks
	if t.known[i] != block {
		t.impacts = t.list.Impacts(t.impacts[:0], block)
		t.known[i], t.bound[i] = block, t.bm25.maxScore(t.weight, t.impacts)
	}
	return t.bound[i]
}

// knownBlocks is of how many blocks bounds are kept: those of a window are
// asked for twice.
const knownBlocks = 16

// boundOfGroup bounds what a group of blocks gives.
func (t *stream) boundOfGroup(group int) int64 {
	if t.materialized != nil {
		return t.most
	}
	if t.group != group {
		t.impacts = t.list.GroupImpacts(t.impacts[:0], group)
		t.group, t.ofGroup = group, t.bm25.maxScore(t.weight, t.impacts)
	}
	return t.ofGroup
}

// seekBlock goes on to the block that may hold doc, where bounds are looked up.
// It reports whether there is one.
func (t *stream) seekBlock(doc uint32) bool {
	for step := 1; t.block < t.blocks && t.lastOf(t.block) < doc; step *= 2 {
		// Gallop, then come back to the first that reaches doc.
		low := t.block
		high := min(low+step, t.blocks-1)
		if t.lastOf(high) < doc {
			t.block = high + 1
			continue
		}
		for low < high {
			if mid := (low + high) / 2; t.lastOf(mid) < doc {
				low = mid + 1
			} else {
				high = mid
			}
		}
		t.block = low
		break
	}
	return t.block < t.blocks
}

// fewBlocks is up to how many blocks are looked at one by one for a bound of
// all; beyond that, groups will do.
const fewBlocks = 8

// within bounds what the stream gives to any document of [from, to); 0 when it
// has none there. from does not go back from one call to the next.
func (t *stream) within(from, to uint32) int64 {
	if !t.seekBlock(from) {
		return 0
	}
	if t.nextIndex() <= t.block && t.spans(to-from) {
		t.skipTo(t.block)
		t.nextBlock()
	}
	if len(t.docs) > 0 && t.docs[len(t.docs)-1] >= from {
		// The block at hand tells exactly where documents are.
		if t.i = t.at(from); t.docs[t.i] >= to {
			return 0
		}
	}
	most := t.boundOf(t.block)
	for b := t.block; t.lastOf(b) < to-1; {
		if b++; b == t.blocks {
			break
		}
		if b-t.block == fewBlocks {
			return t.withinGroups(b, to, most)
		}
		most = max(most, t.boundOf(b))
	}
	return most
}

// spans reports whether the block where bounds are looked up reaches over so
// many documents.
func (t *stream) spans(docs uint32) bool {
	first := uint32(0)
	if t.block > 0 {
		first = t.lastOf(t.block - 1)
	}
	return t.lastOf(t.block)-first >= docs
}

// withinGroups is within from a block on, by groups.
func (t *stream) withinGroups(block int, to uint32, most int64) int64 {
	for g := block / segment.GroupSize; g*segment.GroupSize < t.blocks; g++ {
		if first := g * segment.GroupSize; first > block && t.lastOf(first-1) >= to-1 {
			break
		}
		most = max(most, t.boundOfGroup(g))
		if most == t.most {
			break
		}
	}
	return most
}

// near is how many places are gone through one by one, before the block is
// searched.
const near = 16

// at returns the place in the block at hand, from where the stream stands, of
// the first document that is at least doc, which must not be beyond its last.
func (t *stream) at(doc uint32) int {
	j := t.i
	if j+near < len(t.docs) && t.docs[j+near] < doc {
		return reader.FirstFrom(&t.buf, len(t.docs), doc)
	}
	for t.docs[j] < doc {
		j++
	}
	return j
}

// below is the place in the block at hand of the first document that is to or
// beyond.
func (t *stream) below(to uint32) int {
	if n := len(t.docs); t.docs[n-1] < to {
		return n
	}
	return reader.FirstFrom(&t.buf, len(t.docs), to)
}

// nextBlock reads the next block; false at the end.
func (t *stream) nextBlock() bool {
	t.i, t.counted, t.scoresReady = 0, false, false
	if t.materialized != nil {
		from := t.nextMaterialized * segment.BlockSize
		if from >= len(t.materialized.docs) {
			t.docs = nil
			return false
		}
		n := copy(t.buf[:], t.materialized.docs[from:])
		t.docs = t.buf[:n]
		t.nextMaterialized++
		return true
	}
	n := t.list.NextBlock(&t.buf, nil)
	t.docs = t.buf[:n]
	if n == 0 {
		t.err = t.list.Err()
	}
	return n > 0
}

// nextIndex is the place of the block that nextBlock reads.
func (t *stream) nextIndex() int {
	if t.materialized != nil {
		return t.nextMaterialized
	}
	return t.list.Block()
}

// skipTo makes a block the next one to be read, unless it lies behind.
func (t *stream) skipTo(block int) {
	switch {
	case block <= t.nextIndex():
	case t.materialized != nil:
		t.nextMaterialized = block
	default:
		t.list.SkipToBlock(block)
	}
}

// seek goes to the first document that is at least doc and returns it; the
// greatest uint32 when there is none.
func (t *stream) seek(doc uint32) uint32 {
	if !t.reach(doc) {
		return math.MaxUint32
	}
	t.i = t.at(doc)
	return t.docs[t.i]
}

// reach reads the block that may hold doc, and reports whether there is one.
func (t *stream) reach(doc uint32) bool {
	for len(t.docs) == 0 || t.docs[len(t.docs)-1] < doc {
		if t.seekBlock(doc) {
			t.skipTo(t.block)
		} else {
			t.skipTo(t.blocks)
		}
		if !t.nextBlock() {
			return false
		}
	}
	return true
}

// countBlock reads the frequencies of the block at hand.
func (t *stream) countBlock() {
	if !t.counted {
		t.list.Freqs(&t.fs)
		t.counted = true
	}
}

// quanta is what the stream gives to each document of the block at hand.
func (t *stream) blockScores() []int64 {
	if t.materialized != nil {
		from := (t.nextMaterialized - 1) * segment.BlockSize
		return t.materialized.scores[from : from+len(t.docs)]
	}
	if !t.scoresReady {
		t.countBlock()
		if len(t.docs) == segment.BlockSize {
			t.bm25.scoreBlock(&t.scores, t.weight, &t.buf, &t.fs, t.lengths)
		} else {
			for i, doc := range t.docs {
				t.scores[i] = t.bm25.score(t.weight, t.fs[i], t.lengths[doc])
			}
		}
		t.scoresReady = true
	}
	return t.scores[:len(t.docs)]
}

// manyPlaces is from how many documents of a block on all are sooner scored
// than these.
const manyPlaces = 24

// give adds to sums what the stream gives to documents of the block at hand,
// which are told by their places in sums and in the block.
func (t *stream) addScores(sums []int64, which []uint16, place []uint8) {
	place = place[:len(which)]
	if t.materialized != nil || t.scoresReady || len(which) >= manyPlaces {
		quanta := t.blockScores()
		for x, k := range which {
			sums[k] += quanta[place[x]]
		}
		return
	}
	t.countBlock()
	sc, weight, lengths := *t.bm25, t.weight, t.lengths // a copy, which no store can change
	for x, k := range which {
		at := place[x] & (segment.BlockSize - 1)
		sums[k] += sc.score(weight, t.fs[at], lengths[t.buf[at]])
	}
}
