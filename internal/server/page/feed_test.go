package page

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/server/guard"
	"github.com/newsq/newsq/internal/server/problem"
)

// savedIn makes an index with saved searches in a folder.
func savedIn(t *testing.T, dir string, articles []corpus.Article, searches ...index.SavedSearch) *index.Index {
	t.Helper()
	ix, err := index.Open(t.Context(), dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	for _, a := range articles { // each has a time of its own
		if err := ix.Add(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range searches {
		if err := ix.Save(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	return ix
}

// askFeed asks for a feed, as readers do.
func askFeed(t *testing.T, h http.Handler, address string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	h.ServeHTTP(w, r)
	return w
}

// readBack reads a feed as newsq reads those of others.
func readBack(t *testing.T, feed string) []corpus.Article {
	t.Helper()
	list, err := corpus.Parse("feed.atom", []byte(feed))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

var grain = []corpus.Article{
	{
		ID: "a/1", Title: `Grain & "wheat" <i>rise`, Body: "The port was closed. Prices of grain & wheat rose by 5 < 6 percent.\x01", Source: "Meridian Review", Authors: []string{"Ada Okoye"},
		URL: "https://example.org/a?x=1&y=2", Published: time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC), Language: "en",
	},
	{ID: "b", Title: "Ferry", Body: "No cargo."},
	{ID: "c", Title: "Harvest of grain", Source: "Harbour Post", Published: time.Date(2020, 1, 2, 0, 0, 0, 0, time.UTC)},
}

// A feed has what the search finds, those first that came in last, and is read back.
func TestFeed(t *testing.T) {
	ix := savedIn(t, filepath.Join(t.TempDir(), "ix"), grain, index.SavedSearch{Name: "grain", Text: "grain"}, index.SavedSearch{Name: "größe.1", Text: "ferry"})
	h := New(Options{Index: ix})
	w := askFeed(t, h, "http://news.example/saved/grain.atom")
	if kind := w.Header().Get("Content-Type"); w.Code != http.StatusOK || kind != "application/atom+xml; charset=utf-8" {
		t.Fatalf("%d as %s: %s", w.Code, kind, w.Body)
	}
	got := readBack(t, w.Body.String())
	if len(got) != 2 {
		t.Fatalf("the feed has %d entries\n%s", len(got), w.Body)
	}
	first, last := &got[0], &got[1]
	if first.Title != "Harvest of grain" || first.Source != "Harbour Post" || !first.Published.Equal(grain[2].Published) {
		t.Errorf("the first entry is %+v", first)
	}
	if last.Title != grain[0].Title || last.Source != "Meridian Review" || !slices.Equal(last.Authors, grain[0].Authors) ||
		!strings.HasPrefix(last.URL, "http://news.example/a/a%2F1?") || !last.Published.Equal(grain[0].Published) ||
		!strings.Contains(last.Body+last.Summary, "Prices of grain & wheat rose by 5 < 6 percent.") {
		t.Errorf("the last entry is %+v\n%s", last, w.Body)
	}
	for _, want := range []string{
		`<link rel="self" type="application/atom+xml" href="http://news.example/saved/grain.atom">`, `<link rel="via" href="https://example.org/a?x=1&amp;y=2"`,
		"&lt;b&gt;grain&lt;/b&gt;",
	} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("the feed has no %s\n%s", want, w.Body)
		}
	}
	if w := askFeed(t, h, "/saved/gr%C3%B6%C3%9Fe.1.atom"); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "/saved/gr%C3%B6%C3%9Fe.1.atom") {
		t.Errorf("a name with other letters: %d %s", w.Code, w.Body)
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://news.example/saved/grain.atom", nil)
	r.Header.Set("X-Forwarded-Proto", "https")
	secure := httptest.NewRecorder()
	h.ServeHTTP(secure, r)
	if !strings.Contains(secure.Body.String(), `href="https://news.example/saved/grain.atom"`) {
		t.Errorf("behind TLS the feed is\n%s", secure.Body)
	}
}

// A feed stays the same, byte for byte, until what it says changes.
func TestFeedStays(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "ix")
	ix := savedIn(t, dir, grain, index.SavedSearch{Name: "grain", Text: "grain"})
	h := New(Options{Index: ix})
	first := askFeed(t, h, "/saved/grain.atom")
	tag := first.Header().Get("ETag")
	if w := askFeed(t, h, "/saved/grain.atom", "If-None-Match", tag); w.Code != http.StatusNotModified || w.Body.Len() > 0 {
		t.Errorf("with its tag: %d %s", w.Code, w.Body)
	}
	if _, err := http.ParseTime(first.Header().Get("Last-Modified")); err != nil {
		t.Error(err)
	}
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	ix = savedIn(t, dir, nil)
	h = New(Options{Index: ix})
	if again := askFeed(t, h, "/saved/grain.atom"); again.Body.String() != first.Body.String() || again.Header().Get("ETag") != tag {
		t.Errorf("opened again, the feed is\n%s\nand was\n%s", again.Body, first.Body)
	}
	if err := ix.Add(t.Context(), corpus.Article{ID: "d", Title: "Grain ships"}); err != nil {
		t.Fatal(err)
	}
	w := askFeed(t, h, "/saved/grain.atom", "If-None-Match", tag, "If-Modified-Since", time.Now().Add(time.Hour).UTC().Format(http.TimeFormat))
	if w.Code != http.StatusOK || len(readBack(t, w.Body.String())) != 3 {
		t.Errorf("with a new article: %d %s", w.Code, w.Body)
	}
}

// Who asks for what is no feed is told what is wrong.
func TestFeedProblems(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "ix")
	ix := savedIn(t, dir, grain, index.SavedSearch{Name: "grain", Text: "grain"})
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "saved.json")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(b), `"query": "grain"`, `"query": "(grain"`, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	h := New(Options{Index: savedIn(t, dir, nil)})
	for _, test := range []struct {
		address, says string
		status        int
	}{
		{"/saved/grain.atom", "the saved search \\\"grain\\\" can't be asked", http.StatusBadRequest},
		{"/saved/none.atom", "there is no saved search \\\"none\\\"", http.StatusNotFound},
		{"/saved/grain.atom?limit=3", "is no parameter of a feed", http.StatusBadRequest},
	} {
		w := askFeed(t, h, test.address)
		if w.Code != test.status || w.Header().Get("Content-Type") != problem.ContentType || !strings.Contains(w.Body.String(), test.says) {
			t.Errorf("%s: %d %s", test.address, w.Code, w.Body)
		}
	}
	if w := get(t, h, "/saved/grain"); w.Code != http.StatusBadRequest {
		t.Errorf("the page of it: %d", w.Code)
	}
	list := get(t, h, "/saved")
	if text := list.Body.String(); list.Code != http.StatusOK || !strings.Contains(text, "be asked") {
		t.Errorf("the list: %d %s", list.Code, text)
	}
}

