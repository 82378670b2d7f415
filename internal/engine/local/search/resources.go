package search

import (
	"sync"
	"time"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/match"
)

// resources are what a query uses while it runs: its budget, the patterns that
// it has compiled, and memory that it borrows from pools until release.
type resources struct {
	budget
	analyzer   analysis.Analyzer // of the query
	location   *time.Location    // of the request's days; nil for UTC
	patterns   map[match.TermPattern]*compiledPattern
	docBuffers []*[]uint32
	bitsets    []*reader.Bitset
	scores     []*[]int64
	unions     []*multiTermUnion // that are used until the query ends
	// Where the query is a single leaf and asks for its first hits only:
	// topLimit is their number, meanLength that of articles. Else topLimit is 0.
	topLimit int
	// championsServe is set where the query is a single leaf, by relevance and without
	// filters.
	championsServe bool
	meanLength     float64
	// leafRoom is memory for the first leaf postings.
	leafRoom []leafPostings
}

// usualLeaves is for how many leaf postings a query keeps memory.
const usualLeaves = 4

// newLeaf returns empty leaf postings. They are valid until release.
func (res *resources) newLeaf() *leafPostings {
	if res.leafRoom == nil {
		res.leafRoom = make([]leafPostings, 0, usualLeaves)
	}
	if len(res.leafRoom) == cap(res.leafRoom) {
		return new(leafPostings)
	}
	res.leafRoom = res.leafRoom[:len(res.leafRoom)+1]
	return &res.leafRoom[len(res.leafRoom)-1]
}

// reset empties res, of which all was released, and keeps its memory.
func (res *resources) reset() {
	clear(res.leafRoom)
	*res = resources{
		docBuffers: res.docBuffers[:0], bitsets: res.bitsets[:0], scores: res.scores[:0], unions: res.unions[:0],
		leafRoom: res.leafRoom[:0],
	}
}

func newResources(articles int, a analysis.Analyzer) *resources {
	return &resources{budget: newBudget(articles), analyzer: a}
}

// maxBorrowed is how many buffers and how many bitsets a query borrows. What it
// needs beyond that is allocated, and the garbage collector frees it while the
// query goes on: a long query needs few of them at a time.
const maxBorrowed = 32

// docBufferPool holds buffers to be used again. Some are of megabytes, which cost
// more to allocate than to fill.
var docBufferPool = sync.Pool{New: func() any { return new([]uint32) }}

// docBuffer returns an empty slice with room for n numbers. It is valid until
// release.
func (res *resources) docBuffer(n int) []uint32 {
	if len(res.docBuffers) == maxBorrowed {
		return make([]uint32, 0, n)
	}
	a := docBufferPool.Get().(*[]uint32)
	if cap(*a) < n {
		*a = make([]uint32, 0, n)
	}
	res.docBuffers = append(res.docBuffers, a)
	return (*a)[:0]
}

// scoreBufferPool holds buffers of scores to be used again.
var scoreBufferPool = sync.Pool{New: func() any { return new([]int64) }}

// scoreBuffer returns n scores of any value. They are valid until release.
func (res *resources) scoreBuffer(n int) []int64 {
	if len(res.scores) == maxBorrowed {
		return make([]int64, n)
	}
	a := scoreBufferPool.Get().(*[]int64)
	if cap(*a) < n {
		*a = make([]int64, n)
	}
	res.scores = append(res.scores, a)
	return (*a)[:n]
}

// bitsetPool holds bitsets to be used again.
var bitsetPool = sync.Pool{New: func() any { return new(reader.Bitset) }}

// bitset returns n words of any content. They are valid until release.
func (res *resources) bitset(n int) reader.Bitset {
	if len(res.bitsets) == maxBorrowed {
		return make(reader.Bitset, n)
	}
	b := bitsetPool.Get().(*reader.Bitset)
	if cap(*b) < n {
		*b = make(reader.Bitset, n)
	}
	res.bitsets = append(res.bitsets, b)
	return (*b)[:n]
}

// release gives back what was borrowed. Nobody may use it from then on.
func (res *resources) release() {
	for _, a := range res.docBuffers {
		docBufferPool.Put(a)
	}
	for _, b := range res.bitsets {
		bitsetPool.Put(b)
	}
	for _, a := range res.scores {
		scoreBufferPool.Put(a)
	}
	for _, u := range res.unions {
		u.reset()
		unionPool.Put(u)
	}
	clear(res.docBuffers)
	clear(res.bitsets)
	clear(res.scores)
	clear(res.unions)
	res.docBuffers, res.bitsets, res.scores, res.unions = res.docBuffers[:0], res.bitsets[:0], res.scores[:0], res.unions[:0]
}
