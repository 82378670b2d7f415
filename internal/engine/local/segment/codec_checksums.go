package segment

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math"
	"slices"
	"sync/atomic"
	"unsafe"
)

// pageSize is how many bytes have one checksum in the section checksums. It is
// the size of a page of memory, so that verifying reads no page from the disk
// that reading does not.
const pageSize = 4 << 10

// pageChecksummer makes the checksums of what is written, a page at a time.
type pageChecksummer struct {
	checksums   []byte // of the pages that are complete
	partial     uint32 // checksum of the page begun
	partialSize int    // bytes of the page begun
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

// pageVerifier verifies the pages of a file, each before it is first read. A
// segment in memory has none, as its bytes were never outside of the process.
// It is safe for concurrent use.
type pageVerifier struct {
	data     []byte
	sections []section // in the order of the file
	// pageChecksums is the section checksums, and verified has a bit for each
	// page. A file of version 1 has no such section: there pageChecksums is nil,
	// a section is verified as a whole, and verified has a bit for each section.
	pageChecksums []byte
	covered       uint64 // the first bytes of the file, which have page checksums
	verified      []atomic.Uint64
	damage        atomic.Pointer[error] // found last; nil for none
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
			return nil, fmt.Errorf("%w: wrong checksum of its checksums", ErrDamaged)
		}
	}
	g.verified = make([]atomic.Uint64, (unitCount+63)/64)
	return g, nil
}

// verifyBytes verifies the pages that b lies in, unless that was done before.
// b must be a part of the data of the segment. Whoever reads bytes of the file
// calls it first.
func (s *Segment) verifyBytes(b []byte) error {
	if s.verifier == nil || len(b) == 0 {
		return nil
	}
	from := uint64(uintptr(unsafe.Pointer(unsafe.SliceData(b))) - uintptr(unsafe.Pointer(unsafe.SliceData(s.data))))
	if from >= uint64(len(s.data)) {
		return nil // a copy of verified bytes, made for a big-endian machine
	}
	if err := s.verifier.verify(from, from+uint64(len(b))); err != nil {
		found := err // a variable of its own, so that only a failure allocates
		s.verifier.damage.Store(&found)
		return err
	}
	return nil
}

// Damaged returns damage that was found in the segment so far, nil if there
// was none. It is for callers of methods that cannot return an error.
func (s *Segment) Damaged() error {
	if s.verifier == nil {
		return nil
	}
	if err := s.verifier.damage.Load(); err != nil {
		return *err
	}
	return nil
}

// verify verifies the pages of the bytes from offset from up to offset to.
func (g *pageVerifier) verify(from, to uint64) error {
	if g.pageChecksums == nil {
		return g.verifySections(from, to)
	}
	if to > g.covered {
		return fmt.Errorf("%w: no checksums from byte %d on", ErrDamaged, g.covered)
	}
	for page := from / pageSize; page*pageSize < to; {
		word := &g.verified[page/64]
		if verified := word.Load(); verified>>(page%64)&1 != 0 {
			if page++; verified == math.MaxUint64 { // all 64 pages of this word are verified
				page = (page + 63) &^ 63
			}
			continue
		}
		start := page * pageSize
		end := min(start+pageSize, g.covered)
		if crc32.Checksum(g.data[start:end], crcTable) != binary.LittleEndian.Uint32(g.pageChecksums[4*page:]) {
			return fmt.Errorf("%w: wrong checksum of bytes %d to %d, in its %s", ErrDamaged, start, end, g.sectionAt(from))
		}
		word.Or(1 << (page % 64))
		page++
	}
	return nil
}

// verifySections verifies the sections of the bytes from offset from up to
// offset to.
func (g *pageVerifier) verifySections(from, to uint64) error {
	for i := range g.sections {
		e := &g.sections[i]
		if e.offset >= to || e.offset+e.length <= from || g.verified[i/64].Load()>>(i%64)&1 != 0 {
			continue
		}
		if checksum(g.data[e.offset:e.offset+e.length]) != e.checksum {
			return fmt.Errorf("%w: wrong checksum of its %s", ErrDamaged, e.kind)
		}
		g.verified[i/64].Or(1 << (i % 64))
	}
	return nil
}

// sectionAt returns the kind of the section at an offset.
func (g *pageVerifier) sectionAt(at uint64) kind {
	for i := range g.sections {
		if e := &g.sections[i]; at >= e.offset && at < e.offset+e.length {
			return e.kind
		}
	}
	return 0
}

// verifyAll verifies all pages that were not verified yet.
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

// verifyPadding verifies the bytes that belong to no section: they align the
// next one, and are zero. No checksum covers those after the page checksums.
func (s *Segment) verifyPadding() error {
	table := uint64(len(s.data) - trailerSize - len(s.sections)*tableEntrySize)
	at := uint64(headerSize)
	for i := 0; i <= len(s.sections); i++ {
		end, next := table, table
		if i < len(s.sections) {
			end, next = s.sections[i].offset, s.sections[i].offset+s.sections[i].length
		}
		if slices.ContainsFunc(s.data[at:end], func(b byte) bool { return b != 0 }) {
			return fmt.Errorf("%w: bytes %d to %d are not zero", ErrDamaged, at, end)
		}
		at = next
	}
	return nil
}

// dropPagesEvery is how many bytes are read before their pages are dropped,
// where bytes are read once.
const dropPagesEvery = 4 << 20
