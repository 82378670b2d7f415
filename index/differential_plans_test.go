//go:build opensearch

package index_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
)

const (
	// singlePrecision is the tolerance of scores, relative to 1 or to the score.
	singlePrecision = 1e-6
	// shortList is the longest list that is compared to its end. Of a longer one the
	// beginning is compared, and some pages further on.
	shortList = 2000
	// beginning is how much that is.
	beginning = 1000
	// maxWrong is how many differences are told.
	maxWrong = 20
	// refusedAlone is of how many plans one may be refused on the cluster alone.
	refusedAlone = 100
)

// question is a request, and how to read on in its list.
type question struct {
	*engine.Request
	page int // hits of a page
	// after are places far down in a long list; scores are parts of the highest one.
	after []engine.Position
}

// outcome is what became of a question, or of several.
type outcome struct {
	asked, refusedByBoth, refusedLocally, refused, inexact int
	common, wanted                                         int // of the first ten
}

func (o *outcome) add(p outcome) {
	o.asked += p.asked
	o.refusedByBoth += p.refusedByBoth
	o.refusedLocally += p.refusedLocally
	o.refused += p.refused
	o.inexact += p.inexact
	o.common += p.common
	o.wanted += p.wanted
}

func (o outcome) String() string {
	return fmt.Sprintf("%d asked; refused as too broad: %d by both, %d by the local engine alone, %d on the cluster alone; %d inexact; of the first ten %d of %d in common",
		o.asked, o.refusedByBoth, o.refusedLocally, o.refused, o.inexact, o.common, o.wanted)
}

// comparePlans asks both for random plans.
func (d *differential) comparePlans(t *testing.T) {
	questions := make([]question, *differentialPlans)
	for i := range questions {
		stemsOnly := i%2 == 0
		questions[i] = d.words.question(d.words.request(d.words.plan(2, stemsOnly)))
	}
	all := d.compareAll(t, questions)
	t.Logf("plans: %v", all)
	// What the local engine refuses is bounded by steps, and each engine has limits of its own.
	if all.refused*refusedAlone > len(questions) {
		t.Errorf("%d plans of %d were refused on the cluster alone, want at most one of %d", all.refused, len(questions), refusedAlone)
	}
}

// comparePhrases asks both for phrases and NEAR as people write them. Their order is
// wanted whether the engine says that it is exact or not.
func (d *differential) comparePhrases(t *testing.T) {
	const most = 200
	questions := make([]question, min(most, *differentialPlans))
	for i := range questions {
		questions[i] = d.words.question(&engine.Request{Plan: d.words.spoken(), ExactTotal: true, Limit: 10})
	}
	all := d.compareAll(t, questions)
	t.Logf("phrases: %v", all)
	if all.common != all.wanted {
		t.Errorf("of the first ten hits of phrases, %d of %d in common", all.common, all.wanted)
	}
}

// compareAll asks both all questions.
func (d *differential) compareAll(t *testing.T, questions []question) (all outcome) {
	p := d.both(t)
	if l, r := p.local.Len(), p.remote.Len(); l != r || l == 0 {
		t.Fatalf("%d articles, want %d", r, l)
	}
	var mu sync.Mutex
	var wrong atomic.Int64
	sideBySide(len(questions), func(i int) {
		if wrong.Load() >= maxWrong {
			return
		}
		one, err := p.compare(t.Context(), questions[i])
		if err != nil {
			wrong.Add(1)
			t.Errorf("question %d: %v", i, p.smallest(t.Context(), questions[i], err))
		}
		if one.refused+one.refusedLocally > 0 {
			t.Logf("question %d was refused by one alone: %+v, %#v", i, one, questions[i].Plan)
		}
		mu.Lock()
		defer mu.Unlock()
		all.add(one)
	})
	return all
}

