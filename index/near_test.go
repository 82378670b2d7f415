package index_test

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// quay returns an index of articles on a strike in a harbour.
func quay(t *testing.T) *index.Index {
	ix := open(t, filepath.Join(t.TempDir(), "index"), nil)
	add(
		t, ix,
		corpus.Article{ID: "all", Title: "Harbour strike", Body: "Pilots of the harbour went on strike over dues in Dunholm.", Topics: stated("economy")},
		corpus.Article{ID: "nodues", Title: "Harbour strike", Body: "The strike of the pilots entered its second week in Dunholm.", Topics: stated("economy")},
		corpus.Article{ID: "nopilots", Title: "Harbour strike over dues", Body: "Dockers of Dunholm began it.", Topics: stated("labour")},
		corpus.Article{ID: "noboth", Title: "Harbour of Dunholm", Body: "Stevedores called a strike.", Topics: stated("economy")},
		corpus.Article{ID: "impact", Title: "Harbour strike", Body: "Pilots and dues: the impact in Dunholm.", Topics: stated("labour")},
		corpus.Article{ID: "other", Title: "Football", Body: "The pilots of the game lost, and dues were paid in kind. Harbour fans wept.", Topics: stated("sport")},
	)
	return ix
}

func lacking(hits []index.Hit) map[string][]string {
	m := make(map[string][]string)
	for _, h := range hits {
		m[h.ID] = h.Missing
	}
	return m
}

// Few hits are followed by articles that lack a word or two, outside of all
// counts.
func TestNear(t *testing.T) {
	ix := quay(t)
	res := search(t, ix, index.Query{Text: "dunholm strike pilots dues", Facets: []string{index.FacetTopic}})
	if got := ids(res.Hits); res.Total != 2 || !res.Exact || len(got) != 2 || res.Relaxed || res.Cursor != "" {
		t.Errorf("%d articles, hits %v", res.Total, got)
	}
	want := map[string][]string{"nodues": {"dues"}, "nopilots": {"pilots"}, "noboth": {"pilots", "dues"}, "other": {"dunholm", "strike"}}
	if diff := cmp.Diff(want, lacking(res.Near)); diff != "" {
		t.Errorf("near (-want +got):\n%s", diff)
	}
	if last := res.Near[len(res.Near)-1]; last.ID != "noboth" || last.Rank != 6 || len(last.Snippets) == 0 {
		t.Errorf("the last is %q, of rank %d, with %d passages", last.ID, last.Rank, len(last.Snippets))
	}
	if diff := cmp.Diff([]index.FacetCounts{{Name: "topic", Values: []index.FacetValue{{Value: "economy", Count: 1}, {Value: "labour", Count: 1}}}}, res.Facets); diff != "" {
		t.Errorf("facets (-want +got):\n%s", diff)
	}
	for _, h := range res.Hits {
		if h.Missing != nil {
			t.Errorf("%s lacks %q", h.ID, h.Missing)
		}
	}
}

