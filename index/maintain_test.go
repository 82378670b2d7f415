package index_test

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// unzip unpacks a fixture to a new folder.
func unzip(t *testing.T, name string) string {
	t.Helper()
	z, err := zip.OpenReader(name)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	dir := filepath.Join(t.TempDir(), "ix")
	if err := os.CopyFS(dir, z); err != nil {
		t.Fatal(err)
	}
	return dir
}

// variedArticles returns n articles of some variety.
func variedArticles(n int) []corpus.Article {
	words := strings.Fields("deterrence sanctions elections tariffs glaciers ferries rates talks drones cables")
	articles := make([]corpus.Article, n)
	for i := range articles {
		body := strings.Repeat(words[i%len(words)]+" matter to "+words[i*3%len(words)]+". ", 1+i%9)
		articles[i] = corpus.Article{
			ID: fmt.Sprintf("a%04d", i), Title: "On " + words[i%7], Body: body + fmt.Sprintf("Number w%d of them.", i),
			Authors: []string{"Ada Okoye"}, Source: "Review", Topics: stated("security/" + words[i%3]),
		}
		if i%4 != 0 {
			articles[i].Published = day("2026-01-02").Add(time.Duration(i) * time.Hour)
		}
	}
	return articles
}

// maintainQueries touch every kind of section.
var maintainQueries = []index.Query{
	{Text: "deterrence", Facets: []string{"topic"}, Limit: 1000, Passages: 1},
	{Text: `"sanctions matter"`, Limit: 1000},
	{Text: "tar*", Limit: 1000, Sort: index.Newest},
	{Text: "talks NEAR drones", Limit: 1000},
	{Text: "topic:security -ferries", Limit: 1000, Facets: []string{"month", "author"}},
	{Limit: 1000, Sort: index.Oldest},
}

// answersOf asks an index for all that a reader may ask.
func answersOf(ctx context.Context, ix *index.Index) (string, error) {
	var b strings.Builder
	n, err := ix.Len(ctx)
	if err != nil {
		return "", err
	}
	fmt.Fprintln(&b, "articles", n)
	for _, q := range maintainQueries {
		res, err := ix.Search(ctx, q)
		if err != nil {
			return "", err
		}
		fmt.Fprintln(&b, q.Text, res.Total, res.Facets)
		for _, h := range res.Hits {
			fmt.Fprintf(&b, " %s %.5f %v\n", h.ID, h.Score, h.Snippets)
		}
	}
	for hit, err := range ix.All(ctx, index.Query{}) {
		if err != nil {
			return "", err
		}
		a, err := ix.Get(ctx, hit.ID)
		if err != nil {
			return "", err
		}
		fmt.Fprintln(&b, a.ID, a.Title, a.Body, a.Published, a.Topics)
	}
	return b.String(), nil
}

// ask opens the index in dir for reading and asks it.
func ask(t *testing.T, dir string) (string, error) {
	t.Helper()
	ix, err := index.Open(t.Context(), dir, &index.Options{ReadOnly: true})
	if err != nil {
		return "", err
	}
	answers, err := answersOf(t.Context(), ix)
	return answers, errors.Join(err, ix.Close())
}

// makeMaintainIndex makes an index of two batches and some deletions.
func makeMaintainIndex(t *testing.T, n int) (dir string, answers string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "ix")
	articles := variedArticles(n)
	ix, err := index.Open(t.Context(), dir, &index.Options{Topics: noRules(t)})
	if err != nil {
		t.Fatal(err)
	}
	add(t, ix, articles[:n/2]...)
	add(t, ix, articles[n/2:]...)
	if err := errors.Join(ix.Delete(t.Context(), articles[1].ID, articles[n-1].ID), ix.Close()); err != nil {
		t.Fatal(err)
	}
	answers, err = ask(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	return dir, answers
}

// harm is a way to damage an index, and whether repairing brings all of it back.
type harm struct {
	name string
	do   func(t *testing.T, dir string)
}

// filesMatching returns the files in an index that match a pattern, one at least.
func filesMatching(t *testing.T, dir, pattern string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, pattern))
	if err != nil || len(names) == 0 {
		t.Fatalf("nothing is %s: %v", pattern, err)
	}
	return names
}

func removed(pattern string) harm {
	return harm{pattern + " missing", func(t *testing.T, dir string) {
		for _, name := range filesMatching(t, dir, pattern) {
			if err := os.RemoveAll(name); err != nil {
				t.Fatal(err)
			}
		}
	}}
}

