package segment

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"iter"

	"github.com/blevesearch/mmap-go"
)

// SalvageReader reads ids and stored values of a segment file of any version,
// in spite of damage elsewhere in the file. An index is rebuilt from its
// articles by it. If NumDocs says ok, documents are read by number, with ID
// and LastValue. Else only Scan finds what is left.
type SalvageReader struct {
	seg          *Segment // nil if the footer or the fields are damaged
	directoryErr error    // why seg is nil
	version      uint32
	mapping      mmap.MMap
	data         []byte
}

// OpenSalvage opens the file at path. It is an error only if the file cannot
// be read at all.
func OpenSalvage(path string) (*SalvageReader, error) {
	f, mapping, err := mapFile(path)
	if err != nil {
		return nil, fmt.Errorf("open segment %s: %w", path, err)
	}
	f.Close() // the mapping stays
	s := &SalvageReader{mapping: mapping, data: mapping}
	s.seg, s.directoryErr = s.parse()
	return s, nil
}

// parse opens the directories of the file.
func (s *SalvageReader) parse() (*Segment, error) {
	docs, version, sections, err := parseFooter(s.data)
	if err != nil {
		return nil, err
	}
	s.version = version
	seg, _, err := parseStored(s.data, docs, sections)
	if err != nil {
		return nil, err
	}
	seg.verifier, err = newPageVerifier(s.data, sections)
	return seg, err
}

// probeSalvage is Probe for segments of earlier versions.
func probeSalvage(path string) (docs uint64, err error) {
	s, err := OpenSalvage(path)
	if err != nil {
		return 0, err
	}
	n, ok := s.NumDocs()
	if err := s.Close(); err != nil || !ok {
		return 0, errors.Join(s.directoryErr, err)
	}
	return uint64(n), nil
}

// Close unmaps the file. What was read of it must not be used any more.
func (s *SalvageReader) Close() error { return s.mapping.Unmap() }

// Version returns the version of the file, 0 if that is not known.
func (s *SalvageReader) Version() uint32 { return s.version }

// NumDocs returns the number of documents. ok is false if documents cannot be
// read by number.
func (s *SalvageReader) NumDocs() (docs int, ok bool) {
	if s.directoryErr != nil {
		return 0, false
	}
	return int(s.seg.docs), true
}

// ID returns the id of a document.
func (s *SalvageReader) ID(doc int) (string, error) {
	id, err := s.seg.DocID(uint64(doc))
	return string(id), err
}

// LastValue returns the last stored value of a document, nil if it has none.
func (s *SalvageReader) LastValue(doc int) (value []byte, err error) {
	blocks := s.seg.newStoredReader()
	raw, err := blocks.document(uint32(doc))
	if err != nil {
		return nil, err
	}
	return lastValue(raw)
}

// Verify verifies the whole file. It returns ErrDamaged, or ErrVersion, about
// the first thing that is wrong.
func (s *SalvageReader) Verify() error {
	if s.directoryErr != nil {
		return s.directoryErr
	}
	if err := s.seg.Verify(); err != nil {
		return err
	}
	if err := s.seg.verifyAll(); err != nil {
		return err
	}
	return s.seg.verifyPadding()
}

// SectionSizes returns how many bytes the sections of each kind have together.
func (s *SalvageReader) SectionSizes() map[string]int64 {
	sizes := map[string]int64{}
	if s.directoryErr == nil {
		for i := range s.seg.sections {
			sizes[s.seg.sections[i].kind.String()] += int64(s.seg.sections[i].length)
		}
	}
	return sizes
}

// lastValue returns the last of a document's values. It does not need the
// names of fields, so that a damaged section of fields does not matter.
func lastValue(raw []byte) (value []byte, err error) {
	r := byteReader{b: raw}
	for len(r.b) > 0 {
		r.uvarint() // field
		r.bytes(1)
		n := r.uvarint()
		if n > uint64(len(r.b)) {
			r.failed = true
		}
		for i := uint64(0); i < n && !r.failed; i++ {
			r.uvarint()
		}
		value = r.bytes(r.uvarint())
		if r.failed {
			return nil, fmt.Errorf("%w: stored value", ErrDamaged)
		}
	}
	return value, nil
}

// zstdMagic starts the compressed bytes of a block.
var zstdMagic = []byte{0x28, 0xb5, 0x2f, 0xfd}

// Scan yields the last stored value of each document in every block of the
// file that is whole. It needs no directory: a block is known by its checksum.
func (s *SalvageReader) Scan() iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		e := decompressor{dict: findCompressionDict(s.data)}
		for offset := 0; ; {
			next := bytes.Index(s.data[offset:], zstdMagic)
			if next < 0 {
				return
			}
			offset += next
			compressed, ok := storedBlockAt(s.data, offset)
			if !ok {
				offset++
				continue
			}
			for _, value := range e.lastValues(s.data[offset-storedHeaderSize:offset], compressed) {
				if !yield(value) {
					return
				}
			}
			offset += len(compressed)
		}
	}
}

// storedBlockAt returns the compressed bytes of the block whose compressed
// bytes start at an offset. The block ends where the checksum is that of its
// header.
func storedBlockAt(b []byte, start int) ([]byte, bool) {
	if start < storedHeaderSize {
		return nil, false
	}
	head := b[start-storedHeaderSize : start]
	wantChecksum := binary.LittleEndian.Uint32(head[4:])
	crc := ^crc32.Checksum(head[:4], crcTable)
	for end := start; end < min(len(b), start+maxStoredBlock); end++ {
		crc = crcTable[byte(crc)^b[end]] ^ crc>>8
		if ^crc == wantChecksum {
			return b[start : end+1], true
		}
	}
	return nil, false
}

// lastValues returns the last value of each document in a block, none if it is
// not a block.
func (e *decompressor) lastValues(head, compressed []byte) (values [][]byte) {
	length := binary.LittleEndian.Uint32(head)
	if length > maxStoredBlock {
		return nil
	}
	raw, err := e.decompress(compressed, int(length))
	if err != nil {
		return nil
	}
	// How many documents the block has is not stored in it: it is the number for
	// which the last end fits the length of the content.
	for n := 1; 4*n <= len(raw) && values == nil; n++ {
		if uint64(binary.LittleEndian.Uint32(raw[4*(n-1):]))+uint64(4*n) == uint64(len(raw)) {
			values = splitValues(raw[:4*n], raw[4*n:])
		}
	}
	return values
}

// splitValues splits the values of a block at the ends of its documents, and
// returns the last value of each. It returns nothing if the ends are not
// possible.
func splitValues(ends, all []byte) (values [][]byte) {
	from := uint32(0)
	for ; len(ends) > 0; ends = ends[4:] {
		to := binary.LittleEndian.Uint32(ends)
		if from > to || uint64(to) > uint64(len(all)) {
			return nil
		}
		if v, err := lastValue(all[from:to]); err == nil && v != nil {
			values = append(values, v)
		}
		from = to
	}
	return values
}
