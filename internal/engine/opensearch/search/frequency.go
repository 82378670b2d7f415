package search

import (
	"context"
	"slices"

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
	}
	return f, err
}

// countedSpan is a query of which the score is the weighted frequency in one field.
type countedSpan struct {
	of    query
	doubt query // see frequency
	whole bool
}

// inParts adds up what a leaf is in the fields that f stands for.
func (f *frequency) inParts(field match.Field, in func(match.Field) (countedSpan, error)) error {
	var of, doubts []query
	for _, part := range parts(field) {
		c, err := in(part)
		if err != nil {
			return err
		}
		f.whole = f.whole || c.whole
		of = append(of, c.of)
		if c.doubt != nil {
			doubts = append(doubts, c.doubt)
		}
	}
	f.of = anyOf(of...)
	if len(doubts) > 0 {
		f.doubt = anyOf(doubts...)
	}
	if f.whole {
		f.doubt = f.set
		f.of = query{"bool": query{"filter": f.set, "should": f.of, "minimum_should_match": 0}}
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
	switch len(p.Terms) {
	case 0:
		return countedSpan{of: matchNone()}, nil
	case 1:
		return wordFrequency(f, plain(p.Terms[0]), broad), nil
	}
	s, err := c.exactSpan(ctx, f, p.Terms)
	switch {
	case err != nil:
		return countedSpan{}, err
	case s == nil:
		return countedSpan{of: matchNone(), whole: true}, nil
	case p.Slop == 0:
		return countedSpan{of: boosted(spanNear(0, s.words...), f, s.terms)}, nil
	case len(s.words) > 2:
		return countedSpan{of: boosted(spanNear(p.Slop, s.words...), f, s.terms), whole: true}, nil
	}
	first, second := s.word(0), s.word(1)
	return first.within(spanNear(p.Slop, s.words...), second, f), nil
}

// wordFrequency is phraseFrequency for a single word.
func wordFrequency(f match.Field, t match.TermPattern, broad bool) countedSpan {
	field, boost := schema.WordField(f), float64(bm25f.Weight(f))
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

// nearFrequency counts a NEAR in field f. A NEAR of two phrases occurs wherever the first
// one lies in the text from there to the second, or within the distance behind it.
func (c *compiler) nearFrequency(ctx context.Context, f match.Field, p match.Near) (countedSpan, error) {
	unknown := countedSpan{of: matchNone(), whole: true}
	if len(p.Operands) != 2 || p.Distance < 1 || p.Distance > maxCountedDistance {
		return unknown, nil
	}
	var of [2]*exactSpan
	for i, phrases := range p.Operands {
		if len(phrases) != 1 || phrases[0].Slop > 0 {
			return unknown, nil
		}
		var err error
		if of[i], err = c.exactSpan(ctx, f, phrases[0].Terms); err != nil || of[i] == nil {
			return unknown, err
		}
	}
	first, second := of[0], of[1]
	around := spanNear(p.Distance-1, first.query(), second.query())
	if !p.Ordered {
		gap := query{"span_gap": query{schema.WordField(f): p.Distance + len(first.words) - 1}}
		around = spanOr(around, spanNear(0, second.query(), gap))
	}
	return first.within(around, second, f), nil
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
		if t.Kind != match.Exact && t.Kind != match.SameStem {
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

func (s *exactSpan) word(i int) *exactSpan {
	return &exactSpan{terms: s.terms[i : i+1], words: s.words[i : i+1]}
}

func (s *exactSpan) query() query { return spanNear(0, s.words...) }

// within counts where s lies in a wider span, which is that of s and another one. Where a
// token is of both, it may be counted without another one near it.
func (s *exactSpan) within(wider query, other *exactSpan, f match.Field) countedSpan {
	inside := query{"span_within": query{"little": s.query(), "big": wider}}
	counted := countedSpan{of: boosted(inside, f, append(slices.Clone(s.terms), other.terms...))}
	var both []query
	for i, a := range s.terms {
		for j, b := range other.terms {
			switch {
			case a == b:
				counted.whole = true
			case a.Kind == match.SameStem || b.Kind == match.SameStem:
				both = append(both, query{"span_within": query{"little": s.words[i], "big": other.words[j]}})
			}
		}
	}
	if len(both) > 0 {
		counted.doubt = anyOf(both...)
	}
	return counted
}

// boosted has a span score the weight of a field for each place. It scores, for each, as
// many times its boost as it has terms that differ, and less the more gaps it has.
func boosted(span query, f match.Field, terms []match.TermPattern) query {
	differ := map[match.TermPattern]bool{}
	for _, t := range terms {
		differ[t] = true
	}
	boost := float64(bm25f.Weight(f)) / float64(len(differ))
	return query{"bool": query{"must": span, "boost": boost}}
}
