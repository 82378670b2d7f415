package segment

import (
	"encoding/binary"
	"fmt"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/RoaringBitmap/roaring/v2"
	index "github.com/blevesearch/bleve_index_api"
	"github.com/blevesearch/mmap-go"
	api "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum"
)

// idField is the name of the field of ids, which is field 0.
const idField = "_id"

// Segment reads a segment, in memory or mapped from a file. It is safe for
// concurrent use. It is closed when its last holder calls DecRef or Close.
// What its methods return can lie in the mapped file, and is valid until then.
//
// Methods verify what they read of the file, unless they say otherwise. They
// return ErrDamaged for bytes that are not those that were written.
type Segment struct {
	data     []byte
	docs     uint32
	sections []section
	fields   []field
	byName   map[string]int
	norms    []normValues
	verifier *pageVerifier // nil for a segment in memory

	ids             []byte // section
	stored          []byte // section
	storedIndex     []byte // section
	compressionDict func() []byte
	loadChampions   func() (*championLists, error)
	storedReaders   sync.Pool // of *storedReader
	lastNormSum     atomic.Pointer[normSum]
	mapping         mmap.MMap
	file            *os.File
	refs            atomic.Int64
}

// field is what a segment has of a field. A field without terms has no
// postings and no FST.
type field struct {
	seg          *Segment
	name         string
	options      index.FieldIndexingOptions
	terms        uint64 // number of terms
	longestTerm  int    // length of the longest term
	normsIndex   int    // -1 for no norms
	postings     []byte
	fst          []byte
	ordinals     []byte // section of ordinals, nil for none
	numeric      []byte // section of numeric values, nil for none
	openedFST    once[*vellum.FST]
	allTerms     once[[][]byte]
	numericOrder once[[]uint32]
	bestTerms    once[*termChampions]
}

// loadFST opens the FST of a field that has terms, when it is called first.
func (f *field) loadFST() (*vellum.FST, error) {
	return f.openedFST.get(func() (*vellum.FST, error) { return f.seg.openFST(f) })
}

var _ api.Segment = (*Segment)(nil)

// Unwrap returns the segment behind one that scorch holds. ok is false if that
// is of another format.
func Unwrap(s api.Segment) (seg *Segment, ok bool) {
	switch s := s.(type) {
	case *Segment:
		return s, true
	case *memorySegment:
		return s.Segment, true
	case *fileSegment:
		return s.Segment, true
	}
	return nil, false
}

// parse opens a segment of the current version: it reads its directories.
func parse(data []byte) (*Segment, error) {
	docs, version, sections, err := parseFooter(data)
	if err != nil {
		return nil, err
	}
	if version != Version {
		return nil, fmt.Errorf("%w %d; this program searches version %d", ErrVersion, version, Version)
	}
	s, fields, err := parseStored(data, docs, sections)
	if err != nil {
		return nil, err
	}
	for _, e := range sections {
		if e.kind != kindNorms {
			continue
		}
		c := s.bytesOf(&e)
		if len(c) != 4 && uint64(len(c)) != 4*uint64(docs) {
			return nil, fmt.Errorf("%w: norms of %d bytes", ErrDamaged, len(c))
		}
		s.norms = append(s.norms, newNormValues(c, int(docs)))
	}
	if err := s.parseFields(fields); err != nil {
		return nil, err
	}
	return s, nil
}

