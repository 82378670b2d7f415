package eval

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// Set is a test collection: articles, with queries and judgments.
type Set struct {
	Articles corpus.Source
	Queries  []Query
	Qrels    Qrels
}

// Collection opens the test collection in the folder dir: articles.jsonl.gz,
// one article a line; queries.tsv, see [LoadQueries]; qrels.tsv, see
// [LoadQrels].
func Collection(dir string) (*Set, error) {
	articles, err := corpus.Open(filepath.Join(dir, "articles.jsonl.gz"))
	if err != nil {
		return nil, err
	}
	queries, err := LoadQueries(filepath.Join(dir, "queries.tsv"))
	if err != nil {
		return nil, err
	}
	qrels, err := LoadQrels(filepath.Join(dir, "qrels.tsv"))
	if err != nil {
		return nil, err
	}
	return &Set{Articles: articles, Queries: queries, Qrels: qrels}, nil
}

// Rank runs queries through the library and keeps the first depth articles of
// each, at least 1. A query's text is taken as plain words, any of which may match.
func Rank(ctx context.Context, ix *index.Index, queries []Query, depth int) (Run, error) {
	r := make(Run, len(queries))
	for _, q := range queries {
		text := words(q.Text)
		if text == "" {
			continue // to the library, no words mean every article
		}
		res, err := ix.Search(ctx, index.Query{
			Text:     text,
			Match:    index.MatchAny,
			Limit:    depth,
			Passages: -1,
		})
		if err != nil {
			return nil, fmt.Errorf("query %q: %w", q.ID, err)
		}
		entries := make([]Scored, len(res.Hits))
		for i, h := range res.Hits {
			entries[i] = Scored{ID: h.Article.ID, Score: h.Score}
		}
		r[q.ID] = entries
	}
	return r, nil
}

// words returns the words of a text without anything that the query language
// could take for an operator: letters, digits and apostrophes within words
// are kept, everything else parts words. Operators are upper case, so all is
// lowered.
func words(text string) string {
	text = strings.ToLower(strings.ReplaceAll(text, "’", "'"))
	fields := strings.FieldsFunc(text, func(r rune) bool {
		return r != '\'' && !unicode.In(r, unicode.L, unicode.M, unicode.N)
	})
	kept := fields[:0]
	for _, f := range fields {
		if f = strings.Trim(f, "'"); f != "" {
			kept = append(kept, f)
		}
	}
	return strings.Join(kept, " ")
}
