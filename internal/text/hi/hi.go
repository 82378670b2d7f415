// Package hi says what Hindi says of its words: stems and stop words. For its
// sentences it goes by English.
package hi

import (
	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/en"
)

// Language is Hindi.
type Language struct{ en.Language }

var _ text.Language = Language{}

// Tag returns the BCP 47 tag of Hindi.
func (Language) Tag() string { return "hi" }
