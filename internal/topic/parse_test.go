package topic

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/match"
)

func TestParse(t *testing.T) {
	const file = `
# Rules of a newsroom.
topics:
  Security > Nuclear weapons:
    query: '"nuclear weapons" OR title:nuclear'
    min: 3
    also: >-
      warhead
      OR missile
    label: The bomb
  security/press_freedom:
    query: >-
      journalist
      OR   "press freedom"
  stated: {query: topic:"North Korea" since:2020}
  alias:
    query: &q war OR peace
  aliased: {query: *q}
  gone: {query: x, disabled: true}
`
	rules, err := Parse(analysis.Of, []byte(file), "rules.yaml")
	if err != nil {
		t.Fatal(err)
	}
	want := []Rule{
		{Path: "alias", Query: "war OR peace", Min: 1, Label: "Alias"},
		{Path: "aliased", Query: "war OR peace", Min: 1, Label: "Aliased"},
		{Path: "security/nuclear_weapons", Query: `"nuclear weapons" OR title:nuclear`, Also: "warhead OR missile", Min: 3, Label: "The bomb"},
		{Path: "security/press_freedom", Query: `journalist OR "press freedom"`, Min: 1, Label: "Press freedom"},
		{Path: "stated", Query: `topic:"North Korea" since:2020`, Min: 1, Label: "Stated"},
	}
	if diff := cmp.Diff(want, rules.List()); diff != "" {
		t.Errorf("rules (-want +got):\n%s", diff)
	}
}

func TestParseExtends(t *testing.T) {
	const file = `
extends: starter
topics:
  sports: {disabled: true}
  economy/trade: {query: tariff, label: Tariffs}
  our/beat: {query: harbour}
`
	rules, err := Parse(analysis.Of, []byte(file), "rules.yaml")
	if err != nil {
		t.Fatal(err)
	}
	got := make(map[string]Rule)
	for _, r := range rules.List() {
		got[r.Path] = r
	}
	if n := len(starter().List()); len(got) != n {
		t.Errorf("%d rules, want %d: one fewer and one more than the starter rules", len(got), n)
	}
	if _, ok := got["sports"]; ok {
		t.Error("sports is there, though disabled")
	}
	if r := got["economy/trade"]; r.Query != "tariff" || r.Label != "Tariffs" || r.Min != 1 {
		t.Errorf("economy/trade is %+v, want it replaced whole", r)
	}
	if _, ok := got["our/beat"]; !ok {
		t.Error("our/beat is not there")
	}
	// Alone, extends takes over everything.
	all, err := Parse(analysis.Of, []byte("extends: starter\n"), "rules.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if all.Fingerprint() != starter().Fingerprint() {
		t.Error("starter rules extended by none are others")
	}
}

func TestParseErrors(t *testing.T) {
	rule := func(body string) string { return "topics:\n  security/nuclear:\n    " + body + "\n" }
	tests := []struct{ file, want string }{
		{"", "r.yaml: the file is empty"},
		{"topics: [", "r.yaml: not YAML: line 1:"},
		{"topics: {}\n---\ntopics: {}\n", "r.yaml: there is more than one YAML document"},
		{"- a\n", "r.yaml:1: expected keys with values here"},
		{"\nlabel: x\n", `r.yaml:2: there is no key "label"; there are extends, language, topics`},
		{"{}", "r.yaml:1: there are no topics"},
		{"topics: {}\ntopics: {}\n", "r.yaml:2: topics is given twice"},
		{"extends: mine\n", `r.yaml:1: extends: there are no rules named "mine", only starter`},
		{"topics: nuclear\n", "r.yaml:1: expected keys with values here"},
		{"topics:\n  [a]: {query: x}\n", "r.yaml:2: expected a plain key here"},
		{"topics:\n  ' / ': {query: x}\n", `r.yaml:2: topic " / ": it has no name`},
		{"topics:\n  \"a\\0\": {query: x}\n", "it has control characters"},
		{"topics:\n  a/b/c/d/e/f/g/h/i: {query: x}\n", "its path has more than 8 levels"},
		{"topics:\n  " + strings.Repeat("a", 201) + ": {query: x}\n", "its path is longer than 200 bytes"},
		{"topics:\n  a > b: {query: x}\n\n  A/B: {query: y}\n", "r.yaml:4: topic a/b is given twice, first in line 2"},
		{"topics:\n  a: war\n", "r.yaml:2: topic a: expected keys with values here"},
		{rule("min: 3"), "r.yaml:3: topic security/nuclear: there is no query"},
		{rule("query: x\n    colour: red"), `r.yaml:4: topic security/nuclear: there is no key "colour"; there are query, also, except, min, label, iptc, language, disabled`},
		{rule("query: [x]"), "r.yaml:3: topic security/nuclear: query: expected a plain value"},
		{rule("query: x\n    min: many"), `r.yaml:4: topic security/nuclear: min is a number from 1 to 1000, not "many"`},
		{rule("query: x\n    also: y"), "r.yaml:4: topic security/nuclear: also has words that count toward min; give a min above 1"},
		{rule("query: x\n    min: 2\n    also: '\"y'"), "r.yaml:5: topic security/nuclear: also: unclosed quotation at column 1"},
		{rule("query: x\n    min: 2\n    also: author:okoye"), "also: min counts words of title"},
		{rule("query: x\n    except: y"), "r.yaml:4: topic security/nuclear: except has words that don't count toward min"},
		{rule("query: x\n    min: 0"), "min is a number from 1 to 1000"},
		{rule("query: x\n    label: ''"), "label must be a text of at most 100 bytes"},
		{rule("query: x\n    disabled: perhaps"), `disabled is true or false, not "perhaps"`},
		{rule(`query: 'war OR "nuclear weapons'`), "r.yaml:3: topic security/nuclear: unclosed quotation at column 8"},
		{rule(`query: war topic:a?b`), "r.yaml:3: topic security/nuclear: pattern where topic: wants a whole value at column 11"},
		{rule("query: ''"), "the query matches every article"},
		{rule("query: '&'"), "there is no word in the query to look for"},
		{rule("query: war since:30d"), "a date counts from today; write one such as 2024-03"},
		{rule("query: said:nuclear"), "r.yaml:3: topic security/nuclear: rules are applied before names, quotations and kinds of sentences are found"},
		{rule("query: 'sanctions NEAR/5 person:*'"), "rules are applied before names, quotations and kinds of sentences are found"},
		{rule("query: is:forecast"), "rules are applied before names"},
		{rule("query: war is:forecast"), "rules are applied before names"},
		{rule("query: 'war NEAR/s person:kim'"), "rules are applied before names"},
		{rule("query: x\n    min: 2\n    also: 'said:\"nuclear weapons\" by:kim'"), "also: rules are applied before names"},
		{rule("query: author:okoye\n    min: 2"), "min counts words of title, headings and body, and the query asks for none"},
		{strings.Repeat("#", 1<<20+1), "r.yaml: larger than 1024 KB"},
		{manyTopics(2001), "r.yaml:2002: more than 2000 topics"},
	}
	for _, tt := range tests {
		_, err := Parse(analysis.Of, []byte(tt.file), "r.yaml")
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%.60q: error %v, want %s", tt.file, err, tt.want)
		}
	}
}

