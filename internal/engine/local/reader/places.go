package reader

import (
	"fmt"
	"hash/maphash"
	"sync/atomic"

	"github.com/newsq/newsq/internal/engine/local/segment"
)

// termPlaces remembers where the posting lists of some terms are, and which terms
// there are none of. A query asks for each of its words some times: what the index
// has of it decides what it means, then it is weighed, and then read; and an index
// that is being written has many segments, each with a dictionary.
//
// A term has one slot, which the last one that was looked up there holds. The zero
// value is ready. It is safe for concurrent use.
type termPlaces [placeSlots]atomic.Pointer[knownTerm]

// placeSlots is enough for the words of a query in their fields.
const placeSlots = 64

// knownTerm is what a segment has of a term. It is not changed.
type knownTerm struct {
	field, term string
	place       segment.TermPlace
	found       bool
}

var placeSeed = maphash.MakeSeed()

// find does what the FindTerm of raw does.
func (t *termPlaces) find(raw *segment.Segment, field, term string) (segment.TermPlace, bool, error) {
	const odd = 0x9E3779B97F4A7C15 // so that a word has another slot in each field
	slot := &t[(maphash.String(placeSeed, term)+odd*maphash.String(placeSeed, field))%placeSlots]
	if k := slot.Load(); k != nil && k.term == term && k.field == field {
		return k.place, k.found, nil
	}
	place, found, err := raw.FindTerm(field, term)
	if err == nil {
		slot.Store(&knownTerm{field, term, place, found})
	}
	return place, found, err
}

// TermChampions reads the first n champions of a term into c; see
// [segment.Segment.TermChampions]. Deleted documents are among them.
func (s *Segment) TermChampions(rule *segment.ChampionRule, term string, n int, c *segment.Champions) (ok bool, err error) {
	place, ok, err := s.places.find(s.Raw, rule.TermField, term)
	if err == nil && ok {
		ok, err = s.Raw.TermChampions(rule, place, n, c)
	}
	if err != nil {
		err = fmt.Errorf("champions of %s:%q: %w", rule.TermField, term, err)
	}
	return ok, err
}
