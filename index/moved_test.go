package index_test

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// files is a folder of files that a test moves about.
type files struct {
	t   *testing.T
	dir string
}

func (f files) at(name string) string { return filepath.Join(f.dir, filepath.FromSlash(name)) }

func (f files) write(name, content string) {
	f.t.Helper()
	if err := os.MkdirAll(filepath.Dir(f.at(name)), 0o755); err != nil {
		f.t.Fatal(err)
	}
	if err := os.WriteFile(f.at(name), []byte(content), 0o644); err != nil {
		f.t.Fatal(err)
	}
}

func (f files) move(from, to string) {
	f.t.Helper()
	if err := os.MkdirAll(filepath.Dir(f.at(to)), 0o755); err != nil {
		f.t.Fatal(err)
	}
	if err := os.Rename(f.at(from), f.at(to)); err != nil {
		f.t.Fatal(err)
	}
}

func (f files) remove(name string) {
	f.t.Helper()
	if err := os.RemoveAll(f.at(name)); err != nil {
		f.t.Fatal(err)
	}
}

func (f files) sync(ix *index.Index, o *index.SyncOptions, names ...string) index.SyncReport {
	f.t.Helper()
	paths := make([]string, len(names))
	for i, n := range names {
		paths[i] = f.at(n)
	}
	src, err := corpus.Options{Absent: true}.Open(paths...)
	if err != nil {
		f.t.Fatal(err)
	}
	r, err := ix.Sync(f.t.Context(), src, o)
	if err != nil {
		f.t.Fatal(err)
	}
	return r
}

// placed returns where the articles of an index stand, by id.
func (f files) placed(ix *index.Index) map[string]string {
	f.t.Helper()
	places := map[string]string{}
	for hit, err := range ix.All(f.t.Context(), index.Query{Passages: -1}) {
		if err != nil {
			f.t.Fatal(err)
		}
		key := strings.TrimPrefix(hit.Article.Key, filepath.ToSlash(f.dir)+"/")
		if other, twice := places[hit.ID]; twice {
			f.t.Errorf("%s is at %s and at %s", hit.ID, other, key)
		}
		places[hit.ID] = key
	}
	return places
}

func text(n int) string {
	return fmt.Sprintf("The harbour in year %d\n\nShips came and went in the year %d, and the pilots were paid as before.\n", n, n)
}

