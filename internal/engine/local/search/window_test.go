package search

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/reader/readertest"
)

// A window gets what a scorer gives to its documents. Documents that get less
// than was asked for may be left out.
func TestAddToWindow(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	eachScorer(t, func(t *testing.T, s *reader.Segment, newScorer func() *scorer, docs []uint32, scores map[uint32]int64) {
		for _, minScore := range []int64{0, 1, 1 << 30, 1 << 48, 1 << 50, 1 << 51} {
			sc, w := newScorer(), &window{tracksSeen: minScore == 0}
			for from := uint32(0); int(from) < s.Docs; from += windowDocs {
				to := from + windowDocs
				if random.IntN(3) == 0 { // a window need not be full
					to = from + 1 + uint32(random.IntN(windowDocs))
				}
				sc.addToWindow(w, from, to, minScore)
				for i, got := range w.scores {
					doc := from + uint32(i)
					want, has := scores[doc]
					if doc >= to {
						want, has = 0, false
					}
					if got != want && (got != 0 || want >= minScore) {
						t.Fatalf("document %d of [%d, %d) got %d, want %d", doc, from, to, got, want)
					}
					if seen := w.seen[i/64]>>(i%64)&1 != 0; seen != (has && w.tracksSeen) {
						t.Fatalf("document %d is seen: %v", doc, seen)
					}
				}
				*w = window{tracksSeen: w.tracksSeen}
			}
			sc.release()
		}
	})
}

// The candidates of a window are its documents with the score.
func TestChooseFromWindow(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	for range 50 {
		var w window
		n := 1 + random.IntN(windowDocs)
		for range random.IntN(n) {
			w.scores[random.IntN(n)] = random.Int64N(1000)
		}
		minScore := 1 + random.Int64N(999)
		var want []uint16
		for i, score := range w.scores[:n] {
			if score >= minScore {
				want = append(want, uint16(i))
			}
		}
		var c candidates
		if got := c.indexes[:choose(w.scores[:n], minScore, c.indexes[:])]; !slices.Equal(got, want) {
			t.Fatalf("%v, want %v", got, want)
		}
	}
}

func BenchmarkWindow(b *testing.B) {
	v := benchView()(b)
	s := v.Segments[0]
	word := readertest.Word(1)
	sim, weights := weightsFor(b, v, []string{word})
	var w window
	for b.Loop() {
		sc := newPostingsScorer(s, postingsOf(b, s, word), weights[0], sim)
		for from := uint32(0); int(from) < s.Docs; from += windowDocs {
			sc.addToWindow(&w, from, from+windowDocs, 1)
			clear(w.scores[:])
		}
		sc.release()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(s.Docs), "ns/document")
}
