package api

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/wire"
)

// Saved searches are listed with what is new in each, and each answers page by page, what
// came in last first. To ask marks nothing as told.
func TestSaved(t *testing.T) {
	r, writer := newIndexOf(t, corpus.Article{ID: "a", Title: "Oil"})
	h := New(Options{Index: r})
	if err := writer.Save(t.Context(), index.SavedSearch{Name: "öl", Text: "oil"}); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"b", "c"} {
		if err := writer.Add(t.Context(), corpus.Article{ID: id, Title: "Oil falls"}); err != nil {
			t.Fatal(err)
		}
	}
	ask := func(path string, answer any) int {
		t.Helper()
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, Root+path, nil))
		if err := json.Unmarshal(w.Body.Bytes(), answer); err != nil {
			t.Fatalf("%s: %v: %s", path, err, w.Body)
		}
		return w.Code
	}
	for range 2 {
		var list wire.SavedSearches
		if status := ask("saved", &list); status != http.StatusOK || len(list.Searches) != 1 || list.Searches[0].New == nil || *list.Searches[0].New != 2 {
			t.Errorf("%d: %+v", status, list)
		}
	}
	ids, cursor := "", ""
	for range 3 {
		var page wire.Results
		if status := ask("saved/%C3%B6l?limit=1&cursor="+url.QueryEscape(cursor), &page); status != http.StatusOK || page.Total != 3 || len(page.Hits) != 1 {
			t.Fatalf("%d: %+v", status, page)
		}
		ids += page.Hits[0].ID
		cursor = page.Cursor
	}
	if ids != "cba" || cursor != "" {
		t.Errorf("the pages have %s, and then %q", ids, cursor)
	}
	var problem map[string]any
	if status := ask("saved/none", &problem); status != http.StatusNotFound || problem["detail"] != `there is no saved search "none"` {
		t.Errorf("an unknown name: %d %v", status, problem)
	}
}
