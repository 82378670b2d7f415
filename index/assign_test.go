package index_test

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// sequentialSync is a slow sync: it takes one article after the other, and asks for
// each what the index held before.
type sequentialSync struct {
	articles map[string]syncedArticle // by id
	stamps   map[string]string        // of entries that were read
}

type syncedArticle struct{ entry, key, title string }

// sync brings s in step with a shelf, as Index.Sync does, and returns what it
// counts.
func (s *sequentialSync) sync(shelf *shelf) (c tally) {
	before, claims := maps.Clone(s.articles), map[string]string{}
	present := func(key string) bool { _, ok := shelf.entries[key]; return ok }
	for _, entry := range slices.Sorted(maps.Keys(shelf.entries)) {
		if s.stamps[entry] == shelf.entries[entry].stamp {
			for _, a := range before {
				if a.entry == entry {
					c.Unchanged++
				}
			}
			continue
		}
		s.stamps[entry] = shelf.entries[entry].stamp
		for _, a := range shelf.entries[entry].articles {
			id, now := a.ID, syncedArticle{entry, keyOf(entry, &a), a.Title}
			first, claimed := claims[id]
			if claimed && first == a.Title {
				continue
			}
			old, known := before[id]
			if claimed || known && old != now && old.entry != entry && present(old.entry) {
				if id = ownIDHere(before, claims, id, now.key); id == "" {
					id = ownIDBefore(before, claims, present, a.ID, a.Title)
				}
				if id == "" {
					id = a.ID + "~" + corpus.DeriveID(now.key)[:6]
				}
				old, known = before[id]
			}
			claims[id] = a.Title
			switch {
			case !known:
				c.Added++
			case old != now:
				c.Updated++
			default:
				c.Unchanged++
			}
			s.articles[id] = now
		}
	}
	return c
}

// ownIDHere returns the id that an article of a taken id was given at this very place;
// empty where there is none.
func ownIDHere(before map[string]syncedArticle, claims map[string]string, stated, key string) string {
	for _, id := range slices.Sorted(maps.Keys(before)) {
		if _, claimed := claims[id]; !claimed && before[id].key == key && strings.HasPrefix(id, stated+"~") {
			return id
		}
	}
	return ""
}

// ownIDBefore returns the id that an article of a taken id was given where it stood
// before, in the first entry that is gone; empty where there is none.
func ownIDBefore(before map[string]syncedArticle, claims map[string]string, present func(string) bool, stated, title string) (found string) {
	for id, a := range before {
		_, claimed := claims[id]
		if claimed || present(a.entry) || a.title != title || !strings.HasPrefix(id, stated+"~") {
			continue
		}
		if found == "" || a.entry+" "+id < before[found].entry+" "+found {
			found = id
		}
	}
	return found
}

// keyOf is the key that a shelf gives to an article.
func keyOf(entry string, a *corpus.Article) string { return fmt.Sprint(entry, "#", a.ID, a.Title) }

// A sync assigns ids as if it took one article after the other, however many it
// looks up at once.
func TestAssignsInOrder(t *testing.T) {
	dir, n := t.TempDir(), 0
	ids := rapid.SampledFrom([]string{"a", "b", "c", "d", "e", "f", "g", "h"})
	titles := rapid.SampledFrom([]string{"rates rise", "rates fall", "oil"})
	rapid.Check(t, func(t *rapid.T) {
		n++
		ix, err := index.Open(context.Background(), filepath.Join(dir, fmt.Sprint(n)), &index.Options{Memory: 1})
		if err != nil {
			t.Fatal(err)
		}
		defer ix.Close()
		shelf, model := newShelf(), &sequentialSync{map[string]syncedArticle{}, map[string]string{}}
		for round := range rapid.IntRange(1, 3).Draw(t, "rounds") {
			for _, key := range []string{"shelf/a", "shelf/b", "shelf/c"} {
				switch rapid.IntRange(0, 3).Draw(t, "change") {
				case 0:
					delete(shelf.entries, key)
				case 1, 2:
					e := entry{stamp: fmt.Sprint(round)}
					for range rapid.IntRange(0, 30).Draw(t, "articles") {
						e.articles = append(e.articles, corpus.Article{ID: ids.Draw(t, "id"), Title: titles.Draw(t, "title")})
					}
					shelf.entries[key] = e
				}
			}
			want := model.sync(shelf)
			c, err := ix.Sync(context.Background(), shelf, nil)
			if got := (tally{Added: c.Added, Updated: c.Updated, Unchanged: c.Unchanged}); got != want || err != nil {
				t.Fatalf("round %d: %+v, want %+v (%v)", round, got, want, err)
			}
			got := map[string]syncedArticle{}
			for hit, err := range ix.All(context.Background(), index.Query{Passages: -1}) {
				if err != nil {
					t.Fatal(err)
				}
				entry, _, _ := strings.Cut(hit.Article.Key, "#")
				got[hit.ID] = syncedArticle{entry, hit.Article.Key, hit.Article.Title}
			}
			if diff := cmp.Diff(model.articles, got, cmp.AllowUnexported(syncedArticle{})); diff != "" {
				t.Fatalf("round %d (-want +got):\n%s", round, diff)
			}
		}
	})
}
