package index_test

import (
	"context"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// addedTo opens an index for a test.
func addedTo(t *testing.T, location string) *index.Index {
	t.Helper()
	ix, err := index.Open(t.Context(), location, &index.Options{NoLearn: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	return ix
}

func addedOf(t *testing.T, ix *index.Index, id string) time.Time {
	t.Helper()
	a, err := ix.Get(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return a.Added
}

// An article has the time of the call that added it, later than those before, also when
// the call came in the same microsecond, and keeps it when it is updated, made again, backed
// up and copied.
func TestAdded(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "ix")
	ix := addedTo(t, dir)
	stated := time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)
	add(t, ix, corpus.Article{ID: "a", Title: "Grain prices", Added: stated}, corpus.Article{ID: "b", Title: "Harbour"})
	add(t, ix, corpus.Article{ID: "c", Title: "Ferry"})
	a, b, c := addedOf(t, ix, "a"), addedOf(t, ix, "b"), addedOf(t, ix, "c")
	if !a.Equal(b) || !a.Before(c) || time.Since(a) > time.Hour || a.Equal(stated) {
		t.Fatalf("added at %v, %v, %v", a, b, c)
	}
	add(t, ix, corpus.Article{ID: "a", Title: "Grain prices fall"})
	if got := addedOf(t, ix, "a"); !got.Equal(a) {
		t.Errorf("an update moved %v to %v", a, got)
	}
	checkAdded(t, ix, a, c)
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := index.Rebuild(t.Context(), dir, nil); err != nil {
		t.Fatal(err)
	}
	ix = addedTo(t, dir)
	checkAdded(t, ix, a, c)
	copied := filepath.Join(t.TempDir(), "copied")
	if _, err := index.Copy(t.Context(), dir, copied, nil); err != nil {
		t.Fatal(err)
	}
	checkAdded(t, addedTo(t, copied), a, c)
}

// checkAdded asks for what came in, and when.
func checkAdded(t *testing.T, ix *index.Index, first, last time.Time) {
	t.Helper()
	ids := func(q index.Query) (ids []string) {
		q.Location = time.UTC
		res, err := ix.Search(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		for i := range res.Hits {
			ids = append(ids, res.Hits[i].ID)
		}
		return ids
	}
	for text, want := range map[string][]string{
		"added:1d..": {"c", "a", "b"}, "added:..today": {"c", "a", "b"}, "added:..2020": nil, "-added:2020..": nil,
		"added:*": {"c", "a", "b"}, "added:>2020 grain": {"a"},
	} {
		if got := ids(index.Query{Text: text, Sort: index.LastAdded}); !slices.Equal(got, want) {
			t.Errorf("%s finds %v, want %v", text, got, want)
		}
	}
	if got := addedOf(t, ix, "a"); !got.Equal(first) {
		t.Errorf("a was added at %v, want %v", got, first)
	}
	if got := addedOf(t, ix, "c"); !got.Equal(last) {
		t.Errorf("c was added at %v, want %v", got, last)
	}
	var paged []string
	q := index.Query{Sort: index.LastAdded, Limit: 1}
	for {
		res, err := ix.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for i := range res.Hits {
			paged = append(paged, res.Hits[i].ID)
		}
		if q.Cursor = res.Cursor; q.Cursor == "" {
			break
		}
	}
	if !slices.Equal(paged, []string{"c", "a", "b"}) {
		t.Errorf("pages are %v", paged)
	}
}
