package segment

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// addAll keeps the pairs that add keeps.
func TestFrontierAddAll(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		n := random.IntN(BlockSize + 1)
		freqs, norms := make([]uint32, n), make([]uint32, n)
		most := uint32(1) << random.IntN(8)
		for i := range freqs {
			freqs[i], norms[i] = random.Uint32N(most+1), random.Uint32N(1<<random.IntN(32))
		}
		var want frontier
		for i, freq := range freqs {
			want = want.add(Impact{freq, norms[i]})
		}
		if got := frontier(nil).addAll(freqs, norms); !slices.Equal(got, want) {
			t.Fatalf("freqs %v, norms %v: %v, want %v", freqs, norms, got, want)
		}
	}
}
