package matchtest

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/internal/match"
)

func TestRank(t *testing.T) {
	published := func(d *match.Doc, year int, id string) *match.Doc {
		d.Published = time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
		d.Values = map[match.Field][]string{match.ID: {id}}
		return d
	}
	docs := []*match.Doc{
		{Texts: map[match.Field][]match.Run{match.Title: {runOf("a")}, match.Body: {runOf("xxxxx")}}},
		{Texts: map[match.Field][]match.Run{match.Heading: {runOf("x")}, match.Body: {runOf("abxx"), runOf("ab")}}},
		{Texts: map[match.Field][]match.Run{match.Body: {append(runOf("xxx"), match.Token{Word: "the"})}, match.Author: {runOf("a")}}},
		published(&match.Doc{Texts: map[match.Field][]match.Run{match.Body: {runOf("bxxx")}}}, 2024, "2"),
		published(&match.Doc{Texts: map[match.Field][]match.Run{match.Body: {runOf("bxxx")}}}, 2024, "1"),
		published(&match.Doc{Texts: map[match.Field][]match.Run{match.Body: {runOf("bxxx")}}}, 2025, "3"),
	}
	// Lengths: 2.5 + 5, 1.5 + 6, 3, as "the" doesn't count, and thrice 4.
	mean := (7.5 + 7.5 + 3 + 3*4) / 6
	score := func(tf, df, length float64) float64 {
		return math.Log(1+(6-df+0.5)/(df+0.5)) * tf / (tf + 1.2*(0.25+0.75*length/mean))
	}
	a, b := match.Stem{Field: match.Text, Stem: "a"}, match.Stem{Field: match.Text, Stem: "b"}
	ab := match.Phrase{Field: match.Text, Terms: termsFrom("ab")}
	tests := []struct {
		plan match.Plan
		want []Scored
	}{
		{a, []Scored{{0, score(2.5, 2, 7.5)}, {1, score(2, 2, 7.5)}}},
		{match.Stem{Field: match.Title, Stem: "a"}, []Scored{{0, score(2.5, 1, 7.5)}}},
		{ab, []Scored{{1, score(2, 1, 7.5)}}},
		{match.Phrase{Field: match.Author, Terms: termsFrom("a")}, []Scored{{2, 0}}},
		// Ties: the newer, then the smaller id.
		{b, []Scored{{1, score(2, 4, 7.5)}, {5, score(1, 4, 4)}, {4, score(1, 4, 4)}, {3, score(1, 4, 4)}}},
		{match.Or{Operands: []match.Plan{a, match.Boost{Operand: ab, Factor: 2}, ab}, Best: true}, []Scored{{1, 2 * score(2, 2, 7.5)}, {0, score(2.5, 2, 7.5)}}},
		{match.Or{Operands: []match.Plan{a, match.Boost{Operand: ab, Factor: 2}, ab}}, []Scored{{1, score(2, 2, 7.5) + 3*score(2, 1, 7.5)}, {0, score(2.5, 2, 7.5)}}},
		{match.And{Operands: []match.Plan{a, match.Not{Operand: b}, match.Dates{}}}, nil},
		{match.And{Operands: []match.Plan{a, match.Not{Operand: b}, match.All{}}}, []Scored{{0, score(2.5, 2, 7.5)}}},
		// What stands in an match.And that doesn't match adds nothing.
		{match.Or{Operands: []match.Plan{match.And{Operands: []match.Plan{a, b}}, match.Stem{Field: match.Title, Stem: "a"}}}, []Scored{{0, score(2.5, 1, 7.5)}, {1, score(2, 2, 7.5) + score(2, 4, 7.5)}}},
		{match.None{}, nil},
	}
	for _, tt := range tests {
		got := Rank(tt.plan, docs)
		if diff := cmp.Diff(tt.want, got, cmp.Comparer(func(x, y float64) bool { return math.Abs(x-y) < 1e-12 })); diff != "" {
			t.Errorf("%v (-want +got):\n%s", tt.plan, diff)
		}
	}
}

// Documents of stop words alone have no length to divide by.
func TestRankWithoutLengths(t *testing.T) {
	docs := []*match.Doc{{Texts: map[match.Field][]match.Run{match.Body: {{{Word: "the"}, {Word: "who"}}}}}}
	got := Rank(match.Phrase{Field: match.Text, Terms: []match.TermPattern{{Text: "who"}}}, docs)
	if len(got) != 1 || math.IsNaN(got[0].Score) || got[0].Score <= 0 {
		t.Errorf("Rank = %v", got)
	}
}

// runOf makes a run of letters, each a word that is its own stem.
func runOf(letters string) match.Run {
	var run match.Run
	for _, r := range letters {
		run = append(run, match.Token{Word: string(r), Stem: string(r)})
	}
	return run
}

// termsFrom makes a phrase's terms of letters.
func termsFrom(letters string) []match.TermPattern {
	var terms []match.TermPattern
	for _, r := range letters {
		terms = append(terms, match.TermPattern{Kind: match.Exact, Text: string(r)})
	}
	return terms
}
