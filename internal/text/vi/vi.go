// Package vi says what Vietnamese says of its words: stop words. Words have no
// endings, and each syllable is a token. For its sentences it goes by English.
package vi

import (
	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/en"
)

// Language is Vietnamese.
type Language struct{ en.Language }

var _ text.Language = Language{}

// Tag returns the BCP 47 tag of Vietnamese.
func (Language) Tag() string { return "vi" }

// Stem returns a folded word: it has no endings. The marks of its tones and vowels
// are folded away, as in other languages, since many write without them.
func (Language) Stem(folded string) string { return folded }

// StemPrefix returns the stem, which is its only word.
func (Language) StemPrefix(stem string) string { return stem }
