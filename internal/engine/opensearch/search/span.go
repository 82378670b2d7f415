package search

import (
	"context"
	"slices"

	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/match"
)

// span is a query that knows where in a field it matches. Where it does so in more
// places than what it stands for, or only says that this is somewhere in the field,
// it is not exact.
type span struct {
	query query // nil for what matches nothing, unless it is loose
	exact bool
	loose bool // any place at all; query is nil
}

// phrase is near for a phrase in one field.
func (c *compiler) phrase(ctx context.Context, f match.Field, p match.Phrase) (q query, exact bool, err error) {
	switch len(p.Terms) {
	case 0:
		return matchNone(), true, nil
	case 1:
		t := plain(p.Terms[0])
		if isAnyTerm(t) {
			return exists(schema.WordField(f)), t.Case == match.AnyCase, nil
		}
		q, err = c.word(ctx, f, t)
		return q, true, err
	}
	s, err := c.phraseSpan(ctx, f, p)
	return s.presence(f), s.exact, err
}

// presence returns the query for articles with the span in field f.
func (s span) presence(f match.Field) query {
	switch {
	case s.loose:
		return exists(schema.WordField(f))
	case s.query == nil:
		return matchNone()
	}
	return s.query
}

// phraseSpan returns the span of a phrase.
func (c *compiler) phraseSpan(ctx context.Context, f match.Field, p match.Phrase) (span, error) {
	parts, exact, err := c.phraseParts(ctx, f, p.Terms)
	switch {
	case err != nil:
		return span{}, err
	case len(parts) == 0:
		return span{loose: !exact, exact: exact}, nil
	}
	return span{query: spanNear(p.Slop, parts...), exact: exact}, nil
}

// phraseParts returns the spans that a phrase is made of, in their order; nothing where it
// has a word that is nowhere, if they are exact, and otherwise where any words will do. That a
// word stands at the end of a phrase which may be any cannot be asked: a gap reaches
// beyond the end of a run.
func (c *compiler) phraseParts(ctx context.Context, f match.Field, of []match.TermPattern) (parts []query, exact bool, err error) {
	terms := make([]match.TermPattern, len(of))
	for i, t := range of {
		terms[i] = plain(t)
	}
	inner := trimAny(terms)
	if len(inner) == 0 {
		return nil, len(terms) == 0, nil
	}
	gap := 0
	exact = len(inner) == len(terms)
	for _, t := range inner {
		if isAnyTerm(t) {
			gap++
			exact = exact && t.Case == match.AnyCase
			continue
		}
		if gap > 0 {
			parts = append(parts, spanGap(f, gap))
			gap = 0
		}
		q, err := c.wordSpan(ctx, f, t)
		if err != nil || q == nil {
			return nil, true, err
		}
		parts = append(parts, q)
	}
	return parts, exact, nil
}

// trimAny returns terms without those at either end that any word fits.
func trimAny(terms []match.TermPattern) []match.TermPattern {
	for len(terms) > 0 && isAnyTerm(terms[0]) {
		terms = terms[1:]
	}
	for len(terms) > 0 && isAnyTerm(terms[len(terms)-1]) {
		terms = terms[:len(terms)-1]
	}
	return terms
}

// isAnyTerm reports whether any word fits a term, which is plain, or any without capitals:
// no query tells where there is none.
func isAnyTerm(t match.TermPattern) bool {
	return t.Kind == match.AnyWord && t.Marks == "" && (t.Case == match.AnyCase || t.Case == match.LowerCase)
}

// spanNear is of spans in this order with at most slop words between them in all.
func spanNear(slop int, of ...query) query {
	if len(of) == 1 {
		return of[0]
	}
	return query{"span_near": query{"clauses": of, "slop": min(slop, schema.PositionGap-1), "in_order": true}}
}

func spanOr(of ...query) query {
	if len(of) == 1 {
		return of[0]
	}
	return query{"span_or": query{"clauses": of}}
}

