package segment

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"unsafe"

	index "github.com/blevesearch/bleve_index_api"
)

// NumberSource is a field of a document that has a number instead of terms,
// such as a time. A segment keeps it in a column, and, if the field is indexed,
// the order of documents by it. Of several in a document the last one counts.
type NumberSource interface {
	index.Field
	Number() int64
}

// NoNumber stands in a column for a document without the field.
const NoNumber = math.MinInt64

// Numbers returns the number that each document has in a field, NoNumber for
// none; nil where no document of the segment has the field. The caller must not
// change them, and lets CheckNumbers look at those that it reads.
func (s *Segment) Numbers(name string) []int64 {
	i, ok := s.byName[name]
	if !ok || s.fields[i].numbers == nil {
		return nil
	}
	return int64s(s.fields[i].numbers[:8*int(s.docs)])
}

// CheckNumbers holds a part of what Numbers returned to its sums.
func (s *Segment) CheckNumbers(n []int64) error {
	if len(n) == 0 {
		return nil
	}
	return s.touch(unsafe.Slice((*byte)(unsafe.Pointer(&n[0])), 8*len(n)))
}

// NumberOrder lists the documents that have a number in an indexed field by it,
// least first; equal ones by document. The caller must not change it.
func (s *Segment) NumberOrder(name string) ([]uint32, error) {
	i, ok := s.byName[name]
	if !ok || s.fields[i].numbers == nil {
		return nil, nil
	}
	return s.fields[i].loadOrder()
}

func (s *Segment) readOrder(f *field) ([]uint32, error) {
	if err := s.touch(f.numbers); err != nil {
		return nil, err
	}
	order := uint32s(f.numbers[8*int(s.docs):])
	for _, doc := range order {
		if doc >= s.docs {
			return nil, fmt.Errorf("%w: order of field %s", ErrDamaged, f.name)
		}
	}
	return order, nil
}

// numbersFit reports whether a section of numbers has a possible length.
func numbersFit(b []byte, docs uint32) bool {
	n := uint64(len(b))
	return n >= 8*uint64(docs) && n <= 12*uint64(docs) && n%4 == 0
}

// writeNumbers writes the column of a field.
func writeNumbers(w *writer, field int, of []int64, options index.FieldIndexingOptions) {
	var order []uint32
	if options.IsIndexed() {
		order = orderOf(of)
	}
	w.begin(kindNumbers, uint32(field))
	b := make([]byte, 0, 8*len(of)+4*len(order))
	for _, v := range of {
		b = binary.LittleEndian.AppendUint64(b, uint64(v))
	}
	for _, doc := range order {
		b = binary.LittleEndian.AppendUint32(b, doc)
	}
	w.write(b)
}

// orderOf lists the documents that have a number by it.
func orderOf(of []int64) []uint32 {
	order := make([]uint32, 0, len(of))
	for doc, v := range of {
		if v != NoNumber {
			order = append(order, uint32(doc))
		}
	}
	slices.SortFunc(order, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(of[a], of[b]), cmp.Compare(a, b))
	})
	return order
}

// Values is a column of the terms that documents have in a field, as ordinals:
// places in the sorted list of the field's terms.
type Values struct {
	terms  int
	width  int
	starts []uint32 // nil where no document has several
	data   []byte
}

// valuesHeader is u8 whether documents have several, u8 width, six zeroes.
const valuesHeader = 8

// Values returns the column of a field that was indexed with doc values; ok is
// false where no document of the segment has a term in it.
func (s *Segment) Values(name string) (v Values, ok bool, err error) {
	i, ok := s.byName[name]
	if !ok || s.fields[i].values == nil {
		return Values{}, false, nil
	}
	f := &s.fields[i]
	if err := s.touch(f.values); err != nil {
		return Values{}, false, err
	}
	v = Values{terms: int(f.terms), width: int(f.values[1]), data: f.values[valuesHeader:]}
	if f.values[0] != 0 {
		n := 4 * (int(s.docs) + 1)
		v.starts, v.data = uint32s(v.data[:n]), v.data[n:]
	}
	return v, true, nil
}

// valuesFit reports whether a section of values has a possible form.
func valuesFit(b []byte, docs uint32) bool {
	if len(b) < valuesHeader || b[1] != 1 && b[1] != 2 && b[1] != 4 {
		return false
	}
	rest := uint64(len(b) - valuesHeader)
	if b[0] == 0 {
		return rest >= uint64(docs)*uint64(b[1])
	}
	return rest >= 4*(uint64(docs)+1)
}

