package index

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
)

// wireText returns a text of n words that no other number has.
func wireText(number, n int) string {
	random := rand.New(rand.NewPCG(uint64(number), 0))
	words := make([]string, n)
	for i := range words {
		words[i] = fmt.Sprintf("%c%c%c%c", 'a'+random.IntN(26), 'a'+random.IntN(26), 'a'+random.IntN(26), 'a'+random.IntN(26))
	}
	return strings.Join(words, " ") + " ceasefire."
}

// wireCopy returns an article of which the text begins with n words of a story.
func wireCopy(id string, day, number, n int) corpus.Article {
	text := strings.Join(strings.Fields(wireText(number, 300))[:n], " ") + " ceasefire."
	return corpus.Article{
		ID: id, Title: "Ceasefire holds", Body: text, Source: "Outlet " + id,
		Published: time.Date(2026, 3, day, 12, 0, 0, 0, time.UTC),
	}
}

// storiesOf returns the ids of each story of an index, joined, in order.
func storiesOf(t *testing.T, ix *Index) []string {
	t.Helper()
	ctx := context.Background()
	snap, err := ix.engine.Snapshot(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = snap.Close(ctx) }()
	members := map[string][]string{}
	for a, err := range snap.Articles(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		if a.Story != "" {
			members[a.Story] = append(members[a.Story], a.Article.ID)
		}
	}
	var list []string
	for _, ids := range members {
		slices.Sort(ids)
		list = append(list, strings.Join(ids, " "))
	}
	return slices.Sorted(slices.Values(list))
}

