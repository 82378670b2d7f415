// Package da says what Danish says of its words: stems and stop words. For its
// sentences it goes by English.
package da

import (
	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/en"
)

// Language is Danish.
type Language struct{ en.Language }

var _ text.Language = Language{}

// Tag returns the BCP 47 tag of Danish.
func (Language) Tag() string { return "da" }
