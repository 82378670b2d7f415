//go:build !amd64

package search

import (
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/segment"
)

const wide = false

// passed is memory that is of no use here.
type passed struct{}

func scoreWide(_ *[segment.BlockSize]int64, _, _ *[segment.BlockSize]uint32, _ *uint32, _ *[3]float64) {
}

func choosePart([]int64, int64, []uint16) (n, done int) { return 0, 0 }

func (*accumulator) drainPart(_, _ []uint32, _ []uint64, _ freqThreshold) (n, done int) { return 0, 0 }

func (*candidates) selectPart(*scorer, int, int, freqThreshold, reader.Bitset, reader.Bitset) int {
	return 0
}

func (*candidates) selectLeaf(_, _ *[segment.BlockSize]uint32, _ []uint32, _ freqThreshold) []uint8 {
	return nil
}
