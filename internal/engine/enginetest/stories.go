package enginetest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
)

// findsCopies compares what an engine tells of keys and stories with what was written.
func findsCopies(t *testing.T, target Target) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t, target)
		defer w.close(t)
		for range rapid.IntRange(1, 4).Draw(t, "batches") {
			w.write(t, 8)
		}
		snap := w.snapshot(t)
		defer snap.Close(context.Background())
		w.compareKeys(t, snap)
		w.compareSharing(t, snap)
		w.compareStories(t, snap)
	})
}

// genKeys draws keys of an article, each once, few of many and many of few.
func genKeys(t *rapid.T) []uint32 {
	keys := rapid.SliceOfNDistinct(rapid.OneOf(rapid.Uint32Range(0, 9), rapid.Uint32()), 0, 48, rapid.ID[uint32]).Draw(t, "keys")
	if len(keys) == 0 {
		return nil
	}
	return keys
}

// compareKeys compares stored articles and their keys.
func (w *world) compareKeys(t *rapid.T, snap engine.Snapshot) {
	ids := append(slices.Sorted(maps.Keys(w.docs)), "nowhere")
	var want []string
	for _, id := range ids[:len(ids)-1] {
		d := w.docs[id]
		want = append(want, fmt.Sprintf("%s of %q in %q", id, d.Entry, d.Story))
	}
	stored, err := snap.Stored(context.Background(), ids...)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, a := range stored {
		got = append(got, fmt.Sprintf("%s of %q in %q", a.Article.ID, a.Entry, a.Story))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("stored articles (-want +got):\n%s", diff)
	}
	lists, err := snap.Keys(context.Background(), ids...)
	if err != nil || len(lists) != len(ids) {
		t.Fatalf("keys of %d articles: %d lists, %v", len(ids), len(lists), err)
	}
	for i, id := range ids {
		if got, want := slices.Sorted(slices.Values(lists[i])), slices.Sorted(slices.Values(w.docs[id].Keys)); !slices.Equal(got, want) {
			t.Fatalf("keys of %s: %v, want %v", id, got, want)
		}
	}
}

// compareSharing compares which articles have enough keys of some lists.
func (w *world) compareSharing(t *rapid.T, snap engine.Snapshot) {
	lists := make([][]uint32, rapid.IntRange(0, 4).Draw(t, "lists"))
	for i := range lists {
		lists[i] = genKeys(t)
	}
	least := rapid.IntRange(1, 3).Draw(t, "least")
	want, got := map[engine.Sharer]bool{}, map[engine.Sharer]bool{}
	for i, list := range lists {
		for id, d := range w.docs {
			n := 0
			for _, k := range d.Keys {
				if slices.Contains(list, k) {
					n++
				}
			}
			if n >= least {
				want[engine.Sharer{List: i, Keys: n, ID: id}] = true
			}
		}
	}
	for s, err := range snap.Sharing(context.Background(), lists, least) {
		if err != nil {
			t.Fatal(err)
		}
		if got[s] {
			t.Fatalf("%v comes twice", s)
		}
		got[s] = true
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("who shares %d keys of %v (-want +got):\n%s", least, lists, diff)
	}
}

// compareStories compares the articles of stories, as they are listed, filtered, counted and
// told with hits.
func (w *world) compareStories(t *rapid.T, snap engine.Snapshot) {
	ctx := context.Background()
	names := []string{"s1", "s2", "nowhere"}
	var want, listed, filtered []string
	counts := map[string]int{}
	for id, d := range w.docs {
		if slices.Contains(names, d.Story) {
			want = append(want, id)
		}
		if d.Story != "" {
			counts[d.Story]++
		}
	}
	for id, err := range snap.StoryIDs(ctx, names...) {
		if err != nil {
			t.Fatal(err)
		}
		listed = append(listed, id)
	}
	req := &engine.Request{
		Plan: match.All{}, Limit: 100, ExactTotal: true, Facets: []engine.Facet{engine.FacetStory},
		Filters: []engine.Filter{{Facet: engine.FacetStory, Values: names}},
	}
	found, err := snap.Search(ctx, req)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range found.Hits {
		if filtered = append(filtered, h.ID); h.Story != w.docs[h.ID].Story {
			t.Fatalf("hit %s tells the story %q, want %q", h.ID, h.Story, w.docs[h.ID].Story)
		}
	}
	for _, list := range [][]string{want, listed, filtered} {
		slices.Sort(list)
	}
	if !slices.Equal(listed, want) || !slices.Equal(filtered, want) {
		t.Fatalf("articles of %v: listed %v, filtered %v; want %v", names, listed, filtered, want)
	}
	req.Filters = nil
	if found, err = snap.Search(ctx, req); err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, c := range found.Counts[engine.FacetStory] {
		got[c.Value] = c.Count
	}
	if diff := cmp.Diff(counts, got); diff != "" {
		t.Fatalf("articles by story (-want +got):\n%s", diff)
	}
}
