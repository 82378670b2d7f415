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
type scorer struct {
	// A list.
	postings segment.PostingList
	weight   float64
	norms    []uint32
	bm25     *bm25

	// What was worked out; nil for a list. Bounds are those of blocks of as
	// many documents as lists have.
	materialized                *materialized
	nextMaterialized, numBlocks int

	// The block read last. fs holds frequencies once counted is set, and given
	// what is given to each once scored is.
	docs                   []uint32
	docBuf, freqs          [segment.BlockSize]uint32
	scores                 [segment.BlockSize]int64
	freqsRead, scoresReady bool
	pos                    int

	count          int
	maxScore       int64                // bound of all
	shallowBlock   int                  // where bounds are looked up
	cachedBlocks   [numCachedBlocks]int // blocks of which bound is known; -1 for none
	cachedMax      [numCachedBlocks]int64
	cachedGroup    int // likewise
	cachedGroupMax int64
	impacts        []segment.Impact
	err            error
}

// scored is a part of a query that was worked out: what it gives to the
// documents it matches, which are in order.
type materialized struct {
	docs     []uint32
	scores   []int64
	blockMax []int64 // of blocks
}

// streams are used again, as each has room for a block.
var scorerPool = sync.Pool{New: func() any { return new(scorer) }}

// fresh returns a stream of nothing.
func newScorer() *scorer {
	t := scorerPool.Get().(*scorer)
	t.materialized, t.norms, t.nextMaterialized, t.docs, t.freqsRead, t.scoresReady, t.pos = nil, nil, 0, nil, false, false, 0
	t.maxScore, t.shallowBlock, t.cachedGroup, t.err = 0, 0, -1, nil
	for i := range t.cachedBlocks {
		t.cachedBlocks[i] = -1
	}
	return t
}

func (t *scorer) release() {
	t.postings, t.materialized, t.norms, t.docs, t.bm25 = segment.PostingList{}, nil, nil, nil, nil
	scorerPool.Put(t)
}

func newPostingsScorer(s *reader.Segment, h *leafPostings, weight float64, sc *bm25) *scorer {
	t := newScorer()
	t.postings, t.weight, t.norms, t.bm25, t.count = h.postings, weight, s.Norms(), sc, h.postings.Count()
	t.numBlocks = t.postings.Blocks()
	t.impacts = t.postings.MaxImpacts(t.impacts[:0])
	t.maxScore = t.bm25.maxScore(t.weight, t.impacts)
	return t
}

// newDocStream is a list of which nothing but the documents is asked for.
func newDocsScorer(list segment.PostingList) *scorer {
	t := newScorer()
	t.postings, t.count, t.numBlocks = list, list.Count(), list.Blocks()
	return t
}

func newMaterializedScorer(of *materialized) *scorer {
	t := newScorer()
	t.materialized, t.count = of, len(of.docs)
	t.numBlocks = (len(of.docs) + segment.BlockSize - 1) / segment.BlockSize
	return t
}

// bounded looks for the bounds of what was worked out.
func (t *scorer) computeBlockMax() {
	if t.materialized == nil || t.materialized.blockMax != nil {
		return
	}
	bounds := make([]int64, t.numBlocks)
	for i, q := range t.materialized.scores {
		b := &bounds[i/segment.BlockSize]
		*b = max(*b, q+1)
	}
	t.materialized.blockMax, t.maxScore = bounds, slices.Max(bounds)
}

// lastOf returns a document that none of a block is beyond.
func (t *scorer) lastDocOf(block int) uint32 {
	if t.materialized == nil {
		return t.postings.LastDocOf(block)
	}
	return t.materialized.docs[min((block+1)*segment.BlockSize, len(t.materialized.docs))-1]
}

// boundOf bounds what a block gives.
func (t *scorer) blockMaxScore(block int) int64 {
	if t.materialized != nil {
		return t.materialized.blockMax[block]
	}
	i := block % numCachedBlocks
	if t.cachedBlocks[i] != block {
		t.impacts = t.postings.Impacts(t.impacts[:0], block)
		t.cachedBlocks[i], t.cachedMax[i] = block, t.bm25.maxScore(t.weight, t.impacts)
	}
	return t.cachedMax[i]
}

