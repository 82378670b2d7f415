package segment

import (
	index "github.com/blevesearch/bleve_index_api"
	api "github.com/blevesearch/scorch_segment_api/v2"
)

// docTerms are the terms of a field by document. They are not kept in the file
// but made from the postings when they are first asked for.
type docTerms struct {
	terms  [][]byte
	starts []uint32 // for each document and one more, where its terms start
	ords   []uint32 // into terms, ascending for each document
}

// uninvert makes the terms of field i by document.
func (s *Segment) uninvert(i int) (*docTerms, error) {
	f := &s.fields[i]
	t := &docTerms{starts: make([]uint32, uint64(s.docs)+1)}
	dict, err := s.Dictionary(f.name)
	if err != nil {
		return nil, err
	}
	var docs [BlockSize]uint32
	// The first walk counts the terms of each document, the second places them.
	walk := func(each func(ord int, doc uint32)) error {
		it := dict.AutomatonIterator(nil, nil, nil)
		for ord := 0; ; ord++ {
			e, err := it.Next()
			if e == nil || err != nil {
				return err
			}
			if ord == len(t.terms) {
				t.terms = append(t.terms, []byte(e.Term))
			}
			list, _, err := s.Postings(f.name, e.Term)
			if err != nil {
				return err
			}
			for n := list.NextBlock(&docs, nil); n > 0; n = list.NextBlock(&docs, nil) {
				for _, doc := range docs[:n] {
					each(ord, doc)
				}
			}
			if list.err != nil {
				return list.err
			}
		}
	}
	if err := walk(func(_ int, doc uint32) { t.starts[doc]++ }); err != nil {
		return nil, err
	}
	total := uint32(0)
	for doc, n := range t.starts {
		t.starts[doc], total = total, total+n
	}
	t.ords = make([]uint32, total)
	next := append([]uint32(nil), t.starts...)
	err = walk(func(ord int, doc uint32) {
		t.ords[next[doc]] = uint32(ord)
		next[doc]++
	})
	return t, err
}

// docState is what scorch hands from one call of VisitDocValues to the next.
type docState struct{ noStats }

var (
	_ api.DocValueVisitable = (*Segment)(nil)
	_ api.DocVisitState     = docState{}
)

// VisitDocValues calls visit for each term that a document has in those of the
// fields that VisitableDocValueFields names, in order. The first call for a
// field reads all of its postings.
func (s *Segment) VisitDocValues(num uint64, fields []string, visit index.DocValueVisitor, _ api.DocVisitState) (api.DocVisitState, error) {
	for _, name := range fields {
		i, ok := s.byName[name]
		if !ok || !s.fields[i].options.IncludeDocValues() || num >= uint64(s.docs) {
			continue
		}
		t, err := s.fields[i].loadDocs()
		if err != nil {
			return docState{}, err
		}
		for _, ord := range t.ords[t.starts[num]:t.starts[num+1]] {
			visit(name, t.terms[ord])
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
