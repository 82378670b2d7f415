package search

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/newsq/newsq/internal/engine/bm25f"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/reader/readertest"
	"github.com/newsq/newsq/internal/engine/local/segment"
)

// eachScorer calls f for scorers of both kinds over each word in each segment,
// with the scores that they must give.
func eachScorer(t *testing.T, f func(t *testing.T, s *reader.Segment, newScorer func() *scorer, docs []uint32, scores map[uint32]int64)) {
	v := viewForTest(t)
	for i := range readertest.NumWords {
		word := readertest.Word(i)
		sim, weights := weightsFor(t, v, []string{word})
		for _, s := range v.Segments {
			docs, _ := slowPostings(t, s, word)
			scores := slowScores(t, s, sim, weights[0], word)
			f(t, s, func() *scorer { return newPostingsScorer(s, postingsOf(t, s, word), weights[0], sim) }, docs, scores)
			if len(docs) == 0 {
				continue // such a part is not materialized
			}
			f(t, s, func() *scorer {
				sc := newMaterializedScorer(materializedOf(scores, false))
				sc.computeBlockMax()
				return sc
			}, docs, scores)
		}
	}
}

// firstFrom is the first of docs that is at least doc.
func firstFrom(docs []uint32, doc uint32) uint32 {
	if i, _ := slices.BinarySearch(docs, doc); i < len(docs) {
		return docs[i]
	}
	return math.MaxUint32
}

// On its way through a segment a scorer bounds what lies ahead, and finds each
// document and its score.
func TestScorerSeekAndBounds(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 1))
	eachScorer(t, func(t *testing.T, s *reader.Segment, newScorer func() *scorer, docs []uint32, scores map[uint32]int64) {
		for _, stride := range []int{3, 200, 5000} {
			sc := newScorer()
			for from := uint32(0); int(from) < s.Docs; from += uint32(random.IntN(stride)) {
				to := from + 1 + uint32(random.IntN(stride))
				bound := sc.maxScoreIn(from, to)
				for doc := firstFrom(docs, from); doc < to; doc = firstFrom(docs, doc+1) {
					if scores[doc] > bound || bound == 0 {
						t.Fatalf("document %d of [%d, %d) has the score %d, beyond %d", doc, from, to, scores[doc], bound)
					}
				}
				if random.IntN(2) == 0 {
					continue
				}
				got := sc.seek(from)
				if want := firstFrom(docs, from); got != want {
					t.Fatalf("seek %d found %d, want %d", from, got, want)
				}
				if got < math.MaxUint32 && sc.blockScores()[sc.pos] != scores[got] {
					t.Fatalf("document %d has the score %d, want %d", got, sc.blockScores()[sc.pos], scores[got])
				}
			}
			if sc.err != nil {
				t.Fatal(sc.err)
			}
			sc.release()
		}
	})
}

// Bounds of blocks hold for their documents, those of groups for their blocks,
// and the scorer's for all.
func TestBlockAndGroupMaxScores(t *testing.T) {
	eachScorer(t, func(t *testing.T, _ *reader.Segment, newScorer func() *scorer, docs []uint32, scores map[uint32]int64) {
		sc := newScorer()
		for i, doc := range docs {
			block := i / segment.BlockSize
			bound := sc.blockMaxScore(block)
			group := sc.groupMaxScore(block / segment.GroupSize)
			switch {
			case sc.lastDocOf(block) < doc:
				t.Fatalf("document %d lies beyond the last of its block, %d", doc, sc.lastDocOf(block))
			case scores[doc] > bound:
				t.Fatalf("document %d has the score %d, beyond %d of its block", doc, scores[doc], bound)
			case scores[doc] > group || scores[doc] > sc.maxScore:
				t.Fatalf("document %d has the score %d, beyond %d of its group or %d of all", doc, scores[doc], group, sc.maxScore)
			}
		}
		if want := (len(docs) + segment.BlockSize - 1) / segment.BlockSize; len(docs) > 0 && sc.numBlocks != want {
			t.Fatalf("%d blocks, want %d", sc.numBlocks, want)
		}
		sc.release()
	})
}

// What is added for some documents of a block is what all of the block gives,
// whether few or many are asked for.
func TestAddScores(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 2))
	eachScorer(t, func(t *testing.T, _ *reader.Segment, newScorer func() *scorer, docs []uint32, scores map[uint32]int64) {
		sc := newScorer()
		for sc.nextBlock() {
			var sums []int64
			var indexes []uint16
			var blockIndexes []uint8
			oneIn := 1 + random.IntN(20)
			for i := range sc.docs {
				if random.IntN(oneIn) == 0 {
					indexes, blockIndexes = append(indexes, uint16(len(sums))), append(blockIndexes, uint8(i))
					sums = append(sums, 5)
				}
			}
			sc.addScores(sums, indexes, blockIndexes)
			for i, sum := range sums {
				if want := 5 + scores[sc.docs[blockIndexes[i]]]; sum != want {
					t.Fatalf("document %d: %d, want %d", sc.docs[blockIndexes[i]], sum, want)
				}
			}
		}
		sc.release()
	})
}

// No document that is longer than the limit has the score.
func TestMaxNorm(t *testing.T) {
	random := rand.New(rand.NewPCG(6, 6))
	for range 2000 {
		sim := bm25{}
		sim.normBase, sim.normPerLength = bm25f.NormParts(1 + 1000*random.Float64())
		weight := math.Ldexp(1+random.Float64(), 10+random.IntN(40))
		freq := 1 + random.Uint32N(100)
		minScore := 1 + random.Int64N(int64(weight)+2)
		limit := sim.maxNorm(weight, freq, minScore)
		for _, length := range []int64{limit + 1, limit + 2, limit + 1000} {
			if length >= 0 && length < math.MaxUint32 && sim.score(weight, freq, uint32(length)) >= minScore {
				t.Fatalf("norm %d is beyond %d, and frequency %d has the score %d", length, limit, freq, minScore)
			}
		}
	}
}

// Impacts bound every posting that they stand for.
func TestMaxScoreOfImpacts(t *testing.T) {
	random := rand.New(rand.NewPCG(6, 7))
	for range 2000 {
		sim := bm25{}
		sim.normBase, sim.normPerLength = bm25f.NormParts(1 + 1000*random.Float64())
		weight := math.Ldexp(1+random.Float64(), 10+random.IntN(40))
		impacts := []segment.Impact{{Freq: 1 + random.Uint32N(50), Norm: random.Uint32N(2000)}, {Freq: 1 + random.Uint32N(50), Norm: random.Uint32N(2000)}}
		bound := sim.maxScore(weight, impacts)
		for _, i := range impacts {
			freq, length := 1+random.Uint32N(i.Freq), i.Norm+random.Uint32N(1000)
			if got := sim.score(weight, freq, length); got > bound {
				t.Fatalf("frequency %d, length %d has the score %d, beyond %d of %v", freq, length, got, bound, impacts)
			}
		}
	}
}