// What is wrong with the file of saved searches is for the log, which may name its place.
func TestSavedFileThatCannotBeRead(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "ix")
	ix := savedIn(t, dir, grain, index.SavedSearch{Name: "grain", Text: "grain"})
	for _, content := range []string{"{", `{"format": 99}`, `{"format": "x"}`} {
		if err := os.WriteFile(filepath.Join(dir, "saved.json"), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		var told error
		h := New(Options{Index: ix, Report: func(_ *http.Request, err error) { told = err }})
		for _, address := range []string{"/saved", "/saved/grain", "/saved/grain.atom", "/"} {
			told = nil
			status := http.StatusInternalServerError
			if address == "/" { // which goes without them
				status = http.StatusOK
			}
			if w := askFeed(t, h, address); w.Code != status || strings.Contains(w.Body.String(), dir) || told == nil {
				t.Errorf("%s with %s: %d, told %v: %s", address, content, w.Code, told, w.Body)
			}
		}
	}
}

// A saved search has a page with its feed, the list has all of them, and the start page
// leads to the list.
func TestSavedPages(t *testing.T) {
	ix := savedIn(t, filepath.Join(t.TempDir(), "ix"), grain, index.SavedSearch{Name: "grain", Text: "grain"}, index.SavedSearch{Name: "x.atom", Text: "ferry"})
	h := New(Options{Index: ix, FeedKey: func(path string) string { return "K" + strings.ReplaceAll(path, "/", "_") }})
	feed := "/saved/grain.atom?" + guard.FeedParameter + "=K_saved_grain.atom"
	shown := get(t, h, "/saved/grain")
	text := shown.Body.String()
	if hits := shown.elements("li.hit"); shown.Code != http.StatusOK || len(hits) != 2 {
		t.Errorf("%d with %d hits", shown.Code, len(hits))
	}
	for _, want := range []string{`<link rel="alternate" type="application/atom+xml" title="grain – newsq" href="` + feed + `">`, "Saved search", "added "} {
		if !strings.Contains(text, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	if err := ix.Add(t.Context(), corpus.Article{ID: "d", Title: "Grain ships"}); err != nil {
		t.Fatal(err)
	}
	list := get(t, h, "/saved").Body.String()
	for _, want := range []string{"2 saved searches", "1 new", `href="/saved/grain"`, feed, `href="/?q=ferry`, `/saved/x.atom.atom?`} {
		if !strings.Contains(list, want) {
			t.Errorf("the list has no %s\n%s", want, list)
		}
	}
	if start := get(t, h, "/").Body.String(); !strings.Contains(start, `<a href="/saved">2 saved searches</a>`) {
		t.Error("the start page doesn't lead to the saved searches")
	}
	if none := get(t, New(Options{Index: samples(t)}), "/saved"); none.Code != http.StatusOK || !strings.Contains(none.Body.String(), "There are no saved searches") {
		t.Errorf("without any: %d %s", none.Code, none.Body)
	}
}
