package maintain

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/reader"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/engine/opensearch/store"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// Stats returns figures about the last generation, and about what the index takes on
// the servers. Which generations are being read, the servers don't tell.
func (a Archive) Stats(ctx context.Context) (_ *engine.Stats, err error) {
	i, err := a.current(ctx)
	if err != nil {
		return nil, err
	}
	g, err := store.Take(ctx, a.Client, i.Name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, g.Release(ctx)) }()
	v := g.View
	f, err := figuresOf(ctx, v)
	if err != nil {
		return nil, err
	}
	s := &engine.Stats{Schema: i.schema(), Articles: f.articles}
	if state, err := store.ReadState(ctx, a.Client, i.Name); err == nil && state.Time != 0 {
		s.Written = time.UnixMicro(state.Time).UTC()
	}
	s.Generations = []engine.GenerationStats{{Number: f.generation, Current: true, Articles: f.articles}}
	now := time.Now()
	whole, err := contentsOf(ctx, v, now)
	if err != nil {
		return nil, err
	}
	s.Tokens, s.Dates = whole.tokens, whole.dates
	released, err := v.Released(ctx, now)
	if err != nil {
		return nil, err
	}
	seen, err := contentsOf(ctx, released, now)
	if err != nil {
		return nil, err
	}
	s.Released.Articles, s.Released.Tokens, s.Released.Dates = seen.articles, seen.tokens, seen.dates
	if s.Files, err = a.fileSizes(ctx, i.Name); err != nil {
		return nil, err
	}
	s.Segments, err = a.segments(ctx, i.Name)
	return s, err
}

// articleStats are figures about the articles of a view.
type articleStats struct {
	articles int
	tokens   int64
	dates    engine.DateStats
}

// contentsOf counts articles, words and dates of a view.
func contentsOf(ctx context.Context, v *reader.View, now time.Time) (articleStats, error) {
	from, to := engine.PlausibleDates(now)
	dated := transport.Object{"exists": transport.Object{"field": schema.FieldTime}}
	dayAlone := transport.Object{"term": transport.Object{schema.FieldMidnight: true}}
	plausible := transport.Object{"range": transport.Object{schema.FieldTime: transport.Object{"gte": schema.Micros(from), "lte": schema.Micros(to)}}}
	body := transport.Object{
		"size":             0,
		"track_total_hits": true,
		"query":            transport.Object{"bool": transport.Object{"filter": v.ArticlesFilter()}},
		"aggs": transport.Object{
			"tokens":  transport.Object{"sum": transport.Object{"field": schema.FieldTokenCount}},
			"dated":   transport.Object{"filter": dated},
			"day":     transport.Object{"filter": transport.Object{"bool": transport.Object{"filter": []any{dated, dayAlone}}}},
			"strange": transport.Object{"filter": transport.Object{"bool": transport.Object{"filter": []any{dated}, "must_not": []any{plausible}}}},
		},
	}
	type count struct {
		Count int `json:"doc_count"`
	}
	var answer struct {
		Hits         struct{ Total struct{ Value int } }
		Aggregations struct {
			Tokens              struct{ Value float64 }
			Dated, Day, Strange count
		}
	}
	if err := v.Search(ctx, body, &answer); err != nil {
		return articleStats{}, err
	}
	g, all := answer.Aggregations, answer.Hits.Total.Value
	return articleStats{
		articles: all,
		tokens:   int64(g.Tokens.Value),
		dates:    engine.DateStats{Time: g.Dated.Count - g.Day.Count, Day: g.Day.Count, None: all - g.Dated.Count, Strange: g.Strange.Count},
	}, nil
}

// fileSizes returns the bytes that the copies of an index take, by what they are for.
func (a Archive) fileSizes(ctx context.Context, index string) (map[string]int64, error) {
	type size struct {
		Bytes int64 `json:"size_in_bytes"`
	}
	type copies struct{ Store, Translog size }
	var answer struct {
		All struct{ Primaries, Total copies } `json:"_all"`
	}
	err := a.Client.Do(ctx, &transport.Request{Method: http.MethodGet, Path: transport.Path(index, "_stats") + "/store,translog", Query: url.Values{
		"filter_path": {"_all.*.store.size_in_bytes,_all.*.translog.size_in_bytes"},
	}}, &answer)
	if err != nil {
		return nil, err
	}
	first, all := answer.All.Primaries, answer.All.Total
	sizes := map[string]int64{
		"segments":    first.Store.Bytes,
		"translog":    first.Translog.Bytes,
		"more copies": all.Store.Bytes + all.Translog.Bytes - first.Store.Bytes - first.Translog.Bytes,
	}
	for kind, n := range sizes {
		if n == 0 {
			delete(sizes, kind)
		}
	}
	return sizes, nil
}

// segments returns the segments of the first copy of each shard, the largest first.
// Their documents are articles, and the records, notes and words beside them.
func (a Archive) segments(ctx context.Context, index string) ([]engine.SegmentStats, error) {
	type segment struct {
		Docs    int   `json:"num_docs"`
		Deleted int   `json:"deleted_docs"`
		Bytes   int64 `json:"size_in_bytes"`
	}
	type copyOf struct {
		Routing  struct{ Primary bool }
		Segments map[string]segment
	}
	var answer struct {
		Indices map[string]struct{ Shards map[string][]copyOf }
	}
	err := a.Client.Do(ctx, &transport.Request{Method: http.MethodGet, Path: transport.Path(index, "_segments")}, &answer)
	if err != nil {
		return nil, err
	}
	var list []engine.SegmentStats
	for shard, copies := range answer.Indices[index].Shards {
		for _, c := range copies {
			if !c.Routing.Primary {
				continue
			}
			for name, s := range c.Segments {
				list = append(list, engine.SegmentStats{Name: shard + "/" + name, Documents: s.Docs + s.Deleted, Deleted: s.Deleted, Bytes: s.Bytes})
			}
		}
	}
	slices.SortFunc(list, func(x, y engine.SegmentStats) int {
		return cmp.Or(cmp.Compare(y.Bytes, x.Bytes), cmp.Compare(x.Name, y.Name))
	})
	return list, nil
}
