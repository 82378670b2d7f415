package local

import (
	"context"
	"slices"
	"sort"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"github.com/newsq/newsq/internal/match"
)

// leaf is a condition of a query that ranks: a stem, a phrase, a word as
// written, a NEAR.
type leaf struct {
	plan  match.Plan
	boost float64
	df    int // articles in which it occurs, over all segments
	// least are the nodes whose articles df must not fall below: the names
	// asked for of which the leaf is another.
	least []int
}

// hits is what a leaf came to in one segment: the articles in which it occurs
// and how often, in doubled weight.
type hits struct {
	set *roaring.Bitmap
	// stem, when not nil, holds the frequencies, read when they are scored.
	stem segment.PostingsList
	// docs, freqs and lengths are side by side otherwise.
	docs    []uint32
	freqs   []uint32
	lengths []uint32
}

// each calls f in order for the articles of h that lie in gate.
func (h *hits) each(gate *roaring.Bitmap, f func(doc, freq, length uint32)) error {
	if h.stem != nil {
		return each(h.stem, gate, false, func(p segment.Posting) {
			f(uint32(p.Number()), uint32(p.Frequency()), length(p))
		})
	}
	for i, doc := range h.docs {
		if gate.Contains(doc) {
			f(doc, h.freqs[i], h.lengths[i])
		}
	}
	return nil
}

// leafHits evaluates a leaf on a segment.
func (s *segView) leafHits(ctx context.Context, p match.Plan) (*hits, error) {
	switch p := p.(type) {
	case match.Stem:
		return s.stemHits(ctx, p)
	case match.Phrase:
		return s.overFields(p.Field, func(f match.Field, t *tally) error { return s.phrase(ctx, p, f, t) })
	case match.Near:
		return s.overFields(p.Field, func(f match.Field, t *tally) error { return s.near(ctx, p, f, t) })
	}
	return &hits{set: roaring.New()}, nil
}

func (s *segView) stemHits(ctx context.Context, p match.Stem) (*hits, error) {
	switch p.Field {
	case match.Text:
		list, err := s.exact(fieldStem, p.Stem)
		if err != nil || len(list) == 0 {
			return &hits{set: roaring.New()}, err
		}
		return &hits{set: bitmapOf(list[0]), stem: list[0]}, nil
	case match.Title, match.Heading, match.Body:
		t := newTally()
		err := s.tallyStem(p, t)
		return t.hits(), err
	default: // fields that don't rank know words only as written
		return s.overFields(p.Field, func(f match.Field, t *tally) error {
			slot := match.Slot{Kind: match.Forms, Text: p.Stem}
			return s.phrase(ctx, match.Phrase{Slots: []match.Slot{slot}}, f, t)
		})
	}
}

