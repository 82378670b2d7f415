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

// topk looks for the best documents of a query, in one segment after the other.
// Documents that cannot be competitive are skipped, by bounds of blocks and of
// groups of blocks. That is block-max MaxScore: Turtle and Flood, Query
// Evaluation: Strategies and Optimizations, 1995, with the bounds of Ding and
// Suel, Faster Top-k Document Retrieval Using Block-Max Indexes, 2011.
//
// For each segment the caller makes scorers and calls one of these, once:
//
//   - disjunction, for documents that any of the scorers has; where that is one
//     posting list, single does it (single.go);
//   - conjunction, for documents that all of them have;
//   - collectMaterialized or collectLeaf, for a query that is one part whose
//     documents are known already.
//
// What holds in each of them:
//
//   - A document is allowed if it is in the mask; without a mask, if it is not
//     deleted. A mask holds no deleted document.
//   - A document that is allowed and that matches is offered to the collector
//     once, with its whole score, or its score is below the minimum competitive
//     score of that time. That score never falls, so what was skipped stays out.
//     A document with just that score is offered: ties are the collector's.
//   - Nothing is skipped before countLimit matches were counted. If skippedAny
//     is false at the end, hitCount is the number of all matches. If it is true,
//     hitCount is at least countLimit, and there may be more.
//   - All scores are whole numbers, so that it does not matter in which order
//     they are added up: the order depends on the window and on what was found
//     before.
//   - An error ends the search. Then the window may hold scores, and release
//     does not put t back into the pool.
//
// A disjunction goes over windowDocs documents at a time. In each window the
// scorers are sorted by their bounds there. The first ones, as many as together
// stay below the minimum competitive score, are not essential: a document that
// only these have is not competitive. The essential ones find the candidates,
// and the others are then looked up for these alone. One essential scorer is
// read block by block; the scores of several are added up in the window.
//
// A conjunction goes over the blocks of its shortest scorer, and looks up the
// documents of a block in the other scorers, one after the other (conjunction.go).
type topk struct {
	collector *collector
	own       collector // memory for one
	res       *resources

	countLimit, hitCount int
	skippedAny           bool
	floor                int64 // a score that as many documents have as are looked for; see raiseFloor

	// Of the segment at hand.
	seg     *reader.Segment
	mask    reader.Bitset // nil for none
	deleted reader.Bitset // nil where there is a mask
	scorers []*scorer
	members *scorer // of the documents that may be hits; nil where all may; see disjunctionWithin

	pooled    []*scorer // of all segments; release releases them
	windowMax []int64   // bounds of the scorers in the window at hand
	restMax   []int64   // see conjunction
	groupMax  []int64   // see single
	best      bestBlockList

	window     window
	candidates candidates

	leadLast int // in so many of the next blocks, the lead scores last; see leadScoresLast
}

// topkPool holds topks to be used again: it takes longer to clear a window than
// most searches take.
var topkPool = sync.Pool{New: func() any { return new(topk) }}

func newTopk(c *collector, res *resources) *topk {
	t := topkPool.Get().(*topk)
	t.collector, t.res, t.countLimit, t.hitCount, t.skippedAny, t.floor = c, res, 0, 0, false, 0
	return t
}

// release puts t back into the pool, unless an error left scores in its window.
func (t *topk) release() {
	clean := t.err() == nil
	for _, s := range t.pooled {
		s.release()
	}
	t.own.forget()
	t.collector, t.res, t.seg, t.mask, t.deleted, t.scorers, t.members, t.pooled = nil, nil, nil, nil, nil, nil, nil, t.pooled[:0]
	if clean {
		topkPool.Put(t)
	}
}

// minCompetitiveScore is the score below which no document needs to be offered.
func (t *topk) minCompetitiveScore() int64 {
	if t.hitCount < t.countLimit {
		return 0
	}
	return max(t.floor, t.collector.minCompetitiveScore())
}

// allowed reports whether a document may be offered at all.
func (t *topk) allowed(doc uint32) bool {
	if t.mask != nil {
		return t.mask.Has(doc)
	}
	return t.deleted == nil || !t.deleted.Has(doc)
}

// offer counts a document, and offers it with its whole score.
func (t *topk) offer(doc uint32, score int64) {
	t.hitCount++
	t.collector.offer(candidate{score: score, doc: doc, segment: uint32(t.seg.Ordinal)})
}

