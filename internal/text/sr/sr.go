// Package sr says what Serbian says of its words: stems and stop words. For its
// sentences it goes by English.
package sr

import (
	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/en"
)

// Language is Serbian.
type Language struct{ en.Language }

var _ text.Language = Language{}

// Tag returns the BCP 47 tag of Serbian.
func (Language) Tag() string { return "sr" }
