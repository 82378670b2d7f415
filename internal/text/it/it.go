// Package it says what Italian says of its words: stems and stop words. For its
// sentences it goes by English.
package it

import (
	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/en"
)

// Language is Italian.
type Language struct{ en.Language }

var _ text.Language = Language{}

// Tag returns the BCP 47 tag of Italian.
func (Language) Tag() string { return "it" }
