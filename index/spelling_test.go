package index_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// shelfOfSlips is an index of articles with words that are easily mistaken.
func shelfOfSlips(t *testing.T) *index.Index {
	t.Helper()
	ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
	var all []corpus.Article
	article := func(n int, a corpus.Article) {
		for range n {
			a.ID = fmt.Sprint(len(all))
			all = append(all, a)
		}
	}
	article(4, corpus.Article{
		Title: "Harbour pilots", Body: "The harbour pilots went on strike over pensions. A counterproposal came from the lighthouse keepers of South Ossetia.",
		Authors: []string{"Ada Wexcombe"}, Source: "Harbour Review", Topics: stated("Economy", "security/nuclear"), Language: "en",
		Places: []string{"Tskhinvali"}, People: []string{"Bruno Hartmann"}, Organizations: []string{"Pilots Union"},
	})
	article(9, corpus.Article{
		Title: "Hazard pilot", Body: "The hardest part of a pilot scheme. Pensioners and prisons; passions of Oman, a goal, and an alameda.",
		Authors: []string{"Lena Kestner"}, Source: "The Meridian", Topics: stated("elections"), Language: "de",
	})
	article(6, corpus.Article{Title: "Mayor", Body: "Bürgermeister Łukasz Wróblewski und Jürgen Süßmeier aus Gdańsk. Ο Παπαδόπουλος μίλησε.", Source: "Ledger"})
	article(2, corpus.Article{Title: "Oil", Body: "Petroleum and the greenhouse effect; a tariff truce that held. White papers, House papers, the White House."})
	add(t, ix, all...)
	return ix
}

// TestMend: what is proposed is what finds most together with the other words, or
// nothing.
func TestMend(t *testing.T) {
	ix := shelfOfSlips(t)
	for _, tt := range []struct{ query, want string }{
		// Together with the other words: hazard is as near, and more frequent.
		{"hazbard", "hazard"},
		{"harboru pilots", "harbour pilots"},
		{"strike pensons", "strike pensions"},
		{"prsions", "prisons"},
		{"strike prsions", "strike pensions"},
		{"harboru pensons", "harbour pensions"},
		{"pilots strike -harboru", ""},
		{`"harboru pilots"`, `"harbour pilots"`},
		{"title:harboru", "title:harbour"},
		{"harboru OR zzzzzz", "harbour OR zzzzzz"},
		{"HARBORU PILOTS", "HARBOUR PILOTS"},
		{"Harboru pilots", "Harbour pilots"},

		// As articles write it.
		{"burgermiester", "bürgermeister"},
		{"Wroblevski", "Wróblewski"},
		{"gdanskk", "gdańsk"},
		{"Παπαδοπουλοσς", "Παπαδόπουλος"},
		{"sussmeyer", "süßmeier"},

		// One word, or two.
		{"light house keepers", "lighthouse keepers"},
		{"counter proposal", "counterproposal"},
		{`"light house keepers"`, `"lighthouse keepers"`},
		{"southossetia", "south ossetia"},
		{"southossetia pilots", "south ossetia pilots"},
		{"title:harbourpilots", `title:"harbour pilots"`},
		{"southossetia OR zzzzzz", `"south ossetia" OR zzzzzz`},
		{`"of southossetia"`, `"of south ossetia"`},
		{"tarifftruce", "tariff truce"},
		{"harbour pilots", ""},
		{"house white", ""},
		{"the lighthouse", ""},

		// Values of fields.
		{"author:Wexcome", "author:Ada-Wexcombe"},
		{"pilots author:Wexcomb", "pilots author:Ada-Wexcombe"},
		{`author:"Ada Wexcom"`, "author:Ada-Wexcombe"},
		{"by:Kesner", "by:Lena-Kestner"},
		{"author:Wexcombe", ""},
		{"author:Zimmermann", ""},
		{"-author:Wexcome petroleum", ""},
		{"source:Leger", "source:Ledger"},
		{"source:HarbourReview", "source:Harbour-Review"},
		{"source:Meridan", "source:The-Meridian"},
		{"topic:econmy", "topic:economy"},
		{"topic:Econmy strike", "topic:economy strike"},
		{"topic:secuirty", "topic:security"},
		{"topic:nuclear", "topic:security/nuclear"},
		{"topic:elction", "topic:elections"},
		{"topic:(econmy OR zzz)", "topic:(economy OR zzz)"},
		{"topic:football", ""},
		{"place:Tskhinvalli", "place:Tskhinvali"},
		{"person:Hartman", "person:Bruno-Hartmann"},
		{"org:Piolts", "org:Pilots-Union"},
		{"org:pilots-unoin harboru", "org:Pilots-Union harbour"},
		{"author:Wexcome harboru", "author:Ada-Wexcombe harbour"},

		// Short words, for which the rest speaks.
		{"goel hardest", "goal hardest"},
		{"pilots strikes goel", ""},

		// No noise.
		{"author:Eskner", ""},
		{"OTAN", ""},
		{"gaol", ""},
		{"alQaeda", ""},
		{"golas", ""},
		{"MANO", ""},
		{"omna", ""},
		{"xylophone", ""},
		{"pensions zzzzzzz", ""},
	} {
		if got := search(t, ix, index.Query{Text: tt.query}).DidYouMean; got != tt.want {
			t.Errorf("did you mean for %s: %q, want %q", tt.query, got, tt.want)
		}
	}
}

// TestUnknownFilterValues: a filter by a value that no article has is told the value
// that may have been meant.
func TestUnknownFilterValues(t *testing.T) {
	ix := shelfOfSlips(t)
	for _, tt := range []struct{ facet, value, want string }{
		{index.FacetAuthor, "Wexcome", "; there is Ada Wexcombe"},
		{index.FacetAuthor, "Lena Kesner", "; there is Lena Kestner"},
		{index.FacetSource, "harbourreview", "; there is Harbour Review"},
		{index.FacetSource, "Meridan", "; there is The Meridian"},
		{index.FacetTopic, "econmy", "; there is economy"},
		{index.FacetTopic, "economie", "; there is economy"},
		{index.FacetTopic, "nuclear", "; there is security/nuclear"},
		{index.FacetTopic, "secuirty", "; there is security"},
		{index.FacetPlace, "Tskhinvalli", "; there is Tskhinvali"},
		{index.FacetTopic, "football", `no article has topic "football"`},
		{index.FacetSource, "BBX", `no article has source "BBX"`},
	} {
		res := search(t, ix, index.Query{Filters: []index.Filter{{Facet: tt.facet, Values: []string{tt.value}, Words: true}}})
		if got := strings.Join(res.Warnings, " "); !strings.HasSuffix(got, tt.want) && !strings.Contains(got, tt.want+",") {
			t.Errorf("%s %s is told %q, want %q", tt.facet, tt.value, got, tt.want)
		}
	}
}
