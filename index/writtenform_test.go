package index_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

func suggested(t *testing.T, ix *index.Index, typed string) []string {
	t.Helper()
	found, err := ix.Suggest(t.Context(), typed, 0)
	if err != nil {
		t.Fatalf("suggest %q: %v", typed, err)
	}
	var out []string
	for _, s := range found {
		out = append(out, s.Text)
	}
	return out
}

// TestSuggestAsWritten: a word is proposed as most articles write it, and is found
// by what is typed with or without its accents.
func TestSuggestAsWritten(t *testing.T) {
	ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
	for i, s := range []string{
		"Ο Παναγιώτης Λιβανός στη Χαλκίδα. Η Λιβανός. Der Döring und Strößner in Gdańsk.",
		"Ο Λιβανός μίλησε. Gdańsk and Gdansk, Gdansk, Gdansk. GÖRLITZ.",
		"Kraśko of Gdansk. Les élections européennes à Görlitz.",
		"Gdańsk again, where NASCENT ran. Élections à Orléans. GÖRLITZ.",
		"گزارش می\u200cدهند که خانه\u200cها سوخت. The élan of the na\u00adscent party. NASCENT too.",
		"قال المسؤول في القاهرة إن الإنتاج مستمر.",
		"ประเทศไทย. Đà Nẵng và Huế. İzmir'de toplantı. Şırnak.",
		"Müller-Döring; O’Shaughnessy. Ångström. Straße. naïveté. Vašek.",
		"ΑΛΒΑΝΙΑ και Αλβανία. Кировоградська область. Їжакевич.",
	} {
		add(t, ix, corpus.Article{ID: fmt.Sprint(i), Title: "Note", Body: s})
	}
	for _, tt := range []struct{ typed, want string }{
		{"Λιβ", "Λιβανός"},
		{"λιβ", "λιβανός"},
		{"Λιβανο", "Λιβανός"},
		{"Παναγιωτ", "Παναγιώτης"},
		{"αλβ", "αλβανία"},
		{"Dör", "Döring"},
		{"dor", "döring"},
		{"Dor", "Döring"},
		{"strö", "strößner"},
		{"gda", "gdańsk"},
		{"Gda", "Gdańsk"},
		{"gör", "görlitz"},
		{"GÖR", "GÖRLITZ"},
		{"naï", "naïveté"},
		{"nasc", "nascent"},
		{"Élec", "Élections"},
		{"elec", "élections"},
		{"Elec", "Élections"},
		{"orle", "orléans"},
		{"می\u200cد", "می\u200cدهند"},
		{"مید", "می\u200cدهند"},
		{"خانه\u200cه", "خانه\u200cها"},
		{"المسؤ", "المسؤول"},
		{"الانت", "الإنتاج"},
		{"القا", "القاهرة"},
		{"đà nẵn", "đà nẵng"},
		{"nan", "nẵng"},
		{"hue", "huế"},
		{"şir", "şırnak"},
		{"ang", "ångström"},
		{"vas", "vašek"},
		{"киров", "кировоградська"},
		{"їжак", "їжакевич"},
		{"note gda", "note gdańsk"},
		{"title:gda OR dor", "title:gda OR döring"},
	} {
		if got := suggested(t, ix, tt.typed); len(got) == 0 || got[0] != tt.want {
			t.Errorf("%s is completed to %q, want %q", tt.typed, got, tt.want)
		}
	}
}

// TestSuggestInQuotation: within a quotation the words come in the order of what
// the quotation finds, also words that are rare elsewhere.
func TestSuggestInQuotation(t *testing.T) {
	ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
	var all []corpus.Article
	article := func(n int, body string) {
		for range n {
			all = append(all, corpus.Article{ID: fmt.Sprint(len(all)), Title: "Item", Body: body})
		}
	}
	article(5, "The head of the household left. A chart of hats.")
	article(3, "The head of the harbour board spoke. A chart of hats.")
	article(12, "The head of her house, and the hall of the hill: the hamlet, the harvest, the hall.")
	// More words than are looked at, each in more articles than those wanted.
	var many strings.Builder
	for i := range 80 {
		fmt.Fprintf(&many, "h%c%czz ", 'a'+i/26, 'a'+i%26)
	}
	article(14, many.String())
	article(2, "He is head of the hydrology unit.")
	add(t, ix, all...)
	for _, tt := range []struct {
		typed string
		want  []string
	}{
		{`"head of the h`, []string{`"head of the household`, `"head of the harbour`, `"head of the hydrology`}},
		{`“head of the h`, []string{`“head of the household`, `“head of the harbour`, `“head of the hydrology`}},
		{`board "head of the h`, []string{`board "head of the harbour`}},
		{`title:item "chart of h`, []string{`title:item "chart of hats`}},
		{`"the house" "head of the hy`, []string{}},
		{`"head of the hydrology" uni`, []string{`"head of the hydrology" unit`}},
		{`"head of th`, []string{`"head of the`}},
		{`"Head of the Har`, []string{`"Head of the Harbour`}},
	} {
		if got := suggested(t, ix, tt.typed); strings.Join(got, "|") != strings.Join(tt.want, "|") {
			t.Errorf("%s is completed to %q, want %q", tt.typed, got, tt.want)
		}
	}
	if got := completions(t, ix, `"item in au`); len(got) > 0 {
		t.Errorf("a field is proposed within a quotation: %v", got)
	}
}
