package match_test

import (
	"strings"
	"testing"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/query"
)

func TestCompounds(t *testing.T) {
	freqs := map[string]int{"": 0}
	for _, words := range []string{
		"de Klimaschutzgesetz Klima Klima Schutz Gesetz Gesetz Streit Verschlüsselung Verschlüsselung Frau Recht Eisen Bahn Staatsschutz Staat",
		"nl zonneschijn fiets pad", "sv gatukorsning valet riksdag", "fi ihmisoikeus sivu verkko", "da hus hund", "no regjering krise",
	} {
		of := strings.Fields(words)
		a := analysis.Of(of[0])
		for _, w := range of[1:] {
			freqs[a.Tokens(w)[0].Stem]++
		}
	}
	var languages []analysis.Analyzer
	for _, tag := range []string{"en", "de", "nl", "sv", "fi", "da", "no"} {
		languages = append(languages, analysis.Of(tag))
	}
	for _, test := range []struct{ query, want string }{
		{"Gesetz Klimaschutz", "+(Gesetz Klimaschutz OR klimaschutzgesetz^0.5)"},
		{"Klimaschutz Gesetz", "+(Klimaschutz Gesetz OR klimaschutzgesetz^0.5)"},
		{"neues Klimaschutz Gesetz", "neues +(Klimaschutz Gesetz OR klimaschutzgesetz^0.5)"},
		{"Verschlüsselungsstreit", "+(Verschlüsselungsstreit OR (verschlüsselung streit)^0.5)"},
		{"VERSCHLÜSSELUNGSSTREIT beendet", "+(VERSCHLÜSSELUNGSSTREIT OR (verschlüsselung streit)^0.5) beendet"},
		{"Frauenrecht", "+(Frauenrecht OR (frau recht)^0.5)"},
		{"zonne schijn", "+(zonne schijn OR zonneschijn^0.5)"},
		{"fietspaden", "+(fietspaden OR (fiets paden)^0.5)"},
		{"riksdagsvalet", "+(riksdagsvalet OR (riksdag valet)^0.5)"},
		{"verkkosivut", "+(verkkosivut OR (verkko sivut)^0.5)"},
		{"regjeringskrisen", "+(regjeringskrisen OR (regjering krisen)^0.5)"},
		// Words that articles have are not parted, in whatever language that is.
		{"Staatsschutz", "Staatsschutz"},
		// What asks for a word as written, or is in a field, stays as it is.
		{"=Verschlüsselungsstreit", "=Verschlüsselungsstreit"},
		{`"Gesetz Klimaschutz"`, `"Gesetz Klimaschutz"`},
		{"Gesetz AND Klimaschutz", "Gesetz AND Klimaschutz"},
		{"Gesetz -Klimaschutz", "Gesetz -Klimaschutz"},
		{"source:Verschlüsselungsstreit", "source:Verschlüsselungsstreit"},
		// Parts that no article has, short ones, numbers, and too many words.
		{"Verschlüsselungsstreik", "Verschlüsselungsstreik"},
		{"throughout", "throughout"},
		{"Eisenrad Klima2000 hus-hund", "Eisenrad Klima2000 hus-hund"},
		{"Gesetz Klimaschutz a1 a2 a3 a4 a5 a6 a7 a8 a9 b1 b2", "Gesetz Klimaschutz a1 a2 a3 a4 a5 a6 a7 a8 a9 b1 b2"},
		{strings.Repeat("Verschlüsselungs", 10) + "streit", strings.Repeat("Verschlüsselungs", 10) + "streit"},
		{"*", "*"},
	} {
		n, err := query.Parse(test.query)
		if err != nil {
			t.Fatal(err)
		}
		list := match.Compounds(n, languages)
		for _, c := range match.CompoundStems(list) {
			if c == "" {
				t.Errorf("%s: an empty stem is asked for", test.query)
			}
		}
		chosen := match.ChooseCompounds(list, func(stem string) int { return freqs[stem] })
		got, used := match.WithCompounds(n, chosen)
		if got.String() != test.want {
			t.Errorf("%s: %s, want %s", test.query, got, test.want)
		}
		if (len(used) == 0) != (test.query == test.want) {
			t.Errorf("%s: %d readings are said to be used", test.query, len(used))
		}
	}
}
