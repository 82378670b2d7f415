package search

import (
	"slices"
	"testing"

	"github.com/newsq/newsq/internal/engine/local/schema"
)

// A field of runs of some lengths, each with tokens that start a sentence: units and leads
// are those that one counts on one's fingers.
func TestUnits(t *testing.T) {
	_, gap := schema.RunGrid(1)
	for _, lengths := range [][]int{{3}, {1, 4, 2}, {2, int(gap) - 2}, {int(gap) + 3, 1, 2}, {1, int(gap), 5}, {1, 1, int(gap) - 2}} {
		type token struct {
			position    uint32
			run, number int
		}
		var tokens []token
		var runs, sentences []uint32
		position, total := uint32(1), 0
		for run, n := range lengths {
			runs = append(runs, position)
			for i := range n {
				if i > 0 && i%2 == 0 && (i < 4 || i > n-4) {
					sentences = append(sentences, position+uint32(i))
				}
				if i < 4 || i > n-4 {
					tokens = append(tokens, token{position + uint32(i), run, total + i})
				}
			}
			position += uint32(n) + gap
			total += n
		}
		if total <= int(gap) {
			runs = nil // as schema.StartField has it
		}
		var u units
		u.set(sentences, runs)
		for _, a := range tokens {
			for _, b := range tokens {
				if b.position < a.position {
					continue
				}
				want := a.run == b.run && !slices.ContainsFunc(sentences, func(s uint32) bool { return a.position < s && s <= b.position })
				first, _ := u.around(b.position)
				_, last := u.around(a.position)
				if got := b.position <= last; got != want || (a.position >= first) != want {
					t.Fatalf("runs of %v: are %+v and %+v in one sentence: %v, want %v", lengths, a, b, got, want)
				}
			}
		}
		last := tokens[len(tokens)-1].position
		for _, words := range []int{1, 2, 3, 5, int(gap), int(gap) + 1, int(gap) + 4, 1 << 40} {
			bounds := leadRegions(nil, words, runs, last)
			if !slices.IsSorted(bounds) {
				t.Fatalf("runs of %v: a lead of %d words is %v", lengths, words, bounds)
			}
			for _, a := range tokens {
				if got := len(within([]uint32{a.position}, bounds)) > 0; got != (a.number < words) {
					t.Fatalf("runs of %v: is %+v among the first %d words: %v", lengths, a, words, got)
				}
			}
		}
	}
}
