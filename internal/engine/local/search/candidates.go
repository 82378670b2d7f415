package search

import (
	"sync"

	"github.com/newsq/newsq/internal/engine/local/reader"
)

// candidates are documents, in order, that may come among the best, with what
// some of the streams give to them. The other streams are gone through one
// after the other: each reads its blocks once for all candidates.
type candidates struct {
	n      int
	docs   [windowDocs]uint32
	scores [windowDocs]int64

	// Of the candidates that are looked up in a block: which of them it has,
	// and where in it. Or which places of a block or window were chosen.
	indexes      [windowDocs + chooseOverrun]uint16
	blockIndexes [windowDocs]uint8
}

// roomy are candidates to be used again.
var candidatesPool = sync.Pool{New: func() any { return new(candidates) }}

// add appends a document.
func (c *candidates) add(doc uint32, quanta int64) {
	c.docs[c.n&(windowDocs-1)], c.scores[c.n&(windowDocs-1)] = doc, quanta
	c.n++
}

// having keeps those that have enough, and reports whether all have.
func (c *candidates) keepCompetitive(enough int64) bool {
	if enough <= 0 {
		return true
	}
	kept := 0
	docs, quanta := c.docs[:c.n], c.scores[:c.n]
	for i, q := range quanta {
		docs[kept], quanta[kept] = docs[i], q
		if q >= enough {
			kept++
		}
	}
	all := kept == c.n
	c.n = kept
	return all
}

// plus adds what a stream gives to the candidates that it has.
func (c *candidates) addScoresOf(s *scorer) {
	for i := 0; i < c.n && s.reachBlock(c.docs[i]); {
		end := c.endUpTo(i, s.docs[len(s.docs)-1])
		if n := c.lookUp(s, i, end); n > 0 {
			s.addScores(c.scores[:], c.indexes[:n], c.blockIndexes[:])
		}
		i = end
	}
}

// within keeps the candidates that a stream has, and adds what it gives.
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

// upTo is the place of the first candidate from i on that is beyond last.
func (c *candidates) endUpTo(i int, last uint32) int {
	docs := c.docs[:c.n]
	for i < len(docs) && docs[i] <= last {
		i++
	}
	return i
}

// find looks up candidates, none of them beyond the last document of the
// stream's block, fills which and place, and returns how many there are.
func (c *candidates) lookUp(s *scorer, from, to int) int {
	return reader.IntersectBlock(&s.docBuf, len(s.docs), c.docs[from:to], from, c.indexes[:], c.blockIndexes[:])
}
