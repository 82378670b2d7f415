package search

import (
	"slices"
	"testing"

	"github.com/newsq/newsq/internal/engine/local/reader/readertest"
	"github.com/newsq/newsq/internal/match"
)

// The lists of a word as written come to what the union of a pattern comes to that
// stands for that word alone.
func TestExactWordIsUnion(t *testing.T) {
	v, some := viewForTest(t), 0
	for _, s := range v.Segments {
		for i := range 12 {
			word := readertest.Word(i)
			for _, f := range []match.Field{match.Text, match.Title, match.Heading, match.Body, match.Author} {
				run := runOn(v, s)
				got, ok, err := run.exactWord(t.Context(), word, f)
				if err != nil || !ok {
					t.Fatalf("%s: %v, %v", word, ok, err)
				}
				want, err := run.multiTerm(t.Context(), match.TermPattern{Kind: match.Exact, Text: word}, f)
				if err != nil {
					t.Fatal(err)
				}
				if !slices.Equal(got.docs, want.docs) || !slices.Equal(got.freqs, want.freqs) {
					t.Fatalf("%s in %v: %d articles, want %d, or other frequencies", word, f, len(got.docs), len(want.docs))
				}
				some += len(got.docs)
				run.res.release()
			}
		}
	}
	if some == 0 {
		t.Fatal("no word is in any field")
	}
}