// Len returns the number of ordinals: those of documents lie below it.
func (v *Values) Len() int { return v.terms }

// at returns entry i of the data, 0 beyond its end.
func (v *Values) at(i uint32) uint32 {
	from := int(i) * v.width
	if from+v.width > len(v.data) {
		return 0
	}
	switch b := v.data[from:]; v.width {
	case 1:
		return uint32(b[0])
	case 2:
		return uint32(binary.LittleEndian.Uint16(b))
	default:
		return binary.LittleEndian.Uint32(b)
	}
}

// Append appends the ordinals of a document, which must be one of the segment,
// to dst, ascending.
func (v *Values) Append(dst []uint32, doc uint32) []uint32 {
	add := func(i uint32) {
		if ord := v.at(i); ord > 0 && int(ord) <= v.terms {
			dst = append(dst, ord-1)
		}
	}
	if v.starts == nil {
		add(doc)
		return dst
	}
	to := min(v.starts[doc+1], uint32(len(v.data)/v.width))
	for i := v.starts[doc]; i < to; i++ {
		add(i)
	}
	return dst
}

// Count adds to counts, which has Len entries, how many documents have each
// ordinal, of those whose bits are set in words.
func (v *Values) Count(words []uint64, counts []int) {
	// Entry 0 is that of no term, and the last takes those that are none.
	by := make([]uint32, v.terms+2)
	switch v.width {
	case 1:
		countValues(by, words, v.starts, v.data)
	case 2:
		countValues(by, words, v.starts, uint16s(v.data))
	default:
		countValues(by, words, v.starts, uint32s(v.data))
	}
	for i := range counts {
		counts[i] += int(by[i+1])
	}
}

// countValues adds to by the entries of documents whose bits are set in words.
func countValues[T uint8 | uint16 | uint32](by []uint32, words []uint64, starts []uint32, entries []T) {
	none := uint(len(by) - 1)
	for w, word := range words {
		for ; word != 0; word &= word - 1 {
			doc := uint(w*64 + bits.TrailingZeros64(word))
			if starts == nil {
				if doc < uint(len(entries)) {
					by[min(uint(entries[doc]), none)]++
				}
				continue
			}
			if doc+1 >= uint(len(starts)) {
				return
			}
			from, to := uint(starts[doc]), min(uint(starts[doc+1]), uint(len(entries)))
			if from > to {
				continue
			}
			for _, e := range entries[from:to] {
				by[min(uint(e), none)]++
			}
		}
	}
}

// valuesWriter makes a column of values, a document after the other.
type valuesWriter struct {
	starts  []uint32 // of each document so far
	ords    []uint32
	several bool
}

// document appends the ordinals of the next document, ascending.
func (c *valuesWriter) document(ords []uint32) {
	c.starts = append(c.starts, uint32(len(c.ords)))
	c.ords = append(c.ords, ords...)
	c.several = c.several || len(ords) > 1
}

// write writes the column of a field with so many terms.
func (c *valuesWriter) write(w *writer, field int, terms uint64) {
	width := 4
	switch {
	case terms <= math.MaxUint8:
		width = 1
	case terms <= math.MaxUint16:
		width = 2
	}
	put := func(b []byte, ord uint32) []byte {
		switch width {
		case 1:
			return append(b, byte(ord))
		case 2:
			return binary.LittleEndian.AppendUint16(b, uint16(ord))
		}
		return binary.LittleEndian.AppendUint32(b, ord)
	}
	b := make([]byte, valuesHeader, valuesHeader+4*len(c.starts)+4+width*max(len(c.ords), len(c.starts)))
	b[1] = byte(width)
	if c.several {
		b[0] = 1
		for _, at := range c.starts {
			b = binary.LittleEndian.AppendUint32(b, at)
		}
		b = binary.LittleEndian.AppendUint32(b, uint32(len(c.ords)))
		for _, ord := range c.ords {
			b = put(b, ord+1)
		}
	} else {
		next := 0
		for i, at := range c.starts {
			end := len(c.ords)
			if i+1 < len(c.starts) {
				end = int(c.starts[i+1])
			}
			if end == int(at) {
				b = put(b, 0)
				continue
			}
			b = put(b, c.ords[next]+1)
			next++
		}
	}
	w.begin(kindValues, uint32(field))
	w.write(b)
}
