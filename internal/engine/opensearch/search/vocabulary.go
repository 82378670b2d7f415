package search

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/reader"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/match"
)

// maxWords is how many words of the vocabulary are looked at for a pattern: as many as
// a cluster returns at once.
const maxWords = 60_000

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
	list := query{"field": schema.VocabularyField(f), "size": maxWords, "order": query{"_key": "asc"}}
	if include != "" {
		list["include"] = include
	}
	var answer struct {
		Aggregations struct{ Words termCounts }
	}
	err = c.view.Search(ctx, query{
		"size": 0, "track_total_hits": false,
		"query": term(schema.FieldKind, schema.KindWords),
		"aggs":  query{"words": query{"terms": list}},
	}, &answer)
	if err != nil {
		return nil, err
	}
	found := answer.Aggregations.Words
	if found.Others > 0 || len(found.Buckets) >= maxWords {
		return nil, engine.ErrTooManyWords
	}
	var words []string
	for _, b := range found.Buckets {
		if accepts(b.Key) {
			words = append(words, b.Key)
		}
	}
	return words, nil
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
		pattern = fuzzyRegexp(t)
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

// fuzzyRegexp returns an expression for words that are about as long as a fuzzy pattern
// and, for a distance of 1, differ from it in one place.
func fuzzyRegexp(t match.TermPattern) string {
	word := []rune(t.Text)
	if t.Distance != 1 || len(word) > maxFuzzyRegexp {
		n := utf8.RuneCountInString(t.Text)
		return fmt.Sprintf(".{%d,%d}", min(max(0, n-t.Distance), 999), min(n+t.Distance, 1000))
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
