// Package sw says what Swahili says of its words: stems and stop words. For its
// sentences it goes by English.
package sw

import (
	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/en"
)

// Language is Swahili.
type Language struct{ en.Language }

var _ text.Language = Language{}

// Tag returns the BCP 47 tag of Swahili.
func (Language) Tag() string { return "sw" }
