package segment

import (
	"encoding/binary"
	"fmt"
	"sort"
	"sync"

	api "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/klauspost/compress/zstd"
)

const (
	// storedBlock is how much is compressed together, at least: a block ends
	// with a document. Half as much takes 2 % more space after a sample, and
	// half of the some 40 microseconds to read.
	storedBlock = 14 << 10
	// maxStored bounds a block, and with it a document.
	maxStored = 1 << 30
	// usualBlock is room for most blocks.
	usualBlock = 2 * storedBlock
	// maxKept bounds a block that is kept for the next read.
	maxKept = 1 << 20

	blockHeader    = 8  // of a block in stored
	blockEntrySize = 12 // in blocks
)

// Coders are made at first use: a program that only looks at postings, or
// only at articles, doesn't pay for both. They are safe for concurrent use.
var (
	encoder = sync.OnceValues(func() (*zstd.Encoder, error) { return zstd.NewWriter(nil, encoderOptions()...) })
	decoder = sync.OnceValues(func() (*zstd.Decoder, error) {
		return zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecodeAllCapLimit(true))
	})
)

func encoderOptions() []zstd.EOption {
	return []zstd.EOption{
		zstd.WithEncoderCRC(false), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1 << 20),
		// After a sample, the default level is half as fast and no better.
		zstd.WithEncoderLevel(zstd.SpeedFastest),
	}
}

// storedWriter writes the sections sample, stored and blocks.
type storedWriter struct {
	w      *writer
	dict   []byte        // nil for none
	enc    *zstd.Encoder // made when it is needed
	blocks []byte        // the section, so far
	docs   uint32
	first  uint32   // of the open block
	ends   []uint32 // of its documents
	values []byte   // of its documents
	raw    []byte
	packed []byte
}

func newStoredWriter(w *writer, dict []byte) *storedWriter {
	if dict != nil {
		writeCompressionDict(w, dict, 0)
	}
	w.begin(kindStored, 0)
	return &storedWriter{w: w, dict: dict}
}

// value appends a stored value to the open document. Values of a document are
// written in the order of their fields.
func (s *storedWriter) value(field uint64, typ byte, arrayPositions []uint64, value []byte) {
	b := binary.AppendUvarint(s.values, field)
	b = append(b, typ)
	b = binary.AppendUvarint(b, uint64(len(arrayPositions)))
	for _, p := range arrayPositions {
		b = binary.AppendUvarint(b, p)
	}
	b = binary.AppendUvarint(b, uint64(len(value)))
	s.values = append(b, value...)
}

// end closes a document.
func (s *storedWriter) end() error {
	if len(s.values) > maxStored/2 {
		return fmt.Errorf("stored values of %d bytes are too much for a segment", len(s.values))
	}
	s.ends = append(s.ends, uint32(len(s.values)))
	s.docs++
	if len(s.values) >= storedBlock || len(s.ends) == storedBlock {
		return s.flush()
	}
	return nil
}

func (s *storedWriter) flush() error {
	if len(s.ends) == 0 {
		return nil
	}
	s.raw = s.raw[:0]
	for _, e := range s.ends {
		s.raw = binary.LittleEndian.AppendUint32(s.raw, e)
	}
	s.raw = append(s.raw, s.values...)
	if s.enc == nil {
		var err error
		if s.enc, err = newBlockEncoder(s.dict); err != nil {
			return fmt.Errorf("compress stored values: %w", err)
		}
	}
	s.packed = s.enc.EncodeAll(s.raw, s.packed[:0])
	s.block(s.first, uint32(len(s.raw)), s.packed)
	s.first, s.ends, s.values = s.docs, s.ends[:0], s.values[:0]
	return s.w.err
}

func (s *storedWriter) block(first, length uint32, packed []byte) {
	s.blocks = binary.LittleEndian.AppendUint32(s.blocks, first)
	s.blocks = binary.LittleEndian.AppendUint64(s.blocks, s.w.at())
	head := binary.LittleEndian.AppendUint32(make([]byte, 0, blockHeader), length)
	s.w.write(binary.LittleEndian.AppendUint32(head, checksum(head, packed)))
	s.w.write(packed)
}

// copyFrom appends the documents of another segment as they are. It must have
// the same sample, and its fields the same numbers.
func (s *storedWriter) copyFrom(from *Segment) error {
	if err := s.flush(); err != nil {
		return err
	}
	droppedUpTo, at := 0, 0 // in from.stored
	for i := range len(from.blocks) / blockEntrySize {
		b, first, _, err := from.blockBytes(i)
		if err != nil {
			return err
		}
		if at += len(b); at-droppedUpTo >= dropPagesEvery {
			from.dropPages(from.stored[droppedUpTo:at])
			droppedUpTo = at
		}
		if checksum(b[:4], b[blockHeader:]) != binary.LittleEndian.Uint32(b[4:]) {
			return fmt.Errorf("%w: stored values", ErrDamaged)
		}
		s.block(s.docs+first, binary.LittleEndian.Uint32(b), b[blockHeader:])
	}
	s.docs += from.docs
	s.first = s.docs
	return s.w.err
}

