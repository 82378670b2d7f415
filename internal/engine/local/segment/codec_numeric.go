package segment

import (
	"encoding/binary"
	"fmt"
	"math"
	"unsafe"

	index "github.com/blevesearch/bleve_index_api"
)

// NumericField is a field of a document that has a number instead of terms,
// such as a time. A segment keeps numeric doc values of it and, if the field
// is indexed, the order of documents by value. If a document has the field
// more than once, the last value counts.
type NumericField interface {
	index.Field
	NumericValue() int64
}

// MissingValue is the numeric value of a document that does not have the
// field.
const MissingValue = math.MinInt64

// NumericValues returns the value of a field for each document, MissingValue
// for none. It returns nil if no document of the segment has the field. The
// values are not verified: the caller hands those that it reads to
// VerifyNumericValues first. It must not change them.
func (s *Segment) NumericValues(name string) []int64 {
	i, ok := s.byName[name]
	if !ok || s.fields[i].numeric == nil {
		return nil
	}
	return int64s(s.fields[i].numeric[:8*int(s.docs)])
}

// VerifyNumericValues verifies a part of what NumericValues returned.
func (s *Segment) VerifyNumericValues(n []int64) error {
	if len(n) == 0 {
		return nil
	}
	return s.verifyBytes(unsafe.Slice((*byte)(unsafe.Pointer(&n[0])), 8*len(n)))
}

// NumericOrder returns the documents that have a value in an indexed field,
// ordered by value and then by document. The caller must not change it.
func (s *Segment) NumericOrder(name string) ([]uint32, error) {
	i, ok := s.byName[name]
	if !ok || s.fields[i].numeric == nil {
		return nil, nil
	}
	f := &s.fields[i]
	return f.numericOrder.get(func() ([]uint32, error) { return s.readNumericOrder(f) })
}

// readNumericOrder reads what NumericOrder returns, once.
func (s *Segment) readNumericOrder(f *field) ([]uint32, error) {
	if err := s.verifyBytes(f.numeric); err != nil {
		return nil, err
	}
	order := uint32s(f.numeric[8*int(s.docs):])
	for _, doc := range order {
		if doc >= s.docs {
			return nil, fmt.Errorf("%w: order of field %s", ErrDamaged, f.name)
		}
	}
	return order, nil
}

// numericFits reports whether a section of numeric values has a possible
// length.
func numericFits(b []byte, docs uint32) bool {
	n := uint64(len(b))
	return n >= 8*uint64(docs) && n <= 12*uint64(docs) && n%4 == 0
}

// writeNumeric writes the numeric values of a field.
func writeNumeric(w *writer, field int, values []int64, options index.FieldIndexingOptions) {
	var order []uint32
	if options.IsIndexed() {
		order = docsByValue(values)
	}
	w.beginSection(kindNumeric, uint32(field))
	b := make([]byte, 0, 8*len(values)+4*len(order))
	for _, v := range values {
		b = binary.LittleEndian.AppendUint64(b, uint64(v))
	}
	for _, doc := range order {
		b = binary.LittleEndian.AppendUint32(b, doc)
	}
	w.write(b)
}

// valueOf is the value of a document, as a number that sorts as it does.
type valueOf struct {
	value uint64
	doc   uint32
}

// docsByValue returns the documents that have a value, ordered by value. They are sorted
// byte by byte, from the last one on, by those in which any two differ: of times, half.
func docsByValue(values []int64) []uint32 {
	all, differ := make([]valueOf, 0, len(values)), uint64(0)
	for doc, v := range values {
		if v != MissingValue {
			all = append(all, valueOf{uint64(v) ^ 1<<63, uint32(doc)})
			differ |= all[0].value ^ all[len(all)-1].value
		}
	}
	other := make([]valueOf, len(all))
	for shift := 0; shift < 64; shift += 8 {
		if differ>>shift&0xff != 0 {
			sortByByte(other, all, shift)
			all, other = other, all
		}
	}
	order := make([]uint32, len(all))
	for i := range all {
		order[i] = all[i].doc
	}
	return order
}

// sortByByte puts values into dst in the order of the byte that starts at a bit. Those in
// which it is the same keep their order.
func sortByByte(dst, values []valueOf, shift int) {
	var next [256]int
	for i := range values {
		next[byte(values[i].value>>shift)]++
	}
	sum := 0
	for b, n := range next {
		next[b] = sum
		sum += n
	}
	for i := range values {
		b := byte(values[i].value >> shift)
		dst[next[b]] = values[i]
		next[b]++
	}
}
