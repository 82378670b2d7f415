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
	docs, quanta := c.docs[:c.n], c.quanta[:c.n]
	for i := 0; i < len(docs); {
		if s.seek(docs[i]) == math.MaxUint32 {
			return
		}
		block, j := s.docs, s.i
		for last := block[len(block)-1]; i < len(docs) && docs[i] <= last; i++ {
			j = s.on(j, docs[i])
			if block[j] == docs[i] {
				quanta[i] += s.givesAt(j)
			}
		}
		s.i = j
	}
}

// within keeps the candidates that a stream has, and adds what it gives.
func (c *candidates) within(s *stream) {
	kept := 0
	docs, quanta := c.docs[:c.n], c.quanta[:c.n]
	for i := 0; i < len(docs); {
		if s.seek(docs[i]) == math.MaxUint32 {
			break
		}
		block, j := s.docs, s.i
		for last := block[len(block)-1]; i < len(docs) && docs[i] <= last; i++ {
			j = s.on(j, docs[i])
			if block[j] == docs[i] {
				docs[kept], quanta[kept] = docs[i], quanta[i]+s.givesAt(j)
				kept++
			}
		}
		s.i = j
	}
	c.n = kept
}

// near is how many places are gone through one by one, before the block is
// searched.
const near = 16

// on returns the place, from j on, of the first document of the block at hand
// that is at least doc, which must not be beyond its last.
func (t *stream) on(j int, doc uint32) int {
	if j+near < len(t.docs) && t.docs[j+near] < doc {
		return firstFrom(&t.buf, len(t.docs), doc)
	}
	for t.docs[j] < doc {
		j++
	}
	return j
}
