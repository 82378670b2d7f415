package local

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/newsq/newsq/internal/match"
)

// leaf is a condition of a query that ranks: a stem, a phrase, a word as
// written, a NEAR.
type leaf struct {
	plan  match.Plan
	boost float64
	df    int // articles in which it occurs, over all segments
	idf   float64
	// least are the nodes whose articles df must not fall below: the names
	// asked for of which the leaf is another.
	least []int
}

// hits is what a leaf came to in one segment: the articles in which it occurs
// and how often, in doubled weight.
type hits struct {
	set *roaring.Bitmap
	// stem, when not nil, holds the frequencies, read when they are scored.
	stem *stemList
	// docs, freqs and lengths are side by side otherwise.
	docs    []uint32
	freqs   []uint32
	lengths []uint32
}

// each calls f in order for the articles of h that lie in gate.
func (h *hits) each(gate *roaring.Bitmap, f func(doc, freq, length uint32)) error {
	if h.stem != nil {
		return h.stem.each(gate, f)
	}
	for i, doc := range h.docs {
		if gate.Contains(doc) {
			f(doc, h.freqs[i], h.lengths[i])
		}
	}
	return nil
}

// leafHits evaluates a leaf on a segment.
func (r *segResult) leafHits(ctx context.Context, p match.Plan) (*hits, error) {
	switch p := p.(type) {
	case match.Stem:
		return r.stemHits(ctx, p)
	case match.Phrase:
		return r.overFields(p.Field, func(f match.Field, t *tally) error { return r.phrase(ctx, p, f, t) })
	case match.Near:
		return r.overFields(p.Field, func(f match.Field, t *tally) error { return r.near(ctx, p, f, t) })
	}
	return &hits{set: roaring.New()}, nil
}

func (r *segResult) stemHits(ctx context.Context, p match.Stem) (*hits, error) {
	switch p.Field {
	case match.Text:
		l, ok, err := r.stemList(fieldStem, p.Stem)
		if err != nil || !ok {
			return &hits{set: roaring.New()}, err
		}
		set, err := l.set(r.segView)
		return &hits{set: set, stem: &l}, err
	case match.Title, match.Heading, match.Body:
		t := r.newTally()
		err := r.tallyStem(p, t)
		return t.hits(), err
	default: // fields that don't rank know words only as written
		return r.overFields(p.Field, func(f match.Field, t *tally) error {
			slot := match.Slot{Kind: match.Forms, Text: p.Stem}
			return r.phrase(ctx, match.Phrase{Slots: []match.Slot{slot}}, f, t)
		})
	}
}

// overFields tallies a leaf over the parts that its field stands for. In a
// field that does not rank the frequency only says that it is there.
func (r *segResult) overFields(f match.Field, count func(f match.Field, t *tally) error) (*hits, error) {
	t := r.newTally()
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
