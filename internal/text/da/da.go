// Package da says what Danish says of its words: stems and stop words. For its
// sentences it goes by English.
package da

import (
	"strings"

	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/en"
)

// Language is Danish.
type Language struct{ en.Language }

var _ text.Language = Language{}

// Tag returns the BCP 47 tag of Danish.
func (Language) Tag() string { return "da" }

// Base returns the word before the apostrophe of an abbreviation or a number with an
// ending: tv'et, CD'erne, 1990'erne.
func (Language) Base(word string) string {
	base, ending, ok := strings.Cut(word, "'")
	if !ok || len(base) < 2 {
		return ""
	}
	switch ending {
	case "en", "ens", "et", "ets", "er", "ers", "erne", "ernes", "ere", "n", "t":
		return base
	}
	return ""
}
