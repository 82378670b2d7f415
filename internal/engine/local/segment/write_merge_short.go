package segment

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
)

// Most terms have few postings. Where all lists of a term are short and stay so as one,
// their bytes follow each other, and only the first posting of each is written anew: it
// counts from the last one of the list before.

// shortList is a list of less than BlockSize postings, as it lies in its input.
type shortList struct {
	kind             locKind
	count            int
	maxFreq, minNorm uint32
	inlined          uint64 // the value of the term dictionary, for a list that is kept there
	tail             []byte // else: its postings, and what comes after them
}

// openShort opens the list of a cursor's term. ok is false where that is not short or has
// full locations, or is damaged: who reads it by blocks will find that, too.
func (m *merger) openShort(c *cursor) (l shortList, ok bool) {
	in, value := &m.inputs[c.input], c.terms.value
	if value&1 != 0 {
		if value>>5 >= uint64(in.docs) {
			return l, false
		}
		l.inlined, l.count, l.maxFreq = value, 1, uint32(value>>1&(inlineFreqLimit-1))
		l.minNorm = in.norms[c.field.normsIndex].at(uint32(value >> 5))
		return l, true
	}
	if value >>= 1; value >= uint64(len(c.field.postings)) {
		return l, false
	}
	r := byteReader{b: c.field.postings[value:]}
	l.kind = locKind(r.bytes(1)[0])
	count := r.uvarint()
	if l.kind > locPositions || count == 0 || count >= BlockSize {
		return l, false
	}
	maxFreq, minNorm := r.uvarint(), r.uvarint()
	l.count, l.maxFreq, l.minNorm, l.tail = int(count), uint32(maxFreq), uint32(minNorm), r.b
	return l, !r.failed && maxFreq <= math.MaxUint32 && minNorm <= math.MaxUint32
}

// mergeShort merges the lists of a term, at which all of the cursors stand, if they are
// short as one. It does what is done by blocks otherwise. It returns the value of the new
// list in the term dictionary.
func (m *merger) mergeShort(fw *fieldWriter, cursors []*cursor) (value uint64, ok bool, err error) {
	all := shortList{minNorm: math.MaxUint32}
	m.short = m.short[:0]
	for i, c := range cursors {
		l, ok := m.openShort(c)
		if !ok || !m.inputs[c.input].keepsAll || i > 0 && l.kind != all.kind || all.count+l.count >= BlockSize {
			return 0, false, nil
		}
		all.kind, all.count = l.kind, all.count+l.count
		all.maxFreq, all.minNorm = max(all.maxFreq, l.maxFreq), min(all.minNorm, l.minNorm)
		m.short = append(m.short, l)
	}
	e := &fw.encoder
	e.begin(all.kind)
	e.count = all.count
	if first := m.short[0].inlined; all.count == 1 && first != 0 {
		doc := m.newDocs[cursors[0].input][first>>5]
		return doc<<5 | first&(1<<5-1), true, nil
	}
	before := uint64(math.MaxUint64) // the last document written
	for i, c := range cursors {
		if before, err = m.appendShort(e, &m.short[i], c, before); err != nil {
			return 0, false, err
		}
	}
	value = fw.w.sectionOffset() << 1
	e.header = append(e.header, byte(all.kind))
	e.header = binary.AppendUvarint(e.header, uint64(all.count))
	e.header = binary.AppendUvarint(e.header, uint64(all.maxFreq))
	e.header = binary.AppendUvarint(e.header, uint64(all.minNorm))
	fw.w.write(e.header)
	fw.w.write(e.blockData)
	fw.w.write(e.locData)
	return value, true, fw.w.err
}

// appendShort appends the postings and positions of a list to those of e. before is the
// document before, and the last one of the list is returned.
func (m *merger) appendShort(e *postingsEncoder, l *shortList, c *cursor, before uint64) (last uint64, err error) {
	in := &m.inputs[c.input]
	base := m.newDocs[c.input][0]
	if l.inlined != 0 {
		last = base + l.inlined>>5
		e.blockData = appendTailPosting(e.blockData, last-before-1, uint64(l.maxFreq))
		return last, nil
	}
	damaged := func() (uint64, error) { return 0, fmt.Errorf("%w: a list in field %s", ErrDamaged, c.field.name) }
	tail, offset, rest := l.tail, 0, 0 // behind the first posting
	doc, positions := uint64(math.MaxUint64), uint64(0)
	for i := range l.count {
		v, size := shortUvarint(tail, offset)
		freq := uint64(1)
		if offset += size; size > 0 && v&1 == 0 {
			freq, size = shortUvarint(tail, offset)
			offset += size
		}
		if doc += v>>1 + 1; size <= 0 || doc >= uint64(in.docs) || freq > math.MaxUint32 {
			return damaged()
		}
		if positions += freq; i == 0 {
			e.blockData, rest = appendTailPosting(e.blockData, base+doc-before-1, freq), offset
		}
	}
	e.blockData = append(e.blockData, tail[rest:offset]...)
	if l.kind == locPositions {
		size, ok := uvarintsSize(tail[offset:], positions)
		if !ok {
			return damaged()
		}
		e.locData = append(e.locData, tail[offset:offset+size]...)
	}
	return base + doc, nil
}

// shortUvarint returns the uvarint at an offset, and its size; 0 or less if there is none.
func shortUvarint(b []byte, offset int) (v uint64, size int) {
	if offset < len(b) && b[offset] < 0x80 { // most are of one byte
		return uint64(b[offset]), 1
	}
	return binary.Uvarint(b[min(offset, len(b)):])
}

// uvarintsSize returns the size of so many uvarints at the beginning of b. ok is false if
// b ends before.
func uvarintsSize(b []byte, n uint64) (size int, ok bool) {
	const continues = 0x8080808080808080 // the bits that bytes have but for the last ones of a uvarint
	for n >= 8 && len(b)-size >= 8 {
		n -= uint64(bits.OnesCount64(^binary.LittleEndian.Uint64(b[size:]) & continues))
		size += 8
	}
	for ; n > 0; size++ {
		if size >= len(b) {
			return 0, false
		}
		n -= uint64(b[size]>>7 ^ 1)
	}
	return size, true
}

// appendTailPosting appends a posting of a tail block. delta is the distance from the
// document before, less 1.
func appendTailPosting(dst []byte, delta, freq uint64) []byte {
	if freq == 1 {
		return binary.AppendUvarint(dst, delta<<1|1)
	}
	return binary.AppendUvarint(binary.AppendUvarint(dst, delta<<1), freq)
}
