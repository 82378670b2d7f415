package search

import (
	"context"
	"fmt"
	"slices"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/reader"
	"github.com/newsq/newsq/internal/match"
)

// Totals returns for each plan how many articles match it, of those that the filters of a
// request keep. a gives the stems of words where a plan asks for words by their stem.
func Totals(ctx context.Context, v *reader.View, a analysis.Analyzer, r *engine.Request, plans []match.Plan) ([]int, error) {
	c := &compiler{view: v, analyzer: a}
	var filters []query
	for _, f := range r.Filters {
		of, err := filterQuery(f, r.Location)
		if err != nil {
			return nil, err
		}
		filters = append(filters, of)
	}
	sets, err := c.sets(ctx, plans)
	if err != nil {
		return nil, err
	}
	for i, of := range sets {
		sets[i] = allOf(append([]query{of}, filters...)...)
	}
	return c.count(ctx, sets)
}

// count returns how many articles of the view each of some queries matches. The server is
// asked once, for those that were not counted before.
func (c *compiler) count(ctx context.Context, sets []query) ([]int, error) {
	counts := make([]int, len(sets))
	keys := make([]reader.CountKey, len(sets))
	var unknown []int
	for i, of := range sets {
		var err error
		if keys[i], err = reader.KeyOfCount(of); err != nil {
			return nil, err
		}
		var ok bool
		if counts[i], ok = c.view.Count(keys[i]); !ok {
			unknown = append(unknown, i)
		}
	}
	for chunk := range slices.Chunk(unknown, countedAtOnce) {
		asked := make([]query, len(chunk))
		for i, at := range chunk {
			asked[i] = sets[at]
		}
		found, err := c.readCounts(ctx, asked)
		if err != nil {
			return nil, err
		}
		for i, at := range chunk {
			counts[at] = found[i]
			c.view.KeepCount(keys[at], found[i])
		}
	}
	return counts, nil
}

// readCounts asks how many articles queries match, of those that any of them does.
func (c *compiler) readCounts(ctx context.Context, sets []query) ([]int, error) {
	var a struct {
		Hits struct {
			Total struct{ Value int }
		}
		Aggregations struct {
			Sets struct {
				Buckets []struct {
					Count int `json:"doc_count"`
				}
			}
		}
	}
	body := query{
		"size": 0, "track_total_hits": len(sets) == 1,
		"query": query{"bool": query{"filter": append(c.view.ArticlesFilter(), anyOf(sets...))}},
	}
	if len(sets) > 1 {
		body["aggs"] = query{"sets": query{"filters": query{"filters": sets}}}
	}
	if err := c.view.Search(ctx, body, &a); err != nil {
		return nil, err
	}
	if len(sets) == 1 {
		return []int{a.Hits.Total.Value}, nil
	}
	counts := make([]int, 0, len(sets))
	for _, b := range a.Aggregations.Sets.Buckets {
		counts = append(counts, b.Count)
	}
	if len(counts) != len(sets) {
		return nil, errMissingCounts
	}
	return counts, nil
}

var errMissingCounts = fmt.Errorf("%w: answer to a search does not have all counts that were asked for", engine.ErrServer)
