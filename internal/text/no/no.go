// Package no says what Norwegian says of its words: stems and stop words. For its
// sentences it goes by English.
package no

import (
	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/en"
)

// Language is Norwegian.
type Language struct{ en.Language }

var _ text.Language = Language{}

// Tag returns the BCP 47 tag of Norwegian.
func (Language) Tag() string { return "no" }
