package search

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/newsq/newsq/internal/engine/bm25f"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/segment"
)

func TestScoreBlock(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		norms := make([]uint32, 1000)
		for i := range norms {
			norms[i] = random.Uint32() >> (1 + random.IntN(31))
		}
		var docs, freqs [segment.BlockSize]uint32
		for i := range docs {
			docs[i], freqs[i] = random.Uint32N(1000), random.Uint32()>>(1+random.IntN(31))
		}
		sim := bm25{normBase: bm25f.WeightUnit * bm25f.K1 * (1 - bm25f.B), normPerLength: random.Float64()}
		weight := math.Ldexp(1+random.Float64(), random.IntN(52))
		var scores [segment.BlockSize]int64
		sim.scoreBlock(&scores, weight, &docs, &freqs, norms)
		for i, got := range scores {
			if want := sim.score(weight, freqs[i], norms[docs[i]]); got != want {
				t.Fatalf("weight %v, frequency %d, norm %d: %d, want %d", weight, freqs[i], norms[docs[i]], got, want)
			}
		}
	}
}

func TestChoose(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for n := range 300 {
		scores, indexes := make([]int64, n), make([]uint16, n+chooseOverrun)
		for _, minScore := range []int64{math.MinInt64, -1, 0, 1, 5, math.MaxInt64} {
			var want []uint16
			for i := range scores {
				scores[i] = random.Int64N(10)
				if scores[i] >= minScore {
					want = append(want, uint16(i))
				}
			}
			if got := indexes[:choose(scores, minScore, indexes)]; !slices.Equal(got, want) {
				t.Fatalf("%v of at least %d: %v, want %v", scores, minScore, got, want)
			}
		}
	}
}

func BenchmarkScoreBlock(b *testing.B) {
	norms := make([]uint32, 1<<20)
	var docs, freqs [segment.BlockSize]uint32
	for i := range docs {
		docs[i], freqs[i] = uint32(i*70), uint32(i%4)
	}
	sim := bm25{normBase: 1, normPerLength: 0.01}
	var scores [segment.BlockSize]int64
	for b.Loop() {
		sim.scoreBlock(&scores, 1e9, &docs, &freqs, norms)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/segment.BlockSize, "ns/posting")
}

func BenchmarkChoose(b *testing.B) {
	scores, indexes := make([]int64, windowDocs), make([]uint16, windowDocs+chooseOverrun)
	for i := range scores {
		scores[i] = int64(i * 7919 % 1000)
	}
	for b.Loop() {
		choose(scores, 990, indexes)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/windowDocs, "ns/document")
}

func BenchmarkDrain(b *testing.B) {
	norms, matches := make([]uint32, accumulatorDocs), make(reader.Bitset, accumulatorDocs/64)
	for i := range norms {
		norms[i] = uint32(100 + i%300)
	}
	a, threshold := &accumulator{}, freqThreshold{base: 10, byLength: 0.01}
	for b.Loop() {
		for i := 0; i < accumulatorDocs; i += 8 {
			a.freqs[i] = uint32(1 + i%5)
		}
		a.drain(0, norms, matches, &threshold, func(posting) {})
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/accumulatorDocs, "ns/document")
}
