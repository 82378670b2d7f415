package segment

import "encoding/binary"

// Parse opens a segment in memory, for tests that damage it.
func Parse(b []byte) (*Segment, error) { return parse(b) }

// Reseal gives header, table and the section fields right checksums, whatever
// they say, so that tests get past them.
func Reseal(b []byte) {
	le := binary.LittleEndian
	if len(b) < headerSize+trailerSize {
		return
	}
	t := b[len(b)-trailerSize:]
	start := len(b) - trailerSize - int(le.Uint32(t[4:]))*tableEntrySize
	if start < headerSize {
		return
	}
	for at := start; at < len(b)-trailerSize; at += tableEntrySize {
		e := b[at:]
		from, length := le.Uint64(e[8:]), le.Uint64(e[16:])
		if kind(le.Uint32(e)) == kindFields && from <= uint64(len(b)) && length <= uint64(len(b))-from {
			le.PutUint32(e[24:], checksum(b[from:from+length]))
		}
	}
	le.PutUint32(t[20:], checksum(b[:headerSize], b[start:len(b)-trailerSize], t[:20]))
}

// Bytes returns the file of a segment.
func Bytes(s *Segment) []byte { return s.data }

// CheckAll verifies all of a segment and returns its size.
func CheckAll(s *Segment) int64 {
	if s.verifyAll() != nil {
		return 0
	}
	return int64(len(s.data))
}

// CompressionDict returns the dictionary that stored values were compressed
// with.
func CompressionDict(s *Segment) []byte { return s.compressionDict() }

// SectionOf returns the bytes of the first section of a kind that belongs to a
// field, by the name that statistics give the kind.
func SectionOf(s *Segment, kind, field string) []byte {
	for i := range s.sections {
		if e := &s.sections[i]; e.kind.String() == kind && s.fields[e.number].name == field {
			return s.bytesOf(e)
		}
	}
	return nil
}

// StoredBlocks returns the blocks of stored values, with their headers.
func StoredBlocks(s *Segment) (blocks [][]byte) {
	for i := range len(s.storedIndex) / storedEntrySize {
		b, _, _, err := s.storedBlock(i)
		if err != nil {
			return nil
		}
		blocks = append(blocks, b)
	}
	return blocks
}