func TestStoriesDoNotDependOnTheOrder(t *testing.T) {
	articles := []corpus.Article{
		wireCopy("whole", 2, 1, 300), wireCopy("again", 3, 1, 300), wireCopy("cut", 2, 1, 150),
		wireCopy("other", 2, 2, 300), wireCopy("brief", 3, 2, 120), wireCopy("alone", 2, 3, 300),
	}
	want := []string{"again cut whole", "brief other"}
	for round := range 6 {
		random := rand.New(rand.NewPCG(uint64(round), 0))
		random.Shuffle(len(articles), func(i, j int) { articles[i], articles[j] = articles[j], articles[i] })
		ix, err := Open(t.Context(), filepath.Join(t.TempDir(), "ix"), nil)
		if err != nil {
			t.Fatal(err)
		}
		size := 1 + round%3 // articles that are added together
		for group := range slices.Chunk(articles, size) {
			if err := ix.Add(t.Context(), group...); err != nil {
				t.Fatal(err)
			}
		}
		if got := storiesOf(t, ix); !slices.Equal(got, want) {
			t.Errorf("round %d: stories %q, want %q", round, got, want)
		}
		if err := ix.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAChangedArticleLeavesItsStory(t *testing.T) {
	ix, err := Open(t.Context(), filepath.Join(t.TempDir(), "ix"), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	if err := ix.Add(t.Context(), wireCopy("whole", 2, 1, 300), wireCopy("again", 3, 1, 290), wireCopy("cut", 2, 1, 200)); err != nil {
		t.Fatal(err)
	}
	if err := ix.Add(t.Context(), wireCopy("whole", 2, 9, 300)); err != nil { // the leader
		t.Fatal(err)
	}
	if got, want := storiesOf(t, ix), []string{"again cut"}; !slices.Equal(got, want) {
		t.Errorf("stories %q, want %q", got, want)
	}
	if err := ix.Add(t.Context(), wireCopy("again", 3, 8, 290)); err != nil {
		t.Fatal(err)
	}
	if got := storiesOf(t, ix); len(got) != 0 {
		t.Errorf("stories %q of one article each", got)
	}
}

func TestASyncSettlesStories(t *testing.T) {
	dir := t.TempDir()
	files := map[string]string{
		"a.txt": "Ceasefire holds\n\n" + wireText(1, 300), "b.txt": "Ceasefire holds for now\n\nGENEVA (AP) - " + wireText(1, 300),
		"c.txt": "Ceasefire ends\n\n" + wireText(2, 300),
	}
	ix, err := Open(t.Context(), filepath.Join(t.TempDir(), "ix"), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	for _, name := range slices.Sorted(maps.Keys(files)) { // one sync each
		if err := os.WriteFile(filepath.Join(dir, name), []byte(files[name]), 0o600); err != nil {
			t.Fatal(err)
		}
		src, err := corpus.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ix.Sync(t.Context(), src, nil); err != nil {
			t.Fatal(err)
		}
	}
	got := storiesOf(t, ix)
	if len(got) != 1 || strings.Count(got[0], " ") != 1 {
		t.Errorf("stories %q, want one of two articles", got)
	}
	ctx := t.Context()
	snap, err := ix.engine.Snapshot(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = snap.Close(ctx) }()
	for n, err := range snap.Notes(ctx, notedWritten, true) {
		t.Errorf("left to be settled: %q, %v", n.Key, err)
	}
}

// TestAStoryIsOnOnePage goes through pages of every size: each story comes once, as the
// first of its copies among all hits, and what is counted is counted in articles.
func TestAStoryIsOnOnePage(t *testing.T) {
	ctx := t.Context()
	ix, err := Open(ctx, filepath.Join(t.TempDir(), "ix"), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	var articles []corpus.Article
	for story := range 5 {
		for copies := range story + 1 {
			articles = append(articles, wireCopy(fmt.Sprintf("s%d-%d", story, copies), 1+(5*story+copies)%28, 10+story, 300-40*copies))
		}
	}
	if err := ix.Add(ctx, articles...); err != nil {
		t.Fatal(err)
	}
	for _, by := range []Query{{}, {Recency: 24 * time.Hour}, {Sort: Newest}, {Sort: Oldest}} {
		by.Text = "ceasefire"
		var want []string // the first of each story among all
		seen := map[string]bool{}
		q := by
		q.Copies, q.Limit = AllCopies, 100
		all, err := ix.Search(ctx, q)
		if err != nil || len(all.Hits) != 15 || all.Stories != 0 {
			t.Fatalf("%d hits, %d stories, %v; want 15 and none counted", len(all.Hits), all.Stories, err)
		}
		for _, h := range all.Hits {
			if story, _, _ := strings.Cut(h.ID, "-"); !seen[story] {
				seen[story] = true
				want = append(want, h.ID)
			}
		}
		for limit := 1; limit <= 6; limit++ {
			q := by
			q.Limit, q.ExactTotal = limit, true
			var got []string
			for {
				res, err := ix.Search(ctx, q)
				if err != nil {
					t.Fatal(err)
				}
				if res.Total != 15 || res.Stories != 5 {
					t.Errorf("%d articles, %d stories; want 15, 5", res.Total, res.Stories)
				}
				for _, h := range res.Hits {
					got = append(got, h.ID)
					if n := int(h.ID[1] - '0'); h.Copies != n || h.Rank != len(got) {
						t.Errorf("%s: rank %d with %d more copies, want %d with %d", h.ID, h.Rank, h.Copies, len(got), n)
					}
				}
				if q.Cursor = res.Cursor; q.Cursor == "" {
					break
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("%+v: %q, want %q", q, got, want)
			}
		}
	}
}

func TestFiltersApplyBeforeCopiesAreOneHit(t *testing.T) {
	ctx := t.Context()
	ix, err := Open(ctx, filepath.Join(t.TempDir(), "ix"), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	if err := ix.Add(ctx, wireCopy("whole", 3, 1, 300), wireCopy("again", 2, 1, 290), wireCopy("cut", 1, 1, 200)); err != nil {
		t.Fatal(err)
	}
	ids := func(q Query) (list []string) {
		t.Helper()
		q.Text = "ceasefire"
		res, err := ix.Search(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range res.Hits {
			list = append(list, fmt.Sprintf("%s+%d", h.ID, h.Copies))
		}
		return list
	}
	notCut := []Filter{{Facet: FacetSource, Values: []string{"Outlet cut"}, Not: true}}
	for _, c := range []struct {
		q    Query
		want string
	}{
		{Query{Sort: Newest}, "whole+2"},
		{Query{Sort: Newest, Copies: EarliestCopy}, "cut+2"},
		{Query{Sort: Newest, Copies: EarliestCopy, Filters: notCut}, "again+1"},
		{Query{Sort: Newest, Filters: []Filter{{Facet: FacetSource, Values: []string{"Outlet cut"}}}}, "cut+0"},
	} {
		if got := ids(c.q); !slices.Equal(got, []string{c.want}) {
			t.Errorf("%+v: %q, want %q", c.q, got, c.want)
		}
	}
	of, copies, err := ix.Copies(ctx, "cut")
	if err != nil || of.ID != "cut" || len(copies) != 2 || copies[0].Article.ID != "again" || copies[0].Containment < .95 {
		t.Errorf("copies of %s: %+v, %v", of.ID, copies, err)
	}
}

func TestCopiesCanWait(t *testing.T) {
	ctx := t.Context()
	dir := filepath.Join(t.TempDir(), "ix")
	ix, err := Open(ctx, dir, &Options{NoCopies: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := ix.Add(ctx, wireCopy("whole", 2, 1, 300), wireCopy("again", 3, 1, 290)); err != nil {
		t.Fatal(err)
	}
	if got := storiesOf(t, ix); len(got) != 0 {
		t.Errorf("stories %q, want none yet", got)
	}
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	if ix, err = Open(ctx, dir, nil); err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	src, err := corpus.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ix.Sync(ctx, src, nil); err != nil {
		t.Fatal(err)
	}
	if got := storiesOf(t, ix); !slices.Equal(got, []string{"again whole"}) {
		t.Errorf("stories %q", got)
	}
}

func TestAnIndexMadeAgainFindsItsCopies(t *testing.T) {
	ctx := t.Context()
	dir := filepath.Join(t.TempDir(), "ix")
	ix, err := Open(ctx, dir, &Options{NoCopies: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := ix.Add(ctx, wireCopy("whole", 2, 1, 300), wireCopy("again", 3, 1, 290)); err != nil {
		t.Fatal(err)
	}
	if err := settleNothing(ctx, ix); err != nil { // as if it was written before there were stories
		t.Fatal(err)
	}
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Rebuild(ctx, dir, nil); err != nil {
		t.Fatal(err)
	}
	if ix, err = Open(ctx, dir, nil); err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	src, err := corpus.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ix.Sync(ctx, src, nil); err != nil {
		t.Fatal(err)
	}
	if got := storiesOf(t, ix); !slices.Equal(got, []string{"again whole"}) {
		t.Errorf("stories %q", got)
	}
}

// settleNothing removes the notes of what is to be settled.
func settleNothing(ctx context.Context, ix *Index) error {
	snap, err := ix.engine.Snapshot(ctx)
	if err != nil {
		return err
	}
	b := &engine.Batch{}
	for n, err := range snap.Notes(ctx, notedWritten, true) {
		if err != nil {
			return err
		}
		b.DeleteNotes = append(b.DeleteNotes, n.Key)
	}
	return errors.Join(snap.Close(ctx), ix.engine.Write(ctx, b), ix.engine.Publish(ctx))
}
