// Package th says what Thai says of its words: stop words. Its words have no endings, and
// English ones among them are stemmed as such.
package th

import (
	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/en"
)

// Language is Thai.
type Language struct{ en.Language }

var _ text.Language = Language{}

// Tag returns the BCP 47 tag of Thai.
func (Language) Tag() string { return "th" }
