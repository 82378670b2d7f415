package segment

import (
	"encoding/binary"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/RoaringBitmap/roaring/v2"
	index "github.com/blevesearch/bleve_index_api"
	"github.com/blevesearch/mmap-go"
	api "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum"
)

// idField is bleve's field of ids; it is field 0.
const idField = "_id"

// Segment reads a segment, in memory or mapped from a file. It is safe for
// concurrent use until it is closed; what it returns may lie in the mapped
// file and is valid as long.
type Segment struct {
	data     []byte
	docs     uint32
	sections []section
	fields   []field
	byName   map[string]int
	norms    []normValues
	verifier *pageVerifier // nil when in memory

	ids             []byte // section
	stored          []byte // section
	storedIndex     []byte // section
	compressionDict func() []byte
	storedReaders   sync.Pool // of *storedBlocks
	lastNormSum     atomic.Pointer[normSum]
	mapping         mmap.MMap
	file            *os.File
	refs            atomic.Int64
}

// field is what a segment knows of a field.
type field struct {
	seg              *Segment
	name             string
	options          index.FieldIndexingOptions
	terms            uint64
	longest          int // length of its longest term
	normsIndex       int // -1 for none
	postings         []byte
	fst              []byte
	ordinals         []byte // column of doc values, nil for none
	numeric          []byte // column of numbers, nil for none
	loadFST          func() (*vellum.FST, error)
	loadTerms        func() ([][]byte, error)
	loadNumericOrder func() ([]uint32, error)
}

var _ api.Segment = (*Segment)(nil)

// Unwrap returns the segment behind what scorch holds, if it is one of this format.
func Unwrap(s api.Segment) (*Segment, bool) {
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

// parse reads the directories of a segment.
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
			return nil, fmt.Errorf("%w: a column of %d bytes", ErrDamaged, len(c))
		}
		s.norms = append(s.norms, newNormValues(c, int(docs)))
	}
	if err := s.parseFields(fields); err != nil {
		return nil, err
	}
	return s, nil
}

// parseStored reads the directories of what all versions of the format have
// alike: ids and stored values. It returns the section of fields, too.
func parseStored(data []byte, docs uint32, sections []section) (s *Segment, fields []byte, err error) {
	s = &Segment{data: data, docs: docs, sections: sections, byName: map[string]int{}}
	s.refs.Store(1)
	fields = s.sectionBytes(kindFields, 0)
	if e := s.findSection(kindFields, 0); e == nil || checksum(fields) != e.checksum {
		return nil, nil, fmt.Errorf("%w: wrong sum of its fields", ErrDamaged)
	}
	s.ids, s.stored, s.storedIndex = s.sectionBytes(kindIDs, 0), s.sectionBytes(kindStored, 0), s.sectionBytes(kindStoredIndex, 0)
	s.compressionDict = sync.OnceValue(s.readCompressionDict)
	if uint64(len(s.ids)) < 4*(uint64(docs)+1) || len(s.storedIndex)%storedEntrySize != 0 {
		return nil, nil, fmt.Errorf("%w: %d documents do not fit it", ErrDamaged, docs)
	}
	return s, fields, nil
}

func (s *Segment) parseFields(b []byte) error {
	r := byteReader{b: b}
	n := r.uvarint()
	for i := range n {
		name := string(r.bytes(r.uvarint()))
		f := field{seg: s, name: name, options: index.FieldIndexingOptions(r.uvarint()), terms: r.uvarint()}
		longest, normsIndex := r.uvarint(), r.uvarint()
		if r.failed || longest > uint64(len(s.data)) || normsIndex > uint64(len(s.norms)) {
			return fmt.Errorf("%w: field %d", ErrDamaged, i)
		}
		f.longest, f.normsIndex = int(longest), int(normsIndex)-1
		s.byName[name] = len(s.fields)
		s.fields = append(s.fields, f)
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
		f.loadTerms = sync.OnceValues(func() ([][]byte, error) { return s.readTerms(f) })
		f.loadNumericOrder = sync.OnceValues(func() ([]uint32, error) { return s.readNumericOrder(f) })
		if f.ordinals != nil && !ordinalsFit(f.ordinals, s.docs) || f.numeric != nil && !numericFits(f.numeric, s.docs) {
			return fmt.Errorf("%w: column of field %s", ErrDamaged, f.name)
		}
		if f.terms == 0 {
			continue
		}
		if f.fst == nil || len(f.postings) < packPadding || f.normsIndex < 0 {
			return fmt.Errorf("%w: field %s lacks its postings", ErrDamaged, f.name)
		}
		f.loadFST = sync.OnceValues(func() (*vellum.FST, error) { return s.openFST(f) })
	}
	return nil
}

