package embed

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
)

// The encoded form of a model. Numbers are little-endian, and pages have pageSize bytes.
//
//	header     see header
//	index      of each block: the length of its first term in two bytes, and the term;
//	           then zeros to the end of the page
//	blocks     a page each, of the terms in the order of their bytes: the number of the
//	           first term in four bytes, how many there are in two, and of each term its
//	           scale as float32, its length in two bytes, and its bytes
//	codes      of each term Dims bytes, -127 to 127: its row of V times its idf, divided
//	           by its scale
//	checksums  CRC-32C of each page of all that stands before; the last may be shorter
//	trailer    trailerSize bytes: magic, version, checksum of the checksums, their offset,
//	           and the checksum of the trailer itself
//
// So who wants the vectors of some words reads the index, and for each word two pages:
// its block, and its codes, which lie in one page as Dims divides it. A model of 60,000
// terms has 8.5 MB.
//
// Version 1 had one checksum of the whole, and is brought to this form when it is read.

// header is what a model starts with.
type header struct {
	Magic           [8]byte
	Version, Dims   uint32
	Terms, Articles uint32
	Base, PerLength float64 // Weighting
	Trained         int64   // microseconds since 1970, UTC
	Blocks          uint32
	Index           uint32 // bytes
	// ID is the start of the SHA-256 of all before the checksums, with ID and Trained 0.
	ID [16]byte
}

var magic = [8]byte{'n', 'e', 'w', 's', 'q', 'l', 's', 'a'}