func manyTopics(n int) string {
	var b strings.Builder
	b.WriteString("topics:\n")
	for i := range n {
		b.WriteString("  t" + strings.Repeat("i", i%50) + string(rune('a'+i/50%26)) + string(rune('a'+i/1300)) + ": {query: x}\n")
	}
	return b.String()
}

// The canonical form says the same, and is its own.
func TestYAML(t *testing.T) {
	files := []string{
		string(starterYAML),
		"topics: {}",
		"topics:\n  b: {query: 'x: \"y\" #z', label: 'Été: 1', min: 3}\n  a/é: {query: 'true'}\n  '12': {query: =no}\n",
	}
	for _, file := range files {
		first, err := Parse(analysis.Of, []byte(file), "r.yaml")
		if err != nil {
			t.Fatal(err)
		}
		again, err := Parse(analysis.Of, first.YAML(), "again.yaml")
		if err != nil {
			t.Fatalf("%v in\n%s", err, first.YAML())
		}
		if diff := cmp.Diff(first.List(), again.List()); diff != "" {
			t.Errorf("rules (-first +again):\n%s", diff)
		}
		if first.Fingerprint() != again.Fingerprint() {
			t.Error("the fingerprint changed")
		}
	}
}

func TestFingerprint(t *testing.T) {
	print := func(file string) string {
		r, err := Parse(analysis.Of, []byte(file), "r.yaml")
		if err != nil {
			t.Fatal(err)
		}
		return r.Fingerprint()
	}
	base := print("topics: {a: {query: x y}, b: {query: z}}")
	if print("topics:\n  b: {query: z, min: 1}\n  A: {query: 'x  y', label: A}\n") != base {
		t.Error("the same rules, written otherwise, have another fingerprint")
	}
	for _, other := range []string{
		"topics: {a: {query: x y}}",
		"topics: {a: {query: x y}, b: {query: zz}}",
		"topics: {a: {query: x y}, b: {query: z, min: 2}}",
		"topics: {a: {query: x y}, b: {query: z, label: C}}",
	} {
		if print(other) == base {
			t.Errorf("%s has the fingerprint of other rules", other)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"topics: {a: {query: x}}",
		"extends: starter\ntopics:\n  sports: {disabled: true}\n",
		"topics:\n  a > b:\n    query: >-\n      \"x y\"~2 OR title:z* NEAR/2 w\n    min: 4\n    label: L\n",
		"topics: {a: &x {query: y}, b: *x}",
		"topics: &t {a: *t}",
		"topics: {<<: {a: {query: x}}}",
		"a: &a [*a]",
		"? {a: b}\n: c",
		"topics:\n  \xff: {query: x}",
	} {
		f.Add([]byte(s))
	}
	d := match.NewEncoder(analysis.Of).Encode(match.Input{Title: "x y z", Body: []string{"a war of words about w and peace"}})
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := Parse(analysis.Of, data, "r.yaml")
		if err != nil {
			if !strings.HasPrefix(err.Error(), "r.yaml:") {
				t.Errorf("error without place: %v", err)
			}
			return
		}
		again, err := Parse(analysis.Of, r.YAML(), "again.yaml")
		if err != nil {
			t.Fatalf("%v in canonical form\n%s", err, r.YAML())
		}
		if diff := cmp.Diff(r.List(), again.List()); diff != "" {
			t.Errorf("canonical form (-first +again):\n%s", diff)
		}
		r.Apply(d)
	})
}