func (s *Segment) findSection(k kind, number uint32) *section {
	for i := range s.sections {
		if e := &s.sections[i]; e.kind == k && e.number == number {
			return e
		}
	}
	return nil
}

// sectionBytes returns the bytes of a section; nil if there is none.
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

// Verify checks the sums of all sections. It reads the whole file.
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
		return fmt.Errorf("%w: wrong sum of its %s%s", ErrDamaged, e.kind, where)
	}
	return nil
}

// Count returns the number of documents, deleted ones included.
func (s *Segment) Count() uint64 { return uint64(s.docs) }

// Fields returns the names of all fields, _id first, then in order.
func (s *Segment) Fields() []string {
	names := make([]string, len(s.fields))
	for i := range s.fields {
		names[i] = s.fields[i].name
	}
	return names
}

// DocID returns the id of a document, nil beyond the last one.
func (s *Segment) DocID(num uint64) ([]byte, error) {
	if num >= uint64(s.docs) {
		return nil, nil
	}
	if err := s.verifyBytes(s.ids[4*num : 4*num+8]); err != nil {
		return nil, err
	}
	from := uint64(binary.LittleEndian.Uint32(s.ids[4*num:]))
	to := uint64(binary.LittleEndian.Uint32(s.ids[4*num+4:]))
	all := s.ids[4*(uint64(s.docs)+1):]
	if from > to || to > uint64(len(all)) {
		return nil, fmt.Errorf("%w: id of document %d", ErrDamaged, num)
	}
	return all[from:to:to], s.verifyBytes(all[from:to])
}

// DocNumbers returns the documents with any of the ids.
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

// Norms returns the length of a field for each document, by number; nil for
// a field without terms. For a document that lacks the field it is 0, or that of
// another field, of those which share their lengths. The caller must not change
// it.
func (s *Segment) Norms(name string) ([]uint32, error) {
	i, ok := s.byName[name]
	if !ok || s.fields[i].normsIndex < 0 {
		return nil, nil
	}
	n := &s.norms[s.fields[i].normsIndex]
	return n.expanded(), s.verifyBytes(n.raw)
}

// norm returns the length of a field in a document that has it.
func (s *Segment) norm(f *field, doc uint32) (uint32, error) {
	n := &s.norms[f.normsIndex]
	if n.values == nil {
		return n.constant, s.verifyBytes(n.raw)
	}
	return n.values[doc], s.verifyBytes(n.raw[4*doc : 4*doc+4])
}

// DocFreq returns the number of documents with a term in a field, deleted
// ones included.
func (s *Segment) DocFreq(name, term string) (int, error) {
	i, ok := s.byName[name]
	if !ok {
		return 0, nil
	}
	value, ok, err := s.fields[i].termValue([]byte(term))
	if err != nil || !ok {
		return 0, err
	}
	n, err := s.docFreqOf(&s.fields[i], value)
	return int(n), err
}

// SumNorms adds up the lengths of a field in the documents with a term in
// another, deleted ones included. The last sum is kept, as always the same is
// asked for: a segment stays from one state of an index to the next.
func (s *Segment) SumNorms(name, termField, term string) (uint64, error) {
	key := normSumKey{name, termField, term}
	if t := s.lastNormSum.Load(); t != nil && t.normSumKey == key {
		return t.sum, nil
	}
	norms, err := s.Norms(name)
	if err != nil || norms == nil {
		return 0, err
	}
	list, ok, err := s.Postings(termField, term)
	if !ok || err != nil {
		return 0, err
	}
	t := &normSum{normSumKey: key}
	var docs [BlockSize]uint32
	for n := list.NextBlock(&docs, nil); n > 0; n = list.NextBlock(&docs, nil) {
		for _, doc := range docs[:n] {
			t.sum += uint64(norms[doc])
		}
	}
	if err := list.Err(); err != nil {
		return 0, err
	}
	s.lastNormSum.Store(t)
	return t.sum, nil
}

