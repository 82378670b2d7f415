package index

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/query"
	"github.com/newsq/newsq/internal/snippet"
)

// The sizes of a page.
const (
	defaultLimit      = 10
	maxLimit          = 10_000
	defaultPassages   = 2
	maxPassages       = 20
	maxCountTo        = 1_000_000
	defaultFacetLimit = 10
)

// Search returns one page of results, from one snapshot of the index. Its
// errors are a *SyntaxError, ErrTooBroad, ErrClosed, ErrDamaged, ctx.Err(), or
// tell what is wrong with the Query. On servers there are ErrServer, and
// ErrSnapshotGone where what was being read was lost twice: the first time the search is
// made again from its cursor, and Results.Warnings says so.
func (ix *Index) Search(ctx context.Context, q Query) (res *Results, err error) {
	start := time.Now()
	if q, err = q.resolved(); err != nil {
		return nil, err
	}
	aliases, err := ix.aliasesFor(&q)
	if err != nil {
		return nil, err
	}
	ix.lend(&q)
	again, err := ix.read(ctx, q.now(), q.IncludeEmbargoed, func(snap engine.Snapshot) (err error) {
		res, err = search(ctx, snap, &q, aliases)
		return err
	})
	if err != nil {
		return nil, err
	}
	if again {
		res.Warnings = append(res.Warnings, warnAgain)
	}
	res.Took = time.Since(start)
	return res, nil
}

// The bounds of what All fetches at a time. Each page ranks all matches anew, so that
// few pages take less; and a page lies in memory. It begins with few hits, as nothing is
// known of how long the articles are, and is made for pageBytes of text from then on.
const (
	minAllPage   = 10
	firstAllPage = 100
	maxAllPage   = 4000
	pageBytes    = 16 << 20
)

// lend gives a query what it asks of the index beside a snapshot.
func (ix *Index) lend(q *Query) { q.provider, q.known, q.sought = ix.provider, &ix.known, ix.sought }

// nextAllPage is the size of the page behind hits, of a size themselves: at most twice
// that, and as many as have about pageBytes of text.
func nextAllPage(hits []Hit, size int) int {
	text := 0
	for i := range hits {
		if a := hits[i].Article; a != nil {
			text += len(a.Body)
		}
	}
	fit := maxAllPage
	if text > 0 {
		fit = int(int64(pageBytes) * int64(len(hits)) / int64(text))
	}
	return max(min(2*size, fit, maxAllPage), minAllPage)
}

// All yields every hit of q, in order, from one snapshot of the index. Limit,
// Cursor and Facets of q are not used. An error is the last thing yielded. Where a
// server loses what is being read, All goes on in another snapshot of the same state;
// where the index was written meanwhile, that is ErrSnapshotGone.
func (ix *Index) All(ctx context.Context, q Query) iter.Seq2[Hit, error] {
	return func(yield func(Hit, error) bool) {
		at := q.moment()
		snap, err := ix.snapshot(ctx, at, q.IncludeEmbargoed)
		if err != nil {
			yield(Hit{}, err)
			return
		}
		defer func() { _ = snap.Close(ctx) }()
		renew := func() (engine.Snapshot, error) {
			next, err := ix.renew(ctx, snap, at, q.IncludeEmbargoed)
			if err == nil {
				_ = snap.Close(ctx) // it is lost
				snap = next
			}
			return next, err
		}
		for hit, err := range ix.allFrom(ctx, snap, q, renew) {
			if !yield(hit, err) {
				return
			}
		}
	}
}

