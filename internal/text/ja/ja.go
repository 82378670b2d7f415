// Package ja says what Japanese says of its words: stop words. Endings of verbs are left as they
// are, as pairs of characters seldom hold one, and English words are stemmed as such.
package ja

import (
	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/en"
)

// Language is Japanese.
type Language struct{ en.Language }

var _ text.Language = Language{}

// Tag returns the BCP 47 tag of Japanese.
func (Language) Tag() string { return "ja" }
