package search

import "github.com/newsq/newsq/internal/engine/local/segment"

// The kernels are the loops in which a search spends most of its time. They are
// written in Go here. On processors with AVX2 the same is done in assembly, with
// the same results to the last bit, except that accumulator.drain may tell of a
// few more postings; see thresholdEpsilon.

// scoreBlock computes the scores of all documents of a full block. There must be
// a norm for each of the documents.
func (sim *bm25) scoreBlock(scores *[segment.BlockSize]int64, weight float64, docs, freqs *[segment.BlockSize]uint32, norms []uint32) {
	if wide {
		scoreWide(scores, docs, freqs, &norms[0], &[3]float64{weight, sim.normBase, sim.normPerLength})
		return
	}
	by := *sim // a copy, which no store can change
	for i, doc := range docs {
		scores[i] = by.score(weight, freqs[i], norms[doc])
	}
}

// chooseOverrun is how many indexes choose may write beyond those it returns.
const chooseOverrun = 8

// choose writes the indexes of the scores that are at least minScore to indexes,
// in order, and returns how many there are. There are at most 2^16 scores, and
// indexes has room for all of them and chooseOverrun more.
func choose(scores []int64, minScore int64, indexes []uint16) int {
	n, done := choosePart(scores, minScore, indexes)
	for i := done; i < len(scores); i++ {
		indexes[n] = uint16(i)
		if scores[i] >= minScore {
			n++
		}
	}
	return n
}