// An article that was moved keeps its id.
func TestMoved(t *testing.T) {
	lines := func(numbers ...int) string {
		var b strings.Builder
		for _, n := range numbers {
			fmt.Fprintf(&b, `{"title":"Harbour %d","text":"Ships came and went in the year %d."}`+"\n", n, n)
		}
		return b.String()
	}
	tests := []struct {
		name   string
		first  []string // what is indexed first
		before func(f files)
		edit   func(f files)
		then   []string // and after the edit; nil for the same
		// moved is where articles stand before and after; what isn't named has an
		// id that was not there before.
		moved map[string]string
		prune bool
	}{
		{
			name: "a file", first: []string{"c"},
			before: func(f files) { f.write("c/a.txt", text(1)); f.write("c/b.txt", text(2)) },
			edit:   func(f files) { f.move("c/a.txt", "c/deep/z.txt") },
			moved:  map[string]string{"c/a.txt": "c/deep/z.txt", "c/b.txt": "c/b.txt"},
		},
		{
			name: "a file, and those gone are pruned", first: []string{"c"}, prune: true,
			before: func(f files) { f.write("c/a.txt", text(1)); f.write("c/b.txt", text(2)); f.write("c/q.txt", text(3)) },
			edit:   func(f files) { f.move("c/b.txt", "c/0.txt"); f.remove("c/q.txt") },
			moved:  map[string]string{"c/a.txt": "c/a.txt", "c/b.txt": "c/0.txt"},
		},
		{
			name: "a folder within", first: []string{"c"},
			before: func(f files) {
				f.write("c/old/a.txt", text(1))
				f.write("c/old/x/b.html", "<h1>On tides</h1><p>"+text(2))
			},
			edit:  func(f files) { f.move("c/old", "c/new/er") },
			moved: map[string]string{"c/old/a.txt": "c/new/er/a.txt", "c/old/x/b.html": "c/new/er/x/b.html"},
		},
		{
			name: "the folder that was given", first: []string{"c"}, then: []string{"d"},
			before: func(f files) { f.write("c/a.txt", text(1)); f.write("c/b.txt", text(2)) },
			edit:   func(f files) { f.move("c", "d") },
			moved:  map[string]string{"c/a.txt": "d/a.txt", "c/b.txt": "d/b.txt"},
		},
		{
			name: "a file that was given", first: []string{"a.txt"}, then: []string{"b.txt"},
			before: func(f files) { f.write("a.txt", text(1)) },
			edit:   func(f files) { f.move("a.txt", "b.txt") },
			moved:  map[string]string{"a.txt": "b.txt"},
		},
		{
			name: "from one folder that is read to another", first: []string{"c", "d"}, then: []string{"d"},
			before: func(f files) { f.write("c/a.txt", text(1)); f.write("d/b.txt", text(2)) },
			edit:   func(f files) { f.move("c/a.txt", "d/a.txt") },
			moved:  map[string]string{"c/a.txt": "d/a.txt", "d/b.txt": "d/b.txt"},
		},
		{
			name: "a copy is another article", first: []string{"c"},
			before: func(f files) { f.write("c/a.txt", text(1)) },
			edit:   func(f files) { f.write("c/0.txt", text(1)); f.write("c/b.txt", text(1)) },
			moved:  map[string]string{"c/a.txt": "c/a.txt"},
		},
		{
			name: "one of two copies is moved", first: []string{"c"},
			before: func(f files) { f.write("c/a.txt", text(1)); f.write("c/b.txt", text(1)) },
			edit:   func(f files) { f.move("c/b.txt", "c/0/b.txt") },
			moved:  map[string]string{"c/a.txt": "c/a.txt", "c/b.txt": "c/0/b.txt"},
		},
		{
			name: "copies keep their names", first: []string{"c"},
			before: func(f files) { f.write("c/a.txt", text(1)); f.write("c/b.txt", text(1)); f.write("c/d.txt", text(1)) },
			edit:   func(f files) { f.move("c", "tmp"); f.move("tmp", "c/of") },
			moved:  map[string]string{"c/a.txt": "c/of/a.txt", "c/b.txt": "c/of/b.txt", "c/d.txt": "c/of/d.txt"},
		},
		{
			name: "moved and changed is another article", first: []string{"c"},
			before: func(f files) { f.write("c/a.txt", text(1)) },
			edit:   func(f files) { f.remove("c/a.txt"); f.write("c/b.txt", text(2)) },
			moved:  map[string]string{"c/a.txt": "c/a.txt"}, // which is kept, as nothing is pruned
		},
		{
			name: "a file of many", first: []string{"c"},
			before: func(f files) { f.write("c/a.jsonl", lines(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)) },
			edit:   func(f files) { f.move("c/a.jsonl", "c/archive/a.jsonl") },
			moved:  map[string]string{"c/a.jsonl#1": "c/archive/a.jsonl#1", "c/a.jsonl#2": "c/archive/a.jsonl#2", "c/a.jsonl#11": "c/archive/a.jsonl#11"},
		},
		{
			name: "a file of many with the same twice, in another order", first: []string{"c"}, prune: true,
			before: func(f files) { f.write("c/a.jsonl", lines(1, 2, 1, 3)) },
			edit:   func(f files) { f.remove("c/a.jsonl"); f.write("c/b.jsonl", lines(3, 1, 2, 1)) },
			moved:  map[string]string{"c/a.jsonl#1": "c/b.jsonl#2", "c/a.jsonl#2": "c/b.jsonl#3", "c/a.jsonl#3": "c/b.jsonl#4", "c/a.jsonl#4": "c/b.jsonl#1"},
		},
		{
			name: "compressed", first: []string{"c"},
			before: func(f files) { f.write("c/a.jsonl", lines(1, 2)) },
			edit: func(f files) {
				var b strings.Builder
				w := gzip.NewWriter(&b)
				_, _ = w.Write([]byte(lines(1, 2)))
				w.Close()
				f.remove("c/a.jsonl")
				f.write("c/a.jsonl.gz", b.String())
			},
			moved: map[string]string{"c/a.jsonl#1": "c/a.jsonl.gz#1", "c/a.jsonl#2": "c/a.jsonl.gz#2"},
		},
		{
			name: "taken apart", first: []string{"c"}, prune: true,
			before: func(f files) { f.write("c/a.jsonl", lines(1, 2, 3)) },
			edit: func(f files) {
				f.remove("c/a.jsonl")
				f.write("c/1.jsonl", lines(3, 4))
				f.write("c/2.jsonl", lines(1, 2))
			},
			moved: map[string]string{"c/a.jsonl#1": "c/2.jsonl#1", "c/a.jsonl#2": "c/2.jsonl#2", "c/a.jsonl#3": "c/1.jsonl#1"},
		},
		{
			name: "a title and a day of the file's name", first: []string{"c"},
			before: func(f files) { f.write("c/2024-03-05-tides.md", "Ebb.\n") },
			edit:   func(f files) { f.move("c/2024-03-05-tides.md", "c/2024-03-06-harbour-notes.md") },
			moved:  map[string]string{"c/2024-03-05-tides.md": "c/2024-03-06-harbour-notes.md"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := files{t, t.TempDir()}
			ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
			tt.before(f)
			f.sync(ix, nil, tt.first...)
			before := f.placed(ix)
			tt.edit(f)
			if tt.then == nil {
				tt.then = tt.first
			}
			r := f.sync(ix, &index.SyncOptions{Prune: tt.prune}, tt.then...)
			after := f.placed(ix)
			moved := 0
			for id, from := range before {
				to, there := after[id]
				want, named := tt.moved[from]
				if named && to != want {
					t.Errorf("%s (%s) is at %q, want %q", id, from, to, want)
				}
				if there && to != from {
					moved++
				}
			}
			if r.Moved != moved || r.Removed != len(before)+r.Added-len(after) {
				t.Errorf("%d moved; %+v", moved, r)
			}
			// Read anew, all have the ids that they have.
			for _, at := range after {
				name, _, _ := strings.Cut(at, "#")
				if _, err := os.Stat(f.at(name)); err == nil {
					f.touch(name)
				}
			}
			touched := f.sync(ix, &index.SyncOptions{Prune: tt.prune}, tt.then...)
			if touched.Added+touched.Updated+touched.Removed+touched.Moved > 0 || len(touched.Warnings) > 0 {
				t.Errorf("touched: %+v", touched)
			}
			// Once more, and nothing is to be done.
			again := f.sync(ix, &index.SyncOptions{Prune: tt.prune}, tt.then...)
			if again.Added+again.Updated+again.Removed+again.Moved > 0 {
				t.Errorf("again: %+v", again)
			}
			if diff := cmp.Diff(after, f.placed(ix)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What was moved keeps its id also when it is changed where it stands now, and another
// file in the old place is another article.
func TestMovedThenChanged(t *testing.T) {
	f := files{t, t.TempDir()}
	ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
	f.write("c/a.txt", text(1))
	f.sync(ix, nil, "c")
	id := f.idAt(ix, "c/a.txt")
	f.move("c/a.txt", "c/b.txt")
	f.sync(ix, nil, "c")
	f.write("c/b.txt", text(1)+"\nA line more.\n")
	if r := f.sync(ix, nil, "c"); r.Updated != 1 || r.Added+r.Vanished > 0 || f.idAt(ix, "c/b.txt") != id {
		t.Errorf("changed: %+v", r)
	}
	f.write("c/a.txt", text(2))
	if r := f.sync(ix, nil, "c"); r.Added != 1 || r.Unchanged != 1 || len(r.Warnings) > 0 {
		t.Errorf("another: %+v", r)
	}
	other := f.idAt(ix, "c/a.txt")
	for n := range 2 {
		f.write("c/a.txt", text(3+n))
		r := f.sync(ix, nil, "c")
		if r.Updated != 1 || f.idAt(ix, "c/a.txt") != other || f.idAt(ix, "c/b.txt") != id || len(f.placed(ix)) != 2 {
			t.Errorf("another, changed: %+v", r)
		}
	}
	f.move("c/a.txt", "c/0.txt")
	if r := f.sync(ix, nil, "c"); r.Moved != 1 || f.idAt(ix, "c/0.txt") != other {
		t.Errorf("another, moved: %+v", r)
	}
}

// What was moved away and back is read where it was, with the id that it had.
func TestMovedBack(t *testing.T) {
	f := files{t, t.TempDir()}
	ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
	f.write("c/a.txt", text(1))
	f.sync(ix, nil, "c")
	before := f.placed(ix)
	for range 2 {
		f.move("c/a.txt", "c/b.txt")
		f.sync(ix, nil, "c")
		f.move("c/b.txt", "c/a.txt") // with size and time as they were
		f.sync(ix, nil, "c")
		if diff := cmp.Diff(before, f.placed(ix)); diff != "" {
			t.Error(diff)
		}
	}
}

// A sync that ends half way through what was moved, as by a crash, is gone on with by
// the next one: no article is lost, doubled, or given another id.
func TestMovedInterrupted(t *testing.T) {
	f := files{t, t.TempDir()}
	ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t), Memory: 1})
	for i := range 60 {
		f.write(fmt.Sprintf("c/%02d.txt", i), text(i))
	}
	f.sync(ix, nil, "c")
	want := map[string]string{}
	for id, at := range f.placed(ix) {
		want[id] = "d" + strings.TrimPrefix(at, "c")
	}
	f.move("c", "d")
	src, err := corpus.Open(f.at("d"))
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{20, 5, 40} {
		ctx, cancel := context.WithCancel(t.Context())
		if _, err := ix.Sync(ctx, &stoppedSource{src, n, cancel}, &index.SyncOptions{Prune: true}); !errors.Is(err, context.Canceled) {
			t.Fatalf("interrupted: %v", err)
		}
		if got := f.placed(ix); len(got) != 60 {
			t.Errorf("%d articles", len(got))
		}
	}
	r := f.sync(ix, nil, "d")
	if r.Added > 0 || r.Vanished > 0 {
		t.Errorf("%+v", r)
	}
	if diff := cmp.Diff(want, f.placed(ix)); diff != "" {
		t.Error(diff)
	}
}

// stoppedSource ends the context when the n-th entry is read.
type stoppedSource struct {
	corpus.Source
	n    int
	stop func()
}

func (s *stoppedSource) Entries(ctx context.Context) iter.Seq2[corpus.Entry, error] {
	return func(yield func(corpus.Entry, error) bool) {
		i := 0
		for e, err := range s.Source.Entries(ctx) {
			if i++; i == s.n {
				read := e.Articles
				e.Articles = func(ctx context.Context) iter.Seq2[corpus.Article, error] {
					s.stop()
					return read(ctx)
				}
				e.Stamp = "" // so that it is read
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

// Stated ids stay, as long as it is the same article.
func TestMovedWithStatedIDs(t *testing.T) {
	record := func(id, title string) string {
		return fmt.Sprintf(`{"id":%q,"title":%q,"text":"Ships came."}`, id, title) + "\n"
	}
	f := files{t, t.TempDir()}
	ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
	f.write("c/a.jsonl", record("1", "one")+record("2", "two")+record("1", "another one"))
	f.sync(ix, nil, "c")
	own := ""
	for id := range f.placed(ix) {
		if strings.HasPrefix(id, "1~") {
			own = id
		}
	}
	// The folder is renamed: all are the same, that with an id of its own as well.
	f.move("c", "d")
	if r := f.sync(ix, nil, "d"); r.Moved != 3 || r.Added > 0 {
		t.Errorf("renamed: %+v", r)
	}
	if got := f.placed(ix); own == "" || !strings.HasPrefix(got[own], "d/a.jsonl") || len(got) != 3 {
		t.Errorf("%q of %v", own, got)
	}
	// A file elsewhere that uses the same numbers for other articles takes none away,
	// though the first one is gone.
	f.remove("d")
	f.write("e/b.jsonl", record("1", "uno")+record("3", "tres"))
	if r := f.sync(ix, nil, "e"); r.Added != 2 || r.Moved > 0 {
		t.Errorf("other articles: %+v", r)
	}
	if n := search(t, ix, index.Query{}).Total; n != 5 {
		t.Errorf("%d articles, want 5", n)
	}
}

// What a folder holds that may not be read is not gone.
func TestUnreadableFolderIsKept(t *testing.T) {
	f := files{t, t.TempDir()}
	ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
	f.write("c/locked/a.txt", text(1))
	f.write("c/b.txt", text(2))
	f.sync(ix, nil, "c")
	before := f.placed(ix)
	if err := os.Chmod(f.at("c/locked"), 0); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(f.at("c/locked"), 0o700)
	if _, err := os.ReadDir(f.at("c/locked")); err == nil {
		t.Skip("this user may read everything")
	}
	f.write("c/copy.txt", text(1))
	r := f.sync(ix, &index.SyncOptions{Prune: true}, "c")
	if r.Removed > 0 || r.Moved > 0 || r.Added != 1 || len(r.Unreadable) != 1 {
		t.Errorf("%+v", r)
	}
	for id, at := range before {
		if f.placed(ix)[id] != at {
			t.Errorf("%s was at %s", id, at)
		}
	}
}
