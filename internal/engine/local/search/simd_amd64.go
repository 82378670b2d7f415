package search

import (
	"math"
	"unsafe"

	"golang.org/x/sys/cpu"

	"github.com/newsq/newsq/internal/engine/local/segment"
)

// wide is whether the processor computes several numbers at a time.
var wide = cpu.X86.HasAVX2

// scoreWide is scoreBlock; by are weight, base and byLength.
//
//go:noescape
func scoreWide(quanta *[segment.BlockSize]int64, docs, freqs *[segment.BlockSize]uint32, lengths *uint32, by *[3]float64)

// chosen lists for each set of eight, as bits, which are in it.
var chosen = func() (all [256][8]uint8) {
	for set := range all {
		n := 0
		for i := range 8 {
			all[set][n&7] = uint8(i)
			n += set >> i & 1
		}
	}
	return all
}()

// choosePart is choose for the first few of quanta, and returns of how many.
func choosePart(quanta []int64, enough int64, which []uint16) (n, of int) {
	of = len(quanta) &^ 7
	if !wide || of == 0 || enough == math.MinInt64 {
		return 0, 0
	}
	_ = which[:of+chooseOverrun]
	return int(chooseWide(quanta[:of], enough-1, &which[0], &chosen)), of
}

// chooseWide is choose for a number of quanta that eight divides, and for more
// than less. It writes seven places beyond those it returns.
//
//go:noescape
func chooseWide(quanta []int64, less int64, which *uint16, chosen *[256][8]uint8) uint

// drainPart is drain for the first few documents, and returns how many these
// are, and how many of them it gives.
func (s *accumulator) drainWhole8s(freqs, lengths []uint32, any []uint64, enough freqThreshold) (n, of int) {
	of = len(lengths) &^ 7
	if !wide || of == 0 {
		return 0, 0
	}
	_ = s.out[of-1]
	by := [3]float32{1 / thresholdSlack, float32(enough.base), float32(enough.byLength)}
	return int(drainWide(freqs[:of], lengths[:of], (*uint8)(unsafe.Pointer(&any[0])), &by, &s.out[0])), of
}

// drainWide sets the bits of those of freqs, of which eight divides the number,
// that are not 0, and makes them 0. Those that, times enough[0], are at least
// enough[1] and enough[2] for each length are written to out, and their number
// is returned.
//
//go:noescape
func drainWide(freqs, lengths []uint32, any *uint8, enough *[3]float32, out *posting) uint
