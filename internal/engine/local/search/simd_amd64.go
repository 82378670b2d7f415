package search

import (
	"math"
	"unsafe"

	"golang.org/x/sys/cpu"

	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/segment"
)

// wide is whether the processor has AVX2, and so computes several numbers at a
// time.
var wide = cpu.X86.HasAVX2

// scoreWide is scoreBlock. params are the weight, normBase and normPerLength.
//
//go:noescape
func scoreWide(scores *[segment.BlockSize]int64, docs, freqs *[segment.BlockSize]uint32, norms *uint32, params *[3]float64)

// membersOf lists the members of each set of eight numbers, which is given as
// bits.
var membersOf = func() (all [256][8]uint8) {
	for set := range all {
		n := 0
		for i := range 8 {
			all[set][n&7] = uint8(i)
			n += set >> i & 1
		}
	}
	return all
}()

// choosePart is choose for the first scores. It returns how many of these were
// chosen, and how many it looked at: all but less than eight, or none.
func choosePart(scores []int64, minScore int64, indexes []uint16) (n, done int) {
	done = len(scores) &^ 7
	if !wide || done == 0 || minScore == math.MinInt64 {
		return 0, 0
	}
	_ = indexes[:done+chooseOverrun]
	return int(chooseWide(scores[:done], minScore-1, &indexes[0], &membersOf)), done
}

// chooseWide is choose for scores of which the number is a multiple of eight. It
// chooses those that are more than less. It writes seven indexes beyond those
// that it returns.
//
//go:noescape
func chooseWide(scores []int64, less int64, indexes *uint16, membersOf *[256][8]uint8) uint

// drainPart is drainBlock for the first frequencies. It returns how many postings
// it wrote to out, and how many frequencies it drained: all but less than eight,
// or none.
func (a *accumulator) drainPart(freqs, norms []uint32, matches []uint64, threshold freqThreshold) (n, done int) {
	done = len(norms) &^ 7
	if !wide || done == 0 {
		return 0, 0
	}
	_ = a.out[done-1]
	params := [3]float32{1 / (1 - thresholdEpsilon), float32(threshold.base), float32(threshold.byLength)}
	return int(drainWide(freqs[:done], norms[:done], (*uint8)(unsafe.Pointer(&matches[0])), &params, &a.out[0])), done
}

// drainWide drains freqs, of which the number is a multiple of eight: it sets the
// bits of those that are not 0, and makes them 0. Those that, times params[0],
// are at least params[1] and params[2] for each unit of the norm are written to
// out. Their number is returned.
//
//go:noescape
func drainWide(freqs, norms []uint32, matches *uint8, params *[3]float32, out *posting) uint

// selectPart writes the indexes of documents of [from, end) of the scorer's block,
// which is full and whose frequencies were read, to blockIndexes, and returns how
// many there are. It takes those that reach the threshold, or nearly so, see
// thresholdEpsilon, and that the mask holds, or, where there is none, that are not
// deleted.
func (c *candidates) selectPart(s *scorer, from, end int, threshold freqThreshold, mask, deleted reader.Bitset) int {
	set, flip := mask, uint32(0)
	if set == nil {
		set, flip = deleted, 0xFF
	}
	var words *uint64
	if len(set) > 0 {
		words = &set[0]
	}
	first := from &^ 7
	params := [3]float32{1 / (1 - thresholdEpsilon), float32(threshold.base), float32(threshold.byLength)}
	n := passFreqs(&s.docBuf[first], &s.freqs[first], uint(end-first+7)/8, &params, uint32(first), &c.passed, &c.blockIndexes[0], &membersOf)
	if words != nil {
		n = passSet(&c.passed, &c.blockIndexes[0], n, words, flip, &membersOf)
	}
	n = passLengths(&c.passed, &c.blockIndexes[0], n, &s.norms[0], &params, &membersOf)
	// The first and the last eight may have some that lie outside.
	indexes, before := c.blockIndexes[:n], 0
	for n > 0 && int(indexes[n-1]) >= end {
		n--
	}
	for before < int(n) && int(indexes[before]) < from {
		before++
	}
	return copy(indexes, indexes[before:n])
}

// selectLeaf is selectPart for documents of a leaf, whatever a mask holds.
func (c *candidates) selectLeaf(docs, freqs *[segment.BlockSize]uint32, norms []uint32, threshold freqThreshold) []uint8 {
	params := [3]float32{1 / (1 - thresholdEpsilon), float32(threshold.base), float32(threshold.byLength)}
	n := passFreqs(&docs[0], &freqs[0], segment.BlockSize/8, &params, 0, &c.passed, &c.blockIndexes[0], &membersOf)
	return c.blockIndexes[:passLengths(&c.passed, &c.blockIndexes[0], n, &norms[0], &params, &membersOf)]
}

// passed are the documents of a block that passed the tests so far, with their
// frequencies. Each test is for what the one before it has left, which few postings of a
// block are: to look up norms and sets takes most of the time. Each writes eight at a time,
// and leaves documents behind the last one that the next may look up.
type passed struct {
	docs, freqs [segment.BlockSize + 8]uint32
}

// The kernels know where the frequencies are, behind the documents.
const (
	freqsOfPassed = 544
	_             = uint(unsafe.Offsetof(passed{}.docs) + unsafe.Offsetof(passed{}.freqs) - freqsOfPassed)
	_             = uint(freqsOfPassed - unsafe.Offsetof(passed{}.freqs))
)

// passFreqs lets documents pass whose frequencies, times params[0], are at least
// params[1]. They come eight after the other, the first of which has the index first in
// the block. Their indexes are written to indexes, up to eight beyond those that it counts.
//
//go:noescape
func passFreqs(docs, freqs *uint32, eights uint, params *[3]float32, first uint32, passed *passed, indexes *uint8, membersOf *[256][8]uint8) uint

// passSet lets those of the first n documents pass of which the bit in set is 1, or, with a
// flip of 0xFF, 0.
//
//go:noescape
func passSet(passed *passed, indexes *uint8, n uint, set *uint64, flip uint32, membersOf *[256][8]uint8) uint

// passLengths lets those of the first n documents pass whose frequencies, times params[0],
// are at least params[1] and params[2] for each unit of the norm. It moves the indexes alone.
//
//go:noescape
func passLengths(passed *passed, indexes *uint8, n uint, norms *uint32, params *[3]float32, membersOf *[256][8]uint8) uint
