// Package es says what Spanish says of its words: stems and stop words. For its
// sentences it goes by English.
package es

import (
	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/en"
)

// Language is Spanish.
type Language struct{ en.Language }

var _ text.Language = Language{}

// Tag returns the BCP 47 tag of Spanish.
func (Language) Tag() string { return "es" }
