package search

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/newsq/newsq/internal/match"
)

// drawLeaf draws one of few leaves, so that equal ones come up often.
func drawLeaf(t *rapid.T) match.Plan {
	field := rapid.SampledFrom([]match.Field{match.Text, match.Title})
	pattern := rapid.Custom(func(t *rapid.T) match.TermPattern {
		return match.TermPattern{
			Kind:     rapid.SampledFrom([]match.PatternKind{match.Exact, match.Fuzzy}).Draw(t, "kind"),
			Text:     rapid.SampledFrom([]string{"a", "b"}).Draw(t, "text"),
			Distance: rapid.IntRange(0, 1).Draw(t, "distance"),
		}
	})
	phrase := rapid.Custom(func(t *rapid.T) match.Phrase {
		return match.Phrase{
			Field: field.Draw(t, "field"), Slop: rapid.IntRange(0, 1).Draw(t, "slop"),
			Terms: rapid.SliceOfN(pattern, 0, 2).Draw(t, "terms"),
		}
	})
	switch rapid.IntRange(0, 3).Draw(t, "type") {
	case 0:
		return match.Stem{Field: field.Draw(t, "field"), Stem: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "stem")}
	case 1:
		return phrase.Draw(t, "phrase")
	case 2:
		return match.Spans{
			Field: field.Draw(t, "field"), AtLeast: rapid.IntRange(0, 1).Draw(t, "at least"), Lead: rapid.IntRange(0, 1).Draw(t, "lead"),
			Of: drawSpan(t, rapid.SliceOfN(phrase, 0, 1), 1),
		}
	}
	return match.Near{
		Field: field.Draw(t, "field"), Distance: rapid.IntRange(1, 2).Draw(t, "distance"), Ordered: rapid.Bool().Draw(t, "ordered"),
		Operands: rapid.SliceOfN(rapid.SliceOfN(phrase, 0, 2), 0, 2).Draw(t, "operands"),
	}
}

// drawSpan draws a span of a depth.
func drawSpan(t *rapid.T, words *rapid.Generator[[]match.Phrase], depth int) match.Span {
	kind := 0
	if depth > 0 {
		kind = rapid.IntRange(0, 3).Draw(t, "span")
	}
	kid := func() match.Span { return drawSpan(t, words, depth-1) }
	unit := func() match.Unit { return match.Unit(rapid.IntRange(0, 1).Draw(t, "unit")) }
	switch kind {
	case 1:
		return match.SpanOr{kid()}
	case 2:
		return match.SpanNear{Of: []match.Span{kid()}, Distance: 1, Unit: unit(), Ordered: rapid.Bool().Draw(t, "ordered")}
	case 3:
		return match.SpanNotNear{Of: kid(), Avoid: kid(), Distance: 1, Unit: unit()}
	}
	return match.SpanWords(words.Draw(t, "phrases"))
}

// Leaves have the same number exactly when they are written alike.
func TestLeafIDs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var ids leafIDs
		known := map[string]int{}
		for range 50 {
			p := drawLeaf(t)
			text := fmt.Sprintf("%#v", p)
			want, ok := known[text]
			if !ok {
				want = len(known)
				known[text] = want
			}
			if got := ids.idOf(p); got != want {
				t.Fatalf("%s has number %d, want %d", text, got, want)
			}
		}
		if len(ids.plans) != len(known) {
			t.Fatalf("%d leaves have numbers, want %d", len(ids.plans), len(known))
		}
	})
	for _, p := range []match.Plan{match.All{}, match.Value{}, match.And{}} {
		if got := new(leafIDs).idOf(p); got != -1 {
			t.Errorf("%T has number %d", p, got)
		}
	}
}

// A query and what is counted beside it evaluate a leaf that both have once.
func TestPlansShareLeaves(t *testing.T) {
	phrase := func() match.Plan {
		return match.Phrase{Field: match.Text, Terms: []match.TermPattern{{Text: "north"}, {Text: "korea"}}}
	}
	stem := match.Stem{Field: match.Text, Stem: "talk"}
	var ids leafIDs
	query := compile(match.And{Operands: []match.Plan{phrase(), stem}}, &ids)
	beside := compile(match.Not{Operand: phrase()}, &ids)
	if got, want := beside.root.kids[0].leafID, query.root.kids[0].leafID; got != want {
		t.Errorf("the phrase has number %d in the query and %d beside it", want, got)
	}
	if query.root.kids[1].leafID == query.root.kids[0].leafID || len(ids.plans) != 2 {
		t.Errorf("%d leaves", len(ids.plans))
	}
}
