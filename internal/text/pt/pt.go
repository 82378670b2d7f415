// Package pt says what Portuguese says of its words: stems and stop words. For its
// sentences it goes by English.
package pt

import (
	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/en"
)

// Language is Portuguese.
type Language struct{ en.Language }

var _ text.Language = Language{}

// Tag returns the BCP 47 tag of Portuguese.
func (Language) Tag() string { return "pt" }
