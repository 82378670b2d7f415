package search

import (
	"sync"

	"github.com/newsq/newsq/internal/engine/local/reader"
)

// windowDocs is how many documents are scored at a time. What is needed for
// them stays in the processor's second cache. With fewer of them more time goes into
// finding bounds; with 16,384 bounds are so high that some searches take longer.
const windowDocs = 8192

// candidates are documents that may be competitive, in order, with what some of
// the scorers give to them. The other scorers are gone through one after the
// other: each reads its blocks once for all candidates, and only blocks that
// may hold one.
type candidates struct {
	n      int
	docs   [windowDocs]uint32
	scores [windowDocs]int64

	// indexes and blockIndexes are memory for one step. After lookUp they tell
	// which candidates a block has, by their index here, and where in the block
	// each is. After choose, indexes are those of the chosen scores.
	indexes      [windowDocs + chooseOverrun]uint16
	blockIndexes [windowDocs]uint8
	passed       passed // memory of selectPart
}

// candidatesPool holds candidates to be used again.
var candidatesPool = sync.Pool{New: func() any { return new(candidates) }}

// add appends a document, which lies beyond all others.
func (c *candidates) add(doc uint32, score int64) {
	c.docs[c.n&(windowDocs-1)], c.scores[c.n&(windowDocs-1)] = doc, score
	c.n++
}

// keepCompetitive drops the candidates whose score is less than minScore, and
// reports whether there were none of these.
func (c *candidates) keepCompetitive(minScore int64) bool {
	if minScore <= 0 {
		return true
	}
	n := 0
	docs, scores := c.docs[:c.n], c.scores[:c.n]
	for i, score := range scores {
		docs[n], scores[n] = docs[i], score
		if score >= minScore {
			n++
		}
	}
	all := n == c.n
	c.n = n
	return all
}

// addScoresOf adds what a scorer gives to the candidates that it has. The others
// stay as they are.
func (c *candidates) addScoresOf(s *scorer) {
	for i := 0; i < c.n && s.reachBlock(c.docs[i]); {
		end := c.endUpTo(i, s.docs[len(s.docs)-1])
		if n := c.lookUp(s, i, end); n > 0 {
			s.addScores(c.scores[:], c.indexes[:n], c.blockIndexes[:])
		}
		i = end
	}
}

// intersect drops the candidates that a scorer does not have, and adds what it
// gives to the others.
func (c *candidates) intersect(s *scorer) {
	kept := 0
	for i := 0; i < c.n && s.reachBlock(c.docs[i]); {
		end := c.endUpTo(i, s.docs[len(s.docs)-1])
		if n := c.lookUp(s, i, end); n > 0 {
			s.addScores(c.scores[:], c.indexes[:n], c.blockIndexes[:])
			for _, k := range c.indexes[:n] {
				c.docs[kept], c.scores[kept] = c.docs[k], c.scores[k]
				kept++
			}
		}
		i = end
	}
	c.n = kept
}

// endUpTo returns the index of the first candidate from i on that is beyond
// last.
func (c *candidates) endUpTo(i int, last uint32) int {
	docs := c.docs[:c.n]
	for i < len(docs) && docs[i] <= last {
		i++
	}
	return i
}

// lookUp finds which of the candidates of [from, to) are in the scorer's block.
// None of them may be beyond the last document of it. It fills indexes and
// blockIndexes, and returns how many there are.
func (c *candidates) lookUp(s *scorer, from, to int) int {
	return reader.IntersectBlock(&s.docBuf, len(s.docs), c.docs[from:to], from, c.indexes[:], c.blockIndexes[:])
}
