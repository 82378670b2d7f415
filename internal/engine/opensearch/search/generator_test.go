package search

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
)

// tolerance of scores, relative: the server has them in 24 bits.
const tolerance = 1e-6

func near(a, b float64) bool { return math.Abs(a-b) <= tolerance*max(1, math.Abs(a), math.Abs(b)) }

// generator draws articles and plans of a small vocabulary.
type generator struct{ *rand.Rand }

func newGenerator(seed uint64) *generator { return &generator{rand.New(rand.NewPCG(seed, 8))} }

func (g *generator) docs(n int) []engine.Doc {
	docs := make([]engine.Doc, n)
	for i := range docs {
		docs[i] = g.doc(i)
	}
	return docs
}

func draw[T any](g *generator, of ...T) T { return of[g.IntN(len(of))] }

func (g *generator) word() string {
	return draw(g, "korea", "sanction", "sanctions", "sanctioned", "the", "kim", "fears", "fear", "fate", "u.s.", "é", "x", "re-fear", "k'im")
}

func (g *generator) text(most int) string {
	words := make([]string, g.IntN(most+1))
	for i := range words {
		words[i] = g.word()
	}
	return strings.Join(words, " ")
}

func (g *generator) doc(i int) engine.Doc {
	a := corpus.Article{ID: fmt.Sprintf("id%02d", i), Title: g.text(3), Summary: g.text(2), Source: draw(g, "", "Meridian"), Body: g.text(draw(g, 8, 8, 40))}
	if g.IntN(3) > 0 {
		a.Published = time.Date(draw(g, 1655, 1969, 2026), 1, 1+g.IntN(9), 6*g.IntN(3), 0, 0, 0, time.UTC)
	}
	in := match.Input{
		Title: a.Title, Headings: []string{g.text(2), g.text(1)}, Body: []string{a.Body, g.text(3)},
		Summary: a.Summary, Source: a.Source, ID: a.ID, Published: a.Published, Topics: []string{draw(g, "a", "a/b", "ab")},
	}
	return engine.Doc{Article: a, Text: match.NewEncoder(analysis.Of).Encode(in)}
}

func (g *generator) field() match.Field {
	return draw(g, match.Text, match.Text, match.Text, match.Title, match.Heading, match.Body, match.Summary, match.Source)
}

func (g *generator) terms(most int) []match.TermPattern {
	en := analysis.Of("en")
	terms := make([]match.TermPattern, 1+g.IntN(most))
	for i := range terms {
		w := en.Tokens(g.word())[0].Word
		terms[i] = draw(g,
			match.TermPattern{Kind: match.Exact, Text: w},
			match.TermPattern{Kind: match.Exact, Text: w},
			match.TermPattern{Kind: match.SameStem, Text: en.Stem(w)},
			match.TermPattern{Kind: match.Prefix, Text: w[:1]},
			match.TermPattern{Kind: match.Wildcard, Text: w[:1] + "*" + w[len(w)-1:]},
			match.TermPattern{Kind: match.Fuzzy, Text: w, Distance: 1},
			match.TermPattern{Kind: match.Regex, Text: "(" + w + "|x)"},
			match.TermPattern{Kind: match.AnyWord},
		)
		if !strings.ContainsFunc(terms[i].Text, func(r rune) bool { return r != '\uFFFD' }) {
			terms[i] = match.TermPattern{Kind: match.Exact, Text: w}
		}
	}
	return terms
}

func (g *generator) plans(most, depth int) []match.Plan {
	plans := make([]match.Plan, 1+g.IntN(most))
	for i := range plans {
		plans[i] = g.plan(depth)
	}
	return plans
}

func (g *generator) plan(depth int) match.Plan {
	kinds := 11
	if depth <= 0 {
		kinds = 5
	}
	switch g.IntN(kinds) {
	case 0:
		return match.Phrase{Field: g.field(), Terms: g.terms(3), Slop: g.IntN(3)}
	case 1:
		return draw[match.Plan](g, match.Value{Field: match.Topic, Value: "a"}, match.All{}, match.None{}, match.Dates{From: time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)})
	case 2:
		n := match.Near{Field: g.field(), Distance: 1 + g.IntN(4), Ordered: g.IntN(2) == 0}
		for range 2 + g.IntN(2) {
			n.Operands = append(n.Operands, []match.Phrase{{Terms: g.terms(2)}})
		}
		return n
	case 3, 4:
		en := analysis.Of("en")
		return match.Stem{Field: g.field(), Stem: en.Stem(en.Tokens(g.word())[0].Word)}
	case 5:
		return match.And{Operands: g.plans(3, depth-1)}
	case 6, 7:
		return match.Or{Operands: g.plans(3, depth-1), Best: g.IntN(2) == 0}
	case 8:
		return match.Not{Operand: g.plan(depth - 1)}
	case 9:
		s := match.Should{Operand: g.plan(depth - 1), Optional: g.plans(2, depth-1)}
		for range g.IntN(3) {
			s.First = append(s.First, match.Phrase{Field: g.field(), Terms: g.terms(2)})
		}
		return s
	}
	return match.Boost{Operand: g.plan(depth - 1), Factor: draw(g, 0.5, 2, 3)}
}
