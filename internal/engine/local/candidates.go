package local

import (
	"sync"

	"github.com/newsq/newsq/internal/segment"
)

// candidates are documents, in order, that may come among the best, with what
// some of the streams give to them. The other streams are gone through one
// after the other: each reads its blocks once for all candidates.
type candidates struct {
	n      int
	docs   [windowDocs]uint32
	quanta [windowDocs]int64

	// Of the candidates that are looked up in a block: which of them it has,
	// and where in it.
	which [windowDocs]uint16
	place [windowDocs]uint8
	// table holds the places of a block's documents, by what is left of them
	// when divided by its size, beside the turn in which they were written.
	table [windowDocs]uint32
	turn  uint32
}

// pools are candidates to be used again.
var pools = sync.Pool{New: func() any { return new(candidates) }}

// add appends a document.
func (c *candidates) add(doc uint32, quanta int64) {
	c.docs[c.n&(windowDocs-1)], c.quanta[c.n&(windowDocs-1)] = doc, quanta
	c.n++
}

// having keeps those that have enough, and reports whether all have.
func (c *candidates) having(enough int64) bool {
	if enough <= 0 {
		return true
	}
	kept := 0
	docs, quanta := c.docs[:c.n], c.quanta[:c.n]
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
func (c *candidates) plus(s *stream) {
	for i := 0; i < c.n && s.reach(c.docs[i]); {
		end := c.upTo(i, s.docs[len(s.docs)-1])
		n := c.find(s, i, end)
		i = end
		if n == 0 {
			continue
		}
		if s.worked != nil {
			of := s.worked.quanta[(s.next-1)*segment.BlockSize:]
			for x, k := range c.which[:n] {
				c.quanta[k&(windowDocs-1)] += of[c.place[x]]
			}
			continue
		}
		s.countBlock()
		sc, weight, lengths := *s.scoring, s.weight, s.lengths // a copy, which no store can change
		for x, k := range c.which[:n] {
			k &= windowDocs - 1
			c.quanta[k] += sc.of(weight, s.fs[c.place[x]&(segment.BlockSize-1)], lengths[c.docs[k]])
		}
	}
}

// within keeps the candidates that a stream has, and adds what it gives.
func (c *candidates) within(s *stream) {
	kept := 0
	for i := 0; i < c.n && s.reach(c.docs[i]); {
		end := c.upTo(i, s.docs[len(s.docs)-1])
		n := c.find(s, i, end)
		i = end
		if n == 0 {
			continue
		}
		if s.worked != nil {
			of := s.worked.quanta[(s.next-1)*segment.BlockSize:]
			for x, k := range c.which[:n] {
				c.docs[kept], c.quanta[kept] = c.docs[k], c.quanta[k]+of[c.place[x]]
				kept++
			}
			continue
		}
		s.countBlock()
		sc, weight, lengths := *s.scoring, s.weight, s.lengths
		docs, quanta := c.docs[kept:], c.quanta[kept:]
		for x, k := range c.which[:n] {
			k &= windowDocs - 1
			doc := c.docs[k]
			docs[x] = doc
			quanta[x] = c.quanta[k] + sc.of(weight, s.fs[c.place[x]&(segment.BlockSize-1)], lengths[doc])
		}
		kept += n
	}
	c.n = kept
}

// upTo is the place of the first candidate from i on that is beyond last.
func (c *candidates) upTo(i int, last uint32) int {
	docs := c.docs[:c.n]
	for i < len(docs) && docs[i] <= last {
		i++
	}
	return i
}

// fewLookups is up to how many candidates are sooner searched for in a block
// than its documents are put into a table.
const fewLookups = 16

// find looks up candidates, none of them beyond the last document of the
// stream's block, fills which and place, and returns how many there are.
// Nothing in it depends on a guess which candidate the block has.
func (c *candidates) find(s *stream, from, to int) int {
	n := 0
	docs := s.docs
	if to-from <= fewLookups || docs[len(docs)-1]-docs[0] >= windowDocs {
		for i := from; i < to; i++ {
			doc := c.docs[i&(windowDocs-1)]
			at := 0
			if len(docs) == segment.BlockSize {
				at = firstOfBlock(&s.buf, doc)
			} else {
				at = firstOf(docs, doc) & (segment.BlockSize - 1)
			}
			c.which[n&(windowDocs-1)], c.place[n&(windowDocs-1)] = uint16(i), uint8(at)
			if s.buf[at] == doc {
				n++
			}
		}
		return n
	}
	if c.turn++; c.turn >= 1<<25 {
		clear(c.table[:])
		c.turn = 1
	}
	turn := c.turn * segment.BlockSize
	for i, doc := range docs {
		c.table[doc%windowDocs] = turn + uint32(i)
	}
	for i := from; i < to; i++ {
		doc := c.docs[i&(windowDocs-1)]
		at := c.table[doc%windowDocs] - turn
		c.which[n&(windowDocs-1)], c.place[n&(windowDocs-1)] = uint16(i), uint8(at)
		if at < segment.BlockSize && s.buf[at%segment.BlockSize] == doc {
			n++
		}
	}
	return n
}
