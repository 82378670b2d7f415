package search

import (
	"math"
	"slices"
	"sync"

	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/segment"
)

// A scorer is a part of a query in one segment: the documents that the part
// matches, in order, and the score that it gives to each. The part is a posting
// list, of which scores are computed for the documents that may be competitive,
// or it was materialized before.
//
// The top-k loops, the window and the candidates use a scorer as follows.
//
//   - It is made for one search in one segment and used by one goroutine. Who
//     made it calls release when the search ends. computeBlockMax comes before
//     anything that asks for bounds; topk.startSegment calls it.
//   - It only goes forward, but for readBlock, behind which no method is called that
//     seeks or bounds. The document given to seek, reachBlock and
//     addToWindow, and the first one given to maxScoreIn and advanceShallow,
//     never gets smaller from one call to the next of the same method.
//   - It stands in two places. One is the block that was read last and pos, the
//     index in it of the document at hand. The other, shallowBlock, is where
//     bounds are looked up: it runs ahead, and moving it reads no block.
//   - docs, blockScores, indexFrom, endBelow and addScores are about the block
//     that was read last. nextBlock, or seek or reachBlock with true, must have
//     read one, and the next of these calls makes their answers invalid.
//   - A bound is a score that no document has more than. It may be too high. 0
//     means that there is no document: bounds of a part with documents are at
//     least 1, also where every score is 0.
//   - Documents that are deleted or masked out are documents of a scorer like
//     others. Who takes in documents leaves them out; see topk.allowed.
//   - Damage ends a scorer like the end of its documents, and err then says why.
//     Who finds a scorer at its end looks at err before the result is used.
//
// There is no algebra of iterators, in which a conjunction is an iterator made
// of iterators: a call through an interface for each document would cost more
// than what is done for it. Instead a few loops know all scorers of a query at
// once, and each step handles a block of 128 documents or a window of 8,192, in
// loops without calls. What no such loop is for is materialized.
type scorer struct {
	// Of a posting list.
	postings segment.PostingList
	weight   float64
	norms    []uint32
	bm25     *bm25

	// Of what was materialized; nil for a posting list. nextMaterialized is
	// the block that nextBlock reads, and blocks are of as many documents as
	// those of posting lists.
	materialized     *materialized
	nextMaterialized int
	numBlocks        int

	// The block that was read last. freqs is filled once freqsRead is set, and
	// scores once scoresReady is.
	docs                   []uint32
	docBuf, freqs          [segment.BlockSize]uint32
	scores                 [segment.BlockSize]int64
	freqsRead, scoresReady bool
	pos                    int

	count          int    // documents, deleted ones included
	maxScore       int64  // bound of all
	shallowBlock   int    // where bounds are looked up
	boundGroups    [2]int // the groups of blockBounds; -1 for none
	blockBounds    [2][segment.GroupSize]int64
	cachedGroup    int
	cachedGroupMax int64
	impacts        []segment.Impact // memory to decode impacts into
	err            error
}

// materialized is what a part of a query gives to the documents that it
// matches, computed in advance. The documents are in order.
type materialized struct {
	docs     []uint32
	scores   []int64
	blockMax []int64 // bounds of blocks; nil until they are asked for
}

// scorerPool holds scorers to be used again, as each has arrays for a block.
var scorerPool = sync.Pool{New: func() any { return new(scorer) }}

// newScorer returns a scorer of nothing.
func newScorer() *scorer {
	s := scorerPool.Get().(*scorer)
	s.materialized, s.norms, s.nextMaterialized, s.docs, s.freqsRead, s.scoresReady, s.pos = nil, nil, 0, nil, false, false, 0
	s.maxScore, s.shallowBlock, s.cachedGroup, s.err = 0, 0, -1, nil
	s.boundGroups = [2]int{-1, -1}
	return s
}

func (s *scorer) release() {
	s.postings, s.materialized, s.norms, s.docs, s.bm25 = segment.PostingList{}, nil, nil, nil, nil
	scorerPool.Put(s)
}