// knownBlocks is of how many blocks bounds are kept: those of a window are
// asked for twice.
const numCachedBlocks = 16

// boundOfGroup bounds what a group of blocks gives.
func (t *scorer) groupMaxScore(group int) int64 {
	if t.materialized != nil {
		return t.maxScore
	}
	if t.cachedGroup != group {
		t.impacts = t.postings.GroupImpacts(t.impacts[:0], group)
		t.cachedGroup, t.cachedGroupMax = group, t.bm25.maxScore(t.weight, t.impacts)
	}
	return t.cachedGroupMax
}

// seekBlock goes on to the block that may hold doc, where bounds are looked up.
// It reports whether there is one.
func (t *scorer) advanceShallow(doc uint32) bool {
	for step := 1; t.shallowBlock < t.numBlocks && t.lastDocOf(t.shallowBlock) < doc; step *= 2 {
		// Gallop, then come back to the first that reaches doc.
		low := t.shallowBlock
		high := min(low+step, t.numBlocks-1)
		if t.lastDocOf(high) < doc {
			t.shallowBlock = high + 1
			continue
		}
		for low < high {
			if mid := (low + high) / 2; t.lastDocOf(mid) < doc {
				low = mid + 1
			} else {
				high = mid
			}
		}
		t.shallowBlock = low
		break
	}
	return t.shallowBlock < t.numBlocks
}

// fewBlocks is up to how many blocks are looked at one by one for a bound of
// all; beyond that, groups will do.
const maxBlocksAsked = 8

// within bounds what the stream gives to any document of [from, to); 0 when it
// has none there. from does not go back from one call to the next.
func (t *scorer) maxScoreIn(from, to uint32) int64 {
	if !t.advanceShallow(from) {
		return 0
	}
	if t.nextBlockIndex() <= t.shallowBlock && t.shallowBlockSpans(to-from) {
		t.skipToBlock(t.shallowBlock)
		t.nextBlock()
	}
	if len(t.docs) > 0 && t.docs[len(t.docs)-1] >= from {
		// The block at hand tells exactly where documents are.
		if t.pos = t.indexFrom(from); t.docs[t.pos] >= to {
			return 0
		}
	}
	most := t.blockMaxScore(t.shallowBlock)
	for b := t.shallowBlock; t.lastDocOf(b) < to-1; {
		if b++; b == t.numBlocks {
			break
		}
		if b-t.shallowBlock == maxBlocksAsked {
			return t.maxScoreByGroups(b, to, most)
		}
		most = max(most, t.blockMaxScore(b))
	}
	return most
}

// spans reports whether the block where bounds are looked up reaches over so
// many documents.
func (t *scorer) shallowBlockSpans(docs uint32) bool {
	first := uint32(0)
	if t.shallowBlock > 0 {
		first = t.lastDocOf(t.shallowBlock - 1)
	}
	return t.lastDocOf(t.shallowBlock)-first >= docs
}

// withinGroups is within from a block on, by groups.
func (t *scorer) maxScoreByGroups(block int, to uint32, most int64) int64 {
	for g := block / segment.GroupSize; g*segment.GroupSize < t.numBlocks; g++ {
		if first := g * segment.GroupSize; first > block && t.lastDocOf(first-1) >= to-1 {
			break
		}
		most = max(most, t.groupMaxScore(g))
		if most == t.maxScore {
			break
		}
	}
	return most
}

// near is how many places are gone through one by one, before the block is
// searched.
const linearSteps = 16

// at returns the place in the block at hand, from where the stream stands, of
// the first document that is at least doc, which must not be beyond its last.
func (t *scorer) indexFrom(doc uint32) int {
	j := t.pos
	if j+linearSteps < len(t.docs) && t.docs[j+linearSteps] < doc {
		return reader.SearchBlock(&t.docBuf, len(t.docs), doc)
	}
	for t.docs[j] < doc {
		j++
	}
	return j
}

