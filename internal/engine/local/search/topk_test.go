package search

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/match"
)

// topkCase is a search for the best documents: of all segments, among what all
// or any of some parts match.
type topkCase struct {
	conjunction bool
	within      bool // any of the parts matches, but only what the first one does
	words       []string
	materialize []bool // the part of a word is materialized
	masked      int    // one document in so many is in the mask; 0 for no mask
	limit       int
	countLimit  int
	after       bool // the second page
}

func drawTopK(random *rand.Rand) topkCase {
	c := topkCase{conjunction: random.IntN(2) == 0, limit: 1 + random.IntN(30)}
	if c.words = randomWords(random, 1, 6); c.conjunction {
		c.words = randomWords(random, 2, 4)
	}
	c.within = !c.conjunction && random.IntN(3) == 0
	for i := range c.words {
		c.materialize = append(c.materialize, random.IntN(4) == 0 && !c.within || c.within && i > 0)
	}
	c.masked = []int{0, 0, 1, 2, 50, 3000}[random.IntN(6)]
	c.countLimit = []int{0, 0, 1, 100, 1 << 20}[random.IntN(5)]
	c.after = random.IntN(4) == 0
	return c
}

// With what is passed over, the best documents are those of looking at all.
func TestTopKIsBruteForce(t *testing.T) {
	v := viewForTest(t)
	random := rand.New(rand.NewPCG(1, 9))
	for range 500 {
		c := drawTopK(random)
		sim, weights := weightsFor(t, v, c.words)
		masks := make([]reader.Bitset, len(v.Segments))
		var all []ranked
		parts := make([][]map[uint32]int64, len(v.Segments))
		for i, s := range v.Segments {
			masks[i] = c.mask(random, s)
			for k, w := range c.words {
				scores := slowScores(t, s, sim, weights[k], w)
				if c.within && k > 0 {
					keepLive(s, scores)
				}
				if c.materialize[k] {
					materializedOf(scores, k%2 == 0) // makes zeroes
				}
				parts[i] = append(parts[i], scores)
			}
			all = append(all, c.slow(t, s, masks[i], parts[i])...)
		}
		slices.SortFunc(all, func(a, b ranked) int { return compareRanked(engine.Relevance, a, b) })
		total := len(all)
		col := &collector{segments: v.Segments, order: engine.Relevance, limit: c.limit, bm25: sim}
		if c.after && total > 0 {
			last := all[random.IntN(total)]
			col.after = &engine.Position{Score: sim.toFloat(last.score), Published: last.published(), ID: last.id}
			all = afterRanked(engine.Relevance, all, last)
		}
		top := c.run(t, v, sim, weights, masks, parts, col)
		got := rankedOf(t, col)
		if want := all[:min(len(all), c.limit)]; !slices.Equal(got, want) {
			t.Fatalf("%+v:\n%v, want\n%v", c, got, want)
		}
		switch {
		case !top.skippedAny && top.hitCount != total:
			t.Fatalf("%+v: %d hits counted of %d, and none is said to be skipped", c, top.hitCount, total)
		case top.hitCount > total || top.hitCount < min(c.countLimit, total):
			t.Fatalf("%+v: %d hits counted of %d", c, top.hitCount, total)
		}
		top.release()
	}
}

// mask draws a mask, which holds no deleted document.
func (c *topkCase) mask(random *rand.Rand, s *reader.Segment) reader.Bitset {
	if c.masked == 0 {
		return nil
	}
	mask := s.NewBitset()
	for doc := range uint32(s.Docs) {
		if isLive(s, doc) && random.IntN(c.masked) == 0 {
			mask.Add(doc)
		}
	}
	return mask
}

// slow scores all documents of a segment that match.
func (c *topkCase) slow(t *testing.T, s *reader.Segment, mask reader.Bitset, parts []map[uint32]int64) (all []ranked) {
	for doc := range uint32(s.Docs) {
		if mask != nil && !mask.Has(doc) || !isLive(s, doc) {
			continue
		}
		sum, found := int64(0), 0
		for _, scores := range parts {
			if score, ok := scores[doc]; ok {
				sum += score
				found++
			}
		}
		if _, ok := parts[0][doc]; c.within && !ok {
			continue
		}
		if found == len(parts) || found > 0 && !c.conjunction {
			all = append(all, newRanked(t, s, doc, sum))
		}
	}
	return all
}

