package index

import (
	"context"
	"fmt"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
)

// now is the moment from which dates are counted, and at which embargoes hold or have ended:
// that of the first page, or the last one of AsOf, where that is earlier.
func (q *Query) now() time.Time {
	if q.asOf.IsZero() || q.asked.Before(q.asOf) {
		return q.asked
	}
	return q.asOf.Add(-time.Microsecond).In(q.location()) // dates are kept to the microsecond
}

// moment is now of a query that isn't resolved; of one that can't be, the present.
func (q Query) moment() time.Time {
	r, err := q.resolved()
	if err != nil {
		return time.Now()
	}
	return r.now()
}

// warnAsOf adds to the results of a query with AsOf what it can't tell of that time: how
// many articles match that have no date, and how many hits were changed later.
func warnAsOf(ctx context.Context, snap engine.Snapshot, q *Query, r *parsedQuery, req *engine.Request, res *Results) error {
	if q.Cursor == "" && q.Since.IsZero() && q.Until.IsZero() {
		n, err := undated(ctx, snap, q, r, req, res.Relaxed)
		if err != nil {
			return err
		}
		if w := undatedWarning(n, q.AsOf); w != "" {
			res.Warnings = append(res.Warnings, w)
		}
	}
	changed := 0
	for i := range res.Hits {
		if a := res.Hits[i].Article; a != nil && a.Updated.After(q.asOf) {
			changed++
		}
	}
	switch {
	case changed == 1:
		res.Warnings = append(res.Warnings, "1 article on this page was changed after "+q.AsOf+", and is shown as it is now")
	case changed > 1:
		res.Warnings = append(res.Warnings, fmt.Sprintf("%d articles on this page were changed after %s, and are shown as they are now", changed, q.AsOf))
	}
	return nil
}

// undated counts the articles without a date that match a query but for its dates.
func undated(ctx context.Context, snap engine.Snapshot, q *Query, r *parsedQuery, req *engine.Request, relaxed bool) (int, error) {
	open := *q
	open.asOf, open.Since, open.Until = time.Time{}, time.Time{}, time.Time{}
	c, whole := r.context, *r
	if relaxed {
		c.Any, whole.tree = true, match.PartShortWords(r.tree)
	}
	plan, err := whole.lower(&open, c)
	if err != nil {
		return 0, err
	}
	found, err := snap.Search(ctx, &engine.Request{
		Plan:    match.And{Operands: []match.Plan{plan, match.Not{Operand: match.Dates{}}}},
		Filters: req.Filters, Location: req.Location, ExactTotal: true, NoStories: true,
	})
	if err != nil {
		return 0, publicError(err)
	}
	return found.Total, nil
}

// warnUndated adds how many articles, of those that filters keep, are not looked at as of a
// date since they have none.
func (s *similarity) warnUndated(ctx context.Context, among *Query, warnings []string) ([]string, error) {
	if among.AsOf == "" || !s.dates.From.IsZero() {
		return warnings, nil
	}
	found, err := s.snap.Search(ctx, &engine.Request{
		Plan: match.Not{Operand: match.Dates{}}, Filters: s.filters, Location: s.location, ExactTotal: true, NoStories: true,
	})
	if err != nil || found.Total == 0 {
		return warnings, err
	}
	return append(warnings, fmt.Sprintf("articles without a date, %d, are left out as of %s", found.Total, among.AsOf)), nil
}

// undatedWarning says that articles without a date are left out; empty where none are.
func undatedWarning(n int, asOf string) string {
	switch n {
	case 0:
		return ""
	case 1:
		return "1 article that matches has no date, and is left out as of " + asOf
	}
	return fmt.Sprintf("%d articles that match have no date, and are left out as of %s", n, asOf)
}
