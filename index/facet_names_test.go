package index_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// Places, people and organizations are counted and filtered by as whole values.
func TestFacetsOfNames(t *testing.T) {
	ix := open(t, t.TempDir(), nil)
	add(
		t, ix,
		corpus.Article{ID: "a", Title: "Talks", Body: "Talks.", Places: []string{"Geneva", "New York"}, People: []string{"Ngozi Okoye"}, Organizations: []string{"Red Cross"}},
		corpus.Article{ID: "b", Title: "Talks", Body: "Talks.", Places: []string{"York", "York", ""}, People: []string{"Okoye", "Ngozi Okoye"}},
		corpus.Article{ID: "c", Title: "Talks", Body: "Talks.", Places: []string{"Genève"}, Authors: []string{"Ngozi Okoye"}, Organizations: []string{"red cross", "Red Crescent"}},
		corpus.Article{ID: "d", Title: "Nothing of the kind", Body: "Else."},
	)
	counts := func(q index.Query, facet string) map[string]int {
		t.Helper()
		q.Facets = []string{facet}
		found := map[string]int{}
		for _, v := range search(t, ix, q).Facets[0].Values {
			found[v.Value] = v.Count
		}
		return found
	}
	for _, c := range []struct {
		query index.Query
		facet string
		want  map[string]int
	}{
		{index.Query{}, index.FacetPlace, map[string]int{"Geneva": 1, "New York": 1, "York": 1, "Genève": 1}},
		{index.Query{Text: "talks"}, index.FacetPlace, map[string]int{"Geneva": 1, "New York": 1, "York": 1, "Genève": 1}},
		{index.Query{Text: "talks"}, index.FacetPerson, map[string]int{"Ngozi Okoye": 2, "Okoye": 1}},
		{index.Query{Text: "place:york"}, index.FacetPerson, map[string]int{"Ngozi Okoye": 2, "Okoye": 1}},
		{index.Query{Text: "talks"}, index.FacetOrg, map[string]int{"Red Cross": 1, "red cross": 1, "Red Crescent": 1}},
		{index.Query{Text: "nothing"}, index.FacetOrg, map[string]int{}},
		{index.Query{Text: "talks"}, index.FacetAuthor, map[string]int{"Ngozi Okoye": 1}},
	} {
		if diff := cmp.Diff(c.want, counts(c.query, c.facet)); diff != "" {
			t.Errorf("%+v by %s (-want +got):\n%s", c.query, c.facet, diff)
		}
	}
	for _, c := range []struct {
		facet, value string
		not          bool
		want         []string
	}{
		{index.FacetPlace, "New York", false, []string{"a"}},
		{index.FacetPerson, "ngozi okoye", false, []string{"a", "b"}},
		{index.FacetOrg, "RED CROSS", false, []string{"a", "c"}},
		{index.FacetOrg, "Red Cross", true, []string{"b", "c", "d"}},
	} {
		q := index.Query{Filters: []index.Filter{{Facet: c.facet, Values: []string{c.value}, Not: c.not}}}
		got := ids(search(t, ix, q).Hits)
		slices.Sort(got)
		if !slices.Equal(got, c.want) {
			t.Errorf("%+v finds %v, want %v", q.Filters, got, c.want)
		}
	}
	list, err := ix.Complete(t.Context(), "person:ngo")
	if err != nil || len(list) != 1 || list[0].Text != "person:ngozi-Okoye" || list[0].Articles != 2 {
		t.Errorf("completions: %+v, %v", list, err)
	}
}
