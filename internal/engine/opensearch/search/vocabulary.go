package search

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/newsq/newsq/internal/analysis"
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
	found, err := c.vocabularies(ctx, []match.Field{f}, t)
	if err != nil {
		return nil, err
	}
	return found[0], nil
}

// vocabularies is vocabulary for some fields.
func (c *compiler) vocabularies(ctx context.Context, fields []match.Field, t match.TermPattern) ([][]string, error) {
	if t.Kind == match.Exact {
		return slices.Repeat([][]string{{t.Text}}, len(fields)), nil
	}
	return reader.Cached(c.view, fmt.Sprintf("words of %v %#v", fields, t), func() ([][]string, error) {
		return c.readVocabularies(ctx, fields, t)
	})
}

func (c *compiler) readVocabularies(ctx context.Context, fields []match.Field, t match.TermPattern) ([][]string, error) {
	accepts, err := t.Matcher(c.analyzer)
	if err != nil {
		return nil, err
	}
	include, err := c.wider(t)
	if err != nil {
		return nil, err
	}
	found := make([][]string, len(fields))
	if include != "" {
		if found, err = c.pickWords(ctx, fields, include, hasPrefix(t)); err != nil {
			return nil, err
		}
	}
	for i, f := range fields {
		if found[i] == nil {
			found[i], err = c.scanWords(ctx, f, accepts)
		} else {
			found[i] = slices.DeleteFunc(found[i], func(w string) bool { return !accepts(w) })
		}
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}

// pickWords returns the words of fields that a regular expression of Lucene's takes in;
// nil for a field in which there are many. Where all begin alike, the cluster looks them up
// in its dictionary; otherwise it is six times as fast to look at each word of the
// documents.
func (c *compiler) pickWords(ctx context.Context, fields []match.Field, include string, alike bool) ([][]string, error) {
	var answer struct {
		Aggregations map[string]termCounts
	}
	aggs := query{}
	for _, f := range fields {
		field := schema.VocabularyField(f)
		of := query{"field": field, "include": include, "size": pickedWords, "order": query{"_key": "asc"}}
		if !alike {
			of["execution_hint"] = "map"
		}
		aggs[field] = query{"terms": of}
	}
	if err := c.view.Search(ctx, wordsBody(aggs), &answer); err != nil {
		return nil, err
	}
	found := make([][]string, len(fields))
	for i, f := range fields {
		of, ok := answer.Aggregations[schema.VocabularyField(f)]
		if !ok {
			return nil, errMissingCounts
		}
		if of.Others > 0 || len(of.Buckets) >= pickedWords {
			continue
		}
		found[i] = make([]string, len(of.Buckets))
		for j, b := range of.Buckets {
			found[i][j] = b.Key
		}
	}
	return found, nil
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
		if err := c.view.Search(ctx, wordsBody(query{"words": pageOf(source, wordsPage, after)}), &answer); err != nil {
			return nil, err
		}
		var err error
		if after, err = answer.Aggregations.Words.each(wordsPage, add); err != nil || after == nil {
			return words, err
		}
	}
	return nil, engine.ErrTooManyWords
}

// hasPrefix reports whether all words that a pattern stands for begin alike.
func hasPrefix(t match.TermPattern) bool {
	switch t.Kind {
	case match.SameStem, match.Prefix:
		return true
	case match.Wildcard:
		return t.Text != "" && t.Text[0] != '*' && t.Text[0] != '?'
	}
	return false
}

// wordsBody returns the search for words of the vocabulary.
func wordsBody(aggs query) query {
	return query{
		"size": 0, "track_total_hits": false,
		"query": term(schema.FieldKind, schema.KindWords),
		"aggs":  aggs,
	}
}

// wider returns a regular expression of Lucene's that takes in all words that a pattern
// stands for, and maybe others; empty for all words.
func (c *compiler) wider(t match.TermPattern) (string, error) {
	pattern := ""
	switch t.Kind {
	case match.SameStem:
		a := c.analyzer
		if analysis.StemTag(t.Text) != "" {
			a = analysis.OfStem(t.Text)
		}
		pattern = regexp.QuoteMeta(a.StemPrefix(t.Text)) + ".*"
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

// fuzzyRegexp returns an expression for all words that differ from a fuzzy pattern in as
// many places as it allows, and others; empty where that would take in too much, or be too
// long.
func fuzzyRegexp(t match.TermPattern) string {
	word := []rune(t.Text)
	switch {
	case len(word) > maxFuzzyRegexp:
		return ""
	case t.Distance == 1:
		return onceEdited(word)
	case t.Distance == 2 && len(word) >= 2*minFuzzyHalf:
		return twiceEdited(word)
	}
	return ""
}

// onceEdited is an expression for words that differ in one place: there stand up to two
// others for up to two, since a letter is more or less or another one, or two changed
// places.
func onceEdited(word []rune) string {
	var of []string
	for i := range len(word) + 1 {
		for n := range min(2, len(word)-i) + 1 {
			of = append(of, quote(word[:i])+anyRunes(n-1, min(n+1, 2))+quote(word[i+n:]))
		}
	}
	return strings.Join(of, "|")
}

// twiceEdited is an expression for words that differ in two places: one in each half, or
// both in either, or one of them where two letters changed places in the middle.
func twiceEdited(word []rune) string {
	n := len(word) / 2
	first, second := word[:n], word[n:]
	swapped := slices.Clone(word)
	swapped[n-1], swapped[n] = swapped[n], swapped[n-1]
	before, behind := n-1, len(second)-1 // letters around the middle two
	return strings.Join([]string{
		"(" + onceEdited(first) + ")(" + onceEdited(second) + ")",
		quote(first) + anyRunes(len(second)-2, len(second)+2),
		anyRunes(len(first)-2, len(first)+2) + quote(second),
		quote(swapped[:n+1]) + anyRunes(behind-1, behind+1),
		anyRunes(before-1, before+1) + quote(swapped[n-1:]),
	}, "|")
}

func quote(word []rune) string { return regexp.QuoteMeta(string(word)) }

// anyRunes is an expression for so many letters.
func anyRunes(least, most int) string {
	return ".{" + strconv.Itoa(max(least, 0)) + "," + strconv.Itoa(most) + "}"
}

// Of how long words all places are written out, and how long a half is of which not too
// many words have the other half.
const (
	maxFuzzyRegexp = 16
	minFuzzyHalf   = 3
)

// termCounts is an aggregation of the values of a field.
type termCounts struct {
	Error   int `json:"doc_count_error_upper_bound"`
	Others  int `json:"sum_other_doc_count"`
	Buckets []struct {
		Key   string
		Count int `json:"doc_count"`
	}
}
