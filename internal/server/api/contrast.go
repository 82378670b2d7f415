package api

import (
	"context"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/wire"
)

func (a *api) compare(ctx context.Context, c *call) (any, error) {
	q, o, err := c.ask.Compare(a.Zone)
	if err != nil {
		return nil, err
	}
	res, err := a.Index.Compare(ctx, q, o)
	if err != nil {
		return nil, err
	}
	for i := range res.Sides {
		a.hideOf(res.Sides[i].Terms)
	}
	return wire.NewComparison(c.ask.Text, res), nil
}

func (a *api) words(ctx context.Context, c *call) (any, error) {
	q, n, err := c.ask.Words(a.Zone)
	if err != nil {
		return nil, err
	}
	res, err := a.Index.Words(ctx, q, n)
	if err != nil {
		return nil, err
	}
	a.hideOf(res.Terms)
	return wire.NewWords(c.ask.Text, res), nil
}

// hideOf hides where the articles of passages lie, as hide does.
func (a *api) hideOf(terms []index.TellingTerm) {
	for i := range terms {
		a.hide(&terms[i].Article)
	}
}

func (a *api) gaps(ctx context.Context, c *call) (any, error) {
	q, o, err := c.ask.Gaps(a.Zone)
	if err != nil {
		return nil, err
	}
	res, err := a.Index.Gaps(ctx, q, o)
	if err != nil {
		return nil, err
	}
	for i := range res.Gaps {
		a.hide(&res.Gaps[i].Example)
	}
	return wire.NewGaps(c.ask.Text, res), nil
}
