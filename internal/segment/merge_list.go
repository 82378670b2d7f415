package segment

import "fmt"

// list appends the list of a cursor to e.
func (m *merger) list(e *listEncoder, number int, c *cursor) error {
	in, numbers := &m.inputs[c.input], m.numbers[c.input]
	lengths := &in.columns[c.field.column]
	plain := in.whole && e.kind == c.list.kind && e.kind != locFull
	for n := c.list.NextBlock(&m.docBlock, &m.freqBlock); n > 0; n = c.list.NextBlock(&m.docBlock, &m.freqBlock) {
		if plain {
			if err := m.block(e, n, uint32(numbers[0]), c, lengths); err != nil {
				return err
			}
			continue
		}
		for i, doc := range m.docBlock[:n] {
			if numbers[doc] == dropped {
				continue
			}
			e.add(uint32(numbers[doc]), m.freqBlock[i], lengths.at(doc))
			if e.kind == locNone {
				continue
			}
			if err := m.places(e, number, in, c, i); err != nil {
				return err
			}
		}
	}
	return c.list.err
}

// block appends the block last read of a list that stays as it is, but for its
// documents, which move by the number that the first one gets. It is what list
// and places do posting by posting.
func (m *merger) block(e *listEncoder, n int, base uint32, c *cursor, lengths *column) error {
	locs := c.list.blockLocs
	for i := 0; i < n; {
		if e.fill == BlockSize {
			e.full()
		}
		end := min(n, i+BlockSize-e.fill)
		positions := uint64(0)
		for ; i < end; i++ {
			doc, freq := m.docBlock[i], m.freqBlock[i]
			e.add(base+doc, freq, lengths.at(doc))
			positions += uint64(freq)
		}
		if e.kind == locNone {
			continue
		}
		size, ok := skipUvarints(locs, positions)
		if !ok {
			return fmt.Errorf("%w: positions", ErrDamaged)
		}
		e.raw(locs[:size])
		locs = locs[size:]
	}
	return nil
}

// places appends the locations of posting i to e.
func (m *merger) places(e *listEncoder, number int, in *input, c *cursor, i int) (err error) {
	if e.kind == locPositions {
		b, ok := c.list.locations(&m.freqBlock, i)
		if ok {
			var n int
			n, ok = skipUvarints(b, uint64(m.freqBlock[i]))
			b = b[:n]
		}
		if !ok {
			return fmt.Errorf("%w: positions", ErrDamaged)
		}
		e.raw(b)
		return nil
	}
	m.locs = m.locs[:0]
	switch c.list.kind {
	case locPositions:
		if m.buf, err = c.list.Positions(&m.freqBlock, i, m.buf[:0]); err != nil {
			return err
		}
		for _, p := range m.buf {
			m.locs = append(m.locs, location{field: uint32(number), pos: uint64(p)})
		}
	case locFull:
		b, ok := c.list.locations(&m.freqBlock, i)
		if !ok {
			return fmt.Errorf("%w: locations", ErrDamaged)
		}
		all, err := m.reader.read(in.Segment, b)
		if err != nil {
			return err
		}
		for _, l := range all {
			l.field = uint32(in.place[l.field])
			m.locs = append(m.locs, l)
		}
	}
	e.locations(m.locs)
	return nil
}
