// Package search answers requests over a view of an index. It reads views, and
// knows nothing else of the engine.
//
// Run compiles the plan of a request (compile.go), weighs its leaves (weights.go), and
// evaluates it segment by segment:
//
//   - A leaf is a condition on words: a stem, a pattern, a phrase, a NEAR, a span. It
//     comes to leafPostings, once for each segment (leaf.go, multiterm.go,
//     exactphrase.go, patternphrase.go, spans.go).
//   - Where all matches must be known, nodes of the plan are evaluated to
//     bitsets (boolean.go). So are filters (facet.go), which with the parts of an
//     AND that do not score make a mask (mask.go). Facets are counted over the
//     bitset of all matches.
//   - By date, a collector goes along the order of times (collector.go).
//   - By relevance, the parts of the top AND or OR are scorers (scorer.go), and
//     topk goes over them, skipping what is not competitive (topk.go, single.go,
//     bestblocks.go, within.go, select.go, window.go, candidates.go). Parts that no posting list stands for
//     are materialized first (materialize.go); the beginning of a word may be
//     answered by its champions (champions.go).
//   - What was kept becomes hits (hits.go).
//
// What a query may cost is bounded (budget.go). A query runs in one goroutine;
// any number of them may run on one view.
package search

import (
	"context"
	"fmt"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/match"
)

// Run answers a request from a view. a gives the stems of words where a plan asks
// for words by their stem.
func Run(ctx context.Context, v *reader.View, a analysis.Analyzer, r *engine.Request) (*engine.Response, error) {
	return Rerank(ctx, v, a, r, nil)
}

// Rerank is Run with the method of engine.Reranker; choose may be nil.
func Rerank(ctx context.Context, v *reader.View, a analysis.Analyzer, r *engine.Request, choose func(engine.Candidates) ([]int, error)) (*engine.Response, error) {
	q := newSearch(v, a, r)
	defer q.release()
	if err := q.computeWeights(ctx); err != nil {
		return nil, err
	}
	out := &engine.Response{Exact: true}
	counted, err := q.countMatches(ctx, out)
	if err != nil {
		return nil, err
	}
	if err := q.countFacets(ctx, out); err != nil {
		return nil, err
	}
	if err := q.countAlso(ctx, out); err != nil {
		return nil, err
	}
	if r.Limit <= 0 {
		return out, nil
	}
	top := newTopk(nil, q.res)
	defer top.release()
	c := &top.own
	c.start(q.view.Segments, q.order(), r.Limit, &q.bm25, r.After)
	top.collector = c
	if !counted {
		top.countLimit = r.CountedTo()
	}
	if err := q.collect(ctx, top); err != nil {
		return nil, err
	}
	if !counted {
		out.Total, out.Exact = top.hitCount, !top.skippedAny
		if top.skippedAny {
			out.Total = r.CountedTo()
		}
	}
	list, err := q.chosen(ctx, c, choose)
	if err != nil {
		return nil, err
	}
	if err := q.makeHits(ctx, c, list, out); err != nil {
		return nil, err
	}
	if q.query.root.scores && len(c.heap) > 0 {
		out.Statistics = q.statistics.Encode()
	}
	return out, nil
}

// countMatches finds the number of all matches, if it is known or must be. It
// reports whether it did.
func (q *search) countMatches(ctx context.Context, out *engine.Response) (bool, error) {
	r, root := q.request, q.query.root
	if _, all := r.Plan.(match.All); len(r.Filters) == 0 && all {
		out.Total = q.view.Articles
		return true, nil
	}
	if root.kind == exprShould {
		root = root.kids[0]
	}
	if len(r.Filters) == 0 && root.leaf >= 0 {
		out.Total = q.query.leaves[root.leaf].count
		return true, nil
	}
	if !r.ExactTotal && len(r.Facets) == 0 && len(r.Also) == 0 && r.Limit > 0 && q.byRelevance() {
		return false, nil
	}
	for _, run := range q.runs {
		set, err := run.matches(ctx, r.Filters)
		if err != nil {
			return false, err
		}
		out.Total += set.Count()
	}
	return true, nil
}

// countFacets counts the facets that were asked for.
func (q *search) countFacets(ctx context.Context, out *engine.Response) error {
	for _, f := range q.request.Facets {
		counts, err := q.facet(ctx, f)
		if err != nil {
			return fmt.Errorf("count %s: %w", f, err)
		}
		if out.Counts == nil {
			out.Counts = map[engine.Facet][]engine.Count{}
		}
		out.Counts[f] = counts
	}
	return nil
}

