package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/corpus/sample"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/server/ask"
	"github.com/newsq/newsq/internal/server/problem"
	"github.com/newsq/newsq/internal/wire"
)

// newIndex makes an index of the sample articles, and opens it for reading.
func newIndex(t *testing.T) *index.Index {
	t.Helper()
	dir := t.TempDir()
	if err := sample.Write(filepath.Join(dir, "articles")); err != nil {
		t.Fatal(err)
	}
	src, err := corpus.Open(filepath.Join(dir, "articles"))
	if err != nil {
		t.Fatal(err)
	}
	ix, err := index.Open(t.Context(), filepath.Join(dir, "index"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ix.Sync(t.Context(), src, nil); err != nil {
		t.Fatal(err)
	}
	if err := ix.Save(t.Context(), index.SavedSearch{Name: "sanctions", Text: "sanctions", Filters: []index.Filter{{Facet: index.FacetLang, Values: []string{"en"}}}}); err != nil {
		t.Fatal(err)
	}
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	if ix, err = index.Open(t.Context(), filepath.Join(dir, "index"), &index.Options{ReadOnly: true}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	return ix
}

// get asks a handler, and reads its answer into a value.
func get(t *testing.T, h http.Handler, address string, into any) *http.Response {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, address, nil))
	res := w.Result()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, into); err != nil {
		t.Fatalf("%s answers %s", address, b)
	}
	return res
}

func TestSearch(t *testing.T) {
	h := New(Options{Index: newIndex(t)})
	var found wire.Results
	res := get(t, h, "/api/v1/search?q=sanctions&limit=1", &found)
	if res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != "application/json" {
		t.Errorf("status %s, type %s", res.Status, res.Header.Get("Content-Type"))
	}
	if len(found.Hits) != 1 || found.Total < 2 || found.Query != "sanctions" || len(found.Facets["topic"]) == 0 || found.Cursor == "" {
		t.Fatalf("found %+v", found)
	}
	if found.Hits[0].Path != "" {
		t.Errorf("path %s is shown", found.Hits[0].Path)
	}
	var next wire.Results
	get(t, h, "/api/v1/search?q=sanctions&limit=1&cursor="+found.Cursor, &next)
	if len(next.Hits) != 1 || next.Hits[0].Rank != 2 || next.Hits[0].ID == found.Hits[0].ID {
		t.Errorf("the next page is %+v", next)
	}
	get(t, New(Options{Index: newIndex(t), ShowPaths: true}), "/api/v1/search?q=sanctions", &found)
	if !strings.Contains(found.Hits[0].Path, "articles") {
		t.Errorf("path %q", found.Hits[0].Path)
	}
}

func TestProblems(t *testing.T) {
	h := New(Options{Index: newIndex(t)})
	for _, tt := range []struct {
		address, kind string
		status        int
		says          string
	}{
		{"/api/v1/search?limt=1", problem.Parameter, 400, "limt"},
		{"/api/v1/search?q=oil+(gas", problem.Syntax, 400, "unclosed"},
		{"/api/v1/search?q=oil&cursor=abc", problem.Query, 400, "cursor"},
		{"/api/v1/search?q=oil&rank=blend", problem.NoVectors, 422, "vectors"},
		{"/api/v1/searches", problem.NotFound, 404, "/api/v1/searches"},
	} {
		var got problem.Problem
		res := get(t, h, tt.address, &got)
		if got.Type != tt.kind || res.StatusCode != tt.status || got.Status != tt.status || !strings.Contains(got.Detail, tt.says) ||
			res.Header.Get("Content-Type") != problem.ContentType {
			t.Errorf("%s: %s, %+v", tt.address, res.Status, got)
		}
	}
	var got problem.Problem
	get(t, h, "/api/v1/search?q=%C3%A9t%C3%A9+(gas+oil", &got)
	if want := (problem.Place{Start: 6, End: 10, StartCharacters: 4, EndCharacters: 8, Column: 5}); got.Place == nil || *got.Place != want {
		t.Errorf("place %+v", got.Place)
	}
	if got.Query != "été (gas oil" || got.Hint == "" {
		t.Errorf("%+v", got)
	}
	get(t, h, "/api/v1/search?limt=1", &got)
	if got.Nearest != "limit" || got.Parameter != "limt" {
		t.Errorf("%+v", got)
	}
}

