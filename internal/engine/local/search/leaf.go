package search

import (
	"context"

	"github.com/newsq/newsq/internal/engine/bm25f"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/engine/local/segment"
	"github.com/newsq/newsq/internal/match"
)

// leaf evaluates the leaf of a number, once.
func (r *segRun) leaf(ctx context.Context, id int) (*leafPostings, error) {
	if p := r.memo[id]; p != nil {
		return p, nil
	}
	p, err := r.evaluateLeaf(ctx, r.query.ids.plans[id])
	if err != nil {
		return nil, err
	}
	r.memo[id] = p
	return p, nil
}

func (r *segRun) evaluateLeaf(ctx context.Context, p match.Plan) (*leafPostings, error) {
	switch p := p.(type) {
	case match.Stem:
		return r.stem(ctx, p)
	case match.Phrase:
		if len(p.Terms) == 1 {
			return r.oneTerm(ctx, p)
		}
		return r.overFields(p.Field, func(f match.Field) (*leafPostings, error) { return r.phrase(ctx, p, f) })
	case match.Near:
		return r.overFields(p.Field, func(f match.Field) (*leafPostings, error) { return r.near(ctx, p, f) })
	case match.Spans:
		return r.spans(ctx, p)
	}
	return &leafPostings{}, nil
}

func (r *segRun) stem(ctx context.Context, p match.Stem) (*leafPostings, error) {
	switch p.Field {
	case match.Text:
		return r.openPostings(schema.FieldStem, p.Stem)
	case match.Title:
		return r.weightedStem(schema.FieldTitle, p.Stem)
	case match.Heading:
		return r.weightedStem(schema.FieldHeading, p.Stem)
	case match.Body:
		return r.bodyStem(p.Stem)
	}
	// Fields that don't rank know words only as written.
	pattern := match.TermPattern{Kind: match.SameStem, Text: p.Stem}
	return r.evaluateLeaf(ctx, match.Phrase{Field: p.Field, Terms: []match.TermPattern{pattern}})
}

// oneTerm evaluates a phrase of one term.
func (r *segRun) oneTerm(ctx context.Context, p match.Phrase) (*leafPostings, error) {
	if isMarked(p.Terms[0]) {
		return r.overFields(p.Field, func(f match.Field) (*leafPostings, error) { return r.patternPhrase(ctx, p, f) })
	}
	if term := p.Terms[0]; term.Kind == match.Exact {
		if word, ok, err := r.exactWord(ctx, term.Text, p.Field); ok || err != nil {
			return word, err
		}
	}
	without, err := r.otherLanguages(ctx, p.Terms[0])
	if err != nil {
		return nil, err
	}
	if without != nil {
		return r.overFields(p.Field, func(f match.Field) (*leafPostings, error) { return r.patternPhrase(ctx, p, f) })
	}
	return r.multiTerm(ctx, p.Terms[0], p.Field)
}

// exactWord is multiTerm for a word as written, of which there is one list for each part of
// the field. It merges these, which costs less than to go over all documents of the
// segment. ok is false where only the first documents of many are asked for: multiTerm
// leaves the others out.
func (r *segRun) exactWord(ctx context.Context, word string, f match.Field) (_ *leafPostings, ok bool, err error) {
	parts := fieldParts(f)
	var lists [numTextParts]segment.PostingList
	count := 0
	for i, part := range parts {
		list, found, err := r.Postings(schema.WordField(part), word)
		if err != nil {
			return nil, false, err
		}
		if found {
			lists[i] = list
			count += list.Count()
		}
	}
	if r.res.topLimit > 0 && count*denseRatio >= r.Docs {
		return nil, false, nil // only its first documents are asked for
	}
	all := &leafPostings{}
	for i, part := range parts {
		if lists[i].Count() == 0 {
			continue
		}
		if err := r.res.spend(ctx, stepsPerTerm+lists[i].Count()); err != nil {
			return nil, false, err
		}
		p, err := r.readLive(lists[i])
		if err != nil {
			return nil, false, err
		}
		p.scaleFreqs(uint32(bm25f.Weight(part)))
		all = r.merge(all, p)
	}
	return all, true, nil
}

// numTextParts is the number of parts that match.Text stands for, which has the most.
const numTextParts = 3