// below is the place in the block at hand of the first document that is to or
// beyond.
func (t *scorer) endBelow(to uint32) int {
	if n := len(t.docs); t.docs[n-1] < to {
		return n
	}
	return reader.SearchBlock(&t.docBuf, len(t.docs), to)
}

// nextBlock reads the next block; false at the end.
func (t *scorer) nextBlock() bool {
	t.pos, t.freqsRead, t.scoresReady = 0, false, false
	if t.materialized != nil {
		from := t.nextMaterialized * segment.BlockSize
		if from >= len(t.materialized.docs) {
			t.docs = nil
			return false
		}
		n := copy(t.docBuf[:], t.materialized.docs[from:])
		t.docs = t.docBuf[:n]
		t.nextMaterialized++
		return true
	}
	n := t.postings.NextBlock(&t.docBuf, nil)
	t.docs = t.docBuf[:n]
	if n == 0 {
		t.err = t.postings.Err()
	}
	return n > 0
}

// nextIndex is the place of the block that nextBlock reads.
func (t *scorer) nextBlockIndex() int {
	if t.materialized != nil {
		return t.nextMaterialized
	}
	return t.postings.Block()
}

// skipTo makes a block the next one to be read, unless it lies behind.
func (t *scorer) skipToBlock(block int) {
	switch {
	case block <= t.nextBlockIndex():
	case t.materialized != nil:
		t.nextMaterialized = block
	default:
		t.postings.SkipToBlock(block)
	}
}

// seek goes to the first document that is at least doc and returns it; the
// greatest uint32 when there is none.
func (t *scorer) seek(doc uint32) uint32 {
	if !t.reachBlock(doc) {
		return math.MaxUint32
	}
	t.pos = t.indexFrom(doc)
	return t.docs[t.pos]
}

// reach reads the block that may hold doc, and reports whether there is one.
func (t *scorer) reachBlock(doc uint32) bool {
	for len(t.docs) == 0 || t.docs[len(t.docs)-1] < doc {
		if t.advanceShallow(doc) {
			t.skipToBlock(t.shallowBlock)
		} else {
			t.skipToBlock(t.numBlocks)
		}
		if !t.nextBlock() {
			return false
		}
	}
	return true
}

// countBlock reads the frequencies of the block at hand.
func (t *scorer) readFreqs() {
	if !t.freqsRead {
		t.postings.Freqs(&t.freqs)
		t.freqsRead = true
	}
}

// quanta is what the stream gives to each document of the block at hand.
func (t *scorer) blockScores() []int64 {
	if t.materialized != nil {
		from := (t.nextMaterialized - 1) * segment.BlockSize
		return t.materialized.scores[from : from+len(t.docs)]
	}
	if !t.scoresReady {
		t.readFreqs()
		if len(t.docs) == segment.BlockSize {
			t.bm25.scoreBlock(&t.scores, t.weight, &t.docBuf, &t.freqs, t.norms)
		} else {
			for i, doc := range t.docs {
				t.scores[i] = t.bm25.score(t.weight, t.freqs[i], t.norms[doc])
			}
		}
		t.scoresReady = true
	}
	return t.scores[:len(t.docs)]
}

// manyPlaces is from how many documents of a block on all are sooner scored
// than these.
const wholeBlockFrom = 24

// give adds to sums what the stream gives to documents of the block at hand,
// which are told by their places in sums and in the block.
func (t *scorer) addScores(sums []int64, which []uint16, place []uint8) {
	place = place[:len(which)]
	if t.materialized != nil || t.scoresReady || len(which) >= wholeBlockFrom {
		quanta := t.blockScores()
		for x, k := range which {
			sums[k] += quanta[place[x]]
		}
		return
	}
	t.readFreqs()
	sc, weight, lengths := *t.bm25, t.weight, t.norms // a copy, which no store can change
	for x, k := range which {
		at := place[x] & (segment.BlockSize - 1)
		sums[k] += sc.score(weight, t.freqs[at], lengths[t.docBuf[at]])
	}
}
