package segment

import (
	"encoding/binary"
	"math"
	"math/bits"
)

// The positions of a list with skip data are kept in runs of 128 deltas, as
// doc.go says. So the positions of one posting are read without those before it:
// the frequencies say which deltas are its own, and the headers of runs say where
// these lie.
//
// The deltas of a block are numbered from 0 through all of its postings: delta 300
// is in the third run, whichever posting it belongs to.

const (
	runSize          = 128
	runHasExceptions = 1 << 7 // in the first byte of a run: the run has exceptions
	runIndexBits     = 7      // bits of the index of an exception in its run
)

// appendRuns appends the runs of all deltas of a block.
func appendRuns(dst []byte, all []uint32) []byte {
	for len(all) > 0 {
		n := min(len(all), runSize)
		dst = appendRun(dst, all[:n])
		all = all[n:]
	}
	return dst
}

// appendRun appends a run, in the width that takes the least space.
func appendRun(dst []byte, run []uint32) []byte {
	var widths [33]int
	for _, v := range run {
		widths[bits.Len32(v)]++
	}
	maxWidth := 32
	for maxWidth > 0 && widths[maxWidth] == 0 {
		maxWidth--
	}
	width, minBits, exceptions := maxWidth, maxWidth*len(run), 0
	for w, exceeding := maxWidth-1, 0; w >= 0; w-- {
		exceeding += widths[w+1]
		if cost := w*len(run) + 16 + exceeding*(runIndexBits+maxWidth-w); cost < minBits && runIndexBits+maxWidth-w <= 32 {
			width, minBits, exceptions = w, cost, exceeding
		}
	}
	if exceptions == 0 {
		return appendBits(append(dst, byte(width)), run, uint(width))
	}
	exceptionWidth := uint(maxWidth - width)
	p := bitPacker{dst: append(dst, byte(width)|runHasExceptions, byte(exceptions), byte(exceptionWidth))}
	for i, v := range run {
		if v>>width != 0 {
			p.add(v>>width<<runIndexBits|uint32(i), runIndexBits+exceptionWidth)
		}
	}
	return appendBits(p.close(), run, uint(width))
}

// appendBits appends the lowest width bits of each value, lowest bits first,
// and fills up the last byte.
func appendBits(dst []byte, values []uint32, width uint) []byte {
	if len(values) == BlockSize {
		return appendPacked(dst, (*[BlockSize]uint32)(values), width)
	}
	p := bitPacker{dst: dst}
	for _, v := range values {
		p.add(v&(1<<width-1), width)
	}
	return p.close()
}

// bitPacker appends integers of some bits each, lowest bits first.
type bitPacker struct {
	dst    []byte
	acc    uint64
	filled uint
}

func (p *bitPacker) add(v uint32, width uint) {
	p.acc |= uint64(v) << p.filled
	if p.filled += width; p.filled >= 32 {
		p.dst = binary.LittleEndian.AppendUint32(p.dst, uint32(p.acc))
		p.acc >>= 32
		p.filled -= 32
	}
}

// close fills up the last byte and returns all.
func (p *bitPacker) close() []byte {
	for ; p.filled > 0; p.filled -= min(p.filled, 8) {
		p.dst = append(p.dst, byte(p.acc))
		p.acc >>= 8
	}
	return p.dst
}

// readBits returns the integer of width bits that starts at a bit of b. width
// is at most 32, and b must have eight bytes from there on.
func readBits(b []byte, bit int, width uint) uint32 {
	return uint32(binary.LittleEndian.Uint64(b[bit/8:]) >> (bit % 8) & (1<<width - 1))
}

// runCursor stands at a run of the block last read. The zero value stands at the
// first run, whose header is not parsed yet.
type runCursor struct {
	offset     int // of the run, in bytes
	firstDelta int // the number of its first delta
	available  int // how many of its deltas the bytes are there for; 0 until it is parsed

	// From the header of the run. Both slices go on beyond what belongs to it.
	width          uint
	exceptionWidth uint // bits of an exception beyond width
	numExceptions  int
	exceptions     []byte
	packedDeltas   []byte

	// Of the deltas from cleanFrom up to cleanTo none has an exception, and
	// exceptionsPassed exceptions are of deltas before.
	cleanFrom, cleanTo, exceptionsPassed int
}

