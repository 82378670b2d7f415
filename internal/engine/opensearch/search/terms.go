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

// How many words are counted in one request, in one group of these, and for one pattern;
// and of how many at most the counts are kept.
const (
	countedAtOnce   = 1024
	groupedWords    = 32
	maxCountedWords = 20_000
	keptWords       = 100
)

// Terms returns the words that a term pattern stands for in a view, as engine.Snapshot
// has it, without variants. a gives their stems.
func Terms(ctx context.Context, v *reader.View, a analysis.Analyzer, f match.Field, pattern match.TermPattern, limit int) (list []engine.Count, more int, err error) {
	c := &compiler{view: v, analyzer: a}
	found, err := c.vocabularies(ctx, parts(f), plain(pattern))
	if err != nil {
		return nil, 0, err
	}
	var words []fieldWord
	for i, part := range parts(f) {
		if len(found[i]) > maxCountedWords {
			return nil, 0, engine.ErrTooManyWords
		}
		for _, w := range found[i] {
			words = append(words, fieldWord{schema.WordField(part), w})
		}
	}
	n, err := c.countWords(ctx, words)
	if err != nil {
		return nil, 0, err
	}
	counts := map[string]int{}
	for i, w := range words {
		if n[i] > 0 {
			counts[w.word] += n[i]
		}
	}
	list = engine.SortCounts(counts)
	if len(list) > limit {
		list, more = list[:limit:limit], len(list)-limit
	}
	return list, more, nil
}

// DocFreq returns the number of articles of a view with each stem in title, headings or
// body.
func DocFreq(ctx context.Context, v *reader.View, stems ...string) ([]int, error) {
	c := &compiler{view: v}
	words := make([]fieldWord, len(stems))
	for i, stem := range stems {
		words[i] = fieldWord{schema.FieldRank, stem}
	}
	return c.countWords(ctx, words)
}

// fieldWord is a term of a field of the index.
type fieldWord struct{ field, word string }

// countWords returns the number of articles with each of some terms.
func (c *compiler) countWords(ctx context.Context, words []fieldWord) ([]int, error) {
	if len(words) > keptWords {
		return c.countManyWords(ctx, words)
	}
	sets := make([]query, len(words))
	for i, w := range words {
		sets[i] = term(w.field, w.word)
	}
	return c.count(ctx, sets)
}

// countManyWords counts words that are too many to be kept.
func (c *compiler) countManyWords(ctx context.Context, words []fieldWord) ([]int, error) {
	counts := make([]int, 0, len(words))
	for chunk := range slices.Chunk(words, countedAtOnce) {
		found, err := c.countGroups(ctx, groupsOf(chunk))
		if err != nil {
			return nil, err
		}
		counts = append(counts, found...)
	}
	return counts, nil
}

// groupsOf divides words into groups of one field each.
func groupsOf(words []fieldWord) [][]fieldWord {
	var groups [][]fieldWord
	for start, i := 0, 1; i <= len(words); i++ {
		if i == len(words) || words[i].field != words[start].field || i-start == groupedWords {
			groups = append(groups, words[start:i])
			start = i
		}
	}
	return groups
}

// countGroups counts words in one request. Of the filters of a group, those articles are
// asked that have any of its words.
func (c *compiler) countGroups(ctx context.Context, groups [][]fieldWord) ([]int, error) {
	aggs := make(query, len(groups))
	for i, group := range groups {
		filters, words := make([]query, len(group)), make([]string, len(group))
		for j, w := range group {
			filters[j], words[j] = term(w.field, w.word), w.word
		}
		aggs[strconv.Itoa(i)] = query{
			"filter": terms(group[0].field, words), "aggs": query{"terms": query{"filters": query{"filters": filters}}},
		}
	}
	var answer struct {
		Aggregations map[string]struct {
			Terms struct {
				Buckets []struct {
					Count int `json:"doc_count"`
				}
			}
		}
	}
	err := c.view.Search(ctx, query{
		"size": 0, "track_total_hits": false,
		"query": query{"bool": query{"filter": c.view.ArticlesFilter()}}, "aggs": aggs,
	}, &answer)
	if err != nil {
		return nil, err
	}
	var counts []int
	for i, group := range groups {
		found := answer.Aggregations[strconv.Itoa(i)].Terms.Buckets
		if len(found) != len(group) {
			return nil, errMissingCounts
		}
		for _, b := range found {
			counts = append(counts, b.Count)
		}
	}
	return counts, nil
}