// sideBySide calls f for each of so many, several at a time.
func sideBySide(n int, f func(i int)) {
	const workers = 4
	var next atomic.Int64
	var running sync.WaitGroup
	for range workers {
		running.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	running.Wait()
}

// compare asks both, and says how they differ.
func (p pair) compare(ctx context.Context, q question) (outcome, error) {
	o := outcome{asked: 1}
	want, wantErr := p.local.Search(ctx, q.Request)
	got, err := p.remote.Search(ctx, q.Request)
	if broad, locally := errors.Is(err, engine.ErrTooBroad), errors.Is(wantErr, engine.ErrTooBroad); broad || locally {
		switch {
		case broad && locally:
			o.refusedByBoth++
			return o, nil
		case broad:
			o.refused++
			return o, wantErr
		}
		o.refusedLocally++
		return o, err
	}
	if err != nil || wantErr != nil {
		return o, fmt.Errorf("%w, want %w", err, wantErr)
	}
	if got.Total != want.Total || !got.Exact {
		return o, fmt.Errorf("total %d (exact %v), want %d", got.Total, got.Exact, want.Total)
	}
	if diff := cmp.Diff(want.Also, got.Also); diff != "" {
		return o, fmt.Errorf("also (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(byValue(want.Counts), byValue(got.Counts)); diff != "" {
		return o, fmt.Errorf("counts (-want +got):\n%s", diff)
	}
	o.common, o.wanted = overlap(want.Hits, got.Hits), len(want.Hits)
	if len(got.Inexact) > 0 {
		o.inexact++
	} else if err := sameHits(want.Hits, got.Hits, p.scoreOf(ctx, q)); err != nil {
		return o, err
	}
	if want.Total <= shortList {
		return o, p.sameList(ctx, q)
	}
	return o, p.samePages(ctx, q, want)
}

func byValue(counts map[engine.Facet][]engine.Count) map[engine.Facet]map[string]int {
	all := map[engine.Facet]map[string]int{}
	for f, list := range counts {
		all[f] = map[string]int{}
		for _, c := range list {
			all[f][c.Value] = c.Count
		}
	}
	return all
}

// overlap counts what the first hits have in common, or those that score as the last of
// them does.
func overlap(want, got []engine.Hit) (n int) {
	for _, g := range got {
		if slices.ContainsFunc(want, func(w engine.Hit) bool { return w.ID == g.ID }) || len(want) > 0 && nearly(g.Score, want[len(want)-1].Score) {
			n++
		}
	}
	return n
}

func nearly(a, b float64) bool {
	return math.Abs(a-b) <= singlePrecision*max(1, math.Abs(a), math.Abs(b))
}

// scoreOf returns a function that asks the local engine for the score of one article.
func (p pair) scoreOf(ctx context.Context, q question) func(id string) float64 {
	return func(id string) float64 {
		one := match.Value{Field: match.ID, Value: id}
		found, err := p.local.Search(ctx, &engine.Request{Plan: match.And{Operands: []match.Plan{q.Plan, one}}, Limit: 1})
		if err != nil || len(found.Hits) == 0 {
			return math.NaN()
		}
		return found.Hits[0].Score
	}
}

// sameHits compares ranks and scores. Articles whose scores differ by rounding alone may
// stand in any order, if there is a function that says what one scores.
func sameHits(want, got []engine.Hit, score func(id string) float64) error {
	if len(want) != len(got) {
		return fmt.Errorf("%d hits, want %d", len(got), len(want))
	}
	for i, g := range got {
		w := want[i]
		if !nearly(w.Score, g.Score) || w.ID != g.ID && (score == nil || !nearly(score(g.ID), w.Score)) {
			return fmt.Errorf("hit %d is %s with %g, want %s with %g", i, g.ID, g.Score, w.ID, w.Score)
		}
	}
	return nil
}

// sameList compares lists to their ends: the ids, and the order where it is exact.
func (p pair) sameList(ctx context.Context, q question) error {
	want, _, err := wholeList(ctx, p.local, q)
	if err != nil {
		return err
	}
	got, exact, err := wholeList(ctx, p.remote, q)
	if err != nil {
		return err
	}
	if diff := cmp.Diff(idsOf(want), idsOf(got)); diff != "" {
		return fmt.Errorf("all ids (-want +got):\n%s", diff)
	}
	if !exact {
		return nil
	}
	scores := map[string]float64{}
	for _, h := range want {
		scores[h.ID] = h.Score
	}
	return sameHits(want, got, func(id string) float64 { return scores[id] })
}

func idsOf(hits []engine.Hit) []string {
	ids := make([]string, len(hits))
	for i, h := range hits {
		ids[i] = h.ID
	}
	slices.Sort(ids)
	return ids
}

// wholeList reads a list page by page, and says whether its order is exact.
func wholeList(ctx context.Context, s engine.Snapshot, q question) (hits []engine.Hit, exact bool, err error) {
	page := q.bare(q.page)
	for exact = true; ; {
		found, err := s.Search(ctx, page)
		if err != nil {
			return nil, false, err
		}
		hits = append(hits, found.Hits...)
		exact = exact && len(found.Inexact) == 0
		if len(found.Hits) < q.page {
			return hits, exact, nil
		}
		page.After, page.Statistics = &hits[len(hits)-1].Position, found.Statistics
	}
}

// bare is the request for hits alone.
func (q question) bare(limit int) *engine.Request {
	return &engine.Request{Plan: q.Plan, Filters: q.Filters, Location: q.Location, Order: q.Order, Limit: limit}
}

// samePages compares the beginning of a long list and some pages further on, where their
// order is exact.
func (p pair) samePages(ctx context.Context, q question, first *engine.Response) error {
	pages := []*engine.Request{q.bare(beginning)}
	for _, at := range q.after {
		page := q.bare(q.page / 10)
		at.Score *= first.Hits[0].Score
		page.After = &at
		pages = append(pages, page)
	}
	for _, page := range pages {
		want, err := p.local.Search(ctx, page)
		if err != nil {
			return err
		}
		got, err := p.remote.Search(ctx, page)
		if err != nil || len(got.Inexact) > 0 {
			return err
		}
		if q.Order == engine.Relevance && (beginsAtTie(want, page.After) || beginsAtTie(got, page.After)) {
			continue // rounding decides what stands before the position
		}
		if err := sameHits(want.Hits, got.Hits, p.scoreOf(ctx, q)); err != nil {
			return fmt.Errorf("after %+v: %w", page.After, err)
		}
	}
	return nil
}

// beginsAtTie reports whether the first hit of a page scores as the position does that it
// is behind.
func beginsAtTie(page *engine.Response, after *engine.Position) bool {
	return after != nil && after.Score > 0 && len(page.Hits) > 0 && nearly(page.Hits[0].Score, after.Score)
}

// smallest returns the difference of the smallest part of a plan that shows one.
func (p pair) smallest(ctx context.Context, q question, err error) error {
	for _, operand := range operands(q.Plan) {
		part, request := q, *q.Request
		request.Plan, part.Request = operand, &request
		if _, err := p.compare(ctx, part); err != nil {
			return p.smallest(ctx, part, err)
		}
	}
	return fmt.Errorf("%#v, order %d, filters %v, in %v: %w", q.Plan, q.Order, q.Filters, q.Location, err)
}

// operands returns the plans below a plan.
func operands(p match.Plan) []match.Plan {
	switch p := p.(type) {
	case match.And:
		return p.Operands
	case match.Or:
		return p.Operands
	case match.Not:
		return []match.Plan{p.Operand}
	case match.Boost:
		return []match.Plan{p.Operand}
	case match.Should:
		return append([]match.Plan{p.Operand}, p.Optional...)
	}
	return nil
}