// parse parses the header of the run. It returns false if b does not have n
// deltas of the run and packPadding bytes behind them.
func (r *runCursor) parse(b []byte, n int) bool {
	if n <= r.available {
		return true
	}
	if b = b[r.offset:]; len(b) < 3 {
		return false
	}
	r.width, r.packedDeltas = uint(b[0]&^runHasExceptions), b[1:]
	r.numExceptions, r.cleanFrom, r.cleanTo, r.exceptionsPassed = 0, 0, runSize, 0
	if b[0]&runHasExceptions != 0 {
		r.numExceptions, r.exceptionWidth, r.exceptions, r.cleanTo = int(b[1]), uint(b[2]), b[3:], 0
		size := (r.numExceptions*(runIndexBits+int(r.exceptionWidth)) + 7) / 8
		if r.exceptionWidth > 32-runIndexBits || size+packPadding > len(r.exceptions) {
			return false
		}
		r.packedDeltas = r.exceptions[size:]
	}
	if r.width > 32 || len(r.packedDeltas) < (int(r.width)*n+7)/8+packPadding {
		return false
	}
	if r.available = n; r.width == 0 || (len(r.packedDeltas)-packPadding)*8/int(r.width) >= runSize {
		r.available = runSize
	}
	return true
}

// advance goes to the next run. The run at hand must have been parsed, with
// all of its deltas available.
func (r *runCursor) advance(b []byte) {
	*r = runCursor{offset: len(b) - len(r.packedDeltas) + int(r.width)*runSize/8, firstDelta: r.firstDelta + runSize}
}

// decode appends the deltas of the run from index from up to index to, which
// must be available.
func (r *runCursor) decode(dst []uint32, from, to int) []uint32 {
	bit, width, mask := uint(from)*r.width, r.width, uint64(1)<<r.width-1
	for range to - from {
		dst = append(dst, uint32(binary.LittleEndian.Uint64(r.packedDeltas[bit/8:])>>(bit%8)&mask))
		bit += width
	}
	if from < r.cleanFrom || to > r.cleanTo {
		r.patchExceptions(dst[len(dst)-(to-from):], from, to)
	}
	return dst
}

// patchExceptions adds the exceptions to deltas that were decoded. They are
// ordered by index, so that going forward meets each of them once.
func (r *runCursor) patchExceptions(values []uint32, from, to int) {
	if from < r.cleanFrom {
		r.exceptionsPassed = 0
	}
	width := runIndexBits + r.exceptionWidth
	r.cleanFrom, r.cleanTo = to, runSize
	for ; r.exceptionsPassed < r.numExceptions; r.exceptionsPassed++ {
		e := readBits(r.exceptions, r.exceptionsPassed*int(width), width)
		index := int(e & (1<<runIndexBits - 1))
		if index >= to {
			r.cleanTo = index
			return
		}
		if index >= from {
			values[index-from] |= e >> runIndexBits << r.width
		}
	}
}

// deltas appends n deltas of the block last read, from number skip on. It
// starts from the run that it came to last.
func (l *PostingList) deltas(dst []uint32, skip, n int) (_ []uint32, ok bool) {
	b, r := l.blockLocs[:cap(l.blockLocs)], &l.runs
	if skip < r.firstDelta {
		*r = runCursor{}
	}
	for {
		from := min(skip-r.firstDelta, runSize)
		to := min(from+n, runSize)
		if !r.parse(b, to) {
			return dst, false
		}
		dst = r.decode(dst, from, to)
		skip += to - from
		if n -= to - from; n == 0 {
			return dst, true
		}
		r.advance(b)
	}
}

// runPositions is Positions for a list with runs.
func (l *PostingList) runPositions(freqs *[BlockSize]uint32, i int, dst []uint32) ([]uint32, bool) {
	if i < l.locPosting {
		l.locCursor, l.locPosting = 0, 0
	}
	for ; l.locPosting < i; l.locPosting++ {
		l.locCursor += int(freqs[l.locPosting])
	}
	// A damaged frequency must not overflow.
	if uint64(l.locCursor)+uint64(freqs[i]) > math.MaxUint32 {
		return dst, false
	}
	start := len(dst)
	dst, ok := l.deltas(dst, l.locCursor, int(freqs[i]))
	for i := start + 1; i < len(dst); i++ {
		dst[i] += dst[i-1]
	}
	return dst, ok
}

// hasRuns reports whether the positions of the list are in runs.
func (l *PostingList) hasRuns() bool { return l.kind == locPositions && l.skipData != nil }
