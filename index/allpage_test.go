package index

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus"
)

// A page of All is made for a bounded size of text, whatever the pages before had.
func TestNextAllPage(t *testing.T) {
	hits := func(n, size int) []Hit {
		h := make([]Hit, n)
		for i := range h {
			h[i].Article = &corpus.Article{Body: strings.Repeat("x", size)}
		}
		return h
	}
	for _, tt := range []struct{ n, size, want int }{
		{100, 0, 200}, {100, 1000, 200}, {4000, 1000, 4000}, {3000, 4 << 10, 4000}, {100, 1 << 20, 16}, {16, 8 << 20, minAllPage}, {10, 1 << 10, 20},
	} {
		if got := nextAllPage(hits(tt.n, tt.size), tt.n); got != tt.want {
			t.Errorf("behind %d hits of %d bytes: %d, want %d", tt.n, tt.size, got, tt.want)
		}
	}
}

// All has each hit once and in order over many pages of other sizes, in each order.
func TestAllPages(t *testing.T) {
	const n = 2500
	ix, err := Open(t.Context(), filepath.Join(t.TempDir(), "index"), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	list := make([]corpus.Article, n)
	for i := range list {
		list[i] = corpus.Article{ID: fmt.Sprintf("a%04d", i), Title: "Ferry", Body: strings.Repeat("The ferry sails. ", 1+i%7) + strings.Repeat("Nothing. ", i%5), Language: "en"}
	}
	if err := ix.Add(t.Context(), list...); err != nil {
		t.Fatal(err)
	}
	for _, q := range []Query{{Text: "ferry sails"}, {Text: "ferry", Sort: Newest}, {Sort: LastAdded}, {Text: "ferry nothing", Match: MatchAny}} {
		seen, last := map[string]bool{}, 0.0
		for h, err := range ix.All(t.Context(), q) {
			switch {
			case err != nil:
				t.Fatal(err)
			case seen[h.ID]:
				t.Fatalf("%+v: %s comes twice", q, h.ID)
			case h.Rank != len(seen)+1, q.Sort == Relevance && len(seen) > 0 && h.Score > last:
				t.Fatalf("%+v: hit %d has rank %d and score %v behind %v", q, len(seen)+1, h.Rank, h.Score, last)
			}
			seen[h.ID], last = true, h.Score
		}
		if len(seen) != n {
			t.Errorf("%+v: %d hits of %d", q, len(seen), n)
		}
	}
}
