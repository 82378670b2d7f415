package reader

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/newsq/newsq/internal/engine/local/segment"
)

// drawBlock draws a block, full or not, and returns a document beyond its last.
func drawBlock(random *rand.Rand) (docs [segment.BlockSize]uint32, n int, end uint32) {
	n = 1 + random.IntN(segment.BlockSize)
	if random.IntN(2) == 0 {
		n = segment.BlockSize
	}
	end = uint32(random.IntN(3))
	for i := range n {
		docs[i] = end
		end += 1 + uint32(random.IntN(3))
	}
	return docs, n, end
}

// Both ways agree, in blocks of any size.
func TestSearchBlock(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		docs, n, end := drawBlock(random)
		for doc := range end + 2 {
			if got, want := SearchBlock(&docs, n, doc), searchDocs(docs[:n], doc); got != want {
				t.Fatalf("the first from %d on of %v: %d, want %d", doc, docs[:n], got, want)
			}
		}
	}
}

// Documents are found in a block where looking at each of it finds them.
func TestIntersectBlock(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 3))
	for range 1000 {
		block, n, _ := drawBlock(random)
		var docs []uint32
		oneIn := 1 + random.IntN(4)
		for doc := range block[n-1] + 1 {
			if random.IntN(oneIn) == 0 {
				docs = append(docs, doc)
			}
		}
		first := random.IntN(100)
		var wantDocs []uint16
		var wantBlock []uint8
		for i, doc := range docs {
			if at := slices.Index(block[:n], doc); at >= 0 {
				wantDocs, wantBlock = append(wantDocs, uint16(first+i)), append(wantBlock, uint8(at))
			}
		}
		docIndexes, blockIndexes := make([]uint16, len(docs)+1), make([]uint8, len(docs)+1)
		found := IntersectBlock(&block, n, docs, first, docIndexes, blockIndexes)
		if !slices.Equal(docIndexes[:found], wantDocs) || !slices.Equal(blockIndexes[:found], wantBlock) {
			t.Fatalf("%v in %v: %v at %v, want %v at %v", docs, block[:n], docIndexes[:found], blockIndexes[:found], wantDocs, wantBlock)
		}
	}
}

func BenchmarkSearchBlock(b *testing.B) {
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
