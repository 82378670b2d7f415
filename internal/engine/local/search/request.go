package search

import (
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
}

// newSearch compiles all plans of a request.
func newSearch(v *reader.View, a analysis.Analyzer, r *engine.Request) *search {
	ids := &leafIDs{}
	q := &search{view: v, request: r, query: compile(r.Plan, ids), res: newResources(v.Articles, a)}
	q.res.location = r.Location
	for _, p := range r.Also {
		q.also = append(q.also, compile(p, ids))
	}
	for _, seg := range v.Segments {
		q.runs = append(q.runs, q.query.on(seg, q.res, make([]*leafPostings, len(ids.plans))))
	}
	return q
}

// byRelevance reports whether hits are ranked by their scores. Where nothing in
// the plan scores, all scores are 0, and the date decides.
func (q *search) byRelevance() bool {
	return q.request.Order == engine.Relevance && q.query.root.scores
}
