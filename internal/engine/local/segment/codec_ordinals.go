package segment

import (
	"encoding/binary"
	"math"
	"math/bits"
	"slices"
)

// Ordinals are doc values of a field with terms: for each document the
// ordinals of its terms. An ordinal is the index of a term in the sorted terms
// of the field; see [Segment.Terms]. Most documents have at most one term in
// most fields. So every document has a first entry, and the few further
// entries are kept apart.
type Ordinals struct {
	terms        int
	width        int
	firstEntries []byte   // for each document 1 + its least ordinal, 0 for none
	moreDocs     []uint32 // the document of each further entry, ascending
	moreEntries  []byte   // these entries: 1 + ordinal, ascending for each document
}

// ordinalsHeaderSize is the size of u8 width of an entry, three zeroes, and
// u32 number of further entries.
const ordinalsHeaderSize = 8

// Ordinals returns the ordinals of a field that was indexed with doc values.
// ok is false if no document of the segment has a term in it.
func (s *Segment) Ordinals(name string) (v Ordinals, ok bool, err error) {
	i, ok := s.byName[name]
	if !ok || s.fields[i].ordinals == nil {
		return Ordinals{}, false, nil
	}
	f := &s.fields[i]
	if err := s.verifyBytes(f.ordinals); err != nil {
		return Ordinals{}, false, err
	}
	v = Ordinals{terms: int(f.terms), width: int(f.ordinals[0])}
	n := int(binary.LittleEndian.Uint32(f.ordinals[4:]))
	b := f.ordinals[ordinalsHeaderSize:]
	v.moreDocs, b = uint32s(b[:4*n]), b[4*n:]
	v.firstEntries, v.moreEntries = b[:v.width*int(s.docs)], b[v.width*int(s.docs):]
	return v, true, nil
}

// ordinalsFit reports whether a section of ordinals has a possible length and
// width.
func ordinalsFit(b []byte, docs uint32) bool {
	if len(b) < ordinalsHeaderSize || b[0] != 1 && b[0] != 2 && b[0] != 4 {
		return false
	}
	n := uint64(binary.LittleEndian.Uint32(b[4:]))
	return uint64(len(b)) == ordinalsHeaderSize+4*n+uint64(b[0])*(uint64(docs)+n)
}

// Len returns the number of terms of the field. All ordinals are below it.
func (v *Ordinals) Len() int { return v.terms }

// entryAt returns entry i of packed entries.
func (v *Ordinals) entryAt(entries []byte, i int) uint32 {
	switch v.width {
	case 1:
		return uint32(entries[i])
	case 2:
		return uint32(binary.LittleEndian.Uint16(entries[2*i:]))
	default:
		return binary.LittleEndian.Uint32(entries[4*i:])
	}
}

// Append appends the ordinals of a document to dst, ascending. The document
// must be one of the segment.
func (v *Ordinals) Append(dst []uint32, doc uint32) []uint32 {
	add := func(e uint32) {
		if e > 0 && int(e) <= v.terms {
			dst = append(dst, e-1)
		}
	}
	add(v.entryAt(v.firstEntries, int(doc)))
	at, _ := slices.BinarySearch(v.moreDocs, doc)
	for ; at < len(v.moreDocs) && v.moreDocs[at] == doc; at++ {
		add(v.entryAt(v.moreEntries, at))
	}
	return dst
}

// appendNext is Append for who goes over the documents in order: further is the number of
// further entries of the documents before. It returns that with those of this one.
func (v *Ordinals) appendNext(dst []uint32, doc uint32, further int) ([]uint32, int) {
	add := func(e uint32) {
		if e > 0 && int(e) <= v.terms {
			dst = append(dst, e-1)
		}
	}
	add(v.entryAt(v.firstEntries, int(doc)))
	for ; further < len(v.moreDocs) && v.moreDocs[further] <= doc; further++ {
		add(v.entryAt(v.moreEntries, further))
	}
	return dst, further
}

// First returns the first ordinal that Append appends for a document; false where it
// appends none.
func (v *Ordinals) First(doc uint32) (ordinal uint32, ok bool) {
	if e := v.entryAt(v.firstEntries, int(doc)); e > 0 && int(e) <= v.terms {
		return e - 1, true
	}
	at, _ := slices.BinarySearch(v.moreDocs, doc)
	for ; at < len(v.moreDocs) && v.moreDocs[at] == doc; at++ {
		if e := v.entryAt(v.moreEntries, at); e > 0 && int(e) <= v.terms {
			return e - 1, true
		}
	}
	return 0, false
}

