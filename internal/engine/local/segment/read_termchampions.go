package segment

import (
	"encoding/binary"
	"fmt"
	"math"
	"sort"
)

// termChampions is the section of a field, opened.
type termChampions struct {
	base, perLength float64
	places          []byte // u32 for each list: where the posting list lies, in order
	offsets         []byte // u32 for each list
	entries         []byte // the lists
}

// termChampionsHead is the size of what the section has before its places.
const termChampionsHead = 2*8 + 4

// TermChampions reads the first n champions of a term at a place that FindTerm has returned,
// of the field that a rule names, into c, whose memory it uses. Of the documents of the
// term, these have the highest ratios, the highest first. It has fewer where the list is
// shorter. ok is false if there is no list, or the segment was written by another rule.
func (s *Segment) TermChampions(rule *ChampionRule, p TermPlace, n int, c *Champions) (ok bool, err error) {
	f := &s.fields[p.field]
	if f.name != rule.TermField || p.value&1 != 0 {
		return false, nil
	}
	lists, err := f.bestTerms.get(func() (*termChampions, error) { return s.readTermChampions(p.field) })
	if lists == nil || err != nil || lists.base != rule.Base {
		return false, err
	}
	r, ok, err := lists.find(s, p.value>>1)
	if !ok || err != nil {
		return false, err
	}
	damaged := func() (bool, error) {
		return false, fmt.Errorf("%w: a champion list of field %s", ErrDamaged, f.name)
	}
	count := r.uvarint()
	if r.failed || count > termChampionPostings {
		return damaged()
	}
	n = min(n, int(count))
	if err := s.verifyBytes(r.b[:min(len(r.b), n*2*binary.MaxVarintLen32)]); err != nil {
		return false, err
	}
	c.Base, c.PerLength, c.Docs, c.Freqs = lists.base, lists.perLength, c.Docs[:0], c.Freqs[:0]
	for range n {
		doc, freq := r.uvarint(), r.uvarint()
		if r.failed || doc >= uint64(s.docs) || freq > math.MaxUint32 {
			return damaged()
		}
		c.Docs, c.Freqs = append(c.Docs, uint32(doc)), append(c.Freqs, uint32(freq))
	}
	return true, nil
}

// find finds the champions of the posting list at a place.
func (l *termChampions) find(s *Segment, place uint64) (r byteReader, ok bool, err error) {
	n := len(l.places) / 4
	i := sort.Search(n, func(i int) bool { return uint64(binary.LittleEndian.Uint32(l.places[4*i:])) >= place })
	if i == n || uint64(binary.LittleEndian.Uint32(l.places[4*i:])) != place {
		return r, false, nil
	}
	offset := binary.LittleEndian.Uint32(l.offsets[4*i:])
	if uint64(offset) > uint64(len(l.entries)) {
		return r, false, fmt.Errorf("%w: offset of a champion list", ErrDamaged)
	}
	r = byteReader{b: l.entries[offset:]}
	return r, true, s.verifyBytes(r.b[:min(len(r.b), binary.MaxVarintLen32)])
}

// readTermChampions opens the section of a field; nil if there is none.
func (s *Segment) readTermChampions(field int) (*termChampions, error) {
	b := s.sectionBytes(kindTermChampions, uint32(field))
	if b == nil {
		return nil, nil
	}
	damaged := fmt.Errorf("%w: head of champion lists of field %s", ErrDamaged, s.fields[field].name)
	if len(b) < termChampionsHead {
		return nil, damaged
	}
	if err := s.verifyBytes(b[:termChampionsHead]); err != nil {
		return nil, err
	}
	l := &termChampions{
		base:      math.Float64frombits(binary.LittleEndian.Uint64(b)),
		perLength: math.Float64frombits(binary.LittleEndian.Uint64(b[8:])),
	}
	n := uint64(binary.LittleEndian.Uint32(b[16:]))
	r := byteReader{b: b[termChampionsHead:]}
	l.places, l.offsets = r.bytes(4*n), r.bytes(4*n)
	if l.entries = r.b; r.failed || !(l.base > 0) || !(l.perLength >= 0) {
		return nil, damaged
	}
	return l, s.verifyBytes(b[termChampionsHead : termChampionsHead+8*n])
}
