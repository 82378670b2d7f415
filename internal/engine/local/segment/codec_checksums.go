package segment

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math"
	"sync/atomic"
	"unsafe"
)

// pageSize is how many bytes have a sum of their own in the section sums: what
// a memory page is, so that checking reads no page in that would not be read
// anyway.
const pageSize = 4 << 10

// pageChecksummer sums what is written, a page at a time.
type pageChecksummer struct {
	checksums   []byte // of whole pages
	partial     uint32 // sum of the page begun
	partialSize int    // bytes of it
}

func (p *pageChecksummer) write(b []byte) {
	for len(b) > 0 {
		n := min(len(b), pageSize-p.partialSize)
		p.partial = crc32.Update(p.partial, crcTable, b[:n])
		if p.partialSize += n; p.partialSize == pageSize {
			p.close()
		}
		b = b[n:]
	}
}

func (p *pageChecksummer) close() {
	if p.partialSize > 0 {
		p.checksums = binary.LittleEndian.AppendUint32(p.checksums, p.partial)
		p.partial, p.partialSize = 0, 0
	}
}

// pageVerifier checks the sums of what is read from a file, each at first touch.
// A segment in memory has none: nothing comes between its maker and its reader.
// It is safe for concurrent use.
type pageVerifier struct {
	data     []byte
	sections []section // in the order of the file
	// pages are the sums of pages, and good says which were checked. A
	// segment of version 1 has none: there a section is checked as a whole,
	// and good has a bit for each of them.
	pageChecksums []byte
	covered       uint64 // bytes that pages are of
	verified      []atomic.Uint64
	damage        atomic.Pointer[error] // the damage met last
}

func newPageVerifier(data []byte, sections []section) (*pageVerifier, error) {
	g := &pageVerifier{data: data, sections: sections}
	unitCount := len(sections)
	for i := range sections {
		e := &sections[i]
		if e.kind != kindChecksums {
			continue
		}
		g.pageChecksums, g.covered = data[e.offset:e.offset+e.length], e.offset
		unitCount = int((g.covered + pageSize - 1) / pageSize)
		if len(g.pageChecksums) != 4*unitCount || checksum(g.pageChecksums) != e.checksum {
			return nil, fmt.Errorf("%w: wrong sum of its sums", ErrDamaged)
		}
	}
	g.verified = make([]atomic.Uint64, (unitCount+63)/64)
	return g, nil
}

// verifyBytes checks what a part of a section holds, unless that was done. b must
// lie in the segment's data. It is called before b is believed.
func (s *Segment) verifyBytes(b []byte) error {
	if s.verifier == nil || len(b) == 0 {
		return nil
	}
	from := uint64(uintptr(unsafe.Pointer(unsafe.SliceData(b))) - uintptr(unsafe.Pointer(unsafe.SliceData(s.data))))
	if from >= uint64(len(s.data)) {
		return nil // a copy in this machine's order of bytes, made of what was checked
	}
	if err := s.verifier.verify(from, from+uint64(len(b))); err != nil {
		found := err // which takes memory, unlike the error that is none
		s.verifier.damage.Store(&found)
		return err
	}
	return nil
}

// Damaged returns the damage that was met in the segment so far; nil if none
// was. For those who read where no error can be told.
func (s *Segment) Damaged() error {
	if s.verifier == nil {
		return nil
	}
	if err := s.verifier.damage.Load(); err != nil {
		return *err
	}
	return nil
}

// verify checks the bytes from a place in the file up to another.
func (g *pageVerifier) verify(from, to uint64) error {
	if g.pageChecksums == nil {
		return g.verifySections(from, to)
	}
	if to > g.covered {
		return fmt.Errorf("%w: no sums from byte %d on", ErrDamaged, g.covered)
	}
	for page := from / pageSize; page*pageSize < to; {
		word := &g.verified[page/64]
		if verified := word.Load(); verified>>(page%64)&1 != 0 {
			if page++; verified == math.MaxUint64 { // go on to the next 64
				page = (page + 63) &^ 63
			}
			continue
		}
		start := page * pageSize
		end := min(start+pageSize, g.covered)
		if crc32.Checksum(g.data[start:end], crcTable) != binary.LittleEndian.Uint32(g.pageChecksums[4*page:]) {
			return fmt.Errorf("%w: wrong sum of bytes %d to %d, in its %s", ErrDamaged, start, end, g.sectionAt(from))
		}
		word.Or(1 << (page % 64))
		page++
	}
	return nil
}

// verifySections checks the sections that the bytes lie in.
func (g *pageVerifier) verifySections(from, to uint64) error {
	for i := range g.sections {
		e := &g.sections[i]
		if e.offset >= to || e.offset+e.length <= from || g.verified[i/64].Load()>>(i%64)&1 != 0 {
			continue
		}
		if checksum(g.data[e.offset:e.offset+e.length]) != e.checksum {
			return fmt.Errorf("%w: wrong sum of its %s", ErrDamaged, e.kind)
		}
		g.verified[i/64].Or(1 << (i % 64))
	}
	return nil
}

// sectionAt names the section that a byte is part of.
func (g *pageVerifier) sectionAt(at uint64) kind {
	for i := range g.sections {
		if e := &g.sections[i]; at >= e.offset && at < e.offset+e.length {
			return e.kind
		}
	}
	return 0
}

// verifyAll checks all sums that were not checked yet.
func (s *Segment) verifyAll() error {
	if s.verifier == nil {
		return nil
	}
	if s.verifier.pageChecksums == nil {
		return s.verifier.verifySections(0, uint64(len(s.data)))
	}
	for from := uint64(0); from < s.verifier.covered; from += dropPagesEvery {
		to := min(from+dropPagesEvery, s.verifier.covered)
		if err := s.verifier.verify(from, to); err != nil {
			return err
		}
		s.dropPages(s.data[from:to])
	}
	return nil
}

// dropPagesEvery is how much is read, of what is read once, before it is
// forgotten.
const dropPagesEvery = 4 << 20

// blockLocsSize returns how many bytes of blockLocs the locations of the block
// last read may take.
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