// newPostingsScorer is the scorer of a posting list.
func newPostingsScorer(seg *reader.Segment, p *leafPostings, weight float64, sim *bm25) *scorer {
	s := newScorer()
	s.postings, s.weight, s.norms, s.bm25, s.count = p.postings, weight, seg.Norms(), sim, p.postings.Count()
	s.numBlocks = s.postings.Blocks()
	s.impacts = s.postings.MaxImpacts(s.impacts[:0])
	s.maxScore = s.bm25.maxScore(s.weight, s.impacts)
	return s
}

// newDocsScorer is a posting list that is asked for its documents alone. It has
// no scores and no bounds.
func newDocsScorer(list segment.PostingList) *scorer {
	s := newScorer()
	s.postings, s.count, s.numBlocks = list, list.Count(), list.Blocks()
	return s
}

// newMaterializedScorer is the scorer of what was materialized.
func newMaterializedScorer(m *materialized) *scorer {
	s := newScorer()
	s.materialized, s.count = m, len(m.docs)
	s.numBlocks = (len(m.docs) + segment.BlockSize - 1) / segment.BlockSize
	return s
}

// computeBlockMax computes the bounds of what was materialized. Posting lists
// have theirs in the segment.
func (s *scorer) computeBlockMax() {
	if s.materialized == nil || s.materialized.blockMax != nil {
		return
	}
	blockMax := make([]int64, s.numBlocks)
	for i, score := range s.materialized.scores {
		b := &blockMax[i/segment.BlockSize]
		*b = max(*b, score+1)
	}
	s.materialized.blockMax, s.maxScore = blockMax, slices.Max(blockMax)
}

// lastDocOf returns a document that none of a block is beyond.
func (s *scorer) lastDocOf(block int) uint32 {
	if s.materialized == nil {
		return s.postings.LastDocOf(block)
	}
	return s.materialized.docs[min((block+1)*segment.BlockSize, len(s.materialized.docs))-1]
}

// blockMaxScore bounds the scores of a block. The bounds of its group are cached,
// and those of the group before or behind: a window may lie in two.
func (s *scorer) blockMaxScore(block int) int64 {
	group := block / segment.GroupSize
	if s.boundGroups[group&1] != group {
		s.boundGroup(group)
	}
	return s.blockBounds[group&1][block%segment.GroupSize]
}

// boundGroup computes the bounds of the blocks of a group.
func (s *scorer) boundGroup(group int) {
	bounds := &s.blockBounds[group&1]
	s.boundGroups[group&1] = group
	if s.materialized != nil {
		copy(bounds[:], s.materialized.blockMax[group*segment.GroupSize:])
		return
	}
	var saturations [segment.GroupSize]float64
	s.postings.GroupSaturations(&saturations, group, segment.Saturation{Base: s.bm25.normBase, PerLength: s.bm25.normPerLength})
	weight := s.weight
	for i, saturation := range &saturations {
		bounds[i] = boundOf(weight, saturation)
	}
}

// groupMaxScore bounds the scores of a group of segment.GroupSize blocks.
func (s *scorer) groupMaxScore(group int) int64 {
	if s.materialized != nil {
		return s.maxScore
	}
	if s.cachedGroup != group {
		s.impacts = s.postings.GroupImpacts(s.impacts[:0], group)
		s.cachedGroup, s.cachedGroupMax = group, s.bm25.maxScore(s.weight, s.impacts)
	}
	return s.cachedGroupMax
}

// firstCompetitive returns the first block of [block, end) that may have a document of a
// score of at least minScore; end where there is none. It is for posting lists.
func (s *scorer) firstCompetitive(block, end int, minScore int64) int {
	if minScore <= 0 {
		return block
	}
	slope, offset := s.bm25.competitiveNorms(s.weight, minScore)
	return s.postings.FirstWithin(block, end, slope, offset)
}

// readBlock reads a block, also one that is behind the block read last.
func (s *scorer) readBlock(block int) bool {
	s.postings.GoToBlock(block)
	return s.nextBlock()
}

