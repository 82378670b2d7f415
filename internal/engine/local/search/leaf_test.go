package search

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/newsq/newsq/internal/analysis"
)

// What two leaves come to together is what one looks up in both.
func TestMergeIsLookingUp(t *testing.T) {
	v := viewForTest(t)
	random := rand.New(rand.NewPCG(4, 2))
	run := runOn(v, v.Segments[0])
	draw := func() (*leafPostings, map[uint32]uint32) {
		p, freqs := &leafPostings{}, map[uint32]uint32{}
		for doc, step := uint32(0), 1+random.IntN(100); doc < 2000; doc += 1 + uint32(random.IntN(step)) {
			p.docs, p.freqs = append(p.docs, doc), append(p.freqs, 1+uint32(random.IntN(9)))
			freqs[doc] = p.freqs[len(p.freqs)-1]
		}
		return p, freqs
	}
	for range 200 {
		a, inA := draw()
		b, inB := draw()
		got := run.merge(a, b)
		var docs, freqs []uint32
		for doc := range uint32(2100) {
			if sum := inA[doc] + inB[doc]; sum > 0 {
				docs, freqs = append(docs, doc), append(freqs, sum)
			}
		}
		if !slices.Equal(got.docs, docs) || !slices.Equal(got.freqs, freqs) {
			t.Fatalf("%d documents, want %d, or other frequencies", len(got.docs), len(docs))
		}
		run.res.release()
	}
}

// Scores of a leaf are the same computed one by one, with frequencies of 0 among them.
func TestLeafScoresAreThoseOfEach(t *testing.T) {
	v := viewForTest(t)
	sim, weights := weightsFor(t, v, []string{"talk"})
	random := rand.New(rand.NewPCG(4, 3))
	for _, s := range v.Segments {
		run := runOn(v, s)
		run.res = newResources(v.Articles, analysis.Of("en"))
		docs, freqs := slowPostings(t, s, "talk")
		for i := range freqs {
			freqs[i] *= uint32(random.IntN(2))
		}
		for _, l := range []*leaf{{weight: weights[0]}, {weight: weights[0], firstScore: 1000, first: []*leaf{{}}}} {
			for i, score := range leafScores(run, l, sim, &leafPostings{docs: docs, freqs: freqs}) {
				if want := sim.leafScore(l, freqs[i], s.Norms()[docs[i]]); score != want {
					t.Fatalf("document %d: %d, want %d", docs[i], score, want)
				}
			}
		}
	}
}
