// Package bg says what Bulgarian says of its words: stems and stop words. For its
// sentences it goes by English.
package bg

import (
	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/en"
)

// Language is Bulgarian.
type Language struct{ en.Language }

var _ text.Language = Language{}

// Tag returns the BCP 47 tag of Bulgarian.
func (Language) Tag() string { return "bg" }
