package local

import "math"

// candidates are documents, in order, that may come among the best, with what
// some of the streams give to them. The other streams are gone through one
// after the other: each reads its blocks once for all candidates.
type candidates struct {
	n      int
	docs   [windowDocs]uint32
	quanta [windowDocs]int64
}

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
	docs := c.docs[:c.n]
	for i := 0; i < len(docs); i++ {
		at := s.seek(docs[i])
		for i < len(docs) && docs[i] < at { // the stream is ahead
			i++
		}
		if i == len(docs) || at == math.MaxUint32 {
			return
		}
		if docs[i] == at {
			c.quanta[i] += s.gives()
		} else {
			i--
		}
	}
}

// within keeps the candidates that a stream has, and adds what it gives.
func (c *candidates) within(s *stream) {
	kept := 0
	docs := c.docs[:c.n]
	for i := 0; i < len(docs); {
		at := s.seek(docs[i])
		if at == docs[i] {
			c.docs[kept], c.quanta[kept] = at, c.quanta[i]+s.gives()
			kept++
			i++
			continue
		}
		for i < len(docs) && docs[i] < at {
			i++
		}
	}
	c.n = kept
}
