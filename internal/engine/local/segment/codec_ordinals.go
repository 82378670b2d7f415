package segment

import (
	"encoding/binary"
	"math"
	"math/bits"
	"slices"
)

// Values is a column of the terms that documents have in a field, as ordinals:
// places in the sorted list of the field's terms. Most documents have one in
// most fields, so each has room for one, and what others have beside stands
// behind.
type Values struct {
	terms int
	width int
	first []byte   // an entry for each document: 1 + its least ordinal, 0 for none
	docs  []uint32 // the document of each further entry, ascending
	more  []byte   // these entries, ascending for each document
}

// valuesHeader is u8 width of an entry, three zeroes, u32 further entries.
const valuesHeader = 8

// Values returns the column of a field that was indexed with doc values; ok is
// false where no document of the segment has a term in it.
func (s *Segment) Values(name string) (v Values, ok bool, err error) {
	i, ok := s.byName[name]
	if !ok || s.fields[i].values == nil {
		return Values{}, false, nil
	}
	f := &s.fields[i]
	if err := s.verifyBytes(f.values); err != nil {
		return Values{}, false, err
	}
	v = Values{terms: int(f.terms), width: int(f.values[0])}
	n := int(binary.LittleEndian.Uint32(f.values[4:]))
	b := f.values[valuesHeader:]
	v.docs, b = uint32s(b[:4*n]), b[4*n:]
	v.first, v.more = b[:v.width*int(s.docs)], b[v.width*int(s.docs):]
	return v, true, nil
}

// valuesFit reports whether a section of values has a possible form.
func valuesFit(b []byte, docs uint32) bool {
	if len(b) < valuesHeader || b[0] != 1 && b[0] != 2 && b[0] != 4 {
		return false
	}
	n := uint64(binary.LittleEndian.Uint32(b[4:]))
	return uint64(len(b)) == valuesHeader+4*n+uint64(b[0])*(uint64(docs)+n)
}

// Len returns the number of ordinals: those of documents lie below it.
func (v *Values) Len() int { return v.terms }

// entry returns one of the entries of a list.
func (v *Values) entry(of []byte, i int) uint32 {
	switch v.width {
	case 1:
		return uint32(of[i])
	case 2:
		return uint32(binary.LittleEndian.Uint16(of[2*i:]))
	default:
		return binary.LittleEndian.Uint32(of[4*i:])
	}
}

// Append appends the ordinals of a document, which must be one of the segment,
// to dst, ascending.
func (v *Values) Append(dst []uint32, doc uint32) []uint32 {
	add := func(e uint32) {
		if e > 0 && int(e) <= v.terms {
			dst = append(dst, e-1)
		}
	}
	add(v.entry(v.first, int(doc)))
	at, _ := slices.BinarySearch(v.docs, doc)
	for ; at < len(v.docs) && v.docs[at] == doc; at++ {
		add(v.entry(v.more, at))
	}
	return dst
}

// Count adds to counts, which has Len entries, how many documents have each
// ordinal, of those whose bits are set in words, of which there is one for each
// 64 documents of the segment.
func (v *Values) Count(words []uint64, counts []int) {
	var by []uint32
	switch v.width {
	case 1:
		by = countValues(v.terms, words, v.first, v.docs, v.more)
	case 2:
		by = countValues(v.terms, words, uint16s(v.first), v.docs, uint16s(v.more))
	default:
		by = countValues(v.terms, words, uint32s(v.first), v.docs, uint32s(v.more))
	}
	for i := range counts {
		counts[i] += int(by[i+1])
	}
}

// fewDocs is how many times more further entries there must be than documents
// for these to be looked up one by one.
const fewDocs = 16

// countValues counts the entries of documents whose bits are set in words, by
// entry: 0 is that of no term.
func countValues[T uint8 | uint16 | uint32](terms int, words []uint64, first []T, docs []uint32, more []T) []uint32 {
	// The last takes those that are no terms. Neighbours often have the same
	// value, and adding to one place has to wait for the time before: so every
	// second one is counted aside.
	by, aside := make([]uint32, terms+2), make([]uint32, terms+2)
	none := uint(terms + 1)
	found := 0
	for w, word := range words {
		n := bits.OnesCount64(word)
		found += n
		for ; n >= 2; n -= 2 {
			a := w*64 + bits.TrailingZeros64(word)
			word &= word - 1
			b := w*64 + bits.TrailingZeros64(word)
			word &= word - 1
			if b < len(first) {
				by[min(uint(first[a]), none)]++
				aside[min(uint(first[b]), none)]++
			}
		}
		if n > 0 {
			if a := w*64 + bits.TrailingZeros64(word); a < len(first) {
				by[min(uint(first[a]), none)]++
			}
		}
	}
	for i, n := range aside {
		by[i] += n
	}
	if found*fewDocs > len(docs) {
		// What is not counted falls to many places, for the same reason.
		const places = 16
		all := append(by, make([]uint32, places)...)
		for i, doc := range docs {
			if w := uint(doc / 64); w < uint(len(words)) {
				has := uint(words[w] >> (doc % 64) & 1)
				all[has*min(uint(more[i]), none)+(1-has)*(none+1+uint(i%places))]++
			}
		}
		return all[:len(by)]
	}
	for w, word := range words {
		for ; word != 0; word &= word - 1 {
			doc := uint32(w*64 + bits.TrailingZeros64(word))
			at, _ := slices.BinarySearch(docs, doc)
			for ; at < len(docs) && docs[at] == doc; at++ {
				by[min(uint(more[at]), none)]++
			}
		}
	}
	return by
}

// valuesWriter makes a column of values, a document after the other.
type valuesWriter struct {
	first []uint32 // entries
	docs  []uint32
	more  []uint32
}

// document appends the ordinals of the next document, ascending.
func (c *valuesWriter) document(ords []uint32) {
	doc := uint32(len(c.first))
	if len(ords) == 0 {
		c.first = append(c.first, 0)
		return
	}
	c.first = append(c.first, ords[0]+1)
	for _, ord := range ords[1:] {
		c.docs, c.more = append(c.docs, doc), append(c.more, ord+1)
	}
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
	b := make([]byte, valuesHeader, valuesHeader+4*len(c.docs)+width*(len(c.first)+len(c.more)))
	b[0] = byte(width)
	binary.LittleEndian.PutUint32(b[4:], uint32(len(c.docs)))
	for _, doc := range c.docs {
		b = binary.LittleEndian.AppendUint32(b, doc)
	}
	for _, entries := range [][]uint32{c.first, c.more} {
		for _, e := range entries {
			switch width {
			case 1:
				b = append(b, byte(e))
			case 2:
				b = binary.LittleEndian.AppendUint16(b, uint16(e))
			default:
				b = binary.LittleEndian.AppendUint32(b, e)
			}
		}
	}
	w.begin(kindValues, uint32(field))
	w.write(b)
}
