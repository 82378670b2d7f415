package search

import (
	"context"
	"slices"

	"github.com/newsq/newsq/internal/engine/bm25f"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/match"
)

// A Spans is answered like a NEAR, see patternphrase.go: its phrases are resolved, and in
// the articles that may match it, stretches are found from the words up.

// spanNode is a span in one field of a segment.
type spanNode struct {
	kind    spanKind
	phrases []*patternPhrase // of spanWords
	kids    []*spanNode      // of others; of spanNotNear what is found, and what it must not be near to
	joint   joint
	unit    match.Unit

	articles  reader.Bitset // that may have a stretch
	found     []occurrence  // in an article
	operands  [][]occurrence
	neighbors neighbors
}

type spanKind uint8

const (
	spanWords spanKind = iota
	spanOr
	spanNear
	spanNotNear
)

// spans counts the occurrences of p, weighted.
func (r *segRun) spans(ctx context.Context, p match.Spans) (*leafPostings, error) {
	var all, counts *leafPostings
	for _, part := range fieldParts(p.Field) {
		found, err := r.spansIn(ctx, p, part)
		if err != nil {
			return nil, err
		}
		if p.AtLeast > 1 {
			counts = r.merge(counts, found.clone())
		}
		found.scaleFreqs(uint32(bm25f.Weight(part)))
		all = r.merge(all, found)
	}
	if p.AtLeast > 1 {
		all.keepFrequent(counts, p.AtLeast)
	}
	return all, nil
}

// keepFrequent keeps the articles that have at least so many occurrences in counts, which are
// of the same articles.
func (p *leafPostings) keepFrequent(counts *leafPostings, atLeast int) {
	n := 0
	for i, count := range counts.freqs {
		if int64(count) >= int64(atLeast) {
			p.docs[n], p.freqs[n] = p.docs[i], p.freqs[i]
			n++
		}
	}
	p.docs, p.freqs = p.docs[:n], p.freqs[:n]
}

// spansIn counts the occurrences of p in field f.
func (r *segRun) spansIn(ctx context.Context, p match.Spans, f match.Field) (*leafPostings, error) {
	counted := &leafPostings{}
	k := r.newPhraseReader(f)
	n, err := k.resolveSpan(ctx, p.Of)
	if err != nil || n == nil {
		return counted, err
	}
	set := n.articles
	if r.among != nil {
		set.And(r.among)
	}
	in := spanRegions{lead: p.Lead}
	if p.Marks != "" {
		if in.marked, err = k.resolveMarks(ctx, p.Marks); err != nil {
			return nil, err
		}
		set.And(in.marked.articles)
	}
	if p.Lead > 0 {
		k.readStarts(schema.StartOfRun)
	}
	var heads []uint32
	return counted, k.eachArticle(ctx, set, func(i int, doc uint32) error {
		if heads, err = k.heads(ctx, heads[:0], n, &in, i); err != nil {
			return err
		}
		slices.Sort(heads)
		if heads = slices.Compact(heads); len(heads) > 0 {
			counted.docs, counted.freqs = append(counted.docs, doc), append(counted.freqs, uint32(len(heads)))
		}
		return k.res.spend(ctx, len(heads))
	})
}

// resolveSpan looks up the words of a span. It returns nil when it stands nowhere in the
// segment.
func (k *phraseReader) resolveSpan(ctx context.Context, s match.Span) (*spanNode, error) {
	switch s := s.(type) {
	case match.SpanWords:
		return k.resolveSpanWords(ctx, s)
	case match.SpanOr:
		return k.resolveSpanOr(ctx, s)
	case match.SpanNear:
		n := k.newJoin(spanNear, s.Distance, s.Unit, s.Ordered)
		for i, of := range s.Of {
			kid, err := k.resolveSpan(ctx, of)
			if err != nil || kid == nil {
				return nil, err
			}
			n.kids = append(n.kids, kid)
			if i == 0 {
				n.articles = kid.articles
			} else {
				n.articles.And(kid.articles)
			}
		}
		if len(n.kids) == 0 || n.articles.IsEmpty() {
			return nil, nil
		}
		return n, nil
	case match.SpanNotNear:
		n := k.newJoin(spanNotNear, s.Distance, s.Unit, s.Ordered)
		of, err := k.resolveSpan(ctx, s.Of)
		if err != nil || of == nil {
			return nil, err
		}
		n.kids, n.articles = append(n.kids, of), of.articles
		avoid, err := k.resolveSpan(ctx, s.Avoid)
		if avoid != nil {
			n.kids = append(n.kids, avoid)
		}
		return n, err
	}
	return nil, nil
}

