package index_test

import (
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// newIDs returns the ids of what is new, and marks them as seen.
func newIDs(t *testing.T, ix *index.Index, name string, mark bool) (ids []string) {
	t.Helper()
	n, err := ix.New(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	defer n.Close(t.Context())
	for h, err := range n.Hits(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, h.ID)
	}
	checkNewCount(t, ix, name, ids)
	if mark {
		if err := n.Seen(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(ids)
	return ids
}

// checkNewCount checks that what is counted as new, and read by its ids alone, is what New
// yields.
func checkNewCount(t *testing.T, ix *index.Index, name string, want []string) {
	t.Helper()
	counts, err := ix.NewCounts(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	if c := counts[0]; c.New != len(want) || c.Err != nil || c.Search.Name != name {
		t.Errorf("%d are counted as new (%v), of %v", c.New, c.Err, want)
	}
	n, err := ix.NewOf(t.Context(), counts[0].Search)
	if err != nil {
		t.Fatal(err)
	}
	defer n.Close(t.Context())
	var ids []string
	for id, err := range n.IDs(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	slices.Sort(ids)
	slices.Sort(want)
	if !slices.Equal(ids, want) {
		t.Errorf("ids of what is new are %v, want %v", ids, want)
	}
}

// Each article is new once: not before it is marked as seen, not when it is updated, and also
// when it comes while another is being told.
func TestNew(t *testing.T) {
	ix := addedTo(t, filepath.Join(t.TempDir(), "ix"))
	add(t, ix, corpus.Article{ID: "old", Title: "Grain"})
	if err := ix.Save(t.Context(), index.SavedSearch{Name: "grain", Text: "grain"}); err != nil {
		t.Fatal(err)
	}
	if got := newIDs(t, ix, "grain", false); len(got) > 0 {
		t.Errorf("what was there is new: %v", got)
	}
	add(t, ix, corpus.Article{ID: "a", Title: "Grain prices"}, corpus.Article{ID: "x", Title: "Ferry"})
	for range 2 {
		if got := newIDs(t, ix, "grain", false); !slices.Equal(got, []string{"a"}) {
			t.Errorf("new are %v", got)
		}
	}
	n, err := ix.New(t.Context(), "grain")
	if err != nil {
		t.Fatal(err)
	}
	add(t, ix, corpus.Article{ID: "b", Title: "Grain harvest"}, corpus.Article{ID: "a", Title: "Grain prices rise"})
	if err := errors.Join(n.Seen(t.Context()), n.Close(t.Context())); err != nil {
		t.Fatal(err)
	}
	if got := newIDs(t, ix, "grain", true); !slices.Equal(got, []string{"b"}) {
		t.Errorf("new are %v, want what came while the other was told", got)
	}
	if got := newIDs(t, ix, "grain", true); len(got) > 0 {
		t.Errorf("new again: %v", got)
	}
	if _, err := ix.New(t.Context(), "no such"); !errors.Is(err, index.ErrNotFound) {
		t.Errorf("an unknown name: %v", err)
	}
}

// What is under embargo is new when that ends, and once.
func TestNewAfterEmbargo(t *testing.T) {
	ix := addedTo(t, filepath.Join(t.TempDir(), "ix"))
	if err := ix.Save(t.Context(), index.SavedSearch{Name: "grain", Text: "grain"}); err != nil {
		t.Fatal(err)
	}
	until := time.Now().Add(700 * time.Millisecond)
	add(t, ix, corpus.Article{ID: "e", Title: "Grain", Handling: &corpus.Handling{Embargoed: true, EmbargoedUntil: until}},
		corpus.Article{ID: "a", Title: "Grain prices"})
	if got := newIDs(t, ix, "grain", true); !slices.Equal(got, []string{"a"}) && time.Now().Before(until) {
		t.Errorf("new are %v", got)
	}
	time.Sleep(time.Until(until.Add(time.Millisecond)))
	got := newIDs(t, ix, "grain", true)
	if again := newIDs(t, ix, "grain", true); len(again) > 0 || !slices.Equal(got, []string{"e"}) && len(got) > 0 {
		t.Errorf("new after the embargo are %v, and then %v", got, again)
	}
}

// What can't be a saved search is refused, and one that can't be asked any more is told.
func TestSaveRefuses(t *testing.T) {
	ix := addedTo(t, filepath.Join(t.TempDir(), "ix"))
	if _, err := ix.NewCounts(t.Context(), "none"); !errors.Is(err, index.ErrNotFound) {
		t.Errorf("counts of a search that is not saved: %v", err)
	}
	for _, name := range []string{"", "a b", "-a", "a/b", "a.", "..", "a\nb"} {
		if err := ix.Save(t.Context(), index.SavedSearch{Name: name, Text: "grain"}); err == nil {
			t.Errorf("%q was saved", name)
		}
	}
	for _, s := range []index.SavedSearch{{Name: "a", Text: "(oil"}, {Name: "a", SinceDate: "13"}, {Name: "a", Filters: []index.Filter{{Facet: "colour"}}}} {
		if err := ix.Save(t.Context(), s); err == nil {
			t.Errorf("%+v was saved", s)
		}
	}
	if list, err := ix.Saved(t.Context()); err != nil || len(list) > 0 {
		t.Errorf("saved are %v, %v", list, err)
	}
}
