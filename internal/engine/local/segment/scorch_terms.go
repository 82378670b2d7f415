package segment

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"
	index "github.com/blevesearch/bleve_index_api"
	api "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum"
)

// fstMinSize is the size of an FST without terms.
const fstMinSize = 32

// vellum trusts its bytes: what it indexes comes from them. guard turns its
// panics over a damaged dictionary into an error.
func recoverFST(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("%w: dictionary: %v", ErrDamaged, r)
	}
}

func (s *Segment) openFST(f *field) (fst *vellum.FST, err error) {
	if err := s.verifyBytes(f.fst); err != nil {
		return nil, err
	}
	defer recoverFST(&err)
	if len(f.fst) < fstMinSize {
		return nil, fmt.Errorf("%w: dictionary of %s", ErrDamaged, f.name)
	}
	fst, err = vellum.Load(f.fst)
	if err != nil {
		return nil, fmt.Errorf("%w: dictionary of %s: %w", ErrDamaged, f.name, err)
	}
	if uint64(fst.Len()) != f.terms {
		return nil, fmt.Errorf("%w: dictionary of %s has %d terms, not %d", ErrDamaged, f.name, fst.Len(), f.terms)
	}
	return fst, nil
}

// termValue returns the value of a term in the dictionary.
func (f *field) termValue(term []byte) (value uint64, ok bool, err error) {
	if f.terms == 0 {
		return 0, false, nil
	}
	return f.fstGet(term)
}

// termDictionary implements scorch's term dictionary.
type termDictionary struct {
	seg   *Segment
	field *field // nil for one that the segment doesn't have
	fst   *vellum.FST
}

var _ api.TermDictionary = (*termDictionary)(nil)

// Dictionary returns the terms of a field; none for an unknown one.
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

// Cardinality is the number of terms.
func (d *termDictionary) Cardinality() int {
	if d.fst == nil {
		return 0
	}
	return d.fst.Len()
}

func (d *termDictionary) Contains(key []byte) (bool, error) {
	if d.fst == nil {
		return false, nil
	}
	_, ok, err := d.field.termValue(key)
	return ok, err
}

// PostingsList returns the postings of a term in documents outside of except;
// prealloc, if it is one of ours, is used again.
func (d *termDictionary) PostingsList(term []byte, except *roaring.Bitmap, prealloc api.PostingsList) (api.PostingsList, error) {
	p, ok := prealloc.(*scorchPostings)
	if !ok || p == nil {
		p = &scorchPostings{}
	}
	*p = scorchPostings{except: except}
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

// AutomatonIterator walks the terms within [from, to) that a accepts, in
// order, with the number of their documents. A nil bound is open, a nil
// automaton accepts all.
func (d *termDictionary) AutomatonIterator(a api.Automaton, from, to []byte) api.DictionaryIterator {
	return d.iterator(a, from, to, true)
}

// AutomatonIteratorOmitCount walks like AutomatonIterator and leaves the
// counts 0, which saves a look at each list.
func (d *termDictionary) AutomatonIteratorOmitCount(a api.Automaton, from, to []byte) api.DictionaryIterator {
	return d.iterator(a, from, to, false)
}

func (d *termDictionary) iterator(a api.Automaton, from, to []byte, counts bool) *termIterator {
	it := &termIterator{dict: d, counts: counts}
	// vellum gives the first term of an empty range if it is a term.
	if d.fst == nil || to != nil && bytes.Compare(from, to) >= 0 {
		return it
	}
	it.fstIterator, it.limits, it.err = d.field.searchFST(d.fst, a, from, to)
	return it
}

// searchFST starts a walk through the terms within [from, to) that a accepts.
func (f *field) searchFST(fst *vellum.FST, a api.Automaton, from, to []byte) (it *vellum.FSTIterator, limits *walkLimits, err error) {
	defer recoverFST(&err)
	automaton, limits := f.limitWalk(a, from)
	it, err = fst.Search(automaton, from, to)
	if limits.exceeded() {
		err = fmt.Errorf("%w: dictionary of %s", ErrDamaged, f.name)
	}
	return it, limits, err
}

type termIterator struct {
	dict        *termDictionary
	fstIterator *vellum.FSTIterator
	limits      *walkLimits
	counts      bool
	err         error

	buf          []byte
	editDistance uint8 // of the term last read
	entry        index.DictEntry
}

// Next returns the next term, nil at the end. The entry is used again.
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

// next appends the next term to buf and returns it with its value; false at
// the end.
func (i *termIterator) next(buf []byte) (term []byte, value uint64, ok bool, err error) {
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

// docFreqOf returns the length of the list that a term's value leads to.
func (s *Segment) docFreqOf(f *field, value uint64) (uint64, error) {
	if value&1 != 0 {
		return 1, nil
	}
	if value >>= 1; value+1 >= uint64(len(f.postings)) {
		return 0, fmt.Errorf("%w: place of a list in field %s", ErrDamaged, f.name)
	}
	head := f.postings[value+1:]
	if err := s.verifyBytes(head[:min(len(head), binary.MaxVarintLen64)]); err != nil {
		return 0, err
	}
	n, read := binary.Uvarint(head)
	if read <= 0 || n > uint64(s.docs) {
		return 0, fmt.Errorf("%w: length of a list in field %s", ErrDamaged, f.name)
	}
	return n, nil
}
