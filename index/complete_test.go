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
		{"missile Ti", []index.Suggestion{{Text: "missile Title:"}}},
		{"s", []index.Suggestion{{Text: "summary:"}, {Text: "said:"}, {Text: "source:"}, {Text: "since:"}, {Text: "sanctions", Articles: 2}}},
		{"source:", []index.Suggestion{{Text: "source:Ledger", Articles: 2}, {Text: "source:Meridian", Articles: 1}}},
		{"missile Author:ngo", []index.Suggestion{{Text: "missile Author:ngozi-Okoye", Articles: 2}}},
		{"topic:SEC", []index.Suggestion{{Text: "topic:SECurity/nuclear", Articles: 1}}},
		{"tag:sec", []index.Suggestion{{Text: "tag:security/nuclear", Articles: 1}}},
		{"(missile OR topic:sec", []index.Suggestion{{Text: "(missile OR topic:security/nuclear", Articles: 1}}},
		{"missile -Sou", []index.Suggestion{{Text: "missile -Source:"}}},
		{"missile -source:Mer", []index.Suggestion{{Text: "missile -source:Meridian", Articles: 1}}},
		{"Deterr", []index.Suggestion{{Text: "Deterrence", Articles: 2}}},
		{"by:ok", []index.Suggestion{{Text: "by:okoye", Articles: 2}}},
		{`author:"ngozi o`, []index.Suggestion{{Text: `author:"ngozi okoye"`, Articles: 2}}},
		{`author:"`, []index.Suggestion{{Text: `author:"Ngozi Okoye"`, Articles: 2}, {Text: `author:"Ann Lee"`, Articles: 1}}},
		{`author:"ok`, []index.Suggestion{{Text: `author:"okoye"`, Articles: 2}}},
		{"author:“NGO", []index.Suggestion{{Text: "author:“NGOzi Okoye”", Articles: 2}}},
		{`"oil sanc`, []index.Suggestion{{Text: `"oil sanctions"`, Articles: 1}}},
		{`"sou`, nil},
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
			value := "2024"
			if s.Text == "is:" {
				value = query.Kinds()[0]
			}
			if _, err := query.Parse(s.Text + value); err != nil {
				t.Errorf("%s is no field: %v", s.Text, err)
			}
		}
	}
}

func TestCompleteKinds(t *testing.T) {
	ix := open(t, t.TempDir(), nil)
	want := []index.Suggestion{{Text: "oil -is:forecast"}}
	if diff := cmp.Diff(want, completions(t, ix, "oil -is:f")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := completions(t, ix, "is:"); len(got) != len(query.Kinds()) {
		t.Errorf("%d kinds are offered", len(got))
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

// A value of a flag goes on from what was typed, whatever its case and accents, and a
// name from any of its words.
func TestCompleteValue(t *testing.T) {
	ix := open(t, t.TempDir(), nil)
	add(t, ix,
		corpus.Article{ID: "a", Title: "A ferry leaves", Source: "El Diario Ibérico", Authors: []string{"José Núñez", "Ada Okoye"}, Language: "pt-BR", Topics: stated("economy/oil")},
		corpus.Article{ID: "b", Title: "A ferry returns", Source: "El Diario Ibérico", Authors: []string{"Ben Okoye"}, Language: "pt", Topics: stated("economy")},
	)
	for _, tt := range []struct {
		facet, typed string
		want         []string
	}{
		{"source", "", []string{"El Diario Ibérico"}},
		{"source", "el d", []string{"el diario Ibérico"}},
		{"source", "EL DIARIO IBE", []string{"EL DIARIO IBErico"}},
		{"source", "iberi", []string{"iberico"}},
		{"author", "nun", []string{"nunez"}},
		{"author", "Jose\u0301", []string{"Jose\u0301 Núñez"}},
		{"author", "oko", []string{"okoye"}},
		{"author", "x", nil},
		{"lang", "p", []string{"pt", "pt-br"}},
		{"lang", "b", nil},
		{"topic", "Eco", []string{"Economy", "Economy/oil"}},
		{"topic", "oil", nil},
	} {
		got, err := ix.CompleteValue(t.Context(), tt.facet, tt.typed)
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(got)
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("%s %q (-want +got):\n%s", tt.facet, tt.typed, d)
		}
		for _, v := range got {
			q := index.Query{Filters: []index.Filter{{Facet: tt.facet, Values: []string{v}, Words: true}}}
			if res := search(t, ix, q); res.Total == 0 || len(res.Warnings) > 0 {
				t.Errorf("%s %q finds nothing", tt.facet, v)
			}
		}
	}
	if _, err := ix.CompleteValue(t.Context(), "colour", "r"); err == nil {
		t.Error("no error for an unknown facet")
	}
}
