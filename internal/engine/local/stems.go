package local

import (
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/segment"
)

// stemList is the postings of a stem in one segment, read a block at a time.
type stemList struct {
	list    segment.List // as it stands before the first block; copies are read
	lengths []uint32     // of every document
}

// stemList looks up a stem; ok is false where the segment doesn't have it.
func (s *segView) stemList(field, stem string) (l stemList, ok bool, err error) {
	l.list, ok, err = s.own.Postings(field, stem)
	if err != nil {
		return l, false, fmt.Errorf("postings of %s:%q: %w", field, stem, err)
	}
	if ok {
		l.lengths = s.own.Lengths(field)
	}
	return l, ok, nil
}

// set returns the live documents of the list.
func (l stemList) set(s *segView) (*roaring.Bitmap, error) { return s.listSet(l.list) }

// each calls f in order for the documents of the list that lie in gate.
func (l stemList) each(gate *roaring.Bitmap, f func(doc, freq, length uint32)) error {
	list := l.list
	inside := gate.Contains
	if list.Count() >= smallList {
		words := gate.ToDense()
		inside = func(doc uint32) bool {
			return int(doc/64) < len(words) && words[doc/64]>>(doc%64)&1 != 0
		}
	}
	var docs, freqs [segment.BlockSize]uint32
	for n := list.NextBlock(&docs, &freqs); n > 0; n = list.NextBlock(&docs, &freqs) {
		for i, doc := range docs[:n] {
			if !inside(doc) {
				continue
			}
			if int(doc) >= len(l.lengths) {
				return fmt.Errorf("%w: a posting names document %d of %d", engine.ErrDamaged, doc, len(l.lengths))
			}
			f(doc, freqs[i], l.lengths[doc])
		}
	}
	return list.Err()
}

// tallyStem counts a stem in one part of the text. What the body holds is
// what is left of the whole.
func (s *segView) tallyStem(p match.Stem, t *tally) error {
	add := func(field string, sign, weight int64) error {
		l, ok, err := s.stemList(field, p.Stem)
		if err != nil || !ok {
			return err
		}
		live, err := l.set(s)
		if err != nil {
			return err
		}
		return l.each(live, func(doc, freq, length uint32) { t.add(doc, sign*weight*int64(freq), length) })
	}
	switch p.Field {
	case match.Title:
		return add(fieldTitle, 1, weightTitle)
	case match.Heading:
		return add(fieldHeading, 1, weightHeading)
	}
	if err := add(fieldStem, 1, 1); err != nil {
		return err
	}
	if err := add(fieldTitle, -1, weightTitle); err != nil {
		return err
	}
	return add(fieldHeading, -1, weightHeading)
}
