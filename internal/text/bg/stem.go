package bg

import "github.com/newsq/newsq/internal/text/ending"

// Stem returns the stem of a folded word: the word without the longest ending that
// leaves enough of it. It is a light stemmer with the endings of the article, the
// plural and the persons, as the stemmer of P. Nakov is ("BulStem: Design and
// Evaluation of Inflectional Stemmer for Bulgarian", 2003), as far as tables of
// forms say that they do more good than harm.
func (Language) Stem(folded string) string {
	return hard.Apply(endings.Apply(folded))
}

// StemPrefix returns bytes that every word of a stem starts with.
func (Language) StemPrefix(stem string) string {
	return stem[:min(endings.Kept(stem), hard.Kept(stem))]
}

var endings = ending.Table{Rules: `
	1  нта>нт ста>ст кта>кт стта>ст щта>щ вта>в рта>р
	3  ие ието ии иите
	2  а е и й о х я ем еш их иш ът ят ата ете еше или ите иха йте ове ото хме ейки ихме овете
	3  ех ил ия ме те ха ше ано ащи вят ето еха ият йки ята ията
	4  ал ан ах го де им ала али ало ана ани ета ещи ахме
	5  та ай ам аме ате аше ила айки айте`}

// hard has the vowel of ministar, which ministri is without.
var hard = ending.Table{Rules: `
	3  ър>р`}
