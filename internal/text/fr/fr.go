// Package fr says what French says of its words: stems and stop words. For its
// sentences it goes by English.
package fr

import (
	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/en"
)

// Language is French.
type Language struct{ en.Language }

var _ text.Language = Language{}

// Tag returns the BCP 47 tag of French.
func (Language) Tag() string { return "fr" }
