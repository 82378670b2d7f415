// Package fa says what Persian says of its words: stems and stop words. For its
// sentences it goes by English.
package fa

import (
	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/en"
)

// Language is Persian.
type Language struct{ en.Language }

var _ text.Language = Language{}

// Tag returns the BCP 47 tag of Persian.
func (Language) Tag() string { return "fa" }
