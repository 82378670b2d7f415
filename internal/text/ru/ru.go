// Package ru says what Russian says of its words: stems and stop words. For its
// sentences it goes by English.
package ru

import (
	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/en"
)

// Language is Russian.
type Language struct{ en.Language }

var _ text.Language = Language{}

// Tag returns the BCP 47 tag of Russian.
func (Language) Tag() string { return "ru" }
