// Package el says what Greek says of its words: stems and stop words. For its
// sentences it goes by English.
package el

import (
	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/en"
)

// Language is Greek.
type Language struct{ en.Language }

var _ text.Language = Language{}

// Tag returns the BCP 47 tag of Greek.
func (Language) Tag() string { return "el" }
