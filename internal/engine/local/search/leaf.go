package search

import (
	"context"
	"slices"

	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/engine/local/segment"
	"github.com/newsq/newsq/internal/match"
)

// hits is what a leaf came to in one segment: the articles in which it occurs
// and how often, in doubled weight. It is a list of the segment or a union of
// such, read as far as it is needed, or worked out.
type leafPostings struct {
	isPostingList bool
	postings      segment.PostingList // as it stands before the first block; copies are read
	union         *multiTermUnion
	docs          []uint32 // live articles, in order; see whole
	freqs         []uint32 // beside docs
}

// count returns the number of articles, that of the deleted ones in a list
// included.
func (h *leafPostings) count() int {
	switch {
	case h.isPostingList:
		return h.postings.Count()
	case h.union != nil:
		return h.union.matchCount
	}
	return len(h.docs)
}

// roomFor returns room for so many postings, to be filled and given back when
// what is in it was copied.
func borrowPostings(n int) (h *leafPostings, give func()) {
	docs, freqs := docBufferPool.Get().(*[]uint32), docBufferPool.Get().(*[]uint32)
	*docs, *freqs = slices.Grow((*docs)[:0], n), slices.Grow((*freqs)[:0], n)
	return &leafPostings{docs: *docs, freqs: *freqs}, func() { docBufferPool.Put(docs); docBufferPool.Put(freqs) }
}

// exactly copies what was worked out, with no room to spare: it stays until the
// query ends.
func (h *leafPostings) clone() *leafPostings {
	return &leafPostings{docs: slices.Clone(h.docs), freqs: slices.Clone(h.freqs)}
}

// hits evaluates the leaf of a number once.
func (r *segRun) leaf(ctx context.Context, id int) (*leafPostings, error) {
	if h := r.memo[id]; h != nil {
		return h, nil
	}
	p := r.query.ids.plans[id]
	h, err := r.evaluateLeaf(ctx, p)
	if err != nil {
		return nil, err
	}
	r.memo[id] = h
	return h, nil
}

func (r *segRun) evaluateLeaf(ctx context.Context, p match.Plan) (*leafPostings, error) {
	switch p := p.(type) {
	case match.Stem:
		return r.stem(ctx, p)
	case match.Phrase:
		if len(p.Terms) == 1 {
			return r.multiTerm(ctx, p.Terms[0], p.Field)
		}
		return r.overFields(p.Field, func(f match.Field) (*leafPostings, error) { return r.phrase(ctx, p, f) })
	case match.Near:
		return r.overFields(p.Field, func(f match.Field) (*leafPostings, error) { return r.near(ctx, p, f) })
	}
	return &leafPostings{}, nil
}

func (r *segRun) stem(ctx context.Context, p match.Stem) (*leafPostings, error) {
	switch p.Field {
	case match.Text:
		return r.openPostings(schema.FieldStem, p.Stem)
	case match.Title:
		return r.weightedStem(schema.FieldTitle, p.Stem, schema.WeightTitle)
	case match.Heading:
		return r.weightedStem(schema.FieldHeading, p.Stem, schema.WeightHeading)
	case match.Body:
		return r.bodyStem(p.Stem)
	}
	// Fields that don't rank know words only as written.
	slot := match.TermPattern{Kind: match.SameStem, Text: p.Stem}
	return r.evaluateLeaf(ctx, match.Phrase{Field: p.Field, Terms: []match.TermPattern{slot}})
}

// listHits is a list of the segment, or nothing.
func (r *segRun) openPostings(field, term string) (*leafPostings, error) {
	list, ok, err := r.Postings(field, term)
	return &leafPostings{isPostingList: ok, postings: list}, err
}

// stemsOf is a list with its frequencies weighted.
func (r *segRun) weightedStem(field, stem string, weight uint32) (*leafPostings, error) {
	list, ok, err := r.Postings(field, stem)
	if err != nil || !ok {
		return &leafPostings{}, err
	}
	return r.readLive(list, weight)
}

