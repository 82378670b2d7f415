package segment

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"
	index "github.com/blevesearch/bleve_index_api"
	api "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum"
)

// termDictionary is scorch's view of the terms of a field.
type termDictionary struct {
	seg   *Segment
	field *field // nil if the segment does not have the field
	fst   *vellum.FST
}

var _ api.TermDictionary = (*termDictionary)(nil)

// Dictionary returns the terms of a field, none if there is no such field.
func (s *Segment) Dictionary(name string) (api.TermDictionary, error) {
	i, ok := s.byName[name]
	if !ok {
		return &termDictionary{seg: s}, nil
	}
	d := &termDictionary{seg: s, field: &s.fields[i]}
	if d.field.terms == 0 {
		return d, nil
	}
	fst, err := d.field.loadFST()
	if err != nil {
		return nil, err
	}
	d.fst = fst
	return d, nil
}

// Cardinality returns the number of terms.
func (d *termDictionary) Cardinality() int {
	if d.fst == nil {
		return 0
	}
	return d.fst.Len()
}

// Contains reports whether the field has a term.
func (d *termDictionary) Contains(key []byte) (bool, error) {
	if d.fst == nil {
		return false, nil
	}
	_, ok, err := d.field.termValue(key)
	return ok, err
}

// PostingsList returns the postings of a term without deleted documents.
// It uses prealloc again, if that is one of its own.
func (d *termDictionary) PostingsList(term []byte, deleted *roaring.Bitmap, prealloc api.PostingsList) (api.PostingsList, error) {
	p, ok := prealloc.(*scorchPostings)
	if !ok || p == nil {
		p = &scorchPostings{}
	}
	*p = scorchPostings{deleted: deleted}
	if d.fst == nil {
		return p, nil
	}
	value, ok, err := d.field.termValue(term)
	if err != nil || !ok {
		return p, err
	}
	p.postings, err = d.seg.openPostings(d.field, value)
	if err != nil {
		return nil, err
	}
	p.field = d.field
	return p, nil
}

// AutomatonIterator walks through the terms that lie in [from, to) and that a
// accepts, in order, with their document frequencies. A nil from or to is no
// limit, and a nil a accepts everything.
func (d *termDictionary) AutomatonIterator(a api.Automaton, from, to []byte) api.DictionaryIterator {
	return d.iterator(a, from, to, true)
}

// AutomatonIteratorOmitCount is AutomatonIterator without document
// frequencies, which are 0. So no list is read.
func (d *termDictionary) AutomatonIteratorOmitCount(a api.Automaton, from, to []byte) api.DictionaryIterator {
	return d.iterator(a, from, to, false)
}

func (d *termDictionary) iterator(a api.Automaton, from, to []byte, counts bool) *termIterator {
	it := &termIterator{dict: d, counts: counts}
	// Of an empty range, vellum returns its start if that is a term.
	if d.fst == nil || to != nil && bytes.Compare(from, to) >= 0 {
		return it
	}
	if a == nil && from == nil && to == nil {
		it.walk = d.field.walk()
		return it
	}
	it.fstIterator, it.limits, it.err = d.field.searchFST(d.fst, a, from, to)
	return it
}

// searchFST starts a walk through the terms that lie in [from, to) and that a
// accepts.
func (f *field) searchFST(fst *vellum.FST, a api.Automaton, from, to []byte) (it *vellum.FSTIterator, limits *walkLimits, err error) {
	defer recoverFST(&err)
	automaton, limits := f.limitWalk(a, from)
	it, err = fst.Search(automaton, from, to)
	if limits.exceeded() {
		err = fmt.Errorf("%w: dictionary of %s", ErrDamaged, f.name)
	}
	return it, limits, err
}

// termIterator is a walk through the terms of a field.
type termIterator struct {
	dict        *termDictionary
	walk        *fstWalk // of all terms; nil for another walk
	fstIterator *vellum.FSTIterator
	limits      *walkLimits
	counts      bool
	err         error

	buf          []byte
	editDistance uint8 // of the term last read
	entry        index.DictEntry
}

// Next returns the next term, nil at the end. The entry is valid until the
// next call.
func (i *termIterator) Next() (*index.DictEntry, error) {
	term, value, ok, err := i.next(i.buf[:0])
	if err != nil || !ok {
		return nil, err
	}
	i.buf = term
	i.entry = index.DictEntry{Term: string(term), EditDistance: i.editDistance}
	if i.counts {
		if i.entry.Count, err = i.dict.seg.docFreqOf(i.dict.field, value); err != nil {
			return nil, err
		}
	}
	return &i.entry, nil
}

// next appends the next term to buf, and returns it and its value. ok is false
// at the end.
func (i *termIterator) next(buf []byte) (term []byte, value uint64, ok bool, err error) {
	if i.walk != nil {
		if ok, i.err = i.walk.next(); !ok {
			return buf, 0, false, i.err
		}
		return append(buf, i.walk.term...), i.walk.value, true, nil
	}
	if errors.Is(i.err, vellum.ErrIteratorDone) || i.err == nil && i.fstIterator == nil {
		return buf, 0, false, nil
	}
	if i.err != nil {
		return buf, 0, false, i.err
	}
	defer func() {
		if err != nil {
			ok, i.err = false, err
		}
	}()
	defer recoverFST(&err)
	key, value := i.fstIterator.Current()
	term = append(buf, key...)
	i.editDistance = i.fstIterator.EditDistance()
	if i.err = i.fstIterator.Next(); i.limits.exceeded() {
		i.err = fmt.Errorf("%w: dictionary of %s", ErrDamaged, i.dict.field.name)
	}
	return term, value, true, nil
}
