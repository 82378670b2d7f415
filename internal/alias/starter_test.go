package alias

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/internal/query"
)

func TestStarter(t *testing.T) {
	tests := []struct{ query, want string }{
		{"north korea", `north korea OR =DPRK^0.7 OR "Democratic People's Republic of Korea"^0.7 OR "North Korean"^0.6 OR "North Koreans"^0.6 OR =Pyongyang^0.4`},
		{"south korea", `south korea OR =ROK^0.7 OR "South Korean"^0.6 OR "South Koreans"^0.6 OR =Seoul^0.4`},
		{"PRC", `PRC OR =China^0.7 OR Chinese^0.6 OR =Beijing^0.4`},
		{"US sanctions", `(US OR "United States"^0.7) sanctions`},
		{"tell us who they are", "tell us who they are"},
		{"russia", `russia OR "Russian Federation"^0.7 OR Russian^0.6 OR =Kremlin^0.4 OR =Moscow^0.4`},
		{"Moscow", "Moscow"},
		{"Türkiye", "Türkiye OR =Turkey^0.7 OR Turkish^0.6 OR Turks^0.6 OR =Ankara^0.4"},
		{"burma", "burma OR =Myanmar^0.7 OR Burmese^0.6"},
		{"ivory coast", `ivory coast OR "Côte d'Ivoire"^0.7 OR Ivorian^0.6`},
		{"UN report", `(UN OR "United Nations"^0.7) report`},
		{"IMF", `IMF OR "International Monetary Fund"^0.7`},
		{"WHO guidelines", `(WHO OR "World Health Organization"^0.7 OR "World Health Organisation"^0.7) guidelines`},
		{"world health organization", "world health organization"},
		{"EU", `EU OR "European Union"^0.7`},
		{"G7 summit", `(G7 OR "Group of Seven"^0.7 OR "G-7"^0.7) summit`},
		{"Fed rates", `(Fed OR "Federal Reserve"^0.7) rates`},
		{"fed up", "fed up"},
		{"pentagon", `pentagon OR "Defense Department"^0.7 OR "Department of Defense"^0.7 OR =DoD^0.7`},
		{"ICE raids", `(ICE OR "Immigration and Customs Enforcement"^0.7) raids`},
		{"ice melt", "ice melt"},
		{"GOP", `GOP OR "Republican Party"^0.7 OR "Grand Old Party"^0.7 OR =Republicans^0.4`},
		{"covid-19", `covid-19 OR =Covid^0.7 OR =Covid19^0.7 OR =coronavirus^0.7 OR "SARS-CoV-2"^0.7`},
		{"coronavirus", `coronavirus OR =Covid^0.7 OR =Covid19^0.7 OR "SARS-CoV-2"^0.7`},
		{"ICBM", `ICBM OR "intercontinental ballistic missile"^0.7 OR "intercontinental ballistic missiles"^0.7`},
		{"nuclear programme", "nuclear programme"},
		{"five percent", `five (percent OR "per cent"^0.7)`},
		{"five per cent", `five (per cent OR =percent^0.7)`},
		{"9/11", `9/11 OR "September 11 attacks"^0.7 OR "Sept. 11 attacks"^0.7 OR "September 11, 2001"^0.7 OR "Sept. 11, 2001"^0.7`},
		{"PM resigns", `(PM OR "prime minister"^0.7) resigns`},
		{"america", "america OR American^0.6"},
		{"israel settlements", "(israel OR Israeli^0.6) settlements"},
		{"Israelis", "Israelis OR Israel^0.6"},
		{"title:ukrainian", "title:(ukrainian OR Ukraine^0.6)"},
		{"british", `british OR "United Kingdom"^0.6 OR Briton^0.6 OR U.K.^0.6 OR Britain^0.6`},
		{"britain", `britain OR "United Kingdom"^0.7 OR =U.K.^0.7 OR British^0.6 OR Briton^0.6`},
		{"Polish workers", "(Polish OR Poland^0.6) workers"},
		{"nail polish", "nail polish"},
		{"DPRK", `DPRK OR "North Korea"^0.7 OR "Democratic People's Republic of Korea"^0.7 OR "North Korean"^0.6 OR "North Koreans"^0.6 OR =Pyongyang^0.4`},
		{"north koreans", `north koreans OR "North Korea"^0.6 OR DPRK^0.6 OR "Democratic People's Republic of Korea"^0.6`},
		{"saudi", "saudi OR KSA^0.6"},
		{`"israel"`, `"israel"`},
		{"=israel", "=israel"},
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
		_, uses := table.Expand(inEnglish, parseQuery(t, strings.ReplaceAll(n.text, ",", " ")))
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

// What a country and its people are found by is no other word's stem.
func TestPeoplesApart(t *testing.T) {
	of := make(map[string]string)
	for _, line := range Starter().peoples {
		if len(line) < 2 {
			t.Errorf("%s stands alone", line[0].text)
		}
		for _, n := range line {
			if n.len() > 1 {
				continue
			}
			stem := english.Stem(n.key)
			if other, taken := of[stem]; taken && other != line[0].text {
				t.Errorf("%s is found as %s of %s", n.text, stem, other)
			}
			of[stem] = line[0].text
		}
	}
	for _, w := range strings.Fields("pole poll jar cube mall male tong ran grease hunger rush dame dutiful crime fine") {
		if country, taken := of[english.Stem(w)]; taken {
			t.Errorf("%s is found by %s", w, country)
		}
	}
}

// Where any word will do, a people's name adds nothing; other names do.
func TestExpandNames(t *testing.T) {
	for _, tt := range []struct{ query, want string }{
		{"israel", "israel"},
		{"burma", "burma OR =Myanmar^0.7"},
	} {
		if n, _ := Starter().ExpandNames(inEnglish, parseQuery(t, tt.query)); n.String() != tt.want {
			t.Errorf("%s is %s, want %s", tt.query, n, tt.want)
		}
	}
}
