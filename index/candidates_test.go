package index

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/newsq/newsq/internal/engine"
)

// fakeCandidates are positions.
type fakeCandidates []engine.Position

func (f fakeCandidates) Len() int                  { return len(f) }
func (f fakeCandidates) Score(i int) float64       { return f[i].Score }
func (f fakeCandidates) Published(i int) time.Time { return f[i].Published }
func (f fakeCandidates) ID(i int) string           { return f[i].ID }
func (f fakeCandidates) Places() []engine.Place    { return make([]engine.Place, len(f)) }

// The first candidates are those that sorting all by their positions puts first, whether
// they are selected or sorted; and the last one is the worst of them.
func TestFirstOfIsSort(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 9))
	for range 500 {
		all := make(fakeCandidates, 1+random.IntN(200))
		for i := range all {
			all[i] = engine.Position{Score: float64(random.IntN(4)), ID: fmt.Sprintf("%03d", random.IntN(1000)*1000+i)}
			if n := random.IntN(4); n > 0 {
				all[i].Published = time.Unix(int64(n), 0)
			}
		}
		list := newCandidates(all)
		for i := range list.found {
			list.found[i].score = list.found[i].words
		}
		sorted := slices.Clone(all)
		slices.SortFunc(sorted, func(a, b engine.Position) int {
			switch {
			case after(b, a):
				return -1
			case after(a, b):
				return 1
			}
			return 0
		})
		if l := newListing(list); l.last != sorted[len(sorted)-1] || l.max != sorted[0].Score || l.candidates != len(all) {
			t.Fatalf("%+v of %v", l, sorted)
		}
		n := random.IntN(len(all) + 3)
		for _, compare := range []func(a, b *candidate) int{list.byWords, list.byScore} {
			var got []engine.Position
			for _, c := range firstOf(slices.Clone(list.found), n, compare) {
				got = append(got, list.position(&c))
				if at := &sorted[min(n, len(sorted)-1)]; list.isAfter(&c, c.score, at) != after(list.position(&c), *at) {
					t.Fatalf("%+v after %+v", c, *at)
				}
			}
			if want := sorted[:min(n, len(sorted))]; !slices.Equal(got, want) {
				t.Fatalf("the first %d: %v, want %v", n, got, want)
			}
		}
	}
}
