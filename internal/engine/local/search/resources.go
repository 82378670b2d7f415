package search

import (
	"sync"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/match"
)

// resources are what a query uses while it runs: its budget, the patterns that
// it has compiled, and memory that it borrows from pools until release.
type resources struct {
	budget
	analyzer   analysis.Analyzer // of the query
	patterns   map[match.TermPattern]*compiledPattern
	docBuffers []*[]uint32
	bitsets    []*reader.Bitset
	unions     []*multiTermUnion // that are used until the query ends
	// Where the query is a single leaf and asks for its first hits only:
	// topLimit is their number, meanLength that of articles. Else topLimit is 0.
	topLimit   int
	meanLength float64
}

func newResources(articles int, a analysis.Analyzer) *resources {
	return &resources{budget: newBudget(articles), analyzer: a}
}

// maxHeld is how many arrays and how many bitsets a query holds to its end. More
// are left to the collector, as a long query needs few of them at a time.
const maxBorrowed = 32

// arrays are used again: an index has lists of megabytes, which cost more to
// make than to fill.
var docBufferPool = sync.Pool{New: func() any { return new([]uint32) }}

// uint32s returns an empty slice with room for n numbers, which is the query's
// until release.
func (w *resources) docBuffer(n int) []uint32 {
	if len(w.docBuffers) == maxBorrowed {
		return make([]uint32, 0, n)
	}
	a := docBufferPool.Get().(*[]uint32)
	if cap(*a) < n {
		*a = make([]uint32, 0, n)
	}
	w.docBuffers = append(w.docBuffers, a)
	return (*a)[:0]
}

// bitsets are used again, too.
var bitsetPool = sync.Pool{New: func() any { return new(reader.Bitset) }}

// words returns so many words of any content, which are the query's until
// release.
func (w *resources) bitset(n int) reader.Bitset {
	if len(w.bitsets) == maxBorrowed {
		return make(reader.Bitset, n)
	}
	b := bitsetPool.Get().(*reader.Bitset)
	if cap(*b) < n {
		*b = make(reader.Bitset, n)
	}
	w.bitsets = append(w.bitsets, b)
	return (*b)[:n]
}

// release takes back what was handed out; nobody may use it from then on.
func (w *resources) release() {
	for _, a := range w.docBuffers {
		docBufferPool.Put(a)
	}
	for _, b := range w.bitsets {
		bitsetPool.Put(b)
	}
	for _, u := range w.unions {
		u.reset()
		unionPool.Put(u)
	}
	w.docBuffers, w.bitsets, w.unions = nil, nil, nil
}
