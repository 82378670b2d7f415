package pl

import "github.com/newsq/newsq/internal/text/ending"

// endings are those of the declensions and conjugations, as far as tables of forms
// say that they do more good than harm. Words in -ent and -ist have another
// consonant in the plural of persons; minister loses a vowel in other cases.
var endings = ending.Table{Rules: `
	1  ster>str enci>ent anci>ant isci>ist ysci>yst osci>osc dzie>d
	2  iego iemu ii ie ia
	3  owi
	4  ow
	5  owie
	2  a e u y am ec ej go im ym ach ami amy asz bym bys ego emu emy esz iac ial ily lby les
	2  ych ymi ysz abym ales ecie ilam ismy ialam ialem elismy
	3  i ac aj as em il iu om yc aby alo cie ich iec iem ila ili ilo imy isz oby alam
	3  iach iala ilem
	4  o al yl acy aja ala ali aly ano iej yla zie ajac alem`}

// fleeting has the vowel of handel, which handlu is without.
var fleeting = ending.Fleeting{Vowels: "e", Before: "klrcn", Consonants: "bcdfghjklmnprstwz"}

var soft = ending.SoftK{Endings: &endings, Fleeting: &fleeting}

// Stem returns the stem of a folded word: the word without the longest ending that
// leaves enough of it. It is a light stemmer with the endings of the declensions
// and conjugations of the grammars (D. Bielec, Polish: An Essential Grammar, 1998).
// k is c before some endings: gospodarce has the stem of gospodarka. A word with
// other characters than a to z is its own stem.
func (Language) Stem(folded string) string { return soft.Stem(folded) }

// StemPrefix returns bytes that every word of a stem starts with: all of them, but
// for a last letter that may be another, or have a vowel before it.
func (Language) StemPrefix(stem string) string { return soft.Prefix(stem) }