func replaced(how, pattern string, by func(b []byte) []byte) harm {
	return harm{pattern + " " + how, func(t *testing.T, dir string) {
		for _, name := range filesMatching(t, dir, pattern) {
			b, err := os.ReadFile(name)
			if err == nil {
				// A new file, so that links of it keep what they have.
				err = errors.Join(os.Remove(name), os.WriteFile(name, by(slices.Clone(b)), 0o644))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}}
}

func harms() []harm {
	empty := func([]byte) []byte { return nil }
	half := func(b []byte) []byte { return b[:len(b)/2] }
	foreign := func(b []byte) []byte { return []byte("this is something else entirely, and of another length\n") }
	var all []harm
	for _, pattern := range []string{
		"newsq.json", "CURRENT", "work/store/root.bolt", "generations/*/store/root.bolt", "generations/*/MANIFEST",
		"work/store/*.zap", "generations/*/store/*.zap",
	} {
		all = append(all, removed(pattern), replaced("empty", pattern, empty), replaced("cut short", pattern, half),
			replaced("foreign", pattern, foreign))
	}
	return append(all, removed("work"), removed("generations"), removed("generations/*"), removed("generations/*/lock"),
		removed("generations/*/store"), removed("work/store"))
}

// Whichever file is gone, empty, cut short or another one, a reader and a
// writer give the answers of the whole index or ErrDamaged; a check names it,
// and a repair brings all articles back.
func TestHarm(t *testing.T) {
	dir, want := makeMaintainIndex(t, 60)
	for _, h := range harms() {
		t.Run(h.name, func(t *testing.T) {
			at := filepath.Join(t.TempDir(), "ix")
			if err := os.CopyFS(at, os.DirFS(dir)); err != nil {
				t.Fatal(err)
			}
			h.do(t, at)
			read, readErr := ask(t, at)
			if readErr == nil && read != want || readErr != nil && !errors.Is(readErr, index.ErrDamaged) {
				t.Errorf("a reader: %v", readErr)
			}
			report, err := index.Check(t.Context(), at)
			if err != nil {
				t.Fatal(err)
			}
			if report.Whole() {
				t.Error("the check finds nothing")
			}
			before := fileNames(t, at)
			ix, err := index.Open(t.Context(), at, nil)
			switch {
			case err == nil:
				got, err := answersOf(t.Context(), ix)
				if err := errors.Join(err, ix.Close()); err != nil {
					t.Errorf("a writer: %v", err)
				}
				if got != want {
					t.Error("a writer gives other answers")
				}
				if got, err := ask(t, at); err != nil || got != want {
					t.Errorf("a reader after a writer: %v", err)
				}
				return
			case !errors.Is(err, index.ErrDamaged):
				t.Errorf("a writer: %v", err)
			}
			for _, name := range before {
				if !slices.Contains(fileNames(t, at), name) {
					t.Errorf("a writer removed %s", name)
				}
			}
			r, err := index.Repair(t.Context(), at, nil)
			if err != nil {
				t.Fatalf("repair: %v", err)
			}
			if len(r.Lost) > 0 {
				t.Logf("lost: %v", r.Lost)
			}
			if _, err := os.Stat(r.Kept); err != nil {
				t.Errorf("the damaged index is gone: %v", err)
			}
			got, err := ask(t, at)
			if err != nil {
				t.Fatalf("after the repair: %v", err)
			}
			if got != want && !r.Unsure {
				t.Error("after the repair answers are others")
			}
			if report, err := index.Check(t.Context(), at); err != nil || !report.Whole() {
				t.Errorf("after the repair: %v, %v", report, err)
			}
		})
	}
}

func fileNames(t *testing.T, dir string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".zap") {
			names = append(names, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// One stored block is damaged: the articles in it are lost, by name, and no
// other.
// What a merge left in the writer's store is nothing new to a writer that was
// closed: without its root, the newest generation is all there is.
func TestRepairAfterMerge(t *testing.T) {
	dir, want := makeMaintainIndex(t, 40)
	removed("CURRENT").do(t, dir)
	replaced("cut", "work/store/root.bolt", func(b []byte) []byte { return b[:len(b)/3] }).do(t, dir)
	b, err := os.ReadFile(filesMatching(t, dir, "work/store/*.zap")[0])
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "work/store/0000000000ff.zap"), b, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	r, err := index.Repair(t.Context(), dir, nil)
	if err != nil || !r.Whole || r.Unsure {
		t.Fatalf("%+v, %v", r, err)
	}
	got, err := ask(t, dir)
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v, answers (-want +got):\n%s", err, diff)
	}
}

func TestRepairNamesTheLost(t *testing.T) {
	dir, _ := makeMaintainIndex(t, 300)
	ix := open(t, dir, nil)
	if _, err := ix.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	total, err := ix.Len(t.Context())
	if err := errors.Join(err, ix.Close()); err != nil {
		t.Fatal(err)
	}
	// zstd's mark starts each block. The segment is the one that is published:
	// in the writer's store, those from before it may still lie.
	path := filesMatching(t, dir, "generations/*/store/*.zap")[0]
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	at := strings.Index(string(b), "\x28\xb5\x2f\xfd")
	f, err := os.OpenFile(path, os.O_RDWR, 0) // all names of it
	if err == nil {
		_, err = f.WriteAt([]byte{b[at+9] ^ 0x10}, int64(at+9))
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	if r, err := index.Check(t.Context(), dir); err != nil || r.Whole() {
		t.Fatalf("check: %+v, %v", r, err)
	}
	r, err := index.Repair(t.Context(), dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Lost) == 0 || r.Articles+len(r.Lost) != total || r.Unsure {
		t.Fatalf("%d articles of %d, lost %v", r.Articles, total, r.Lost)
	}
	again := open(t, dir, &index.Options{ReadOnly: true})
	for _, l := range r.Lost {
		if _, err := again.Get(t.Context(), l.ID); l.ID == "" || !errors.Is(err, index.ErrNotFound) {
			t.Errorf("%q: %v", l.ID, err)
		}
	}
}

func TestBackup(t *testing.T) {
	dir, want := makeMaintainIndex(t, 80)
	if err := os.WriteFile(filepath.Join(dir, "aliases.yaml"), []byte("aliases: []\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	writer := open(t, dir, nil) // backups are made beside it
	for _, name := range []string{"b", "b.tar", "b.tar.zst"} {
		t.Run(name, func(t *testing.T) {
			to := filepath.Join(t.TempDir(), name)
			b, err := index.WriteBackup(t.Context(), dir, to)
			if err != nil || b.Articles != 78 {
				t.Fatalf("%+v, %v", b, err)
			}
			if _, err := index.WriteBackup(t.Context(), dir, to); !errors.Is(err, os.ErrExist) {
				t.Errorf("over a backup: %v", err)
			}
			at := filepath.Join(t.TempDir(), "restored")
			if b, err := index.RestoreBackup(t.Context(), to, at, nil); err != nil || b.Articles != 78 {
				t.Fatalf("%+v, %v", b, err)
			}
			if got, err := ask(t, at); err != nil || got != want {
				t.Errorf("restored: %v", err)
			}
			if _, err := os.Stat(filepath.Join(at, "aliases.yaml")); err != nil {
				t.Error(err)
			}
			if _, err := index.RestoreBackup(t.Context(), to, at, nil); !errors.Is(err, os.ErrExist) {
				t.Errorf("over an index: %v", err)
			}
			b, err = index.RestoreBackup(t.Context(), to, at, &index.RestoreOptions{Force: true})
			if err != nil {
				t.Fatal(err)
			}
			if got, err := ask(t, b.Kept); err != nil || got != want {
				t.Errorf("what was there before: %v", err)
			}
			damagedBackup(t, to)
		})
	}
	add(t, writer, corpus.Article{ID: "later", Body: "later"})
}

// damagedBackup damages a backup in some places, and wants each to be refused.
func damagedBackup(t *testing.T, backup string) {
	t.Helper()
	files := []string{backup}
	if info, err := os.Stat(backup); err != nil {
		t.Fatal(err)
	} else if info.IsDir() {
		files = append(filesMatching(t, backup, "store/*"), filepath.Join(backup, "MANIFEST"))
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, at := range []int{len(b) / 7, len(b) / 3, len(b) / 2} {
			bad := slices.Clone(b)
			bad[at] ^= 4
			if err := os.WriteFile(name, bad, 0o644); err != nil {
				t.Fatal(err)
			}
			to := filepath.Join(t.TempDir(), "never")
			if _, err := index.RestoreBackup(t.Context(), backup, to, nil); err == nil && !strings.HasSuffix(name, ".tar") {
				t.Errorf("%s with byte %d changed is restored", filepath.Base(name), at)
			} else if err != nil {
				if _, err := os.Stat(to); err == nil {
					t.Error("there is something in its place")
				}
			}
		}
		if err := os.WriteFile(name, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// Compacting gives space back; what a reader holds goes when it lets go.
func TestCompact(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "ix")
	ix := open(t, dir, &index.Options{Topics: noRules(t)})
	articles := variedArticles(200)
	for range 4 {
		add(t, ix, articles...)
	}
	reader := open(t, dir, &index.Options{ReadOnly: true})
	want, err := answersOf(t.Context(), reader)
	if err != nil {
		t.Fatal(err)
	}
	if err := ix.Delete(t.Context(), articles[0].ID); err != nil {
		t.Fatal(err)
	}
	c, err := ix.Compact(t.Context())
	if err != nil || c.Before == 0 || c.After == 0 {
		t.Fatalf("%+v, %v", c, err)
	}
	s, err := ix.Stats(t.Context())
	if err != nil || len(s.Segments) != 1 || s.Segments[0].Deleted > 1 || s.Articles != 199 {
		t.Fatalf("%+v, %v", s, err)
	}
	held := 0
	for _, g := range s.Generations {
		if g.Held && !g.Current {
			held++
		}
	}
	if held != 1 && runtime.GOOS == "linux" {
		t.Errorf("%d generations are held: %+v", held, s.Generations)
	}
	if got, err := answersOf(t.Context(), reader); err != nil || got == want {
		t.Errorf("the reader goes on to the new generation: %v", err)
	}
	add(t, ix, articles[0])
	if c, err = ix.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s, err = ix.Stats(t.Context()); err != nil || len(s.Generations) > 2 {
		t.Errorf("%+v, %v", s.Generations, err)
	}
	if got, err := answersOf(t.Context(), reader); err != nil || got != want {
		t.Errorf("all articles again: %v", err)
	}
}

// An index of one segment is compacted too, if articles of it are deleted.
func TestCompactOneSegment(t *testing.T) {
	ix := open(t, filepath.Join(t.TempDir(), "ix"), &index.Options{Topics: noRules(t)})
	articles := variedArticles(100)
	add(t, ix, articles...)
	if _, err := ix.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, a := range articles[:60] {
		ids = append(ids, a.ID)
	}
	if err := ix.Delete(t.Context(), ids...); err != nil {
		t.Fatal(err)
	}
	if _, err := ix.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	s, err := ix.Stats(t.Context())
	if err != nil || len(s.Segments) != 1 || s.Segments[0].Deleted > 1 || s.Articles != 40 {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestStats(t *testing.T) {
	dir, _ := makeMaintainIndex(t, 40)
	ix := open(t, dir, nil)
	add(t, ix, corpus.Article{ID: "old", Title: "Old", Body: "one two three", Published: day("1400-01-01")})
	s, err := ix.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if s.Articles != 39 || s.WithTime+s.WithDay+s.Undated != 39 || s.Undated != 10 || s.OutOfRange != 1 || s.WithDay < 1 || s.Tokens < 300 || s.Written.IsZero() {
		t.Errorf("%+v", s)
	}
	if s.Files["segments"] == 0 || s.Sections["stored"] == 0 {
		t.Errorf("sizes: %v %v", s.Files, s.Sections)
	}
}

// A file that is cut short while it is open is damage, and ends no process.
func TestCutWhileOpen(t *testing.T) {
	dir, _ := makeMaintainIndex(t, 2000)
	ix := open(t, dir, &index.Options{ReadOnly: true})
	for _, name := range filesMatching(t, dir, "generations/*/store/*.zap") {
		if err := os.Truncate(name, 4096); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := answersOf(t.Context(), ix); !errors.Is(err, index.ErrDamaged) {
		t.Errorf("answers: %v", err)
	}
}

// A file of another that lies among segments is named, and gone when it is.
func TestStray(t *testing.T) {
	dir, want := makeMaintainIndex(t, 30)
	for _, store := range []string{filesMatching(t, dir, "work/store")[0], filesMatching(t, dir, "generations/*/store")[0]} {
		for _, name := range []string{"._0000001.zap", ".DS_Store", "Thumbs.db"} {
			if err := os.WriteFile(filepath.Join(store, name), []byte("x"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := ask(t, dir); err == nil || !strings.Contains(err.Error(), "._0000001.zap is no file of newsq; remove it") {
		t.Errorf("a reader: %v", err)
	}
	if _, err := index.Open(t.Context(), dir, nil); err == nil || !strings.Contains(err.Error(), "._0000001.zap is no file of newsq; remove it") {
		t.Errorf("a writer: %v", err)
	}
	removed("*/store/._*").do(t, dir)
	removed("*/*/store/._*").do(t, dir)
	if got, err := ask(t, dir); err != nil || got != want {
		t.Errorf("when it is gone: %v", err)
	}
	open(t, dir, nil)
}
