package index_test

import (
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// Each part of a score says where it occurs, and the occurrences come to its
// frequency.
func TestExplainOccurrences(t *testing.T) {
	ix := open(t, t.TempDir(), nil)
	body := "The ferries are late. A ferry dispute goes on.\n\nNobody sails. The strike is long, the strike committee says."
	a := corpus.Article{
		ID: "a", Title: "Ferry strike, day two", Body: body, Source: "The Ferry Post",
		Sections: []corpus.Section{{End: strings.Index(body, "Nobody")}, {Heading: "The strike and the ferries", Start: strings.Index(body, "Nobody"), End: len(body)}},
	}
	de := corpus.Article{ID: "b", Title: "Streik der Fähren", Body: "Die Fähren liegen still, sagt der Rat der Fähren.", Language: "de"}
	add(t, ix, a, de)
	for _, tt := range []struct {
		query, label          string
		title, headings, body int
	}{
		{"ferry", "ferri", 1, 1, 2},
		{"strikes", "strike", 1, 1, 2},
		{`"ferry strike"`, `"ferry strike"`, 1, 0, 0},
		{`"the strike"`, `"the strike"`, 0, 1, 2},
		{"=ferry", `"ferry"`, 1, 0, 1},
		{"ferr*", "ferr*", 1, 1, 2},
		{"title:ferry", "title:ferri", 1, 0, 0},
		{"heading:ferry", "heading:ferri", 0, 1, 0},
		{"body:ferry", "body:ferri", 0, 0, 2},
		{"ferry^3", "ferri", 1, 1, 2},
		{"fähren", "de:fahr", 1, 0, 2},
		{"ferry NEAR/9 dispute", "(ferri OR de:ferry) NEAR/9 (disput OR de:dispu)", 0, 0, 0},
	} {
		res := search(t, ix, index.Query{Text: tt.query, Explain: true, NoAliases: true})
		if len(res.Hits) == 0 {
			t.Errorf("%s finds nothing", tt.query)
			continue
		}
		found := false
		for _, p := range res.Hits[0].Explanation {
			if p.Label != tt.label {
				continue
			}
			found = true
			if p.Title != tt.title || p.Headings != tt.headings || p.Body != tt.body {
				t.Errorf("%s: %+v", tt.query, p)
			}
			sum := index.WeightTitle*float64(p.Title) + index.WeightHeading*float64(p.Headings) + index.WeightBody*float64(p.Body)
			if sum != 0 && sum != p.Frequency {
				t.Errorf("%s: occurrences of %g, frequency %g", tt.query, sum, p.Frequency)
			}
		}
		if !found {
			t.Errorf("%s has no part %s: %+v", tt.query, tt.label, res.Hits[0].Explanation)
		}
	}
}
