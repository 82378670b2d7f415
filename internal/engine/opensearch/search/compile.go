package search

import (
	"context"
	"fmt"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine/opensearch/reader"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/match"
)

// compiler makes queries of plans for one view. Where no query says what a plan means,
// it looks at the words of the articles that come near.
type compiler struct {
	view     *reader.View
	analyzer analysis.Analyzer // of patterns
	// facetValues is how many values of a facet an answer has at most, so that tests
	// need few of them; 0 is as many as fit.
	facetValues int
	// maxCandidates is of how many articles the words are read for a condition, so that
	// tests need few of them; 0 is the constant of this name.
	maxCandidates int
}

// set returns a query, to stand where scores don't count, that matches just the
// articles that p matches. Articles that the view is without are not left out.
func (c *compiler) set(ctx context.Context, p match.Plan) (query, error) {
	switch p := p.(type) {
	case match.All:
		return matchAll(), nil
	case match.None:
		return matchNone(), nil
	case match.And:
		of, err := c.sets(ctx, p.Operands)
		return allOf(of...), err
	case match.Or:
		of, err := c.sets(ctx, p.Operands)
		return anyOf(of...), err
	case match.Not:
		of, err := c.set(ctx, p.Operand)
		return not(of), err
	case match.Boost:
		return c.set(ctx, p.Operand)
	case match.Should:
		return c.set(ctx, p.Operand)
	case match.Value:
		return valueQuery(p), nil
	case match.Dates:
		return datesQuery(p), nil
	case match.Length:
		return lengthQuery(p), nil
	case match.Stem, match.Phrase, match.Near, match.Spans:
		return c.leaf(ctx, p)
	}
	return nil, fmt.Errorf("plan of unknown kind %T", p)
}

func (c *compiler) sets(ctx context.Context, plans []match.Plan) ([]query, error) {
	of := make([]query, len(plans))
	for i, p := range plans {
		var err error
		if of[i], err = c.set(ctx, p); err != nil {
			return nil, err
		}
	}
	return of, nil
}

// parts returns the fields that a field of words stands for.
func parts(f match.Field) []match.Field {
	switch {
	case f == match.Text:
		return []match.Field{match.Title, match.Heading, match.Body}
	case schema.WordField(f) == "":
		return nil
	}
	return []match.Field{f}
}
