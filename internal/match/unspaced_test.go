package match

import (
	"regexp"
	"strings"
	"testing"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/query"
)

// TestCharacters: characters of a script without spaces are found wherever they stand
// side by side, whatever words they are of, and ? is one more of these. Every text of up
// to five pieces is asked every pattern of up to four.
func TestCharacters(t *testing.T) {
	texts := strungOf([]string{"北", "京", "a", "，", "\u200b"}, 5)
	docs := make([]*Doc, len(texts))
	for i, s := range texts {
		docs[i] = Analyze(analysis.Of("en"), Input{Body: []string{s}})
	}
	for _, pattern := range strungOf([]string{"北", "京", "?"}, 4) {
		if strings.Trim(pattern, "?") == "" || strings.HasPrefix(pattern, "??") {
			continue // a word of two letters fits ?? as well as two characters do
		}
		n := query.Node(query.Wildcard{Pattern: pattern})
		if !strings.Contains(pattern, "?") {
			n = query.Word{Text: pattern}
		}
		p, err := Lower(n, Context{Analyzer: analysis.Of("en")})
		if err != nil {
			t.Fatal(err)
		}
		want := regexp.MustCompile(strings.ReplaceAll(pattern, "?", "[北京]"))
		for i, s := range texts {
			if got := Match(p, docs[i]); got != want.MatchString(strings.ReplaceAll(s, "\u200b", "")) {
				t.Fatalf("%s in %q: %v, by %#v", pattern, s, got, p)
			}
		}
	}
}

// strungOf returns all strings of up to n pieces.
func strungOf(pieces []string, n int) []string {
	all := []string{""}
	for from := 0; n > 0; n-- {
		upTo := len(all)
		for _, s := range all[from:upTo] {
			for _, p := range pieces {
				all = append(all, s+p)
			}
		}
		from = upTo
	}
	return all[1:]
}