// startSegment makes a segment the one at hand.
func (t *topk) startSegment(s *reader.Segment, mask reader.Bitset, scorers []*scorer) {
	t.seg, t.mask, t.deleted, t.scorers = s, mask, nil, scorers
	if mask == nil {
		t.deleted = s.Deleted
	}
	t.windowMax = slices.Grow(t.windowMax[:0], len(scorers))[:len(scorers)]
	for _, sc := range scorers {
		sc.computeBlockMax()
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

// collectMaterialized looks among the documents of a materialized part.
func (t *topk) collectMaterialized(ctx context.Context, s *reader.Segment, mask reader.Bitset, m *materialized) error {
	t.startSegment(s, mask, nil)
	minCompetitive := t.minCompetitiveScore()
	for i, score := range m.scores {
		switch {
		case score < minCompetitive:
			t.skippedAny = true
		case t.allowed(m.docs[i]):
			t.offer(m.docs[i], score)
			minCompetitive = t.minCompetitiveScore()
		}
	}
	return errors.Join(t.err(), t.res.spend(ctx, len(m.scores)))
}

// collectLeaf looks among the documents of a leaf, with their frequencies.
func (t *topk) collectLeaf(ctx context.Context, s *reader.Segment, mask reader.Bitset, docs, freqs []uint32, weight float64, sim *bm25) error {
	t.startSegment(s, mask, nil)
	l := scoredLeaf{docs: docs, freqs: freqs, norms: s.Norms(), weight: weight, sim: sim}
	for at := 0; at < len(docs); {
		n := t.collectFull(&l, at)
		if n == 0 {
			t.collectOne(&l, at)
			n = 1
		}
		at += n
	}
	return errors.Join(t.err(), t.res.spend(ctx, len(docs)))
}

// scoredLeaf is the documents of a leaf, and what their scores are made of.
type scoredLeaf struct {
	docs, freqs, norms []uint32
	weight             float64
	sim                *bm25
	limits             normLimits
}

// collectFull looks among as many documents as a block has, from an index on, by the same
// test as in blocks. It returns how many these were; 0 where there is no such test, see
// selectByThreshold.
func (t *topk) collectFull(l *scoredLeaf, from int) int {
	minCompetitive, end := t.minCompetitiveScore(), from+segment.BlockSize
	if !wide || minCompetitive <= 0 || end > len(l.docs) {
		return 0
	}
	threshold, ok := l.sim.freqThreshold(l.weight, minCompetitive)
	if !ok {
		return 0
	}
	selected := t.candidates.selectLeaf((*[segment.BlockSize]uint32)(l.docs[from:end]), (*[segment.BlockSize]uint32)(l.freqs[from:end]), l.norms, threshold)
	if len(selected) < segment.BlockSize {
		t.skippedAny = true
	}
	for _, i := range selected {
		t.collectOne(l, from+int(i))
	}
	return segment.BlockSize
}

// collectOne looks at one document of a leaf.
func (t *topk) collectOne(l *scoredLeaf, at int) {
	doc, freq, minCompetitive := l.docs[at], l.freqs[at], t.minCompetitiveScore()
	norm := l.norms[doc]
	if int64(norm) > l.limits.of(l.sim, l.weight, freq, minCompetitive) {
		t.skippedAny = true
		return
	}
	score := int64(0)
	if freq > 0 {
		score = l.sim.score(l.weight, freq, norm)
	}
	switch {
	case score < minCompetitive:
		t.skippedAny = true
	case t.allowed(doc):
		t.offer(doc, score)
	}
}

// normLimits caches for each frequency the norm beyond which a document has
// less than a minimum score: to compare norms costs less than a score.
type normLimits struct {
	minScore, maxNorm [128]int64
}

// of returns the limit for a frequency.
func (l *normLimits) of(sim *bm25, weight float64, freq uint32, minScore int64) int64 {
	if minScore <= 0 || freq >= uint32(len(l.maxNorm)) {
		return math.MaxInt64
	}
	if l.minScore[freq] != minScore {
		l.minScore[freq], l.maxNorm[freq] = minScore, sim.maxNorm(weight, freq, minScore)
	}
	return l.maxNorm[freq]
}

// singleScorerDocs is how many documents a window has where there is one
// materialized scorer alone. Nothing is added up then, and the window only says how
// often the context is looked at.
const singleScorerDocs = 1 << 18

// disjunction looks among the documents that any of the scorers has.
func (t *topk) disjunction(ctx context.Context, s *reader.Segment, mask reader.Bitset, scorers []*scorer) error {
	if len(scorers) == 1 && scorers[0].materialized == nil {
		return t.single(ctx, s, mask, scorers)
	}
	t.startSegment(s, mask, scorers)
	order := make([]int, 0, len(scorers))
	size := uint32(windowDocs)
	if len(scorers) == 1 {
		size = singleScorerDocs
	}
	for from := uint32(0); int(from) < s.Docs; from += size {
		to := uint32(min(int(from)+int(size), s.Docs))
		if mask != nil && mask[from/64:(to+63)/64].IsEmpty() {
			continue
		}
		var sum int64
		order, sum = t.boundWindow(order[:0], from, to)
		if len(order) == 0 || t.lacksMembers() {
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
		t.collectWindow(order, sum, from, to)
		if err := t.err(); err != nil {
			return err
		}
	}
	return nil
}

// boundWindow fills windowMax for the documents of [from, to). It appends to
// order the scorers that may have documents there, and returns the sum of their
// bounds.
func (t *topk) boundWindow(order []int, from, to uint32) (_ []int, sum int64) {
	for i, s := range t.scorers {
		t.windowMax[i] = s.maxScoreIn(from, to)
		if t.windowMax[i] > 0 {
			order = append(order, i)
			sum += t.windowMax[i]
		}
	}
	return order, sum
}

// collectWindow looks among the documents of [from, to) that any of the scorers
// of order has. sum is the sum of their bounds, and competitive.
func (t *topk) collectWindow(order []int, sum int64, from, to uint32) {
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(t.windowMax[a], t.windowMax[b]) })
	nonEssential, nonEssentialMax := 0, int64(0)
	for minCompetitive := t.minCompetitiveScore(); nonEssentialMax+t.windowMax[order[nonEssential]] < minCompetitive; nonEssential++ {
		nonEssentialMax += t.windowMax[order[nonEssential]]
		t.skippedAny = true
	}
	if nonEssential == len(order)-1 {
		t.oneEssential(order, nonEssentialMax, from, to)
	} else {
		t.manyEssential(order, nonEssential, sum, nonEssentialMax, from, to)
	}
}

// nextDoc returns the first document from from on that any of the scorers has, or, where
// only members are looked for, the first of these.
func (t *topk) nextDoc(from uint32) uint32 {
	next := ^uint32(0)
	scorers := t.scorers
	if t.members != nil {
		scorers = scorers[:1]
	}
	for _, s := range scorers {
		next = min(next, s.seek(from))
	}
	return next
}

// oneEssential looks among the documents of [from, to) that the last scorer of
// order has. The others are not essential, and nonEssentialMax bounds what they
// give together.
func (t *topk) oneEssential(order []int, nonEssentialMax int64, from, to uint32) {
	last := len(order) - 1
	essential := t.scorers[order[last]]
	for doc := from; ; {
		if doc = t.skipToCompetitive(essential, doc, to, t.minCompetitiveScore()-nonEssentialMax); doc >= to {
			return
		}
		if doc = essential.seek(doc); doc >= to {
			return
		}
		doc = t.selectFromBlock(essential, to, t.minCompetitiveScore()-nonEssentialMax) + 1
		t.addNonEssential(order[:last], nonEssentialMax)
	}
}

// skipToCompetitive returns the first document from doc on that is in a block of
// s whose bound is at least minScore; to, or a document beyond, when there is
// none before to. With a mask it is a document that the mask holds.
func (t *topk) skipToCompetitive(s *scorer, doc, to uint32, minScore int64) uint32 {
	for doc < to {
		if t.mask != nil {
			if doc = t.mask.Next(doc, to); doc == to {
				return to
			}
		}
		if !s.advanceShallow(doc) {
			return to
		}
		last := s.shallowBlock
		if g := last / segment.GroupSize; s.materialized == nil && s.numBlocks > segment.GroupSize && s.groupMaxScore(g) < minScore {
			last = min((g+1)*segment.GroupSize, s.numBlocks) - 1
		} else if s.blockMaxScore(last) >= minScore {
			break
		}
		t.skippedAny = true
		if doc = s.lastDocOf(last) + 1; doc == 0 {
			return to
		}
	}
	return doc
}

// addNonEssential adds what the scorers of order give to the candidates, and
// collects these. The scorer with the highest bound comes first, and candidates
// are dropped as soon as what is left to be added cannot make them competitive.
// nonEssentialMax bounds what all scorers of order give together.
func (t *topk) addNonEssential(order []int, nonEssentialMax int64) {
	c := &t.candidates
	for k := len(order) - 1; k >= 0 && c.n > 0; k-- {
		if !c.keepCompetitive(t.minCompetitiveScore() - nonEssentialMax) {
			t.skippedAny = true
		}
		nonEssentialMax -= t.windowMax[order[k]]
		t.addScoresOf(order[k])
	}
	t.collectCandidates()
}

// collectCandidates offers the candidates that are competitive. Their scores are
// whole.
func (t *topk) collectCandidates() {
	c, minCompetitive := &t.candidates, t.minCompetitiveScore()
	for i, score := range c.scores[:c.n] {
		if score < minCompetitive {
			t.skippedAny = true
			continue
		}
		t.offer(c.docs[i], score)
		minCompetitive = t.minCompetitiveScore()
	}
}
