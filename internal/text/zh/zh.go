// Package zh says what Chinese says of its words: stop words. Its words have no endings, and
// English ones among them are stemmed as such.
package zh

import (
	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/en"
)

// Language is Chinese.
type Language struct{ en.Language }

var _ text.Language = Language{}

// Tag returns the BCP 47 tag of Chinese.
func (Language) Tag() string { return "zh" }
