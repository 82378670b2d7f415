package sv

import "github.com/newsq/newsq/internal/text/ending"

// Stem returns the stem of a folded word. It takes off the endings of the article, number,
// gender and case of nouns, and those of adjectives and of regular verbs, in one step,
// among them those of Snowball's stemmer (snowballstem.org, swedish), and those of a
// class of nouns together: where -at goes, so do -aten and -aterna.
// A word with other characters than a to z is its own stem.
func (Language) Stem(folded string) string {
	if !ending.IsLetters(folded) {
		return folded
	}
	if stem := forms.Stem(folded); stem != "" {
		return stem
	}
	return ending.Undoubled(endings.Apply(folded), ending.Consonants)
}

// StemPrefix returns bytes that every word of a stem starts with: the stem, but for
// what may stand for an ending.
func (Language) StemPrefix(stem string) string {
	return stem[:min(endings.Kept(stem), forms.Kept(stem))]
}