// close writes what is left.
func (s *storedWriter) close() error {
	if err := s.flush(); err != nil {
		return err
	}
	s.w.begin(kindBlocks, 0)
	s.w.write(s.blocks)
	if s.dict != nil { // all would be lost with it
		writeCompressionDict(s.w, s.dict, 1)
	}
	return s.w.err
}

// blockBytes returns block i of the stored values, and which documents it has.
func (s *Segment) blockBytes(i int) (b []byte, first, end uint32, err error) {
	le := binary.LittleEndian
	e := s.blocks[i*blockEntrySize:]
	if err := s.verifyBytes(e[:min(2*blockEntrySize, len(e))]); err != nil {
		return nil, 0, 0, err
	}
	first, end = le.Uint32(e), s.docs
	from, to := le.Uint64(e[4:]), uint64(len(s.stored))
	if next := e[blockEntrySize:]; len(next) > 0 {
		end, to = le.Uint32(next), le.Uint64(next[4:])
	}
	if first >= end || end > s.docs || to > uint64(len(s.stored)) || from > to || to-from < blockHeader {
		return nil, 0, 0, fmt.Errorf("%w: place of stored values", ErrDamaged)
	}
	return s.stored[from:to], first, end, nil
}

// storedBlocks reads documents; it keeps the last block, for those who read
// one document after the other.
type storedBlocks struct {
	s          *Segment
	first, end uint32 // documents of raw; none at first
	raw        []byte
	decompressor
}

func (s *Segment) newBlocks() *storedBlocks {
	return &storedBlocks{s: s, decompressor: decompressor{dict: s.compressionDict()}}
}

// document returns the values of a document. They are valid until the next
// call.
func (r *storedBlocks) document(doc uint32) ([]byte, error) {
	if doc < r.first || doc >= r.end {
		if err := r.load(doc); err != nil {
			r.first, r.end = 0, 0
			return nil, err
		}
	}
	n := r.end - r.first
	if uint64(len(r.raw)) < 4*uint64(n) {
		return nil, fmt.Errorf("%w: stored values", ErrDamaged)
	}
	i, from, values := doc-r.first, uint32(0), r.raw[4*n:]
	if i > 0 {
		from = binary.LittleEndian.Uint32(r.raw[4*(i-1):])
	}
	to := binary.LittleEndian.Uint32(r.raw[4*i:])
	if from > to || uint64(to) > uint64(len(values)) {
		return nil, fmt.Errorf("%w: stored values of document %d", ErrDamaged, doc)
	}
	return values[from:to], nil
}

func (r *storedBlocks) load(doc uint32) error {
	count := len(r.s.blocks) / blockEntrySize
	var damage error
	i := sort.Search(count, func(i int) bool {
		e := r.s.blocks[i*blockEntrySize:]
		if err := r.s.verifyBytes(e[:4]); err != nil {
			damage = err
		}
		return binary.LittleEndian.Uint32(e) > doc
	}) - 1
	if damage != nil {
		return damage
	}
	if i < 0 {
		return fmt.Errorf("%w: no stored values of document %d", ErrDamaged, doc)
	}
	b, first, end, err := r.s.blockBytes(i)
	if err != nil {
		return err
	}
	length, want := binary.LittleEndian.Uint32(b), binary.LittleEndian.Uint32(b[4:])
	// The sum is checked before the length is believed.
	if doc < first || doc >= end || length > maxStored || checksum(b[:4], b[blockHeader:]) != want {
		return fmt.Errorf("%w: stored values around document %d", ErrDamaged, doc)
	}
	raw, err := r.decompress(b[blockHeader:], int(length))
	if err != nil {
		return fmt.Errorf("document %d: %w", doc, err)
	}
	r.raw, r.first, r.end = raw, first, end
	return nil
}

// visit calls f for each stored value in raw until it returns false.
func (s *Segment) visit(raw []byte, f api.StoredFieldValueVisitor) error {
	r := reader{b: raw}
	for len(r.b) > 0 {
		field := r.uvarint()
		typ := r.bytes(1)
		n := r.uvarint()
		if r.bad || field >= uint64(len(s.fields)) || n > uint64(len(r.b)) {
			return fmt.Errorf("%w: stored value", ErrDamaged)
		}
		var positions []uint64
		for range n {
			positions = append(positions, r.uvarint())
		}
		value := r.bytes(r.uvarint())
		if r.bad {
			return fmt.Errorf("%w: stored value", ErrDamaged)
		}
		if !f(s.fields[field].name, typ[0], value, positions) {
			return nil
		}
	}
	return nil
}

// VisitStoredFields calls f for the id and then for each stored value, ordered
// by field, until it returns false. The values are f's only during the call.
func (s *Segment) VisitStoredFields(num uint64, f api.StoredFieldValueVisitor) error {
	id, err := s.DocID(num)
	if err != nil || num >= uint64(s.docs) {
		return err
	}
	if !f(idField, 't', id, nil) {
		return nil
	}
	blocks, ok := s.reads.Get().(*storedBlocks)
	if !ok {
		blocks = s.newBlocks()
	}
	raw, err := blocks.document(uint32(num))
	if err == nil {
		err = s.visit(raw, f)
	}
	if cap(blocks.out) <= maxKept {
		s.reads.Put(blocks)
	}
	return err
}
