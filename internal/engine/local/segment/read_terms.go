package segment

import (
	"encoding/binary"
	"fmt"

	api "github.com/blevesearch/scorch_segment_api/v2"
)

// Terms returns the terms of a field in order. An ordinal of [Ordinals] is an
// index in it. They are read once. The caller must not change them.
func (s *Segment) Terms(name string) ([][]byte, error) {
	i, ok := s.byName[name]
	if !ok {
		return nil, nil
	}
	f := &s.fields[i]
	return f.allTerms.get(func() ([][]byte, error) { return s.readTerms(f) })
}

// termBlock is how many bytes of terms are one object.
const termBlock = 4 << 10

// readTerms reads what Terms returns, once.
func (s *Segment) readTerms(f *field) ([][]byte, error) {
	if f.terms == 0 {
		return nil, nil
	}
	if _, err := f.loadFST(); err != nil { // which verifies how many terms there are
		return nil, err
	}
	terms := make([][]byte, 0, f.terms)
	var block []byte // that the next terms lie in
	err := s.Walk(f.name, nil, nil, nil, func(t *Term) error {
		if len(t.Bytes) > cap(block)-len(block) {
			block = make([]byte, 0, max(termBlock, len(t.Bytes)))
		}
		start := len(block)
		block = append(block, t.Bytes...)
		terms = append(terms, block[start:len(block):len(block)])
		return nil
	})
	return terms, err
}

// Term is a term that Walk meets. It is valid until the walk goes on.
type Term struct {
	seg    *Segment
	field  *field
	value  uint64
	passed passedLists
	Bytes  []byte
}

// Postings opens the term's posting list.
func (t *Term) Postings() (PostingList, error) { return t.seg.openPostings(t.field, t.value) }

// DropPassed gives the memory of the posting lists of the terms before this one back to
// the system, some megabytes at a time. It is for who goes along many terms and
// doesn't read their lists again soon.
func (t *Term) DropPassed() { t.passed.drop(t.seg, t.field, t.value, dropPagesEvery) }

// Walk calls f for the terms of a field that lie in [from, to) and that a
// accepts, in order, until f returns an error. A nil from or to is no limit,
// and a nil a accepts everything.
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

// DocFreq returns the number of documents that have a term in a field, deleted
// ones included.
func (s *Segment) DocFreq(name, term string) (int, error) {
	i, ok := s.byName[name]
	if !ok {
		return 0, nil
	}
	value, ok, err := s.fields[i].termValue([]byte(term))
	if err != nil || !ok {
		return 0, err
	}
	n, err := s.docFreqOf(&s.fields[i], value)
	return int(n), err
}

// docFreqOf returns the number of postings of the list that a value of the
// term dictionary leads to.
func (s *Segment) docFreqOf(f *field, value uint64) (uint64, error) {
	if value&1 != 0 {
		return 1, nil
	}
	if value >>= 1; value+1 >= uint64(len(f.postings)) {
		return 0, fmt.Errorf("%w: offset of a list in field %s", ErrDamaged, f.name)
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
