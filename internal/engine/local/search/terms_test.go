package search

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/match"
)

// The automaton may lead to words that are not near, and must miss none.
func TestFuzzyAutomatonMissesNothing(t *testing.T) {
	word := rapid.StringOfN(rapid.RuneFrom([]rune("abcé")), 1, 7, -1)
	rapid.Check(t, func(t *rapid.T) {
		pattern := match.TermPattern{Kind: match.Fuzzy, Text: word.Draw(t, "want"), Distance: rapid.IntRange(1, 2).Draw(t, "distance")}
		accepts, err := pattern.Matcher(analysis.Of("en"))
		if err != nil {
			t.Fatal(err)
		}
		a := fuzzyAutomaton(pattern)
		if a == nil {
			t.Fatal("no automaton")
		}
		for range 50 {
			w := word.Draw(t, "word")
			state := a.Start()
			for i := range len(w) {
				state = a.Accept(state, w[i])
			}
			if accepts(w) && !a.IsMatch(state) {
				t.Fatalf("%q is within %d of %q, and the automaton does not accept it", w, pattern.Distance, pattern.Text)
			}
		}
	})
}