// countAlso counts for each plan of Request.Also how many of the matches match
// it, too.
func (q *search) countAlso(ctx context.Context, out *engine.Response) error {
	for _, c := range q.also {
		n := 0
		for _, run := range q.runs {
			set, err := c.on(run.Segment, q.res, run.memo).bits(ctx, c.root)
			if err != nil {
				return err
			}
			matches, err := run.matches(ctx, q.request.Filters)
			if err != nil {
				return err
			}
			n += set.CountAnd(matches)
		}
		out.Also = append(out.Also, n)
	}
	return nil
}

// matches is what the plan matches and all of the filters keep. The caller must
// not change it.
func (r *segRun) matches(ctx context.Context, filters []engine.Filter) (reader.Bitset, error) {
	if r.result != nil {
		return r.result, nil
	}
	set, err := r.matchesExcept(ctx, filters, "")
	if err == nil {
		r.result = set
	}
	return set, err
}

// collect looks for the first hits in all segments.
func (q *search) collect(ctx context.Context, t *topk) error {
	for _, run := range q.runs {
		if q.byRelevance() {
			if err := q.collectSegment(ctx, t, run); err != nil {
				return err
			}
			continue
		}
		set, err := run.matches(ctx, q.request.Filters)
		if err == nil {
			err = t.collector.collectByDate(run.Segment, set)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// collectSegment looks for the first hits by relevance in a segment.
func (q *search) collectSegment(ctx context.Context, t *topk, run *segRun) error {
	root := q.query.root
	mask, err := run.mask(ctx, q.request.Filters, root)
	if err != nil {
		return err
	}
	if c, err := q.firstChampions(ctx, run, t.collector); c != nil || err != nil {
		if err != nil {
			return err
		}
		return t.collectLeaf(ctx, run.Segment, mask, c.Docs, c.Freqs, q.query.leaves[root.leaf].weight, &q.bm25)
	}
	if root.leaf >= 0 {
		p, err := run.leaf(ctx, root.leafID)
		if err != nil {
			return err
		}
		if !p.isPostingList {
			docs, freqs, err := p.top()
			if err != nil {
				return err
			}
			return t.collectLeaf(ctx, run.Segment, mask, docs, freqs, q.query.leaves[root.leaf].weight, &q.bm25)
		}
	}
	if root.kind == exprShould {
		return q.collectShould(ctx, t, run, root, mask)
	}
	conjunction := root.kind == exprAnd
	scorers, err := q.scorers(ctx, t, run, root)
	switch {
	case err != nil || len(scorers) == 0:
		return err
	case len(scorers) == 1 && scorers[0].materialized != nil:
		return t.collectMaterialized(ctx, run.Segment, mask, scorers[0].materialized)
	case conjunction && len(scorers) > 1:
		return t.conjunction(ctx, run.Segment, mask, scorers)
	}
	if err := q.raiseFloor(ctx, t, run, mask); err != nil {
		return err
	}
	return t.disjunction(ctx, run.Segment, mask, scorers)
}

// scorers makes scorers of the parts of the root that score, without such that
// have no documents. It returns none where nothing can match.
func (q *search) scorers(ctx context.Context, t *topk, run *segRun, root *expr) ([]*scorer, error) {
	parts := []*expr{root}
	if root.kind == exprAnd || root.kind == exprOr {
		parts = root.kids
	}
	conjunction := root.kind == exprAnd
	var scorers []*scorer
	for _, e := range parts {
		if conjunction && !e.scores {
			continue // it is in the mask
		}
		s, err := q.scorer(ctx, run, e)
		if err != nil {
			return nil, err
		}
		t.pooled = append(t.pooled, s)
		if s.count > 0 {
			scorers = append(scorers, s)
		} else if conjunction {
			return nil, nil
		}
	}
	return scorers, nil
}

// scorer makes a scorer of a part of the query.
func (q *search) scorer(ctx context.Context, run *segRun, e *expr) (*scorer, error) {
	if e.leaf >= 0 {
		p, err := run.leaf(ctx, e.leafID)
		if err != nil {
			return nil, err
		}
		if p.isPostingList {
			return newPostingsScorer(run.Segment, p, q.query.leaves[e.leaf].weight, &q.bm25), nil
		}
	}
	m, err := q.materialize(ctx, run, e)
	if err != nil {
		return nil, err
	}
	return newMaterializedScorer(m), nil
}
