package index

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
)

// timeCounter counts articles by the days of their dates, in one snapshot.
type timeCounter struct {
	snap    engine.Snapshot
	tq      *TimelineQuery
	plan    match.Plan      // of what is counted
	all     match.Plan      // of what it is compared with
	filters []engine.Filter // of both, but for all where there is no text
	bare    bool            // there is no text
}

// dayCounts are numbers of articles by days, at midnight UTC each.
type dayCounts map[time.Time]int

// timelineOf is Timeline of a snapshot. tq is checked, and its Query resolved.
func timelineOf(ctx context.Context, snap engine.Snapshot, tq *TimelineQuery, aliases *Aliases) (*Timeline, error) {
	q := &tq.Query
	if err := q.setLanguages(ctx, snap); err != nil {
		return nil, err
	}
	r, err := q.parse(aliases)
	if err != nil {
		return nil, err
	}
	filters, warnings, err := resolveFilters(ctx, snap, q.Filters, q.TopicsFrom, q.location())
	if err != nil {
		return nil, err
	}
	if warnings, err = q.appendFoundWarnings(append(r.warnings, warnings...), r.plan); err != nil {
		return nil, err
	}
	c := &timeCounter{
		snap: snap, tq: tq, plan: r.plan, filters: filters,
		all: match.And{Operands: append([]match.Plan{match.All{}}, datesOf(r.plan)...)}, bare: strings.TrimSpace(q.Text) == "",
	}
	t := &Timeline{Warnings: warnings}
	counts, all, err := c.both(ctx, t)
	if err != nil {
		return nil, err
	}
	first, last, ok := timeRange(counts, all)
	if t.Total == 0 {
		t.DidYouMean, err = didYouMean(ctx, snap, q, r, &engine.Request{Plan: r.plan, Filters: filters, Location: q.location()}, 0)
	}
	if !ok || err != nil {
		t.Per = max(tq.Per, PerDay)
		return t, errors.Join(err, c.warnUndated(ctx, r, t))
	}
	if t.Per, err = tq.bucketLength(first, last, t.Total); err != nil {
		return nil, err
	}
	t.Buckets = buckets(t.Per, first, last, counts, all, q.location())
	if err := c.split(ctx, t, first); err != nil {
		return nil, err
	}
	if err := c.addBursts(ctx, t, r, aliases, first, last, counts, all); err != nil {
		return nil, err
	}
	return t, c.warnUndated(ctx, r, t)
}

// both counts what matches and what it is compared with.
func (c *timeCounter) both(ctx context.Context, t *Timeline) (counts, all dayCounts, err error) {
	if counts, t.Total, t.Undated, err = c.count(ctx, c.plan, c.filters); err != nil {
		return nil, nil, err
	}
	all, t.All, t.UndatedAll, err = c.count(ctx, c.all, c.allFilters())
	return counts, all, err
}

// allFilters are the filters of what is compared with.
func (c *timeCounter) allFilters() []engine.Filter {
	if c.bare {
		return nil
	}
	return c.filters
}

// count counts the articles of a plan by days. undated are those that have none.
func (c *timeCounter) count(ctx context.Context, plan match.Plan, filters []engine.Filter) (counts dayCounts, total, undated int, err error) {
	found, err := c.search(ctx, plan, filters, engine.FacetDay)
	if err != nil {
		return nil, 0, 0, err
	}
	counts, undated = make(dayCounts, len(found.Counts[engine.FacetDay])), found.Total
	for _, v := range found.Counts[engine.FacetDay] {
		day, err := time.Parse(time.DateOnly, v.Value)
		if err != nil {
			continue // a year that has no four digits is as good as none
		}
		counts[day] = v.Count
		undated -= v.Count
	}
	return counts, found.Total, undated, nil
}

func (c *timeCounter) search(ctx context.Context, plan match.Plan, filters []engine.Filter, facet engine.Facet) (*engine.Response, error) {
	return c.snap.Search(ctx, &engine.Request{
		Plan: plan, Filters: filters, Facets: []engine.Facet{facet}, Location: c.tq.location(), ExactTotal: true, NoStories: true,
	})
}

// datesOf returns the dates of publication that articles of a plan must have.
func datesOf(p match.Plan) []match.Plan {
	switch p := p.(type) {
	case match.Dates:
		if !p.Added {
			return []match.Plan{p}
		}
	case match.And:
		var dates []match.Plan
		for _, o := range p.Operands {
			dates = append(dates, datesOf(o)...)
		}
		return dates
	case match.Should:
		return datesOf(p.Operand)
	case match.Boost:
		return datesOf(p.Operand)
	}
	return nil
}

// warnUndated says how many articles without a date are left out as of a date.
func (c *timeCounter) warnUndated(ctx context.Context, r *parsedQuery, t *Timeline) error {
	q := &c.tq.Query
	if q.AsOf == "" || !q.Since.IsZero() || !q.Until.IsZero() {
		return nil
	}
	n, err := undated(ctx, c.snap, q, r, &engine.Request{Filters: c.filters, Location: q.location()}, false)
	if w := undatedWarning(n, q.AsOf); w != "" {
		t.Warnings = append(t.Warnings, w)
	}
	return err
}

