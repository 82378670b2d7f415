package segment

import "fmt"

// appendPostings appends the list of a cursor to e.
func (m *merger) appendPostings(e *postingsEncoder, number int, c *cursor) error {
	in, newDocs := &m.inputs[c.input], m.newDocs[c.input]
	norms := &in.norms[c.field.normsIndex]
	byBlock := in.keepsAll && e.kind == c.postings.kind && e.kind != locFull
	for n := c.postings.NextBlock(&m.docBlock, &m.freqBlock); n > 0; n = c.postings.NextBlock(&m.docBlock, &m.freqBlock) {
		if byBlock {
			if err := m.appendBlock(e, n, uint32(newDocs[0]), c, norms); err != nil {
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

// appendBlock appends the block last read of a list that keeps all of its
// postings and its kind of locations. Its documents move by base. It does what
// appendPostings and appendLocations do posting by posting.
func (m *merger) appendBlock(e *postingsEncoder, n int, base uint32, c *cursor, norms *normValues) error {
	deltas, err := m.blockDeltas(&c.postings, n)
	if err != nil {
		return err
	}
	for i := 0; i < n; {
		if e.pending == BlockSize {
			e.writePackedBlock()
		}
		end := min(n, i+BlockSize-e.pending)
		positions := 0
		for ; i < end; i++ {
			doc, freq := m.docBlock[i], m.freqBlock[i]
			e.addPosting(base+doc, freq, norms.at(doc))
			positions += int(freq)
		}
		if e.kind == locPositions {
			e.positionDeltas = append(e.positionDeltas, deltas[:positions]...)
			deltas = deltas[positions:]
		}
	}
	return nil
}

// blockDeltas returns the deltas of all positions of the block last read.
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
		m.positions, ok = l.deltas(m.positions, 0, int(positions))
	} else if ok {
		m.positions, _, ok = appendUvarints(m.positions, l.blockLocs, int(positions))
	}
	if !ok {
		return nil, fmt.Errorf("%w: positions", ErrDamaged)
	}
	return m.positions, nil
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
