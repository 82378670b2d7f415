package topic

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/match"
)

// A rule with a language gives topics to articles in it, and to those of which none
// is known.
func TestLanguageOfRules(t *testing.T) {
	rules := parseRules(t, `
language: en
topics:
  economy/platforms: {query: uber OR lyft}
  economy/fishing: {query: kutter, language: de}
  regions/andes: {query: lima, language: "es, PT_br"}
  people: {query: lula, language: any}
`)
	tests := []struct {
		lang, body string
		want       string
	}{
		{"en", "Uber pays its drivers.", "economy/platforms"},
		{"en-GB", "Uber pays its drivers.", "economy/platforms"},
		{"EN_us", "Uber pays its drivers.", "economy/platforms"},
		{"", "Uber pays its drivers.", "economy/platforms"},
		{"und", "Uber pays its drivers.", "economy/platforms"},
		{"de", "Man spricht über Fahrer.", ""},
		{"de-AT", "Man spricht über den Kutter.", "economy/fishing"},
		{"en", "The Kutter was sold.", ""},
		{"", "Kutter", "economy/fishing"},
		{"eng", "Uber", ""}, // another tag, however alike
		{"es", "Lima y Lula", "people regions/andes"},
		{"es-PE", "Lima", "regions/andes"},
		{"pt-BR", "Lima", "regions/andes"},
		{"pt", "Lima", ""},
		{"pt-PT", "Lima e Lula", "people"},
		{"zh", "Uber Lula", "people"},
	}
	tagger := rules.Tagger()
	for _, tt := range tests {
		var got []string
		for _, m := range tagger.Apply(analyze(match.Input{Lang: tt.lang, Body: []string{tt.body}})) {
			got = append(got, m.Path)
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s, %q: %s, want %s", tt.lang, tt.body, got, tt.want)
		}
	}
}

// The language of a file is for its own rules, and what is written out is read to the
// same rules.
func TestParseLanguage(t *testing.T) {
	rules := parseRules(t, "extends: starter\nlanguage: fr\ntopics:\n  our/port: {query: chalutier}\n  our/sea: {query: mer, language: any}\n")
	langs := map[string]string{}
	for _, r := range rules.List() {
		langs[r.Path] = r.Language
	}
	if langs["our/port"] != "fr" || langs["our/sea"] != "" || langs["sports"] != "en" {
		t.Errorf("%v", langs)
	}
	for name, r := range map[string]*Rules{"mixed": rules, "starter": starter(), "one": parseRules(t, "language: [de, EN]\ntopics:\n  a: {query: x}\n")} {
		again, err := Parse(analysis.Of, r.YAML(), name)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(r.List(), again.List()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if !strings.Contains(string(starter().YAML()), "\nlanguage: en\n") {
		t.Errorf("%.40s", starter().YAML())
	}
	for file, want := range map[string]string{
		"language: English please\ntopics:\n  a: {query: x}\n": "r.yaml:1: language is a tag such as en",
		"topics:\n  a: {query: x, language: ''}\n":             "r.yaml:2: topic a: language is a tag such as en",
		"topics:\n  a: {query: x, language: 'en,,de'}\n":       "r.yaml:2: topic a: language is a tag such as en",
		"language: {en: 1}\ntopics:\n  a: {query: x}\n":        "r.yaml:1: language: expected a plain value or a list",
		"language: []\ntopics:\n  a: {query: x}\n":             "r.yaml:1: language: expected tags",
	} {
		if _, err := Parse(analysis.Of, []byte(file), "r.yaml"); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %s", file, err, want)
		}
	}
}
