package api

import (
	"context"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/server/problem"
	"github.com/newsq/newsq/internal/wire"
)

// saved lists the saved searches with how many articles are new.
func (a *api) saved(ctx context.Context, _ *call) (any, error) {
	counts, err := a.Index.NewCounts(ctx)
	if err != nil {
		return nil, err
	}
	return wire.NewSavedCounts(counts), nil
}

// latest answers with what a saved search finds. Each copy of a story is one, as one that
// came in late is new too.
func (a *api) latest(ctx context.Context, c *call) (any, error) {
	s, err := a.Index.SavedNamed(ctx, c.name)
	if err == nil && s.Err != nil {
		err = s.Err
	}
	if err != nil {
		return nil, problem.OfSaved(c.name, err)
	}
	asked, q := c.ask.Query(a.Zone), s.Query()
	q.Limit, q.Passages, q.Cursor, q.ExactTotal, q.Location = asked.Limit, asked.Passages, asked.Cursor, true, asked.Location
	q.NoNear, q.Copies = true, index.AllCopies
	c.ask.Text = s.Text
	return a.results(ctx, c, q)
}
