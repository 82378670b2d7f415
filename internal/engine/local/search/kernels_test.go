package search

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/engine/local/segment"
)

func TestScoreBlock(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		lengths := make([]uint32, 1000)
		for i := range lengths {
			lengths[i] = random.Uint32() >> (1 + random.IntN(31))
		}
		var docs, freqs [segment.BlockSize]uint32
		for i := range docs {
			docs[i], freqs[i] = random.Uint32N(1000), random.Uint32()>>(1+random.IntN(31))
		}
		sc := bm25{normBase: schema.WeightUnit * bm25K1 * (1 - bm25B), normPerLength: random.Float64()}
		weight := math.Ldexp(1+random.Float64(), random.IntN(52))
		var quanta [segment.BlockSize]int64
		sc.scoreBlock(&quanta, weight, &docs, &freqs, lengths)
		for i, got := range quanta {
			if want := sc.score(weight, freqs[i], lengths[docs[i]]); got != want {
				t.Fatalf("weight %v, frequency %d, length %d: %d, want %d", weight, freqs[i], lengths[docs[i]], got, want)
			}
		}
	}
}

func TestChoose(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for n := range 300 {
		quanta, which := make([]int64, n), make([]uint16, n+chooseOverrun)
		for _, enough := range []int64{math.MinInt64, -1, 0, 1, 5, math.MaxInt64} {
			var want []uint16
			for i := range quanta {
				quanta[i] = random.Int64N(10)
				if quanta[i] >= enough {
					want = append(want, uint16(i))
				}
			}
			if got := which[:choose(quanta, enough, which)]; !slices.Equal(got, want) {
				t.Fatalf("%v of at least %d: %v, want %v", quanta, enough, got, want)
			}
		}
	}
}

func BenchmarkScoreBlock(b *testing.B) {
	lengths := make([]uint32, 1<<20)
	var docs, freqs [segment.BlockSize]uint32
	for i := range docs {
		docs[i], freqs[i] = uint32(i*70), uint32(i%4)
	}
	sc := bm25{normBase: 1, normPerLength: 0.01}
	var quanta [segment.BlockSize]int64
	for b.Loop() {
		sc.scoreBlock(&quanta, 1e9, &docs, &freqs, lengths)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/segment.BlockSize, "ns/posting")
}

func BenchmarkChoose(b *testing.B) {
	quanta, which := make([]int64, windowDocs), make([]uint16, windowDocs+chooseOverrun)
	for i := range quanta {
		quanta[i] = int64(i * 7919 % 1000)
	}
	for b.Loop() {
		choose(quanta, 990, which)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/windowDocs, "ns/document")
}

func BenchmarkDrain(b *testing.B) {
	lengths, any := make([]uint32, accumulatorDocs), make(reader.Bitset, accumulatorDocs/64)
	for i := range lengths {
		lengths[i] = uint32(100 + i%300)
	}
	s, e := &accumulator{}, freqThreshold{base: 10, byLength: 0.01}
	for b.Loop() {
		for i := 0; i < accumulatorDocs; i += 8 {
			s.freqs[i] = uint32(1 + i%5)
		}
		s.drain(0, lengths, any, &e, func(posting) {})
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/accumulatorDocs, "ns/document")
}