// openPostings opens a posting list of the segment, if there is one.
func (r *segRun) openPostings(field, term string) (*leafPostings, error) {
	list, ok, err := r.Postings(field, term)
	p := r.res.newLeaf()
	p.isPostingList, p.postings = ok, list
	return p, err
}

// weightedStem reads the postings of a stem, whose frequencies are weighted.
func (r *segRun) weightedStem(field, stem string) (*leafPostings, error) {
	list, ok, err := r.Postings(field, stem)
	if err != nil || !ok {
		return &leafPostings{}, err
	}
	return r.readLive(list)
}

// readLive reads the live documents of a posting list.
func (r *segRun) readLive(list segment.PostingList) (*leafPostings, error) {
	room := list.Count() + segment.BlockSize // as blocks are decoded in place
	docs, freqs := r.res.docBuffer(room)[:room], r.res.docBuffer(room)[:room]
	n := 0
	for {
		block, of := docs[n:][:segment.BlockSize], freqs[n:][:segment.BlockSize]
		filled := list.NextBlock((*[segment.BlockSize]uint32)(block), (*[segment.BlockSize]uint32)(of))
		if filled == 0 {
			return &leafPostings{docs: docs[:n], freqs: freqs[:n]}, list.Err()
		}
		if r.Deleted == nil {
			n += filled
			continue
		}
		for i, doc := range block[:filled] {
			docs[n], freqs[n] = doc, of[i]
			if !r.Deleted.Has(doc) {
				n++
			}
		}
	}
}

// bodyStem finds a stem in the body: its frequencies in the whole text, less
// those in title and headings.
func (r *segRun) bodyStem(stem string) (*leafPostings, error) {
	all, err := r.weightedStem(schema.FieldStem, stem)
	if err != nil {
		return nil, err
	}
	for _, field := range []string{schema.FieldTitle, schema.FieldHeading} {
		p, err := r.weightedStem(field, stem)
		if err != nil {
			return nil, err
		}
		all.subtract(p)
	}
	return all.dropZeroFreqs(), nil
}

// overFields evaluates a leaf in each of the parts that its field stands for, and
// adds up what it comes to, weighted. In a field that does not rank all
// frequencies are 0.
func (r *segRun) overFields(f match.Field, in func(f match.Field) (*leafPostings, error)) (*leafPostings, error) {
	var all *leafPostings
	for _, part := range fieldParts(f) {
		p, err := in(part)
		if err != nil {
			return nil, err
		}
		p.scaleFreqs(uint32(bm25f.Weight(part)))
		all = r.merge(all, p)
	}
	return all, nil
}

// merge adds up two leaf postings with docs and freqs. The first may be nil.
func (r *segRun) merge(p, other *leafPostings) *leafPostings {
	if p == nil || len(p.docs) == 0 {
		return other
	}
	if len(other.docs) == 0 {
		return p
	}
	if len(p.docs) < len(other.docs) {
		p, other = other, p
	}
	n := len(p.docs) + len(other.docs)
	sum := &leafPostings{docs: r.res.docBuffer(n), freqs: r.res.docBuffer(n)}
	i := 0
	for j, doc := range other.docs {
		to := i + gallop(p.docs[i:], doc)
		sum.docs, sum.freqs = append(sum.docs, p.docs[i:to]...), append(sum.freqs, p.freqs[i:to]...)
		freq := other.freqs[j]
		if i = to; i < len(p.docs) && p.docs[i] == doc {
			freq += p.freqs[i]
			i++
		}
		sum.docs, sum.freqs = append(sum.docs, doc), append(sum.freqs, freq)
	}
	sum.docs, sum.freqs = append(sum.docs, p.docs[i:]...), append(sum.freqs, p.freqs[i:]...)
	return sum
}

// gallop returns the index of the first of docs, which are in order, that is at least doc.
func gallop(docs []uint32, doc uint32) int {
	high := 1
	for high <= len(docs) && docs[high-1] < doc {
		high *= 2
	}
	low := high / 2 // what lies before it is less
	high = min(high, len(docs))
	for low < high {
		if mid := (low + high) / 2; docs[mid] < doc {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

// fieldParts are the parts of an article that a field stands for.
func fieldParts(f match.Field) []match.Field {
	if f == match.Text {
		return []match.Field{match.Title, match.Heading, match.Body}
	}
	return []match.Field{f}
}
