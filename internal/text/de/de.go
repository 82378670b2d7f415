// Package de says what German says of its words: stems and stop words. For its
// sentences it goes by English.
package de

import (
	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/en"
)

// Language is German.
type Language struct{ en.Language }

var _ text.Language = Language{}

// Tag returns the BCP 47 tag of German.
func (Language) Tag() string { return "de" }
