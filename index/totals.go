package index

import (
	"context"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
)

// totals returns for each plan how many articles match it, of those that the filters of a
// request keep.
func totals(ctx context.Context, snap engine.Snapshot, filters *engine.Request, plans []match.Plan) ([]int, error) {
	if t, ok := snap.(engine.Totaler); ok {
		return t.Totals(ctx, filters, plans)
	}
	counts := make([]int, len(plans))
	for i, p := range plans {
		found, err := snap.Search(ctx, &engine.Request{Plan: p, Filters: filters.Filters, Location: filters.Location, ExactTotal: true})
		if err != nil {
			return nil, err
		}
		counts[i] = found.Total
	}
	return counts, nil
}