// timeRange returns the first and the last day of a timeline: those of articles that match,
// or of months with FewArticles of all. So dates that are far off, as mistakes are, don't
// stretch it.
func timeRange(counts, all dayCounts) (first, last time.Time, ok bool) {
	months := make(map[time.Time]int)
	for day, n := range all {
		months[PerMonth.start(day)] += n
	}
	for _, days := range []dayCounts{counts, all} {
		for day := range days {
			if counts[day] == 0 && months[PerMonth.start(day)] < FewArticles {
				continue
			}
			if !ok || day.Before(first) {
				first = day
			}
			if !ok || day.After(last) {
				last = day
			}
			ok = true
		}
	}
	return first, last, ok && len(counts) > 0
}

// bucketLength returns the length of the buckets between two days, of so many articles in
// total.
func (tq *TimelineQuery) bucketLength(first, last time.Time, total int) (Per, error) {
	per := tq.Per
	if per == PerAny {
		most := min(usualBuckets, max(fewestBuckets, total))
		for per = PerDay; per < PerYear && per.many(first, last, most+1) > most; {
			per++
		}
	}
	if per.many(first, last, maxBuckets+1) > maxBuckets {
		return 0, fmt.Errorf("from %s to %s it is more than %d times a %s; ask for a longer length of time, or for fewer years",
			first.Format(time.DateOnly), last.Format(time.DateOnly), maxBuckets, per)
	}
	return per, nil
}

// buckets cuts the time between two days.
func buckets(per Per, first, last time.Time, counts, all dayCounts, loc *time.Location) []Bucket {
	var list []Bucket
	for start := per.start(first); !start.After(last); start = per.next(start) {
		list = append(list, Bucket{Label: per.Label(start), From: startOf(start, loc), To: startOf(per.next(start), loc)})
	}
	counted, of := per.sums(first, len(list), counts), per.sums(first, len(list), all)
	for i := range list {
		list[i].Count, list[i].All, list[i].Few = counted[i], of[i], of[i] < FewArticles
	}
	return list
}

// sums adds the counts of days up to n buckets, from that of a first day on.
func (p Per) sums(first time.Time, n int, counts dayCounts) []int {
	sums := make([]int, n)
	at := make(map[time.Time]int, n)
	start := p.start(first)
	for i := range n {
		at[start] = i
		start = p.next(start)
	}
	for day, count := range counts {
		if i, ok := at[p.start(day)]; ok {
			sums[i] += count
		}
	}
	return sums
}

// split adds the series of a timeline whose first bucket has a day.
func (c *timeCounter) split(ctx context.Context, t *Timeline, first time.Time) error {
	if c.tq.By == "" {
		return nil
	}
	facet, err := facetNamed(c.tq.By)
	if err != nil {
		return err
	}
	values, err := c.largest(ctx, facet)
	if err != nil {
		return err
	}
	n := orDefault(c.tq.Largest, defaultLargest)
	if t.More = max(len(values)-n, 0); t.More > 0 {
		values = values[:n]
	}
	for _, v := range values {
		s, err := c.series(ctx, t, first, c.filterBy(facet, []string{v}, false))
		if err != nil {
			return err
		}
		s.Value = v
		t.Series = append(t.Series, *s)
	}
	if len(values) == 0 {
		return nil
	}
	others, err := c.series(ctx, t, first, c.filterBy(facet, values, true))
	if err == nil && others.Total > 0 {
		t.Others = others
	}
	return err
}

// largest returns the values of a facet that the articles have, the most frequent first.
// Filters keep theirs, and those below.
func (c *timeCounter) largest(ctx context.Context, facet engine.FacetType) ([]string, error) {
	name, origins := facet.Name, c.tq.TopicsFrom
	if name == engine.FacetTopic {
		name = topicFacet(origins)
	}
	found, err := c.search(ctx, c.plan, c.filters, name)
	if err != nil {
		return nil, err
	}
	counts, kept := found.Counts[name], selectedValues(name, c.filters)
	if name == engine.FacetTopicBy {
		counts, kept = countsByOrigin(counts, origins), c.tq.selectedTopics()
	}
	var values []string
	for _, v := range counts {
		below := func(k string) bool {
			return v.Value == k || facet.Separator != "" && strings.HasPrefix(v.Value, k+facet.Separator)
		}
		if len(kept) == 0 || slices.ContainsFunc(kept, below) {
			values = append(values, v.Value)
		}
	}
	return values, nil
}

// filterBy keeps articles with some values of a facet, or those with none of them.
func (c *timeCounter) filterBy(facet engine.FacetType, values []string, not bool) engine.Filter {
	f := engine.Filter{Facet: facet.Name, Values: values, Not: not}
	if facet.Name == engine.FacetTopic && len(c.tq.TopicsFrom) > 0 {
		return filterByOrigin(f, c.tq.TopicsFrom)
	}
	return f
}

// series counts what a filter keeps of a timeline.
func (c *timeCounter) series(ctx context.Context, t *Timeline, first time.Time, f engine.Filter) (*Series, error) {
	counts, total, _, err := c.count(ctx, c.plan, append(slices.Clone(c.filters), f))
	if err != nil {
		return nil, err
	}
	all, _, _, err := c.count(ctx, c.all, append(slices.Clone(c.allFilters()), f))
	if err != nil {
		return nil, err
	}
	n := len(t.Buckets)
	return &Series{Counts: t.Per.sums(first, n, counts), All: t.Per.sums(first, n, all), Total: total}, nil
}
