package search

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/newsq/newsq/internal/engine/local/reader"
)

// drawCandidates fills c with some documents and scores.
func drawCandidates(random *rand.Rand, c *candidates, docs int) (sums map[uint32]int64) {
	sums, c.n = map[uint32]int64{}, 0
	step := 1 + random.IntN(2*docs/windowDocs+20)
	for doc := random.IntN(step); doc < docs && c.n < windowDocs; doc += 1 + random.IntN(step) {
		score := random.Int64N(100)
		c.add(uint32(doc), score)
		sums[uint32(doc)] = score
	}
	return sums
}

// checkCandidates holds candidates to what they must be, in order.
func checkCandidates(t *testing.T, c *candidates, want map[uint32]int64) {
	t.Helper()
	if c.n != len(want) || !slices.IsSorted(c.docs[:c.n]) {
		t.Fatalf("%d candidates, want %d, in order", c.n, len(want))
	}
	for i, doc := range c.docs[:c.n] {
		if score, ok := want[doc]; !ok || c.scores[i] != score {
			t.Fatalf("document %d has %d, want %d (%v)", doc, c.scores[i], score, ok)
		}
	}
}

// A scorer adds to the candidates that it has, all of which stay.
func TestCandidatesAddScoresOf(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 1))
	c := &candidates{}
	eachScorer(t, func(t *testing.T, s *reader.Segment, newScorer func() *scorer, _ []uint32, scores map[uint32]int64) {
		sc, sums := newScorer(), drawCandidates(random, c, s.Docs)
		c.addScoresOf(sc)
		for doc := range sums {
			sums[doc] += scores[doc]
		}
		checkCandidates(t, c, sums)
		sc.release()
	})
}

// The candidates that a scorer has stay, with what it gives.
func TestCandidatesIntersect(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 2))
	c := &candidates{}
	eachScorer(t, func(t *testing.T, s *reader.Segment, newScorer func() *scorer, _ []uint32, scores map[uint32]int64) {
		sc, sums := newScorer(), drawCandidates(random, c, s.Docs)
		c.intersect(sc)
		for doc := range sums {
			if score, ok := scores[doc]; ok {
				sums[doc] += score
			} else {
				delete(sums, doc)
			}
		}
		checkCandidates(t, c, sums)
		sc.release()
	})
}

func TestCandidatesKeepCompetitive(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 3))
	c := &candidates{}
	for range 300 {
		sums := drawCandidates(random, c, 1+random.IntN(3*windowDocs))
		minScore := random.Int64N(110) - 5
		all := true
		for doc, score := range sums {
			if score < minScore {
				delete(sums, doc)
				all = false
			}
		}
		if got := c.keepCompetitive(minScore); got != all {
			t.Fatalf("all are kept: %v, want %v", got, all)
		}
		checkCandidates(t, c, sums)
	}
}
