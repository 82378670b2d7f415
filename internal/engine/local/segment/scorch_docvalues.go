package segment

import (
	"bytes"

	index "github.com/blevesearch/bleve_index_api"
	api "github.com/blevesearch/scorch_segment_api/v2"
)

// Terms returns the terms of a field in order, so that ordinals of [Values] are
// places in it. They are read once. The caller must not change them.
func (s *Segment) Terms(name string) ([][]byte, error) {
	i, ok := s.byName[name]
	if !ok {
		return nil, nil
	}
	return s.fields[i].loadTerms()
}

func (s *Segment) readTerms(f *field) ([][]byte, error) {
	var terms [][]byte
	err := s.Walk(f.name, nil, nil, nil, func(t *Term) error {
		terms = append(terms, bytes.Clone(t.Bytes))
		return nil
	})
	return terms, err
}

// Term is a term met on a walk through a dictionary. It is valid until the walk
// goes on.
type Term struct {
	seg   *Segment
	field *field
	value uint64
	Bytes []byte
}

// Postings opens the term's postings.
func (t *Term) Postings() (PostingList, error) { return t.seg.openPostings(t.field, t.value) }

// Walk calls f for the terms of a field within [from, to) that a accepts, in
// order, until it returns an error. A nil bound is open, a nil automaton
// accepts all.
func (s *Segment) Walk(name string, a api.Automaton, from, to []byte, f func(t *Term) error) error {
	dict, err := s.Dictionary(name)
	if err != nil {
		return err
	}
	d := dict.(*termDictionary)
	it := d.iterator(a, from, to, false)
	t := Term{seg: s, field: d.field}
	for {
		var ok bool
		if t.Bytes, t.value, ok, err = it.next(t.Bytes[:0]); !ok || err != nil {
			return err
		}
		if err := f(&t); err != nil {
			return err
		}
	}
}

// docState is what scorch hands from one call of VisitDocValues to the next.
type docState struct{ noStats }

var (
	_ api.DocValueVisitable = (*Segment)(nil)
	_ api.DocVisitState     = docState{}
)

// VisitDocValues calls visit for each term that a document has in those of the
// fields that VisitableDocValueFields names, in order.
func (s *Segment) VisitDocValues(num uint64, fields []string, visit index.DocValueVisitor, _ api.DocVisitState) (api.DocVisitState, error) {
	for _, name := range fields {
		v, ok, err := s.Ordinals(name)
		if err != nil {
			return docState{}, err
		}
		if !ok || num >= uint64(s.docs) {
			continue
		}
		terms, err := s.Terms(name)
		if err != nil {
			return docState{}, err
		}
		for _, ord := range v.Append(nil, uint32(num)) {
			if int(ord) < len(terms) {
				visit(name, terms[ord])
			}
		}
	}
	return docState{}, nil
}

// VisitableDocValueFields returns the fields that were indexed with doc values.
func (s *Segment) VisitableDocValueFields() ([]string, error) {
	var names []string
	for i := range s.fields {
		if s.fields[i].options.IncludeDocValues() {
			names = append(names, s.fields[i].name)
		}
	}
	return names, nil
}