// parseStored opens what all versions of the format have in common: ids and
// stored values. It also returns the section fields, whose form depends on the
// version.
func parseStored(data []byte, docs uint32, sections []section) (s *Segment, fields []byte, err error) {
	s = &Segment{data: data, docs: docs, sections: sections}
	s.refs.Store(1)
	fields = s.sectionBytes(kindFields, 0)
	if e := s.findSection(kindFields, 0); e == nil || checksum(fields) != e.checksum {
		return nil, nil, fmt.Errorf("%w: wrong checksum of its fields", ErrDamaged)
	}
	s.ids, s.stored, s.storedIndex = s.sectionBytes(kindIDs, 0), s.sectionBytes(kindStored, 0), s.sectionBytes(kindStoredIndex, 0)
	s.compressionDict = sync.OnceValue(s.readCompressionDict)
	s.loadChampions = sync.OnceValues(s.readChampionLists)
	if uint64(len(s.ids)) < 4*(uint64(docs)+1) || len(s.storedIndex)%storedEntrySize != 0 {
		return nil, nil, fmt.Errorf("%w: %d documents do not fit it", ErrDamaged, docs)
	}
	return s, fields, nil
}

// parseFields parses the section fields, and gives each field its sections.
func (s *Segment) parseFields(b []byte) error {
	r := byteReader{b: b}
	n := r.uvarint()
	if n > uint64(len(b)) { // a field takes some bytes
		return fmt.Errorf("%w: %d fields", ErrDamaged, n)
	}
	s.fields, s.byName = make([]field, n), make(map[string]int, n)
	for i := range s.fields {
		f := &s.fields[i]
		f.seg, f.name = s, string(r.bytes(r.uvarint()))
		f.options, f.terms = index.FieldIndexingOptions(r.uvarint()), r.uvarint()
		longest, normsIndex := r.uvarint(), r.uvarint()
		if r.failed || longest > uint64(len(s.data)) || normsIndex > uint64(len(s.norms)) {
			return fmt.Errorf("%w: field %d", ErrDamaged, i)
		}
		f.longestTerm, f.normsIndex = int(longest), int(normsIndex)-1
		s.byName[f.name] = i
	}
	if r.failed || len(s.fields) == 0 || s.fields[0].name != idField {
		return fmt.Errorf("%w: fields", ErrDamaged)
	}
	for i := range s.sections {
		switch e := &s.sections[i]; {
		case int64(e.number) >= int64(len(s.fields)):
		case e.kind == kindPostings:
			s.fields[e.number].postings = s.bytesOf(e)
		case e.kind == kindTermDictionary:
			s.fields[e.number].fst = s.bytesOf(e)
		case e.kind == kindOrdinals:
			s.fields[e.number].ordinals = s.bytesOf(e)
		case e.kind == kindNumeric:
			s.fields[e.number].numeric = s.bytesOf(e)
		}
	}
	for i := range s.fields {
		f := &s.fields[i]
		if f.ordinals != nil && !ordinalsFit(f.ordinals, s.docs) || f.numeric != nil && !numericFits(f.numeric, s.docs) {
			return fmt.Errorf("%w: doc values of field %s", ErrDamaged, f.name)
		}
		if f.terms == 0 {
			continue
		}
		if f.fst == nil || len(f.postings) < packPadding || f.normsIndex < 0 {
			return fmt.Errorf("%w: field %s lacks its postings", ErrDamaged, f.name)
		}
	}
	return nil
}

// findSection returns a section by kind and number, nil if there is none.
func (s *Segment) findSection(k kind, number uint32) *section {
	for i := range s.sections {
		if e := &s.sections[i]; e.kind == k && e.number == number {
			return e
		}
	}
	return nil
}

// sectionBytes returns the bytes of a section, nil if there is none.
func (s *Segment) sectionBytes(k kind, number uint32) []byte {
	e := s.findSection(k, number)
	if e == nil {
		return nil
	}
	return s.bytesOf(e)
}

func (s *Segment) bytesOf(e *section) []byte {
	return s.data[e.offset : e.offset+e.length : e.offset+e.length]
}

// DropPages gives the memory of the mapped file back to the system. It is for who has
// read much of it, here and there, and doesn't soon again. What is read comes from the
// file again.
func (s *Segment) DropPages() { s.dropPages(s.data) }

