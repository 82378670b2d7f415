package search

import (
	"slices"

	"github.com/newsq/newsq/internal/engine/local/reader"
)

// segRun is a compiled plan under way in one segment.
//
// It evaluates nodes of the plan to bitsets of live articles, for those who must
// know all matches: filters, what a NOT takes away, totals and facets. Each leaf
// and each node is evaluated once, when it is first asked for, and who gets the
// set must not change it. Sets lie in memory of the query and are not valid
// behind resources.release; those of values that filters ask for are cached in
// the segment and stay.
//
// Methods that take a set and say that they add to it or change it are given one
// of newBitset or copyBitset.
type segRun struct {
	*reader.Segment
	query *compiled
	// memo is what leaves came to, by their number; nil for those that nobody
	// asked for yet. All plans of a request share it.
	memo []*leafPostings
	res  *resources
	// champions are those of the root; nil where the segment has none.
	champions *champions
	nodeSets  []reader.Bitset // by node, likewise
	// among are what the filters keep, where that is little; else nil. Sets and leaves
	// need only be right about these: outside of them, either may have more or less.
	among reader.Bitset
	// result is what the plan matches and the filters keep; nil while nobody
	// asked for it.
	result reader.Bitset
}

// on starts the plan in a segment. memo has room for all leaves of the request.
func (c *compiled) on(s *reader.Segment, res *resources, memo []*leafPostings) *segRun {
	return &segRun{Segment: s, query: c, memo: memo, res: res, nodeSets: make([]reader.Bitset, c.numNodes)}
}

// start is on for a run that may have memory, in a request of so many leaves.
func (r *segRun) start(c *compiled, s *reader.Segment, res *resources, leaves int) {
	r.Segment, r.query, r.res, r.among, r.result = s, c, res, nil, nil
	r.memo = slices.Grow(r.memo[:0], leaves)[:leaves]
	r.nodeSets = slices.Grow(r.nodeSets[:0], c.numNodes)[:c.numNodes]
}

// reset empties r, which keeps its memory.
func (r *segRun) reset() {
	clear(r.memo)
	clear(r.nodeSets)
	*r = segRun{memo: r.memo[:0], nodeSets: r.nodeSets[:0]}
}

// newBitset returns an empty set, which is valid until the query ends.
func (r *segRun) newBitset() reader.Bitset {
	b := r.res.bitset((r.Docs + 63) / 64)
	clear(b)
	return b
}

// copyBitset returns a copy of a set, which is valid until the query ends.
func (r *segRun) copyBitset(b reader.Bitset) reader.Bitset {
	c := r.res.bitset(len(b))
	copy(c, b)
	return c
}
