package query

import (
	"strings"
	"testing"
)

func TestRelax(t *testing.T) {
	tests := []struct{ query, want string }{
		{"north korea", "north OR korea"},
		{"north korea -trump topic:asia", "(north OR korea) -trump topic:asia"},
		{"topic:asia north -trump korea", "topic:asia (north OR korea) -trump"},
		{`presid* wom?n kim~ /a/ "interest rates" =x a^2`, `presid* OR wom?n OR kim~1 OR /a/ OR "interest rates" OR =x OR a^2`},
		{"+nuclear north korea", "+nuclear (north OR korea)"},
		{"a b OR c d", "(a OR b) OR (c OR d)"},
		{"(a b) c", "(a OR b) OR c"},
		{"(a OR b) c d", "(a OR b) (c OR d)"},
		{"(a b) AND c", "(a OR b) AND c"},
		{"title:(a b) source:(c d)", "title:(a OR b) source:(c d)"},
		{"(a b)^2", "(a OR b)^2"},
		{"a NEAR b c d", "a NEAR/10 b (c OR d)"},
		// Nothing to relax.
		{"korea", ""},
		{"north AND korea", ""},
		{"korea topic:asia since:2w", ""},
		{"-(a b)", ""},
		{"+(a b)", ""},
		{"* -a", ""},
		{"", ""},
	}
	for _, tt := range tests {
		n, err := Parse(tt.query)
		if err != nil {
			t.Fatal(err)
		}
		relaxed, changed := Relax(n)
		if changed != (tt.want != "") {
			t.Errorf("Relax(%s) says %v", tt.query, changed)
		}
		if tt.want == "" {
			tt.want = n.String()
		}
		if got := relaxed.String(); got != tt.want {
			t.Errorf("Relax(%s) = %s, want %s", tt.query, got, tt.want)
		}
	}
}

func TestWalk(t *testing.T) {
	n, err := Parse(`a -b (c NEAR d) title:(e OR f^2) date:2024 ="g"`)
	if err != nil {
		t.Fatal(err)
	}
	visit := func(into func(Node) bool) string {
		var seen []string
		Walk(n, func(n Node) bool {
			switch n.(type) {
			case Word, Phrase, Range:
				seen = append(seen, n.String())
			}
			return into(n)
		})
		return strings.Join(seen, " ")
	}
	if got, want := visit(func(Node) bool { return true }), `a b c d e f date:2024 "g"`; got != want {
		t.Errorf("Walk visits %s, want %s", got, want)
	}
	notBelow := func(n Node) bool {
		switch n.(type) {
		case Not, Field:
			return false
		}
		return true
	}
	if got, want := visit(notBelow), `a c d date:2024 "g"`; got != want {
		t.Errorf("Walk visits %s, want %s", got, want)
	}
	Walk(nil, func(Node) bool { t.Error("Walk visits nil"); return true })
}

func TestFields(t *testing.T) {
	var names []string
	for _, f := range Fields() {
		names = append(names, f.Name)
		if f.About == "" {
			t.Errorf("%s is not described", f.Name)
		}
	}
	want := "title heading body summary lead caps author said by is source topic lang date added words place person org mytag note rights id path url"
	if got := strings.Join(names, " "); got != want {
		t.Errorf("fields are %s, want %s", got, want)
	}
	seen := map[string]bool{}
	for _, f := range prefixes() {
		if seen[f.word] || f.word != strings.ToLower(f.word) {
			t.Errorf("%s: stands twice, or isn't lower case", f.word)
		}
		seen[f.word] = true
	}
}

// Slips of a field's name are told from other words.
func TestNearest(t *testing.T) {
	tests := []struct{ word, want string }{
		{"autor", "author"},
		{"Auhtor", "author"},
		{"sorce", "source"},
		{"titel", "title"},
		{"topc", "topic"},
		{"dtae", "date"},
		{"sumery", "summary"},
		{"lanuage", "language"},
		{"befor", "before"},
		{"untill", "until"},
		{"ur", ""},
		{"http", ""},
		{"mailto", ""},
		{"note", ""},
		{"vote", ""},
		{"votes", ""},
		{"mytg", "mytag"},
		{"said", ""},
		{"context", ""},
		{"reason", ""},
		{"conclusion", ""},
	}
	for _, tt := range tests {
		if got, _ := nearest(tt.word); got != tt.want {
			t.Errorf("nearest(%s) = %q, want %q", tt.word, got, tt.want)
		}
	}
}
