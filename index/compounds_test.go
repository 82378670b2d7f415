package index_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// germanArticles are twelve on a quarrel, an act, and what has only parts of that.
func germanArticles() (articles []corpus.Article) {
	german := func(id, body string) {
		articles = append(articles, corpus.Article{ID: id, Language: "de", Body: body, Published: day("2026-01-01").AddDate(0, 0, len(articles))})
	}
	for i := range 12 {
		german(fmt.Sprintf("streit%d", i), fmt.Sprintf("Der Streit um die Verschlüsselung von Telefonen dauert schon %d Wochen.%s", i, strings.Repeat(" Ein Ende ist nicht in Sicht.", i)))
	}
	german("gesetz", "Der Bundestag hat das Klimaschutzgesetz beschlossen.")
	german("schutz", "Klimaschutz kostet, und wer ihn bezahlt, ist offen.")
	german("handel", "Das Gesetz über den Handel ist alt.")
	return articles
}

func TestCompounds(t *testing.T) {
	ix := open(t, t.TempDir(), nil)
	add(t, ix, germanArticles()...)
	add(t, ix, corpus.Article{ID: "english", Language: "en", Body: "The act is on climate, and a quarrel it is not."})
	const read = "nothing has all the words as they are; also looked for: "
	for _, test := range []struct {
		query   string
		total   int
		first   string
		relaxed bool
		reading string
	}{
		{"Verschlüsselungsstreit", 12, "streit", false, "verschlüsselung streit"},
		{"Verschlüsselungsstreits Telefone", 12, "streit", false, "verschlüsselung streits"},
		{"Klimaschutz Gesetz", 1, "gesetz", false, "klimaschutzgesetz"},
		{"Gesetz Klimaschutz Bundestag", 1, "gesetz", false, "klimaschutzgesetz"},
		{"Gesetz Klimaschutz Quastenflosser", 3, "", true, "klimaschutzgesetz"},
		{"Klimaschutzegesetz", 0, "", false, ""},
		{"Gesetz Handel", 1, "handel", false, ""},
		{"Klimaschutzgesetz", 1, "gesetz", false, ""},
		{"Gesetz AND Klimaschutz", 0, "", false, ""},
		{"=Verschlüsselungsstreit", 0, "", false, ""},
		{"Quastenflosser", 0, "", false, ""},
	} {
		res := search(t, ix, index.Query{Text: test.query, Explain: true})
		if res.Total != test.total || res.Relaxed != test.relaxed {
			t.Errorf("%s finds %d, relaxed: %v", test.query, res.Total, res.Relaxed)
		}
		if len(res.Hits) > 0 && (!strings.HasPrefix(res.Hits[0].ID, test.first) || res.Hits[0].Explanation == nil) {
			t.Errorf("%s finds %s first, explained: %v", test.query, res.Hits[0].ID, res.Hits[0].Explanation)
		}
		if i := slices.Index(res.Warnings, read+test.reading); (i >= 0) != (test.reading != "") {
			t.Errorf("%s: warnings %q", test.query, res.Warnings)
		}
		strict := search(t, ix, index.Query{Text: test.query, Match: index.MatchStrict})
		if test.reading != "" && (strict.Total != 0 || len(strict.Warnings) > 0) {
			t.Errorf("%s, read strictly, finds %d with warnings %q", test.query, strict.Total, strict.Warnings)
		}
		quick := search(t, ix, index.Query{Text: test.query, IDsOnly: true})
		if got, want := ids(quick.Hits), ids(res.Hits); !slices.Equal(got, want) {
			t.Errorf("%s: the ids alone are %v, want %v", test.query, got, want)
		}
		if all := allOf(t, ix, test.query); len(all) != test.total {
			t.Errorf("%s: all are %v", test.query, all)
		}
	}
}

// allOf returns the ids of all articles that a query finds.
func allOf(t *testing.T, ix *index.Index, text string) (all []string) {
	t.Helper()
	for hit, err := range ix.All(t.Context(), index.Query{Text: text}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, hit.ID)
	}
	return all
}

// What shows that an article has the parts is marked in its passages.
func TestCompoundsAreMarked(t *testing.T) {
	ix := open(t, t.TempDir(), nil)
	add(t, ix, germanArticles()...)
	hit := search(t, ix, index.Query{Text: "Verschlüsselungsstreit", Limit: 1}).Hits[0]
	var marked []string
	for _, p := range hit.Snippets {
		for _, m := range p.Matches {
			marked = append(marked, p.Text[m.Start:m.End])
		}
	}
	if !slices.Equal(marked, []string{"Streit", "Verschlüsselung"}) {
		t.Errorf("%q are marked", marked)
	}
}

// Pages are of one listing, also where an article comes that has the word itself, with
// which the query would be read otherwise.
func TestCompoundsOfPages(t *testing.T) {
	for _, sort := range []index.Sort{index.Relevance, index.Newest} {
		for _, text := range []string{"Verschlüsselungsstreit", "Verschlüsselungsstreit Quastenflosser"} {
			ix := open(t, t.TempDir(), nil)
			add(t, ix, germanArticles()...)
			q := index.Query{Text: text, Sort: sort, Limit: 5, Copies: index.AllCopies}
			got, _ := listed(t, ix, q, func(page int) {
				add(t, ix, corpus.Article{ID: fmt.Sprint("new", page), Language: "de", Body: "Der Verschlüsselungsstreit ist beendet.", Published: day("2020-01-01")})
			})
			got = slices.DeleteFunc(got, func(id string) bool { return strings.HasPrefix(id, "new") })
			slices.Sort(got)
			if len(slices.Compact(got)) != 12 || len(got) != 12 {
				t.Errorf("%s, sort %v: %v", text, sort, got)
			}
		}
	}
}