// allFrom is All of a snapshot; renew returns another one where that is lost, and may be
// nil.
func (ix *Index) allFrom(ctx context.Context, snap engine.Snapshot, q Query, renew func() (engine.Snapshot, error)) iter.Seq2[Hit, error] {
	return func(yield func(Hit, error) bool) {
		aliases, err := ix.aliasesFor(&q)
		if err != nil {
			yield(Hit{}, err)
			return
		}
		ix.lend(&q)
		q.Limit, q.Cursor, q.Facets, q.NoNear, q.NearMeaning = firstAllPage, "", nil, true, false
		q.Copies = AllCopies
		for {
			var res *Results
			if q, err = q.resolved(); err == nil {
				res, err = search(ctx, snap, &q, aliases)
			}
			if errors.Is(err, ErrSnapshotGone) && renew != nil {
				if snap, err = renew(); err == nil {
					res, err = search(ctx, snap, &q, aliases)
				}
			}
			if err != nil {
				yield(Hit{}, err)
				return
			}
			for _, h := range res.Hits {
				if h.Article != nil {
					ix.addCodes(h.Article)
				}
				if !yield(h, nil) {
					return
				}
			}
			if res.Cursor == "" {
				return
			}
			q.Cursor, q.Limit = res.Cursor, nextAllPage(res.Hits, q.Limit)
		}
	}
}

// search answers q from snap: it parses the query, has the engine execute it, and
// presents what was found. q is resolved.
func search(ctx context.Context, snap engine.Snapshot, q *Query, aliases *Aliases) (*Results, error) {
	if err := q.check(); err != nil {
		return nil, err
	}
	if err := q.setLanguages(ctx, snap); err != nil {
		return nil, err
	}
	var first func(query.Node) *veryWords // of no use where scores don't count
	if q.Sort == Relevance && q.Limit >= 0 {
		first = func(tree query.Node) *veryWords { return newVeryWords(ctx, snap, tree) }
	}
	r, err := q.parseFor(aliases, first)
	if err != nil {
		return nil, err
	}
	cur, err := q.readCursor(r)
	if err != nil {
		return nil, err
	}
	req, warnings, err := q.engineRequest(ctx, snap, r)
	if err != nil {
		return nil, err
	}
	if warnings, err = q.appendFoundWarnings(warnings, r.plan); err != nil {
		return nil, err
	}
	res := &Results{Reading: q.reading, Warnings: append(r.warnings, warnings...)}
	seen, more := 0, false
	o, err := newOrder(ctx, snap, q, r)
	if err != nil {
		return nil, err
	}
	var found *engine.Response
	if cur == nil {
		found, err = firstPage(ctx, o, q, r, req, res)
		more = err == nil && (len(found.Hits) < found.Total || !found.Exact)
	} else {
		seen = cur.seen
		found, more, err = nextPage(ctx, o, q, r, req, cur, res)
	}
	if err != nil {
		return nil, err
	}
	res.Total, res.Exact = found.Total, found.Exact
	for _, what := range found.Inexact {
		res.Warnings = append(res.Warnings, what+" may not be exact")
	}
	if found.Statistics != "" && q.Sort == Relevance {
		res.RankedBy = o.rankedBy()
	}
	if o.unmeant != nil {
		res.Warnings = append(res.Warnings, fmt.Sprintf(warnUnmeant, o.unmeant))
	}
	if o.damage != nil {
		res.Warnings = append(res.Warnings, fmt.Sprintf(warnNoMeaning, o.damage))
	}
	res.Aliases = r.aliasUses(found)
	if q.countsStories() {
		res.Stories = storiesIn(found)
		req.Facets = req.Facets[:len(q.Facets)]
	}
	res.Facets = q.facetCounts(found, req)
	var copies *collapsed
	if q.Copies != AllCopies && req.Limit > 0 {
		of := *req
		of.Plan = r.plan
		if copies, more, err = collapse(ctx, o, of, found, orDefault(q.Limit, defaultLimit), more); err != nil {
			return nil, err
		}
	}
	if more && len(found.Hits) > 0 {
		res.Cursor = q.newCursor(r, snap, found, seen+len(found.Hits), res.Relaxed)
	}
	if copies != nil {
		found.Hits = copies.shown(found.Hits, q.Copies)
	}
	if err := present(ctx, snap, q, r, found, seen, res); err != nil {
		return nil, err
	}
	if copies != nil {
		if err := copies.describe(ctx, q, found.Hits, res.Hits); err != nil {
			return nil, err
		}
	}
	if q.Explain {
		if err := o.explain(ctx, res.Hits); err != nil {
			return nil, err
		}
	}
	if res.Relaxed {
		err = markMissing(ctx, snap, q, r, res.Hits)
	} else if res.Optional = r.questions(q); cur == nil {
		err = addNear(ctx, snap, q, r, req, res)
	}
	if err == nil && cur == nil {
		err = addNearMeaning(ctx, snap, q, r, o, req, found, res)
	}
	if err == nil && q.AsOf != "" {
		err = warnAsOf(ctx, snap, q, r, req, res)
	}
	if err != nil {
		return nil, err
	}
	return res, nil
}

