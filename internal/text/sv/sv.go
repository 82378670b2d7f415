// Package sv says what Swedish says of its words: stems and stop words. For its
// sentences it goes by English.
package sv

import (
	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/en"
)

// Language is Swedish.
type Language struct{ en.Language }

var _ text.Language = Language{}

// Tag returns the BCP 47 tag of Swedish.
func (Language) Tag() string { return "sv" }
