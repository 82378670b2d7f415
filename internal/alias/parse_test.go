package alias

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/internal/query"
)

func TestParse(t *testing.T) {
	const file = `
# Names of a newsroom.
aliases:
  - [North Korea,  DPRK, "north  korea", D.P.R.K.]
  - - Côte d'Ivoire
    - Ivory Coast
  - &norway [Norway, NO]
  - [9/11, 11]
one_way:
  North Korea: [Pyongyang, North Korea]
  Oslo: *norway
`
	const want = `aliases:
  - [North Korea, DPRK]
  - [Côte d'Ivoire, Ivory Coast]
  - [Norway, NO]
  - [9/11, "11"]
one_way:
  North Korea: [Pyongyang]
  Oslo: [Norway, NO]
`
	table := parseTable(t, file)
	if diff := cmp.Diff(want, string(table.YAML())); diff != "" {
		t.Errorf("table (-want +got):\n%s", diff)
	}
	if table.Len() != 6 {
		t.Errorf("%d lines, want 6", table.Len())
	}
}

func TestParseExtends(t *testing.T) {
	base := parseTable(t, `
aliases:
  - [North Korea, DPRK]
  - [Burma, Myanmar]
one_way:
  North Korea: [Pyongyang]
  Russia: [Moscow, Kremlin]
  Kremlin: [Russian government]
`)
	tests := []struct{ file, want string }{
		// By itself, it takes over everything.
		{"extends: starter", string(base.YAML())},
		// What is added comes first; one-way lines that start alike are one.
		{
			"extends: starter\naliases: [[North Korea, Hermit Kingdom]]\none_way: {russia: [Red Square, MOSCOW]}\n",
			`aliases:
  - [North Korea, Hermit Kingdom]
  - [North Korea, DPRK]
  - [Burma, Myanmar]
one_way:
  russia: [Red Square, MOSCOW, Kremlin]
  North Korea: [Pyongyang]
  Kremlin: [Russian government]
`,
		},
		// What is left out is gone wherever it stands, with lines that would
		// say nothing.
		{
			"extends: starter\nwithout: [kremlin, burma, Pyongyang]\n",
			"aliases:\n  - [North Korea, DPRK]\none_way:\n  Russia: [Moscow]\n",
		},
		// What holds nothing has no names.
		{"", "aliases: []\n"},
		{"# none\n", "aliases: []\n"},
		{"{}", "aliases: []\n"},
		{"aliases: []", "aliases: []\n"},
		{"aliases:\none_way:\n", "aliases: []\n"},
		{"peoples:\n  Freedonia: [Freedonian, freedonian, Freedonians]\n", "peoples:\n  Freedonia: [Freedonian, Freedonians]\n"},
		{"aliases:\npeoples:\n", "aliases: []\n"},
	}
	for _, tt := range tests {
		got, err := parse(english, []byte(tt.file), func() *Table { return base })
		if err != nil {
			t.Errorf("%s: %v", tt.file, err)
			continue
		}
		if diff := cmp.Diff(tt.want, string(got.YAML())); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.file, diff)
		}
	}
}

