package search

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"
	"sync"

	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/segment"
)

// topk looks for the best documents of a query in one segment after the other.
// What cannot come among the best any more is passed over, by bounds of blocks
// and groups of blocks (block-max MaxScore: Turtle and Flood, Query Evaluation:
// Strategies and Optimizations, 1995, with the bounds of Ding and Suel, Faster
// Top-k Document Retrieval Using Block-Max Indexes, 2011).
type topk struct {
	collector *collector
	res       *resources
	// countTo is how many matches are counted before any is passed over;
	// passed tells that some were.
	countLimit, hitCount int
	skippedAny           bool

	// Of the segment at hand.
	seg       *reader.Segment
	mask      reader.Bitset // nil for all
	deleted   reader.Bitset // nil where mask says it
	scorers   []*scorer
	pooled    []*scorer // of all segments
	windowMax []int64   // of streams in the window at hand
	restMax   []int64   // see all

	window     window
	candidates candidates
}

// topks are used again: a window takes longer to clear than most searches do.
var topks = sync.Pool{New: func() any { return new(topk) }}

func newTopk(best *collector, w *resources) *topk {
	t := topks.Get().(*topk)
	t.collector, t.res, t.countLimit, t.hitCount, t.skippedAny = best, w, 0, 0, false
	return t
}

// release gives t back, unless an error left scores in its window.
func (t *topk) release() {
	clean := t.err() == nil
	for _, s := range t.pooled {
		s.release()
	}
	t.collector, t.res, t.seg, t.mask, t.deleted, t.scorers, t.pooled = nil, nil, nil, nil, nil, nil, t.pooled[:0]
	if clean {
		topks.Put(t)
	}
}

// loneDocs is how many documents are gone through at a time for one stream
// alone, between looks at the context.
const singleScorerDocs = 1 << 18

// least is the score below which nothing comes among the best.
func (t *topk) minCompetitiveScore() int64 {
	if t.hitCount < t.countLimit {
		return 0
	}
	return t.collector.minCompetitiveScore()
}

// allowed reports whether a document is looked for at all.
func (t *topk) allowed(doc uint32) bool {
	if t.mask != nil {
		return t.mask.Has(doc)
	}
	return t.deleted == nil || !t.deleted.Has(doc)
}

// offer takes in a document with its whole score.
func (t *topk) offer(doc uint32, quanta int64) {
	t.hitCount++
	t.collector.offer(candidate{score: quanta, seg: t.seg, doc: doc})
}

// in starts on a segment.
func (t *topk) startSegment(s *reader.Segment, mask reader.Bitset, streams []*scorer) {
	t.seg, t.mask, t.deleted, t.scorers = s, mask, nil, streams
	if mask == nil {
		t.deleted = s.Deleted
	}
	t.windowMax = slices.Grow(t.windowMax[:0], len(streams))[:len(streams)]
	for _, st := range streams {
		st.computeBlockMax()
	}
}

func (t *topk) err() error {
	for _, s := range t.scorers {
		if s.err != nil {
			return s.err
		}
	}
	return t.collector.err
}

// single looks among the documents of a part that was worked out.
func (t *topk) collectMaterialized(ctx context.Context, s *reader.Segment, mask reader.Bitset, of *materialized) error {
	t.startSegment(s, mask, nil)
	least := t.minCompetitiveScore()
	for i, quanta := range of.scores {
		switch {
		case quanta < least:
			t.skippedAny = true
		case t.allowed(of.docs[i]):
			t.offer(of.docs[i], quanta)
			least = t.minCompetitiveScore()
		}
	}
	return errors.Join(t.err(), t.res.spend(ctx, len(of.scores)))
}

// leaf looks among documents of a leaf that was worked out, with their
// frequencies.
func (t *topk) collectLeaf(ctx context.Context, s *reader.Segment, mask reader.Bitset, docs, freqs []uint32, weight float64, sc *bm25) error {
	t.startSegment(s, mask, nil)
	lengths, least := s.Norms(), t.minCompetitiveScore()
	var limits normLimits
	for i, doc := range docs {
		freq, length := freqs[i], lengths[doc]
		if int64(length) > limits.of(sc, weight, freq, least) {
			t.skippedAny = true
			continue
		}
		quanta := int64(0)
		if freq > 0 {
			quanta = sc.score(weight, freq, length)
		}
		switch {
		case quanta < least:
			t.skippedAny = true
		case t.allowed(doc):
			t.offer(doc, quanta)
			least = t.minCompetitiveScore()
		}
	}
	return errors.Join(t.err(), t.res.spend(ctx, len(docs)))
}

