package search

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/engine/local/segment"
	"github.com/newsq/newsq/internal/match"
)

// matchesExcept is what the plan matches and the filters keep, without the
// filters that keep values of the facet open. The caller must not change it.
func (r *segRun) matchesExcept(ctx context.Context, filters []engine.Filter, open engine.Facet) (reader.Bitset, error) {
	set, err := r.bits(ctx, r.query.root)
	if err != nil {
		return nil, err
	}
	own := false
	for _, f := range filters {
		if f.Facet == open && !f.Not {
			continue
		}
		holding, err := r.filterSet(ctx, f)
		if err != nil {
			return nil, err
		}
		if !own {
			set, own = r.copyBitset(set), true
		}
		if f.Not {
			set.AndNot(holding)
		} else {
			set.And(holding)
		}
	}
	return set, nil
}

// filterSet returns the live articles that hold any of a filter's values, also
// where the filter drops these. The caller must not change it.
func (r *segRun) filterSet(ctx context.Context, f engine.Filter) (reader.Bitset, error) {
	var set reader.Bitset
	for i, v := range f.Values {
		one, err := r.valueSet(ctx, f.Facet, v)
		switch {
		case err != nil:
			return nil, err
		case len(f.Values) == 1:
			return one, nil
		case i == 0:
			set = r.copyBitset(one)
		default:
			set.Or(one)
		}
	}
	if set == nil {
		set = r.newBitset()
	}
	return set, nil
}

// valueSet returns the live articles that hold a value of a facet. The caller
// must not change it.
func (r *segRun) valueSet(ctx context.Context, f engine.Facet, value string) (reader.Bitset, error) {
	field, ok := schema.FacetFieldOf(f)
	switch {
	case !ok:
		return nil, fmt.Errorf("filter by unknown facet %q", f)
	case field.IsPeriod():
		return r.PublishedDuring(field.FacetType, value, r.res.location)
	case field.Separator != "":
		return r.valueBelow(ctx, field.Name, value, field.Separator)
	}
	return r.CachedSet(field.Name+"\x00"+value, func() (reader.Bitset, error) { return r.TermSet(field.Name, value) })
}

// facet counts the values of a facet over what matches, most frequent first,
// then by value; periods newest first.
func (q *search) facet(ctx context.Context, f engine.Facet) ([]engine.Count, error) {
	field, ok := schema.FacetFieldOf(f)
	if !ok {
		return nil, fmt.Errorf("unknown facet %q", f)
	}
	if _, all := q.request.Plan.(match.All); all && !slices.ContainsFunc(q.request.Filters, func(x engine.Filter) bool {
		return x.Facet != f || x.Not
	}) {
		return q.view.CachedCounts(f, q.countedIn(field), func() ([]engine.Count, error) { return q.countAll(ctx, field) })
	}
	counts := map[string]int{}
	for _, run := range q.runs {
		set, err := run.matchesExcept(ctx, q.request.Filters, f)
		if err == nil {
			err = run.count(ctx, field, set, counts)
		}
		if err != nil {
			return nil, err
		}
	}
	return field.SortCounts(counts), nil
}

// countedIn is the location in which the values of a facet are counted; nil where
// they are the same in all.
func (q *search) countedIn(field schema.FacetField) *time.Location {
	if field.IsPeriod() {
		return q.request.Location
	}
	return nil
}

// count adds the number of set's articles with each value of a facet.
func (r *segRun) count(ctx context.Context, field schema.FacetField, set reader.Bitset, counts map[string]int) error {
	switch {
	case field.IsPeriod():
		r.CountPeriods(field.Layout, r.res.location, set, counts)
		return nil
	case field.Ordinals:
		return r.countOrdinals(field.Name, set, counts)
	}
	return r.countPostings(ctx, field.Name, set, counts)
}

// countAll counts the values of a facet over all articles. Where the facet is a
// field, its posting lists tell their lengths, and no article is looked at.
func (q *search) countAll(ctx context.Context, field schema.FacetField) ([]engine.Count, error) {
	counts := map[string]int{}
	for _, run := range q.runs {
		if field.IsPeriod() {
			all, err := run.Articles()
			if err != nil {
				return nil, err
			}
			run.CountPeriods(field.Layout, q.request.Location, all, counts)
			continue
		}
		err := run.EachTerm(field.Name, nil, nil, nil, func(t *segment.Term) error {
			list, err := t.Postings()
			if err != nil {
				return err
			}
			n, err := run.LiveCount(list)
			if n > 0 {
				counts[string(t.Bytes)] += n
			}
			return errors.Join(err, ctx.Err())
		})
		if err != nil {
			return nil, err
		}
	}
	return field.SortCounts(counts), nil
}

// countPostings adds the number of set's articles with each value of a field that
// has few values. Their posting lists are cached as sets.
func (r *segRun) countPostings(ctx context.Context, field string, set reader.Bitset, counts map[string]int) error {
	return r.EachTerm(field, nil, nil, nil, func(t *segment.Term) error {
		value := string(t.Bytes)
		// The name is none of valueBelow, whose sets take in more.
		holding, err := r.CachedSet(field+"\x01"+value, func() (reader.Bitset, error) { return r.TermSet(field, value) })
		if err != nil {
			return err
		}
		if n := set.CountAnd(holding); n > 0 {
			counts[value] += n
		}
		return ctx.Err()
	})
}

// countOrdinals adds the number of set's articles with each value of a field that
// has doc values.
func (r *segRun) countOrdinals(field string, set reader.Bitset, counts map[string]int) error {
	values, ok, err := r.Raw.Ordinals(field)
	if !ok || err != nil {
		return err
	}
	terms, err := r.Raw.Terms(field)
	if err != nil {
		return err
	}
	byOrdinal := make([]int, max(values.Len(), len(terms)))
	values.Count(set, byOrdinal)
	for i, n := range byOrdinal {
		if n > 0 && i < len(terms) {
			counts[string(terms[i])] += n
		}
	}
	return nil
}
