package segment

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
)

// Positions of a list with full blocks are kept in runs of 128 distances, as
// doc.go says, so that those of one posting are read without those before it:
// where they lie follows from the frequencies and from the heads of runs.

const (
	runSize       = 128
	runExceptions = 1 << 7 // in the first byte of a run: it has exceptions
	runIndexBits  = 7      // of where in a run an exception is
)

// appendRuns appends the runs of a block's distances.
func appendRuns(dst []byte, all []uint32) []byte {
	for len(all) > 0 {
		n := min(len(all), runSize)
		dst = appendRun(dst, all[:n])
		all = all[n:]
	}
	return dst
}

// appendRun appends a run in the width that takes the least space.
func appendRun(dst []byte, run []uint32) []byte {
	var widths [33]int
	for _, v := range run {
		widths[bits.Len32(v)]++
	}
	most := 32
	for most > 0 && widths[most] == 0 {
		most--
	}
	wide, least, exceptions := most, most*len(run), 0
	for w, over := most-1, 0; w >= 0; w-- {
		over += widths[w+1]
		if cost := w*len(run) + 16 + over*(runIndexBits+most-w); cost < least && runIndexBits+most-w <= 32 {
			wide, least, exceptions = w, cost, over
		}
	}
	if exceptions == 0 {
		p := bitPacker{dst: append(dst, byte(wide))}
		for _, v := range run {
			p.add(v, uint(wide))
		}
		return p.close()
	}
	high := uint(most - wide)
	p := bitPacker{dst: append(dst, byte(wide)|runExceptions, byte(exceptions), byte(high))}
	for i, v := range run {
		if v>>wide != 0 {
			p.add(v>>wide<<runIndexBits|uint32(i), runIndexBits+high)
		}
	}
	p = bitPacker{dst: p.close()}
	for _, v := range run {
		p.add(v&(1<<wide-1), uint(wide))
	}
	return p.close()
}

// bitPacker appends numbers of some bits each, lowest bits first.
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

// close appends what is left, in whole bytes.
func (p *bitPacker) close() []byte {
	for ; p.filled > 0; p.filled -= min(p.filled, 8) {
		p.dst = append(p.dst, byte(p.acc))
		p.acc >>= 8
	}
	return p.dst
}

// bitsAt returns the number of so many bits, at most 32, at a place in b, of
// which eight bytes from there on must exist.
func bitsAt(b []byte, at int, width uint) uint32 {
	return uint32(binary.LittleEndian.Uint64(b[at/8:]) >> (at % 8) & (1<<width - 1))
}

// runs is where reading the runs of a block is: at one of them.
type runs struct {
	at    int // of the run, in what runs lie in
	first int // distances before it
	room  int // how many distances of it there are bytes for; 0 when it is not parsed

	wide       uint
	high       uint   // bits of exceptions beyond that
	count      int    // exceptions
	exceptions []byte // and what follows
	values     []byte // and what follows

	// From from on, up to plain, there are no exceptions: passed lie before.
	from, plain, passed int
}

// parse parses the run at hand in b. There is room for n values and packPadding
// bytes behind them, or it fails.
func (r *runs) parse(b []byte, n int) bool {
	if n <= r.room {
		return true
	}
	if b = b[r.at:]; len(b) < 3 {
		return false
	}
	r.wide, r.values = uint(b[0]&^runExceptions), b[1:]
	r.count, r.from, r.plain, r.passed = 0, 0, runSize, 0
	if b[0]&runExceptions != 0 {
		r.count, r.high, r.exceptions, r.plain = int(b[1]), uint(b[2]), b[3:], 0
		size := (r.count*(runIndexBits+int(r.high)) + 7) / 8
		if r.high > 32-runIndexBits || size+packPadding > len(r.exceptions) {
			return false
		}
		r.values = r.exceptions[size:]
	}
	if r.wide > 32 || len(r.values) < (int(r.wide)*n+7)/8+packPadding {
		return false
	}
	if r.room = n; r.wide == 0 || (len(r.values)-packPadding)*8/int(r.wide) >= runSize {
		r.room = runSize
	}
	return true
}

// next goes to the run behind the one at hand, of which there is room for all.
func (r *runs) next(b []byte) {
	*r = runs{at: len(b) - len(r.values) + int(r.wide)*runSize/8, first: r.first + runSize}
}

// read appends the values from one place up to another, of those that there is
// room for.
func (r *runs) read(dst []uint32, from, to int) []uint32 {
	at, wide, mask := uint(from)*r.wide, r.wide, uint64(1)<<r.wide-1
	for range to - from {
		dst = append(dst, uint32(binary.LittleEndian.Uint64(r.values[at/8:])>>(at%8)&mask))
		at += wide
	}
	if from < r.from || to > r.plain {
		r.patch(dst[len(dst)-(to-from):], from, to)
	}
	return dst
}

// patch adds the exceptions to values that were read. They are in order, so
// that going forward meets each once.
func (r *runs) patch(values []uint32, from, to int) {
	if from < r.from {
		r.passed = 0
	}
	width := runIndexBits + r.high
	r.from, r.plain = to, runSize
	for ; r.passed < r.count; r.passed++ {
		e := bitsAt(r.exceptions, r.passed*int(width), width)
		at := int(e & (1<<runIndexBits - 1))
		if at >= to {
			r.plain = at
			return
		}
		if at >= from {
			values[at-from] |= e >> runIndexBits << r.wide
		}
	}
}

