package reader

import (
	"math/rand/v2"
	"testing"

	"github.com/newsq/newsq/internal/engine/local/segment"
)

// Both ways agree, in blocks of any size.
func TestFirstFrom(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		var docs [segment.BlockSize]uint32
		n := 1 + random.IntN(segment.BlockSize)
		if random.IntN(2) == 0 {
			n = segment.BlockSize
		}
		last := uint32(random.IntN(3))
		for i := range n {
			docs[i] = last
			last += 1 + uint32(random.IntN(3))
		}
		for doc := range last + 2 {
			if got, want := SearchBlock(&docs, n, doc), searchDocs(docs[:n], doc); got != want {
				t.Fatalf("first from %d of %v: %d, want %d", doc, docs[:n], got, want)
			}
		}
	}
}

func BenchmarkFirstFrom(b *testing.B) {
	var docs [segment.BlockSize]uint32
	random := rand.New(rand.NewPCG(1, 2))
	for i := range docs {
		docs[i] = uint32(i*7 + random.IntN(7))
	}
	wanted := make([]uint32, 1<<12)
	for i := range wanted {
		wanted[i] = uint32(random.IntN(int(docs[segment.BlockSize-1])))
	}
	b.Run("even", func(b *testing.B) {
		for i := range b.N {
			SearchBlock(&docs, segment.BlockSize, wanted[i%len(wanted)])
		}
	})
	b.Run("halving", func(b *testing.B) {
		for i := range b.N {
			searchDocs(docs[:], wanted[i%len(wanted)])
		}
	})
}
