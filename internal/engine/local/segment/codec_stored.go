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
	// storedBlockSize is how much is compressed together, at least: a block
	// ends with the end of a document. Half as much would take 2 % more space
	// with a dictionary, and half of the 40 microseconds or so that it takes
	// to read a block.
	storedBlockSize = 14 << 10
	// maxStoredBlock bounds the content of a block, and so what is stored of a
	// document.
	maxStoredBlock = 1 << 30
	// typicalStoredBlock is a capacity that suffices for most blocks.
	typicalStoredBlock = 2 * storedBlockSize
	// maxPooledBlock bounds the capacity of readers that are kept for the next
	// read.
	maxPooledBlock = 1 << 20

	storedHeaderSize = 8  // what stands before the compressed bytes of a block
	storedEntrySize  = 12 // of a block in the stored index
)

// Encoder and decoder are made when they are first used: a program that only
// searches needs neither, and one that only reads needs no encoder. They are safe
// for concurrent use.
var (
	encoder = sync.OnceValues(func() (*zstd.Encoder, error) { return zstd.NewWriter(nil, encoderOptions()...) })
	decoder = sync.OnceValues(func() (*zstd.Decoder, error) {
		return zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecodeAllCapLimit(true))
	})
)

func encoderOptions() []zstd.EOption {
	return []zstd.EOption{
		zstd.WithEncoderCRC(false), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1 << 20),
		// With a dictionary, the default level is half as fast and no better.
		zstd.WithEncoderLevel(zstd.SpeedFastest),
	}
}

// storedWriter writes the sections stored and stored index, and the copies of
// the compression dictionary around them. For each document in order: addValue
// for each of its values, then endDoc. At the end: close.
type storedWriter struct {
	w          *writer
	dict       []byte        // nil for none
	enc        *zstd.Encoder // made when the first block is full
	index      []byte        // the section stored index, so far
	docs       uint32        // ended so far
	firstDoc   uint32        // of the block being filled
	docEnds    []uint32      // for each of its documents, where its values end
	values     []byte        // of all its documents
	content    []byte
	compressed []byte
}

func newStoredWriter(w *writer, dict []byte) *storedWriter {
	if dict != nil {
		writeCompressionDict(w, dict, 0)
	}
	w.beginSection(kindStored, 0)
	return &storedWriter{w: w, dict: dict}
}

// addValue appends a stored value to the open document. The values of a
// document come in the order of their fields.
func (s *storedWriter) addValue(field uint64, typ byte, arrayPositions []uint64, value []byte) {
	b := binary.AppendUvarint(s.values, field)
	b = append(b, typ)
	b = binary.AppendUvarint(b, uint64(len(arrayPositions)))
	for _, p := range arrayPositions {
		b = binary.AppendUvarint(b, p)
	}
	b = binary.AppendUvarint(b, uint64(len(value)))
	s.values = append(b, value...)
}

// endDoc ends the open document.
func (s *storedWriter) endDoc() error {
	if len(s.values) > maxStoredBlock/2 {
		return fmt.Errorf("stored values of %d bytes are too much for a segment", len(s.values))
	}
	s.docEnds = append(s.docEnds, uint32(len(s.values)))
	s.docs++
	if len(s.values) >= storedBlockSize || len(s.docEnds) == storedBlockSize {
		return s.flush()
	}
	return nil
}

// flush compresses and writes the block being filled.
func (s *storedWriter) flush() error {
	if len(s.docEnds) == 0 {
		return nil
	}
	s.content = s.content[:0]
	for _, e := range s.docEnds {
		s.content = binary.LittleEndian.AppendUint32(s.content, e)
	}
	s.content = append(s.content, s.values...)
	if s.enc == nil {
		var err error
		if s.enc, err = newBlockEncoder(s.dict); err != nil {
			return fmt.Errorf("compress stored values: %w", err)
		}
	}
	s.compressed = s.enc.EncodeAll(s.content, s.compressed[:0])
	s.writeBlock(s.firstDoc, uint32(len(s.content)), s.compressed)
	s.firstDoc, s.docEnds, s.values = s.docs, s.docEnds[:0], s.values[:0]
	return s.w.err
}