// advanceShallow moves shallowBlock to the first block that may hold doc or a
// later document, and reports whether there is one. It reads no block.
func (s *scorer) advanceShallow(doc uint32) bool {
	for step := 1; s.shallowBlock < s.numBlocks && s.lastDocOf(s.shallowBlock) < doc; step *= 2 {
		// Gallop, then search between the last two steps.
		low := s.shallowBlock
		high := min(low+step, s.numBlocks-1)
		if s.lastDocOf(high) < doc {
			s.shallowBlock = high + 1
			continue
		}
		for low < high {
			if mid := (low + high) / 2; s.lastDocOf(mid) < doc {
				low = mid + 1
			} else {
				high = mid
			}
		}
		s.shallowBlock = low
		break
	}
	return s.shallowBlock < s.numBlocks
}

// maxBlocksAsked is how many blocks are asked for their bounds one by one, for
// a bound of all of them. Beyond that the coarser bounds of groups do.
const maxBlocksAsked = 8

// maxScoreIn bounds the scores of the documents of [from, to). It is 0 when the
// scorer has none there.
func (s *scorer) maxScoreIn(from, to uint32) int64 {
	if !s.advanceShallow(from) {
		return 0
	}
	if s.nextBlockIndex() <= s.shallowBlock && s.shallowBlockSpans(to-from) {
		s.skipToBlock(s.shallowBlock)
		s.nextBlock()
	}
	if len(s.docs) > 0 && s.docs[len(s.docs)-1] >= from {
		// The block that was read tells exactly where documents are.
		if s.pos = s.indexFrom(from); s.docs[s.pos] >= to {
			return 0
		}
	}
	bound := s.blockMaxScore(s.shallowBlock)
	for b := s.shallowBlock; s.lastDocOf(b) < to-1; {
		if b++; b == s.numBlocks {
			break
		}
		if b-s.shallowBlock == maxBlocksAsked {
			return s.maxScoreByGroups(b, to, bound)
		}
		bound = max(bound, s.blockMaxScore(b))
	}
	return bound
}

// shallowBlockSpans reports whether the block where bounds are looked up reaches
// over so many documents.
func (s *scorer) shallowBlockSpans(docs uint32) bool {
	first := uint32(0)
	if s.shallowBlock > 0 {
		first = s.lastDocOf(s.shallowBlock - 1)
	}
	return s.lastDocOf(s.shallowBlock)-first >= docs
}

// maxScoreByGroups raises a bound to that of the documents from a block on and
// before to, group by group.
func (s *scorer) maxScoreByGroups(block int, to uint32, bound int64) int64 {
	for g := block / segment.GroupSize; g*segment.GroupSize < s.numBlocks; g++ {
		if first := g * segment.GroupSize; first > block && s.lastDocOf(first-1) >= to-1 {
			break
		}
		bound = max(bound, s.groupMaxScore(g))
		if bound == s.maxScore {
			break
		}
	}
	return bound
}

// linearSteps is how many documents are looked at one by one before the block
// is searched.
const linearSteps = 16

// indexFrom returns the index in the block, from pos on, of the first document
// that is at least doc. The last document of the block must not be before doc.
func (s *scorer) indexFrom(doc uint32) int {
	j := s.pos
	if j+linearSteps < len(s.docs) && s.docs[j+linearSteps] < doc {
		return reader.SearchBlock(&s.docBuf, len(s.docs), doc)
	}
	for s.docs[j] < doc {
		j++
	}
	return j
}

// endBelow returns the number of documents in the block that are before to.
func (s *scorer) endBelow(to uint32) int {
	if n := len(s.docs); s.docs[n-1] < to {
		return n
	}
	return reader.SearchBlock(&s.docBuf, len(s.docs), to)
}

// nextBlock reads the next block; it returns false at the end.
func (s *scorer) nextBlock() bool {
	s.pos, s.freqsRead, s.scoresReady = 0, false, false
	if s.materialized != nil {
		from := s.nextMaterialized * segment.BlockSize
		if from >= len(s.materialized.docs) {
			s.docs = nil
			return false
		}
		n := copy(s.docBuf[:], s.materialized.docs[from:])
		s.docs = s.docBuf[:n]
		s.nextMaterialized++
		return true
	}
	var freqs *[segment.BlockSize]uint32
	if s.postings.IsTail() {
		freqs, s.freqsRead = &s.freqs, true
	}
	n := s.postings.NextBlock(&s.docBuf, freqs)
	s.docs = s.docBuf[:n]
	if n == 0 {
		s.err = s.postings.Err()
	}
	return n > 0
}