// firstPage executes a query without a cursor. It looks for a better spelling, and
// relaxes a query that nothing matches.
func firstPage(ctx context.Context, o *order, q *Query, r *parsedQuery, req *engine.Request, res *Results) (*engine.Response, error) {
	if q.Copies != AllCopies && req.Limit > 0 && req.Limit < maxLimit {
		req.Limit++ // so that collapse need not search again to know whether a page follows
		defer func() { req.Limit-- }()
	}
	found, err := o.search(ctx, req)
	if err != nil {
		return nil, err
	}
	if !q.IDsOnly {
		if res.DidYouMean, err = didYouMean(ctx, o.snap, q, r, req, found.Total); err != nil {
			return nil, err
		}
	}
	return orRelaxed(ctx, o, q, r, req, found, res)
}

// nextPage executes a query from the place of a cursor, relaxed if the first page
// was, and not if it wasn't. more says whether there is a page behind it. The total
// does not tell, since it is of the index as it is now.
func nextPage(ctx context.Context, o *order, q *Query, r *parsedQuery, req *engine.Request, cur *cursor, res *Results) (found *engine.Response, more bool, err error) {
	if err := q.compoundsOfPage(r, req); err != nil {
		return nil, false, err
	}
	limit := req.Limit
	req.After, req.Statistics = &cur.position, cur.statistics
	if limit > 0 {
		req.Limit++
	}
	if res.Relaxed = cur.relaxed; res.Relaxed {
		found, err = relax(ctx, o, q, r, req)
	} else {
		found, err = o.search(ctx, req)
	}
	if found == nil && err == nil || errors.Is(err, engine.ErrStatistics) {
		err = errCursor
	}
	if err != nil {
		return nil, false, err
	}
	if more = limit > 0 && len(found.Hits) > limit; more && q.Copies == AllCopies { // else collapse takes the last one
		found.Hits = found.Hits[:limit]
	}
	if w := cur.warning(o, q, found); w != "" {
		res.Warnings = append(res.Warnings, w)
	}
	return found, more, nil
}

// check refuses what a Query cannot ask for.
func (q *Query) check() error {
	switch {
	case q.Limit > maxLimit:
		return fmt.Errorf("limit %d is more than %d; use a cursor, or All", q.Limit, maxLimit)
	case q.CountTo < 0 || q.CountTo > maxCountTo:
		return fmt.Errorf("can't count to %d; 0 to %d is possible", q.CountTo, maxCountTo)
	case q.Passages > maxPassages:
		return fmt.Errorf("%d passages are more than %d", q.Passages, maxPassages)
	case q.Match > MatchStrict:
		return fmt.Errorf("unknown match %d", q.Match)
	case q.Copies > AllCopies:
		return fmt.Errorf("unknown copies %d", q.Copies)
	case q.Sort > LastAdded:
		return fmt.Errorf("unknown sort %d", q.Sort)
	case q.Rank > RankBlend:
		return fmt.Errorf("unknown ranking %d", q.Rank)
	case q.Recency < 0 || q.Recency > maxHalfLife:
		return fmt.Errorf("the half-life %v of recency is not between 0 and 100 years", q.Recency)
	}
	return checkOrigins(q.TopicsFrom)
}

// orDefault returns n, but def for 0, and 0 for a negative number.
func orDefault(n, def int) int {
	switch {
	case n == 0:
		return def
	case n < 0:
		return 0
	}
	return n
}

