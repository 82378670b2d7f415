package sw

import (
	"strings"

	"github.com/newsq/newsq/internal/text/ending"
)

// Stem returns the stem of a folded word. Of a verb it takes off the prefixes, in
// their order: that of the subject, of the tense, of a relative and of the object;
// of a noun that of its class; of both the vowel at the end. It is a light stemmer,
// after the order of prefixes in the grammars (E. Ashton, Swahili Grammar, 1944). A
// word with other characters than a to z is its own stem.
func (Language) Stem(folded string) string {
	if !ending.IsLetters(folded) {
		return folded
	}
	if stem := forms.Stem(folded); stem != "" {
		return stem
	}
	return vowel.Apply(locative.Apply(root(folded)))
}

// StemPrefix returns nothing: words of a stem have prefixes before it.
func (Language) StemPrefix(stem string) string {
	if ending.IsLetters(stem) {
		return ""
	}
	return stem
}

// root returns a word without its prefixes.
func root(word string) string {
	if verb := withoutTense(word); verb != "" {
		return verb
	}
	for _, class := range classes {
		if rest, ok := strings.CutPrefix(word, class.letters); ok && len(rest) >= class.left && class.fits(rest) {
			return rest
		}
	}
	return word
}

// subjects are the prefixes of persons and classes, alone and behind the negation.
// That of the second person in the plural is not here, as many nouns begin so.
var subjects = [...]string{
	"hatu", "hawa", "hai", "haya", "haki", "havi", "hazi", "hau", "hali", "ha",
	"ni", "tu", "wa", "ya", "ki", "vi", "li", "zi", "ku", "pa", "si", "u", "a", "i",
}

// tenses are the prefixes of tense and mood.
var tenses = [...]string{"mesha", "ngali", "nge", "sipo", "taka", "na", "li", "ta", "me", "ki", "ka", "ja"}

// pastNegative is the tense behind the negation of a subject.
const negation, pastNegative = "ha", "ku"

// relatives stand behind the tense. That of persons in the plural, o, is as often
// the first letter of a verb, such as ondoa, before these consonants.
var relatives = [...]string{"ye", "cho", "vyo", "po", "ko", "yo", "lo", "zo"}

const consonantsBehindO = "klmn"

// objects are the prefixes of the object. Those of one vowel are as often the first
// letter of a verb.
var objects = [...]string{"ji", "wa", "ku", "ki", "vi", "zi", "li", "ya", "tu", "ni", "mw", "m"}

// How many letters a verb has at least behind its prefixes, and behind those that
// are more often a part of it.
const lettersOfVerb, lettersBehindObject = 3, 5

// withoutTense returns a verb without its prefixes; "" for a word that has no
// prefixes of a subject and a tense.
func withoutTense(word string) string {
	for _, subject := range subjects {
		rest, ok := strings.CutPrefix(word, subject)
		if !ok {
			continue
		}
		if verb, ok := strings.CutPrefix(rest, pastNegative); ok && strings.HasPrefix(subject, negation) && len(verb) >= lettersOfVerb {
			return withoutObject(verb)
		}
		for _, tense := range tenses {
			if verb, ok := strings.CutPrefix(rest, tense); ok && len(verb) >= lettersOfVerb {
				return withoutObject(withoutRelative(verb))
			}
		}
	}
	return ""
}

func withoutRelative(verb string) string {
	if rest := cutAny(verb, relatives[:], lettersOfVerb); rest != verb {
		return rest
	}
	if rest, ok := strings.CutPrefix(verb, "o"); ok && len(rest) >= lettersOfVerb &&
		strings.IndexByte(consonants, rest[0]) >= 0 && strings.IndexByte(consonantsBehindO, rest[0]) < 0 {
		return rest
	}
	return verb
}

func withoutObject(verb string) string { return cutAny(verb, objects[:], lettersBehindObject) }

func cutAny(word string, prefixes []string, left int) string {
	for _, p := range prefixes {
		if rest, ok := strings.CutPrefix(word, p); ok && len(rest) >= left {
			return rest
		}
	}
	return word
}

// class is the prefix of a class of nouns, or of the infinitive.
type class struct {
	letters string
	left    int    // letters behind it at least
	before  string // the letters before which it stands, any if empty
}

func (c *class) fits(rest string) bool {
	return c.before == "" || strings.IndexByte(c.before, rest[0]) >= 0
}

const consonants = "bcdfghjklmnprstvwyz"

var classes = [...]class{
	{"mwana", 5, ""},
	{"wana", 5, ""},
	{"ku", 3, ""},
	{"u", 5, consonants},
	{"wa", 3, ""},
	{"vi", 3, ""},
	{"ki", 3, ""},
	{"ma", 4, ""},
	{"mi", 3, ""},
	{"mw", 3, "aei"},
	{"m", 3, consonants},
	{"vy", 3, "a"},
	{"ch", 3, "a"},
}

// locative says where: nchini, in the country.
var locative = ending.Table{Rules: `
	3  ni`}

// vowel is that at the end, which says mood and negation in verbs.
var vowel = ending.Table{Rules: `
	3  a e i`}

// forms are words that begin as if they had prefixes.
var forms = ending.Forms{Words: `
	marekani: marekani
	malawi: malawi
	mali: mali
	misri: misri
	kenya: kenya
	kimataifa: kimataifa
	mungu: mungu miungu
	mtu: mtu watu
	nchi: nchi nchini
	mwanamke: mwanamke wanawake
	mwanaume: mwanaume wanaume
	mwanachama: mwanachama wanachama
	mji: mji miji
	waziri: waziri mawaziri
	mtandao: mtandao mitandao
	kimbi: kimbia kukimbia wamekimbia alikimbia walikimbia
	israel: israeli israel
	wizar: wizara
	mwaka: mwaka miaka
	mwezi: mwezi miezi
	moto: moto
	mafuta: mafuta
	maji: maji
	kiongoz: kiongozi viongozi uongozi
	wiki: wiki
	timu: timu
	taifa: taifa mataifa`}
