// Package ko says what Korean says of its words: stems and stop words. For its sentences it goes
// by English.
package ko

import (
	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/en"
)

// Language is Korean.
type Language struct{ en.Language }

var _ text.Language = Language{}

// Tag returns the BCP 47 tag of Korean.
func (Language) Tag() string { return "ko" }
