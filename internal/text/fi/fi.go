// Package fi says what Finnish says of its words: stems and stop words. For its
// sentences it goes by English.
package fi

import (
	"strings"

	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/en"
)

// Language is Finnish.
type Language struct{ en.Language }

var _ text.Language = Language{}

// Tag returns the BCP 47 tag of Finnish.
func (Language) Tag() string { return "fi" }

// Base returns the word before the apostrophe of a foreign name with an ending of the
// case: Bordeaux'n, Bordeaux'ssa.
func (Language) Base(word string) string {
	base, ending, ok := strings.Cut(word, "'")
	if !ok || len(base) < 2 {
		return ""
	}
	switch ending {
	case "n", "a", "ta", "ssa", "sta", "lla", "lta", "lle", "ksi", "na", "in", "iin", "hun", "seen", "t":
		return base
	}
	return ""
}
