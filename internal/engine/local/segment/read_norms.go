package segment

import (
	"encoding/binary"
	"sync"
)

// Norms returns the norm of a field for each document: its length in tokens.
// It returns nil if the field has no terms. A document that lacks the field
// has 0, or the norm of another field that shares these norms. The caller must
// not change them.
func (s *Segment) Norms(name string) ([]uint32, error) {
	i, ok := s.byName[name]
	if !ok || s.fields[i].normsIndex < 0 {
		return nil, nil
	}
	n := &s.norms[s.fields[i].normsIndex]
	return n.perDoc(), s.verifyBytes(n.raw)
}

// norm returns the norm of a field in a document that has the field.
func (s *Segment) norm(f *field, doc uint32) (uint32, error) {
	n := &s.norms[f.normsIndex]
	if n.values == nil {
		return n.constant, s.verifyBytes(n.raw)
	}
	return n.values[doc], s.verifyBytes(n.raw[4*doc : 4*doc+4])
}

// SumNorms adds up the norms of a field, over the documents that have a term
// in the field termField, deleted ones included. The last sum is kept, because
// a segment lives through many snapshots of an index and is always asked the
// same.
func (s *Segment) SumNorms(name, termField, term string) (uint64, error) {
	key := normSumKey{name, termField, term}
	if t := s.lastNormSum.Load(); t != nil && t.normSumKey == key {
		return t.sum, nil
	}
	norms, err := s.Norms(name)
	if err != nil || norms == nil {
		return 0, err
	}
	list, ok, err := s.Postings(termField, term)
	if !ok || err != nil {
		return 0, err
	}
	t := &normSum{normSumKey: key}
	var docs [BlockSize]uint32
	for n := list.NextBlock(&docs, nil); n > 0; n = list.NextBlock(&docs, nil) {
		for _, doc := range docs[:n] {
			t.sum += uint64(norms[doc])
		}
	}
	if err := list.Err(); err != nil {
		return 0, err
	}
	s.lastNormSum.Store(t)
	return t.sum, nil
}

// normSumKey is what SumNorms was asked for, and normSum what it answered.
type (
	normSumKey struct{ name, termField, term string }
	normSum    struct {
		normSumKey
		sum uint64
	}
)

// normValues are norms, which fields can share.
type normValues struct {
	raw      []byte // section
	constant uint32
	values   []uint32 // nil if all documents have the constant
	perDoc   func() []uint32
}

// newNormValues reads a section of norms, whose length was checked.
func newNormValues(b []byte, docs int) normValues {
	if len(b) == 4*docs {
		values := uint32s(b)
		return normValues{raw: b, values: values, perDoc: func() []uint32 { return values }}
	}
	c := normValues{raw: b, constant: binary.LittleEndian.Uint32(b)}
	c.perDoc = sync.OnceValue(func() []uint32 {
		values := make([]uint32, docs)
		for i := range values {
			values[i] = c.constant
		}
		return values
	})
	return c
}

// at returns the norm of a document, which must be one of the segment.
func (c *normValues) at(doc uint32) uint32 {
	if c.values == nil {
		return c.constant
	}
	return c.values[doc]
}
