package search

import (
	"context"

	"github.com/newsq/newsq/internal/match"
)

// spansAtLeast is spans for those that must occur several times in an article.
func (c *compiler) spansAtLeast(ctx context.Context, p match.Spans) (bounds, error) {
	least := p.AtLeast
	p.AtLeast = 0
	var of, doubts []query
	for _, f := range parts(p.Field) {
		counted, err := c.countSpans(ctx, f, p, 1, false)
		if err != nil {
			return bounds{}, err
		}
		if counted.whole {
			b, err := c.spans(ctx, p)
			return atMost(b.all), err
		}
		of = append(of, counted.of)
		if counted.doubt != nil {
			doubts = append(doubts, counted.doubt)
		}
	}
	// Scores are whole numbers but for their last bits.
	enough := query{"function_score": query{"query": anyOf(of...), "min_score": float64(least) - 0.5}}
	if len(doubts) == 0 {
		return exactly(enough), nil
	}
	doubt := anyOf(doubts...)
	return bounds{all: enough, sure: allOf(enough, not(doubt)), doubtful: allOf(enough, doubt)}, nil
}

// uncounted is a condition that no query counts.
func uncounted() countedSpan { return countedSpan{of: matchNone(), whole: true} }

// countSpans counts the places of spans in field f, each with a weight, however many there
// must be.
func (c *compiler) countSpans(ctx context.Context, f match.Field, p match.Spans, weight float64, broad bool) (countedSpan, error) {
	p.Of = flattened(p.Of)
	switch of := p.Of.(type) {
	case match.SpanWords:
		return c.countPhrases(ctx, f, p, withMarks(of, p.Marks), weight, broad)
	case match.SpanNear:
		chained, err := c.chainedSpans(ctx, f, p)
		if err != nil {
			return uncounted(), err
		}
		if chained == nil {
			return c.countHeads(ctx, f, p, of, weight)
		}
		return countedSpan{of: boosted(chained.of, weight, chained.terms), doubt: chained.doubt, whole: chained.whole, bound: true}, nil
	case match.SpanNotNear:
		return c.countNotNear(ctx, f, p, of, weight)
	}
	return uncounted(), nil
}

// countPhrases is countSpans for phrases, each at its first token. Those that may start with
// the same token are counted too often.
func (c *compiler) countPhrases(ctx context.Context, f match.Field, p match.Spans, phrases []match.Phrase, weight float64, broad bool) (countedSpan, error) {
	if len(phrases) == 1 && len(phrases[0].Terms) == 1 && p.Lead == 0 {
		if t := plain(phrases[0].Terms[0]); !isMarked(t) {
			return wordFrequency(f, t, weight, broad), nil
		}
	}
	counted := countedSpan{bound: true}
	var starts []*exactSpan
	var of, doubts []query
	for _, ph := range phrases {
		s, err := c.exactSpan(ctx, f, ph.Terms)
		if err != nil || s == nil {
			return uncounted(), err
		}
		start := &exactSpan{terms: s.terms[:1], words: s.words[:1]}
		for _, other := range starts {
			same, both := start.shared(other)
			counted.whole = counted.whole || same
			doubts = append(doubts, both...)
		}
		starts = append(starts, start)
		q, doubt := countedInLead(s.query(), p.Lead, weight, s.terms)
		of = append(of, q)
		if doubt != nil {
			doubts = append(doubts, doubt)
		}
	}
	counted.of = anyOf(of...)
	if len(doubts) > 0 {
		counted.doubt = anyOf(doubts...)
	}
	return counted, nil
}

// countedInLead counts a span among so many first words of the body; everywhere with 0. See
// inLead for its doubt, where everything is counted.
func countedInLead(span query, lead int, weight float64, terms []match.TermPattern) (of, doubt query) {
	if lead <= 0 {
		return boosted(span, weight, terms), nil
	}
	first := boosted(query{"span_first": query{"match": span, "end": lead}}, weight, terms)
	short := query{"bool": query{"must": boosted(span, weight, terms), "filter": shorterRun(lead)}}
	return anyOf(query{"bool": query{"must": first, "must_not": shorterRun(lead)}}, short), allOf(span, shorterRun(lead))
}

// countNotNear is countSpans for a phrase without something near it.
func (c *compiler) countNotNear(ctx context.Context, f match.Field, p match.Spans, n match.SpanNotNear, weight float64) (countedSpan, error) {
	words, ok := flattened(n.Of).(match.SpanWords)
	if !ok || len(words) != 1 {
		return uncounted(), nil
	}
	exact, err := c.exactSpan(ctx, f, withMarks(words, p.Marks)[0].Terms)
	if err != nil || exact == nil {
		return uncounted(), err
	}
	s, err := c.standing(ctx, f, n, p.Marks)
	switch {
	case err != nil || !s.exact:
		return uncounted(), err
	case s.isNowhere():
		return countedSpan{of: matchNone(), bound: true}, nil
	}
	of, doubt := countedInLead(s.span(), p.Lead, weight, exact.terms)
	return countedSpan{of: of, doubt: doubt, bound: true}, nil
}

// chainedSpan is a span for each place of the first of some spans near each other.
type chainedSpan struct {
	countedSpan
	terms []match.TermPattern // of which it is made
}

// chainedSpans counts spans near each other in field f, each a phrase; nil where there is no
// query for that.
func (c *compiler) chainedSpans(ctx context.Context, f match.Field, p match.Spans) (*chainedSpan, error) {
	n, ok := p.Of.(match.SpanNear)
	inWords := n.Unit == match.InWords
	if !ok || len(n.Of) < 2 || p.Lead > 0 || p.Marks != "" || inWords && (n.Distance < 1 || n.Distance > maxCountedDistance) {
		return nil, nil
	}
	of := make([]*exactSpan, len(n.Of))
	for i, s := range n.Of {
		words, ok := flattened(s).(match.SpanWords)
		if !ok || len(words) != 1 {
			return nil, nil
		}
		var err error
		if of[i], err = c.exactSpan(ctx, f, words[0].Terms); err != nil || of[i] == nil {
			return nil, err
		}
	}
	chained := &chainedSpan{countedSpan: countedSpan{bound: true}, terms: append(termsOf(of), unitTerms(f, n.Unit)...)}
	if n.Ordered {
		spans := make([]query, len(of))
		for i, s := range of {
			spans[i] = s.query()
		}
		chained.of = withoutGaps(inOrder(f, n, spans...), f)
	} else {
		chained.countedSpan = chainedFirst(of, n, f)
	}
	return chained, nil
}