// nextBlockIndex is the number of the block that nextBlock reads.
func (s *scorer) nextBlockIndex() int {
	if s.materialized != nil {
		return s.nextMaterialized
	}
	return s.postings.Block()
}

// skipToBlock makes a block the next one to be read. It does nothing for a block
// that was passed already.
func (s *scorer) skipToBlock(block int) {
	switch {
	case block <= s.nextBlockIndex():
	case s.materialized != nil:
		s.nextMaterialized = block
	default:
		s.postings.SkipToBlock(block)
	}
}

// seek goes to the first document that is at least doc and returns it. It
// returns the greatest uint32 when there is none.
func (s *scorer) seek(doc uint32) uint32 {
	if !s.reachBlock(doc) {
		return math.MaxUint32
	}
	s.pos = s.indexFrom(doc)
	return s.docs[s.pos]
}

// reachBlock reads the first block that ends at doc or behind it, and reports
// whether there is one.
func (s *scorer) reachBlock(doc uint32) bool {
	for len(s.docs) == 0 || s.docs[len(s.docs)-1] < doc {
		if s.advanceShallow(doc) {
			s.skipToBlock(s.shallowBlock)
		} else {
			s.skipToBlock(s.numBlocks)
		}
		if !s.nextBlock() {
			return false
		}
	}
	return true
}

// skipTo makes the block that may hold the next document of a set, of a segment of so
// many documents, the next one to be read. It reports whether there may be one.
func (s *scorer) skipTo(set reader.Bitset, docs int) bool {
	from := uint32(0)
	if n := len(s.docs); n > 0 {
		from = s.docs[n-1] + 1
	}
	doc := set.Next(from, uint32(docs))
	if int(doc) == docs || !s.advanceShallow(doc) {
		return false
	}
	s.skipToBlock(s.shallowBlock)
	return true
}

// readFreqs reads the frequencies of the block.
func (s *scorer) readFreqs() {
	if !s.freqsRead {
		s.postings.Freqs(&s.freqs)
		s.freqsRead = true
	}
}

// blockScores returns the scores of all documents of the block.
func (s *scorer) blockScores() []int64 {
	if s.materialized != nil {
		from := (s.nextMaterialized - 1) * segment.BlockSize
		return s.materialized.scores[from : from+len(s.docs)]
	}
	if !s.scoresReady {
		s.readFreqs()
		if len(s.docs) >= wholeBlockFrom {
			for i := len(s.docs); i < segment.BlockSize; i++ {
				s.docBuf[i], s.freqs[i] = 0, 0 // what is behind the last posting must be there
			}
			s.bm25.scoreBlock(&s.scores, s.weight, &s.docBuf, &s.freqs, s.norms)
		} else {
			for i, doc := range s.docs {
				s.scores[i] = s.bm25.score(s.weight, s.freqs[i], s.norms[doc])
			}
		}
		s.scoresReady = true
	}
	return s.scores[:len(s.docs)]
}

// wholeBlockFrom is for how many documents of a block it costs less to score all
// of the block than to score only these.
const wholeBlockFrom = 24

// addScores adds the scores of some documents of the block to sums. The x-th of
// them is at blockIndexes[x] in the block, and its sum at indexes[x].
func (s *scorer) addScores(sums []int64, indexes []uint16, blockIndexes []uint8) {
	blockIndexes = blockIndexes[:len(indexes)]
	if s.materialized != nil || s.scoresReady || len(indexes) >= wholeBlockFrom {
		scores := s.blockScores()
		for x, k := range indexes {
			sums[k] += scores[blockIndexes[x]]
		}
		return
	}
	s.readFreqs()
	sim, weight, norms := *s.bm25, s.weight, s.norms // a copy, which no store can change
	for x, k := range indexes {
		at := blockIndexes[x] & (segment.BlockSize - 1)
		sums[k] += sim.score(weight, s.freqs[at], norms[s.docBuf[at]])
	}
}
