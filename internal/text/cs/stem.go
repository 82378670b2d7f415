package cs

import "github.com/newsq/newsq/internal/text/ending"

// endings are those of the declensions and conjugations, as far as tables of forms
// say that they do more good than harm.
var endings = ending.Table{Rules: `
	2  a e i o u y em im ou um ym ach ami ech eho eme emi iho imi ite jit oho ovi ymi ejte
	3  al am as do ej el es ho is mi aji ala ali alo aly ame eji ela eli elo ely emu
	3  ich ime omu ych ejsi
	4  me om`}

// fleeting has the vowel of poslanec, which poslance is without.
var fleeting = ending.Fleeting{Vowels: "e", Before: "klcn", Consonants: "bcdfghjklmnprstvz"}

var soft = ending.SoftK{Endings: &endings, Fleeting: &fleeting}

// Stem returns the stem of a folded word: the word without the longest ending that
// leaves enough of it. It is a light stemmer, as that of L. Dolamic and J. Savoy
// ("Indexing and Stemming Approaches for the Czech Language", 2009). k is c before
// some endings: valce has the stem of valka. A word with other characters than a to
// z is its own stem.
func (Language) Stem(folded string) string { return soft.Stem(folded) }

// StemPrefix returns bytes that every word of a stem starts with: all of them, but
// for a last letter that may be another, or have a vowel before it.
func (Language) StemPrefix(stem string) string { return soft.Prefix(stem) }
