package search

import (
	"context"

	"github.com/newsq/newsq/internal/engine/bm25f"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/match"
)

// frequency is what is known of the weighted frequencies of a leaf.
type frequency struct {
	// set matches what the leaf matches, and scores are of no account.
	set query
	// of matches the same, and its score is the weighted frequency, doubled. All words
	// and stems have a similarity that gives their number.
	of query
	// doubt matches the articles in which the score is an estimate, or 0; nil for none.
	// With whole these are all that the leaf matches.
	doubt query
	whole bool
	// bound says that the score is never below the frequency.
	bound bool
	// subtract has fields whose frequencies of stem are taken from the score.
	subtract []string
	stem     string
}

// frequency returns what the server knows of the frequencies of a leaf. With broad, words
// of patterns are not counted, since there are too many of them.
func (c *compiler) frequency(ctx context.Context, p match.Plan, broad bool) (f frequency, err error) {
	if f.set, err = c.leaf(ctx, p); err != nil {
		return f, err
	}
	f.of = f.set
	switch p := p.(type) {
	case match.Stem:
		f.stemFrequency(p)
		return f, nil
	case match.Phrase:
		err = f.inParts(p.Field, func(part match.Field) (countedSpan, error) { return c.phraseFrequency(ctx, part, p, broad) })
	case match.Near:
		err = f.inParts(p.Field, func(part match.Field) (countedSpan, error) { return c.nearFrequency(ctx, part, p) })
	case match.Spans:
		err = f.inParts(p.Field, func(part match.Field) (countedSpan, error) {
			return c.countSpans(ctx, part, p, float64(bm25f.Weight(part)), broad)
		})
		if p.AtLeast > 1 { // of fewer, too, the server knows how many there are
			f.of = query{"bool": query{"filter": f.set, "must": f.of}}
		}
	}
	return f, err
}

// countedSpan is a query of which the score is the weighted frequency in one field.
type countedSpan struct {
	of    query
	doubt query // see frequency
	whole bool
	bound bool
}

// inParts adds up what a leaf is in the fields that f stands for.
func (f *frequency) inParts(field match.Field, in func(match.Field) (countedSpan, error)) error {
	var of, doubts []query
	f.bound = true
	for _, part := range parts(field) {
		c, err := in(part)
		if err != nil {
			return err
		}
		f.whole, f.bound = f.whole || c.whole, f.bound && (c.bound || !c.whole)
		of = append(of, c.of)
		if c.doubt != nil {
			doubts = append(doubts, c.doubt)
		}
	}
	f.of = anyOf(of...)
	if len(doubts) > 0 {
		// What is in doubt may not occur at all.
		f.doubt = anyOf(doubts...)
		f.of = query{"bool": query{"filter": f.set, "must": f.of}}
	}
	if f.whole {
		f.doubt = f.set
		f.of = query{"bool": query{"filter": f.set, "should": anyOf(of...), "minimum_should_match": 0}}
	}
	return nil
}

// stemFrequency is frequency for a stem.
func (f *frequency) stemFrequency(p match.Stem) {
	if p.Stem == "" {
		return
	}
	switch p.Field {
	case match.Text:
		f.of = term(schema.FieldRank, p.Stem)
	case match.Title:
		f.of = term(schema.FieldRankTitle, p.Stem)
	case match.Heading:
		f.of = term(schema.FieldRankHeading, p.Stem)
	case match.Body:
		f.of = query{"bool": query{"must": term(schema.FieldRank, p.Stem), "filter": f.set}}
		f.stem, f.subtract = p.Stem, []string{schema.FieldRankTitle, schema.FieldRankHeading}
	}
}