func TestNearQueries(t *testing.T) {
	ix := quay(t)
	for _, tt := range []struct {
		name string
		q    index.Query
		want map[string][]string
	}{
		{"a page that is full", index.Query{Text: "dunholm strike pilots dues", Limit: 2}, nil},
		{"a page with little room", index.Query{Text: "dunholm strike pilots dues", Limit: 3}, map[string][]string{"nopilots": {"pilots"}}},
		{"three words keep two", index.Query{Text: "football pilots dues"}, map[string][]string{"all": {"football"}, "impact": {"football"}}},
		{"a filter holds", index.Query{Text: "dunholm strike pilots dues", Filters: []index.Filter{{Facet: "topic", Values: []string{"economy"}}}}, map[string][]string{"nodues": {"dues"}, "noboth": {"pilots", "dues"}}},
		{"a field holds", index.Query{Text: "strike pilots title:harbour -football"}, map[string][]string{"nopilots": {"pilots"}, "noboth": {"pilots"}}},
		{"what is demanded stays", index.Query{Text: `strike +pilots "dues"`}, nil},
		{"a negation stays", index.Query{Text: "dunholm strike pilots -week"}, map[string][]string{"nopilots": {"pilots"}, "noboth": {"pilots"}}},
		{"one word", index.Query{Text: "pilots"}, nil},
		{"operators", index.Query{Text: "strike AND pilots"}, nil},
		{"strictly", index.Query{Text: "strike pilots", Match: index.MatchStrict}, nil},
		{"any", index.Query{Text: "strike pilots", Match: index.MatchAny}, nil},
		{"ids alone", index.Query{Text: "strike pilots", IDsOnly: true}, nil},
		{"not wanted", index.Query{Text: "strike pilots", NoNear: true}, nil},
		{"no hits wanted", index.Query{Text: "strike pilots", Limit: -1}, nil},
		{"the words that ask are none of it", index.Query{Text: "strike pilots impact"}, map[string][]string{"nopilots": {"pilots"}, "noboth": {"pilots"}, "other": {"strike"}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := lacking(search(t, ix, tt.q).Near)
			if len(got) == 0 {
				got = nil
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// What is relaxed says of each hit what it lacks.
func TestRelaxedMissing(t *testing.T) {
	ix := quay(t)
	res := search(t, ix, index.Query{Text: "football pilots week"})
	want := map[string][]string{"other": {"week"}, "nodues": {"football"}, "all": {"football", "week"}, "impact": {"football", "week"}}
	if diff := cmp.Diff(want, lacking(res.Hits)); !res.Relaxed || len(res.Near) > 0 || diff != "" {
		t.Errorf("relaxed %v, %d near (-want +got):\n%s", res.Relaxed, len(res.Near), diff)
	}
}

// Words that ask add to the score, and nobody must have them.
func TestOptional(t *testing.T) {
	ix := quay(t)
	res := search(t, ix, index.Query{Text: "strike pilots impact", Explain: true})
	if got := ids(res.Hits); len(got) != 3 || got[0] != "impact" || !slices.Equal(res.Optional, []string{"impact"}) {
		t.Errorf("hits %v, optional %q", got, res.Optional)
	}
	sum := 0.0
	for _, part := range res.Hits[0].Explanation {
		sum += part.Score
	}
	if d := sum - res.Hits[0].Score; len(res.Hits[0].Explanation) != 3 || d > 1e-9 || d < -1e-9 {
		t.Errorf("the parts of %v are %v", res.Hits[0].Score, res.Hits[0].Explanation)
	}
	for _, text := range []string{"+impact strike", `"impact" strike`, "=impact strike", "impact", "impact versus"} {
		if res := search(t, ix, index.Query{Text: text, NoNear: true}); !slices.Equal(ids(res.Hits), []string{"impact"}) || res.Optional != nil {
			t.Errorf("%s: hits %v, optional %q", text, ids(res.Hits), res.Optional)
		}
	}
	if res := search(t, ix, index.Query{Text: "strike impact", Match: index.MatchStrict}); res.Total != 1 {
		t.Errorf("strictly, %d articles", res.Total)
	}
	d, err := ix.Diagnose(t.Context(), index.Query{Text: "zebra strike consequences"})
	if err != nil || len(d.Clauses) != 1 || d.Clauses[0].Clause != "zebra" {
		t.Errorf("obstacles %v, %v", d.Clauses, err)
	}
	a, err := ix.Analyze(t.Context(), index.Query{Text: "strike consequences"})
	if err != nil || a.Articles != 5 || a.Clauses[0].Optional || !a.Clauses[1].Optional {
		t.Errorf("analysis %+v, %v", a, err)
	}
}

// The very word comes before the other forms of its stem, however often these
// occur and though in the title.
func TestVeryWordFirst(t *testing.T) {
	ix := open(t, filepath.Join(t.TempDir(), "index"), nil)
	add(
		t, ix,
		corpus.Article{ID: "town", Title: "Rain", Body: "It rained in Rowing, a small town by a lake that is long and cold, and the mayor closed a road."},
		corpus.Article{ID: "row", Title: "Row on row", Body: "A row, and rows of rows. The row in council went on, row after row. Road, road, mayor."},
		corpus.Article{ID: "rows", Title: "Rows", Body: "Rows of rows on the road. The mayor rowed."},
	)
	for _, tt := range []struct{ text, first string }{
		{"Rowing", "town"},
		{"rowing", "town"},
		{"Rowing road", "town"},
		{"Rowing mayor road", "town"},
		{"mayor of Rowing", "town"},
		{"road title:rain Rowing", "town"},
		{"row", "row"},
		{"rows", "rows"},
		{"Rows", "rows"},
		{"Rowing OR football", "town"},
	} {
		res := search(t, ix, index.Query{Text: tt.text, Explain: true})
		if got := ids(res.Hits); len(got) == 0 || got[0] != tt.first {
			t.Errorf("%s: %v, want %s first", tt.text, got, tt.first)
		}
	}
	// The others are still found, and pages join.
	page := search(t, ix, index.Query{Text: "Rowing", Limit: 1})
	got := ids(page.Hits)
	for page.Cursor != "" {
		page = search(t, ix, index.Query{Text: "Rowing", Limit: 1, Cursor: page.Cursor})
		got = append(got, ids(page.Hits)...)
	}
	if len(got) != 3 || got[0] != "town" {
		t.Errorf("pages %v", got)
	}
}

// A word that is its own stem comes before other words of that stem, too, in a list
// that is short.
func TestStemItselfFirst(t *testing.T) {
	ix := open(t, filepath.Join(t.TempDir(), "index"), nil)
	add(
		t, ix,
		corpus.Article{ID: "word", Title: "Rain on the town and the valley", Body: "Among many other things that the mayor named at length there was a row, and a road that was closed."},
		corpus.Article{ID: "name", Title: "Rowing", Body: "Rowing, Rowing, Rowing. Rowing."},
	)
	for text, want := range map[string]string{"row": "word", "Row": "word", "Rowing": "name"} {
		if got := ids(search(t, ix, index.Query{Text: text}).Hits); len(got) != 2 || got[0] != want {
			t.Errorf("%s: %v, want both, %s first", text, got, want)
		}
	}
}
