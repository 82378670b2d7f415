package topic

import (
	"strings"
	"testing"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/match"
)

// The files of built-in rules in other languages are read, each by the analyzer of its
// language, with words of it alone.
func TestStarterLanguages(t *testing.T) {
	files, err := starterLanguages.ReadDir("starter")
	if err != nil || len(files) < 15 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, f := range files {
		tag := strings.TrimSuffix(f.Name(), ".yaml")
		a := analysis.Of(tag)
		if a.Tag() != tag {
			t.Errorf("%s has no analyzer", tag)
			continue
		}
		given := map[string]bool{}
		for _, rule := range starterIn(a) {
			given[rule.Path] = true
			if rule.Language != tag {
				t.Errorf("%s: %s is for %q", tag, rule.Path, rule.Language)
			}
		}
		for _, path := range []string{"conflict/war", "politics/elections", "economy", "regions/middle_east", "regions/china"} {
			if !given[path] {
				t.Errorf("%s: no rule gives %s", tag, path)
			}
		}
	}
}

// Articles get the topics of the built-in rules in their languages, in other forms than
// the rules have, and a file's own rules go before these.
func TestTopicsInLanguages(t *testing.T) {
	own := parseRules(t, "extends: starter\ntopics:\n  conflict/war: {query: Panzer, language: de}\n  economy: {disabled: true}\n")
	for _, tt := range []struct {
		lang, title, body string
		want, own         string
	}{
		{
			"de", "Luftangriffe vor der Wahl",
			"Die Soldaten der Armee beschossen die Stadt mit Raketen. Die Wähler gaben ihre Stimmzettel trotz der Kämpfe ab, und die Kandidaten riefen zur Waffenruhe auf.",
			"conflict/war politics/elections", "politics/elections",
		},
		{
			"ru", "Выборы в Иране",
			"Избиратели в Тегеране проголосовали за кандидатов. В Ираке, Сирии и Ливане следили за выборами, а экономика Ирана ждет роста инвестиций, экспорта и бюджета при инфляции.",
			"economy politics/elections regions/middle_east", "politics/elections regions/middle_east",
		},
		{
			"zh", "中国经济增长", "北京的投资和出口增长，企业和股市受益，通胀下降。习近平在北京会见上海企业代表。",
			"economy regions/china", "regions/china",
		},
		{"de", "Neue Panzer", "Panzer für das Heer.", "", "conflict/war"},
		{"en", "Panzer", "An essay on gardens.", "", ""},
	} {
		d := analyze(match.Input{Lang: tt.lang, Title: tt.title, Body: []string{tt.body}})
		for _, of := range []struct {
			rules *Rules
			want  string
		}{{starter(), tt.want}, {own, tt.own}} {
			var got []string
			for _, m := range of.rules.Apply(d) {
				got = append(got, m.Path)
				if strings.Contains(m.Reason, tt.lang+":") {
					t.Errorf("%s: the reason has tags of stems: %s", tt.title, m.Reason)
				}
			}
			if strings.Join(got, " ") != of.want {
				t.Errorf("%s: %s, want %s", tt.title, got, of.want)
			}
		}
	}
}

// What is written out has the built-in rules in other languages, and leaves out the same
// topics.
func TestLanguagesAreWritten(t *testing.T) {
	rules := parseRules(t, "extends: starter\ntopics:\n  economy: {disabled: true}\n")
	again, err := Parse(analysis.Of, rules.YAML(), "again")
	if err != nil {
		t.Fatal(err)
	}
	if rules.Fingerprint() != again.Fingerprint() || rules.Fingerprint() == starter().Fingerprint() {
		t.Error("the fingerprint is another, or that of the starter")
	}
	for file, want := range map[string]string{
		"languages: all\ntopics:\n  a: {query: x}\n":                 "r.yaml:1: languages: there are no rules",
		"without: [sports]\ntopics:\n  a: {query: x}\n":              "r.yaml:1: without: there are no built-in rules",
		"languages: starter\nwithout: x\ntopics:\n  a: {query: x}\n": "r.yaml:2: without: expected a list",
	} {
		if _, err := Parse(analysis.Of, []byte(file), "r.yaml"); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %s", file, err, want)
		}
	}
}
