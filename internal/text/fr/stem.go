package fr

import "github.com/newsq/newsq/internal/text/ending"

// Stem returns the stem of a folded word. It takes off the endings of number and gender and
// those of regular verbs, in one step, after J. Savoy's light stemmer for French ("A
// Stemming Procedure and Stopword List for General French Corpora", 1999) and the
// endings of Snowball's (snowballstem.org, french). Nouns that are made of verbs or of
// adjectives keep a stem of their own.
// A word with other characters than a to z is its own stem.
func (Language) Stem(folded string) string {
	if !ending.IsLetters(folded) {
		return folded
	}
	if stem := forms.Stem(folded); stem != "" {
		return stem
	}
	return ending.Undoubled(endings.Apply(folded), "ln")
}

// StemPrefix returns bytes that every word of a stem starts with: the stem, but for
// what may stand for an ending.
func (Language) StemPrefix(stem string) string {
	return stem[:min(endings.Kept(stem), forms.Kept(stem))]
}
