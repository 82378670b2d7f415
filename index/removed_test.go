package index_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// touch makes a file look changed.
func (f files) touch(name string) {
	f.t.Helper()
	at := time.Now().Add(time.Hour)
	if err := os.Chtimes(f.at(name), at, at); err != nil {
		f.t.Fatal(err)
	}
}

// idAt returns the id of the article at a place.
func (f files) idAt(ix *index.Index, place string) string {
	f.t.Helper()
	for id, at := range f.placed(ix) {
		if at == place {
			return id
		}
	}
	f.t.Fatalf("nothing is at %s", place)
	return ""
}

// What was removed by hand stays out, whatever happens to its file.
func TestRemovedStaysOut(t *testing.T) {
	f := files{t, t.TempDir()}
	dir := t.TempDir()
	ix := open(t, dir, &index.Options{Topics: noRules(t)})
	f.write("c/a.txt", text(1))
	f.write("c/b.txt", text(2))
	f.sync(ix, nil, "c")
	id := f.idAt(ix, "c/a.txt")
	if err := ix.Delete(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	check := func(name string, paths ...string) {
		t.Helper()
		r := f.sync(ix, nil, paths...)
		if got := f.placed(ix); len(got) != 1 || r.Withheld != 1 || r.Added > 0 || r.Vanished > 0 {
			t.Errorf("%s: %v, %+v", name, got, r)
		}
	}
	check("unchanged", "c")
	f.touch("c/a.txt")
	check("touched", "c")
	f.write("c/a.txt", text(3))
	check("edited", "c")
	f.write("c/a.txt", text(1))
	check("as it was", "c")
	f.move("c/a.txt", "c/x/z.txt")
	check("moved", "c")
	f.move("c", "d")
	check("its folder renamed", "d")
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := index.Rebuild(t.Context(), dir, nil); err != nil {
		t.Fatal(err)
	}
	ix = open(t, dir, &index.Options{Topics: noRules(t)})
	check("after a rebuild", "d")

	// A copy is another article.
	f.write("d/copy.txt", text(1))
	if r := f.sync(ix, nil, "d"); r.Added != 1 || r.Withheld != 1 {
		t.Errorf("a copy: %+v", r)
	}
	r := f.sync(ix, &index.SyncOptions{BringBack: true}, "d")
	if r.Added != 1 || r.Withheld > 0 || len(f.placed(ix)) != 3 {
		t.Errorf("brought back: %+v", r)
	}
	f.touch("d/x/z.txt")
	if r := f.sync(ix, nil, "d"); r.Unchanged != 3 || r.Withheld > 0 {
		t.Errorf("after that: %+v", r)
	}
}

// Of a file of many articles, the one that was removed stays out.
func TestRemovedOfMany(t *testing.T) {
	line := func(n int) string {
		return fmt.Sprintf(`{"title":"Harbour %d","text":"Ships came and went in the year %d."}`+"\n", n, n)
	}
	f := files{t, t.TempDir()}
	ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
	f.write("c/a.jsonl", line(1)+line(2)+line(3))
	f.sync(ix, nil, "c")
	if err := ix.Delete(t.Context(), f.idAt(ix, "c/a.jsonl#2")); err != nil {
		t.Fatal(err)
	}
	titles := func() string {
		var all []string
		for _, h := range search(t, ix, index.Query{Sort: index.Newest}).Hits {
			all = append(all, strings.TrimPrefix(h.Article.Title, "Harbour "))
		}
		return strings.Join(all, " ")
	}
	has := func(name string, want ...string) {
		t.Helper()
		f.sync(ix, &index.SyncOptions{Prune: true}, "c")
		got := " " + titles() + " "
		for _, w := range want {
			if !strings.Contains(got, " "+w+" ") {
				t.Errorf("%s: %s is not among%s", name, w, got)
			}
		}
		if strings.Contains(got, " 2 ") || len(strings.Fields(got)) != len(want) {
			t.Errorf("%s:%s", name, got)
		}
	}
	f.write("c/a.jsonl", line(1)+line(2)+line(3)+line(4))
	has("a line more", "1", "3", "4")
	f.write("c/a.jsonl", line(0)+line(1)+line(2)+line(3)+line(4))
	has("a line before", "0", "1", "3", "4")
	f.write("c/a.jsonl", line(2)+line(1))
	has("another order", "1")
	f.remove("c/a.jsonl")
	f.write("c/b.jsonl", line(5)+line(2))
	has("another file", "5")
}

// A stated id that was removed belongs to its file; another one may use it for an
// article of its own, which gets an id of its own.
func TestRemovedStatedID(t *testing.T) {
	f := files{t, t.TempDir()}
	ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
	f.write("c/a.jsonl", `{"id":"7","title":"one","text":"Ships came."}`+"\n")
	f.sync(ix, nil, "c")
	if err := ix.Delete(t.Context(), "7"); err != nil {
		t.Fatal(err)
	}
	f.write("c/b.jsonl", `{"id":"7","title":"two","text":"Ships went."}`+"\n")
	f.touch("c/a.jsonl")
	r := f.sync(ix, nil, "c")
	if got := f.placed(ix); r.Added != 1 || r.Withheld != 1 || len(got) != 1 || got["7"] != "" {
		t.Errorf("%v, %+v", got, r)
	}
	// A program that adds it wants it.
	if err := ix.Add(t.Context(), corpus.Article{ID: "7", Title: "seven"}); err != nil {
		t.Fatal(err)
	}
	if err := ix.Delete(t.Context(), "7"); err != nil {
		t.Fatal(err)
	}
	f.touch("c/a.jsonl")
	if r := f.sync(ix, nil, "c"); r.Withheld > 0 || r.Added != 0 {
		t.Logf("%+v", r)
	}
}

// With the file, what is known of its removed articles goes.
func TestRemovedIsPruned(t *testing.T) {
	f := files{t, t.TempDir()}
	dir := t.TempDir()
	ix := open(t, dir, &index.Options{Topics: noRules(t)})
	f.write("c/a.txt", text(1))
	f.write("c/b.txt", text(2))
	f.sync(ix, nil, "c")
	if err := ix.Delete(t.Context(), f.idAt(ix, "c/a.txt")); err != nil {
		t.Fatal(err)
	}
	f.remove("c/a.txt")
	if r := f.sync(ix, &index.SyncOptions{Prune: true}, "c"); r.Withheld > 0 || r.Removed > 0 {
		t.Errorf("%+v", r)
	}
	f.write("c/a.txt", text(1))
	if r := f.sync(ix, nil, "c"); r.Added != 1 || r.Withheld > 0 {
		t.Errorf("a new file of that name: %+v", r)
	}
}

func TestDeleteMatching(t *testing.T) {
	ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
	var articles []corpus.Article
	for i := range 2500 {
		a := corpus.Article{ID: fmt.Sprint(i), Title: "Tides", Source: "The Pilot", Body: "Ebb and flood."}
		if i%5 == 0 {
			a.Source, a.Body = "The Anchor", "Ebb and storm."
		}
		articles = append(articles, a)
	}
	if err := ix.Add(t.Context(), articles...); err != nil {
		t.Fatal(err)
	}
	n, err := ix.DeleteMatching(t.Context(), index.Query{Text: "storm volcano"})
	if n != 0 || err != nil { // a search would be relaxed to either word
		t.Errorf("removed %d: %v", n, err)
	}
	if _, err := ix.DeleteMatching(t.Context(), index.Query{Text: `"storm`}); err == nil {
		t.Error("a broken query removes something")
	}
	n, err = ix.DeleteMatching(t.Context(), index.Query{Text: "storm", Filters: []index.Filter{{Facet: index.FacetSource, Values: []string{"The Anchor"}}}})
	if n != 500 || err != nil {
		t.Errorf("removed %d: %v", n, err)
	}
	n, err = ix.DeleteMatching(t.Context(), index.Query{Text: "storm OR flood"})
	if n != 2000 || err != nil {
		t.Errorf("removed %d: %v", n, err)
	}
	if n, err := ix.Len(t.Context()); n != 0 || err != nil {
		t.Errorf("%d are left: %v", n, err)
	}
	ix.Close()
	r := open(t, t.TempDir(), nil)
	r.Close()
	if _, err := r.DeleteMatching(t.Context(), index.Query{}); !errors.Is(err, index.ErrClosed) {
		t.Errorf("of a closed index: %v", err)
	}
}

// A list that cannot be read is named: what was removed never comes back unasked.
func TestRemovedListIsDamaged(t *testing.T) {
	f := files{t, t.TempDir()}
	dir := t.TempDir()
	ix := open(t, dir, nil)
	f.write("c/a.txt", text(1))
	f.sync(ix, nil, "c")
	ix.Close()
	list := filepath.Join(dir, "removed.jsonl")
	if err := os.WriteFile(list, []byte("{\"id\":\"x\",\"entry\":\"/c\"}\n\n{\"id\":\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	ix = open(t, dir, nil)
	src, err := corpus.Open(f.at("c"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ix.Sync(t.Context(), src, nil); err == nil || !strings.Contains(err.Error(), "removed.jsonl, line 3") {
		t.Errorf("%v", err)
	}
}
