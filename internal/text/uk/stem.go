package uk

import (
	"strings"

	"github.com/newsq/newsq/internal/text/ending"
)

// endings are those of the declensions and conjugations. In nouns such as oblast
// and rishennya the last consonant stays as it is in most cases; in those such as
// nezalezhnist the vowel before it is that of the other cases.
var endings = ending.Table{Rules: `
	1  нти>нт кти>кт сти>ст рти>рт пти>пт фти>фт путати>путат ультати>ультат идати>идат
	1  ов>ов ев>ев солдати>солдат адвокати>адвокат омати>омат делегати>делегат демократи>демократ
	2  ість>ост істю>ост сть>ст сті>ст ості>ост
	2  єм їв
	2  ння>н нню>н нням>н ннями>н ннях>н нні>н
	2  а в е и й у ю я є і ї ах го ем еш ий им их ла ли мо ою ої ти ть ям єш єю єї ів ій іх їй їм
	2  їх емо ете ими йте ого ому уть ьми ьої ють ючи ями ємо єму єте іть ієї їми ього ьому
	3  о ш ь ам ей ею ло ом ами ія ії ію ією іям іях іями
	4  но те то ях ім вав вали вати
	5  де`}

// particles are the endings of verbs behind which the reflexive particle stands.
var particles = ending.Table{Rules: `
	4  вся>в лася>ла лося>ло лися>ли тися>ти ться>ть вшись>вш ється>є еться>е їться>їть`}

// fleeting has the vowel of rynok, which rynku is without.
var fleeting = ending.Fleeting{Vowels: "ое", Before: "кнць", Consonants: "бвгґджзклмнпрстфхцчшщ"}

// forms are cities whose name has another vowel in all other cases.
var forms = ending.Forms{Words: `
	кита: китаєві
	києв: київ
	львов: львів
	миколаєв: миколаїв
	харков: харків
	чернігов: чернігів`}

// Stem returns the stem of a folded word: the word without its ending, of a case,
// a gender, a number or a person, and without a reflexive particle. It is a light
// stemmer with the endings of the declensions and conjugations of the grammars
// (S. Pugh and I. Press, Ukrainian: A Comprehensive Grammar, 1999).
func (Language) Stem(folded string) string {
	if stem := forms.Stem(folded); stem != "" {
		return stem
	}
	word := folded
	if strings.HasSuffix(word, "ся") || strings.HasSuffix(word, "сь") {
		word = particles.Apply(word)
	}
	return fleeting.Drop(endings.Apply(word))
}

// StemPrefix returns bytes that every word of a stem starts with: all of them, but
// for the last letters where another vowel may stand.
func (Language) StemPrefix(stem string) string {
	return stem[:min(fleeting.Kept(stem), forms.Kept(stem), endings.Kept(stem))]
}
