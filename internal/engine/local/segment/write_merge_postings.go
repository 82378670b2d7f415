package segment

import (
	"fmt"
	"slices"
)

// appendPostings appends the list of a cursor to e.
func (m *merger) appendPostings(e *postingsEncoder, number int, c *cursor) error {
	in, newDocs := &m.inputs[c.input], m.newDocs[c.input]
	norms := &in.norms[c.field.normsIndex]
	byBlock := e.kind == c.postings.kind && e.kind != locFull
	for n := c.postings.NextBlock(&m.docBlock, &m.freqBlock); n > 0; n = c.postings.NextBlock(&m.docBlock, &m.freqBlock) {
		if byBlock {
			if err := m.appendBlock(e, n, c, norms); err != nil {
				return err
			}
			continue
		}
		for i, doc := range m.docBlock[:n] {
			if newDocs[doc] == dropped {
				continue
			}
			e.addPosting(uint32(newDocs[doc]), m.freqBlock[i], norms.at(doc))
			if e.kind == locNone {
				continue
			}
			if err := m.appendLocations(e, number, in, c, i); err != nil {
				return err
			}
		}
	}
	return c.postings.err
}

// appendBlock appends the block last read of a list that keeps its kind of
// locations, which is not locFull. It does what appendPostings and
// appendLocations do posting by posting.
func (m *merger) appendBlock(e *postingsEncoder, n int, c *cursor, norms *normValues) error {
	deltas, err := m.blockDeltas(&c.postings, n)
	if err != nil {
		return err
	}
	if norms.values == nil {
		for i := range n {
			m.normBlock[i] = norms.constant
		}
	} else {
		for i, doc := range m.docBlock[:n] {
			m.normBlock[i] = norms.at(doc)
		}
	}
	if in := &m.inputs[c.input]; in.keepsAll {
		base := uint32(m.newDocs[c.input][0])
		for i := range m.docBlock[:n] {
			m.docBlock[i] += base
		}
	} else {
		n, deltas = m.dropPostings(n, in.renumber, deltas)
	}
	e.addBlock(m.docBlock[:n], m.freqBlock[:n], m.normBlock[:n], deltas)
	return nil
}

// dropPostings removes the postings of dropped documents from the block last
// read, and their deltas, of which there are none in lists without positions.
// It numbers the others anew, and returns how many there are.
func (m *merger) dropPostings(n int, renumber, deltas []uint32) (int, []uint32) {
	kept, drops := 0, false
	for i, doc := range m.docBlock[:n] {
		newDoc := renumber[doc]
		m.docBlock[i] = newDoc
		drops = drops || newDoc == dropped32
	}
	if !drops {
		return n, deltas
	}
	at, keptDeltas := 0, 0
	for i, doc := range m.docBlock[:n] {
		freq := int(m.freqBlock[i])
		if doc != dropped32 {
			m.docBlock[kept], m.freqBlock[kept], m.normBlock[kept] = doc, uint32(freq), m.normBlock[i]
			kept++
			if deltas != nil {
				copy(deltas[keptDeltas:keptDeltas+freq], deltas[at:at+freq])
			}
			keptDeltas += freq
		}
		at += freq
	}
	if deltas != nil {
		deltas = deltas[:keptDeltas]
	}
	return kept, deltas
}

// blockDeltas returns the deltas of all positions of the block last read, nil
// if the list has no positions.
func (m *merger) blockDeltas(l *PostingList, n int) ([]uint32, error) {
	m.positions = m.positions[:0]
	if l.kind != locPositions {
		return nil, nil
	}
	positions := uint64(0)
	for _, freq := range m.freqBlock[:n] {
		positions += uint64(freq)
	}
	ok := l.hasRuns() || positions <= uint64(len(l.blockLocs))
	if ok && l.hasRuns() {
		m.positions, ok = l.allDeltas(m.positions, int(positions))
	} else if ok {
		m.positions, _, ok = appendUvarints(m.positions, l.blockLocs, int(positions))
	}
	if !ok {
		return nil, fmt.Errorf("%w: positions", ErrDamaged)
	}
	return m.positions, nil
}

// allDeltas appends the first n deltas of the block last read, as deltas does. It unpacks
// whole runs at a time.
func (l *PostingList) allDeltas(dst []uint32, n int) (_ []uint32, ok bool) {
	b, r := l.blockLocs[:cap(l.blockLocs)], runCursor{}
	for ; n > 0; n -= runSize {
		size := min(n, runSize)
		if !r.parse(b, size) {
			return dst, false
		}
		if r.available < runSize {
			return r.decode(dst, 0, size), true // the last one of the section
		}
		dst = slices.Grow(dst, runSize)
		run := (*[runSize]uint32)(dst[len(dst) : len(dst)+runSize])
		unpackFreqs(run, r.packedDeltas, r.width, 0)
		r.patchExceptions(run[:size], 0, size)
		dst = dst[:len(dst)+size]
		r.advance(b)
	}
	return dst, true
}

// appendLocations appends the locations of posting i of the block last read to
// e.
func (m *merger) appendLocations(e *postingsEncoder, number int, in *input, c *cursor, i int) (err error) {
	if e.kind == locPositions {
		if m.positions, err = c.postings.Positions(&m.freqBlock, i, m.positions[:0]); err != nil {
			return err
		}
		e.addPositions(m.positions)
		return nil
	}
	m.locations = m.locations[:0]
	switch c.postings.kind {
	case locPositions:
		if m.positions, err = c.postings.Positions(&m.freqBlock, i, m.positions[:0]); err != nil {
			return err
		}
		for _, p := range m.positions {
			m.locations = append(m.locations, location{field: uint32(number), pos: uint64(p)})
		}
	case locFull:
		b, ok := c.postings.locations(&m.freqBlock, i)
		if !ok {
			return fmt.Errorf("%w: locations", ErrDamaged)
		}
		all, err := m.locDecoder.decode(in.Segment, b)
		if err != nil {
			return err
		}
		for _, l := range all {
			l.field = uint32(in.fieldMap[l.field])
			m.locations = append(m.locations, l)
		}
	}
	e.addLocations(m.locations)
	return nil
}
