package search

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/segment"
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

// What is selected by the threshold are all documents with the score that are allowed,
// and hardly any others.
func TestSelectPart(t *testing.T) {
	if !wide {
		t.Skip("this processor has no AVX2")
	}
	random := rand.New(rand.NewPCG(7, 8))
	c := new(candidates)
	for range 3000 {
		s := &scorer{norms: make([]uint32, 5000), weight: 1e9 * (.1 + random.Float64())}
		s.bm25 = &bm25{normBase: .1 + 2*random.Float64(), normPerLength: random.Float64() / 100}
		for i := range s.norms {
			s.norms[i] = random.Uint32N(2000)
		}
		for i, doc := range random.Perm(len(s.norms))[:segment.BlockSize] {
			s.docBuf[i], s.freqs[i] = uint32(doc), 1+random.Uint32N(30)
		}
		slices.Sort(s.docBuf[:])
		from := random.IntN(segment.BlockSize)
		end := from + 1 + random.IntN(segment.BlockSize-from)
		minScore := int64(s.weight * (random.Float64() - .05))
		threshold, ok := s.bm25.freqThreshold(s.weight, minScore)
		if !ok {
			continue
		}
		var sets [2]reader.Bitset // the mask, and the deleted documents
		if which := random.IntN(3); which < 2 {
			sets[which] = make(reader.Bitset, (len(s.norms)+63)/64)
			for i := range sets[which] {
				sets[which][i] = random.Uint64()
			}
		}
		n := c.selectPart(s, from, end, threshold, sets[0], sets[1])
		var more int
		got := c.blockIndexes[:n]
		for i := from; i < end; i++ {
			doc, wanted := s.docBuf[i], s.bm25.score(s.weight, s.freqs[i], s.norms[s.docBuf[i]]) >= minScore
			allowed := (sets[0] == nil || sets[0].Has(doc)) && (sets[1] == nil || !sets[1].Has(doc))
			taken := len(got) > 0 && int(got[0]) == i
			if taken {
				got = got[1:]
			}
			switch {
			case taken && !allowed, !taken && allowed && wanted:
				t.Fatalf("document %d at %d: taken %t, allowed %t, with the score %t", doc, i, taken, allowed, wanted)
			case taken && !wanted:
				more++
			}
		}
		if len(got) > 0 || more > 1 {
			t.Fatalf("%v are left of [%d, %d), and %d lack the score", got, from, end, more)
		}
	}
}
