package it

import "github.com/newsq/newsq/internal/text/ending"

// Stem returns the stem of a folded word. It takes off the endings of number and gender and
// those of regular verbs, in one step, after J. Savoy's light stemmer for Italian and
// the endings of Snowball's (snowballstem.org, italian). An ending goes only together
// with the others of its noun: as -ano goes, which verbs have, so do -ana, -ani and
// -ane.
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
