package segment

// TermCursor goes over the terms of a field in order. Other than with
// [Segment.Walk], the caller asks for each term, so that it can go over several
// dictionaries at a time.
type TermCursor struct {
	it   *termIterator
	term Term
}

// TermsIn returns a cursor before the first term of a field within [from, to).
// A nil bound is open.
func (s *Segment) TermsIn(name string, from, to []byte) (*TermCursor, error) {
	dict, err := s.Dictionary(name)
	if err != nil {
		return nil, err
	}
	d := dict.(*termDictionary)
	return &TermCursor{it: d.iterator(nil, from, to, false), term: Term{seg: s, field: d.field}}, nil
}

// Next returns the next term, nil at the end. It is valid until Next is called
// again.
func (c *TermCursor) Next() (*Term, error) {
	var ok bool
	var err error
	if c.term.Bytes, c.term.value, ok, err = c.it.next(c.term.Bytes[:0]); !ok || err != nil {
		return nil, err
	}
	return &c.term, nil
}
