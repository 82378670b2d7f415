package reader

import (
	"context"
	"math"
	"sync"
	"time"

	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// releases keeps the view without embargoed articles that was made last: it serves
// until an embargo ends.
type releases struct {
	mu       sync.Mutex
	view     *View // nil before the first
	from, to int64 // the moments for which it serves, in microseconds, [from, to)
}

// Released is the method of engine.Snapshot: v, or a view without the articles that are
// under embargo at a time.
func (v *View) Released(ctx context.Context, at time.Time) (*View, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	now := schema.Micros(at)
	r := &v.released
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.view != nil && now >= r.from && now < r.to {
		return r.view, nil
	}
	e, err := v.embargoes(ctx, now)
	if err != nil {
		return nil, err
	}
	r.from, r.to, r.view = e.last, e.next, v
	if e.hidden > 0 {
		r.view = v.without(at, e.hidden)
	}
	return r.view, nil
}

// HasNoEmbargoes says that no article of the view has an embargo, past or not, so that
// nobody need ask.
func (v *View) HasNoEmbargoes() {
	r := &v.released
	r.mu.Lock()
	defer r.mu.Unlock()
	r.from, r.to, r.view = math.MinInt64, math.MaxInt64, v
}

// without returns the view without a number of articles under embargo at a time.
func (v *View) without(at time.Time, hidden int) *View {
	return &View{
		Client: v.Client, PIT: v.PIT, Generation: v.Generation, Articles: v.Articles - hidden, Shards: v.Shards,
		Hidden: at, whole: v.root(),
	}
}

// embargoes are those of a view, seen from a moment.
type embargoes struct {
	hidden     int   // articles
	last, next int64 // the ends of embargoes before and after
}

// embargoes asks for the embargoes of all articles.
func (v *View) embargoes(ctx context.Context, now int64) (e embargoes, err error) {
	ends := func(bound, of string) transport.Object {
		return transport.Object{
			"filter": transport.Object{"range": transport.Object{schema.FieldEmbargo: transport.Object{bound: now}}},
			"aggs":   transport.Object{"end": transport.Object{of: transport.Object{"field": schema.FieldEmbargo}}},
		}
	}
	body := transport.Object{
		"size": 0, "track_total_hits": false,
		"query": all(append(v.ArticlesFilter(), transport.Object{"exists": transport.Object{"field": schema.FieldEmbargo}})...),
		"aggs":  transport.Object{"before": ends("lte", "max"), "after": ends("gt", "min")},
	}
	type group struct {
		Count int `json:"doc_count"`
		End   struct{ Value *float64 }
	}
	var found struct {
		Aggregations struct{ Before, After group }
	}
	if err := v.Search(ctx, body, &found); err != nil {
		return e, err
	}
	before, after := &found.Aggregations.Before, &found.Aggregations.After
	e = embargoes{hidden: after.Count, last: math.MinInt64, next: math.MaxInt64}
	// The ends come as floats. They are exact for all years near ours, and others
	// serve for this moment alone.
	if end := before.End.Value; end != nil {
		e.last = exact(*end, now)
	}
	if end := after.End.Value; end != nil && *end < math.MaxInt64 {
		e.next = exact(*end, now+1)
	}
	return e, nil
}

// exact returns a float as a whole number, or another one where it may be rounded.
func exact(f float64, otherwise int64) int64 {
	const most = 1 << 53
	if f < -most || f > most {
		return otherwise
	}
	return int64(f)
}
