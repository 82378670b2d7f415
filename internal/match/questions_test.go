package match

import (
	"strings"
	"testing"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/query"
)

// Words that ask are optional beside words that say what about.
func TestQuestions(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"harbour dues versus rail freight", "versus"},
		{"why did the talks fail", ""}, // stop words are left out anyway
		{"who pays harbour dues", "who"},
		{"WHO harbour rules", ""},
		{"dues impact", "impact"},
		{"impact of dues on traders", "impact"},
		{"Causes and consequences of the strike", "Causes consequences"},
		{"role of the board in the strike", "role"},
		{"leading role strike", ""},
		{"strike leads to closure", "leads"},
		{"lead poisoning in children", ""},
		{"what happened to the ferry", "happened"},
		{"will the ferry return", "will"},
		{"ferry will return", ""},
		{"may day strike", "may"},
		{"pourquoi la grève des dockers", "pourquoi"},
		{"Warum streiken die Hafenarbeiter", "Warum"},
		{"Auswirkungen Hafenstreik", "Auswirkungen"},
		{"последствия забастовки", "последствия"},
		// Nothing else to look for, or asked for in particular.
		{"impact", ""},
		{"who versus impact", ""},
		{"why impact the", ""},
		{"impact source:Ledger", ""},
		{`dues "impact"`, ""},
		{"dues =impact", ""},
		{"dues +impact", ""},
		{"dues title:impact", ""},
		{"dues AND impact", ""},
		{"dues OR impact", ""},
		{"dues impact*", ""},
		{"dues -impact", ""},
	} {
		tree, err := query.Parse(tt.text)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, n := range Questions(Context{Analyzer: analysis.Of("en")}, tree) {
			start, end := n.Pos()
			got = append(got, tt.text[start:end])
		}
		if got := strings.Join(got, " "); got != tt.want {
			t.Errorf("%s: %q is optional, want %q", tt.text, got, tt.want)
		}
	}
}

// With Questions a plan demands the rest, and scores what may be missing.
func TestLowerQuestions(t *testing.T) {
	c := Context{Analyzer: analysis.Of("en"), Questions: true}
	lower := func(s string) Plan {
		tree, err := query.Parse(s)
		if err != nil {
			t.Fatal(err)
		}
		p, err := Lower(tree, c)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	s, ok := lower("dues impact rail").(Should)
	if !ok || len(s.Optional) != 1 || len(Leaves(s)) != 3 || len(Leaves(s.Operand)) != 2 {
		t.Errorf("plan is %#v", s)
	}
	if p, ok := lower("impact versus").(And); !ok || len(p.Operands) != 2 {
		t.Errorf("of questions alone the plan is %#v", p)
	}
	c.Any = true
	if p, ok := lower("dues impact rail").(Or); !ok || len(p.Operands) != 3 {
		t.Errorf("of any of the words the plan is %#v", p)
	}
}

// Of words side by side, the very ones that come first do so before all others.
func TestLowerComesFirst(t *testing.T) {
	c := Context{Analyzer: analysis.Of("en"), ComesFirst: func(written, folded, stem string) bool {
		return written == "Rows" && folded == "rows" && stem == "row"
	}}
	for _, tt := range []struct {
		text  string
		first int // of the whole plan
	}{
		{"Rows", 1},
		{"Rows strike", 1},
		{"harbour Rows strike Rows", 2},
		{"rows strike", 0},
		{`"Rows" strike`, 0},
		{"Rows OR strike", 0},
	} {
		tree, err := query.Parse(tt.text)
		if err != nil {
			t.Fatal(err)
		}
		p, err := Lower(tree, c)
		if err != nil {
			t.Fatal(err)
		}
		s, _ := p.(Should)
		if len(s.First) != tt.first {
			t.Errorf("%s: %d words come first in %#v, want %d", tt.text, len(s.First), p, tt.first)
		}
	}
}

// Of words of which any will do, the one as written counts a little beside its
// stem.
func TestLowerWeighsMore(t *testing.T) {
	c := Context{Analyzer: analysis.Of("en"), Any: true, WeighsMore: func(folded, stem string) bool { return folded == "rows" }}
	tree, err := query.Parse("rows strike")
	if err != nil {
		t.Fatal(err)
	}
	p, err := Lower(tree, c)
	if err != nil {
		t.Fatal(err)
	}
	or, ok := p.(Or)
	if !ok || len(or.Operands) != 3 || len(Leaves(p)) != 3 || Leaves(p)[1].Boost != asWritten {
		t.Errorf("plan is %#v", p)
	}
	c.Any = false
	if p, err = Lower(tree, c); err != nil || len(Leaves(p)) != 2 {
		t.Errorf("of all words the plan is %#v, %v", p, err)
	}
}
