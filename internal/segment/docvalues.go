package segment

import (
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
	dict, err := s.Dictionary(f.name)
	if err != nil {
		return nil, err
	}
	it := dict.(*dictionary).iterator(nil, nil, nil, false)
	var terms [][]byte
	for {
		term, _, ok, err := it.next(nil)
		if !ok || err != nil {
			return terms, err
		}
		terms = append(terms, term)
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
		v, ok := s.Values(name)
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
