package search

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/newsq/newsq/internal/engine/local/reader"
)

// A stretch is drained alike eight documents at a time and one by one, but for
// documents that have a hair less than enough.
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
		lengths := make([]uint32, docs)
		for i := range lengths {
			lengths[i] = random.Uint32N(2000)
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
				s := &accumulator{freqs: freqs}
				sets[i] = make(reader.Bitset, (docs+63)/64)
				s.drain(from, lengths, sets[i], &e, func(p posting) { found[i] = append(found[i], p) })
				if s.freqs != [accumulatorDocs]uint32{} {
					t.Fatal("something is left")
				}
			}
			if !slices.Equal(sets[0], sets[1]) {
				t.Fatal("the sets differ")
			}
			for i := range found {
				found[i] = slices.DeleteFunc(found[i], func(p posting) bool {
					least := e.base + e.byLength*float64(lengths[p.doc])
					return math.Abs(float64(p.freq)-least) < 1e-4*least
				})
			}
			if !slices.Equal(found[0], found[1]) {
				t.Fatalf("enough is %v: %v, and one by one %v", e, found[0], found[1])
			}
		}
	}
}
