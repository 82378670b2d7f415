package reader_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/newsq/newsq/internal/engine/local/reader/readertest"
	"github.com/newsq/newsq/internal/match"
)

// Articles of 0 to 9 words, of which some are deleted, by all bounds.
func TestWithWords(t *testing.T) {
	articles := make([]readertest.Article, 20)
	for i := range articles {
		articles[i] = readertest.Article{ID: string(rune('a' + i)), Title: strings.Repeat("the ", i%2), Body: strings.Repeat("war ", i%10-i%2), Deleted: i%7 == 3}
	}
	s := readertest.View(t, articles).Segments[0]
	for least := range 12 {
		for most := -1; most < 12; most++ {
			var want []uint32
			for i, a := range articles {
				if n := i % 10; !a.Deleted && n >= least && (most < 0 || n <= most) {
					want = append(want, uint32(i))
				}
			}
			set, err := s.WithWords(match.Length{Min: least, Max: most})
			if err != nil {
				t.Fatal(err)
			}
			if got := set.AppendTo(nil); !slices.Equal(got, want) {
				t.Fatalf("from %d to %d words: %v, want %v", least, most, got, want)
			}
		}
	}
}