// lengthLimits are the lengths beyond which documents with a frequency get less
// than the least that is enough: to look at one is cheaper than a score.
type normLimits struct {
	minScore, maxNorm [128]int64
}

// of is the limit for a frequency.
func (l *normLimits) of(sc *bm25, weight float64, freq uint32, least int64) int64 {
	if least <= 0 || freq >= uint32(len(l.maxNorm)) {
		return math.MaxInt64
	}
	if l.minScore[freq] != least {
		l.minScore[freq], l.maxNorm[freq] = least, sc.maxNorm(weight, freq, least)
	}
	return l.maxNorm[freq]
}

// any looks among the documents that any of the streams has.
func (t *topk) disjunction(ctx context.Context, s *reader.Segment, mask reader.Bitset, streams []*scorer) error {
	t.startSegment(s, mask, streams)
	// The order in which streams that count in a window are gone through.
	order := make([]int, 0, len(streams))
	size := uint32(windowDocs)
	if len(streams) == 1 { // nothing to add up
		size = singleScorerDocs
	}
	for from := uint32(0); int(from) < s.Docs; from += size {
		to := uint32(min(int(from)+int(size), s.Docs))
		if mask != nil && mask[from/64:(to+63)/64].IsEmpty() {
			continue
		}
		sum := int64(0)
		order = order[:0]
		for i, st := range streams {
			t.windowMax[i] = st.maxScoreIn(from, to)
			if t.windowMax[i] > 0 {
				order = append(order, i)
				sum += t.windowMax[i]
			}
		}
		if len(order) == 0 {
			next := t.nextDoc(from)
			if int(next) >= s.Docs {
				break
			}
			// The next window is the one that holds it.
			from = max(from+size, next/size*size) - size
			continue
		}
		if err := t.res.spend(ctx, stepsPerWindow*len(order)); err != nil {
			return err
		}
		if sum < t.minCompetitiveScore() {
			t.skippedAny = true
			continue
		}
		slices.SortFunc(order, func(a, b int) int { return cmp.Compare(t.windowMax[a], t.windowMax[b]) })
		// Documents that only the first few streams have cannot come among
		// the best: those are looked up for documents of the others alone.
		few, lesser := 0, int64(0)
		for least := t.minCompetitiveScore(); lesser+t.windowMax[order[few]] < least; few++ {
			lesser += t.windowMax[order[few]]
			t.skippedAny = true
		}
		if few == len(order)-1 {
			t.oneEssential(order, lesser, from, to)
		} else {
			t.manyEssential(order, few, sum, lesser, from, to)
		}
		if err := t.err(); err != nil {
			return err
		}
	}
	return nil
}

// first is a document that none of the streams has one before, from from on.
func (t *topk) nextDoc(from uint32) uint32 {
	first := ^uint32(0)
	for _, s := range t.scorers {
		first = min(first, s.seek(from))
	}
	return first
}

// alone looks among the documents of [from, to) that the last stream of order
// has.
func (t *topk) oneEssential(order []int, lesser int64, from, to uint32) {
	few := len(order) - 1
	main := t.scorers[order[few]]
	for doc := from; ; {
		if doc = t.skipToCompetitive(main, doc, to, t.minCompetitiveScore()-lesser); doc >= to {
			return
		}
		if doc = main.seek(doc); doc >= to {
			return
		}
		doc = t.collectBlock(main, order[:few], lesser, to)
	}
}

// skipBlocks returns the first document from doc on in whose block of main the
// bound is enough; to or one beyond when there is none.
func (t *topk) skipToCompetitive(main *scorer, doc, to uint32, enough int64) uint32 {
	for doc < to {
		if !main.advanceShallow(doc) {
			return to
		}
		last := main.shallowBlock
		if g := last / segment.GroupSize; main.materialized == nil && main.numBlocks > segment.GroupSize && main.groupMaxScore(g) < enough {
			last = min((g+1)*segment.GroupSize, main.numBlocks) - 1
		} else if main.blockMaxScore(last) >= enough {
			break
		}
		t.skippedAny = true
		if doc = main.lastDocOf(last) + 1; doc == 0 {
			return to
		}
	}
	return doc
}

// scan goes through what is left of main's block below to, and adds what the
// others give to the documents that may come among the best. It returns the
// document behind the last one seen.
func (t *topk) collectBlock(main *scorer, others []int, lesser int64, to uint32) uint32 {
	last := t.selectFromBlock(main, to, t.minCompetitiveScore()-lesser)
	t.addNonEssential(others, lesser)
	return last + 1
}

