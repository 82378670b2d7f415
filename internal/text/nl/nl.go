// Package nl says what Dutch says of its words: stems and stop words. For its
// sentences it goes by English.
package nl

import (
	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/en"
)

// Language is Dutch.
type Language struct{ en.Language }

var _ text.Language = Language{}

// Tag returns the BCP 47 tag of Dutch.
func (Language) Tag() string { return "nl" }
