package search

import (
	"context"

	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/match"
)

// frequency is what is known of the weighted frequencies of a leaf.
type frequency struct {
	// set matches what the leaf matches, and scores are of no account.
	set query
	// of matches the same, and its score is the weighted frequency, doubled; where exact
	// is false it is about that much, or nothing. All words and stems have a similarity
	// that gives their number.
	of    query
	exact bool
	// subtract has fields whose frequencies of stem are taken from the score.
	subtract []string
	stem     string
}

// frequency returns what the server knows of the frequencies of a leaf. With broad, words of patterns are not counted, since there are too many
// of them.
func (c *compiler) frequency(ctx context.Context, p match.Plan, broad bool) (f frequency, err error) {
	if f.set, err = c.leaf(ctx, p); err != nil {
		return f, err
	}
	if f.of = f.set; !ranks(p) {
		return f, nil
	}
	switch p := p.(type) {
	case match.Stem:
		f.stemFrequency(p)
	case match.Phrase:
		f.exact = true
		var in []query
		for _, part := range parts(p.Field) {
			q, exact, err := c.phraseFrequency(ctx, part, p, broad)
			if err != nil {
				return f, err
			}
			in, f.exact = append(in, q), f.exact && exact
		}
		if f.of = anyOf(in...); !f.exact {
			f.of = query{"bool": query{"filter": f.set, "should": f.of, "minimum_should_match": 0}}
		}
	}
	return f, nil
}

// stemFrequency is frequency for a stem.
func (f *frequency) stemFrequency(p match.Stem) {
	f.exact = true
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

// phraseFrequency returns a query whose score is the weighted frequency of a phrase in
// field f, and whether it is just that.
func (c *compiler) phraseFrequency(ctx context.Context, f match.Field, p match.Phrase, broad bool) (q query, exact bool, err error) {
	switch len(p.Terms) {
	case 0:
		return matchNone(), true, nil
	case 1:
		q, exact = wordFrequency(f, plain(p.Terms[0]), broad)
		return q, exact, nil
	}
	return c.spanFrequency(ctx, f, p)
}

// wordFrequency is phraseFrequency for a single word.
func wordFrequency(f match.Field, t match.TermPattern, broad bool) (q query, exact bool) {
	field, boost := schema.WordField(f), float64(weight(f))
	switch t.Kind {
	case match.Exact:
		return query{"term": query{field: query{"value": t.Text, "boost": boost}}}, true
	case match.SameStem:
		if t.Text == "" {
			return matchNone(), true
		}
		return query{"term": query{schema.StemField(f): query{"value": t.Text, "boost": boost}}}, true
	case match.Prefix, match.Wildcard, match.Regex:
		// Fuzzy patterns are left out: their words are scored by their distance.
		if q, ok, err := patternQuery(field, t, eachWord); !broad && ok && err == nil && q != nil {
			return query{"bool": query{"must": q, "boost": boost}}, true
		}
	}
	return matchNone(), false
}

// spanFrequency is phraseFrequency for several words. A span scores, for each place, as
// many times its boost as it has words that differ, and less the more gaps there are.
func (c *compiler) spanFrequency(ctx context.Context, f match.Field, p match.Phrase) (q query, exact bool, err error) {
	differ := map[match.TermPattern]bool{}
	of := make([]query, len(p.Terms))
	for i, t := range p.Terms {
		t = plain(t)
		if t.Kind != match.Exact && t.Kind != match.SameStem {
			return matchNone(), false, nil
		}
		differ[t] = true
		if of[i], err = c.wordSpan(ctx, f, t); err != nil || of[i] == nil {
			return matchNone(), true, err
		}
	}
	span := spanNear(p.Slop, of...)
	span["span_near"].(query)["boost"] = float64(weight(f)) / float64(len(differ)) //nolint:forcetypeassert
	return span, p.Slop == 0, nil
}
