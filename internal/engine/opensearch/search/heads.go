package search

import (
	"context"

	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/match"
)

// countHeads counts, of two operands near each other in field f, the phrases of the first
// that have one of the second near them. Where they may share tokens, that is a bound.
func (c *compiler) countHeads(ctx context.Context, f match.Field, p match.Spans, n match.SpanNear, weight float64) (countedSpan, error) {
	if !countsHeads(f, p, n) {
		return uncounted(), nil
	}
	phrases, ok := flattened(n.Of[0]).(match.SpanWords)
	if !ok {
		return uncounted(), nil
	}
	other, err := c.standing(ctx, f, n.Of[1], p.Marks)
	switch {
	case err != nil || !other.exact:
		return uncounted(), err
	case other.isNowhere():
		return countedSpan{of: matchNone(), bound: true}, nil
	}
	breaks, ok := breakMarks(p.Marks)
	if !ok {
		return uncounted(), nil
	}
	h := heads{field: f, near: n, other: other, breaks: breaks, weight: weight}
	for _, ph := range withMarks(phrases, p.Marks) {
		s, err := c.exactSpan(ctx, f, ph.Terms)
		if err != nil || s == nil || !h.add(s) {
			return uncounted(), err
		}
	}
	counted := countedSpan{of: anyOf(h.of...), bound: true, whole: h.whole}
	if len(h.doubts) > 0 {
		counted.doubt = anyOf(h.doubts...)
	}
	return counted, nil
}

// countsHeads reports whether there are queries for such operands.
func countsHeads(f match.Field, p match.Spans, n match.SpanNear) bool {
	switch {
	case len(n.Of) != 2 || p.Lead > 0:
		return false
	case n.Unit == match.InWords:
		return n.Distance >= 1 && n.Distance <= maxCountedDistance && (n.Ordered || p.Marks == "")
	}
	return schema.MarkField(f) != ""
}

// heads are the phrases of an operand, as they are counted.
type heads struct {
	field  match.Field
	near   match.SpanNear
	other  standing
	breaks []string // marks that no match goes over
	weight float64
	starts []*exactSpan
	of     []query
	doubts []query
	whole  bool
}

// add adds a phrase; false where no query counts it. It is counted where it is not where it
// is not within reach of the other: of a query that says so in one word less, the score would
// depend on how many words of the other the index has.
func (h *heads) add(s *exactSpan) bool {
	reach := h.reach(s)
	if !s.isApart() || words(reach) > maxJoined || hasPatterns(reach) {
		return false
	}
	start := &exactSpan{terms: s.terms[:1], words: s.words[:1]}
	for _, other := range h.starts {
		same, both := start.shared(other)
		h.whole = h.whole || same
		h.doubts = append(h.doubts, both...)
	}
	h.starts = append(h.starts, start)
	own := s.query()
	within := query{"span_within": query{"little": own, "big": reach}}
	h.of = append(h.of, boosted(spanNot(own, spanNot(own, within)), h.weight, s.terms))
	h.doubts = append(h.doubts, spanNot(own, spanNot(own, h.other.span())))
	if len(h.breaks) > 0 && !h.near.Ordered {
		h.doubts = append(h.doubts, query{"span_containing": query{"big": reach, "little": markSpan(h.field, h.breaks...)}})
	}
	return true
}

// reach is around all places of a phrase that are near the other, see exactSpan.near.
func (h *heads) reach(s *exactSpan) query {
	own, other := s.query(), h.other.span()
	n := h.near
	switch {
	case n.Ordered:
		joined := spanOr(joins(h.field, n, []place{{query: own, words: len(s.words)}}, h.other.places)...)
		if len(h.breaks) > 0 {
			joined = spanNot(joined, markSpan(h.field, h.breaks...))
		}
		return joined
	case n.Unit != match.InWords:
		return unitWith(h.field, n.Unit, other)
	}
	n.Ordered = true
	before := joins(h.field, n, []place{{query: own, words: len(s.words)}}, h.other.places)
	return spanOr(append(before, spanNear(0, other, spanGap(h.field, n.Distance+len(s.words)-1)))...)
}

// isApart reports whether a phrase never overlaps itself: it is one word, or has different
// ones.
func (s *exactSpan) isApart() bool {
	seen := map[string]bool{}
	for _, t := range s.terms {
		if len(s.terms) > 1 && (t.Kind != match.Exact || seen[t.Text]) {
			return false
		}
		seen[t.Text] = true
	}
	return true
}

// hasPatterns reports whether a query of spans looks up the words of patterns.
func hasPatterns(q query) bool {
	for name, of := range q {
		if name == "span_multi" {
			return true
		}
		switch of := of.(type) {
		case query:
			if hasPatterns(of) {
				return true
			}
		case []query:
			for _, q := range of {
				if hasPatterns(q) {
					return true
				}
			}
		}
	}
	return false
}
