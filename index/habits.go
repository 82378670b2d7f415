package index

import (
	"context"
	"sort"
	"time"

	"github.com/newsq/newsq/internal/contrast"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
)

// habitArticles is how many articles show what a side is like whatever it writes about.
const habitArticles = 400

// countHabit counts articles that show the habits of a side: for each of some of its
// articles that match, one that doesn't, of the same outlet and about the same time. So
// neither the outlets that have most to say of the matter, nor what pages looked like in
// these years, is taken for what is said of it. It returns nil where a side has too few.
func (m *matched) countHabit(ctx context.Context, v *contrast.Vocabulary, s *side) (*contrast.Side, error) {
	var chosen []engine.Hit
	for _, value := range s.filter.Values {
		only := engine.Filter{Facet: s.filter.Facet, Values: []string{value}}
		matching, n, err := sample(ctx, m.snap, m.request(only), habitArticles, nil)
		if err != nil {
			return nil, err
		}
		req := engine.Request{Plan: m.known(match.Not{Operand: m.r.plan}), Filters: []engine.Filter{only}, Location: m.q.location()}
		others, _, err := sample(ctx, m.snap, req, maxListed, nil)
		if err != nil {
			return nil, err
		}
		share := evenly(matching, (n*habitArticles+s.total-1)/max(s.total, 1))
		chosen = append(chosen, nearestInTime(share, others)...)
	}
	if len(chosen) < min(minOutlet, s.total) || len(chosen) < minHabit {
		return nil, nil
	}
	return m.count(ctx, v, chosen)
}

// known matches what a plan matches and was there by then, for a query as of a date.
func (m *matched) known(p match.Plan) match.Plan {
	if m.q.asOf.IsZero() {
		return p
	}
	return match.And{Operands: []match.Plan{p, match.Dates{To: m.q.asOf}}}
}

// minHabit is of how few articles a habit is seen at least.
const minHabit = 20

// nearestInTime returns for each of some hits, in the order of time, one of others that is
// near to it in time and that none before has; fewer where others are fewer. Both are
// in the order Oldest, those without a date last.
func nearestInTime(hits, others []engine.Hit) []engine.Hit {
	used := make([]bool, len(others))
	var chosen []engine.Hit
	for _, h := range hits {
		at := sort.Search(len(others), func(i int) bool { return !before(others[i].Published, h.Published) })
		after, ahead := at, at-1
		for after < len(others) && used[after] {
			after++
		}
		for ahead >= 0 && used[ahead] {
			ahead--
		}
		best := after
		switch {
		case after == len(others) && ahead < 0:
			return chosen // all are used
		case after == len(others):
			best = ahead
		case ahead >= 0 && !h.Published.IsZero() && !others[after].Published.IsZero() &&
			h.Published.Sub(others[ahead].Published) < others[after].Published.Sub(h.Published):
			best = ahead
		}
		used[best] = true
		chosen = append(chosen, others[best])
	}
	return chosen
}

// before reports whether one time is before another, in the order Oldest: what has no date
// comes last.
func before(a, b time.Time) bool {
	return !a.IsZero() && (b.IsZero() || a.Before(b))
}
