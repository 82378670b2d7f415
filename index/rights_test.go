package index_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// What programs must not learn from can be left out of whatever is asked of an index: of
// hits, totals, facets, near articles, spellings and the counts of an analysis.
func TestFilterByRights(t *testing.T) {
	ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
	err := ix.Add(
		t.Context(),
		corpus.Article{ID: "free", Title: "Harbour", Source: "Ledger", Body: "Grain leaves the harbour by train."},
		corpus.Article{ID: "part", Title: "Trains", Source: "Ledger", Body: "Grain leaves by train."},
		corpus.Article{ID: "terms", Title: "Harbour", Source: "Ledger", Body: "The harbour is shut.", Handling: &corpus.Handling{Rights: "Print only."}},
		corpus.Article{ID: "kept", Title: "Harbour", Source: "Meridian", Body: "Grain and zirconium leave the harbour.", Handling: &corpus.Handling{NoAI: true}},
	)
	if err != nil {
		t.Fatal(err)
	}
	without := index.Filter{Facet: index.FacetRights, Not: true, Values: []string{index.RightsNoAI}}
	for _, tt := range []struct {
		text   string
		filter index.Filter
		want   string
	}{
		{"harbour", without, "free terms"},
		{"harbour grain", without, "free"},
		{"zirconium harbor", without, "free terms"}, // relaxed
		{"zirconium", without, ""},
		{"rights:no-ai", without, ""},
		{"", index.Filter{Facet: index.FacetRights, Values: []string{index.RightsNoAI}}, "kept"},
		{"", index.Filter{Facet: index.FacetRights, Values: []string{index.RightsStated}}, "kept terms"},
		{"", index.Filter{Facet: index.FacetRights, Values: []string{index.RightsStated, index.RightsNoAI}, Not: true}, "free part"},
	} {
		q := index.Query{Text: tt.text, Filters: []index.Filter{tt.filter}, Facets: []string{index.FacetSource}, ExactTotal: true}
		res := search(t, ix, q)
		var ids []string
		for _, h := range res.Hits {
			ids = append(ids, h.ID)
		}
		slices.Sort(ids)
		if got := strings.Join(ids, " "); got != tt.want || res.Total != len(ids) {
			t.Errorf("%q %+v: %s of %d, want %s", tt.text, tt.filter, got, res.Total, tt.want)
		}
		count := 0
		for _, v := range res.Facets[0].Values {
			count += v.Count
		}
		if count != len(ids) || len(res.Warnings) > 0 || strings.Contains(res.DidYouMean, "zirc") {
			t.Errorf("%q %+v: facets count %d; warnings %q; did you mean %q", tt.text, tt.filter, count, res.Warnings, res.DidYouMean)
		}
		for _, h := range res.Near {
			if (h.ID == "kept") == tt.filter.Not {
				t.Errorf("%q %+v: near is %s", tt.text, tt.filter, h.ID)
			}
		}
	}
	a, err := ix.Analyze(t.Context(), index.Query{Text: "harbour zirconium", Filters: []index.Filter{without}})
	if err != nil || a.Among != 3 || a.Articles != 0 || a.Clauses[0].Articles != 2 || a.Clauses[1].Articles != 0 {
		t.Errorf("analysis: %+v, %v", a, err)
	}
	_, err = ix.Search(t.Context(), index.Query{Filters: []index.Filter{{Facet: index.FacetRights, Values: []string{"noai"}}}})
	if err == nil || !strings.Contains(err.Error(), `unknown value "noai"`) {
		t.Errorf("an unknown value: %v", err)
	}
	if _, err := ix.Search(t.Context(), index.Query{Facets: []string{index.FacetRights}}); err == nil {
		t.Error("rights are counted")
	}
}
