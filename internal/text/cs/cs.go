// Package cs says what Czech says of its words: stems and stop words. For its
// sentences it goes by English.
package cs

import (
	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/en"
)

// Language is Czech.
type Language struct{ en.Language }

var _ text.Language = Language{}

// Tag returns the BCP 47 tag of Czech.
func (Language) Tag() string { return "cs" }
