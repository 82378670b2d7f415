// Package ar says what Arabic says of its words: stems and stop words. For its
// sentences it goes by English.
package ar

import (
	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/en"
)

// Language is Arabic.
type Language struct{ en.Language }

var _ text.Language = Language{}

// Tag returns the BCP 47 tag of Arabic.
func (Language) Tag() string { return "ar" }
