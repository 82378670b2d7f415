package topic

import (
	"slices"
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

// Mexico is no part of New Mexico, or of the gulf, in any language.
func TestNewMexicoInLanguages(t *testing.T) {
	for lang, names := range map[string][2]string{
		// Mexico, and then names that hold it.
		"ar": {"في المكسيك", "في نيو مكسيكو وعلى خليج المكسيك"},
		"de": {"in Mexiko", "in New Mexico und am Golf von Mexiko"},
		"en": {"in Mexico", "in New Mexico and on the Gulf of Mexico"},
		"es": {"en Colombia", "en Nuevo México y en el golfo de México"},
		"fa": {"در مکزیک", "در نیومکزیکو و خلیج مکزیک"},
		"fr": {"au Mexique", "au Nouveau-Mexique et dans le golfe du Mexique"},
		"id": {"di Meksiko", "di New Mexico dan di Teluk Meksiko"},
		"it": {"in Messico", "nel Nuovo Messico e nel Golfo del Messico"},
		"ja": {"メキシコでは", "ニューメキシコ州とメキシコ湾では"},
		"ko": {"멕시코에서", "뉴멕시코주에서"}, // what is the gulf means only Mexico too
		"nl": {"in Mexico", "in New Mexico en in de Golf van Mexico"},
		"pl": {"w Meksyku", "w Nowym Meksyku i w Zatoce Meksykańskiej"},
		"pt": {"no México", "no Novo México e no Golfo do México"},
		"ru": {"в Мексике", "в Нью-Мексико и в Мексиканском заливе"},
		"sw": {"nchini Meksiko", "katika New Mexico na Ghuba ya Meksiko"},
		"tr": {"Meksika'da", "New Mexico'da ve Meksika Körfezi'nde"},
		"uk": {"у Мексиці", "у Нью-Мексико і в Мексиканській затоці"},
		"zh": {"在墨西哥", "在新墨西哥州和墨西哥湾"},
	} {
		for i, name := range names {
			d := analyze(match.Input{Lang: lang, Title: name, Body: []string{strings.Repeat(name+". ", 4)}})
			given := slices.ContainsFunc(starter().Apply(d), func(m Match) bool { return m.Path == "regions/latin_america" })
			if given != (i == 0) {
				t.Errorf("%s: %s has the topic: %t", lang, name, given)
			}
		}
	}
}

// The words that were found are shown, and no stems.
func TestReasonsInLanguages(t *testing.T) {
	rules := parseRules(t, "language: de\ntopics:\n  states: {query: 'Staat ADJ/1 Israel OR (Regierung NEAR/3 Minister)'}\n")
	d := analyze(match.Input{Lang: "de", Body: []string{"Der Staat Israel. Die Regierungen ohne Minister."}})
	want := `"staat israel" (1), regierungen NEAR/3 minister (1)`
	for _, m := range rules.Apply(d) {
		if m.Reason != want {
			t.Errorf("the reason is %s, want %s", m.Reason, want)
		}
	}
}
