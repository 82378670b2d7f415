package index_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/query"
)

func completions(t *testing.T, ix *index.Index, typed string) []index.Suggestion {
	t.Helper()
	found, err := ix.Complete(t.Context(), typed)
	if err != nil {
		t.Fatalf("complete %q: %v", typed, err)
	}
	return found
}

func TestComplete(t *testing.T) {
	ix := small(t)
	tests := []struct {
		typed string
		want  []index.Suggestion
	}{
		{"deterr", []index.Suggestion{{Text: "deterrence", Articles: 2}}},
		{"oil sanc", []index.Suggestion{{Text: "oil sanctions", Articles: 1}}},
		{"un", []index.Suggestion{{Text: "until:"}}},
		{"missile Ti", []index.Suggestion{{Text: "missile title:"}}},
		{"s", []index.Suggestion{{Text: "summary:"}, {Text: "source:"}, {Text: "since:"}, {Text: "sanctions", Articles: 2}}},
		{"source:", []index.Suggestion{{Text: "source:Ledger", Articles: 2}, {Text: "source:Meridian", Articles: 1}}},
		{"missile Author:ngo", []index.Suggestion{{Text: "missile Author:Ngozi-Okoye", Articles: 2}}},
		{"topic:SEC", []index.Suggestion{{Text: "topic:security/nuclear", Articles: 1}}},
		{"title:det", nil},
		{"source:x", nil},
		{"", nil},
		{"missile ", nil},
	}
	for _, tt := range tests {
		got := completions(t, ix, tt.typed)
		if tt.typed == "s" {
			// Other words of the articles begin so too.
			got = slices.DeleteFunc(got, func(s index.Suggestion) bool { return s.Text != "sanctions" && s.Articles > 0 })
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("complete %q (-want +got):\n%s", tt.typed, diff)
		}
	}
}

// The fields offered are those of the language, by their first names.
func TestCompleteFields(t *testing.T) {
	ix := open(t, t.TempDir(), nil)
	for _, f := range query.Fields() {
		if !slices.Contains(completions(t, ix, f.Name), index.Suggestion{Text: f.Name + ":"}) {
			t.Errorf("field %s is not offered", f.Name)
		}
	}
	for c := 'a'; c <= 'z'; c++ {
		for _, s := range completions(t, ix, string(c)) {
			if _, err := query.Parse(s.Text + "2024"); err != nil {
				t.Errorf("%s is no field: %v", s.Text, err)
			}
		}
	}
}

// A name is offered as one word that finds it.
func TestCompleteNames(t *testing.T) {
	ix := open(t, t.TempDir(), nil)
	for name, want := range map[string]string{
		"Meridian":                  "Meridian",
		"Harbour Review":            "Harbour-Review",
		"CNN (Web News)":            "CNN-Web-News",
		"New York Times - News":     "New-York-Times-News",
		"Investor's Business Daily": "Investor's-Business-Daily",
		"S.E. Cupp":                 "S.E.-Cupp",
		"Le Monde: \"Idées\"":       "Le-Monde-Idées",
		"海港评论":                      "海港评论",
		"?!":                        "",
	} {
		add(t, ix, corpus.Article{ID: "a", Title: "A ferry leaves", Source: name})
		got := completions(t, ix, "source:")
		if want == "" {
			if len(got) > 0 {
				t.Errorf("%q is offered as %v", name, got)
			}
			continue
		}
		if diff := cmp.Diff([]index.Suggestion{{Text: "source:" + want, Articles: 1}}, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", name, diff)
		} else if res := search(t, ix, index.Query{Text: got[0].Text}); res.Total != 1 {
			t.Errorf("%s finds %d articles", got[0].Text, res.Total)
		}
	}
}
