// Package search answers requests over a view: it compiles the plan, evaluates
// it segment by segment, and finds the best documents, their number and the
// counts of facets. It reads views and nothing else of the engine.
package search

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/match"
)

// usualLimit is the number of hits for which there is room from the start.
const initialHits = 32

// totalUpTo is how far matches are counted where nobody needs the exact total.
const countedHits = 1000

// search is one request under way.
type search struct {
	view    *reader.View
	request *engine.Request
	query   *compiled
	also    []*compiled // by Request.Also
	bm25    bm25
	runs    []*segRun
	res     *resources
}

// Run answers a request from a view. a gives the stems of words where a plan asks
// for words by their stem.
func Run(ctx context.Context, v *reader.View, a analysis.Analyzer, r *engine.Request) (*engine.Response, error) {
	ids := &leafIDs{}
	q := &search{view: v, request: r, query: compile(r.Plan, ids), res: newResources(v.Articles, a)}
	defer q.res.release()
	for _, p := range r.Also {
		q.also = append(q.also, compile(p, ids))
	}
	for _, seg := range v.Segments {
		q.runs = append(q.runs, q.query.on(seg, q.res, make([]*leafPostings, len(ids.plans))))
	}
	if err := q.computeWeights(ctx); err != nil {
		return nil, err
	}
	out := &engine.Response{Exact: true}
	whole := r.ExactTotal || len(r.Facets) > 0 || len(r.Also) > 0 || r.Limit <= 0 || r.Order != engine.Relevance || !q.query.root.scores
	_, all := r.Plan.(match.All)
	leaf := q.query.root.leaf
	known := len(r.Filters) == 0 && (leaf >= 0 || all)
	switch {
	case known && all:
		out.Total = v.Articles
	case known:
		out.Total = q.query.leaves[leaf].df
	case whole:
		for _, run := range q.runs {
			set, err := run.matches(ctx, r.Filters)
			if err != nil {
				return nil, err
			}
			out.Total += set.Count()
		}
	}
	if err := q.fillCounts(ctx, out); err != nil {
		return nil, err
	}
	if r.Limit <= 0 {
		return out, nil
	}
	best := &collector{order: r.Order, limit: r.Limit, bm25: &q.bm25, after: r.After}
	best.heap = make([]candidate, 0, min(r.Limit, initialHits))
	top := newTopk(best, q.res)
	defer top.release()
	if !known && !whole {
		top.countLimit = countedHits
	}
	if err := q.collect(ctx, top); err != nil {
		return nil, err
	}
	if !known && !whole {
		out.Total, out.Exact = top.hitCount, !top.skippedAny
		if top.skippedAny {
			out.Total = countedHits
		}
	}
	return out, q.makeHits(ctx, top.collector, out)
}

// weigh finds in how many articles each leaf occurs, and so its weight.
func (q *search) computeWeights(ctx context.Context) error {
	mean, err := q.view.MeanLength()
	if err != nil {
		return err
	}
	if r := q.request; q.query.root.leaf >= 0 && r.Order == engine.Relevance && r.After == nil && len(r.Filters) == 0 {
		q.res.topLimit, q.res.meanLength = r.Limit, mean
	}
	for _, l := range q.query.leaves {
		for _, run := range q.runs {
			n, err := run.docFreq(ctx, l)
			if err != nil {
				return err
			}
			l.df += n
		}
	}
	for _, l := range q.query.leaves {
		for _, node := range l.minDocFreqOf {
			n := 0
			for _, run := range q.runs {
				set, err := run.bits(ctx, node)
				if err != nil {
					return err
				}
				n += set.Count()
			}
			l.df = max(l.df, n)
		}
	}
	q.bm25 = newBM25(q.view.Articles, mean, q.query.leaves)
	return nil
}

// frequency is the number of live articles in which a leaf occurs.
func (r *segRun) docFreq(ctx context.Context, l *leaf) (int, error) {
	h, err := r.leaf(ctx, l.id)
	if err != nil {
		return 0, err
	}
	if !h.isPostingList {
		return h.count(), nil
	}
	stem, _ := l.plan.(match.Stem)
	return r.CachedDocFreq(schema.FieldStem, stem.Stem, h.postings)
}

// count counts the facets, and what matches beside the query.
func (q *search) fillCounts(ctx context.Context, out *engine.Response) error {
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
	for _, c := range q.also {
		n := 0
		for _, run := range q.runs {
			also := c.on(run.Segment, q.res, run.memo)
			set, err := also.bits(ctx, c.root)
			if err != nil {
				return err
			}
			found, err := run.matches(ctx, q.request.Filters)
			if err != nil {
				return err
			}
			n += set.CountAnd(found)
		}
		out.Also = append(out.Also, n)
	}
	return nil
}

