package segment

import (
	"fmt"
	"math"
	"slices"
)

// PositionReader is the memory of [PostingList.BlockPositions] and
// [PostingList.PositionsFrom]: the deltas of a block, as far as they were needed. A
// caller keeps one for each list and never shares it. The zero value is ready.
type PositionReader struct {
	block  int                   // 1 + the block that the rest is of; 0 for none
	starts [BlockSize + 1]uint32 // for each posting, the number of its first delta
	runs   runCursor
	deltas []uint32 // at their numbers
	// The deltas from one number up to another were decoded, and nothing was forgotten
	// of what lies between.
	decodedFrom, decodedTo int
}

// Reset makes the reader one for another list.
func (r *PositionReader) Reset() { r.block = 0 }

// BlockPositions appends the positions of some postings of the block last read
// to dst. postings are their indexes in the block, at least one, ascending.
// freqs has the frequencies of that block. ends must be as long as postings;
// it gets, for each of them, the index in dst where its positions end. It does
// what Positions does for each posting, and decodes each run once.
func (l *PostingList) BlockPositions(reader *PositionReader, freqs *[BlockSize]uint32, postings []uint8, dst, ends []uint32) (_ []uint32, err error) {
	ends = ends[:len(postings)]
	if !l.hasRuns() {
		for i, posting := range postings {
			if dst, err = l.Positions(freqs, int(posting), dst); err != nil {
				return dst, err
			}
			ends[i] = uint32(len(dst))
		}
		return dst, nil
	}
	end := uint32(len(dst))
	for i, posting := range postings {
		end += freqs[posting&(BlockSize-1)]
		ends[i] = end
	}
	var noBases [BlockSize]uint32
	dst, _, err = l.PositionsFrom(reader, freqs, postings, noBases[:len(postings)], dst)
	return dst, err
}

// PositionsFrom is BlockPositions that adds a number to the positions of each posting,
// which bases has in the order of postings. It returns the highest position, too,
// to which nothing was added. The sums are cut to 32 bits.
func (l *PostingList) PositionsFrom(reader *PositionReader, freqs *[BlockSize]uint32, postings []uint8, bases, dst []uint32) (_ []uint32, highest uint32, err error) {
	bases = bases[:len(postings)]
	if !l.hasRuns() {
		for i, posting := range postings {
			from := len(dst)
			if dst, err = l.Positions(freqs, int(posting), dst); err != nil {
				return dst, 0, err
			}
			for k, position := range dst[from:] {
				highest = max(highest, position)
				dst[from+k] = position + bases[i]
			}
		}
		return dst, highest, nil
	}
	if !l.verifyLocs(freqs) || !l.decodeDeltas(reader, freqs, postings) {
		return dst, 0, fmt.Errorf("%w: positions", ErrDamaged)
	}
	count := 0
	for _, posting := range postings {
		count += int(freqs[posting&(BlockSize-1)])
	}
	dst = slices.Grow(dst, count+placeOverrun)
	n, highest := placePositions(dst[len(dst):cap(dst)], reader, postings, bases)
	return dst[:len(dst)+n], highest, nil
}

// placeOverrun is how many integers placePositions may read and write beyond
// those that it is for.
const placeOverrun = 8

// placePositions writes what the deltas of postings add up to, each beginning from its
// base, and returns how many these are, and how much the last of a posting is beyond its
// base at most. dst has room for them and for placeOverrun more.
func placePositions(dst []uint32, reader *PositionReader, postings []uint8, bases []uint32) (n int, highest uint32) {
	if n, highest, ok := placeWide(dst, reader, postings, bases); ok {
		return n, highest
	}
	for i, posting := range postings {
		from, to := reader.starts[posting&(BlockSize-1)], reader.starts[posting&(BlockSize-1)+1]
		position := bases[i]
		for _, delta := range reader.deltas[from:to] {
			position += delta
			dst[n] = position
			n++
		}
		highest = max(highest, position-bases[i])
	}
	return n, highest
}

// decodeDeltas makes reader hold the deltas of some postings of the block last
// read.
func (l *PostingList) decodeDeltas(reader *PositionReader, freqs *[BlockSize]uint32, postings []uint8) bool {
	if reader.block != l.nextBlock {
		reader.block, reader.runs, reader.decodedFrom, reader.decodedTo = l.nextBlock, runCursor{}, 0, 0
	}
	end, ok := reader.sumFreqs(freqs, int(postings[len(postings)-1])&(BlockSize-1))
	// A run takes a byte at least. More than that is a damaged frequency.
	if !ok || end > runSize*l.blockLocsSize(freqs) {
		return false
	}
	if room := end + runSize + placeOverrun; len(reader.deltas) < room {
		deltas := make([]uint32, room+room/2)
		copy(deltas, reader.deltas)
		reader.deltas = deltas
	}
	for _, posting := range postings {
		from, to := int(reader.starts[posting&(BlockSize-1)]), int(reader.starts[posting&(BlockSize-1)+1])
		if (from < reader.decodedFrom || to > reader.decodedTo) && from < to && !l.decodeRuns(reader, from, to, end) {
			return false
		}
	}
	return true
}

// sumFreqs fills starts as far as what follows posting last, and returns that.
func (r *PositionReader) sumFreqs(freqs *[BlockSize]uint32, last int) (end int, ok bool) {
	if sumFreqsWide(&r.starts, freqs) {
		return int(r.starts[last+1]), true
	}
	total := uint64(0)
	for i, freq := range freqs[:last+1] {
		total += uint64(freq)
		r.starts[i+1] = uint32(total)
	}
	// A damaged frequency must not overflow.
	return int(min(total, math.MaxInt32)), total <= math.MaxInt32
}

// decodeRuns decodes the runs in which the deltas from number from up to number to
// are. No delta from number end on will be asked for by this call.
func (l *PostingList) decodeRuns(reader *PositionReader, from, to, end int) bool {
	b, r := l.blockLocs[:cap(l.blockLocs)], &reader.runs
	if from < reader.decodedFrom {
		*r, reader.decodedFrom, reader.decodedTo = runCursor{}, 0, 0
	}
	for {
		n := min(end-r.firstDelta, runSize)
		if !r.parse(b, n) {
			return false
		}
		if r.firstDelta+runSize <= from {
			reader.decodedFrom, reader.decodedTo = r.firstDelta+runSize, r.firstDelta+runSize
		} else if reader.decodedTo < r.firstDelta+n {
			reader.decodedTo = r.firstDelta + r.decodeWhole(reader.deltas[r.firstDelta:], n)
		}
		if to <= reader.decodedTo {
			return true
		}
		r.advance(b)
	}
}

// decodeWhole decodes the run to dst, which has room for a whole one, or, where the bytes
// are not there for that, its first n deltas, which are. It returns how many it
// decoded.
func (r *runCursor) decodeWhole(dst []uint32, n int) int {
	if r.available < runSize {
		r.decode(dst[:0], 0, n)
		return n
	}
	run := (*[runSize]uint32)(dst)
	unpackFreqs(run, r.packedDeltas, r.width, 0)
	if r.numExceptions > 0 {
		r.patchExceptions(run[:], 0, runSize)
	}
	return runSize
}
