// Package pl says what Polish says of its words: stems and stop words. For its
// sentences it goes by English.
package pl

import (
	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/en"
)

// Language is Polish.
type Language struct{ en.Language }

var _ text.Language = Language{}

// Tag returns the BCP 47 tag of Polish.
func (Language) Tag() string { return "pl" }
