package fi

import (
	"strings"

	"github.com/newsq/newsq/internal/text/ending"
)

// Stem returns the stem of a folded word. It takes off one ending, of case, number,
// possession or the commonest verb forms, then vowels from the end of what is left, as
// J. Savoy's light stemmer for Finnish does, and writes the consonants that are last as
// the nominative has them, by consonant gradation: kaupungin has the stem of kaupunki.
// A word with other characters than a to z is its own stem.
func (Language) Stem(folded string) string {
	if !ending.IsLetters(folded) {
		return folded
	}
	if stem := forms.Stem(folded); stem != "" {
		return stem
	}
	return strongGrade(withoutVowels(endings.Apply(folded)))
}

// minStem is how many letters of a stem stay. Words shorter than that without their
// last vowel, such as talo and sota, have that vowel in nearly all forms.
const minStem = 4

// withoutVowels returns a stem without the vowels that it ends in, which change with
// the number and the case.
func withoutVowels(stem string) string {
	for len(stem) > minStem && ending.IsVowel(stem[len(stem)-1]) {
		stem = stem[:len(stem)-1]
	}
	return stem
}

// grades has what consonants at the end of a stem are in its weak grade, and what
// stands for them in the stem; where a consonant is lost or a p is v the word doesn't
// tell. The ks of -kse- is the s of the nominative: hallituksen, hallitus.
var grades = [...]struct{ from, to string }{
	{"ks", "s"},
	{"kk", "k"},
	{"pp", "p"},
	{"tt", "t"},
	{"ng", "nk"},
	{"mm", "mp"},
	{"nn", "nt"},
	{"ll", "lt"},
	{"rr", "rt"},
	{"d", "t"},
}

// strongGrade returns a stem with its last consonants as they are in the strong grade.
// A vowel may stand behind them in a short one.
func strongGrade(stem string) string {
	s, vowel := stem, ""
	if n := len(s); n == minStem && ending.IsVowel(s[n-1]) {
		s, vowel = s[:n-1], s[n-1:]
	}
	for _, g := range grades {
		if rest, ok := strings.CutSuffix(s, g.from); ok && rest != "" {
			if strings.HasPrefix(g.from, g.to) && vowel == "" {
				return stem[:len(rest)+len(g.to)]
			}
			return rest + g.to + vowel
		}
	}
	return stem
}

// StemPrefix returns bytes that every word of a stem starts with: the stem, but for
// its last consonant and a vowel behind that, and for what may stand for an ending.
func (Language) StemPrefix(stem string) string {
	n := min(endings.Kept(stem), forms.Kept(stem))
	if !ending.IsLetters(stem) || len(stem) < 2 {
		return stem[:n]
	}
	last := len(stem) - 1
	if ending.IsVowel(stem[last]) {
		last--
	}
	return stem[:min(n, max(last, 1))]
}
