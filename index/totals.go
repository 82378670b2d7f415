package index

import (
	"context"
	"slices"

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

// totalsOf returns for each of some requests how many articles match it, or why that isn't
// known. A request that is nil isn't asked.
func totalsOf(ctx context.Context, snap engine.Snapshot, requests []*engine.Request) ([]int, []error) {
	counts, errs := make([]int, len(requests)), make([]error, len(requests))
	left := requests
	if t, ok := snap.(engine.Totaler); ok {
		left = totalsTogether(ctx, t, requests, counts)
	}
	_ = inParallel(len(left), func() func(i int) error {
		return func(i int) error {
			if left[i] != nil {
				var found *engine.Response
				if found, errs[i] = snap.Search(ctx, left[i]); errs[i] == nil {
					counts[i] = found.Total
				}
			}
			return nil
		}
	})
	return counts, errs
}

// totalsTogether counts those requests together that have no filters, which are most. It
// returns the others in their places: those too where any of them is wrong, so that it is
// found which.
func totalsTogether(ctx context.Context, t engine.Totaler, requests []*engine.Request, counts []int) (left []*engine.Request) {
	left = slices.Clone(requests)
	var plans []match.Plan
	var places []int
	for i, r := range requests {
		if r != nil && len(r.Filters) == 0 {
			plans, places = append(plans, r.Plan), append(places, i)
		}
	}
	if len(plans) == 0 {
		return left
	}
	found, err := t.Totals(ctx, &engine.Request{}, plans)
	if err != nil {
		return left
	}
	for i, at := range places {
		counts[at], left[at] = found[i], nil
	}
	return left
}
