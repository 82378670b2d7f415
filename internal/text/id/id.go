// Package id says what Indonesian says of its words: stems and stop words. For its
// sentences it goes by English.
package id

import (
	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/en"
)

// Language is Indonesian.
type Language struct{ en.Language }

var _ text.Language = Language{}

// Tag returns the BCP 47 tag of Indonesian.
func (Language) Tag() string { return "id" }