// matches is what the plan matches and all of the filters keep.
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

// top looks for the first hits.
func (q *search) collect(ctx context.Context, t *topk) error {
	for _, run := range q.runs {
		if q.request.Order != engine.Relevance || !q.query.root.scores {
			set, err := run.matches(ctx, q.request.Filters)
			if err == nil {
				err = t.collector.collectByDate(run.Segment, set)
			}
			if err != nil {
				return err
			}
			continue
		}
		if err := q.collectSegment(ctx, t, run); err != nil {
			return err
		}
	}
	return nil
}

// topOf looks for the first hits in a segment.
func (q *search) collectSegment(ctx context.Context, t *topk, run *segRun) error {
	root := q.query.root
	parts := []*expr{root}
	if root.kind == exprAnd || root.kind == exprOr {
		parts = root.kids
	}
	all := root.kind == exprAnd
	mask, err := run.mask(ctx, q.request.Filters, root)
	if err != nil {
		return err
	}
	if root.leaf >= 0 {
		h, err := run.leaf(ctx, root.leafID)
		weight := q.query.leaves[root.leaf].weight
		switch {
		case err != nil:
			return err
		case !h.isPostingList:
			docs, freqs, err := h.top()
			if err != nil {
				return err
			}
			return t.collectLeaf(ctx, run.Segment, mask, docs, freqs, weight, &q.bm25)
		}
	}
	var streams []*scorer
	for _, e := range parts {
		if all && !e.scores {
			continue // the mask has it
		}
		st, err := q.scorer(ctx, run, e)
		if err != nil {
			return err
		}
		t.pooled = append(t.pooled, st)
		if st.count > 0 {
			streams = append(streams, st)
		} else if all {
			return nil
		}
	}
	switch {
	case len(streams) == 0:
		return nil
	case len(streams) == 1 && streams[0].materialized != nil:
		return t.collectMaterialized(ctx, run.Segment, mask, streams[0].materialized)
	case all && len(streams) > 1:
		return t.conjunction(ctx, run.Segment, mask, streams)
	}
	return t.disjunction(ctx, run.Segment, mask, streams)
}

// mask is the articles that come into question beside what the streams of the
// root say; nil for all.
func (r *segRun) mask(ctx context.Context, filters []engine.Filter, root *expr) (reader.Bitset, error) {
	switch {
	case root.kind == exprOr && len(filters) == 0:
		return nil, nil // the streams have all there is
	case r.result != nil:
		return r.result, nil
	}
	var mask reader.Bitset
	own := false
	keep := func(set reader.Bitset, err error) error {
		switch {
		case err != nil:
		case mask == nil:
			mask = set // nobody changes it
		case !own:
			mask, own = r.copyBitset(mask), true
			fallthrough
		default:
			mask.And(set)
		}
		return err
	}
	if root.kind == exprAnd {
		for _, k := range root.kids {
			if k.scores {
				continue
			}
			if err := keep(r.bits(ctx, k)); err != nil {
				return nil, err
			}
		}
	}
	for _, f := range filters {
		holds, err := r.filterSet(ctx, f)
		if err == nil && f.Not {
			articles, aerr := r.Articles()
			holds, err = articles.Without(holds), aerr
		}
		if err := keep(holds, err); err != nil {
			return nil, err
		}
	}
	return mask, nil
}

// stream makes a part of the query a stream.
func (q *search) scorer(ctx context.Context, run *segRun, e *expr) (*scorer, error) {
	if e.leaf >= 0 {
		h, err := run.leaf(ctx, e.leafID)
		if err != nil {
			return nil, err
		}
		if h.isPostingList {
			return newPostingsScorer(run.Segment, h, q.query.leaves[e.leaf].weight, &q.bm25), nil
		}
	}
	of, err := q.materialize(ctx, run, e)
	if err != nil {
		return nil, err
	}
	return newMaterializedScorer(of), nil
}

// hits makes the best candidates hits.
func (q *search) makeHits(ctx context.Context, best *collector, out *engine.Response) error {
	list, err := best.sorted()
	if err != nil {
		return err
	}
	best.copyIDs(list)
	out.Hits = slices.Grow(out.Hits, len(list))
	for i := range list {
		c := &list[i]
		h := engine.Hit{Position: engine.Position{ID: c.id}, Place: c.seg.Place(c.doc)}
		if at := c.seg.Time(c.doc); at != reader.NoTime {
			h.Published = time.Unix(0, at).UTC()
		}
		run := q.runs[c.seg.Ordinal]
		if q.request.Order != engine.Relevance || q.request.Explain {
			if err := q.explain(ctx, run, c, &h); err != nil {
				return err
			}
		}
		h.Score = q.bm25.toFloat(c.score)
		out.Hits = append(out.Hits, h)
	}
	return best.err
}
