package mcp

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// Saved searches are listed with what is new, and search finds it with what they say.
func TestSavedSearches(t *testing.T) {
	ix := newIndex(t)
	c := overMemory(t, &Options{Index: ix})
	var none savedResult
	c.call(t, "saved_searches", object{}, &none)
	if none.Total != 0 || len(none.Searches) != 0 {
		t.Errorf("%+v", none)
	}
	for i := range 30 {
		s := index.SavedSearch{
			Name: fmt.Sprintf("s%d", i), Text: "walrus", Any: i == 0, SinceDate: "1999",
			Filters: []index.Filter{{Facet: index.FacetLang, Values: []string{"en"}}, {Facet: index.FacetSource, Values: []string{"Gazette"}, Words: true, Not: true}},
		}
		if err := ix.Save(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	if err := ix.Add(t.Context(), corpus.Article{ID: "walrus", Title: "A walrus", Language: "en", Published: time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC)}); err != nil {
		t.Fatal(err)
	}
	if err := ix.Save(t.Context(), index.SavedSearch{Name: "late", Text: "walrus"}); err != nil {
		t.Fatal(err)
	}
	var r savedResult
	text := c.call(t, "saved_searches", object{"limit": 2, "skip": 29}, &r)
	if len(r.Searches) != 2 || r.Total != 31 || r.Searches[0].Name != "s29" || r.Searches[0].New != 1 || r.Searches[1].New != 0 || len(r.LeftOut) != 0 || !strings.Contains(text, "late: 0 new articles") {
		t.Errorf("%+v\n%s", r, text)
	}
	text = c.call(t, "saved_searches", object{"budget": minBudget}, &r)
	s := r.Searches[0]
	if s.Name != "s0" || s.Match != "any" || strings.Join(s.Filters, ", ") != "language en, not source Gazette, since 1999" ||
		len(r.LeftOut) != 1 || len(text) > minBudget {
		t.Errorf("%+v\n%s", r, text)
	}
	var found searchResult
	c.call(t, "search", object{"query": s.Query, "match": s.Match, "language": []string{"en"}, "sort": "added"}, &found)
	if len(found.Hits) != 1 || found.Hits[0].ID != "walrus" {
		t.Errorf("found %+v", found.Hits)
	}
}
