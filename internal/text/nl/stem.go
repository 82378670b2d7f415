package nl

import (
	"strings"

	"github.com/newsq/newsq/internal/text/ending"
)

// Stem returns the stem of a folded word. It takes off the endings of the plural, of
// diminutives, adjectives and regular verbs, in one step, among them those of Snowball's
// stemmer (snowballstem.org, dutch), and then writes what is left as in one syllable: a
// vowel that is double in maan and single in manen is single, and the z of huizen and the
// v of brieven are s and f. A word with other characters than a to z is its own stem.
func (Language) Stem(folded string) string {
	if !ending.IsLetters(folded) {
		return folded
	}
	if stem := forms.Stem(folded); stem != "" {
		return stem
	}
	return closedSyllable(ending.Undoubled(endings.Apply(folded), ending.Consonants))
}

// closedSyllable writes the end of a stem as it is in an open syllable, but for the
// consonant, which is as it is at the end of a word.
func closedSyllable(stem string) string {
	n := len(stem)
	if n < 3 {
		return stem
	}
	last := stem[n-1]
	switch {
	case n > 3 && last == stem[n-2] && isDoubled(last):
		return stem[:n-1] // of staat and staten, without their -t
	case n > 3 && stem[n-2] == stem[n-3] && isDoubled(stem[n-2]) && !ending.IsVowel(last):
		return stem[:n-2] + voiceless(last)
	case last == 'z' || last == 'v':
		return stem[:n-1] + voiceless(last)
	}
	return stem
}

// isDoubled reports whether a vowel is written double in a closed syllable.
func isDoubled(b byte) bool { return strings.IndexByte("aeou", b) >= 0 }

func voiceless(b byte) string {
	switch b {
	case 'z':
		return "s"
	case 'v':
		return "f"
	}
	return string(rune(b))
}

// StemPrefix returns bytes that every word of a stem starts with: the stem, but for
// its last letter, before which words may have another vowel, and for what may stand for
// an ending.
func (Language) StemPrefix(stem string) string {
	n := min(endings.Kept(stem), forms.Kept(stem))
	if len(stem) > 2 && ending.IsLetters(stem) {
		n = min(n, len(stem)-1)
	}
	return stem[:n]
}