// Count counts documents by ordinal. It looks at the documents whose bits are
// set in words, which has a word for each 64 documents of the segment, and
// adds to counts, which has Len entries.
func (v *Ordinals) Count(words []uint64, counts []int) {
	var entryCounts []uint32
	switch v.width {
	case 1:
		entryCounts = countOrdinals(v.terms, words, v.firstEntries, v.moreDocs, v.moreEntries)
	case 2:
		entryCounts = countOrdinals(v.terms, words, uint16s(v.firstEntries), v.moreDocs, uint16s(v.moreEntries))
	default:
		entryCounts = countOrdinals(v.terms, words, uint32s(v.firstEntries), v.moreDocs, uint32s(v.moreEntries))
	}
	for i := range counts {
		counts[i] += int(entryCounts[i+1])
	}
}

// lookupRatio decides how further entries are counted: if there are more than
// lookupRatio of them for each document that is counted, those of each
// document are looked up, else all of them are read.
const lookupRatio = 16

// countOrdinals counts the entries of documents whose bits are set in words.
// The answer is indexed by entry, so that entry 0 is for no term.
func countOrdinals[T uint8 | uint16 | uint32](terms int, words []uint64, firstEntries []T, moreDocs []uint32, moreEntries []T) []uint32 {
	// The last counter takes damaged entries. Neighbours often have the same
	// term, and adding to a counter has to wait for the addition before: so every
	// second document is counted in other counters.
	counts, otherCounts := make([]uint32, terms+2), make([]uint32, terms+2)
	noTerm := uint(terms + 1)
	numDocs := 0
	for w, word := range words {
		n := bits.OnesCount64(word)
		numDocs += n
		for ; n >= 2; n -= 2 {
			a := w*64 + bits.TrailingZeros64(word)
			word &= word - 1
			b := w*64 + bits.TrailingZeros64(word)
			word &= word - 1
			if b < len(firstEntries) {
				counts[min(uint(firstEntries[a]), noTerm)]++
				otherCounts[min(uint(firstEntries[b]), noTerm)]++
			}
		}
		if n > 0 {
			if a := w*64 + bits.TrailingZeros64(word); a < len(firstEntries) {
				counts[min(uint(firstEntries[a]), noTerm)]++
			}
		}
	}
	for i, n := range otherCounts {
		counts[i] += n
	}
	if numDocs*lookupRatio > len(moreDocs) {
		// Documents that are not counted add to many spare counters, for the
		// same reason.
		const spillSlots = 16
		spilled := append(counts, make([]uint32, spillSlots)...)
		for i, doc := range moreDocs {
			if w := uint(doc / 64); w < uint(len(words)) {
				isSet := uint(words[w] >> (doc % 64) & 1)
				spilled[isSet*min(uint(moreEntries[i]), noTerm)+(1-isSet)*(noTerm+1+uint(i%spillSlots))]++
			}
		}
		return spilled[:len(counts)]
	}
	for w, word := range words {
		for ; word != 0; word &= word - 1 {
			doc := uint32(w*64 + bits.TrailingZeros64(word))
			at, _ := slices.BinarySearch(moreDocs, doc)
			for ; at < len(moreDocs) && moreDocs[at] == doc; at++ {
				counts[min(uint(moreEntries[at]), noTerm)]++
			}
		}
	}
	return counts
}

// ordinalsWriter writes the ordinals of a field: addDoc for each document in
// order, then write.
type ordinalsWriter struct {
	firstEntries []uint32
	moreDocs     []uint32
	moreEntries  []uint32
}

// addDoc takes in the ordinals of the next document, ascending.
func (c *ordinalsWriter) addDoc(ords []uint32) {
	doc := uint32(len(c.firstEntries))
	if len(ords) == 0 {
		c.firstEntries = append(c.firstEntries, 0)
		return
	}
	c.firstEntries = append(c.firstEntries, ords[0]+1)
	for _, ord := range ords[1:] {
		c.moreDocs, c.moreEntries = append(c.moreDocs, doc), append(c.moreEntries, ord+1)
	}
}

// write writes the section of a field that has so many terms.
func (c *ordinalsWriter) write(w *writer, field int, terms uint64) {
	width := 4
	switch {
	case terms <= math.MaxUint8:
		width = 1
	case terms <= math.MaxUint16:
		width = 2
	}
	b := make([]byte, ordinalsHeaderSize, ordinalsHeaderSize+4*len(c.moreDocs)+width*(len(c.firstEntries)+len(c.moreEntries)))
	b[0] = byte(width)
	binary.LittleEndian.PutUint32(b[4:], uint32(len(c.moreDocs)))
	for _, doc := range c.moreDocs {
		b = binary.LittleEndian.AppendUint32(b, doc)
	}
	for _, entries := range [][]uint32{c.firstEntries, c.moreEntries} {
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
	w.beginSection(kindOrdinals, uint32(field))
	w.write(b)
}
