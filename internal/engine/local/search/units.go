package search

import (
	"math"
	"slices"
	"sort"

	"github.com/newsq/newsq/internal/engine/local/schema"
)

// units are the sentences or the paragraphs of a field of an article.
type units struct {
	starts []uint32 // positions of the first tokens of all units but those that startsRuns tells
	// runs says that starts has those of runs, too. Else no run is far from its place in a
	// grid, see schema.RunOf.
	runs bool
}

// set makes u the units that start at some positions, in an article whose runs start at
// others: none where schema.RunOf tells.
func (u *units) set(starts, runs []uint32) {
	u.starts, u.runs = append(append(u.starts[:0], starts...), runs...), len(runs) > 0
	if u.runs {
		slices.Sort(u.starts)
	}
}

// around returns the positions between which the unit of a position lies, both included.
func (u *units) around(position uint32) (first, last uint32) {
	i := sort.Search(len(u.starts), func(i int) bool { return u.starts[i] > position })
	last = math.MaxUint32
	if i > 0 {
		first = u.starts[i-1]
	}
	if i < len(u.starts) {
		last = u.starts[i] - 1
	}
	if !u.runs {
		start, end := schema.RunGrid(position)
		first, last = max(first, start), min(last, end)
	}
	return first, last
}

// leadRegions appends the bounds of the stretches that are the first words of a field: where
// each starts, and the position behind its end. runs are where its runs start, none where
// schema.RunGrid tells, and last is a position beyond which nobody asks.
func leadRegions(dst []uint32, words int, runs []uint32, last uint32) []uint32 {
	if len(runs) == 0 {
		for start := uint32(1); start <= last; {
			_, end := schema.RunGrid(start)
			dst = append(dst, start, min(start+uint32(min(words, math.MaxInt32)), end+1))
			start = end + 1
		}
		return dst
	}
	for i, start := range runs {
		before := schema.TokensBefore(start, i)
		if before >= words {
			break
		}
		end := uint64(start) + uint64(words-before)
		if i+1 < len(runs) {
			end = min(end, uint64(runs[i+1]))
		}
		dst = append(dst, start, uint32(min(end, math.MaxUint32)))
	}
	return dst
}
