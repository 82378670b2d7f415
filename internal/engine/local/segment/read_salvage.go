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

// Stored reads ids and stored values of a segment file, of any version so far
// and in spite of damage elsewhere in it. It is how an index is made again
// from its articles.
type Stored struct {
	seg     *Segment // nil when the directories cannot be read
	err     error    // why
	version uint32
	mapping mmap.MMap
	bytes   []byte
}

// OpenStored opens the file at path. Only a file that cannot be read at all is
// an error.
func OpenStored(path string) (*Stored, error) {
	f, mapping, err := mapFile(path)
	if err != nil {
		return nil, fmt.Errorf("open segment %s: %w", path, err)
	}
	f.Close() // the mapping stays
	s := &Stored{mapping: mapping, bytes: mapping}
	s.seg, s.err = s.parse()
	return s, nil
}

func (s *Stored) parse() (*Segment, error) {
	docs, version, sections, err := parseFooter(s.bytes)
	if err != nil {
		return nil, err
	}
	s.version = version
	seg, _, err := parseStored(s.bytes, docs, sections)
	if err != nil {
		return nil, err
	}
	seg.verifier, err = newPageVerifier(s.bytes, sections)
	return seg, err
}

// probeStored is Probe for earlier versions.
func probeStored(path string) (docs uint64, err error) {
	s, err := OpenStored(path)
	if err != nil {
		return 0, err
	}
	n, ok := s.Whole()
	if err := s.Close(); err != nil || !ok {
		return 0, errors.Join(s.err, err)
	}
	return uint64(n), nil
}

// Close ends the use of all that was read.
func (s *Stored) Close() error { return s.mapping.Unmap() }

// Version is that of the file; 0 when it cannot be told.
func (s *Stored) Version() uint32 { return s.version }

// Whole reports whether documents can be told by their numbers, and how many
// there are. Else All finds what there is without numbers.
func (s *Stored) Whole() (docs int, ok bool) {
	if s.err != nil {
		return 0, false
	}
	return int(s.seg.docs), true
}

// ID returns the id of a document by number.
func (s *Stored) ID(doc int) (string, error) {
	id, err := s.seg.DocID(uint64(doc))
	return string(id), err
}

// Value returns the last stored value of a document by number; nil if it has
// none.
func (s *Stored) Value(doc int) (value []byte, err error) {
	blocks := s.seg.newBlocks()
	raw, err := blocks.document(uint32(doc))
	if err != nil {
		return nil, err
	}
	return lastValue(raw)
}

// Damage returns what is wrong with any section of the file.
func (s *Stored) Damage() error {
	if s.err != nil {
		return s.err
	}
	if err := s.seg.Verify(); err != nil {
		return err
	}
	return s.seg.verifyAll()
}

// Sizes returns the bytes of each kind of section.
func (s *Stored) Sizes() map[string]int64 {
	sizes := map[string]int64{}
	if s.err == nil {
		for i := range s.seg.sections {
			sizes[s.seg.sections[i].kind.String()] += int64(s.seg.sections[i].length)
		}
	}
	return sizes
}

// lastValue returns the last of a document's values. Fields are not named: a
// damaged section of fields must not keep the values from being read.
func lastValue(raw []byte) (value []byte, err error) {
	r := reader{b: raw}
	for len(r.b) > 0 {
		r.uvarint() // field
		r.bytes(1)
		n := r.uvarint()
		if n > uint64(len(r.b)) {
			r.bad = true
		}
		for i := uint64(0); i < n && !r.bad; i++ {
			r.uvarint()
		}
		value = r.bytes(r.uvarint())
		if r.bad {
			return nil, fmt.Errorf("%w: stored value", ErrDamaged)
		}
	}
	return value, nil
}

// zstdMagic starts what is compressed.
var zstdMagic = []byte{0x28, 0xb5, 0x2f, 0xfd}

// Scan yields the last stored value of each document in every block that is
// whole, wherever in the file it lies. Blocks are known by their sums, so that
// it needs no directory.
func (s *Stored) Scan() iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		e := decompressor{dict: findCompressionDict(s.bytes)}
		for at := 0; ; {
			next := bytes.Index(s.bytes[at:], zstdMagic)
			if next < 0 {
				return
			}
			at += next
			packed, ok := wholeBlock(s.bytes, at)
			if !ok {
				at++
				continue
			}
			for _, value := range e.valuesOf(s.bytes[at-blockHeader:at], packed) {
				if !yield(value) {
					return
				}
			}
			at += len(packed)
		}
	}
}

// wholeBlock returns the content of the block whose compressed bytes start at
// a place: it ends where the sum is that of its head.
func wholeBlock(b []byte, at int) ([]byte, bool) {
	if at < blockHeader {
		return nil, false
	}
	head := b[at-blockHeader : at]
	want := binary.LittleEndian.Uint32(head[4:])
	crc := ^crc32.Checksum(head[:4], crcTable)
	for end := at; end < min(len(b), at+maxStored); end++ {
		crc = crcTable[byte(crc)^b[end]] ^ crc>>8
		if ^crc == want {
			return b[at : end+1], true
		}
	}
	return nil, false
}

// valuesOf expands a block; nothing if it is none.
func (e *decompressor) valuesOf(head, packed []byte) (values [][]byte) {
	length := binary.LittleEndian.Uint32(head)
	if length > maxStored {
		return nil
	}
	raw, err := e.decompress(packed, int(length))
	if err != nil {
		return nil
	}
	// The number of documents is the one for which the ends fit the whole.
	for n := 1; 4*n <= len(raw) && values == nil; n++ {
		if uint64(binary.LittleEndian.Uint32(raw[4*(n-1):]))+uint64(4*n) == uint64(len(raw)) {
			values = cutValues(raw[:4*n], raw[4*n:])
		}
	}
	return values
}

// cutValues cuts the values of a block at their ends; nothing if these cannot
// be.
func cutValues(ends, all []byte) (values [][]byte) {
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
