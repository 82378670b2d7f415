// Package tr says what Turkish says of its words: stems, stop words, and the
// endings that stand behind an apostrophe. For its sentences it goes by English.
package tr

import (
	"strings"

	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/en"
)

// Language is Turkish.
type Language struct{ en.Language }

var _ text.Language = Language{}

// Tag returns the BCP 47 tag of Turkish.
func (Language) Tag() string { return "tr" }

// Base returns the name before the apostrophe of a word with an ending: names and
// numbers have one before the endings of cases, of the possessive and of the
// plural, alone or one after the other (Ankara'daki, Bakanlığı'ndan). A word with
// anything else behind the apostrophe is left alone.
func (Language) Base(word string) string {
	base, ending, ok := strings.Cut(word, "'")
	if !ok || len(base) < 2 || !isEndings(ending) {
		return ""
	}
	return base
}

// endings are folded: ı is i, ü is u.
var endings = []string{
	"a", "e", "i", "u", "ya", "ye", "yi", "yu", "na", "ne", "ni", "nu", // to, and what is done to
	"da", "de", "ta", "te", "nda", "nde", "dan", "den", "tan", "ten", "ndan", "nden", // at, from
	"in", "un", "nin", "nun", "si", "su", // of
	"la", "le", "yla", "yle", "ca", "ce", // with, according to
	"li", "lu", "lik", "luk", "siz", "suz", "ki", "lar", "ler", "im", "um", "imiz", "umuz",
	"dir", "dur", "tir", "tur", "ydi", "ydu", "inci", "uncu", "nci", "ncu",
}

// isEndings reports whether s is one ending or several. It is too short for many
// ways to be tried.
func isEndings(s string) bool {
	const longest = len("lerindekiler")
	if s == "" || len(s) > longest {
		return false
	}
	for _, e := range endings {
		if rest, ok := strings.CutPrefix(s, e); ok && (rest == "" || isEndings(rest)) {
			return true
		}
	}
	return false
}
