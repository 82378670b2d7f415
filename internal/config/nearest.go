package config

import (
	"strings"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/editdist"
)

// Nearest returns the one of words that s is most likely a misspelling of:
// the first with the fewest edits, at most one for every three letters. It is
// empty when none is near. It counts edits of bytes, which is close enough for
// the words of an interface.
func Nearest(s string, words []string) string {
	s = strings.ToLower(s)
	best, least := "", max(1, len(s)/3)+1
	for _, w := range words {
		if d := editdist.Distance([]byte(s), []byte(strings.ToLower(w)), least-1); d < least {
			best, least = w, d
		}
	}
	return best
}

// Clip cuts what an error repeats of what was asked to a number of bytes, at the beginning
// of a character, and makes it valid UTF-8.
func Clip(s string, most int) string {
	if s = strings.ToValidUTF8(s, "\uFFFD"); len(s) <= most {
		return s
	}
	for !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most] + "…"
}
