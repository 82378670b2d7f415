package cs

import "github.com/newsq/newsq/internal/text/ending"

// endings are those of the declensions and conjugations, as far as tables of forms
// say that they do more good than harm. Nouns in -ec lose the vowel in other cases.
var endings = ending.Table{Rules: `
	3  ec>c
	2  a e i o u y em im ou um ym ach ami ech eho eme emi iho imi ite jit oho ovi ymi ejte
	3  al am as at do ej el es et ho is it mi aji ala ali alo aly ame ate eji ela eli elo ely emu
	3  ete ich ime omu ych ejsi
	4  me om`}

// Stem returns the stem of a folded word: the word without the longest ending that
// leaves enough of it. It is a light stemmer, as that of L. Dolamic and J. Savoy
// ("Indexing and Stemming Approaches for the Czech Language", 2009). k is c before
// some endings: valce has the stem of valka. A word with other characters than a to
// z is its own stem.
func (Language) Stem(folded string) string {
	if !ending.IsLetters(folded) {
		return folded
	}
	stem := endings.Apply(folded)
	if last := len(stem) - 1; last > 1 && stem[last] == 'c' {
		return stem[:last] + "k"
	}
	return stem
}

// StemPrefix returns bytes that every word of a stem starts with: all of them, but
// for a last letter that may be another, or have a vowel before it.
func (Language) StemPrefix(stem string) string {
	n := endings.Kept(stem)
	if last := len(stem) - 1; last > 1 && stem[last] == 'k' {
		n = min(n, last, endings.Kept(stem[:last]+"c"))
	}
	return stem[:n]
}
