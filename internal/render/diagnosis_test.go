package render

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/index"
)

func TestClauseObstacles(t *testing.T) {
	many := index.Diagnosis{}
	for range 9 {
		many.Clauses = append(many.Clauses, index.Obstacle{Clause: "x", Absent: true})
	}
	tests := []struct {
		name string
		d    index.Diagnosis
		want []string
	}{
		{"none", index.Diagnosis{}, nil},
		{"no single one", index.Diagnosis{Apart: true}, []string{"each part finds something, but not together; see:  newsq search x --analyze"}},
		{
			"some",
			index.Diagnosis{Clauses: []index.Obstacle{
				{Clause: "+zebra", Absent: true, Without: 1200},
				{Clause: "title:x", Absent: true},
				{Clause: "-trains", Without: 1},
				{Clause: strings.Repeat("z", 50), Without: 2},
			}},
			[]string{
				`nothing has "zebra"; without it:  1,200 articles`, "nothing has title:x", "without -trains:  1 article",
				`without "` + strings.Repeat("z", 39) + `…":  2 articles`,
			},
		},
		{
			"operators in small letters",
			index.Diagnosis{Clauses: []index.Obstacle{
				{Clause: "near/S", Absent: true, Without: 1},
				{Clause: "adj/12", Absent: true},
				{Clause: "near/sea", Absent: true},
				{Clause: "near/", Absent: true},
			}},
			[]string{
				`nothing has "near/S" (the operator is NEAR/s); without it:  1 article`,
				`nothing has "adj/12" (the operator is ADJ/12)`, `nothing has "near/sea"`, `nothing has "near/"`,
			},
		},
		{"many", many, []string{`nothing has "x"`, `nothing has "x"`, `nothing has "x"`, `nothing has "x"`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, ClauseObstacles(&tt.d, "newsq search x --analyze")); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestFilterObstacles(t *testing.T) {
	d := index.Diagnosis{
		Filters:        []index.Obstacle{{Filter: &index.Filter{Facet: "topic"}, Without: 3}, {Without: 1}},
		WithoutFilters: 7,
	}
	flags := func(o index.Obstacle) string {
		if o.Filter == nil {
			return "--since 2026"
		}
		return "--" + o.Filter.Facet
	}
	want := []string{"without --topic:  3 articles", "without --since 2026:  1 article", "without any of these filters:  7 articles"}
	if diff := cmp.Diff(want, FilterObstacles(&d, flags)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestNothingFound(t *testing.T) {
	for query, want := range map[string]string{
		"":        "nothing found among 6 articles",
		"zep\x1b": "nothing found for zep\ufffd among 6 articles",
	} {
		if got := NothingFound(query, 6); got != want {
			t.Errorf("%q: %s, want %s", query, got, want)
		}
	}
}

func TestNoTopics(t *testing.T) {
	for _, tt := range []struct {
		query    string
		articles int
		want     string
	}{
		{"tariff", 1200, "none of 1,200 articles has a topic"},
		{"", 0, "the index has no articles"},
		{"tariff\n", 0, "no article matches tariff "},
	} {
		if got := NoTopics(tt.query, tt.articles); got != tt.want {
			t.Errorf("%q, %d: %s, want %s", tt.query, tt.articles, got, tt.want)
		}
	}
}