// pick makes candidates of the documents of main's block, from where it stands
// up to the document to, to which it gives enough. It returns the last document
// seen.
func (t *topk) selectFromBlock(main *scorer, to uint32, enough int64) (last uint32) {
	c, from, end := &t.candidates, main.pos, main.endBelow(to)
	docs := main.docs[from:end]
	last = docs[len(docs)-1]
	if t.mask != nil || t.deleted != nil {
		t.selectAllowed(main, docs, from, enough)
		return last
	}
	quanta := main.blockScores()[from:end]
	n := choose(quanta, enough, c.indexes[:])
	if n < len(docs) {
		t.skippedAny = true
	}
	c.n = 0
	for _, at := range c.indexes[:n] {
		c.add(docs[at], quanta[at])
	}
	return last
}

// pickAllowed is pick where not all documents are looked for: docs are those of
// main's block from a place on.
func (t *topk) selectAllowed(main *scorer, docs []uint32, from int, enough int64) {
	c, n := &t.candidates, 0
	set, flip := t.mask, uint64(0)
	if set == nil {
		set, flip = t.deleted, 1
	}
	for i, doc := range docs {
		c.indexes[n], c.blockIndexes[n] = uint16(n), uint8(from+i)
		c.docs[n], c.scores[n] = doc, 0
		n += int(set[doc/64]>>(doc%64)&1 ^ flip)
	}
	if c.n = n; n > 0 {
		main.addScores(c.scores[:], c.indexes[:n], c.blockIndexes[:])
		if !c.keepCompetitive(enough) {
			t.skippedAny = true
		}
	}
}

// complete adds what others, of the lowest bound first, give to the candidates,
// and offers those that may come among the best.
func (t *topk) addNonEssential(others []int, lesser int64) {
	c := &t.candidates
	for k := len(others) - 1; k >= 0 && c.n > 0; k-- {
		if !c.keepCompetitive(t.minCompetitiveScore() - lesser) {
			t.skippedAny = true
		}
		lesser -= t.windowMax[others[k]]
		c.addScoresOf(t.scorers[others[k]])
	}
	t.collectCandidates()
}

// offerAll offers the candidates, whose scores are whole.
func (t *topk) collectCandidates() {
	c, least := &t.candidates, t.minCompetitiveScore()
	for i, quanta := range c.scores[:c.n] {
		if quanta < least {
			t.skippedAny = true
			continue
		}
		t.offer(c.docs[i], quanta)
		least = t.minCompetitiveScore()
	}
}

// all looks among the documents that all of the streams have.
func (t *topk) conjunction(ctx context.Context, s *reader.Segment, mask reader.Bitset, streams []*scorer) error {
	slices.SortFunc(streams, func(a, b *scorer) int { return a.count - b.count })
	t.startSegment(s, mask, streams)
	// rest[i] bounds what the streams from i on give.
	rest := slices.Grow(t.restMax[:0], len(streams)+1)[:len(streams)+1]
	t.restMax, rest[len(streams)] = rest, 0
	lead, others := streams[0], t.sumOfMaxScores()
	for doc := uint32(0); ; {
		if doc = t.skipToCompetitive(lead, doc, uint32(s.Docs), t.minCompetitiveScore()-others); int(doc) >= s.Docs {
			return t.err()
		}
		if err := t.res.spend(ctx, stepsPerWindow); err != nil {
			return err
		}
		least, to := t.minCompetitiveScore(), lead.lastDocOf(lead.shallowBlock)+1
		for i := len(streams) - 1; i > 0; i-- {
			bound := streams[i].maxScore
			if least > 0 {
				bound = streams[i].maxScoreIn(doc, to)
			}
			rest[i] = rest[i+1] + bound
		}
		if lead.blockMaxScore(lead.shallowBlock)+rest[1] < least {
			t.skippedAny = true
			doc = to
			continue
		}
		if doc = lead.seek(doc); doc < to {
			t.conjunctionInBlock(lead, rest)
			doc = lead.docs[len(lead.docs)-1] + 1
		}
		if err := t.err(); err != nil {
			return err
		}
	}
}

// sumOfMost bounds what all streams but the first give.
func (t *topk) sumOfMaxScores() int64 {
	sum := int64(0)
	for _, s := range t.scorers[1:] {
		sum += s.maxScore
	}
	return sum
}

// allOf looks among the documents of the block at hand of lead, the first
// stream. rest[i] bounds what the streams from i on give.
func (t *topk) conjunctionInBlock(lead *scorer, rest []int64) {
	c, least := &t.candidates, t.minCompetitiveScore()
	t.selectFromBlock(lead, math.MaxUint32, least-rest[1])
	if least > 0 {
		t.skippedAny = true
	}
	for k, s := range t.scorers[1:] {
		if c.n == 0 {
			return
		}
		c.intersect(s)
		c.keepCompetitive(least - rest[k+2])
	}
	t.collectCandidates()
}
