package reader

import (
	"sort"
	"time"

	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/match"
)

// Dated returns the live articles published within p, or added to the index then.
func (s *Segment) Dated(p match.Dates) (Bitset, error) {
	// An article with a day and no time is compared with what the clock of a
	// bound shows, any other with the moment of the bound; see match.Dates.
	// Between from and to both ways say yes, before first and behind last both
	// say no. Each article in between is asked.
	first, from := ordered(p.From, match.WallClock(p.From))
	to, last := ordered(p.To, match.WallClock(p.To))
	times, field := s.Times, schema.FieldTime
	if p.Added {
		times, field = s.Added, schema.FieldAdded
	}
	order, err := s.Raw.NumericOrder(field)
	if err != nil {
		return nil, err
	}
	set := s.NewBitset()
	if len(order) == 0 {
		return set, nil
	}
	after := func(t time.Time) int {
		n := schema.Micros(t)
		if schema.TimeOf(n).Before(t) {
			n++ // of times in whole microseconds, the first that is not before t
		}
		return sort.Search(len(order), func(i int) bool { return times[order[i]] >= n })
	}
	low, high := 0, len(order)
	sureLow, sureHigh := 0, len(order)
	if !p.From.IsZero() {
		low, sureLow = after(first), after(from)
	}
	if !p.To.IsZero() {
		sureHigh, high = after(to), after(last)
	}
	for i := low; i < high; i++ {
		doc := order[i]
		if i >= sureLow && i < sureHigh || p.Contains(schema.TimeOf(times[doc])) {
			set.Add(doc)
		}
	}
	if s.Deleted != nil {
		set.AndNot(s.Deleted)
	}
	return set, nil
}

func ordered(a, b time.Time) (first, second time.Time) {
	if b.Before(a) {
		return b, a
	}
	return a, b
}