// engineRequest is q as the engine takes it.
func (q *Query) engineRequest(ctx context.Context, snap engine.Snapshot, r *parsedQuery) (*engine.Request, []string, error) {
	req := &engine.Request{
		Plan:     r.plan,
		Order:    engine.Order(q.Sort),
		Limit:    orDefault(q.Limit, defaultLimit),
		Explain:  q.Explain,
		Location: q.location(),

		Languages:  q.languages.articles,
		ExactTotal: q.ExactTotal,
		CountTo:    q.CountTo,
		NoStories:  q.Copies == AllCopies,
	}
	for _, name := range q.Facets {
		f, err := facetNamed(name)
		if err != nil {
			return nil, nil, err
		}
		if f.Name == engine.FacetTopic {
			f.Name = topicFacet(q.TopicsFrom)
		}
		req.Facets = append(req.Facets, f.Name)
	}
	if q.countsStories() {
		req.Facets = append(req.Facets, engine.FacetStory)
	}
	if q.Cursor == "" && !q.IDsOnly {
		var err error
		if req.Also, err = r.aliasPlans(); err != nil {
			return nil, nil, publicError(err)
		}
	}
	filters, warnings, err := resolveFilters(ctx, snap, q.Filters, q.TopicsFrom, q.location())
	req.Filters = filters
	return req, warnings, err
}

// present turns what the engine found into what a person sees.
func present(ctx context.Context, snap engine.Snapshot, q *Query, r *parsedQuery, found *engine.Response, seen int, res *Results) error {
	var err error
	res.Hits, err = presentHits(ctx, snap, q, r, found.Hits, seen)
	return err
}

// presentHits makes hits of those of the engine. They rank behind as many as were seen.
func presentHits(ctx context.Context, snap engine.Snapshot, q *Query, r *parsedQuery, found []engine.Hit, seen int) ([]Hit, error) {
	hits := make([]Hit, len(found))
	for i := range found {
		h := &found[i]
		hits[i].Rank, hits[i].Score, hits[i].ID = seen+i+1, h.Score, h.ID
		for _, p := range h.Parts {
			hits[i].Explanation = append(hits[i].Explanation, scorePart(p))
		}
	}
	if q.IDsOnly || len(found) == 0 {
		return hits, nil
	}
	hl, err := newHighlighter(ctx, r.context.Analyzer, snap, r.plan)
	if err != nil {
		return nil, err
	}
	var ex *explainer
	if q.Explain {
		if ex, err = newExplainer(ctx, r.context.Analyzer, r.plan); err != nil {
			return nil, err
		}
	}
	return hits, inParallel(len(hits), func() func(i int) error {
		show := newHitPresenter(hl, ex, orDefault(q.Passages, defaultPassages))
		return func(i int) error {
			h := &hits[i]
			a, err := snap.Load(ctx, &found[i])
			if err != nil {
				return err
			}
			h.Article = &a
			keepTopicsFrom(h.Article, q.TopicsFrom)
			show(h)
			return nil
		}
	})
}

// newHitPresenter returns a function that fills in what is shown of a hit beside its
// article. It serves one goroutine at a time. ex may be nil.
func newHitPresenter(hl *highlighter, ex *explainer, passages int) func(h *Hit) {
	cutters := make(map[analysis.Analyzer]*snippet.Cutter) // by what the articles were analysed with
	return func(h *Hit) {
		an := analyzerOf(h.Article.Language)
		cutter := cutters[an]
		if cutter == nil {
			cutter = snippet.NewCutter(an, hl.patterns)
			cutters[an] = cutter
		}
		cutter.SetMarked(hl.markedIn(h.Article))
		h.TitleMatches = spans(cutter.Title(h.Article.Title))
		if ex != nil {
			ex.place(an, h.Article, h.Explanation)
		}
		h.Snippets = hl.snippets(cutter, h.Article, passages)
	}
}

// inParallel calls a function with 0 to n-1, on as many goroutines as there are
// processors, and returns the errors of the calls. worker makes the function of each
// goroutine.
func inParallel(n int, worker func() func(i int) error) error {
	var next atomic.Int64
	var wg sync.WaitGroup
	workers := min(n, runtime.GOMAXPROCS(0))
	errs := make([]error, workers)
	for w := range workers {
		wg.Go(func() {
			f := worker()
			for {
				i := int(next.Add(1)) - 1
				if i >= n || errs[w] != nil {
					return
				}
				errs[w] = f(i)
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}