func TestParseErrors(t *testing.T) {
	long := strings.Repeat("long ", 11)
	tests := []struct{ file, want string }{
		{"aliases: [", "a.yaml: not YAML: line 1:"},
		{"aliases: []\n---\naliases: []\n", "a.yaml: there is more than one YAML document; remove the lines ---"},
		{"- [a, b]\n", `a.yaml:1: expected keys with values here, such as "aliases:"`},
		{"\nnames: x\n", `a.yaml:2: there is no key "names"; there are extends, without, aliases, one_way, peoples`},
		{"aliases: []\naliases: []\n", "a.yaml:2: aliases is given twice; join the two"},
		{"extends: mine\n", `a.yaml:1: extends: there are no names called "mine", only starter`},
		{"extends: [starter]\n", `a.yaml:1: extends: there are no names called "", only starter`},
		{"aliases: []\nwithout: [DPRK]\n", `a.yaml:2: without: nothing is extended to leave names out of; add "extends: starter"`},
		{"extends: starter\nwithout: DPRK\n", "a.yaml:2: without: expected a list of names, such as [Pyongyang]"},
		{"extends: starter\nwithout:\n  - DPRK\n  - DPRQ\n", `a.yaml:4: without: "DPRQ" is not among the names of starter; remove it here`},
		{"aliases: DPRK\n", "a.yaml:1: aliases: expected a list of groups, each such as - [North Korea, DPRK]"},
		{"aliases:\n  - DPRK\n", "a.yaml:2: expected a list of names here, such as [North Korea, DPRK]"},
		{"aliases:\n  - [a, b]\n  - [DPRK]\n", "a.yaml:3: a group of 1 different names; write two or more"},
		{"aliases:\n  - [U.S., us]\n", "a.yaml:2: a group of 1 different names; write two or more, as in [North Korea, DPRK] (U.S. and us are one name)"},
		{"aliases:\n  - []\n", "a.yaml:2: a group of 0 different names"},
		{"aliases:\n  - [a, [b, c]]\n", "a.yaml:2: expected a name here, not a list or mapping"},
		{"aliases:\n  - [a, '-']\n", `a.yaml:2: "-" has no letter or digit; write a name, or remove it`},
		{"aliases:\n  - [a, ]\n  - [b,\n     ~]\n", `a.yaml:2: a group of 1`},
		{"aliases:\n  - [a,\n     ~]\n", `a.yaml:3: "~" has no letter or digit`},
		{"aliases:\n  - [a, presid*]\n", `a.yaml:2: "presid*" has * or " in it; write plain words, all forms of them`},
		{"aliases:\n  - [a, \"b\\0\"]\n", `a.yaml:2: "b\x00" has control characters; remove them`},
		{"aliases:\n  - [a, " + long + "]\n", `words, more than 10; shorten it`},
		{"aliases:\n  - [a, " + strings.Repeat("x", 201) + "]\n", "a.yaml:2: a name is longer than 200 bytes; shorten it"},
		{"aliases:\n  - [" + strings.Repeat("a, ", 51) + "]\n", "a.yaml:2: more than 50 names in a line; make two lines of it"},
		{"aliases:\n" + strings.Repeat("  - [a, b]\n", 5001), "a.yaml:2: aliases: more than 5000 groups; leave out some"},
		{"extends: starter\naliases:\n" + strings.Repeat("  - [a, b]\n", 5000), "a.yaml: more than 5000 groups, one-way lines and peoples in all; leave out some"},
		{"peoples: [a]\n", "a.yaml:1: expected keys with values here"},
		{"peoples:\n  a: [a]\n", "a.yaml:2: \"a\" has no word for its people; write some, as in Israel: [Israeli]"},
		{"one_way: [a]\n", "a.yaml:1: expected keys with values here"},
		{"one_way:\n  a: b\n", "a.yaml:2: expected a list of names here, such as [North Korea, DPRK]"},
		{"one_way:\n  [a]: [b]\n", "a.yaml:2: expected a name here, not a list or mapping"},
		{"one_way:\n  a b: [A B]\n", `a.yaml:2: "a b" finds no other name; write some, as in North Korea: [Pyongyang]`},
		{"one_way:\n  US: [a]\n  U.S.: [b]\n", `a.yaml:3: "U.S." is given twice, first in line 2; join the two`},
		{"one_way:\n" + manyLines(5001), "a.yaml:5002: one_way: more than 5000 names; leave out some"},
		{"extends: starter\none_way:\n  Russia: [" + manyNames(50) + "]\n", `a.yaml: one_way: "Russia" finds more than 50 names with those of starter; leave out some`},
		{strings.Repeat("#", 1<<20+1), "a.yaml: larger than 1024 KB; split off what is not searched for"},
	}
	for _, tt := range tests {
		_, err := Parse(english, []byte(tt.file), "a.yaml")
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%.80q\n got %v\nwant %s", tt.file, err, tt.want)
		}
	}
}

// A short file can stand for a long table.
func TestParseWrittenOut(t *testing.T) {
	file := "aliases:\n- &a [" + manyNames(50) + "]\n" + strings.Repeat("- *a\n", 4000)
	const want = "a.yaml: larger than 1024 KB once written out; leave out some names"
	if _, err := Parse(english, []byte(file), "a.yaml"); err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func manyLines(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "  name%d: [x]\n", i)
	}
	return b.String()
}

func manyNames(n int) string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("name%d", i)
	}
	return strings.Join(names, ", ")
}

// Whatever can be read is written to a file that is read to the same, and
// expands any query.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		koreas, tangled, "extends: starter\nwithout: [DPRK]\n", "aliases: []", "one_way: {a: [b]}", "aliases: [[&a a, *a]]",
		"aliases: [[a, b]]\n---\n", "aliases: &x [*x]", "<<: {aliases: []}", "aliases: [[NO, ~x, 0x1F, 2024-01-01, .inf, null]]",
		"aliases: [[\"C++\", \"'tis\", \"#x\", \"- y\", \"a: b\", \"\\u2028z\", \"\\ufeffq\", 'ʬ'], [北京, トム]]",
	} {
		f.Add(s, "US talks (DPRK OR a b) title:c")
	}
	f.Fuzz(func(t *testing.T, file, q string) {
		table, err := Parse(english, []byte(file), "a.yaml")
		if err != nil {
			if !strings.HasPrefix(err.Error(), "a.yaml:") {
				t.Fatalf("the error names no file: %v", err)
			}
			return
		}
		written := table.YAML()
		again, err := Parse(english, written, "a.yaml")
		if err != nil {
			t.Fatalf("%q is written as %q, which fails: %v", file, written, err)
		}
		if diff := cmp.Diff(string(written), string(again.YAML())); diff != "" {
			t.Fatalf("%q is written as another file (-first +second):\n%s", file, diff)
		}
		n, _ := query.ParseLenient(q)
		x, uses := table.Expand(inEnglish, n)
		y, _ := again.Expand(inEnglish, n)
		if x.String() != y.String() || len(uses) > maxExpansions {
			t.Fatalf("%q expands to %s and %s, by %d uses", q, x, y, len(uses))
		}
	})
}
