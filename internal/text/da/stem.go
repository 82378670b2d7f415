package da

import (
	"strings"

	"github.com/newsq/newsq/internal/text/ending"
)

// Stem returns the stem of a folded word. It takes off the endings of the article,
// number, gender and case of nouns, and those of adjectives and of regular verbs, in
// one step, among them those of Snowball's stemmer (snowballstem.org, danish). A double
// a is one, as å is folded: aarhus has the stem of århus. A word with other characters
// than a to z is its own stem.
func (Language) Stem(folded string) string {
	if !ending.IsLetters(folded) {
		return folded
	}
	word := folded
	if strings.Contains(word, "aa") {
		word = strings.ReplaceAll(word, "aa", "a")
	}
	if stem := forms.Stem(word); stem != "" {
		return stem
	}
	return ending.Undoubled(endings.Apply(word), ending.Consonants)
}

// StemPrefix returns bytes that every word of a stem starts with: the stem, but for
// what may stand for an ending, and no more than its first a, behind which there may be
// another.
func (Language) StemPrefix(stem string) string {
	n := min(endings.Kept(stem), forms.Kept(stem))
	if i := strings.IndexByte(stem[:n], 'a'); i >= 0 && ending.IsLetters(stem) {
		n = i + 1
	}
	return stem[:n]
}