// newJoin returns a node that joins stretches.
func (k *phraseReader) newJoin(kind spanKind, distance int, unit match.Unit, ordered bool) *spanNode {
	switch unit {
	case match.InSentence:
		k.readStarts(schema.StartOfSentence, schema.StartOfRun)
	case match.InParagraph:
		k.readStarts(schema.StartOfParagraph, schema.StartOfRun)
	}
	return &spanNode{kind: kind, unit: unit, joint: joint{distance: uint32(min(distance, schema.MaxDistance)), ordered: ordered}}
}

func (k *phraseReader) resolveSpanWords(ctx context.Context, phrases []match.Phrase) (*spanNode, error) {
	n := &spanNode{kind: spanWords}
	for _, phrase := range phrases {
		q, err := k.resolve(ctx, phrase)
		if err != nil {
			return nil, err
		}
		if q != nil {
			n.phrases = append(n.phrases, q)
			n.addArticles(k, q.articles)
		}
	}
	if len(n.phrases) == 0 {
		return nil, nil
	}
	return n, nil
}

func (k *phraseReader) resolveSpanOr(ctx context.Context, of []match.Span) (*spanNode, error) {
	n := &spanNode{kind: spanOr}
	for _, s := range of {
		kid, err := k.resolveSpan(ctx, s)
		if err != nil {
			return nil, err
		}
		if kid != nil {
			n.kids = append(n.kids, kid)
			n.addArticles(k, kid.articles)
		}
	}
	if len(n.kids) == 0 {
		return nil, nil
	}
	return n, nil
}

// addArticles adds articles that may have a stretch.
func (n *spanNode) addArticles(k *phraseReader, articles reader.Bitset) {
	if n.articles == nil {
		n.articles = k.copyBitset(articles)
		return
	}
	n.articles.Or(articles)
}

// spanRegions are the stretches in one of which all of an occurrence must lie.
type spanRegions struct {
	lead   int              // words; 0 for all
	marked *markedStretches // nil for all
	lasts  []uint32         // memory for the bounds of a lead
}

// none reports whether an occurrence may lie anywhere.
func (in *spanRegions) none() bool { return in.lead == 0 && in.marked == nil }

// bounds returns the bounds of the regions in an article of the batch, none of which behind
// a position matters.
func (in *spanRegions) bounds(k *phraseReader, article int, last uint32) []uint32 {
	if in.lead == 0 {
		return in.marked.bounds[article]
	}
	in.lasts = leadRegions(in.lasts[:0], in.lead, k.starts[schema.StartOfRun].positions[article], last)
	if in.marked == nil {
		return in.lasts
	}
	return intersectBounds(in.lasts, in.marked.bounds[article])
}

// heads appends the positions at which n is counted in an article of the batch, in any order
// and some of them repeatedly: those of its stretches, but of a NEAR those of the first
// operand.
func (k *phraseReader) heads(ctx context.Context, dst []uint32, n *spanNode, in *spanRegions, article int) ([]uint32, error) {
	switch n.kind {
	case spanOr:
		var err error
		for _, kid := range n.kids {
			if dst, err = k.heads(ctx, dst, kid, in, article); err != nil {
				return dst, err
			}
		}
		return dst, nil
	case spanNear:
		if there, err := k.findOperands(ctx, n, article); !there || err != nil {
			return dst, err
		}
	default:
		if err := k.findStretches(ctx, n, article); err != nil {
			return dst, err
		}
		n.operands = append(n.operands[:0], n.found)
	}
	if in.none() {
		return k.chainHeads(ctx, dst, n, n.operands)
	}
	return k.headsWithin(ctx, dst, n, in, article)
}

