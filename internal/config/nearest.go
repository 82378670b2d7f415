package config

import (
	"strings"

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
