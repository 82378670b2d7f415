// Package ca says what Catalan says of its words: stems and stop words. For its
// sentences it goes by English.
package ca

import (
	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/en"
)

// Language is Catalan.
type Language struct{ en.Language }

var _ text.Language = Language{}

// Tag returns the BCP 47 tag of Catalan.
func (Language) Tag() string { return "ca" }