// tallyStem counts a stem in one part of the text. What the body holds is
// what is left of the whole.
func (s *segView) tallyStem(p match.Stem, t *tally) error {
	add := func(field string, sign, weight int64) error {
		list, err := s.exact(field, p.Stem)
		if err != nil || len(list) == 0 {
			return err
		}
		return each(list[0], bitmapOf(list[0]), false, func(p segment.Posting) {
			t.add(uint32(p.Number()), sign*weight*int64(p.Frequency()), length(p))
		})
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

// tally adds up frequencies by article.
type tally struct{ m map[uint32]tallied }

type tallied struct {
	freq   int64
	length uint32
}

func newTally() *tally { return &tally{m: map[uint32]tallied{}} }

func (t *tally) add(doc uint32, freq int64, length uint32) {
	e := t.m[doc]
	e.freq += freq
	e.length = length
	t.m[doc] = e
}

// hits returns what was tallied and is not nothing, in order.
func (t *tally) hits() *hits {
	h := &hits{set: roaring.New(), docs: make([]uint32, 0, len(t.m))}
	for doc, e := range t.m {
		if e.freq > 0 {
			h.docs = append(h.docs, doc)
		}
	}
	slices.Sort(h.docs)
	h.set.AddMany(h.docs)
	h.freqs = make([]uint32, len(h.docs))
	h.lengths = make([]uint32, len(h.docs))
	for i, doc := range h.docs {
		h.freqs[i] = uint32(t.m[doc].freq)
		h.lengths[i] = t.m[doc].length
	}
	return h
}

// overFields tallies a leaf over the parts that its field stands for. In a
// field that does not rank the frequency only says that it is there.
func (s *segView) overFields(f match.Field, count func(f match.Field, t *tally) error) (*hits, error) {
	t := newTally()
	for _, f := range parts(f) {
		if err := count(f, t); err != nil {
			return nil, err
		}
	}
	h := t.hits()
	if weight(f) == 0 && f != match.Text {
		return &hits{set: h.set}, nil
	}
	return h, nil
}

// parts are the parts of an article that a field stands for.
func parts(f match.Field) []match.Field {
	if f == match.Text {
		return []match.Field{match.Title, match.Heading, match.Body}
	}
	return []match.Field{f}
}

// tallyWeight is the weight that occurrences in f are tallied with; 1 where f
// does not rank, so that the article still counts as found.
func tallyWeight(f match.Field) int64 { return int64(max(weight(f), 1)) }

// phrase tallies the occurrences of p in field f.
func (s *segView) phrase(ctx context.Context, p match.Phrase, f match.Field, t *tally) error {
	slots, err := s.slots(ctx, p.Slots, f)
	if err != nil || slots == nil {
		return err
	}
	w := tallyWeight(f)
	if len(slots) == 1 {
		for _, list := range slots[0] {
			err := each(list, bitmapOf(list), false, func(p segment.Posting) {
				t.add(uint32(p.Number()), w*int64(p.Frequency()), length(p))
			})
			if err != nil {
				return err
			}
		}
		return nil
	}
	found, err := s.occurrences(slots, p.Slop)
	for i := range found {
		t.add(found[i].doc, w*int64(len(found[i].at)), found[i].length)
	}
	return err
}

// slots looks up the words of each slot; nil when one has none.
func (s *segView) slots(ctx context.Context, slots []match.Slot, f match.Field) ([][]segment.PostingsList, error) {
	name := wordField(f)
	lists := make([][]segment.PostingsList, len(slots))
	for i, slot := range slots {
		var err error
		if lists[i], err = s.postings(ctx, name, slot); err != nil || len(lists[i]) == 0 {
			return nil, err
		}
	}
	return lists, nil
}

// occurrence is a place where a phrase stands: its first and last position.
type occurrence struct{ start, end uint32 }

// found is the occurrences of a phrase in one article, by start.
type found struct {
	doc    uint32
	length uint32
	at     []occurrence
}

// occurrences finds where slots stand in order with at most slop other tokens
// between them: first the articles that have all the words, then positions.
func (s *segView) occurrences(slots [][]segment.PostingsList, slop int) ([]found, error) {
	both := union(slots[0])
	for _, lists := range slots[1:] {
		both.And(union(lists))
	}
	if both.IsEmpty() {
		return nil, nil
	}
	docs := both.ToArray()
	lengths := make([]uint32, len(docs))
	positions := make([][][]uint32, len(slots)) // by slot, by document
	for i, lists := range slots {
		var err error
		if positions[i], err = readPositions(lists, both, docs, lengths); err != nil {
			return nil, err
		}
	}
	var all []found
	places := make([][]uint32, len(slots))
	for k, doc := range docs {
		for i := range slots {
			places[i] = positions[i][k]
		}
		if at := phraseAt(places, min(slop, maxDistance)); len(at) > 0 {
			all = append(all, found{doc, lengths[k], at})
		}
	}
	return all, nil
}

// readPositions returns the sorted positions of any of the words in each of
// docs, which are gate's, and fills in their lengths.
func readPositions(lists []segment.PostingsList, gate *roaring.Bitmap, docs, lengths []uint32) ([][]uint32, error) {
	positions := make([][]uint32, len(docs))
	for _, list := range lists {
		k := 0
		err := each(list, gate, true, func(p segment.Posting) {
			doc := uint32(p.Number())
			k += sort.Search(len(docs)-k, func(i int) bool { return docs[k+i] >= doc })
			lengths[k] = length(p)
			for _, l := range p.Locations() {
				positions[k] = append(positions[k], uint32(l.Pos()))
			}
		})
		if err != nil {
			return nil, err
		}
	}
	for _, p := range positions {
		slices.Sort(p)
	}
	return positions, nil
}

// near tallies the occurrences of p's first operand in field f that take part
// in a match.
func (s *segView) near(ctx context.Context, p match.Near, f match.Field, t *tally) error {
	byDoc := make([]map[uint32][]occurrence, len(p.Of))
	lengths := map[uint32]uint32{}
	for i, operand := range p.Of {
		byDoc[i] = map[uint32][]occurrence{}
		for _, phrase := range operand {
			slots, err := s.slots(ctx, phrase.Slots, f)
			if err != nil {
				return err
			}
			if slots == nil {
				continue
			}
			all, err := s.occurrences(slots, 0)
			if err != nil {
				return err
			}
			for _, o := range all {
				byDoc[i][o.doc] = append(byDoc[i][o.doc], o.at...)
				lengths[o.doc] = o.length
			}
		}
	}
	w := tallyWeight(f)
	operands := make([][]occurrence, len(p.Of))
	for doc := range byDoc[0] {
		for i := range operands {
			operands[i] = byDoc[i][doc]
		}
		if n := nearCount(operands, min(p.Distance, maxDistance), p.Ordered); n > 0 {
			t.add(doc, w*int64(n), lengths[doc])
		}
	}
	return nil
}