// run has the top-k loops look for the best.
func (c *topkCase) run(t *testing.T, v *reader.View, sim *bm25, weights []float64, masks []reader.Bitset, parts [][]map[uint32]int64, col *collector) *topk {
	top := newTopk(col, newResources(v.Articles, analysis.Of("en")))
	top.countLimit = c.countLimit
	for i, s := range v.Segments {
		var scorers []*scorer
		for k, w := range c.words {
			var sc *scorer
			if c.materialize[k] {
				sc = newMaterializedScorer(materializedOf(parts[i][k], false))
			} else {
				sc = newPostingsScorer(s, postingsOf(t, s, w), weights[k], sim)
			}
			top.pooled = append(top.pooled, sc)
			if sc.count > 0 {
				scorers = append(scorers, sc)
			}
		}
		var err error
		switch {
		case c.within && len(parts[i][0]) > 0:
			err = top.disjunctionWithin(t.Context(), s, masks[i], scorers)
		case c.within:
		case c.conjunction && len(scorers) == len(c.words):
			err = top.conjunction(t.Context(), s, masks[i], scorers)
		case !c.conjunction && len(scorers) > 0:
			err = top.disjunction(t.Context(), s, masks[i], scorers)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return top
}

// keepLive drops the scores of deleted documents.
func keepLive(s *reader.Segment, scores map[uint32]int64) {
	for doc := range scores {
		if !isLive(s, doc) {
			delete(scores, doc)
		}
	}
}

// A lone part that is materialized is ranked like any other.
func TestCollectMaterialized(t *testing.T) {
	v := viewForTest(t)
	sim, weights := weightsFor(t, v, []string{"talk"})
	for _, countLimit := range []int{0, 1000} {
		col := &collector{segments: v.Segments, limit: 10, bm25: sim}
		top := newTopk(col, newResources(v.Articles, analysis.Of("en")))
		top.countLimit = countLimit
		var all []ranked
		for _, s := range v.Segments {
			scores := slowScores(t, s, sim, weights[0], "talk")
			if err := top.collectMaterialized(t.Context(), s, nil, materializedOf(scores, false)); err != nil {
				t.Fatal(err)
			}
			all = append(all, (&topkCase{}).slow(t, s, nil, []map[uint32]int64{scores})...)
		}
		slices.SortFunc(all, func(a, b ranked) int { return compareRanked(engine.Relevance, a, b) })
		if got := rankedOf(t, col); !slices.Equal(got, all[:10]) {
			t.Errorf("count limit %d: %v, want %v", countLimit, got, all[:10])
		}
		top.release()
	}
}

// A leaf's postings are ranked like the scores that come of them.
func TestCollectLeaf(t *testing.T) {
	v := viewForTest(t)
	for limit := 1; limit < 200; limit += 33 {
		sim, weights := weightsFor(t, v, []string{"talk"})
		col := &collector{segments: v.Segments, limit: limit, bm25: sim}
		top := newTopk(col, newResources(v.Articles, analysis.Of("en")))
		var all []ranked
		for _, s := range v.Segments {
			docs, freqs := slowPostings(t, s, "talk")
			if err := top.collectLeaf(t.Context(), s, nil, docs, freqs, weights[0], sim); err != nil {
				t.Fatal(err)
			}
			all = append(all, (&topkCase{}).slow(t, s, nil, []map[uint32]int64{slowScores(t, s, sim, weights[0], "talk")})...)
		}
		slices.SortFunc(all, func(a, b ranked) int { return compareRanked(engine.Relevance, a, b) })
		if got := rankedOf(t, col); !slices.Equal(got, all[:limit]) {
			t.Errorf("%v, want %v", got, all[:limit])
		}
		top.release()
	}
}

func BenchmarkConjunction(b *testing.B) {
	b.Run("2", func(b *testing.B) {
		benchSearch(b, &engine.Request{Plan: match.And{Operands: []match.Plan{stemPlan(1), stemPlan(4)}}})
	})
	b.Run("3", func(b *testing.B) {
		benchSearch(b, &engine.Request{Plan: match.And{Operands: []match.Plan{stemPlan(0), stemPlan(2), stemPlan(3)}}})
	})
}

func BenchmarkDisjunction(b *testing.B) {
	b.Run("2", func(b *testing.B) {
		benchSearch(b, &engine.Request{Plan: match.Or{Operands: []match.Plan{stemPlan(1), stemPlan(4)}}})
	})
	b.Run("10", func(b *testing.B) {
		var of []match.Plan
		for i := range 10 {
			of = append(of, stemPlan(i))
		}
		benchSearch(b, &engine.Request{Plan: match.Or{Operands: of}})
	})
}
