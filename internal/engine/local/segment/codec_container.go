package segment

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"

	api "github.com/blevesearch/scorch_segment_api/v2"
)

// ErrDamaged is wrapped by every error about bytes that are not a segment, or
// no longer the one that was written.
var ErrDamaged = errors.New("damaged segment")

// ErrVersion is wrapped by the error about a segment of a version that this
// program cannot read.
var ErrVersion = errors.New("segment of version")

const (
	magic          = "newsqseg"
	headerSize     = 16
	tableEntrySize = 32 // of a section in the table
	trailerSize    = 32
	alignment      = 8
)

// kind says what a section holds.
type kind uint32

const (
	kindFields kind = 1 + iota
	kindIDs
	kindNorms
	kindTermDictionary
	kindPostings
	kindStored
	kindStoredIndex
	kindOrdinals
	kindNumeric
	kindChecksums
	kindCompressionDict
	kindChampions
	kindTermChampions
)

// String names the kind, as statistics of an index list it.
func (k kind) String() string {
	names := [...]string{"", "fields", "ids", "lengths", "dictionary", "postings", "stored", "blocks", "values", "numbers", "sums", "sample", "champions", "best"}
	if int(k) < len(names) {
		return names[k]
	}
	return fmt.Sprintf("section %d", uint32(k))
}

// section is an entry of the table.
type section struct {
	kind     kind
	number   uint32 // of its field, of its norms, or of the copy; see doc.go
	offset   uint64
	length   uint64
	checksum uint32
}

// crcTable is that of CRC-32C, which processors compute at the speed of
// memory.
var crcTable = crc32.MakeTable(crc32.Castagnoli)

// checksum returns the CRC-32C of parts as one.
func checksum(parts ...[]byte) uint32 {
	crc := uint32(0)
	for _, p := range parts {
		crc = crc32.Update(crc, crcTable, p)
	}
	return crc
}

// writer writes a file from front to back. Sections are written one after the
// other: beginSection, then write any number of times. The first error stays:
// everything after it does nothing, and finish returns it.
type writer struct {
	w             io.Writer
	report        api.StatsReporter // may be nil
	offset        uint64
	sections      []section
	buf           []byte // bytes of the last section that are not written yet
	pageChecksums pageChecksummer
	err           error
}

// writeSize is how many bytes are gathered before they are written, as most
// posting lists have a few bytes.
const writeSize = 64 << 10

func newWriter(w io.Writer, report api.StatsReporter) *writer {
	fw := &writer{w: w, report: report}
	fw.writeRaw(header())
	return fw
}

func header() []byte {
	h := append(make([]byte, 0, headerSize), magic...)
	h = binary.LittleEndian.AppendUint32(h, Version)
	return binary.LittleEndian.AppendUint32(h, 0)
}

// writeRaw writes bytes that are counted in no section.
func (w *writer) writeRaw(p []byte) {
	if w.err != nil || len(p) == 0 {
		return
	}
	w.pageChecksums.write(p)
	n, err := w.w.Write(p)
	w.offset += uint64(n)
	w.err = err
	if w.report != nil {
		w.report.ReportBytesWritten(uint64(n))
	}
}

// beginSection starts a section. What write gets from then on belongs to it.
func (w *writer) beginSection(k kind, number uint32) {
	w.flush()
	if excess := w.offset % alignment; excess != 0 {
		var zeroes [alignment]byte
		w.writeRaw(zeroes[excess:])
	}
	w.sections = append(w.sections, section{kind: k, number: number, offset: w.offset})
}

func (w *writer) write(p []byte) {
	w.sections[len(w.sections)-1].length += uint64(len(p))
	if len(w.buf)+len(p) > writeSize {
		w.flush()
	}
	if len(p) >= writeSize {
		w.addChecksum(p)
		w.writeRaw(p)
		return
	}
	w.buf = append(w.buf, p...)
}

// flush writes what was gathered.
func (w *writer) flush() {
	if len(w.buf) > 0 {
		w.addChecksum(w.buf)
		w.writeRaw(w.buf)
		w.buf = w.buf[:0]
	}
}

// addChecksum adds bytes to the checksum of the last section.
func (w *writer) addChecksum(p []byte) {
	s := &w.sections[len(w.sections)-1]
	s.checksum = crc32.Update(s.checksum, crcTable, p)
}