// newIndexOf makes an index of articles, and opens it for reading too.
func newIndexOf(t *testing.T, articles ...corpus.Article) (reader, writer *index.Index) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "index")
	w, err := index.Open(t.Context(), dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	if err := w.Add(t.Context(), articles...); err != nil {
		t.Fatal(err)
	}
	r, err := index.Open(t.Context(), dir, &index.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r, w
}

func TestPassagesOfAnArticle(t *testing.T) {
	const odd = `a"b\c”d*`
	r, _ := newIndexOf(t,
		corpus.Article{ID: odd, Title: "Oil", Body: "The price of oil fell. Nobody knows why.\n\nGas is dear."},
		corpus.Article{ID: "other", Title: "Oil", Body: "Oil and gas."})
	h := New(Options{Index: r})
	for query, want := range map[string]int{"gas": 1, "gas zebra": 1, "zebra": 0, "NOT oil": 0, "oil OR zebra": 1, "*": 1} {
		var found wire.Results
		get(t, h, "/api/v1/articles/"+url.PathEscape(odd)+"/passages?q="+url.QueryEscape(query), &found)
		if found.Total != want || found.Query != query {
			t.Errorf("%s: %+v", query, found)
		}
		if want == 1 && (found.Hits[0].ID != odd || query == "gas" && found.Hits[0].Snippets[0].Text != "Gas is dear.") {
			t.Errorf("%s: %+v", query, found.Hits)
		}
	}
	var p problem.Problem
	get(t, h, "/api/v1/articles/other/passages?q=gas+(oil", &p)
	if p.Place == nil || p.Place.Start != 4 || p.Query != "gas (oil" {
		t.Errorf("%+v", p)
	}
	get(t, h, "/api/v1/articles/other/passages", &p)
	if p.Parameter != "q" || !strings.Contains(p.Detail, "missing") {
		t.Errorf("%+v", p)
	}
}

// What is under embargo is not there, whatever is asked.
func TestEmbargo(t *testing.T) {
	r, _ := newIndexOf(t,
		corpus.Article{ID: "now", Title: "Oil", Body: "Oil falls."},
		corpus.Article{ID: "later", Title: "Oil secret", Body: "Oil will rise.", Source: "Hidden Times", Handling: &corpus.Handling{Embargoed: true}})
	h := New(Options{Index: r})
	for _, address := range []string{
		"search?q=oil&facet=source", "search?q=oil&format=ndjson", "search?q=oil&format=csv", "search?q=secret", "articles/later", "articles/later/passages?q=oil", "articles/later/similar", "articles/now/similar", "articles/later/copies", "articles/now/copies",
		"topics", "facets?facet=source", "suggest?q=secr", "suggest?q=source:hid&complete=true", "analyze?q=oil", "stats",
		"timeline?q=oil&by=source", "compare?q=oil", "compare?of=hidden&of=times", "words?q=oil", "words?source=hidden", "gaps?min-articles=1",
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, Root+address, nil))
		body := strings.ReplaceAll(w.Body.String(), `"query":"secret"`, "")
		for _, word := range []string{"later", "Hidden", "rise", "embargo\"", "secret\","} {
			if strings.Contains(body, word) {
				t.Errorf("%s: %s", address, body)
				break
			}
		}
	}
}

func TestTags(t *testing.T) {
	r, w := newIndexOf(t, corpus.Article{ID: "a", Title: "Oil", Body: "Oil falls."})
	h := New(Options{Index: r, Version: "1"})
	request := func(h http.Handler, address, tag string) (int, string) {
		t.Helper()
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, Root+address, nil)
		if tag != "" {
			r.Header.Set("If-None-Match", tag)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code == http.StatusNotModified && w.Body.Len() > 0 {
			t.Errorf("%s: a body of %d bytes", address, w.Body.Len())
		}
		return w.Code, w.Header().Get("ETag")
	}
	for _, address := range []string{"search?q=oil", "articles/a", "topics", "stats", "suggest?q=oi", "search?q=date:2w"} {
		code, tag := request(h, address, "")
		if code != http.StatusOK || !strings.HasPrefix(tag, `W/"`) {
			t.Errorf("%s: %d, tag %s", address, code, tag)
		}
		for _, header := range []string{tag, strings.TrimPrefix(tag, "W/"), `"x", ` + tag, "*"} {
			if code, _ := request(h, address, header); code != http.StatusNotModified {
				t.Errorf("%s with %s: %d", address, header, code)
			}
		}
		if code, _ := request(h, address, `"x"`); code != http.StatusOK {
			t.Errorf("%s with another tag: %d", address, code)
		}
		if code, other := request(New(Options{Index: r, Version: "2"}), address, tag); code != http.StatusOK || other == tag {
			t.Errorf("%s of another version: %d, %s", address, code, other)
		}
	}
	_, before := request(h, "search?q=oil", "")
	if _, far := request(h, "search?q=oil&timezone=Pacific%2FKiritimati", ""); far == "" {
		t.Error("no tag in another time zone")
	}
	if err := w.Add(t.Context(), corpus.Article{ID: "b", Title: "Gas"}); err != nil {
		t.Fatal(err)
	}
	if code, after := request(h, "search?q=oil", before); code != http.StatusOK || after == before {
		t.Errorf("after a write: %d, %s", code, after)
	}
	// What depends on the time of day has none.
	for _, address := range []string{"search?q=oil&recency=90d", "search?q=oil&since=2h", "search?q=date:2h", "search?q=since:%223+hours%22"} {
		if code, tag := request(h, address, "*"); code != http.StatusOK || tag != "" {
			t.Errorf("%s: %d, tag %s", address, code, tag)
		}
	}
}

