package alias

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/internal/query"
)

func TestStarter(t *testing.T) {
	tests := []struct{ query, want string }{
		{"north korea", `north korea OR =DPRK^0.7 OR "Democratic People's Republic of Korea"^0.7 OR =Pyongyang^0.4`},
		{"south korea", `south korea OR =ROK^0.7 OR =Seoul^0.4`},
		{"PRC", `PRC OR =China^0.7 OR =Beijing^0.4`},
		{"US sanctions", `(US OR "United States"^0.7) sanctions`},
		{"tell us who they are", "tell us who they are"},
		{"russia", `russia OR "Russian Federation"^0.7 OR =Kremlin^0.4 OR =Moscow^0.4`},
		{"Moscow", "Moscow"},
		{"Türkiye", "Türkiye OR =Turkey^0.7 OR =Ankara^0.4"},
		{"burma", "burma OR =Myanmar^0.7"},
		{"ivory coast", `ivory coast OR "Côte d'Ivoire"^0.7`},
		{"UN report", `(UN OR "United Nations"^0.7) report`},
		{"IMF", `IMF OR "International Monetary Fund"^0.7`},
		{"WHO guidelines", `(WHO OR "World Health Organization"^0.7 OR "World Health Organisation"^0.7) guidelines`},
		{"world health organization", `world health organization OR "World Health Organisation"^0.7`},
		{"EU", `EU OR "European Union"^0.7`},
		{"G7 summit", `(G7 OR "Group of Seven"^0.7 OR "G-7"^0.7) summit`},
		{"Fed rates", `(Fed OR "Federal Reserve"^0.7) rates`},
		{"fed up", "fed up"},
		{"pentagon", `pentagon OR "Defense Department"^0.7 OR "Department of Defense"^0.7 OR =DoD^0.7`},
		{"ICE raids", `(ICE OR "Immigration and Customs Enforcement"^0.7) raids`},
		{"ice melt", "ice melt"},
		{"GOP", `GOP OR "Republican Party"^0.7 OR "Grand Old Party"^0.7 OR =Republicans^0.4`},
		{"covid-19", `covid-19 OR =Covid^0.7 OR =coronavirus^0.7 OR "SARS-CoV-2"^0.7`},
		{"coronavirus", `coronavirus OR =Covid^0.7 OR "SARS-CoV-2"^0.7`},
		{"ICBM", `ICBM OR "intercontinental ballistic missile"^0.7 OR "intercontinental ballistic missiles"^0.7`},
		{"nuclear programme", "nuclear (programme OR =program^0.7 OR =programs^0.7)"},
		{"defence spending", "(defence OR =defense^0.7 OR =defenses^0.7) spending"},
		{"9/11", `9/11 OR "September 11 attacks"^0.7 OR "Sept. 11 attacks"^0.7 OR "September 11, 2001"^0.7 OR "Sept. 11, 2001"^0.7`},
		{"PM resigns", `(PM OR "prime minister"^0.7) resigns`},
		{"america", "america"},
		{"washington", "washington"},
	}
	for _, tt := range tests {
		if got := expand(t, Starter(), tt.query); got != tt.want {
			t.Errorf("%s\n got %s\nwant %s", tt.query, got, tt.want)
		}
	}
}

func TestStarterFile(t *testing.T) {
	again, err := Parse(english, Starter().YAML(), "starter.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(Starter().YAML()), string(again.YAML())); diff != "" {
		t.Errorf("read again, it is another file:\n%s", diff)
	}
	extended := parseTable(t, "extends: starter\n")
	if extended.Len() != Starter().Len() {
		t.Errorf("extended by nothing, it has %d lines, not %d", extended.Len(), Starter().Len())
	}
}

// Every name says something: it stands in one line, and where a person writes
// it, it finds another name or is found.
func TestStarterNames(t *testing.T) {
	table := Starter()
	found := make(map[string]bool) // keys of names that others find
	finds := func(n name) bool {
		_, uses := table.Expand(english, parseQuery(t, strings.ReplaceAll(n.text, ",", " ")))
		for _, u := range uses {
			if n, ok := u.Alias.(query.Word); ok {
				found[newKey(n.Text)] = true
			} else {
				found[newKey(u.Alias.(query.Phrase).Text)] = true
			}
		}
		return len(uses) > 0
	}
	idle := make(map[string]string)
	for _, g := range table.groups {
		for _, n := range g {
			if e := table.lookup(n.key); len(e.groups) > 1 {
				t.Errorf("%s stands in %d lines", n.text, len(e.groups))
			}
			if !finds(n) {
				idle[n.key] = n.text
			}
		}
	}
	for _, l := range table.oneWay {
		if !finds(l.from) {
			t.Errorf("%s finds nothing", l.from.text)
		}
		for _, n := range l.to {
			if !found[n.key] {
				t.Errorf("%s does not find %s", l.from.text, n.text)
			}
		}
	}
	for key, n := range idle {
		if !found[key] {
			t.Errorf("%s finds nothing, and nothing finds it", n)
		}
	}
}

func newKey(s string) string { return newName(english, s).key }
