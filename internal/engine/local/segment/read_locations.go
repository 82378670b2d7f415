package segment

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
)

// Positions appends the positions of posting i of the block last read to dst.
// freqs has the frequencies of that block. Going from one posting to a later
// one is cheaper than going back. A list without positions has none.
func (l *PostingList) Positions(freqs *[BlockSize]uint32, i int, dst []uint32) ([]uint32, error) {
	if l.kind == locNone {
		return dst, nil
	}
	if l.hasRuns() {
		ok := l.verifyLocs(freqs)
		if ok {
			dst, ok = l.runPositions(freqs, i, dst)
		}
		if !ok {
			return dst, fmt.Errorf("%w: positions", ErrDamaged)
		}
		return dst, nil
	}
	b, ok := l.locations(freqs, i)
	if !ok || l.kind == locPositions && uint64(freqs[i]) > uint64(len(b)) {
		return dst, fmt.Errorf("%w: positions", ErrDamaged)
	}
	if l.kind == locFull {
		var decoder locationDecoder
		locations, err := decoder.decode(l.seg, b)
		for i := range locations {
			dst = append(dst, uint32(locations[i].pos))
		}
		return dst, err
	}
	start := len(dst)
	dst, size, ok := appendUvarints(dst, b, int(freqs[i]))
	if !ok {
		return dst, fmt.Errorf("%w: positions", ErrDamaged)
	}
	for i := start + 1; i < len(dst); i++ {
		dst[i] += dst[i-1]
	}
	if i == l.locPosting { // those of the next posting start here
		l.locCursor += size
		l.locPosting++
	}
	return dst, nil
}

// verifyLocs verifies the locations of the block last read, once.
func (l *PostingList) verifyLocs(freqs *[BlockSize]uint32) bool {
	l.locsVerified = l.locsVerified || l.seg.verifyBytes(l.blockLocs[:l.blockLocsSize(freqs)]) == nil
	return l.locsVerified
}

// blockLocsSize returns how many bytes of blockLocs the locations of the block
// last read take at most.
func (l *PostingList) blockLocsSize(freqs *[BlockSize]uint32) int {
	maxSize := len(l.blockLocs)
	switch {
	case l.skipData != nil && l.nextBlock < l.numBlocks:
		nextStart := len(l.locData) - int(binary.LittleEndian.Uint32(l.skipEntry(l.nextBlock)[8:]))
		return max(0, maxSize-max(0, nextStart))
	case l.skipData == nil && l.kind == locPositions:
		positions := 0
		for _, f := range freqs[:l.count] {
			positions += int(min(f, math.MaxInt32))
		}
		return min(maxSize, positions*binary.MaxVarintLen32)
	}
	return maxSize
}

// locations returns the bytes from where the locations of posting i of the
// block last read start. The list must not have runs. freqs is as NextBlock
// filled it.
func (l *PostingList) locations(freqs *[BlockSize]uint32, i int) ([]byte, bool) {
	if !l.verifyLocs(freqs) {
		return nil, false
	}
	if i < l.locPosting {
		l.locCursor, l.locPosting = 0, 0
	}
	if l.kind == locPositions {
		skip := uint64(0)
		for ; l.locPosting < i; l.locPosting++ {
			skip += uint64(freqs[l.locPosting])
		}
		n, ok := skipUvarints(l.blockLocs[l.locCursor:], skip)
		l.locCursor += n
		return l.blockLocs[l.locCursor:], ok
	}
	for ; l.locPosting < i; l.locPosting++ {
		r := byteReader{b: l.blockLocs[l.locCursor:]}
		if r.bytes(r.uvarint()); r.failed {
			return nil, false
		}
		l.locCursor = len(l.blockLocs) - len(r.b)
	}
	r := byteReader{b: l.blockLocs[l.locCursor:]}
	b := r.bytes(r.uvarint())
	return b, !r.failed
}

// skipUvarints returns how many bytes the first n uvarints of b take.
func skipUvarints(b []byte, n uint64) (int, bool) {
	if n > uint64(len(b)) {
		return 0, false
	}
	const high = 0x8080808080808080
	offset := 0
	for n >= 8 && len(b)-offset >= 8 { // eight bytes hold the ends of at most eight uvarints
		n -= uint64(bits.OnesCount64(^binary.LittleEndian.Uint64(b[offset:]) & high))
		offset += 8
	}
	for ; n > 0; offset++ {
		if offset == len(b) {
			return offset, false
		}
		if b[offset] < 0x80 {
			n--
		}
	}
	return offset, true
}

// appendUvarints appends the first n uvarints of b, and returns how many bytes
// they take.
func appendUvarints(dst []uint32, b []byte, n int) (_ []uint32, offset int, ok bool) {
	for range n {
		if offset < len(b) && b[offset] < 0x80 { // nearly all have one byte or two
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

// locationDecoder decodes full locations into memory that it uses again.
type locationDecoder struct {
	locations []location
	arrays    []uint64
}

// decode returns the locations in b. They are valid until the next call.
func (lr *locationDecoder) decode(s *Segment, b []byte) ([]location, error) {
	lr.locations, lr.arrays = lr.locations[:0], lr.arrays[:0]
	r := byteReader{b: b}
	n := r.uvarint()
	if n > uint64(len(b)) {
		return nil, fmt.Errorf("%w: locations", ErrDamaged)
	}
	for range n {
		l := location{field: uint32(r.uvarint()), pos: r.uvarint(), start: r.uvarint(), end: r.uvarint()}
		m := r.uvarint()
		if r.failed || m > uint64(len(r.b)) || uint64(l.field) >= uint64(len(s.fields)) {
			return nil, fmt.Errorf("%w: locations", ErrDamaged)
		}
		from := len(lr.arrays)
		for range m {
			lr.arrays = append(lr.arrays, r.uvarint())
		}
		l.array = lr.arrays[from:len(lr.arrays):len(lr.arrays)]
		l.name = s.fields[l.field].name
		lr.locations = append(lr.locations, l)
	}
	if r.failed {
		return nil, fmt.Errorf("%w: locations", ErrDamaged)
	}
	return lr.locations, nil
}

// location is an occurrence of a term, with all that bleve knows of one.
type location struct {
	field           uint32
	name            string // of the field; set when it is read
	pos, start, end uint64
	array           []uint64
}