// phraseFrequency counts a phrase in field f.
func (c *compiler) phraseFrequency(ctx context.Context, f match.Field, p match.Phrase, broad bool) (countedSpan, error) {
	weight := float64(bm25f.Weight(f))
	switch len(p.Terms) {
	case 0:
		return countedSpan{of: matchNone()}, nil
	case 1:
		if t := plain(p.Terms[0]); !isMarked(t) {
			return wordFrequency(f, t, weight, broad), nil
		}
	}
	s, err := c.exactSpan(ctx, f, p.Terms)
	switch {
	case err != nil:
		return countedSpan{}, err
	case s == nil:
		return countedSpan{of: matchNone(), whole: true}, nil
	case p.Slop == 0:
		return countedSpan{of: boosted(s.query(), weight, s.terms)}, nil
	}
	return countedSpan{of: boosted(withoutGaps(spanNear(p.Slop, s.words...), f), weight, s.terms)}, nil
}

// wordFrequency is phraseFrequency for a single word without marks, each with a weight.
func wordFrequency(f match.Field, t match.TermPattern, boost float64, broad bool) countedSpan {
	field := schema.WordField(f)
	switch t.Kind {
	case match.Exact:
		return countedSpan{of: query{"term": query{field: query{"value": t.Text, "boost": boost}}}}
	case match.SameStem:
		if t.Text == "" {
			return countedSpan{of: matchNone()}
		}
		return countedSpan{of: query{"term": query{schema.StemField(f): query{"value": t.Text, "boost": boost}}}}
	case match.Prefix, match.Wildcard, match.Regex:
		// Fuzzy patterns are left out: their words are scored by their distance.
		if q, ok, err := patternQuery(field, t, eachWord); !broad && ok && err == nil && q != nil {
			return countedSpan{of: query{"bool": query{"must": q, "boost": boost}}}
		}
	}
	return countedSpan{of: matchNone(), whole: true}
}

// nearFrequency counts a NEAR in field f.
func (c *compiler) nearFrequency(ctx context.Context, f match.Field, p match.Near) (countedSpan, error) {
	of, err := c.exactOperands(ctx, f, p)
	if err != nil || p.Marks != "" {
		return uncounted(), err
	}
	if of == nil {
		return c.countHeads(ctx, f, match.Spans{}, spansOf(p), float64(bm25f.Weight(f)))
	}
	counted := countedSpan{bound: true}
	if p.Ordered {
		counted.of = withoutGaps(orderedChain(of, p.Distance), f)
	} else {
		counted = chainedFirst(of, match.SpanNear{Distance: p.Distance}, f)
	}
	counted.of = boosted(counted.of, float64(bm25f.Weight(f)), termsOf(of))
	return counted, nil
}

// termsOf returns the terms of spans.
func termsOf(of []*exactSpan) (terms []match.TermPattern) {
	for _, s := range of {
		terms = append(terms, s.terms...)
	}
	return terms
}

// exactOperands returns the operands of a NEAR in field f; nil where one is no exact
// phrase, where there is one alone, or where the distance is too great.
func (c *compiler) exactOperands(ctx context.Context, f match.Field, p match.Near) ([]*exactSpan, error) {
	if len(p.Operands) < 2 || p.Marks != "" || p.Distance < 1 || p.Distance > maxCountedDistance {
		return nil, nil
	}
	of := make([]*exactSpan, len(p.Operands))
	for i, phrases := range p.Operands {
		if len(phrases) != 1 || phrases[0].Slop > 0 {
			return nil, nil
		}
		var err error
		if of[i], err = c.exactSpan(ctx, f, phrases[0].Terms); err != nil || of[i] == nil {
			return nil, err
		}
	}
	return of, nil
}

// orderedChain is a span for each place of the first operand from which a chain leads
// over the others in their order: of what follows, a span takes what comes first.
func orderedChain(of []*exactSpan, distance int) query {
	spans := make([]span, len(of))
	for i, s := range of {
		spans[i].query = s.query()
	}
	return chain(spans, distance)
}

