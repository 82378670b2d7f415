package segment

import (
	index "github.com/blevesearch/bleve_index_api"
	api "github.com/blevesearch/scorch_segment_api/v2"
)

// docState is what scorch passes from one call of VisitDocValues to the next.
// There is nothing to remember.
type docState struct{ noStats }

var (
	_ api.DocValueVisitable = (*Segment)(nil)
	_ api.DocVisitState     = docState{}
)

// VisitDocValues calls visit for each term that a document has in one of the
// fields, in order. A field without doc values has none.
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

// VisitableDocValueFields returns the fields that were indexed with doc
// values.
func (s *Segment) VisitableDocValueFields() ([]string, error) {
	var names []string
	for i := range s.fields {
		if s.fields[i].options.IncludeDocValues() {
			names = append(names, s.fields[i].name)
		}
	}
	return names, nil
}
