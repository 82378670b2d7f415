package search

import (
	"context"
	"fmt"
	"sync"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/match"
)

// work is what a query has cost so far and may cost, in steps of some 25
// nanoseconds. It bounds what one query can do to everyone else: patterns
// multiply, and the longest query allowed could ask for hours of work. It is
// counted rather than timed, so that an index gives the same answer to a query
// each time.
type work struct {
	done, next, most int
	analyzer         analysis.Analyzer              // of the query
	patterns         map[match.TermPattern]*pattern // made so far
	arrays           []*[]uint32                    // handed out by uint32s
	bitsets          []*reader.Bitset               // by words
	unions           []*multiTermUnion              // that are used to the end
	// Of a query that is one leaf and asks for the first hits only: how many
	// these are, and the mean length.
	few  int
	mean float64
}

// maxHeld is how many arrays and how many bitsets a query holds to its end. More
// are left to the collector, as a long query needs few of them at a time.
const maxHeld = 32

// arrays are used again: an index has lists of megabytes, which cost more to
// make than to fill.
var arrays = sync.Pool{New: func() any { return new([]uint32) }}

// uint32s returns an empty slice with room for n numbers, which is the query's
// until release.
func (w *work) uint32s(n int) []uint32 {
	if len(w.arrays) == maxHeld {
		return make([]uint32, 0, n)
	}
	a := arrays.Get().(*[]uint32)
	if cap(*a) < n {
		*a = make([]uint32, 0, n)
	}
	w.arrays = append(w.arrays, a)
	return (*a)[:0]
}

// bitsets are used again, too.
var bitsets = sync.Pool{New: func() any { return new(reader.Bitset) }}

// words returns so many words of any content, which are the query's until
// release.
func (w *work) words(n int) reader.Bitset {
	if len(w.bitsets) == maxHeld {
		return make(reader.Bitset, n)
	}
	b := bitsets.Get().(*reader.Bitset)
	if cap(*b) < n {
		*b = make(reader.Bitset, n)
	}
	w.bitsets = append(w.bitsets, b)
	return (*b)[:n]
}

// release takes back what was handed out; nobody may use it from then on.
func (w *work) release() {
	for _, a := range w.arrays {
		arrays.Put(a)
	}
	for _, b := range w.bitsets {
		bitsets.Put(b)
	}
	for _, u := range w.unions {
		u.reset()
		unionPool.Put(u)
	}
	w.arrays, w.bitsets, w.unions = nil, nil, nil
}

// What a query may cost: at least as much as takes about a second, and on a
// large index as much for each article as to take in every word of it twice.
const (
	leastWork      = 24 << 20
	workPerArticle = 1024
)

// The cost of what is done often, measured in articles of some 900 words. To
// read a posting, or to score it, is one step.
const (
	stepsPerWord      = 10      // to come to the next word in a dictionary and to try it
	stepsPerStem      = 30      // to stem it
	stepsPerRegex     = 10      // to start a regular expression on it
	stepsPerTerm      = 60      // to open a word's postings list
	stepsPerPlaces    = 3       // to come to a posting with positions
	stepsPerPosition  = 2       // to read one position
	stepsPerAutomaton = 1 << 15 // to build one
	stepsPerWindow    = 16      // to come to a stretch of documents to be scored, for each list
)

func newWork(articles int, a analysis.Analyzer) *work {
	return &work{analyzer: a, most: leastWork + workPerArticle*articles}
}

// checkEvery is how many steps pass between looks at the context.
const checkEvery = 1 << 12

// spend counts steps that are about to be done, or were just done. It returns
// the context's error once that has ended, and engine.ErrTooBroad once the
// query has cost as much as it may.
func (w *work) spend(ctx context.Context, steps int) error {
	w.done += steps
	if w.done < w.next {
		return nil
	}
	w.next = w.done + checkEvery
	if w.done > w.most {
		return fmt.Errorf("%w: it asks for too many words in too many places; write more letters beside each * or ~, or fewer terms", engine.ErrTooBroad)
	}
	return ctx.Err()
}
