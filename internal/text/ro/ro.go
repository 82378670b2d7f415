// Package ro says what Romanian says of its words: stems and stop words. For its
// sentences it goes by English.
package ro

import (
	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/en"
)

// Language is Romanian.
type Language struct{ en.Language }

var _ text.Language = Language{}

// Tag returns the BCP 47 tag of Romanian.
func (Language) Tag() string { return "ro" }
