package search

import (
	"context"
	"slices"

	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/match"
)

// bounds are what is known of the articles that a condition matches.
type bounds struct {
	all      query // all of these, and perhaps others
	sure     query // some of these, and no others
	doubtful query // what is of all and not of sure; nil for nothing
}

func exactly(q query) bounds { return bounds{all: q, sure: q} }

func atMost(q query) bounds { return bounds{all: q, sure: matchNone(), doubtful: q} }

// anyBounds is for what matches any of some conditions.
func anyBounds(of []bounds) bounds {
	var all, sure, doubtful []query
	for _, b := range of {
		all, sure = append(all, b.all), append(sure, b.sure)
		if b.doubtful != nil {
			doubtful = append(doubtful, b.doubtful)
		}
	}
	any := bounds{all: anyOf(all...), sure: anyOf(sure...)}
	if len(doubtful) > 0 {
		any.doubtful = allOf(anyOf(doubtful...), not(any.sure))
	}
	return any
}

// spans finds the articles of spans.
func (c *compiler) spans(ctx context.Context, p match.Spans) (bounds, error) {
	p.Of = flattened(p.Of)
	if p.AtLeast > 1 {
		return c.spansAtLeast(ctx, p)
	}
	var of []bounds
	for _, f := range parts(p.Field) {
		in, err := c.spansIn(ctx, f, p)
		if err != nil {
			return bounds{}, err
		}
		of = append(of, in)
	}
	return anyBounds(of), nil
}

// flattened returns a span of the same stretches in which alternatives of words are one.
func flattened(s match.Span) match.Span {
	or, ok := s.(match.SpanOr)
	if !ok {
		return s
	}
	var words match.SpanWords
	for _, of := range or {
		w, ok := flattened(of).(match.SpanWords)
		if !ok {
			return s
		}
		words = append(words, w...)
	}
	return words
}

// spansIn finds the articles with spans in one field, however often.
func (c *compiler) spansIn(ctx context.Context, f match.Field, p match.Spans) (bounds, error) {
	if n, ok := p.Of.(match.SpanNear); ok && len(n.Of) > 1 {
		return c.nearSpansIn(ctx, f, p, n)
	}
	s, err := c.standing(ctx, f, p.Of, p.Marks)
	switch {
	case err != nil:
		return bounds{}, err
	case s.isNowhere():
		return exactly(matchNone()), nil
	case !s.exact:
		return atMost(s.present), nil
	}
	return inLead(s.span(), p.Lead), nil
}

// inLead finds the articles with a span among so many first words of the body; anywhere
// with 0. Where these go on in another run, positions don't tell which words they are.
func inLead(span query, lead int) bounds {
	if lead <= 0 {
		return exactly(span)
	}
	first := query{"span_first": query{"match": span, "end": lead}}
	short := allOf(span, shorterRun(lead), not(first))
	return bounds{all: anyOf(first, short), sure: first, doubtful: short}
}

// shorterRun matches articles whose lead goes on behind the first run of the body.
func shorterRun(lead int) query {
	return query{"range": query{schema.FieldFirstRun: query{"lt": lead}}}
}

// nearSpansIn is spansIn for spans near each other.
func (c *compiler) nearSpansIn(ctx context.Context, f match.Field, p match.Spans, n match.SpanNear) (bounds, error) {
	of, err := c.standings(ctx, f, n.Of, p.Marks)
	if err != nil {
		return bounds{}, err
	}
	near := nearStanding(f, n, of)
	if near.isNowhere() {
		return exactly(matchNone()), nil
	}
	if !slices.ContainsFunc(of, func(s standing) bool { return !s.exact }) {
		if span := c.joined(f, p, n, of); span != nil {
			return inLead(span, p.Lead), nil
		}
	}
	chained, err := c.chainedSpans(ctx, f, p)
	if err != nil || chained == nil || chained.whole {
		return atMost(near.present), err
	}
	if chained.doubt == nil {
		return exactly(chained.of), nil
	}
	return bounds{
		all: chained.of, sure: allOf(chained.of, not(chained.doubt)), doubtful: allOf(chained.of, chained.doubt),
	}, nil
}

// maxChains bounds the chains that operands with phrases of several lengths make.
const maxChains = 32

// joined returns a span that is there wherever spans near each other are, each exact, in no
// more than its articles; nil if there is none.
func (c *compiler) joined(f match.Field, p match.Spans, n match.SpanNear, of []standing) query {
	if !n.Ordered && len(of) > 2 {
		return nil
	}
	breaks, ok := breakMarks(p.Marks)
	if !ok {
		return nil
	}
	chains := [][]query{{}}
	for _, s := range of {
		var longer [][]query
		for _, chain := range chains {
			for _, p := range s.places {
				longer = append(longer, append(slices.Clip(chain), p.query))
			}
		}
		if chains = longer; len(chains) > maxChains {
			return nil
		}
	}
	var spans []query
	for _, chain := range chains {
		spans = append(spans, inOrder(f, n, chain...))
		if !n.Ordered {
			slices.Reverse(chain)
			spans = append(spans, inOrder(f, n, chain...))
		}
	}
	span := spanOr(spans...)
	if words(span) > maxJoined {
		return nil
	}
	if len(breaks) > 0 {
		span = spanNot(span, markSpan(f, breaks...))
	}
	return span
}

// breakMarks returns the marks of tokens that end stretches of tokens with marks; false
// where one has none.
func breakMarks(marks string) (breaks []string, ok bool) {
	for _, mark := range match.SplitMarks(marks) {
		b := schema.BreakMark(mark)
		if b == "" {
			return nil, false
		}
		breaks = append(breaks, b)
	}
	return breaks, true
}