// Verify verifies the checksums of all sections. It reads the whole file.
func (s *Segment) Verify() error {
	for i := range s.sections {
		e := &s.sections[i]
		if checksum(s.bytesOf(e)) == e.checksum {
			continue
		}
		where := ""
		switch e.kind {
		case kindPostings, kindTermDictionary, kindOrdinals, kindNumeric:
			if int(e.number) < len(s.fields) {
				where = " of field " + s.fields[e.number].name
			}
		}
		return fmt.Errorf("%w: wrong checksum of its %s%s", ErrDamaged, e.kind, where)
	}
	return nil
}

// Count returns the number of documents, deleted ones included.
func (s *Segment) Count() uint64 { return uint64(s.docs) }

// Fields returns the names of all fields: _id, then the others in order.
func (s *Segment) Fields() []string {
	names := make([]string, len(s.fields))
	for i := range s.fields {
		names[i] = s.fields[i].name
	}
	slices.Sort(names[1:])
	return names
}

// DocID returns the id of a document, nil if there is no such document.
func (s *Segment) DocID(num uint64) ([]byte, error) {
	if num >= uint64(s.docs) {
		return nil, nil
	}
	if err := s.verifyBytes(s.ids[4*num : 4*num+8]); err != nil {
		return nil, err
	}
	from := uint64(binary.LittleEndian.Uint32(s.ids[4*num:]))
	to := uint64(binary.LittleEndian.Uint32(s.ids[4*num+4:]))
	allIDs := s.ids[4*(uint64(s.docs)+1):]
	if from > to || to > uint64(len(allIDs)) {
		return nil, fmt.Errorf("%w: id of document %d", ErrDamaged, num)
	}
	return allIDs[from:to:to], s.verifyBytes(allIDs[from:to])
}

// TouchID reads where the id of a document is, and nothing else. Who reads some ids calls
// it for each first: then the processor fetches them from memory at the same time, and
// DocID does not wait for each.
func (s *Segment) TouchID(doc uint32) uint64 {
	at := 4 * uint64(doc)
	if at+8 > uint64(len(s.ids)) {
		return 0
	}
	return uint64(binary.LittleEndian.Uint32(s.ids[at:]))
}

// DocNumbers returns the documents that have one of the ids.
func (s *Segment) DocNumbers(ids []string) (*roaring.Bitmap, error) {
	set := roaring.New()
	var docs [BlockSize]uint32
	for _, id := range ids {
		list, ok, err := s.Postings(idField, id)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		for n := list.NextBlock(&docs, nil); n > 0; n = list.NextBlock(&docs, nil) {
			set.AddMany(docs[:n])
		}
		if err := list.Err(); err != nil {
			return nil, err
		}
	}
	return set, nil
}

// Size returns the memory held in bytes, without the pages of a mapped file.
func (s *Segment) Size() int {
	n := int(unsafe.Sizeof(*s)) + len(s.sections)*int(unsafe.Sizeof(section{})) + len(s.fields)*int(unsafe.Sizeof(field{}))
	if s.mapping == nil {
		n += len(s.data)
	}
	return n
}

// AddRef adds a holder.
func (s *Segment) AddRef() { s.refs.Add(1) }

// DecRef removes a holder. The last one closes the file.
func (s *Segment) DecRef() error {
	if s.refs.Add(-1) != 0 || s.file == nil {
		return nil
	}
	err := s.mapping.Unmap()
	if e := s.file.Close(); err == nil {
		err = e
	}
	return err
}

// Close is DecRef. A segment is made with one holder.
func (s *Segment) Close() error { return s.DecRef() }

// BytesRead is part of scorch's interface. It returns 0, as the bytes read
// from a mapped file are not known.
func (s *Segment) BytesRead() uint64 { return 0 }

// ResetBytesRead does nothing; see BytesRead.
func (s *Segment) ResetBytesRead(uint64) {}

// BytesWritten returns the size of a segment that was made in memory.
func (s *Segment) BytesWritten() uint64 {
	if s.mapping != nil {
		return 0
	}
	return uint64(len(s.data))
}