// read reads the live part of a list.
func (r *segRun) readLive(list segment.PostingList, weight uint32) (*leafPostings, error) {
	h := &leafPostings{docs: make([]uint32, 0, list.Count()), freqs: make([]uint32, 0, list.Count())}
	var docs, freqs [segment.BlockSize]uint32
	for n := list.NextBlock(&docs, &freqs); n > 0; n = list.NextBlock(&docs, &freqs) {
		for i, doc := range docs[:n] {
			if r.Deleted == nil || !r.Deleted.Has(doc) {
				h.docs, h.freqs = append(h.docs, doc), append(h.freqs, weight*freqs[i])
			}
		}
	}
	return h, list.Err()
}

// bodyStems is what is left of a stem's frequencies in the whole text when
// those in title and headings are taken away.
func (r *segRun) bodyStem(stem string) (*leafPostings, error) {
	all, err := r.weightedStem(schema.FieldStem, stem, 1)
	if err != nil {
		return nil, err
	}
	for _, part := range []struct {
		field  string
		weight uint32
	}{{schema.FieldTitle, schema.WeightTitle}, {schema.FieldHeading, schema.WeightHeading}} {
		of, err := r.weightedStem(part.field, stem, part.weight)
		if err != nil {
			return nil, err
		}
		at := 0
		for i, doc := range of.docs {
			for at < len(all.docs) && all.docs[at] < doc {
				at++
			}
			if at < len(all.docs) && all.docs[at] == doc {
				all.freqs[at] -= min(of.freqs[i], all.freqs[at])
			}
		}
	}
	return all.dropZeroFreqs(), nil
}

// occurring leaves out the articles in which the leaf does not occur.
func (h *leafPostings) dropZeroFreqs() *leafPostings {
	kept := 0
	for i, n := range h.freqs {
		if n > 0 {
			h.docs[kept], h.freqs[kept] = h.docs[i], n
			kept++
		}
	}
	h.docs, h.freqs = h.docs[:kept], h.freqs[:kept]
	return h
}

// overFields joins what a leaf comes to in the parts that its field stands
// for, weighted. In a field that does not rank the frequency only says that it
// is there, and gives nothing.
func (r *segRun) overFields(f match.Field, in func(f match.Field) (*leafPostings, error)) (*leafPostings, error) {
	var all *leafPostings
	for _, part := range fieldParts(f) {
		h, err := in(part)
		if err != nil {
			return nil, err
		}
		h.scaleFreqs(uint32(schema.Weight(part)))
		all = r.merge(all, h)
	}
	return all, nil
}

func (h *leafPostings) scaleFreqs(weight uint32) {
	for i := range h.freqs {
		h.freqs[i] *= weight
	}
}

// join adds up two leaves, of which the first may be nil.
func (r *segRun) merge(h, other *leafPostings) *leafPostings {
	if h == nil || len(h.docs) == 0 {
		return other
	}
	if len(other.docs) == 0 {
		return h
	}
	n := len(h.docs) + len(other.docs)
	sum := &leafPostings{docs: r.res.docBuffer(n), freqs: r.res.docBuffer(n)}
	i, j := 0, 0
	for i < len(h.docs) && j < len(other.docs) {
		a, b := h.docs[i], other.docs[j]
		switch {
		case a < b:
			sum.docs, sum.freqs = append(sum.docs, a), append(sum.freqs, h.freqs[i])
			i++
		case b < a:
			sum.docs, sum.freqs = append(sum.docs, b), append(sum.freqs, other.freqs[j])
			j++
		default:
			sum.docs, sum.freqs = append(sum.docs, a), append(sum.freqs, h.freqs[i]+other.freqs[j])
			i, j = i+1, j+1
		}
	}
	sum.docs, sum.freqs = append(sum.docs, h.docs[i:]...), append(sum.freqs, h.freqs[i:]...)
	sum.docs, sum.freqs = append(sum.docs, other.docs[j:]...), append(sum.freqs, other.freqs[j:]...)
	return sum
}

// parts are the parts of an article that a field stands for.
func fieldParts(f match.Field) []match.Field {
	if f == match.Text {
		return []match.Field{match.Title, match.Heading, match.Body}
	}
	return []match.Field{f}
}