// writeBlock writes a compressed block, whose first document and content length
// are given.
func (s *storedWriter) writeBlock(first, length uint32, compressed []byte) {
	s.index = binary.LittleEndian.AppendUint32(s.index, first)
	s.index = binary.LittleEndian.AppendUint64(s.index, s.w.sectionOffset())
	head := binary.LittleEndian.AppendUint32(make([]byte, 0, storedHeaderSize), length)
	s.w.write(binary.LittleEndian.AppendUint32(head, checksum(head, compressed)))
	s.w.write(compressed)
}

// pending returns how many bytes of values are in the block being filled.
func (s *storedWriter) pending() int { return len(s.values) }

// copyBlock appends the documents of a block of another segment, as it is
// compressed. That segment must have the same dictionary, and its stored fields
// the same numbers.
func (s *storedWriter) copyBlock(length uint32, compressed []byte, docs uint32) error {
	if err := s.flush(); err != nil {
		return err
	}
	s.writeBlock(s.docs, length, compressed)
	s.docs += docs
	s.firstDoc = s.docs
	return s.w.err
}

// close writes the last block and the sections that follow.
func (s *storedWriter) close() error {
	if err := s.flush(); err != nil {
		return err
	}
	s.w.beginSection(kindStoredIndex, 0)
	s.w.write(s.index)
	if s.dict != nil { // a second copy, as everything stored would be lost with it
		writeCompressionDict(s.w, s.dict, 1)
	}
	return s.w.err
}

// storedBlock returns the bytes of stored block i, with its header, and which
// documents it has: from first up to end.
func (s *Segment) storedBlock(i int) (b []byte, first, end uint32, err error) {
	le := binary.LittleEndian
	e := s.storedIndex[i*storedEntrySize:]
	if err := s.verifyBytes(e[:min(2*storedEntrySize, len(e))]); err != nil {
		return nil, 0, 0, err
	}
	first, end = le.Uint32(e), s.docs
	from, to := le.Uint64(e[4:]), uint64(len(s.stored))
	if next := e[storedEntrySize:]; len(next) > 0 {
		end, to = le.Uint32(next), le.Uint64(next[4:])
	}
	if first >= end || end > s.docs || to > uint64(len(s.stored)) || from > to || to-from < storedHeaderSize {
		return nil, 0, 0, fmt.Errorf("%w: offset of stored values", ErrDamaged)
	}
	return s.stored[from:to], first, end, nil
}

// StoredPass gives back memory of stored values to the system while documents are read
// in their order, each once: it would hold all that is stored, else.
type StoredPass struct {
	seg  *Segment
	upTo uint64 // pages before this offset are dropped
}

// PassStored starts a pass over the stored values of all documents.
func (s *Segment) PassStored() *StoredPass { return &StoredPass{seg: s} }

// Passed tells that what is stored of the documents before doc is not read again soon.
func (p *StoredPass) Passed(doc uint32) {
	i, err := p.seg.storedBlockOf(doc)
	if err != nil {
		return // who reads the document is told
	}
	offset := binary.LittleEndian.Uint64(p.seg.storedIndex[i*storedEntrySize+4:])
	if offset <= uint64(len(p.seg.stored)) && offset > p.upTo+dropPagesEvery {
		p.seg.dropPages(p.seg.stored[p.upTo:offset])
		p.upTo = offset
	}
}

// End tells that nothing that was passed is read again soon.
func (p *StoredPass) End() { p.seg.dropPages(p.seg.stored[p.upTo:]) }

// storedReader reads stored documents. It keeps the block last read, for those
// who read one document after the other.
type storedReader struct {
	seg              *Segment
	firstDoc, endDoc uint32 // the documents of content
	content          []byte
	decompressor
}

func (s *Segment) newStoredReader() *storedReader {
	return &storedReader{seg: s, decompressor: decompressor{dict: s.compressionDict()}}
}

