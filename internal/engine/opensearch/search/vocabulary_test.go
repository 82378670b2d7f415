package search

import (
	"math/rand/v2"
	"regexp"
	"testing"

	"github.com/newsq/newsq/internal/editdist"
	"github.com/newsq/newsq/internal/match"
)

// TestFuzzyRegexpTakesAllIn edits words of few letters at random: the expression takes in
// whatever is near enough.
func TestFuzzyRegexpTakesAllIn(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	letters := []rune("abcü")
	pick := func() rune { return letters[random.IntN(len(letters))] }
	for range 300 {
		word := make([]rune, 1+random.IntN(maxFuzzyRegexp))
		for i := range word {
			word[i] = pick()
		}
		pattern := match.TermPattern{Kind: match.Fuzzy, Text: string(word), Distance: 1 + random.IntN(2)}
		text := fuzzyRegexp(pattern)
		if text == "" {
			continue
		}
		re := regexp.MustCompile("^(?:" + text + ")$")
		for range 300 {
			other := edited(random, word, pick)
			if editdist.Distance(word, other, pattern.Distance) <= pattern.Distance && !re.MatchString(string(other)) {
				t.Fatalf("%q is %d edits from %q, and %s leaves it out", string(other), pattern.Distance, string(word), text)
			}
		}
	}
}

// edited makes up to two edits.
func edited(random *rand.Rand, word []rune, pick func() rune) []rune {
	w := append([]rune{}, word...)
	for range 1 + random.IntN(2) {
		i := random.IntN(len(w) + 1)
		switch kind := random.IntN(4); {
		case kind == 0 || i == len(w):
			w = append(w[:i], append([]rune{pick()}, w[i:]...)...)
		case kind == 1:
			w = append(w[:i], w[i+1:]...)
		case kind == 2 && i > 0:
			w[i], w[i-1] = w[i-1], w[i]
		default:
			w[i] = pick()
		}
	}
	return w
}
