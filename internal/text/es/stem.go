package es

import "github.com/newsq/newsq/internal/text/ending"

// Stem returns the stem of a folded word. It takes off the endings of number and gender and
// those of regular verbs, in one step, which are among those that M. Porter's Spanish
// stemmer lists (snowballstem.org, spanish) and J. Savoy's light one: of nouns and
// adjectives all of a word's, of verbs those of the commonest forms.
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
