package ru

import (
	"strings"

	"github.com/newsq/newsq/internal/text/ending"
)

// endings are those of the declensions and conjugations, as far as tables of forms
// say that they do more good than harm. A noun such as oblast keeps its t in all
// cases. -ov is the plural of ministrov and the end of the name Lavrov, and so goes
// in Lavrova, too. The longest rules keep nouns that end as other words with an
// ending do.
var endings = ending.Table{Rules: `
	1  овет>овет итет>итет бинет>бинет джет>джет рнет>рнет твет>твет апрет>апрет ртрет>ртрет
	1  едит>едит имит>имит изит>изит ицит>ицит нзит>нзит титут>титут шрут>шрут инут>инут алют>алют
	1  оним>оним
	1  альбом>альбом иплом>иплом релом>релом злом>злом ндром>ндром одром>одром гром>гром имптом>имптом
	1  блем>блем блему>блем стем>стем стему>стем ъем>ъем рием>рием
	2  а е и й у ы ю я ах ее ей ем ет им их ой ом ут ую ые ый ых ют юю ям ях яя
	2  ами его ему ете ешь ими ого ому ыми ями сть>ст сти>ст ать>а ять>я оть>о уть>у ыть>ы йти>й
	3  о ь ам ая ею ие ии ий ию ия ое ою ым ью ев ов ова ову овы ове овым ева еву еве евым ией ием иям иях йте иями
	4  али>а яли>я оли>о ули>у ыли>ы л ит ят ел ил ла ло ела ели ело еть ила или ило ите ить ишь`}

// again are endings of verbs that stems of nouns have as well, such as general: they
// go behind another ending, too.
var again = ending.Table{Rules: `
	4  л ел ил`}

// forms are nouns that look like a form of a shorter one.
var forms = ending.Forms{Words: `
	атом: атом
	запах: запах
	максим: максим
	отдых: отдых
	китай: китай китая китаю китаем китае
	шанхай: шанхай шанхая шанхаю шанхаем шанхае
	дубай: дубай дубая дубаю дубаем дубае
	уругвай: уругвай уругвая уругваю уругваем уругвае
	парагвай: парагвай парагвая парагваю парагваем парагвае
	режим: режим
	совет: совет
	страх: страх
	успех: успех
	ответ: ответ
	билет: билет
	часть: часть части частью частей частям частями частях`}

// particles are the endings of verbs behind which the reflexive particle stands. A
// noun such as podpis has none of them before its last letters.
var particles = ending.Table{Rules: `
	4  лся>л лась>ла лось>ло лись>ли ться>ть тся>т шься>шь мся>м йся>й тесь>те юсь>ю усь>у ийся>ий аяся>ая иеся>ие
	4  ихся>их егося>его имся>им ивсь>ив авшись>ав ясь>я`}

// fleeting has the vowel of rynok, which rynka is without.
var fleeting = ending.Fleeting{Vowels: "ео", Before: "кнц", Consonants: "бвгджзклмнпрстфхцчшщ"}

// Stem returns the stem of a folded word: the word without its ending, of a case,
// a gender, a number or a person, and without a reflexive particle. It is a light
// stemmer, as those of L. Dolamic and J. Savoy ("Indexing and Searching Strategies
// for the Russian Language", 2009).
func (Language) Stem(folded string) string {
	if stem := forms.Stem(folded); stem != "" {
		return stem
	}
	word := folded
	if strings.HasSuffix(word, "ся") || strings.HasSuffix(word, "сь") {
		word = particles.Apply(word)
	}
	return fleeting.Drop(again.Apply(endings.Apply(word)))
}

// StemPrefix returns bytes that every word of a stem starts with: all of them, but
// for the last letter where a vowel may stand before it.
func (Language) StemPrefix(stem string) string {
	return stem[:min(fleeting.Kept(stem), forms.Kept(stem))]
}