// lengthKey is what TotalLength was asked for, and totalLength what it told.
type (
	normSumKey struct{ name, termField, term string }
	normSum    struct {
		normSumKey
		sum uint64
	}
)

// Size is the memory held, in bytes; pages of a mapped file don't count.
func (s *Segment) Size() int {
	n := int(unsafe.Sizeof(*s)) + len(s.sections)*int(unsafe.Sizeof(section{})) + len(s.fields)*int(unsafe.Sizeof(field{}))
	if s.mapping == nil {
		n += len(s.data)
	}
	return n
}

// AddRef counts another holder.
func (s *Segment) AddRef() { s.refs.Add(1) }

// DecRef counts a holder less; the last one closes the file.
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

// Close is DecRef: a segment is made with one holder.
func (s *Segment) Close() error { return s.DecRef() }

// BytesRead and its like serve scorch's statistics of input and output, which
// have no meaning for mapped files.
func (s *Segment) BytesRead() uint64 { return 0 }

// ResetBytesRead does nothing; see BytesRead.
func (s *Segment) ResetBytesRead(uint64) {}

// BytesWritten is the size of a segment made in memory.
func (s *Segment) BytesWritten() uint64 {
	if s.mapping != nil {
		return 0
	}
	return uint64(len(s.data))
}

// normValues is a column of lengths.
type normValues struct {
	raw      []byte // section
	constant uint32
	values   []uint32 // nil when all are constant
	expanded func() []uint32
}

func newNormValues(b []byte, docs int) normValues {
	if len(b) == 4*docs {
		values := uint32s(b)
		return normValues{raw: b, values: values, expanded: func() []uint32 { return values }}
	}
	c := normValues{raw: b, constant: binary.LittleEndian.Uint32(b)}
	c.expanded = sync.OnceValue(func() []uint32 {
		values := make([]uint32, docs)
		for i := range values {
			values[i] = c.constant
		}
		return values
	})
	return c
}

// at returns the length of a document, which must be one of the segment.
func (c *normValues) at(doc uint32) uint32 {
	if c.values == nil {
		return c.constant
	}
	return c.values[doc]
}

// uint32s reads b as u32 in place where the machine's own integers are alike,
// else from a copy.
func uint32s(b []byte) []uint32 {
	n := len(b) / 4
	if n == 0 {
		return nil
	}
	p := unsafe.Pointer(unsafe.SliceData(b))
	if binary.NativeEndian.Uint16([]byte{1, 0}) == 1 && uintptr(p)%4 == 0 {
		return unsafe.Slice((*uint32)(p), n)
	}
	values := make([]uint32, n)
	for i := range values {
		values[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	return values
}

// uint16s reads b as u16; see uint32s.
func uint16s(b []byte) []uint16 {
	n := len(b) / 2
	if n == 0 {
		return nil
	}
	p := unsafe.Pointer(unsafe.SliceData(b))
	if binary.NativeEndian.Uint16([]byte{1, 0}) == 1 && uintptr(p)%2 == 0 {
		return unsafe.Slice((*uint16)(p), n)
	}
	values := make([]uint16, n)
	for i := range values {
		values[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return values
}

// int64s reads b as i64; see uint32s.
func int64s(b []byte) []int64 {
	n := len(b) / 8
	if n == 0 {
		return nil
	}
	p := unsafe.Pointer(unsafe.SliceData(b))
	if binary.NativeEndian.Uint16([]byte{1, 0}) == 1 && uintptr(p)%8 == 0 {
		return unsafe.Slice((*int64)(p), n)
	}
	values := make([]int64, n)
	for i := range values {
		values[i] = int64(binary.LittleEndian.Uint64(b[8*i:]))
	}
	return values
}

// byteReader reads integers off bytes. After the end, or an integer that is none,
// it is bad and returns zeroes.
type byteReader struct {
	b      []byte
	failed bool
}

func (r *byteReader) uvarint() uint64 {
	v, n := binary.Uvarint(r.b)
	if n <= 0 {
		r.failed, r.b = true, nil
		return 0
	}
	r.b = r.b[n:]
	return v
}

func (r *byteReader) bytes(n uint64) []byte {
	if n > uint64(len(r.b)) {
		r.failed, r.b = true, nil
		return nil
	}
	p := r.b[:n:n]
	r.b = r.b[n:]
	return p
}
