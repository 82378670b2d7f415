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

// pageSummer sums what is written, a page at a time.
type pageSummer struct {
	sums []byte // of whole pages
	open uint32 // sum of the page begun
	fill int    // bytes of it
}

func (p *pageSummer) write(b []byte) {
	for len(b) > 0 {
		n := min(len(b), pageSize-p.fill)
		p.open = crc32.Update(p.open, crcTable, b[:n])
		if p.fill += n; p.fill == pageSize {
			p.close()
		}
		b = b[n:]
	}
}

func (p *pageSummer) close() {
	if p.fill > 0 {
		p.sums = binary.LittleEndian.AppendUint32(p.sums, p.open)
		p.open, p.fill = 0, 0
	}
}

// guardian checks the sums of what is read from a file, each at first touch.
// A segment in memory has none: nothing comes between its maker and its reader.
// It is safe for concurrent use.
type guardian struct {
	data     []byte
	sections []section // in the order of the file
	// pages are the sums of pages, and good says which were checked. A
	// segment of version 1 has none: there a section is checked as a whole,
	// and good has a bit for each of them.
	pages   []byte
	covered uint64 // bytes that pages are of
	good    []atomic.Uint64
	met     atomic.Pointer[error] // the damage met last
}

func newGuardian(data []byte, sections []section) (*guardian, error) {
	g := &guardian{data: data, sections: sections}
	units := len(sections)
	for i := range sections {
		e := &sections[i]
		if e.kind != kindSums {
			continue
		}
		g.pages, g.covered = data[e.offset:e.offset+e.length], e.offset
		units = int((g.covered + pageSize - 1) / pageSize)
		if len(g.pages) != 4*units || sumOf(g.pages) != e.sum {
			return nil, fmt.Errorf("%w: wrong sum of its sums", ErrDamaged)
		}
	}
	g.good = make([]atomic.Uint64, (units+63)/64)
	return g, nil
}

// touch checks what a part of a section holds, unless that was done. b must
// lie in the segment's data. It is called before b is believed.
func (s *Segment) touch(b []byte) error {
	if s.guardian == nil || len(b) == 0 {
		return nil
	}
	from := uint64(uintptr(unsafe.Pointer(unsafe.SliceData(b))) - uintptr(unsafe.Pointer(unsafe.SliceData(s.data))))
	if from >= uint64(len(s.data)) {
		return nil // a copy in this machine's order of bytes, made of what was checked
	}
	if err := s.guardian.touch(from, from+uint64(len(b))); err != nil {
		met := err // which takes memory, unlike the error that is none
		s.guardian.met.Store(&met)
		return err
	}
	return nil
}

// Damaged returns the damage that was met in the segment so far; nil if none
// was. For those who read where no error can be told.
func (s *Segment) Damaged() error {
	if s.guardian == nil {
		return nil
	}
	if err := s.guardian.met.Load(); err != nil {
		return *err
	}
	return nil
}

// touch checks the bytes from a place in the file up to another.
func (g *guardian) touch(from, to uint64) error {
	if g.pages == nil {
		return g.touchSections(from, to)
	}
	if to > g.covered {
		return fmt.Errorf("%w: no sums from byte %d on", ErrDamaged, g.covered)
	}
	for page := from / pageSize; page*pageSize < to; {
		word := &g.good[page/64]
		if bits := word.Load(); bits>>(page%64)&1 != 0 {
			if page++; bits == math.MaxUint64 { // go on to the next 64
				page = (page + 63) &^ 63
			}
			continue
		}
		start := page * pageSize
		end := min(start+pageSize, g.covered)
		if crc32.Checksum(g.data[start:end], crcTable) != binary.LittleEndian.Uint32(g.pages[4*page:]) {
			return fmt.Errorf("%w: wrong sum of bytes %d to %d, in its %s", ErrDamaged, start, end, g.sectionAt(from))
		}
		word.Or(1 << (page % 64))
		page++
	}
	return nil
}

// touchSections checks the sections that the bytes lie in.
func (g *guardian) touchSections(from, to uint64) error {
	for i := range g.sections {
		e := &g.sections[i]
		if e.offset >= to || e.offset+e.length <= from || g.good[i/64].Load()>>(i%64)&1 != 0 {
			continue
		}
		if sumOf(g.data[e.offset:e.offset+e.length]) != e.sum {
			return fmt.Errorf("%w: wrong sum of its %s", ErrDamaged, e.kind)
		}
		g.good[i/64].Or(1 << (i % 64))
	}
	return nil
}

// sectionAt names the section that a byte is part of.
func (g *guardian) sectionAt(at uint64) kind {
	for i := range g.sections {
		if e := &g.sections[i]; at >= e.offset && at < e.offset+e.length {
			return e.kind
		}
	}
	return 0
}

// checkAll checks all sums that were not checked yet.
func (s *Segment) checkAll() error {
	if s.guardian == nil {
		return nil
	}
	if s.guardian.pages == nil {
		return s.guardian.touchSections(0, uint64(len(s.data)))
	}
	for from := uint64(0); from < s.guardian.covered; from += forgetEvery {
		to := min(from+forgetEvery, s.guardian.covered)
		if err := s.guardian.touch(from, to); err != nil {
			return err
		}
		s.forget(s.data[from:to])
	}
	return nil
}

// forgetEvery is how much is read, of what is read once, before it is
// forgotten.
const forgetEvery = 4 << 20

// locsLength returns how many bytes of blockLocs the locations of the block
// last read may take.
func (l *PostingList) locsLength(freqs *[BlockSize]uint32) int {
	most := len(l.blockLocs)
	switch {
	case l.skipData != nil && l.nextBlock < l.numBlocks:
		next := len(l.locData) - int(binary.LittleEndian.Uint32(l.skipEntry(l.nextBlock)[8:]))
		return max(0, most-max(0, next))
	case l.skipData == nil && l.kind == locPositions:
		all := 0
		for _, f := range freqs[:l.count] {
			all += int(min(f, math.MaxInt32))
		}
		return min(most, all*binary.MaxVarintLen32)
	}
	return most
}
