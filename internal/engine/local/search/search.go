// Package search answers requests over a view of an index. It reads views, and
// knows nothing else of the engine.
//
// Run compiles the plan of a request, weighs its leaves, and evaluates it
// segment by segment:
//
//   - A leaf is a condition on words: a stem, a pattern, a phrase, a NEAR. It
//     comes to leafPostings, once for each segment (leaf.go, multiterm.go,
//     exactphrase.go, patternphrase.go).
//   - Where all matches must be known, nodes of the plan are evaluated to
//     bitsets (boolean.go). So are filters (facet.go). Facets are counted over
//     the bitset of all matches.
//   - By date, a collector goes along the order of times (collector.go).
//   - By relevance, the parts of the top AND or OR are scorers (scorer.go), and
//     topk goes over them, skipping what is not competitive (topk.go, window.go,
//     candidates.go). Parts that no posting list stands for are materialized
//     first (materialize.go).
//
// What a query may cost is bounded (budget.go). A query runs in one goroutine;
// any number of them may run on one view.
package search

import (
	"context"
	"fmt"
	"slices"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/bm25f"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/match"
)

// countedHits is how far matches are counted where nobody needs the exact total.
const countedHits = 1000

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
	c.start(r.Order, r.Limit, &q.bm25, r.After)
	top.collector = c
	if !counted {
		top.countLimit = countedHits
	}
	if err := q.collect(ctx, top); err != nil {
		return nil, err
	}
	if !counted {
		out.Total, out.Exact = top.hitCount, !top.skippedAny
		if top.skippedAny {
			out.Total = countedHits
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

// computeWeights finds in how many articles each leaf occurs, and so its weight.
func (q *search) computeWeights(ctx context.Context) error {
	length, err := q.view.TotalLength()
	if err != nil {
		return err
	}
	mean := bm25f.MeanLength(length, q.view.Articles)
	if r := q.request; q.query.root.leaf >= 0 && r.Order == engine.Relevance && len(r.Filters) == 0 {
		q.res.championsServe = true
		if r.After == nil && r.Statistics == "" {
			q.res.topLimit, q.res.meanLength = r.Limit, mean
		}
	}
	if few, err := q.lookAmong(ctx); err != nil {
		return err
	} else if !few {
		if err := q.countLeaves(ctx); err != nil {
			return err
		}
	}
	n := len(q.query.leaves)
	s := bm25f.Statistics{Articles: q.view.Articles, Length: length, DocFreqs: slices.Grow(q.statistics.DocFreqs[:0], n)[:n]}
	if q.request.Statistics != "" {
		err = s.Decode(q.request.Statistics)
	} else {
		err = q.docFreqs(ctx, s.DocFreqs)
	}
	if err != nil {
		return err
	}
	for i, l := range q.query.leaves {
		l.df = s.DocFreqs[i]
	}
	q.statistics = s
	q.bm25 = newBM25(s.Articles, bm25f.MeanLength(s.Length, s.Articles), q.query.leaves)
	return nil
}

// countLeaves finds in how many articles each leaf occurs.
func (q *search) countLeaves(ctx context.Context) error {
	for _, l := range q.query.leaves {
		for _, run := range q.runs {
			n, err := run.docFreq(ctx, l)
			if err != nil {
				return err
			}
			l.count += n
		}
	}
	return nil
}

// maxAmong is up to how many articles that the filters keep in a segment leaves are
// looked up in these alone. It is some 30 blocks of a list to read, of thousands.
const maxAmong = 1 << 12

// lookAmong lets leaves be evaluated among what the filters keep, where that is little
// and nothing else is asked for: neither how many articles leaves occur in, as the
// statistics are given, nor counts without a filter. It reports whether it did.
func (q *search) lookAmong(ctx context.Context) (bool, error) {
	r := q.request
	if r.Statistics == "" || len(r.Filters) == 0 || len(r.Facets) > 0 || len(r.Also) > 0 {
		return false, nil
	}
	for _, run := range q.runs {
		kept := intersecting{run: run}
		if err := kept.andFilters(ctx, r.Filters); err != nil {
			return false, err
		}
		if kept.set.Count() > maxAmong {
			for _, run := range q.runs {
				run.among = nil
			}
			return false, nil
		}
		run.among = kept.set
	}
	return true, nil
}

// docFreqs finds the document frequency by which each leaf is weighed.
func (q *search) docFreqs(ctx context.Context, df []int) error {
	for i, l := range q.query.leaves {
		df[i] = l.count
		for _, e := range l.minDocFreqOf {
			n := 0
			for _, run := range q.runs {
				set, err := run.bits(ctx, e)
				if err != nil {
					return err
				}
				n += set.Count()
			}
			df[i] = max(df[i], n)
		}
	}
	return nil
}

// docFreq is the number of live articles in which a leaf occurs.
func (r *segRun) docFreq(ctx context.Context, l *leaf) (int, error) {
	c, err := r.findChampions(ctx, l)
	if err != nil {
		return 0, err
	}
	if r.champions = c; c != nil {
		return c.live, nil
	}
	p, err := r.leaf(ctx, l.id)
	if err != nil {
		return 0, err
	}
	if !p.isPostingList {
		r.keepCount(l, p.count())
		return p.count(), nil
	}
	stem, _ := l.plan.(match.Stem)
	return r.CachedDocFreq(schema.FieldStem, stem.Stem, p.postings)
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
	if c := run.champions; c != nil && q.bringsFirst(run, t.collector) {
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

// mask returns the articles that may be hits as far as the scorers of the root
// do not say it: what the filters keep, and what the parts of an AND match that
// do not score. It is nil where these keep everything, and else holds no
// deleted article. The caller must not change it.
func (r *segRun) mask(ctx context.Context, filters []engine.Filter, root *expr) (reader.Bitset, error) {
	switch {
	case root.kind == exprOr && len(filters) == 0:
		return nil, nil
	case r.result != nil:
		return r.result, nil
	}
	mask := intersecting{run: r}
	if root.kind == exprAnd {
		for _, k := range root.kids {
			if k.scores {
				continue
			}
			set, err := r.bits(ctx, k)
			if err != nil {
				return nil, err
			}
			mask.and(set)
		}
	}
	if err := mask.andFilters(ctx, filters); err != nil {
		return nil, err
	}
	return mask.set, nil
}

// intersecting is an intersection of sets that others hold. The first one is not
// copied before there is a second one.
type intersecting struct {
	run *segRun
	set reader.Bitset // nil before the first
	own bool          // whether set is a copy
}

func (i *intersecting) and(set reader.Bitset) {
	if i.set == nil {
		i.set = set
		return
	}
	if !i.own {
		i.set, i.own = i.run.copyBitset(i.set), true
	}
	i.set.And(set)
}

// andFilters keeps what all of the filters keep.
func (i *intersecting) andFilters(ctx context.Context, filters []engine.Filter) error {
	for _, f := range filters {
		set, err := i.run.filterSet(ctx, f)
		if err == nil && f.Not {
			articles, aerr := i.run.Articles()
			set, err = articles.Without(set), aerr
		}
		if err != nil {
			return err
		}
		i.and(set)
	}
	return nil
}

// makeHits makes hits of documents that were kept.
func (q *search) makeHits(ctx context.Context, c *collector, list []candidate, out *engine.Response) error {
	if len(list) == 0 {
		return c.err
	}
	c.touched = touch(list)
	c.copyIDs(list)
	places := placesOf(list)
	out.Hits = make([]engine.Hit, len(list))
	for i := range list {
		d, h := &list[i], &out.Hits[i]
		h.ID, h.Place = d.id, places[i*reader.PlaceSize:][:reader.PlaceSize]
		if at := d.seg.Time(d.doc); at != reader.NoTime {
			h.Published = schema.TimeOf(at)
		}
		if at := d.seg.AddedAt(d.doc); q.request.Order == engine.LastAdded && at != reader.NoTime {
			h.Added = schema.TimeOf(at)
		}
		if q.request.Order != engine.Relevance || q.request.Explain {
			if err := q.explain(ctx, q.runs[d.seg.Ordinal], d, h); err != nil {
				return err
			}
		}
		h.Score = q.bm25.toFloat(d.score)
		if !q.request.NoStories {
			var err error
			if h.Story, err = d.seg.Story(d.doc); err != nil {
				return err
			}
		}
	}
	return c.err
}

// touch reads of each candidate what makeHits reads, one after the other, so that the
// processor fetches all of it from memory at the same time. The sum is of no use, but
// that the reads are not left out.
func touch(list []candidate) (sum uint64) {
	for i := range list {
		sum += list[i].seg.Touch(list[i].doc)
	}
	return sum
}

// placesOf returns the places of candidates, one after the other: one string
// costs less than one for each.
func placesOf(list []candidate) engine.Place {
	const usual = 32 // hits
	all := slices.Grow(make([]byte, 0, usual*reader.PlaceSize), len(list)*reader.PlaceSize)
	for i := range list {
		all = list[i].seg.AppendPlace(all, list[i].doc)
	}
	return engine.Place(all)
}