func TestStreams(t *testing.T) {
	var articles []corpus.Article
	for i := range 2500 {
		articles = append(articles, corpus.Article{ID: fmt.Sprint("a", i), Title: "Oil", Body: "Oil falls.", Path: "/srv/a"})
	}
	r, _ := newIndexOf(t, articles...)
	s := httptest.NewServer(New(Options{Index: r}))
	defer s.Close()
	get := func(address, accept string) (*http.Response, string, error) {
		t.Helper()
		r, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+Root+address, nil)
		r.Header.Set("Accept", accept)
		res, err := s.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		b, err := io.ReadAll(res.Body)
		return res, string(b), err
	}
	res, lines, err := get("search?q=oil", "application/x-ndjson")
	if n := strings.Count(lines, "\n"); err != nil || n != 2500 || res.Header.Get(totalHeader) != "2500" || res.Header.Get("Content-Type") != ndjsonType {
		t.Errorf("%d lines, %v, %v", n, res.Header, err)
	}
	if strings.Contains(lines, "/srv/a") {
		t.Error("paths are shown")
	}
	res, lines, err = get("search?q=oil", "text/csv, */*")
	if n := strings.Count(lines, "\n"); err != nil || n != 2501 || !strings.HasPrefix(res.Header.Get("Content-Type"), csvType) {
		t.Errorf("%d lines, %v, %v", n, res.Header, err)
	}
	if res, _, _ = get("search?q=oil+zebra", "text/csv"); res.Header.Get(relaxedHeader) != "true" {
		t.Errorf("%v", res.Header)
	}
	for address, status := range map[string]int{"search?q=(oil": 400, "search?q=oil&limit=5": 400, "search?q=oil&cursor=x": 400} {
		if res, body, _ := get(address, "application/x-ndjson"); res.StatusCode != status || res.Header.Get("Content-Type") != problem.ContentType {
			t.Errorf("%s: %s %s", address, res.Status, body)
		}
	}
	if res, body, _ := get("topics", "text/csv"); res.StatusCode != http.StatusNotAcceptable {
		t.Errorf("%s %s", res.Status, body)
	}
	if res, body, _ := get("topics", "text/html,application/xhtml+xml,*/*;q=0.8"); res.StatusCode != http.StatusOK {
		t.Errorf("%s %s", res.Status, body)
	}
}

// Whoever reads a stream notices that it was cut off.
func TestStreamThatFails(t *testing.T) {
	r, _ := newIndexOf(t, corpus.Article{ID: "a", Title: "Oil"})
	broken := errors.New("a disk broke")
	for _, encoding := range []string{"identity", "gzip"} {
		for _, format := range []string{ask.NDJSON, ask.CSV} {
			reported := make(chan error, 1)
			a := newAPI(Options{Index: r, Report: func(_ *http.Request, err error) { reported <- err }})
			a.all = func(context.Context, index.Query) iter.Seq2[index.Hit, error] {
				return func(yield func(index.Hit, error) bool) {
					for i := range 3000 {
						if !yield(index.Hit{Rank: i + 1, ID: fmt.Sprint(i), Article: &corpus.Article{ID: fmt.Sprint(i), Title: "Oil"}}, nil) {
							return
						}
					}
					yield(index.Hit{}, broken)
				}
			}
			s := httptest.NewServer(a.handler())
			request, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+Root+"search?q=oil&format="+format, nil)
			request.Header.Set("Accept-Encoding", encoding)
			res, err := s.Client().Do(request)
			if err != nil {
				t.Fatal(err)
			}
			if n, err := io.Copy(io.Discard, res.Body); err == nil {
				t.Errorf("%s, %s: nothing is amiss behind %d bytes", encoding, format, n)
			}
			if err := <-reported; !errors.Is(err, broken) {
				t.Errorf("%s, %s: reported %v", encoding, format, err)
			}
			res.Body.Close()
			s.Close()
		}
	}
}

func TestCompressed(t *testing.T) {
	h := New(Options{Index: newIndex(t)})
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, Root+"search?q=sanctions", nil)
	r.Header.Set("Accept-Encoding", "gzip")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Header().Get("Content-Encoding") != "gzip" || !strings.Contains(strings.Join(w.Header().Values("Vary"), ","), "Accept-Encoding") {
		t.Errorf("%v", w.Header())
	}
}

