// Package uk says what Ukrainian says of its words: stems and stop words. For its
// sentences it goes by English.
package uk

import (
	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/en"
)

// Language is Ukrainian.
type Language struct{ en.Language }

var _ text.Language = Language{}

// Tag returns the BCP 47 tag of Ukrainian.
func (Language) Tag() string { return "uk" }
