// Package he says what Hebrew says of its words: stems and stop words. For its
// sentences it goes by English.
package he

import (
	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/en"
)

// Language is Hebrew.
type Language struct{ en.Language }

var _ text.Language = Language{}

// Tag returns the BCP 47 tag of Hebrew.
func (Language) Tag() string { return "he" }