func TestSimilar(t *testing.T) {
	h := New(Options{Index: newIndex(t)})
	var found wire.Similar
	if res := get(t, h, "/api/v1/articles/meridian-2024-02/similar?limit=2", &found); res.StatusCode != http.StatusOK || len(found.Hits) == 0 || len(found.Hits) > 2 || found.ID != "meridian-2024-02" {
		t.Fatalf("%s %+v", res.Status, found)
	}
	for _, hit := range found.Hits {
		if hit.Path != "" || hit.ID == found.ID {
			t.Errorf("%+v", hit)
		}
	}
	var p problem.Problem
	if res := get(t, h, "/api/v1/articles/meridian-2024-02/similar?earlier=1&later=1", &p); res.StatusCode != http.StatusBadRequest || p.Parameter != "earlier" {
		t.Errorf("%s %+v", res.Status, p)
	}
	if res := get(t, h, "/api/v1/articles/none/similar", &p); res.StatusCode != http.StatusNotFound {
		t.Errorf("%s %+v", res.Status, p)
	}
}

func TestQuotations(t *testing.T) {
	h := New(Options{Index: newIndex(t)})
	var found wire.Quotations
	if res := get(t, h, "/api/v1/quotations?limit=3", &found); res.StatusCode != http.StatusOK || len(found.Quotations) == 0 || len(found.Quotations) > 3 {
		t.Fatalf("%s %+v", res.Status, found)
	}
	for _, q := range found.Quotations {
		if q.Path != "" || q.Text == "" || q.ID == "" {
			t.Errorf("%+v", q)
		}
	}
	var p problem.Problem
	if res := get(t, h, "/api/v1/quotations?q=war+source:x", &p); res.StatusCode != http.StatusBadRequest {
		t.Errorf("%s %+v", res.Status, p)
	}
	if res := get(t, h, "/api/v1/quotations?limit=201", &p); res.StatusCode != http.StatusBadRequest || p.Parameter != "limit" {
		t.Errorf("%s %+v", res.Status, p)
	}
	if res := get(t, h, "/api/v1/quotations?by=nobody", &found); res.StatusCode != http.StatusOK || len(found.Quotations) != 0 {
		t.Errorf("%s %+v", res.Status, found)
	}
}

// Who is told to come again is told when.
func TestBusy(t *testing.T) {
	reported := 0
	h := New(Options{
		Index: newIndex(t), Report: func(*http.Request, error) { reported++ },
		Take: func(context.Context) (func(), error) { return nil, problem.New(problem.Busy, "busy", "") },
	})
	for _, address := range []string{"search?q=oil", "search?q=oil&format=csv", "topics", "stats"} {
		var p problem.Problem
		res := get(t, h, Root+address, &p)
		if res.StatusCode != http.StatusServiceUnavailable || res.Header.Get("Retry-After") == "" || p.Type != problem.Busy || res.Header.Get("ETag") != "" {
			t.Errorf("%s: %s %v", address, res.Status, res.Header)
		}
	}
	var health wire.Health
	if res := get(t, h, Root+"health", &health); res.StatusCode != http.StatusOK || health.Status != "ok" {
		t.Errorf("health: %s %+v", res.Status, health)
	}
	if reported != 4 {
		t.Errorf("%d were reported", reported)
	}
}

func TestCopies(t *testing.T) {
	text := strings.Repeat("The harbour of Vessem was closed on Monday after a storm that nobody had foreseen. Ferries stayed in port, and shops ran out of bread. ", 8)
	r, _ := newIndexOf(t,
		corpus.Article{ID: "a", Title: "Storm", Source: "Meridian Review", Body: text},
		corpus.Article{ID: "b", Title: "Storm closes harbour", Source: "Northern Ledger", Body: text + "The mayor was asleep.", Path: "/srv/b"},
		corpus.Article{ID: "c", Title: "Oil", Body: "Oil falls."})
	h := New(Options{Index: r})
	var copies wire.Copies
	if res := get(t, h, Root+"articles/a/copies", &copies); res.StatusCode != http.StatusOK || len(copies.Copies) != 1 || copies.Copies[0].ID != "b" || len(copies.Copies[0].Added) == 0 {
		t.Errorf("%s %+v", res.Status, copies)
	}
	for address, want := range map[string]int{"search?q=harbour": 1, "search?q=harbour&copies=all": 2, "search?q=harbour&copies=best": 1} {
		var found wire.Results
		if get(t, h, Root+address, &found); len(found.Hits) != want || found.Total != 2 {
			t.Errorf("%s: %+v", address, found)
		}
	}
}

func TestMethods(t *testing.T) {
	h := New(Options{Index: newIndex(t)})
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions, "FLY"} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), method, Root+"search?q=oil", nil))
		if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: %d, %v", method, w.Code, w.Header())
		}
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodHead, Root+"search?q=oil", nil))
	if w.Code != http.StatusOK {
		t.Errorf("HEAD: %d", w.Code)
	}
}
