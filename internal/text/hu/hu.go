// Package hu says what Hungarian says of its words: stems and stop words. For its
// sentences it goes by English.
package hu

import (
	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/en"
)

// Language is Hungarian.
type Language struct{ en.Language }

var _ text.Language = Language{}

// Tag returns the BCP 47 tag of Hungarian.
func (Language) Tag() string { return "hu" }