// chainedFirst is the first operand wherever a chain leads from it over the others, each
// before or behind the next, and as near to it as n says. Its doubt is where it may be in
// more places.
func chainedFirst(of []*exactSpan, n match.SpanNear, f match.Field) countedSpan {
	chained := countedSpan{bound: true}
	var doubts []query
	chained.of = of[len(of)-1].query()
	for i := len(of) - 2; i >= 0; i-- {
		chained.of = of[i].near(chained.of, n, f)
		same, both := of[i].shared(of[i+1])
		chained.whole = chained.whole || same
		doubts = append(doubts, both...)
	}
	if len(doubts) > 0 {
		chained.doubt = anyOf(doubts...)
	}
	return chained
}

// maxCountedDistance bounds distances, so that they don't reach into the next run.
const maxCountedDistance = schema.PositionGap / 2

// exactSpan is a phrase without gaps of words as written and stems.
type exactSpan struct {
	terms []match.TermPattern
	words []query // the spans of terms
}

// exactSpan returns the span of a phrase in field f; nil where it has other patterns, or
// none.
func (c *compiler) exactSpan(ctx context.Context, f match.Field, terms []match.TermPattern) (*exactSpan, error) {
	s := &exactSpan{}
	for _, t := range terms {
		t = plain(t)
		if t.Kind != match.Exact && t.Kind != match.SameStem && (t.Kind != match.AnyWord || isAnyTerm(t)) {
			return nil, nil
		}
		word, err := c.wordSpan(ctx, f, t)
		if err != nil || word == nil {
			return nil, err
		}
		s.terms, s.words = append(s.terms, t), append(s.words, word)
	}
	if len(s.words) == 0 {
		return nil, nil
	}
	return s, nil
}

func (s *exactSpan) query() query { return spanNear(0, s.words...) }

// near is s wherever it is near another span, as n says: in its sentence, where it lies in
// the text from there to the other, or within the distance behind it. Where a token is of
// both, it may be s without another one near it.
func (s *exactSpan) near(other query, n match.SpanNear, f match.Field) query {
	own := s.query()
	var around query
	switch {
	case n.Unit == match.InWords:
		around = spanOr(spanNear(n.Distance-1, own, other), spanNear(0, other, spanGap(f, n.Distance+len(s.words)-1)))
	case schema.MarkField(f) != "":
		around = unitWith(f, n.Unit, other)
	default:
		around = spanOr(inOrder(f, n, own, other), inOrder(f, n, other, own))
	}
	return query{"span_within": query{"little": own, "big": around}}
}

// shared reports whether a term is of two phrases, and returns the queries for articles
// in which a token may be of both otherwise.
func (s *exactSpan) shared(other *exactSpan) (same bool, both []query) {
	for i, a := range s.terms {
		for j, b := range other.terms {
			switch {
			case a == b:
				same = true
			case a.Kind != match.Exact || b.Kind != match.Exact || a.Text == b.Text:
				both = append(both, query{"span_within": query{"little": s.words[i], "big": other.words[j]}})
			}
		}
	}
	return same, both
}

// withoutGaps is a span that scores as much as one without gaps: only those between its
// own parts count, and these are the span as a whole, and any position behind it.
func withoutGaps(span query, f match.Field) query { return spanNear(0, span, spanGap(f, 1)) }

func spanGap(f match.Field, width int) query {
	return query{"span_gap": query{schema.WordField(f): width}}
}

// boosted has a span score a weight for each place. It scores, for each, as many times
// its boost as it has terms of the index that differ, and less the more gaps it has. What
// it must be without doesn't count.
func boosted(span query, weight float64, terms []match.TermPattern) query {
	type indexTerm struct{ kind, text string }
	differ := map[indexTerm]bool{}
	for _, t := range terms {
		switch t.Kind {
		case match.SameStem:
			differ[indexTerm{"stem", t.Text}] = true
		case match.Exact:
			differ[indexTerm{"word", t.Text}] = true
		}
		has, _ := marksOf(t)
		for _, mark := range has {
			differ[indexTerm{"mark", mark}] = true
		}
	}
	return query{"bool": query{"must": span, "boost": weight / float64(len(differ))}}
}
