package search

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/newsq/newsq/internal/engine/local/reader"
)

// An accumulator is drained alike eight documents at a time and one by one, but for
// documents that lie so close to the threshold that rounding decides.
func TestDrain(t *testing.T) {
	if !wide {
		t.Skip("this processor has no AVX2")
	}
	defer func() { wide = true }()
	random := rand.New(rand.NewPCG(5, 6))
	for range 20 {
		docs := 1 + random.IntN(2*accumulatorDocs)
		from := 0
		if docs > accumulatorDocs {
			from = accumulatorDocs
		}
		norms := make([]uint32, docs)
		for i := range norms {
			norms[i] = random.Uint32N(2000)
		}
		var freqs [accumulatorDocs]uint32
		for range random.IntN(docs) {
			freqs[random.IntN(min(docs-from, accumulatorDocs))] = random.Uint32N(40)
		}
		for _, e := range []freqThreshold{{}, {3, 0.01}, {20, 0.001}, {math.Inf(1), 0}} {
			var found [2][]posting
			var sets [2]reader.Bitset
			for i := range found {
				wide = i == 0
				a := &accumulator{freqs: freqs}
				sets[i] = make(reader.Bitset, (docs+63)/64)
				a.drain(from, norms, sets[i], &e, func(p posting) { found[i] = append(found[i], p) })
				if a.freqs != [accumulatorDocs]uint32{} {
					t.Fatal("something is left")
				}
			}
			if !slices.Equal(sets[0], sets[1]) {
				t.Fatal("the sets differ")
			}
			for i := range found {
				found[i] = slices.DeleteFunc(found[i], func(p posting) bool {
					threshold := e.base + e.byLength*float64(norms[p.doc])
					return math.Abs(float64(p.freq)-threshold) < 1e-4*threshold
				})
			}
			if !slices.Equal(found[0], found[1]) {
				t.Fatalf("the threshold is %v: %v, and one by one %v", e, found[0], found[1])
			}
		}
	}
}