// document returns the stored values of a document, for visitValues. They are
// valid until the next call.
func (r *storedReader) document(doc uint32) ([]byte, error) {
	if doc < r.firstDoc || doc >= r.endDoc {
		if err := r.loadBlock(doc); err != nil {
			r.firstDoc, r.endDoc = 0, 0
			return nil, err
		}
	}
	n := r.endDoc - r.firstDoc
	if uint64(len(r.content)) < 4*uint64(n) {
		return nil, fmt.Errorf("%w: stored values", ErrDamaged)
	}
	i, from, values := doc-r.firstDoc, uint32(0), r.content[4*n:]
	if i > 0 {
		from = binary.LittleEndian.Uint32(r.content[4*(i-1):])
	}
	to := binary.LittleEndian.Uint32(r.content[4*i:])
	if from > to || uint64(to) > uint64(len(values)) {
		return nil, fmt.Errorf("%w: stored values of document %d", ErrDamaged, doc)
	}
	return values[from:to], nil
}

// storedBlockOf returns the number of the block that a document is in.
func (s *Segment) storedBlockOf(doc uint32) (int, error) {
	count := len(s.storedIndex) / storedEntrySize
	var damage error
	i := sort.Search(count, func(i int) bool {
		e := s.storedIndex[i*storedEntrySize:]
		if err := s.verifyBytes(e[:4]); err != nil {
			damage = err
		}
		return binary.LittleEndian.Uint32(e) > doc
	}) - 1
	if damage != nil {
		return 0, damage
	}
	if i < 0 {
		return 0, fmt.Errorf("%w: no stored values of document %d", ErrDamaged, doc)
	}
	return i, nil
}

// loadBlock reads the block that a document is in.
func (r *storedReader) loadBlock(doc uint32) error {
	i, err := r.seg.storedBlockOf(doc)
	if err != nil {
		return err
	}
	b, first, end, err := r.seg.storedBlock(i)
	if err != nil {
		return err
	}
	length, wantChecksum := binary.LittleEndian.Uint32(b), binary.LittleEndian.Uint32(b[4:])
	// The length is part of the checksum, and is used after that is verified.
	if doc < first || doc >= end || length > maxStoredBlock || checksum(b[:4], b[storedHeaderSize:]) != wantChecksum {
		return fmt.Errorf("%w: stored values around document %d", ErrDamaged, doc)
	}
	content, err := r.decompress(b[storedHeaderSize:], int(length))
	if err != nil {
		return fmt.Errorf("document %d: %w", doc, err)
	}
	r.content, r.firstDoc, r.endDoc = content, first, end
	return nil
}

// visitValues calls f for each of the stored values in raw, until f returns
// false.
func (s *Segment) visitValues(raw []byte, f api.StoredFieldValueVisitor) error {
	r := byteReader{b: raw}
	for len(r.b) > 0 {
		field := r.uvarint()
		typ := r.bytes(1)
		n := r.uvarint()
		if r.failed || field >= uint64(len(s.fields)) || n > uint64(len(r.b)) {
			return fmt.Errorf("%w: stored value", ErrDamaged)
		}
		var positions []uint64
		for range n {
			positions = append(positions, r.uvarint())
		}
		value := r.bytes(r.uvarint())
		if r.failed {
			return fmt.Errorf("%w: stored value", ErrDamaged)
		}
		if !f(s.fields[field].name, typ[0], value, positions) {
			return nil
		}
	}
	return nil
}

// VisitStoredFields calls f for the id and then for each stored value of a
// document, ordered by field, until f returns false. The values are valid
// during the call of f.
func (s *Segment) VisitStoredFields(num uint64, f api.StoredFieldValueVisitor) error {
	id, err := s.DocID(num)
	if err != nil || num >= uint64(s.docs) {
		return err
	}
	if !f(idField, 't', id, nil) {
		return nil
	}
	reader, ok := s.storedReaders.Get().(*storedReader)
	if !ok {
		reader = s.newStoredReader()
	}
	raw, err := reader.document(uint32(num))
	if err == nil {
		err = s.visitValues(raw, f)
	}
	if cap(reader.out) <= maxPooledBlock {
		s.storedReaders.Put(reader)
	}
	return err
}
