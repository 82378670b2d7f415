package search

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader/readertest"
	"github.com/newsq/newsq/internal/match"
)

// eachSubset calls f with all subsets of the positions below n.
func eachSubset(n int, f func(positions []uint32)) {
	for set := range 1 << n {
		var positions []uint32
		for i := range n {
			if set>>i&1 != 0 {
				positions = append(positions, uint32(i))
			}
		}
		f(positions)
	}
}

// slowPhrase tries all choices of positions.
func slowPhrase(terms [][]uint32, skips []int, slop int) (found []occurrence) {
	var nearest func(i int, pos uint32, slop int) (uint32, bool)
	nearest = func(i int, pos uint32, slop int) (end uint32, ok bool) {
		if i == len(terms) {
			return pos, true
		}
		for _, p := range terms[i] {
			gap := int(p) - int(pos) - 1 - skips[i]
			if gap < 0 || gap > slop {
				continue
			}
			if e, found := nearest(i+1, p, slop-gap); found && (!ok || e < end) {
				end, ok = e, true
			}
		}
		return end, ok
	}
	for _, start := range terms[0] {
		if end, ok := nearest(1, start, slop); ok {
			found = append(found, occurrence{start, end})
		}
	}
	return found
}

// All phrases of two terms over six positions, and of three over five.
func TestPhraseOccurrences(t *testing.T) {
	check := func(terms [][]uint32, skips []int, slop int) {
		got, _ := phraseOccurrences(nil, terms, skips, slop)
		if want := slowPhrase(terms, skips, slop); !slices.Equal(got, want) {
			t.Fatalf("%v, skipping %v with slop %d: %v, want %v", terms, skips, slop, got, want)
		}
	}
	eachSubset(6, func(a []uint32) {
		eachSubset(6, func(b []uint32) {
			for skip := range 3 {
				for slop := range 3 {
					check([][]uint32{a, b}, []int{0, skip}, slop)
				}
			}
		})
	})
	eachSubset(5, func(a []uint32) {
		eachSubset(5, func(b []uint32) {
			eachSubset(5, func(c []uint32) {
				for slop := range 3 {
					check([][]uint32{a, b, c}, []int{0, slop % 2, 0}, slop)
				}
			})
		})
	})
}

// slowNear tries all choices of occurrences.
func slowNear(operands [][]occurrence, distance int, ordered bool) int {
	var joins func(i int, o occurrence) bool
	joins = func(i int, o occurrence) bool {
		if i == len(operands) {
			return true
		}
		return slices.ContainsFunc(operands[i], func(next occurrence) bool {
			after := int(next.start) - int(o.end)
			before := int(o.start) - int(next.end)
			near := after >= 1 && after <= distance || !ordered && before >= 1 && before <= distance
			return near && joins(i+1, next)
		})
	}
	first := map[occurrence]bool{}
	for _, o := range operands[0] {
		if joins(1, o) {
			first[o] = true
		}
	}
	return len(first)
}

func TestNearCount(t *testing.T) {
	random := rand.New(rand.NewPCG(13, 1))
	for range 20_000 {
		operands := make([][]occurrence, 1+random.IntN(4))
		for i := range operands {
			for range random.IntN(5) {
				start := random.Uint32N(12)
				operands[i] = append(operands[i], occurrence{start, start + random.Uint32N(3)})
			}
		}
		distance, ordered := 1+random.IntN(4), random.IntN(2) == 0
		want := slowNear(operands, distance, ordered)
		given := make([][]occurrence, len(operands))
		for i := range operands {
			given[i] = slices.Clone(operands[i])
		}
		if got, _ := nearCount(given, distance, ordered); got != want {
			t.Fatalf("%v within %d, ordered %v: %d, want %d", operands, distance, ordered, got, want)
		}
	}
}

// An exact phrase comes to the same when it is taken for a pattern phrase.
func TestExactPhraseIsPatternPhrase(t *testing.T) {
	v := viewForTest(t)
	random := rand.New(rand.NewPCG(13, 2))
	found := 0
	for range 150 {
		p := match.Phrase{Field: match.Body, Slop: random.IntN(3)}
		for range 2 + random.IntN(3) {
			if len(p.Terms) > 0 && random.IntN(4) == 0 {
				p.Terms = append(p.Terms, match.TermPattern{Kind: match.AnyWord})
			}
			p.Terms = append(p.Terms, wordTerm(random.IntN(6)))
		}
		for _, s := range v.Segments {
			run := runOn(v, s)
			exact, err := run.exactPhrase(t.Context(), p, "body")
			if err != nil {
				t.Fatal(err)
			}
			pattern, err := run.patternPhrase(t.Context(), p, match.Body)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(exact.docs, pattern.docs) || !slices.Equal(exact.freqs, pattern.freqs) {
				t.Fatalf("%v: %d documents, and as a pattern %d", p, len(exact.docs), len(pattern.docs))
			}
			found += len(exact.docs)
			run.res.release()
		}
	}
	if found == 0 {
		t.Error("no phrase was found")
	}
}

func BenchmarkExactPhrase(b *testing.B) {
	b.Run("2", func(b *testing.B) {
		benchSearch(b, &engine.Request{Plan: phrasePlan(wordTerm(0), wordTerm(1))})
	})
	b.Run("3", func(b *testing.B) {
		benchSearch(b, &engine.Request{Plan: phrasePlan(wordTerm(0), wordTerm(1), wordTerm(2))})
	})
}

func BenchmarkPatternPhrase(b *testing.B) {
	benchSearch(b, &engine.Request{Plan: phrasePlan(match.TermPattern{Kind: match.Prefix, Text: "t"}, wordTerm(3))})
}

func BenchmarkNear(b *testing.B) {
	near := match.Near{Field: match.Text, Distance: 5, Operands: [][]match.Phrase{
		{{Field: match.Text, Terms: []match.TermPattern{{Kind: match.Exact, Text: readertest.Word(2)}}}},
		{{Field: match.Text, Terms: []match.TermPattern{{Kind: match.Exact, Text: readertest.Word(4)}}}},
	}}
	benchSearch(b, &engine.Request{Plan: near})
}
