package search

import (
	"context"
	"slices"
	"strconv"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/reader"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/match"
)

// How many words are counted in one request, in one group of these, and for one pattern.
const (
	countedAtOnce   = 1024
	groupedWords    = 32
	maxCountedWords = 20_000
)

// Terms returns the words that a term pattern stands for in a view, as engine.Snapshot
// has it, without variants. a gives their stems.
func Terms(ctx context.Context, v *reader.View, a analysis.Analyzer, f match.Field, pattern match.TermPattern, limit int) (list []engine.Count, more int, err error) {
	c := &compiler{view: v, analyzer: a}
	counts := map[string]int{}
	for _, part := range parts(f) {
		words, err := c.vocabulary(ctx, part, plain(pattern))
		if err != nil {
			return nil, 0, err
		}
		if len(words) > maxCountedWords {
			return nil, 0, engine.ErrTooManyWords
		}
		n, err := countTerms(ctx, v, schema.WordField(part), words)
		if err != nil {
			return nil, 0, err
		}
		for i, w := range words {
			if n[i] > 0 {
				counts[w] += n[i]
			}
		}
	}
	list = make([]engine.Count, 0, len(counts))
	for w, n := range counts {
		list = append(list, engine.Count{Value: w, Count: n})
	}
	slices.SortFunc(list, byCount)
	if len(list) > limit {
		list, more = list[:limit:limit], len(list)-limit
	}
	return list, more, nil
}

// DocFreq returns the number of articles of a view with each stem in title, headings or
// body.
func DocFreq(ctx context.Context, v *reader.View, stems ...string) ([]int, error) {
	return countTerms(ctx, v, schema.FieldRank, stems)
}

// countTerms returns the number of articles of a view with each term in a field.
func countTerms(ctx context.Context, v *reader.View, field string, words []string) ([]int, error) {
	counts := make([]int, 0, len(words))
	for chunk := range slices.Chunk(words, countedAtOnce) {
		// Of the filters of a group, those articles are asked that have any of its words.
		groups := query{}
		for i := 0; i < len(chunk); i += groupedWords {
			group := chunk[i:min(i+groupedWords, len(chunk))]
			filters := make(query, len(group))
			for j, w := range group {
				filters[strconv.Itoa(j)] = term(field, w)
			}
			groups[strconv.Itoa(i/groupedWords)] = query{
				"filter": terms(field, group), "aggs": query{"terms": query{"filters": query{"filters": filters}}},
			}
		}
		var answer struct {
			Aggregations map[string]struct {
				Terms struct {
					Buckets map[string]struct {
						Count int `json:"doc_count"`
					}
				}
			}
		}
		err := v.Search(ctx, query{
			"size": 0, "track_total_hits": false,
			"query": query{"bool": query{"filter": v.ArticlesFilter()}}, "aggs": groups,
		}, &answer)
		if err != nil {
			return nil, err
		}
		for i := range chunk {
			group := answer.Aggregations[strconv.Itoa(i/groupedWords)]
			counts = append(counts, group.Terms.Buckets[strconv.Itoa(i%groupedWords)].Count)
		}
	}
	return counts, nil
}
