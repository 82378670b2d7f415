package index_test

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// toldOnce holds what saved searches tell of an index to what searches find in it.
type toldOnce struct {
	told map[string]bool // names of searches with ids that New told and that were marked
}

// addedTimes returns when each article of an index was added, and the last of these times.
func addedTimes(t *testing.T, ix *index.Index) (at map[string]time.Time, last time.Time) {
	t.Helper()
	at = map[string]time.Time{}
	for h, err := range ix.All(t.Context(), index.Query{Passages: -1}) {
		if err != nil {
			t.Fatal(err)
		}
		at[h.ID] = h.Article.Added
		if h.Article.Added.After(last) {
			last = h.Article.Added
		}
	}
	return at, last
}

// foundSince returns the ids of what a search finds and that was added later than a time.
func foundSince(t *testing.T, ix *index.Index, s *index.SavedSearch, added map[string]time.Time, since time.Time) (ids []string) {
	t.Helper()
	q := s.Query()
	q.IDsOnly = true
	for h, err := range ix.All(t.Context(), q) {
		if err != nil {
			t.Fatalf("%s: %v", s.Text, err)
		}
		if added[h.ID].After(since) {
			ids = append(ids, h.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

// sync syncs, and checks what the report tells of saved searches. What ctx ends is checked
// too: what was read until then is in the index.
func (o *toldOnce) sync(ctx context.Context, t *testing.T, ix *index.Index, src corpus.Source, prune bool) {
	t.Helper()
	_, before := addedTimes(t, ix)
	report, err := ix.Sync(ctx, src, &index.SyncOptions{Prune: prune})
	if err != nil && ctx.Err() == nil {
		t.Fatal(err)
	}
	o.checkReport(t, ix, report.Saved, before)
}

func (o *toldOnce) checkReport(t *testing.T, ix *index.Index, reported []index.SavedCount, before time.Time) {
	t.Helper()
	added, _ := addedTimes(t, ix)
	saved, err := ix.Saved(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var got, want []string
	for _, c := range reported {
		got = append(got, fmt.Sprintln(c.Search.Name, c.Added, c.New, c.Err))
	}
	for i := range saved {
		s := &saved[i]
		all := foundSince(t, ix, s, added, s.Seen)
		n := 0
		for _, id := range all {
			if added[id].After(before) {
				n++
			}
		}
		if n > 0 {
			want = append(want, fmt.Sprintln(s.Name, n, len(all), nil))
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what a sync tells differs from what is found (-want +got):\n%s", diff)
	}
}

// read reads what is new in a search and marks it as seen.
func (o *toldOnce) read(t *testing.T, ix *index.Index, name string) {
	t.Helper()
	s, err := ix.SavedNamed(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	added, _ := addedTimes(t, ix)
	want := foundSince(t, ix, &s, added, s.Seen)
	got := newIDs(t, ix, name, true)
	if !slices.Equal(got, want) {
		t.Errorf("%s: new are %v, want %v", s.Text, got, want)
	}
	for _, id := range got {
		if key := name + " " + id; o.told[key] {
			t.Errorf("%s: %s is told again", s.Text, id)
		} else {
			o.told[key] = true
		}
	}
}

// savedWords are the words of random articles and queries.
var savedWords = []string{"grain", "wheat", "ferry", "harbour", "strike", "rates"}

// saveRandom saves some searches.
func saveRandom(t *testing.T, ix *index.Index, r *rand.Rand) (names []string) {
	t.Helper()
	for i, form := range []string{"%s", "%s %s", "%s OR %s", "%s -%s", `"%s %s"`, "title:%s", "NOT %s", "%.3s*", "*"} {
		words := []any{savedWords[r.IntN(len(savedWords))], savedWords[r.IntN(len(savedWords))]}
		s := index.SavedSearch{Name: fmt.Sprint("s", i), Text: fmt.Sprintf(form, words[:strings.Count(form, "%")]...)}
		if r.IntN(3) == 0 {
			s.Filters = []index.Filter{{Facet: index.FacetSource, Values: []string{"Harbour Review"}, Not: r.IntN(2) == 0}}
		}
		if err := ix.Save(t.Context(), s); err != nil {
			t.Fatalf("%s: %v", s.Text, err)
		}
		names = append(names, s.Name)
	}
	return names
}

// randomFolder changes files: new ones come, old ones are written anew or go. No id comes
// twice.
type randomFolder struct {
	dir   string
	next  int
	files []string
}

func (f *randomFolder) change(t *testing.T, r *rand.Rand, articles int) {
	t.Helper()
	if len(f.files) > 1 && r.IntN(2) == 0 {
		i := r.IntN(len(f.files))
		if err := os.Remove(f.files[i]); err != nil {
			t.Fatal(err)
		}
		f.files = slices.Delete(f.files, i, i+1)
	}
	if len(f.files) > 0 && r.IntN(2) == 0 { // other words for articles that were there
		name := f.files[r.IntN(len(f.files))]
		old, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		turned := strings.NewReplacer("grain", "ferry", "ferry", "wheat", "wheat", "grain").Replace(string(old))
		if err := os.WriteFile(name, []byte(turned+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var b strings.Builder
	for range 1 + r.IntN(articles) {
		f.next++
		word := func() string { return savedWords[r.IntN(len(savedWords))] }
		fmt.Fprintf(&b, `{"id":"n%d","title":"%s %s","body":"%s %s %d","source":%q}`+"\n",
			f.next, word(), word(), word(), word(), f.next, []string{"Harbour Review", "Grain Post"}[r.IntN(2)])
	}
	name := filepath.Join(f.dir, fmt.Sprintf("f%d.jsonl", f.next))
	if err := os.WriteFile(name, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	f.files = append(f.files, name)
}

func (f *randomFolder) source(t *testing.T) corpus.Source {
	t.Helper()
	src, err := corpus.Open(f.dir)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

// Whatever comes, changes and goes, and wherever a sync is stopped: a sync tells what a
// search finds then, and each article is told once.
func TestSyncTellsSavedSearches(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 0))
	rounds := 24
	if testing.Short() {
		rounds = 8
	}
	ix := open(t, t.TempDir(), &index.Options{NoLearn: true})
	o := &toldOnce{told: map[string]bool{}}
	folder := &randomFolder{dir: t.TempDir()}
	folder.change(t, r, 5)
	o.sync(t.Context(), t, ix, folder.source(t), false)
	names := saveRandom(t, ix, r)
	for range rounds {
		folder.change(t, r, 5)
		ctx, cancel := t.Context(), context.CancelFunc(func() {})
		if r.IntN(3) == 0 {
			ctx, cancel = context.WithTimeout(ctx, time.Duration(r.IntN(15_000))*time.Microsecond)
		}
		o.sync(ctx, t, ix, folder.source(t), r.IntN(2) == 0)
		cancel()
		for _, name := range names {
			if r.IntN(3) == 0 {
				o.read(t, ix, name)
			}
		}
		if t.Failed() {
			return
		}
	}
	o.sync(t.Context(), t, ix, folder.source(t), true)
	for _, name := range names {
		o.read(t, ix, name)
	}
}

// What is wrong with a saved search, or with all of them, ends no sync.
func TestSyncWithBrokenSavedSearches(t *testing.T) {
	dir := t.TempDir()
	ix := open(t, dir, &index.Options{NoLearn: true})
	folder := &randomFolder{dir: t.TempDir()}
	r := rand.New(rand.NewPCG(1, 1))
	setting := filepath.Join(dir, "saved.json")
	sync := func(content string) index.SyncReport {
		t.Helper()
		if err := os.WriteFile(setting, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		folder.change(t, r, 1)
		report, err := ix.Sync(t.Context(), folder.source(t), nil)
		if err != nil || report.Added != 1 {
			t.Fatalf("%d added, %v", report.Added, err)
		}
		return report
	}
	report := sync(`{"format":1,"searches":[{"name":"bad","query":"(oil"},{"name":"facet","filters":[{"Facet":"colour"}]},{"name":"all","query":"*"}]}`)
	if len(report.Saved) != 3 || report.Saved[0].Err == nil || report.Saved[1].Err == nil || report.Saved[2].Added != 1 {
		t.Errorf("told are %+v", report.Saved)
	}
	for _, content := range []string{`{"format":1,"searches":[`, `{"format":99}`, ``} {
		if report := sync(content); len(report.Saved) > 0 || len(report.Warnings) != 1 || !strings.Contains(report.Warnings[0], setting) {
			t.Errorf("with %q: %+v, warnings %q", content, report.Saved, report.Warnings)
		}
	}
}

// realSaved returns searches made of the words of titles.
func realSaved(articles []plainArticle, n int) (all []index.SavedSearch) {
	r := rand.New(rand.NewPCG(7, 7))
	for len(all) < n {
		words := strings.FieldsFunc(articles[r.IntN(len(articles))].Title, func(c rune) bool { return c < 'A' || c > 'z' })
		words = slices.DeleteFunc(words, func(w string) bool { return len(w) < 4 || strings.ContainsAny(w, "[]\\^_`") })
		if len(words) < 2 {
			continue
		}
		form := []string{"%s", "%s %s", `"%s %s"`, "title:%s", "%s -%s"}[len(all)%5]
		args := []any{strings.ToLower(words[0]), strings.ToLower(words[1])}
		all = append(all, index.SavedSearch{Name: fmt.Sprint("s", len(all)), Text: fmt.Sprintf(form, args[:strings.Count(form, "%")]...)})
	}
	return all
}

// A thousand searches over real articles: the sync of a part of them tells what searches
// find then.
func TestRealDataSyncTellsSavedSearches(t *testing.T) {
	content := filepath.Join(benchData(t, "allsides"), "articles.jsonl.gz")
	articles := plainArticles(t)
	dir := t.TempDir()
	at := t.TempDir()
	ix := open(t, at, &index.Options{NoLearn: true, NoCopies: true})
	o := &toldOnce{told: map[string]bool{}}
	half := len(articles) / 2
	writeLines(t, content, filepath.Join(dir, "one.jsonl"), 0, half)
	src, err := corpus.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ix.Sync(t.Context(), src, nil); err != nil {
		t.Fatal(err)
	}
	saved := realSaved(articles, 1000)
	_, last := addedTimes(t, ix)
	for i := range saved { // Save would write the setting a thousand times
		saved[i].Seen, saved[i].SeenAt = last, time.Now()
	}
	setting, err := json.Marshal(map[string]any{"format": 1, "searches": saved})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(at, "saved.json"), setting, 0o600); err != nil {
		t.Fatal(err)
	}
	writeLines(t, content, filepath.Join(dir, "two.jsonl"), half, half+3000)
	o.sync(t.Context(), t, ix, src, false)
	for i := 0; i < len(saved); i += 50 {
		o.read(t, ix, saved[i].Name)
	}
}

// writeLines writes some lines of a compressed file.
func writeLines(t *testing.T, from, to string, first, last int) {
	t.Helper()
	f, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	out, err := os.Create(to)
	if err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(bufio.NewReaderSize(z, 1<<20))
	for n := range last {
		var line json.RawMessage
		if err := d.Decode(&line); err != nil {
			t.Fatal(err)
		}
		if n >= first {
			if _, err := out.Write(append(line, '\n')); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
}
