package index

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/newsq/newsq/internal/engine"
)

// Diagnosis says why no article has all that a query asks for, and what would
// find some.
type Diagnosis struct {
	// Articles is the number of articles in the index.
	Articles int
	// Clauses are the parts of the query's text that stand in the way: first
	// those that no article has, then those without which most would be
	// found. A query of a single part has none.
	Clauses []Obstacle
	// Apart is set when the text has several parts and each of them is found,
	// but more than one must be left out before anything is.
	Apart bool
	// Filters are the filters, and the dates as the last, without one of which
	// articles would be found.
	Filters []Obstacle
	// WithoutFilters is the number of articles that would be found without
	// any filters and dates. It is counted for a query with a text and with
	// several of these, where leaving out a single one does not help.
	WithoutFilters int
}

// Obstacle is a part of a query that stands in the way of finding anything.
type Obstacle struct {
	// Clause is the part of the text, in canonical form; "" for a filter or
	// the dates.
	Clause string
	// Filter is one of the query's filters; nil for a clause or the dates.
	Filter *Filter
	// Absent is set when no article has the clause, whatever the filters.
	Absent bool
	// Without is the number of articles that the rest of the query finds.
	Without int
}

// Diagnose says why q finds nothing, or, after a search with Results.Relaxed,
// why nothing has all of its words. It makes some searches for each part of q,
// and is for queries that found too little. What would take too much to find
// out is left out. Its errors are those of Search.
func (ix *Index) Diagnose(ctx context.Context, q Query) (_ *Diagnosis, err error) {
	if q, err = q.resolved(); err != nil {
		return nil, err
	}
	snap, err := ix.snapshot(ctx, q.now(), q.IncludeEmbargoed)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, snap.Close(ctx)) }()
	d := &Diagnosis{Articles: snap.Len()}
	if d.Articles == 0 {
		return d, nil
	}
	aliases, err := ix.aliasesFor(&q)
	if err != nil {
		return nil, err
	}
	if err := d.findClauses(ctx, snap, q, aliases); err != nil && !errors.Is(err, ErrTooBroad) {
		return nil, err
	}
	if err := d.findFilters(ctx, snap, q, aliases); err != nil && !errors.Is(err, ErrTooBroad) {
		return nil, err
	}
	return d, nil
}

// findClauses fills in Clauses and Apart.
func (d *Diagnosis) findClauses(ctx context.Context, snap engine.Snapshot, q Query, aliases *Aliases) error {
	within, err := analyze(ctx, snap, &q, aliases)
	if err != nil || len(within.Clauses) < 2 {
		return err
	}
	// Absent is what no article has, not what is missing where the filters
	// leave few articles.
	everywhere := within
	if len(q.Filters) > 0 || q.hasDates() {
		q.Filters, q.Since, q.Until = nil, time.Time{}, time.Time{}
		if everywhere, err = analyze(ctx, snap, &q, aliases); err != nil {
			return err
		}
	}
	d.Clauses = clauseObstacles(within.Clauses, everywhere.Clauses)
	d.Apart = len(d.Clauses) == 0
	return nil
}

// clauseObstacles returns the clauses that stand in the way, in the order of
// Diagnosis.Clauses. The two lists are the same clauses, counted within the
// query's filters and in the whole index.
func clauseObstacles(within, everywhere []Clause) []Obstacle {
	var found []Obstacle
	for i, c := range within {
		absent := everywhere[i].Articles == 0 && !strings.HasPrefix(c.Text, "-")
		if !c.Ignored && !c.Optional && (absent || c.Without > 0) {
			found = append(found, Obstacle{Clause: c.Text, Absent: absent, Without: c.Without})
		}
	}
	slices.SortStableFunc(found, func(a, b Obstacle) int {
		switch {
		case a.Absent && !b.Absent:
			return -1
		case b.Absent && !a.Absent:
			return 1
		}
		return b.Without - a.Without
	})
	return found
}

// findFilters fills in Filters and WithoutFilters.
func (d *Diagnosis) findFilters(ctx context.Context, snap engine.Snapshot, q Query, aliases *Aliases) error {
	q.Limit, q.Facets, q.Cursor, q.Explain, q.IDsOnly = -1, nil, "", false, true
	if q.Match == MatchAll {
		q.Match = MatchStrict // articles with some of the words would not help
	}
	count := func(filters []Filter, since, until time.Time) (int, error) {
		less := q
		less.Filters, less.Since, less.Until = filters, since, until
		res, err := search(ctx, snap, &less, aliases)
		if err != nil {
			return 0, err
		}
		return res.Total, nil
	}
	add := func(o Obstacle, n int) {
		if o.Without = n; n > 0 {
			d.Filters = append(d.Filters, o)
		}
	}
	tried := 0
	for i, f := range q.Filters {
		n, err := count(slices.Delete(slices.Clone(q.Filters), i, i+1), q.Since, q.Until)
		if err != nil {
			return err
		}
		tried++
		f.Values = slices.Clone(f.Values)
		add(Obstacle{Filter: &f}, n)
	}
	if q.hasDates() {
		n, err := count(q.Filters, time.Time{}, time.Time{})
		if err != nil {
			return err
		}
		tried++
		add(Obstacle{}, n)
	}
	if tried < 2 || len(d.Filters) > 0 || q.Text == "" {
		return nil
	}
	var err error
	d.WithoutFilters, err = count(nil, time.Time{}, time.Time{})
	return err
}

func (q *Query) hasDates() bool { return !q.Since.IsZero() || !q.Until.IsZero() }
