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

// RankOptions says how to run queries. nil means the zero RankOptions.
type RankOptions struct {
	// Depth is how many articles are kept of each ranking; 0 means the constant
	// Depth.
	Depth int
	// Syntax reads the texts as queries in the query language, as Query.Match says.
	// Without it they are plain words, any of which may match.
	Syntax bool
	// Query says all else of the searches, such as filters and the order. Its Text,
	// Limit, Cursor and what to show are not used.
	Query index.Query
}

// Rank runs queries through the library and keeps the first articles of each. A
// query in which there are no words has no ranking. o may be nil.
func Rank(ctx context.Context, ix *index.Index, queries []Query, o *RankOptions) (Run, error) {
	if o == nil {
		o = &RankOptions{}
	}
	search := o.Query
	search.Cursor, search.Facets, search.Passages, search.IDsOnly, search.NoNear = "", nil, -1, true, true
	search.Copies = index.AllCopies // each is judged by itself
	if search.Limit = o.Depth; o.Depth == 0 {
		search.Limit = Depth
	}
	r := make(Run, len(queries))
	for _, q := range queries {
		if search.Text = q.Text; !o.Syntax {
			search.Text, search.Match = Words(q.Text), index.MatchAny
		}
		if search.Text == "" {
			continue // to the library, no words mean every article
		}
		res, err := ix.Search(ctx, search)
		if err != nil {
			return nil, fmt.Errorf("query %q: %w", q.ID, err)
		}
		entries := make([]Scored, len(res.Hits))
		for i := range res.Hits {
			entries[i] = Scored{ID: res.Hits[i].ID, Score: res.Hits[i].Score}
		}
		r[q.ID] = entries
	}
	return r, nil
}

// Words returns the words of a text without anything that the query language
// could take for an operator: letters, digits and apostrophes within words
// are kept, everything else parts words. Operators are upper case, so all is
// lowered.
func Words(text string) string {
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
