package search

import (
	"sync"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/bm25f"
	"github.com/newsq/newsq/internal/engine/local/reader"
)

// search is one request under way.
type search struct {
	view       *reader.View
	request    *engine.Request
	query      *compiled
	also       []*compiled // by Request.Also
	bm25       bm25
	statistics bm25f.Statistics // that bm25 is made of
	runs       []*segRun        // by segment
	res        *resources

	// What the above points to, so that it is used again.
	own       compiled
	ids       leafIDs
	resources resources
	firstRun  segRun
	// stemChampions are read of one segment after the other.
	stemChampions champions
	floorScores   []int64 // memory for championFloor
}

// searchPool holds searches to be used again: a short search takes as long to allocate
// what it needs as to find anything.
var searchPool = sync.Pool{New: func() any { return new(search) }}

// newSearch compiles all plans of a request.
func newSearch(v *reader.View, a analysis.Analyzer, r *engine.Request) *search {
	q := searchPool.Get().(*search)
	q.view, q.request, q.query, q.res, q.own.ids = v, r, &q.own, &q.resources, &q.ids
	q.own.compile(r.Plan)
	q.res.budget, q.res.analyzer, q.res.location = newBudget(v.Articles), a, r.Location
	for _, p := range r.Also {
		q.also = append(q.also, compile(p, &q.ids))
	}
	for i, seg := range v.Segments {
		run := &q.firstRun
		if i > 0 {
			run = new(segRun)
		}
		run.start(q.query, seg, q.res, len(q.ids.plans))
		q.runs = append(q.runs, run)
	}
	return q
}

// release gives back all that the search used, itself included. Nobody may use it, or
// what it lent, from then on.
func (q *search) release() {
	q.res.release()
	q.own.reset()
	q.ids.reset()
	q.resources.reset()
	q.firstRun.reset()
	clear(q.runs)
	q.view, q.request, q.query, q.res, q.also, q.runs = nil, nil, nil, nil, nil, q.runs[:0]
	searchPool.Put(q)
}

// byRelevance reports whether hits are ranked by their scores. Where nothing in
// the plan scores, all scores are 0, and the date decides.
func (q *search) byRelevance() bool {
	return q.request.Order == engine.Relevance && q.query.root.scores
}

// order is what candidates are ordered by. An order by relevance in which nothing scores is
// one by date, and is collected like one: collectByDate needs a heap, see bulk.
func (q *search) order() engine.Order {
	if q.request.Order == engine.Relevance && !q.byRelevance() {
		return engine.Newest
	}
	return q.request.Order
}
