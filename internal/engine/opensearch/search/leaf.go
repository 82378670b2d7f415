package search

import (
	"context"
	"fmt"

	"github.com/newsq/newsq/internal/engine/opensearch/reader"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/match"
)

// leaf is set for a condition on words.
func (c *compiler) leaf(ctx context.Context, p match.Plan) (query, error) {
	q, exact, err := c.near(ctx, p)
	if err != nil || exact {
		return q, err
	}
	return reader.Cached(c.view, fmt.Sprintf("matches of %#v", p), func() (query, error) { return c.materialize(ctx, p, q) })
}

// near returns a query that matches all that a condition on words matches, and whether
// it matches nothing else.
func (c *compiler) near(ctx context.Context, p match.Plan) (q query, exact bool, err error) {
	switch p := p.(type) {
	case match.Stem:
		return stemQuery(p), true, nil
	case match.Phrase:
		return c.inParts(p.Field, func(f match.Field) (query, bool, error) { return c.phrase(ctx, f, p) })
	case match.Near:
		return c.inParts(p.Field, func(f match.Field) (query, bool, error) { return c.nearIn(ctx, f, p) })
	case match.Spans:
		b, err := c.spans(ctx, p)
		return b.all, b.doubtful == nil, err
	}
	return nil, false, fmt.Errorf("%T is no condition on words", p)
}

// inParts joins what a condition is in each of the fields that f stands for.
func (c *compiler) inParts(f match.Field, in func(match.Field) (query, bool, error)) (query, bool, error) {
	var of []query
	all := true
	for _, part := range parts(f) {
		q, exact, err := in(part)
		if err != nil {
			return nil, false, err
		}
		of, all = append(of, q), all && exact
	}
	return anyOf(of...), all, nil
}

func stemQuery(p match.Stem) query {
	switch {
	case p.Stem == "":
		return matchNone()
	case p.Field == match.Text:
		return term(schema.FieldRank, p.Stem)
	case schema.WordField(p.Field) == "":
		return matchNone()
	}
	return term(schema.StemField(p.Field), p.Stem)
}
