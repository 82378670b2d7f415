package index_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// A language takes in its regions, however it is written.
func TestLanguageFacet(t *testing.T) {
	ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
	for id, lang := range map[string]string{"1": "pt-BR", "2": "pt", "3": "en", "4": "", "5": "en", "6": "pt_BR"} {
		add(t, ix, corpus.Article{ID: id, Title: "Ferry " + id, Language: lang})
	}
	for _, tt := range []struct {
		text   string
		filter index.Filter
		want   []string
	}{
		{"", index.Filter{Values: []string{"pt"}}, []string{"1", "2", "6"}},
		{"ferry", index.Filter{Values: []string{"PT_br"}}, []string{"1", "6"}},
		{"ferry", index.Filter{Values: []string{"en", "pt-BR"}}, []string{"1", "3", "5", "6"}},
		{"", index.Filter{Values: []string{"pt"}, Not: true}, []string{"3", "4", "5"}},
		{"", index.Filter{Values: []string{"p"}}, nil},
	} {
		tt.filter.Facet = "lang"
		got := ids(search(t, ix, index.Query{Text: tt.text, Filters: []index.Filter{tt.filter}}).Hits)
		slices.Sort(got)
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q, %+v: %v, want %v", tt.text, tt.filter, got, tt.want)
		}
	}
	all := []index.FacetValue{{Value: "en", Count: 2}, {Value: "pt-br", Count: 2}, {Value: "pt", Count: 1}}
	some := []index.FacetValue{{Value: "pt-br", Count: 2}}
	for text, want := range map[string][]index.FacetValue{"": all, "ferry": all, "ferry (1 OR 6)": some} {
		got := search(t, ix, index.Query{Text: text, Facets: []string{"lang"}}).Facets
		if diff := cmp.Diff([]index.FacetCounts{{Name: "lang", Values: want}}, got); diff != "" {
			t.Errorf("counts of %q (-want +got):\n%s", text, diff)
		}
	}
	if res := search(t, ix, index.Query{Filters: []index.Filter{{Facet: "lang", Values: []string{"fr"}}}}); !slices.Equal(res.Warnings, []string{`no article has language "fr"`}) {
		t.Errorf("warnings %q", res.Warnings)
	}
}
