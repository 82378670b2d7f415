package index_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// learnWords are what articles of a number are made of: each subject has some of its own.
var learnWords = strings.Fields("missile launch deterrence sanctions inflation interest rates bank goal league season coach")

// learnArticles makes articles with ids from on. word is one that each of them has.
func learnArticles(from, n int, word string) []corpus.Article {
	list := make([]corpus.Article, n)
	for i := range list {
		number := from + i
		subject := 4 * (number % 3)
		body := fmt.Sprint("The ", learnWords[subject+number%4], " and the ", learnWords[subject+(number/4)%4], " of ", learnWords[subject+(number/16)%4], " ", word, ".")
		list[i] = corpus.Article{ID: fmt.Sprintf("a%05d", number), Title: "Report", Body: body}
	}
	return list
}

// learnedIn returns what an index has learned.
func learnedIn(t *testing.T, ix *index.Index) *index.Learned {
	t.Helper()
	s, err := ix.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s.Learned
}

// An index learns by itself with 300 articles, when it has grown by half, and when many
// new words came.
func TestLearnsByItself(t *testing.T) {
	ix := open(t, t.TempDir(), nil)
	add := func(n, from int, word string) *index.Learned {
		t.Helper()
		if err := ix.Add(t.Context(), learnArticles(from, n, word)...); err != nil {
			t.Fatal(err)
		}
		return learnedIn(t, ix)
	}
	if l := add(299, 0, "today"); l != nil {
		t.Errorf("with 299 articles: %+v", l)
	}
	first := add(1, 299, "today")
	if first == nil || first.Trained != 300 || first.Since != 0 || first.Damage != nil || first.Bytes == 0 {
		t.Fatalf("with 300 articles: %+v", first)
	}
	if l := add(149, 300, "today"); l == nil || l.Model != first.Model || l.Since != 149 {
		t.Errorf("with 449 articles: %+v, want that of 300", l)
	}
	second := add(1, 449, "today")
	if second == nil || second.Trained != 450 || second.Since != 0 {
		t.Errorf("with 450 articles: %+v", second)
	}
	unknown := strings.Repeat("zugzwang zeitgeist ", 4)
	if l := add(5, 450, unknown); l == nil || l.Model != second.Model {
		t.Errorf("with some new words: %+v, want that of 450", l)
	}
	if l := add(60, 455, unknown); l == nil || l.Trained != 515 {
		t.Errorf("with many new words: %+v", l)
	}
}

func TestNoLearn(t *testing.T) {
	ix := open(t, t.TempDir(), &index.Options{NoLearn: true})
	if err := ix.Add(t.Context(), learnArticles(0, 320, "today")...); err != nil {
		t.Fatal(err)
	}
	if l := learnedIn(t, ix); l != nil {
		t.Errorf("learned %+v", l)
	}
	r, err := ix.Learn(t.Context(), nil)
	if err != nil || r.Trained != 320 || r.Model != learnedIn(t, ix).Model {
		t.Errorf("learn: %+v, %v", r, err)
	}
}

// makeLearned makes an index that has learned, in segments of several batches, and
// returns its model.
func makeLearned(t *testing.T, dir string) (model string) {
	t.Helper()
	ix, err := index.Open(t.Context(), dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, from := range []int{0, 200, 310} {
		if err := ix.Add(t.Context(), learnArticles(from, 110+from%100*9, "today")...); err != nil {
			t.Fatal(err)
		}
	}
	l := learnedIn(t, ix)
	if l == nil {
		t.Fatal("it has learned nothing")
	}
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	return l.Model
}

// wholeWith checks that an index is whole, finds its articles, and has learned a model.
func wholeWith(t *testing.T, dir, model string) {
	t.Helper()
	if r, err := index.Check(t.Context(), dir); err != nil || !r.Whole() || len(r.Notes) > 0 {
		t.Errorf("check: %+v, %v", r, err)
	}
	ix := open(t, dir, &index.Options{ReadOnly: true})
	if l := learnedIn(t, ix); l == nil || model != "" && l.Model != model || l.Damage != nil {
		t.Errorf("learned %+v, want %s", l, model)
	}
	finds(t, ix)
}

// finds searches by words.
func finds(t *testing.T, ix *index.Index) {
	t.Helper()
	res, err := ix.Search(t.Context(), index.Query{Text: "missile launch"})
	if err != nil || res.Total == 0 {
		t.Fatalf("search: %+v, %v", res, err)
	}
	told := slices.ContainsFunc(res.Warnings, func(w string) bool { return strings.Contains(w, "damaged") })
	if told != (res.RankedBy == index.RankWords) {
		t.Errorf("ranked by %v, with the warnings %q", res.RankedBy, res.Warnings)
	}
}

// vectorFiles returns the models and the vectors in the generations of an index.
func vectorFiles(t *testing.T, dir string) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "generations", "*", "vectors", "*"))
	if err != nil || len(paths) < 2 {
		t.Fatalf("vectors %v, %v", paths, err)
	}
	return paths
}

