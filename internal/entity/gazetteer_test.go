package entity

import (
	"fmt"
	"strings"
	"testing"

	"github.com/newsq/newsq/internal/alias"
	"github.com/newsq/newsq/internal/analysis"
)

func newTestFinder() *finder {
	return newFinder(analysis.Of, newGazetteers(alias.Starter(), analysis.Of))
}

func TestOtherLanguages(t *testing.T) {
	f := newTestFinder()
	for _, c := range []struct{ lang, text, want string }{
		{"de", "Angela Merkel sprach in Berlin. Merkels Reise nach Russland begann bei der UN.", "Angela Merkel: Angela Merkel|Merkel, Berlin: Berlin, Russia: Russland, United Nations: UN"},
		{"de", "Der Minister Karl Brandt kam. Brandt lobte den Brand, und Brandts Rede war kurz.", "Karl Brandt: Karl Brandt|Brandt|Brandt"},
		{"fr", "L'ONU a reçu François Dupont à Moscou. M. Dupont attend l'Allemagne.", "François Dupont: François Dupont|Dupont, United Nations: ONU, Moscow: Moscou, Germany: Allemagne"},
		{"es", "El presidente Pedro Molina García viajó a Estados Unidos con Obama.", "Pedro Molina García: Pedro Molina García, United States: Estados Unidos, Barack Obama: Obama"},
		{"es", "Michelle Obama cantó.", "Michelle Obama: Michelle Obama"},
		{"ru", "Владимира Путина ждут в Москве, сказали в России. Путин молчит.", "Vladimir Putin: Владимира Путина|Путин, Moscow: Москве, Russia: России"},
		{"ru", "Русские сказки и российские песни.", ""},
		{"pl", "Byłem w Rosji i w Niemczech.", "Russia: Rosji, Germany: Niemczech"},
		{"tr", "Türkiye'nin Rusya'ya notası", "Turkey: Türkiye, Russia: Rusya"},
		{"ar", "وقال ترامب في روسيا والصين", "Donald Trump: ترامب, Russia: روسيا, China: والصين"},
		{"zh", "美国总统特朗普访问中国", "United States: 美国, Donald Trump: 特朗普, China: 中国"},
		{"ko", "트럼프 대통령은 한국을", "Donald Trump: 트럼프, South Korea: 한국"},
		{"it", "il jordan di notte, la georgia", ""},
		{"xx", "Angela Merkel sprach.", ""},
		{"", "", ""},
	} {
		if c.lang == "" {
			continue
		}
		fields := []Field{{Text: c.text}}
		var got []string
		for _, e := range f.find(c.lang, fields) {
			var texts []string
			for _, m := range e.Mentions {
				texts = append(texts, m.Text)
			}
			got = append(got, fmt.Sprintf("%s: %s", e.Name, strings.Join(texts, "|")))
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("%s: %s\ngot  %s\nwant %s", c.lang, c.text, s, c.want)
		}
	}
}