// distances appends the distances that follow the first skip ones of the block
// last read, n of them. It starts from the run that it last came to.
func (l *PostingList) distances(dst []uint32, skip, n int) (_ []uint32, ok bool) {
	b, r := l.blockLocs[:cap(l.blockLocs)], &l.runs
	if skip < r.first {
		*r = runs{}
	}
	for {
		from := min(skip-r.first, runSize)
		to := min(from+n, runSize)
		if !r.parse(b, to) {
			return dst, false
		}
		dst = r.read(dst, from, to)
		skip += to - from
		if n -= to - from; n == 0 {
			return dst, true
		}
		r.next(b)
	}
}

// packedPositions is Positions for a list in runs.
func (l *PostingList) packedPositions(freqs *[BlockSize]uint32, i int, dst []uint32) ([]uint32, bool) {
	if i < l.locPosting {
		l.locCursor, l.locPosting = 0, 0
	}
	for ; l.locPosting < i; l.locPosting++ {
		l.locCursor += int(freqs[l.locPosting])
	}
	// What is claimed is not believed further than bytes go.
	if uint64(l.locCursor)+uint64(freqs[i]) > math.MaxUint32 {
		return dst, false
	}
	start := len(dst)
	dst, ok := l.distances(dst, l.locCursor, int(freqs[i]))
	for i := start + 1; i < len(dst); i++ {
		dst[i] += dst[i-1]
	}
	return dst, ok
}

// Places reads positions of several postings of a block, a run at a time. It is
// for one list.
type Places struct {
	block  int                   // 1 + the block that the rest is of
	starts [BlockSize + 1]uint32 // how many positions of the block come before each posting
	first  int                   // the run at hand starts with that distance
	filled int                   // so many of values are read
	values [runSize]uint32
}

// PositionsOf appends the positions of postings of the block last read to dst,
// and tells in ends where those of each end in it. The postings are told by
// their places in the block, ascending, and freqs is as NextBlock filled it.
func (l *PostingList) PositionsOf(p *Places, freqs *[BlockSize]uint32, places []uint8, dst, ends []uint32) (_ []uint32, err error) {
	ends = ends[:len(places)]
	if !l.inRuns() {
		for i, at := range places {
			if dst, err = l.Positions(freqs, int(at), dst); err != nil {
				return dst, err
			}
			ends[i] = uint32(len(dst))
		}
		return dst, nil
	}
	if p.block != l.nextBlock {
		p.block, p.filled, l.runs = l.nextBlock, 0, runs{}
	}
	last := int(places[len(places)-1]) & (BlockSize - 1)
	sum := uint64(0)
	for i, freq := range freqs[:last+1] {
		sum += uint64(freq)
		p.starts[i+1] = uint32(sum)
	}
	// What is claimed is not believed further than bytes go.
	ok := sum <= math.MaxUint32 && l.verifyLocs(freqs)
	for i, at := range places {
		if !ok {
			break
		}
		at &= BlockSize - 1
		start := len(dst)
		dst, ok = l.fromRuns(p, dst, int(p.starts[at]), int(p.starts[at+1]), int(sum))
		for k := start + 1; k < len(dst); k++ {
			dst[k] += dst[k-1]
		}
		ends[i] = uint32(len(dst))
	}
	if !ok {
		return dst, fmt.Errorf("%w: positions", ErrDamaged)
	}
	return dst, nil
}

// fromRuns appends the distances of the block from one on up to another; all
// that is asked for ends at end.
func (l *PostingList) fromRuns(p *Places, dst []uint32, from, to, end int) ([]uint32, bool) {
	for from < to {
		if from < p.first || from >= p.first+p.filled {
			if !l.decodeRun(p, from, end) {
				return dst, false
			}
		}
		part := p.values[from-p.first : min(to-p.first, p.filled)]
		dst = append(dst, part...)
		from += len(part)
	}
	return dst, true
}

// decodeRun reads the run that a distance is in, as far as distances up to end
// are.
func (l *PostingList) decodeRun(p *Places, at, end int) bool {
	b, r := l.blockLocs[:cap(l.blockLocs)], &l.runs
	if at < r.first {
		*r = runs{}
	}
	for at >= r.first+runSize {
		if !r.parse(b, runSize) {
			return false
		}
		r.next(b)
	}
	n := min(end-r.first, runSize)
	if !r.parse(b, n) {
		return false
	}
	if p.first, p.filled = r.first, n; r.room < runSize {
		r.read(p.values[:0], 0, n)
		return true
	}
	unpackFreqs(&p.values, r.values, r.wide, 0)
	if p.filled = runSize; r.count > 0 {
		r.patch(p.values[:], 0, runSize)
	}
	return true
}

// inRuns reports whether positions are in runs.
func (l *PostingList) inRuns() bool { return l.kind == locPositions && l.skipData != nil }

// appendUvarints appends the first n uvarints of b, and returns how many bytes
// they take.
func appendUvarints(dst []uint32, b []byte, n int) (_ []uint32, offset int, ok bool) {
	for range n {
		if offset < len(b) && b[offset] < 0x80 { // nearly all are of one byte or two
			dst = append(dst, uint32(b[offset]))
			offset++
			continue
		}
		v, size := binary.Uvarint(b[offset:])
		if size <= 0 {
			return dst, offset, false
		}
		dst = append(dst, uint32(v))
		offset += size
	}
	return dst, offset, true
}