// nearIn is near for a NEAR in one field.
func (c *compiler) nearIn(ctx context.Context, f match.Field, p match.Near) (q query, exact bool, err error) {
	if p.Marks != "" {
		return c.nearInMarks(ctx, f, p)
	}
	switch len(p.Operands) {
	case 0:
		return matchNone(), true, nil
	case 1:
		return c.anyPhrase(ctx, f, p.Operands[0])
	}
	if slices.ContainsFunc(p.Operands, haveLengths) {
		b, err := c.nearSpansIn(ctx, f, match.Spans{}, spansOf(p))
		return b.all, b.doubtful == nil, err
	}
	of := make([]span, len(p.Operands))
	exact = true
	for i, phrases := range p.Operands {
		if of[i], err = c.operand(ctx, f, phrases); err != nil {
			return nil, false, err
		}
		if of[i].query == nil && !of[i].loose || p.Distance < 1 {
			return matchNone(), true, nil
		}
		exact = exact && of[i].exact
	}
	switch {
	case !exact:
		return allPresent(f, of), false, nil
	case p.Ordered:
		return chain(of, p.Distance), true, nil
	case len(of) == 2:
		return eitherOrder(of[0].query, of[1].query, p.Distance), true, nil
	}
	exactly, err := c.exactOperands(ctx, f, p)
	if err != nil {
		return nil, false, err
	}
	if exactly != nil {
		chained := chainedFirst(exactly, match.SpanNear{Distance: p.Distance}, f)
		return chained.of, !chained.whole && chained.doubt == nil, nil
	}
	return pairwise(of, p.Distance), false, nil
}

// haveLengths reports whether phrases have several lengths, see place.
func haveLengths(phrases []match.Phrase) bool {
	return slices.ContainsFunc(phrases, func(p match.Phrase) bool { return len(p.Terms) != len(phrases[0].Terms) })
}

// spansOf returns a NEAR without marks as spans.
func spansOf(p match.Near) match.SpanNear {
	n := match.SpanNear{Distance: p.Distance, Ordered: p.Ordered}
	for _, phrases := range p.Operands {
		n.Of = append(n.Of, match.SpanWords(phrases))
	}
	return n
}

// pairwise matches what has each span within a distance of the next somewhere.
func pairwise(of []span, distance int) query {
	pairs := make([]query, len(of)-1)
	for i := range pairs {
		pairs[i] = eitherOrder(of[i].query, of[i+1].query, distance)
	}
	return allOf(pairs...)
}

// anyPhrase is near for any of some phrases in one field.
func (c *compiler) anyPhrase(ctx context.Context, f match.Field, phrases []match.Phrase) (q query, exact bool, err error) {
	var of []query
	exact = true
	for _, p := range phrases {
		q, ok, err := c.phrase(ctx, f, p)
		if err != nil {
			return nil, false, err
		}
		of, exact = append(of, q), exact && ok
	}
	return anyOf(of...), exact, nil
}

// operand returns the span of an operand of a NEAR.
func (c *compiler) operand(ctx context.Context, f match.Field, phrases []match.Phrase) (span, error) {
	all := span{exact: true}
	var of []query
	for _, p := range phrases {
		s, err := c.phraseSpan(ctx, f, p)
		if err != nil {
			return span{}, err
		}
		// Readings of different lengths from one place: the shortest alone counts.
		all.exact = all.exact && s.exact && p.Slop == 0
		all.loose = all.loose || s.loose
		if s.query != nil {
			of = append(of, s.query)
		}
	}
	if len(of) > 0 && !all.loose {
		all.query = spanOr(of...)
	}
	return all, nil
}

// allPresent matches the articles that have all spans in a field.
func allPresent(f match.Field, of []span) query {
	queries := make([]query, len(of))
	for i, s := range of {
		queries[i] = s.presence(f)
	}
	return allOf(queries...)
}

// chain matches spans in this order, each within a distance of the next.
func chain(of []span, distance int) query {
	q := of[len(of)-1].query
	for i := len(of) - 2; i >= 0; i-- {
		q = spanNear(distance-1, of[i].query, q)
	}
	return q
}

// eitherOrder matches two spans within a distance, whichever comes first.
func eitherOrder(a, b query, distance int) query {
	return spanOr(spanNear(distance-1, a, b), spanNear(distance-1, b, a))
}
