package search

import "github.com/newsq/newsq/internal/engine/local/segment"

// What most of the time of a search goes into is here in Go; processors with
// AVX2 run the same in assembly, to the last bit.

// scoreBlock computes what a list gives to each document of a whole block.
// There must be a length for each of the documents.
func (sc *bm25) scoreBlock(quanta *[segment.BlockSize]int64, weight float64, docs, freqs *[segment.BlockSize]uint32, lengths []uint32) {
	if wide {
		scoreWide(quanta, docs, freqs, &lengths[0], &[3]float64{weight, sc.normBase, sc.normPerLength})
		return
	}
	by := *sc // a copy, which no store can change
	for i, doc := range docs {
		quanta[i] = by.score(weight, freqs[i], lengths[doc])
	}
}

// room is how many places choose may write beyond those it returns.
const chooseOverrun = 8

// choose returns how many of the quanta, of which there are at most 2^16, are
// enough, and writes their places to which, which has room for all of them and
// room more.
func choose(quanta []int64, enough int64, which []uint16) int {
	n, from := choosePart(quanta, enough, which)
	for i := from; i < len(quanta); i++ {
		which[n] = uint16(i)
		if quanta[i] >= enough {
			n++
		}
	}
	return n
}