// Write is write for those who need an io.Writer.
func (w *writer) Write(p []byte) (int, error) {
	w.write(p)
	return len(p), w.err
}

// sectionOffset returns the offset of what comes next in its section.
func (w *writer) sectionOffset() uint64 { return w.sections[len(w.sections)-1].length }

// finish writes the page checksums and the footer, and returns the length of
// the file.
func (w *writer) finish(docs uint32) (uint64, error) {
	w.beginSection(kindChecksums, 0) // first, as the zeroes that align it belong to the pages
	w.pageChecksums.close()
	w.write(w.pageChecksums.checksums)
	w.flush()
	if excess := w.offset % alignment; excess != 0 {
		var zeroes [alignment]byte
		w.writeRaw(zeroes[excess:])
	}
	var table []byte
	for _, s := range w.sections {
		table = binary.LittleEndian.AppendUint32(table, uint32(s.kind))
		table = binary.LittleEndian.AppendUint32(table, s.number)
		table = binary.LittleEndian.AppendUint64(table, s.offset)
		table = binary.LittleEndian.AppendUint64(table, s.length)
		table = binary.LittleEndian.AppendUint32(table, s.checksum)
		table = binary.LittleEndian.AppendUint32(table, 0)
	}
	trailer := binary.LittleEndian.AppendUint32(nil, docs)
	trailer = binary.LittleEndian.AppendUint32(trailer, uint32(len(w.sections)))
	trailer = binary.LittleEndian.AppendUint64(trailer, w.offset+uint64(len(table))+trailerSize)
	trailer = binary.LittleEndian.AppendUint32(trailer, Version)
	trailer = binary.LittleEndian.AppendUint32(trailer, checksum(header(), table, trailer))
	trailer = append(trailer, magic...)
	w.writeRaw(table)
	w.writeRaw(trailer)
	return w.offset, w.err
}

// parseFooter verifies header and footer, and returns what they say.
func parseFooter(b []byte) (docs, version uint32, sections []section, err error) {
	if len(b) < headerSize+trailerSize {
		return 0, 0, nil, fmt.Errorf("%w: %d bytes are too few", ErrDamaged, len(b))
	}
	if string(b[:len(magic)]) != magic {
		return 0, 0, nil, fmt.Errorf("%w: it does not start as a segment of newsq does", ErrDamaged)
	}
	version = binary.LittleEndian.Uint32(b[len(magic):])
	le, trailer := binary.LittleEndian, b[len(b)-trailerSize:]
	if string(trailer[trailerSize-len(magic):]) != magic || le.Uint64(trailer[8:]) != uint64(len(b)) {
		return 0, 0, nil, fmt.Errorf("%w: its end is missing", ErrDamaged)
	}
	count := uint64(le.Uint32(trailer[4:]))
	if count > uint64(len(b)-headerSize-trailerSize)/tableEntrySize {
		return 0, 0, nil, fmt.Errorf("%w: %d sections", ErrDamaged, count)
	}
	start := uint64(len(b)-trailerSize) - count*tableEntrySize
	table := b[start : len(b)-trailerSize]
	if checksum(b[:headerSize], table, trailer[:20]) != le.Uint32(trailer[20:]) {
		return 0, 0, nil, fmt.Errorf("%w: wrong checksum of its footer", ErrDamaged)
	}
	if version < 1 || version > Version {
		return 0, 0, nil, fmt.Errorf("%w %d; this program reads versions up to %d", ErrVersion, version, Version)
	}
	sections = make([]section, count)
	minOffset := uint64(headerSize)
	for i := range sections {
		e := table[i*tableEntrySize:]
		s := section{
			kind: kind(le.Uint32(e)), number: le.Uint32(e[4:]),
			offset: le.Uint64(e[8:]), length: le.Uint64(e[16:]), checksum: le.Uint32(e[24:]),
		}
		if s.offset < minOffset || s.offset > start || s.length > start-s.offset || s.offset%alignment != 0 {
			return 0, 0, nil, fmt.Errorf("%w: %s lies outside of the file", ErrDamaged, s.kind)
		}
		minOffset = s.offset + s.length
		sections[i] = s
	}
	return le.Uint32(trailer), version, sections, nil
}
