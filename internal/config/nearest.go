package config

import "strings"

// Nearest returns the one of words that s is most likely a misspelling of:
// the first with the fewest edits, at most one for every three letters. It is
// empty when none is near.
func Nearest(s string, words []string) string {
	s = strings.ToLower(s)
	best, least := "", max(1, len(s)/3)+1
	for _, w := range words {
		if d := edits(s, strings.ToLower(w)); d < least {
			best, least = w, d
		}
	}
	return best
}

// edits is the number of insertions, deletions, substitutions and exchanges
// of neighbours that make b of a (optimal string alignment). It works on
// bytes, which is close enough for the words of an interface.
func edits(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
