package topic

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/newsq/newsq/internal/analysis"
)

func TestParseIPTC(t *testing.T) {
	for in, want := range map[string]string{
		"medtop:20000065": "medtop:20000065",
		" 20000065 ":      "medtop:20000065",
		"04000000":        "medtop:04000000",
		"MedTop:17000000": "medtop:17000000",
		"http://cv.iptc.org/newscodes/mediatopic/20000002":  "medtop:20000002",
		"https://cv.iptc.org/newscodes/mediatopic/16000000": "medtop:16000000",
	} {
		if got, err := parseIPTC(in); got != want || err != nil {
			t.Errorf("%q is %q, %v, want %q", in, got, err, want)
		}
	}
	for in, want := range map[string]string{
		"":                "iptc is a code of the IPTC Media Topics such as medtop:20000065",
		"politics":        "not \"politics\"",
		"medtop:2000006":  "not \"medtop:2000006\"",
		"subj:11000000":   "not \"subj:11000000\"",
		"11003000":        "no code such as 11003000",
		"18000000":        "no code such as 18000000",
		"00000000":        "no code such as 00000000",
		"20000001":        "no code such as 20000001",
		"medtop:２００００００2": "not \"medtop:",
	} {
		if got, err := parseIPTC(in); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is %q, %v, want %s", in, got, err, want)
		}
	}
}

func TestIPTC(t *testing.T) {
	const file = `
iptc:
  economy: 04000000
  Elections: medtop:20000574
topics:
  security/nuclear: {query: uranium, iptc: 20000635}
  security/cyber: {query: malware}
`
	rules := parseRules(t, file)
	again := parseRules(t, string(rules.YAML()))
	for _, r := range []*Rules{rules, again} {
		for path, want := range map[string]string{
			"economy": "medtop:04000000", "elections": "medtop:20000574",
			"security/nuclear": "medtop:20000635", "security/cyber": "", "sports": "",
		} {
			if got := r.IPTC(path); got != want {
				t.Errorf("the code of %s is %q, want %q", path, got, want)
			}
		}
	}
	if rules.Fingerprint() != again.Fingerprint() {
		t.Errorf("what is written out is another file:\n%s", rules.YAML())
	}
	for file, want := range map[string]string{
		"topics:\n  a: {query: x, iptc: war}":                            "r.yaml:2: topic a: iptc is a code",
		"topics:\n  a:\n    query: x\n    iptc: [20000065]":              "r.yaml:4: topic a: iptc: expected a plain value",
		"iptc: 20000065\ntopics: {}":                                     "r.yaml:1: expected keys with values here",
		"iptc:\n  a: [x]\ntopics: {}":                                    "r.yaml:2: iptc: expected one code",
		"iptc:\n  a: 11003000\ntopics: {}":                               "r.yaml:2: iptc: the Media Topics have no code such as 11003000",
		"iptc:\n  /: 20000065\ntopics: {}":                               "r.yaml:2: iptc: topic \"/\": it has no name",
		"iptc:\n  a b: 20000065\n  a_b: 20000066\ntopics: {}":            "r.yaml:3: iptc: topic a_b is given twice, first in line 2",
		"iptc:\n  a: 20000065\ntopics:\n  a: {query: x, iptc: 20000066}": "r.yaml:2: iptc: the rule of topic a has a code",
	} {
		if _, err := Parse(analysis.Of, []byte(file), "r.yaml"); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %s", file, err, want)
		}
	}
}

// A file that extends the starter has its codes, may give others, and a rule that it
// replaces is replaced with its code.
func TestIPTCExtended(t *testing.T) {
	rules := parseRules(t, `
extends: starter
iptc: {security/cyber: 20001361, regions/korea: 20000638, economy: 20000344}
topics:
  sports: {query: regatta}
`)
	for path, want := range map[string]string{
		"security/cyber": "medtop:20001361", "regions/korea": "medtop:20000638", "economy": "medtop:20000344",
		"politics": starter().IPTC("politics"), "security/nuclear": starter().IPTC("security/nuclear"), "sports": "",
	} {
		if got := rules.IPTC(path); got != want {
			t.Errorf("the code of %s is %q, want %q", path, got, want)
		}
	}
}

// The built-in topics and what they lie below have codes, but for those that the list has
// nothing for; no two have the same.
func TestStarterIPTC(t *testing.T) {
	form := regexp.MustCompile(`^medtop:((0[1-9]|1[0-7])000000|20[0-9]{6})$`)
	without := []string{"law/justice", "politics/polarization", "diplomacy/alliances"}
	of := make(map[string]string)
	for path, code := range starter().codes {
		if !form.MatchString(code) {
			t.Errorf("the code of %s is %s", path, code)
		}
		if other := of[code]; other != "" {
			t.Errorf("%s has the code of %s, %s", path, other, code)
		}
		of[code] = path
	}
	for _, r := range starter().List() {
		broad, _, _ := strings.Cut(r.Path, "/")
		for _, path := range []string{r.Path, broad} {
			want := broad != "regions" && broad != "climate" && !slices.Contains(without, path) ||
				broad == "climate" && path != broad
			if got := starter().IPTC(path) != ""; got != want {
				t.Errorf("%s has the code %q", path, starter().IPTC(path))
			}
		}
	}
	// What rules in other languages give is coded as well.
	for _, rule := range starterIn(analysis.Of("de")) {
		if starter().IPTC(rule.Path) == "" && !strings.HasPrefix(rule.Path, "regions/") {
			t.Errorf("%s in German has no code; codes are for %v", rule.Path, slices.Sorted(maps.Keys(starter().codes)))
		}
	}
}
