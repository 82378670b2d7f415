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
	// of matches the same, and its score is the weighted frequency, doubled; nil where
	// no query has it. All words and stems have a similarity that gives their number.
	of query
	// subtract has fields whose frequencies of stem are taken from the score.
	subtract []string
	stem     string
}

// frequency returns what the server knows of the frequencies of a leaf in fields that
// have a weight. With broad, words of patterns are not counted, since there are too many
// of them.
func (c *compiler) frequency(ctx context.Context, p match.Plan, broad bool) (f frequency, err error) {
	if f.set, err = c.leaf(ctx, p); err != nil {
		return f, err
	}
	switch p := p.(type) {
	case match.Stem:
		if p.Stem == "" {
			return f, nil
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
	case match.Phrase:
		f.of, err = c.phraseFrequency(ctx, p, broad)
	}
	return f, err
}

// phraseFrequency returns a query whose score is the weighted frequency of a phrase;
// nil where there is none.
func (c *compiler) phraseFrequency(ctx context.Context, p match.Phrase, broad bool) (query, error) {
	var of []query
	for _, f := range parts(p.Field) {
		var q query
		var err error
		if len(p.Terms) == 1 {
			q = wordFrequency(f, plain(p.Terms[0]), broad)
		} else {
			q, err = c.phraseFrequencyIn(ctx, f, p)
		}
		if q == nil || err != nil {
			return nil, err
		}
		of = append(of, q)
	}
	return anyOf(of...), nil
}

// wordFrequency returns a query that counts the words of a pattern in field f.
func wordFrequency(f match.Field, t match.TermPattern, broad bool) query {
	field, boost := schema.WordField(f), float64(weight(f))
	switch t.Kind {
	case match.Exact:
		return query{"term": query{field: query{"value": t.Text, "boost": boost}}}
	case match.SameStem:
		if t.Text == "" {
			return nil
		}
		return query{"term": query{schema.StemField(f): query{"value": t.Text, "boost": boost}}}
	case match.Prefix, match.Wildcard, match.Regex:
		// Fuzzy patterns are left out: their words are scored by their distance.
		if q, ok, err := patternQuery(field, t, eachWord); !broad && ok && err == nil && q != nil {
			return query{"bool": query{"must": q, "boost": boost}}
		}
	}
	return nil
}

// phraseFrequencyIn returns a query that counts a phrase of several words in field f.
// A span of words without gaps scores, for each place, as many times its boost as it has
// words that differ.
func (c *compiler) phraseFrequencyIn(ctx context.Context, f match.Field, p match.Phrase) (query, error) {
	if p.Slop > 0 {
		return nil, nil
	}
	differ := map[match.TermPattern]bool{}
	of := make([]query, len(p.Terms))
	for i, t := range p.Terms {
		t = plain(t)
		if t.Kind != match.Exact && t.Kind != match.SameStem {
			return nil, nil
		}
		differ[t] = true
		var err error
		if of[i], err = c.wordSpan(ctx, f, t); err != nil || of[i] == nil {
			return nil, err
		}
	}
	q := query{"clauses": of, "slop": 0, "in_order": true, "boost": float64(weight(f)) / float64(len(differ))}
	return query{"span_near": q}, nil
}
