package search

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/reader"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/match"
)

// Words of the vocabulary: how many the cluster picks for a pattern, as it takes long
// to pick many; of how many a page is of which they are picked here; and at how many
// pages are looked.
const (
	pickedWords  = 4000
	wordsPage    = 10_000
	maxWordPages = 50
)

// vocabulary returns the words of a field, and maybe some that it had before, that a
// pattern stands for.
func (c *compiler) vocabulary(ctx context.Context, f match.Field, t match.TermPattern) ([]string, error) {
	if t.Kind == match.Exact {
		return []string{t.Text}, nil
	}
	return reader.Cached(c.view, fmt.Sprintf("words of %v %#v", f, t), func() ([]string, error) {
		return c.readVocabulary(ctx, f, t)
	})
}

func (c *compiler) readVocabulary(ctx context.Context, f match.Field, t match.TermPattern) ([]string, error) {
	accepts, err := t.Matcher(c.analyzer)
	if err != nil {
		return nil, err
	}
	include, err := c.wider(t)
	if err != nil {
		return nil, err
	}
	if include != "" {
		if words, ok, err := c.pickWords(ctx, f, include); ok || err != nil {
			return slices.DeleteFunc(words, func(w string) bool { return !accepts(w) }), err
		}
	}
	return c.scanWords(ctx, f, accepts)
}

// pickWords returns the words of a field that a regular expression of Lucene's takes
// in; false where there are many.
func (c *compiler) pickWords(ctx context.Context, f match.Field, include string) (words []string, ok bool, err error) {
	var answer struct {
		Aggregations struct{ Words termCounts }
	}
	err = c.view.Search(ctx, wordsBody(query{"terms": query{
		"field": schema.VocabularyField(f), "include": include, "size": pickedWords, "order": query{"_key": "asc"},
	}}), &answer)
	found := answer.Aggregations.Words
	if err != nil || found.Others > 0 || len(found.Buckets) >= pickedWords {
		return nil, false, err
	}
	for _, b := range found.Buckets {
		words = append(words, b.Key)
	}
	return words, true, nil
}

// scanWords looks at all words of a field.
func (c *compiler) scanWords(ctx context.Context, f match.Field, accepts func(word string) bool) ([]string, error) {
	var words []string
	add := func(key json.RawMessage, _ int) error {
		var word string
		err := json.Unmarshal(key, &word)
		if err == nil && accepts(word) {
			words = append(words, word)
		}
		return err
	}
	var after json.RawMessage
	for range maxWordPages {
		var answer struct {
			Aggregations struct{ Words pageCounts }
		}
		source := query{"terms": query{"field": schema.VocabularyField(f)}}
		if err := c.view.Search(ctx, wordsBody(pageOf(source, wordsPage, after)), &answer); err != nil {
			return nil, err
		}
		var err error
		if after, err = answer.Aggregations.Words.each(wordsPage, add); err != nil || after == nil {
			return words, err
		}
	}
	return nil, engine.ErrTooManyWords
}

// wordsBody returns the search for words of the vocabulary.
func wordsBody(words query) query {
	return query{
		"size": 0, "track_total_hits": false,
		"query": term(schema.FieldKind, schema.KindWords),
		"aggs":  query{"words": words},
	}
}

// wider returns a regular expression of Lucene's that takes in all words that a pattern
// stands for, and maybe others; empty for all words.
func (c *compiler) wider(t match.TermPattern) (string, error) {
	pattern := ""
	switch t.Kind {
	case match.SameStem:
		pattern = regexp.QuoteMeta(c.analyzer.StemPrefix(t.Text)) + ".*"
	case match.Prefix:
		pattern = regexp.QuoteMeta(t.Text) + ".*"
	case match.Wildcard:
		for _, r := range t.Text {
			switch r {
			case '*':
				pattern += ".*"
			case '?':
				pattern += "."
			default:
				pattern += regexp.QuoteMeta(string(r))
			}
		}
	case match.Fuzzy:
		if pattern = fuzzyRegexp(t); pattern == "" {
			return "", nil
		}
	case match.Regex:
		pattern = t.Text
	default:
		return "", nil
	}
	re, err := writeRegexp(pattern)
	if err != nil {
		return "", err
	}
	if len(re.text) > maxRegexp {
		return "", nil
	}
	return re.text, nil
}

// fuzzyRegexp returns an expression for words that differ from a fuzzy pattern in one
// place; empty for a greater distance, of which the expression would be too long.
func fuzzyRegexp(t match.TermPattern) string {
	word := []rune(t.Text)
	if t.Distance != 1 || len(word) > maxFuzzyRegexp {
		return ""
	}
	// In one place stand up to two others for up to two: a letter more or less, another
	// one, or two that changed places.
	var of []string
	for i := range len(word) + 1 {
		for n := range min(2, len(word)-i) + 1 {
			of = append(of, regexp.QuoteMeta(string(word[:i]))+".{"+strconv.Itoa(max(0, n-1))+","+strconv.Itoa(min(n+1, 2))+"}"+regexp.QuoteMeta(string(word[i+n:])))
		}
	}
	return strings.Join(of, "|")
}

// maxFuzzyRegexp is the longest word of which all places are written out.
const maxFuzzyRegexp = 16

// termCounts is an aggregation of the values of a field.
type termCounts struct {
	Error   int `json:"doc_count_error_upper_bound"`
	Others  int `json:"sum_other_doc_count"`
	Buckets []struct {
		Key   string
		Count int `json:"doc_count"`
	}
}
