package ro

import "github.com/newsq/newsq/internal/text/ending"

// Stem returns the stem of a folded word. It takes off the endings of number, gender, case and
// the article of nouns and adjectives, and of verbs those of the commonest regular
// forms, in one step; Snowball's stemmer (snowballstem.org, romanian) lists them. What
// changes within a word, as in carte and cărți, is beyond it where marks don't tell.
// A word with other characters than a to z is its own stem.
func (Language) Stem(folded string) string {
	if !ending.IsLetters(folded) {
		return folded
	}
	if stem := forms.Stem(folded); stem != "" {
		return stem
	}
	return endings.Apply(folded)
}

// StemPrefix returns bytes that every word of a stem starts with: the stem, but for
// what may stand for an ending.
func (Language) StemPrefix(stem string) string {
	return stem[:min(endings.Kept(stem), forms.Kept(stem))]
}
