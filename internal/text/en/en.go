// Package en says what English says of its words and sentences: stems, stop
// words, abbreviations. Package text does the rest.
package en

import "github.com/newsq/newsq/internal/text"

// Language is English.
type Language struct{}

var _ text.Language = Language{}

// Tag returns the BCP 47 tag of English.
func (Language) Tag() string { return "en" }

// StemTag returns nothing: stems of English have no tag.
func (Language) StemTag() string { return "" }