// headsWithin appends the heads of chains that lie in one region.
func (k *phraseReader) headsWithin(ctx context.Context, dst []uint32, n *spanNode, in *spanRegions, article int) ([]uint32, error) {
	last := uint32(0)
	for _, all := range n.operands {
		for _, o := range all {
			last = max(last, o.end)
		}
	}
	bounds := in.bounds(k, article, last)
	if err := k.res.spend(ctx, len(bounds)*len(n.operands)); err != nil {
		return dst, err
	}
	inRegion := make([][]occurrence, len(n.operands))
	for b := 0; b < len(bounds); b += 2 {
		lacks := false
		for i, all := range n.operands {
			inRegion[i] = occurrencesWithin(all, bounds[b], bounds[b+1])
			lacks = lacks || len(inRegion[i]) == 0
		}
		if lacks {
			continue
		}
		var err error
		if dst, err = k.chainHeads(ctx, dst, n, inRegion); err != nil {
			return dst, err
		}
	}
	return dst, nil
}

// chainHeads appends where the first stretches of chains start. It overwrites operands.
func (k *phraseReader) chainHeads(ctx context.Context, dst []uint32, n *spanNode, operands [][]occurrence) ([]uint32, error) {
	steps := keepChained(&n.neighbors, operands, &n.joint)
	for _, o := range operands[0] {
		dst = append(dst, o.start)
	}
	return dst, k.res.spend(ctx, steps+len(operands[0]))
}

// findOperands finds the stretches of a NEAR's operands in an article of the batch, and
// reports whether each has some.
func (k *phraseReader) findOperands(ctx context.Context, n *spanNode, article int) (there bool, err error) {
	n.operands = n.operands[:0]
	for _, kid := range n.kids {
		if err := k.findStretches(ctx, kid, article); err != nil || len(kid.found) == 0 {
			return false, err
		}
		n.operands = append(n.operands, kid.found)
	}
	k.setUnits(n, article)
	return true, nil
}

// setUnits tells a node where the units of an article of the batch are.
func (k *phraseReader) setUnits(n *spanNode, article int) {
	if n.unit == match.InWords {
		return
	}
	term := schema.StartOfSentence
	if n.unit == match.InParagraph {
		term = schema.StartOfParagraph
	}
	if n.joint.units == nil {
		n.joint.units = &units{}
	}
	n.joint.units.set(k.starts[term].positions[article], k.starts[schema.StartOfRun].positions[article])
}

// findStretches finds where a node stands in an article of the batch, each stretch once and
// in order.
func (k *phraseReader) findStretches(ctx context.Context, n *spanNode, article int) (err error) {
	n.found = n.found[:0]
	switch n.kind {
	case spanWords:
		for _, q := range n.phrases {
			if n.found, err = k.occurrences(ctx, n.found, q, article); err != nil {
				return err
			}
		}
		n.found = sortedByStart(n.found)
	case spanOr:
		for _, kid := range n.kids {
			if err := k.findStretches(ctx, kid, article); err != nil {
				return err
			}
			n.found = append(n.found, kid.found...)
		}
		n.found = sortedByStart(n.found)
	case spanNear:
		there, err := k.findOperands(ctx, n, article)
		if !there || err != nil {
			return err
		}
		n.found, err = chains(n.found, &n.neighbors, n.operands, &n.joint, func(steps int) error { return k.res.spend(ctx, steps) })
		return err
	case spanNotNear:
		return k.findNotNear(ctx, n, article)
	}
	return k.res.spend(ctx, len(n.found))
}

// findNotNear is findStretches for a NOT NEAR.
func (k *phraseReader) findNotNear(ctx context.Context, n *spanNode, article int) error {
	of := n.kids[0]
	if err := k.findStretches(ctx, of, article); err != nil {
		return err
	}
	n.found = append(n.found, of.found...)
	if len(n.found) == 0 || len(n.kids) == 1 {
		return nil
	}
	avoid := n.kids[1]
	if err := k.findStretches(ctx, avoid, article); err != nil {
		return err
	}
	k.setUnits(n, article)
	var steps int
	n.found, steps = dropNear(&n.neighbors, n.found, avoid.found, &n.joint)
	return k.res.spend(ctx, steps)
}
