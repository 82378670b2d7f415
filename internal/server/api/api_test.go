package api

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/corpus/sample"
	"github.com/newsq/newsq/index"
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
