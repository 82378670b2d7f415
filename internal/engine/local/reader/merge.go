package reader

import (
	"bytes"
	"context"
	"fmt"

	"github.com/newsq/newsq/internal/engine/local/segment"
)

// termMerge goes over the terms of a field in all segments of a view, in the
// order of their bytes, each once, with the number of live documents that have
// it. It reads no further than it is asked to, and holds one term of each segment.
type termMerge struct {
	field string
	heads []termHead // of the dictionaries that are not at their end
	term  []byte     // the term last returned
}

// termHead is the first term of a dictionary that was not returned yet.
type termHead struct {
	segment *Segment
	cursor  *segment.TermCursor
	term    *segment.Term
}

// mergeTerms returns a merge before the first term within [from, to), nil being
// open.
func (v *View) mergeTerms(field string, from, to []byte) (*termMerge, error) {
	m := &termMerge{field: field}
	for _, s := range v.Segments {
		c, err := s.Raw.TermsIn(field, from, to)
		if err != nil {
			return nil, fmt.Errorf("dictionary of %s: %w", field, err)
		}
		m.heads = append(m.heads, termHead{segment: s, cursor: c})
	}
	for i := range m.heads {
		if err := m.advance(&m.heads[i]); err != nil {
			return nil, err
		}
	}
	m.dropEnded()
	return m, nil
}

func (m *termMerge) advance(h *termHead) (err error) {
	if h.term, err = h.cursor.Next(); err != nil {
		return fmt.Errorf("dictionary of %s: %w", m.field, err)
	}
	return nil
}

// dropEnded leaves out the dictionaries that are at their end.
func (m *termMerge) dropEnded() {
	rest := m.heads[:0]
	for _, h := range m.heads {
		if h.term != nil {
			rest = append(rest, h)
		}
	}
	m.heads = rest
}

// next returns the next term that a live document has, and their number; nil at
// the end. The term is valid until next is called again.
func (m *termMerge) next(ctx context.Context) (term []byte, live int, err error) {
	for len(m.heads) > 0 {
		if err := ctx.Err(); err != nil {
			return nil, 0, err
		}
		least := m.heads[0].term.Bytes
		for _, h := range m.heads[1:] {
			if bytes.Compare(h.term.Bytes, least) < 0 {
				least = h.term.Bytes
			}
		}
		m.term = append(m.term[:0], least...)
		if live, err = m.take(); err != nil {
			return nil, 0, err
		}
		if live > 0 {
			return m.term, live, nil
		}
	}
	return nil, 0, nil
}

// take counts the live documents of m.term in all dictionaries, and goes behind
// it.
func (m *termMerge) take() (live int, err error) {
	ended := false
	for i := range m.heads {
		h := &m.heads[i]
		if !bytes.Equal(h.term.Bytes, m.term) {
			continue
		}
		list, err := h.term.Postings()
		if err != nil {
			return 0, err
		}
		n, err := h.segment.LiveCount(list)
		if err != nil {
			return 0, err
		}
		live += n
		if err := m.advance(h); err != nil {
			return 0, err
		}
		ended = ended || h.term == nil
	}
	if ended {
		m.dropEnded()
	}
	return live, nil
}