// Damage of vectors is named, searches go on, by words and with a warning, and learning mends it; so does a
// repair.
func TestDamagedVectors(t *testing.T) {
	sound := filepath.Join(t.TempDir(), "ix")
	model := makeLearned(t, sound)
	wholeWith(t, sound, model)
	harms := map[string]func(path string) error{
		"missing": os.Remove,
		"cut":     func(path string) error { return os.Truncate(path, 100) },
		"changed": func(path string) error {
			b, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			b[len(b)/3] ^= 4
			return os.WriteFile(path, b, 0o600)
		},
	}
	for i := range vectorFiles(t, sound) {
		for name, harm := range harms {
			dir := filepath.Join(t.TempDir(), "ix")
			if err := os.CopyFS(dir, os.DirFS(sound)); err != nil {
				t.Fatal(err)
			}
			path := vectorFiles(t, dir)[i]
			if err := harm(path); err != nil {
				t.Fatal(err)
			}
			if !namesFile(t, dir, path) {
				t.Errorf("%s, %s: a check doesn't name it", path, name)
			}
			if _, err := index.WriteBackup(t.Context(), dir, filepath.Join(t.TempDir(), "b.tar")); !errors.Is(err, index.ErrDamaged) || !strings.Contains(err.Error(), path) {
				t.Errorf("%s, %s: a backup says %v", path, name, err)
			}
			ix, err := index.Open(t.Context(), dir, nil)
			if err != nil {
				t.Fatalf("%s, %s: %v", path, name, err)
			}
			finds(t, ix)
			if _, err := ix.Learn(t.Context(), nil); err != nil {
				t.Errorf("%s, %s: learn: %v", path, name, err)
			}
			if err := ix.Close(); err != nil {
				t.Error(err)
			}
			wholeWith(t, dir, model)
		}
	}
}

// A model is read where a search needs it, and damage is met there.
func TestDamagedModel(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "ix")
	makeLearned(t, dir)
	at := slices.IndexFunc(vectorFiles(t, dir), func(path string) bool { return filepath.Ext(path) == ".model" })
	path := vectorFiles(t, dir)[at]
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const page = 4 << 10
	for at := page; at < len(b)-page; at += page {
		b[at] ^= 1 // all pages but the first and the last, which are whole
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	ix := open(t, dir, nil)
	res, err := ix.Search(t.Context(), index.Query{Text: "missile launch"})
	if err != nil || res.Total == 0 || res.RankedBy != index.RankWords || len(res.Warnings) != 1 || !strings.Contains(res.Warnings[0], path) {
		t.Errorf("by words: %+v, %v", res, err)
	}
	if _, err := ix.Search(t.Context(), index.Query{Text: "missile launch", Rank: index.RankBlend}); !errors.Is(err, index.ErrDamaged) || !strings.Contains(err.Error(), path) {
		t.Errorf("by a blend: %v", err)
	}
	if res, err := ix.Search(t.Context(), index.Query{Text: "neverseenword OR launch -missile", Rank: index.RankWords}); err != nil || len(res.Warnings) > 0 {
		t.Errorf("by words alone: %v, %v", res.Warnings, err)
	}
}

// A repair mends vectors as it mends the rest.
func TestRepairOfVectors(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "ix")
	model := makeLearned(t, dir)
	for _, path := range vectorFiles(t, dir) {
		if filepath.Ext(path) != ".vec" {
			continue
		}
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		b[7] ^= 1
		if err := os.WriteFile(path, b, 0o600); err != nil { // in the folder of the writer too
			t.Fatal(err)
		}
	}
	if r, err := index.Repair(t.Context(), dir, nil); err != nil || !r.Whole || r.Articles != 420 {
		t.Errorf("repair: %+v, %v", r, err)
	}
	wholeWith(t, dir, model)
}

// A backup, an index made again and a copy have what was learned.
func TestLearnedIsKept(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "ix")
	model := makeLearned(t, dir)
	for _, name := range []string{"folder", "b.tar", "b.tar.zst"} {
		backup, again := filepath.Join(t.TempDir(), name), filepath.Join(t.TempDir(), "again")
		if _, err := index.WriteBackup(t.Context(), dir, backup); err != nil {
			t.Fatal(err)
		}
		if _, err := index.RestoreBackup(t.Context(), backup, again, nil); err != nil {
			t.Fatal(err)
		}
		wholeWith(t, again, model)
	}
	copied := filepath.Join(t.TempDir(), "copy")
	if _, err := index.Copy(t.Context(), dir, copied, nil); err != nil {
		t.Fatal(err)
	}
	wholeWith(t, copied, "")
	if _, err := index.Rebuild(t.Context(), dir, nil); err != nil {
		t.Fatal(err)
	}
	wholeWith(t, dir, model)
	ix := open(t, dir, nil)
	if _, err := ix.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	if l := learnedIn(t, ix); l == nil || l.Model != model || l.Damage != nil {
		t.Errorf("after compacting: %+v", l)
	}
}

// What a crash leaves among the vectors does no harm, and goes away.
func TestLeftoverVectors(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "ix")
	model := makeLearned(t, dir)
	writer := filepath.Join(dir, "work", "vectors")
	kept, err := os.ReadDir(writer)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range kept {
		if err := os.Remove(filepath.Join(writer, n.Name())); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"000000000001-0123456789abcdef.vec.tmp", "x.model.tmp"} {
		if err := os.WriteFile(filepath.Join(writer, name), []byte("half of it"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ix := open(t, dir, nil)
	if err := ix.Add(t.Context(), learnArticles(1000, 1, "today")...); err != nil {
		t.Fatal(err)
	}
	if l := learnedIn(t, ix); l == nil || l.Model != model || l.Since != 1 || l.Damage != nil {
		t.Errorf("learned %+v", l)
	}
	left, err := filepath.Glob(filepath.Join(writer, "*.tmp"))
	if err != nil || slices.ContainsFunc(left, func(string) bool { return true }) {
		t.Errorf("left are %v, %v", left, err)
	}
}
