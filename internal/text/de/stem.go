package de

import (
	"strings"

	"github.com/newsq/newsq/internal/text/ending"
)

// Stem returns the stem of a folded word. It takes off the endings of nouns,
// adjectives and regular verbs in one step, as J. Savoy's light stemmer for German
// does ("Light Stemming Approaches for the French, Portuguese, German and Hungarian
// Languages", 2006), and those of women as well: ministerinnen has the stem of
// minister. Umlauts spelled with an e are those without marks: mueller is muller.
// A word with other characters than a to z is its own stem.
func (Language) Stem(folded string) string {
	if !ending.IsLetters(folded) {
		return folded
	}
	word := plainUmlauts(folded)
	if stem := forms.Stem(word); stem != "" {
		return stem
	}
	return ending.Undoubled(endings.Apply(word), "ns")
}

// plainUmlauts returns a folded word with ae, oe and ue as a, o and u, as ä, ö and
// ü are folded. The u of bauer, neue and quelle belongs to the letter before it,
// and at the end of a word, as in statue, an e is an ending.
func plainUmlauts(word string) string {
	i := 0
	for i < len(word) && !isUmlaut(word, i) {
		i++
	}
	if i == len(word) {
		return word
	}
	var b strings.Builder
	b.Grow(len(word))
	for i := 0; i < len(word); i++ {
		b.WriteByte(word[i])
		if isUmlaut(word, i) {
			i++
		}
	}
	return b.String()
}

func isUmlaut(word string, i int) bool {
	if i+2 >= len(word) || word[i+1] != 'e' {
		return false
	}
	switch word[i] {
	case 'a', 'o':
	case 'u':
		if i > 0 && strings.IndexByte("aeq", word[i-1]) >= 0 {
			return false
		}
	default:
		return false
	}
	return true
}

// StemPrefix returns bytes that every word of a stem starts with. Words are longer
// than their stems, but behind the first a, o or u there may be the e of an umlaut.
func (Language) StemPrefix(stem string) string {
	n := forms.Kept(stem)
	if !ending.IsLetters(stem) {
		return stem
	}
	if i := strings.IndexAny(stem[:n], "aou"); i >= 0 {
		n = i + 1
	}
	return stem[:min(n, endings.Kept(stem))]
}
