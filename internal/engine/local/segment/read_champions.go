package segment

import (
	"encoding/binary"
	"fmt"
	"math"
	"sort"
	"strings"
)

// Champions are the documents of a union that come first, and what is known of
// all others.
type Champions struct {
	Count       int      // documents of the union, deleted ones included
	Docs, Freqs []uint32 // the champions, by document, with their weighted frequencies
	// The champions are those with the highest freq / (Base + PerLength*length),
	// with the lengths of the rule's field. No other document has a higher one
	// than the lowest of the champions.
	Base, PerLength float64
}

// championLists is the section, opened.
type championLists struct {
	championHead
	offsets []byte // u32 for each list
	entries []byte // the lists
}

// Champions returns the champion list of the words that start with a prefix, in
// the fields of a rule together. ok is false if the segment has no such list,
// or was written by another rule.
func (s *Segment) Champions(rule *ChampionRule, prefix string) (c Champions, ok bool, err error) {
	lists, err := s.loadChampions()
	if lists == nil || err != nil || prefix == "" || !s.keepsTo(lists, rule) {
		return Champions{}, false, err
	}
	// The first key that is not before the prefix is the one that may stand for it.
	n := len(lists.offsets) / 4
	i := sort.Search(n, func(i int) bool {
		key, _ := lists.key(s, i)
		return string(key) >= prefix
	})
	if err := s.Damaged(); err != nil {
		return Champions{}, false, err
	}
	if i == n {
		return Champions{}, false, nil
	}
	key, r := lists.key(s, i)
	shortest := r.uvarint()
	if !strings.HasPrefix(string(key), prefix) || uint64(len(prefix)) < shortest {
		return Champions{}, false, nil
	}
	c, err = s.readChampions(lists, r)
	return c, err == nil, err
}

// readChampionLists opens the section; nil if there is none.
func (s *Segment) readChampionLists() (*championLists, error) {
	b := s.sectionBytes(kindChampions, 0)
	if b == nil {
		return nil, nil
	}
	const maxHead = 2*8 + 3*binary.MaxVarintLen64
	damaged := fmt.Errorf("%w: head of its champion lists", ErrDamaged)
	if err := s.verifyBytes(b[:min(len(b), maxHead)]); err != nil {
		return nil, err
	}
	r := byteReader{b: b}
	floats := r.bytes(16)
	if r.failed {
		return nil, damaged
	}
	l := &championLists{}
	l.base = math.Float64frombits(binary.LittleEndian.Uint64(floats))
	l.perLength = math.Float64frombits(binary.LittleEndian.Uint64(floats[8:]))
	lengthField, numFields := r.uvarint(), r.uvarint()
	if numFields > uint64(len(s.fields)) || lengthField >= uint64(len(s.fields)) || !(l.base > 0) || !(l.perLength >= 0) {
		return nil, damaged
	}
	l.lengthField = int(lengthField)
	if err := s.verifyBytes(r.b[:min(uint64(len(r.b)), (2*numFields+1)*binary.MaxVarintLen64)]); err != nil {
		return nil, err
	}
	for range numFields {
		field, weight := r.uvarint(), r.uvarint()
		if field >= uint64(len(s.fields)) || weight > math.MaxUint32 {
			return nil, damaged
		}
		l.fields, l.weights = append(l.fields, int(field)), append(l.weights, uint32(weight))
	}
	n := r.uvarint()
	if n > uint64(len(r.b))/4 {
		return nil, damaged
	}
	l.offsets = r.bytes(4 * n)
	l.entries = r.b
	if r.failed {
		return nil, damaged
	}
	return l, s.verifyBytes(l.offsets)
}

// keepsTo reports whether lists are those of a rule: of the same fields with the
// same weights, compared in the same way.
func (s *Segment) keepsTo(l *championLists, rule *ChampionRule) bool {
	if l.base != rule.Base || s.fields[l.lengthField].name != rule.LengthField {
		return false
	}
	known := 0
	for _, want := range rule.Fields {
		if f := s.fieldNamed(want.Name); f == nil || f.terms == 0 {
			continue
		}
		if known == len(l.fields) || s.fields[l.fields[known]].name != want.Name || l.weights[known] != want.Weight {
			return false
		}
		known++
	}
	return known == len(l.fields)
}

// key returns the key of a list, and a reader of what follows it. The key is
// empty where the bytes are not those of a list.
func (l *championLists) key(s *Segment, i int) ([]byte, byteReader) {
	offset := uint64(binary.LittleEndian.Uint32(l.offsets[4*i:]))
	if offset >= uint64(len(l.entries)) {
		return nil, byteReader{failed: true}
	}
	r := byteReader{b: l.entries[offset:]}
	if s.verifyBytes(r.b[:min(len(r.b), binary.MaxVarintLen64)]) != nil {
		return nil, byteReader{failed: true}
	}
	key := r.bytes(r.uvarint())
	if s.verifyBytes(key) != nil || r.failed {
		return nil, byteReader{failed: true}
	}
	if s.verifyBytes(r.b[:min(len(r.b), 3*binary.MaxVarintLen64)]) != nil {
		return nil, byteReader{failed: true}
	}
	return key, r
}

// readChampions reads a list behind its shortest prefix.
func (s *Segment) readChampions(lists *championLists, r byteReader) (Champions, error) {
	damaged := fmt.Errorf("%w: a champion list", ErrDamaged)
	count, n := r.uvarint(), r.uvarint()
	if r.failed || count > uint64(s.docs) || n > count || n > championPostings {
		return Champions{}, damaged
	}
	if err := s.verifyBytes(r.b[:min(uint64(len(r.b)), n*2*binary.MaxVarintLen64)]); err != nil {
		return Champions{}, err
	}
	c := Champions{Count: int(count), Base: lists.base, PerLength: lists.perLength}
	both := make([]uint32, 2*n)
	c.Docs, c.Freqs = both[:n:n], both[n:]
	next := uint64(0)
	for i := range c.Docs {
		delta, freq := r.uvarint(), r.uvarint()
		doc := next + delta
		if r.failed || delta >= uint64(s.docs) || doc >= uint64(s.docs) || freq > math.MaxUint32 {
			return Champions{}, damaged
		}
		c.Docs[i], c.Freqs[i] = uint32(doc), uint32(freq)
		next = doc + 1
	}
	return c, nil
}
