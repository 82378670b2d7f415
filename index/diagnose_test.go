package index_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/newsq/newsq/index"
)

// Each part that stands in the way is named, with what its absence would find.
func TestDiagnose(t *testing.T) {
	ix := small(t)
	filter := func(facet string, values ...string) index.Filter { return index.Filter{Facet: facet, Values: values} }
	ledger, nuclear := filter("source", "Ledger"), filter("topic", "security/nuclear")
	tests := []struct {
		name string
		q    index.Query
		want index.Diagnosis
	}{
		{"a single part is no news", index.Query{Text: "zebra"}, index.Diagnosis{}},
		{
			"what no article has comes first",
			index.Query{Text: "sanctions zebra"},
			index.Diagnosis{Clauses: []index.Obstacle{{Clause: "zebra", Absent: true, Without: 2}}},
		},
		{
			"of words that are apart, each",
			index.Query{Text: "missile rates"},
			index.Diagnosis{Clauses: []index.Obstacle{{Clause: "missile", Without: 1}, {Clause: "rates", Without: 1}}},
		},
		{"more than one must go", index.Query{Text: "missile rates oil"}, index.Diagnosis{Apart: true}},
		{
			"an excluded word is never absent",
			index.Query{Text: "missile -deterrence"},
			index.Diagnosis{Clauses: []index.Obstacle{{Clause: "missile", Without: 1}, {Clause: "-deterrence", Without: 1}}},
		},
		{
			"a filter",
			index.Query{Text: "missile", Filters: []index.Filter{ledger}},
			index.Diagnosis{Filters: []index.Obstacle{{Filter: &ledger, Without: 1}}},
		},
		{
			"dates",
			index.Query{Text: "missile", Until: day("2025-01-01")},
			index.Diagnosis{Filters: []index.Obstacle{{Without: 1}}},
		},
		{
			"no single filter",
			index.Query{Text: "rates", Filters: []index.Filter{nuclear}, Since: day("2025-01-01")},
			index.Diagnosis{WithoutFilters: 1},
		},
		{"without a text, all articles are no news", index.Query{Filters: []index.Filter{nuclear, ledger}, Until: day("2020-01-01")}, index.Diagnosis{}},
		{
			"a word that filters hide is not absent",
			index.Query{Text: "missile oil", Filters: []index.Filter{filter("topic", "economy")}},
			index.Diagnosis{Apart: true},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := ix.Diagnose(t.Context(), tt.q)
			if err != nil {
				t.Fatal(err)
			}
			tt.want.Articles = 3
			if diff := cmp.Diff(&tt.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestDiagnoseNothing(t *testing.T) {
	ix := open(t, t.TempDir(), nil)
	got, err := ix.Diagnose(t.Context(), index.Query{Text: "missile rates"})
	if diff := cmp.Diff(&index.Diagnosis{}, got); diff != "" || err != nil {
		t.Errorf("empty index: %v (-want +got):\n%s", err, diff)
	}
	if _, err := small(t).Diagnose(t.Context(), index.Query{Text: `"missile`}); err == nil {
		t.Error("a query that cannot be read has a diagnosis")
	}
}

// The query given is not changed.
func TestDiagnoseLeavesQuery(t *testing.T) {
	q := index.Query{Text: "missile zebra", Filters: []index.Filter{{Facet: "source", Values: []string{"Ledger"}}, {Facet: "topic", Values: []string{"economy"}}}}
	before := index.Query{Text: q.Text, Filters: []index.Filter{{Facet: "source", Values: []string{"Ledger"}}, {Facet: "topic", Values: []string{"economy"}}}}
	if _, err := small(t).Diagnose(t.Context(), q); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, q, cmpopts.IgnoreUnexported(index.Query{})); diff != "" {
		t.Errorf("-before +after:\n%s", diff)
	}
}
