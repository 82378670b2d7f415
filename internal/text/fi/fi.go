// Package fi says what Finnish says of its words: stems and stop words. For its
// sentences it goes by English.
package fi

import (
	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/en"
)

// Language is Finnish.
type Language struct{ en.Language }

var _ text.Language = Language{}

// Tag returns the BCP 47 tag of Finnish.
func (Language) Tag() string { return "fi" }