const (
	modelVersion = 2
	headerSize   = 72
	trailerSize  = 32
	pageSize     = 4 << 10 // that of memory and of segments
	blockHeader  = 4 + 2
	entryHeader  = 4 + 2
	// maxScale is far more than an idf can be, and little enough for sums of vectors to
	// be finite.
	maxScale = 1 << 20
	// maxBlocks is how many blocks terms of the greatest length need.
	maxBlocks = MaxTerms/((pageSize-blockHeader)/(entryHeader+maxTermLength)) + 1
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// The errors about an encoded model.
var (
	// ErrDamaged: this is no model, or not all of one as it was written.
	ErrDamaged = errors.New("model is damaged")
	// ErrVersion: another version of the program wrote the model. Learn again.
	ErrVersion = errors.New("model is of another version")
)

// Encode returns the form that Decode reads. It is not to be changed.
func (m *Model) Encode() []byte { return m.data }

// Decode returns the model that Encode wrote, in this version or in an earlier one. It
// checks all of data, which the model goes on using: it must not change. The error wraps
// ErrDamaged or ErrVersion.
func Decode(data []byte) (*Model, error) {
	if isFirstVersion(data) {
		return decodeFirst(data)
	}
	if len(data) < headerSize+trailerSize || !bytes.HasPrefix(data, magic[:]) {
		return nil, fmt.Errorf("%w: %d bytes are no model", ErrDamaged, len(data))
	}
	size := int64(len(data))
	t, err := readTrailer(data[size-trailerSize:], size)
	if err != nil {
		return nil, err
	}
	sums := data[t.covered : size-trailerSize]
	if err := t.verify(sums); err != nil {
		return nil, err
	}
	for page := int64(0); page*pageSize < t.covered; page++ {
		if err := verifyPage(sums, page, data[page*pageSize:min((page+1)*pageSize, t.covered)]); err != nil {
			return nil, err
		}
	}
	m := &Model{data: data}
	if err := m.read(t.covered); err != nil {
		return nil, err
	}
	return m, nil
}

// read reads the header, and finds the terms. It checks all that reading them depends on.
func (m *Model) read(covered int64) error {
	l, err := m.header.read(m.data, covered)
	if err != nil {
		return err
	}
	m.weighting = m.header.weighting()
	m.codes = m.data[l.codes:covered]
	first, err := readIndex(m.data[headerSize:l.index], int(m.header.Blocks))
	if err != nil {
		return err
	}
	m.starts = make([]uint32, 0, m.header.Terms)
	var last []byte
	for i, name := range first {
		start := l.blocks + int64(i)*pageSize
		b := openBlock(m.data[start : start+pageSize])
		if b.first != len(m.starts) || b.left == 0 {
			return fmt.Errorf("%w: block %d has %d terms from %d on, not from %d", ErrDamaged, i, b.left, b.first, len(m.starts))
		}
		for b.next() {
			if len(m.starts) > 0 && bytes.Compare(b.term, last) <= 0 || b.first == len(m.starts) && string(b.term) != name {
				return fmt.Errorf("%w: its terms are not in order", ErrDamaged)
			}
			last = b.term
			m.starts = append(m.starts, uint32(start)+uint32(b.entry))
		}
		if b.err != nil {
			return b.err
		}
	}
	if len(m.starts) != m.Terms() {
		return fmt.Errorf("%w: %d terms of %d", ErrDamaged, len(m.starts), m.Terms())
	}
	return nil
}

// layout are the offsets of what follows the header.
type layout struct{ index, blocks, codes int64 } // the index by its end

// read reads the header of data, and returns where the parts of the model are, which has so
// many bytes before its checksums.
func (h *header) read(data []byte, covered int64) (l layout, err error) {
	if _, err := binary.Decode(data, binary.LittleEndian, h); err != nil {
		return l, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if h.Version != modelVersion || h.Dims != Dims {
		return l, fmt.Errorf("%w: %d with %d dimensions, not %d with %d", ErrVersion, h.Version, h.Dims, modelVersion, Dims)
	}
	if h.Magic != magic || h.Terms > MaxTerms || h.Articles > MaxRows || h.Blocks > maxBlocks || !h.weighting().valid() {
		return l, fmt.Errorf("%w: its header is out of bounds", ErrDamaged)
	}
	l = h.layout()
	if want := l.codes + int64(h.Terms)*Dims; covered != want {
		return l, fmt.Errorf("%w: it has %d bytes, not %d", ErrDamaged, covered, want)
	}
	return l, nil
}

func (h *header) layout() (l layout) {
	l.index = headerSize + int64(h.Index)
	l.blocks = (l.index + pageSize - 1) / pageSize * pageSize
	l.codes = l.blocks + int64(h.Blocks)*pageSize
	return l
}

func (h *header) weighting() Weighting { return Weighting{h.Base, h.PerLength} }

// trailer is what a model ends in.
type trailer struct {
	checksum uint32 // of the checksums
	covered  int64  // bytes that these are of
}

// readTrailer reads the trailer of a model of size bytes.
func readTrailer(b []byte, size int64) (t trailer, err error) {
	if !bytes.HasPrefix(b, magic[:]) || binary.LittleEndian.Uint32(b[28:]) != crc32.Checksum(b[:28], castagnoli) {
		return t, fmt.Errorf("%w: wrong checksum of its trailer", ErrDamaged)
	}
	if v := binary.LittleEndian.Uint32(b[8:]); v != modelVersion {
		return t, fmt.Errorf("%w: %d, not %d", ErrVersion, v, modelVersion)
	}
	t.checksum = binary.LittleEndian.Uint32(b[12:])
	covered := binary.LittleEndian.Uint64(b[16:])
	if covered < headerSize || covered > uint64(size) || int64(covered)+4*pages(int64(covered))+trailerSize != size {
		return t, fmt.Errorf("%w: %d bytes do not fit its trailer", ErrDamaged, size)
	}
	t.covered = int64(covered)
	return t, nil
}

func (t trailer) verify(checksums []byte) error {
	if crc32.Checksum(checksums, castagnoli) != t.checksum {
		return fmt.Errorf("%w: wrong checksum of its checksums", ErrDamaged)
	}
	return nil
}

// pages returns in how many pages so many bytes lie.
func pages(n int64) int64 { return (n + pageSize - 1) / pageSize }

func verifyPage(checksums []byte, page int64, b []byte) error {
	if crc32.Checksum(b, castagnoli) != binary.LittleEndian.Uint32(checksums[4*page:]) {
		return fmt.Errorf("%w: wrong checksum of bytes %d to %d", ErrDamaged, page*pageSize, page*pageSize+int64(len(b)))
	}
	return nil
}

// readIndex returns the first terms of the blocks.
func readIndex(b []byte, blocks int) ([]string, error) {
	first := make([]string, 0, min(blocks, len(b)))
	for all := string(b); all != ""; {
		n := 2
		if len(all) >= n {
			n += int(all[0]) | int(all[1])<<8
		}
		if n > len(all) {
			return nil, fmt.Errorf("%w: its index is out of bounds", ErrDamaged)
		}
		first, all = append(first, all[2:n]), all[n:]
	}
	if len(first) != blocks {
		return nil, fmt.Errorf("%w: %d blocks of %d are in its index", ErrDamaged, len(first), blocks)
	}
	return first, nil
}

// block goes over the terms of a block.
type block struct {
	page  []byte
	first int // the number of its first term
	left  int
	at    int // of the next entry
	err   error

	// What next found.

	entry int // offset in the page
	scale float32
	term  []byte
}

func openBlock(page []byte) *block {
	return &block{
		page: page, at: blockHeader,
		first: int(binary.LittleEndian.Uint32(page)), left: int(binary.LittleEndian.Uint16(page[4:])),
	}
}

func (b *block) next() bool {
	if b.left == 0 || b.err != nil {
		return false
	}
	b.left--
	b.entry = b.at
	start := b.at + entryHeader
	if start <= len(b.page) {
		b.at = start + int(binary.LittleEndian.Uint16(b.page[b.entry+4:]))
	}
	if start > len(b.page) || b.at > len(b.page) {
		b.err = fmt.Errorf("%w: its terms are out of bounds", ErrDamaged)
		return false
	}
	b.scale = math.Float32frombits(binary.LittleEndian.Uint32(b.page[b.entry:]))
	b.term = b.page[start:b.at]
	if !(b.scale >= 0 && b.scale <= maxScale) { // it may be no number
		b.err = fmt.Errorf("%w: the scale of %.40q is %v", ErrDamaged, b.term, b.scale)
		return false
	}
	return true
}
