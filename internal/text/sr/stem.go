package sr

import "github.com/newsq/newsq/internal/text/ending"

// Stem returns the stem of a folded word, in the Latin script: the word without the
// longest ending that leaves enough of it. It is a light stemmer of the variants of
// Serbo-Croatian, with the endings of the declensions and conjugations, as that of
// N. Ljubešić, D. Boras and O. Kubelka is ("Retrieving Information in Croatian:
// Building a Simple and Efficient Rule-Based Stemmer", 2007), as far as tables of
// forms say that they do more good than harm. A word with other characters than
// letters is its own stem.
func (Language) Stem(folded string) string {
	word := latin(folded)
	if !ending.IsLetters(word) {
		return word
	}
	return fleeting.Drop(endings.Apply(word))
}

// StemPrefix returns the bytes of a stem before its first letter: words of the stem
// may be in either script.
func (Language) StemPrefix(stem string) string {
	for i := 0; i < len(stem); i++ {
		if stem[i]-'a' < 26 {
			return stem[:i]
		}
	}
	return stem
}

// fleeting has the vowel of trenutak, which trenutka is without.
var fleeting = ending.Fleeting{Vowels: "a", Before: "ckr", Consonants: "bcdfghjklmnpqrstvz"}

var endings = ending.Table{Rules: `
	2  a e i o u em es emo jte ove ovi
	3  eg ih im og oj om ama ete eva ima oga ome sti vsi ovima
	4  ova s la le li lo mo uci
	5  am ao aju ala ale ali alo amo ata ate ati ajte`}
