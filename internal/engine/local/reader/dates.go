package reader

import (
	"fmt"
	"sort"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/match"
)

// Published returns the live articles published within p.
func (s *Segment) Published(p match.Dates) (Bitset, error) {
	// An article with a day and no time is compared with what the clock of a
	// bound shows, any other with the moment of the bound; see match.Dates.
	// Between from and to both ways say yes, before first and behind last both
	// say no. Each article in between is asked.
	first, from := ordered(p.From, match.WallClock(p.From))
	to, last := ordered(p.To, match.WallClock(p.To))
	order, err := s.Raw.NumericOrder(schema.FieldTime)
	if err != nil {
		return nil, err
	}
	set := s.NewBitset()
	after := func(t time.Time) int {
		n := schema.Nanos(t)
		return sort.Search(len(order), func(i int) bool { return s.Times[order[i]] >= n })
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
		if i >= sureLow && i < sureHigh || p.Contains(time.Unix(0, s.Times[doc]).UTC()) {
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

// dayNanos is a day in UTC, where every day has as many hours.
const dayNanos = int64(24 * time.Hour)

// dayOf is the day of a time in nanoseconds, counted from 1970.
func dayOf(nanos int64) int64 {
	if nanos < 0 {
		return (nanos+1)/dayNanos - 1
	}
	return nanos / dayNanos
}

// PublishedDuring returns the live articles published within the year, month or
// day that a value of a facet of periods names.
func (s *Segment) PublishedDuring(t engine.FacetType, value string) (Bitset, error) {
	from, to, err := t.Period(value)
	if err != nil {
		return nil, fmt.Errorf("filter by %s: %q is not of its form", t.Name, value)
	}
	return s.Published(match.Dates{From: from, To: to})
}

// CountPeriods adds the number of articles of set in each period to counts. layout
// makes the name of a period of a time.
func (s *Segment) CountPeriods(layout string, set Bitset, counts map[string]int) {
	s.VerifyTimes()
	days := map[int64]int{}
	last, n := int64(0), 0 // a run of equal days, which is not in days yet
	for _, doc := range set.AppendTo(nil) {
		t := s.Time(doc)
		if t == NoTime {
			continue
		}
		if day := dayOf(t); day != last || n == 0 {
			days[last] += n
			last, n = day, 0
		}
		n++
	}
	days[last] += n
	for day, n := range days {
		if n > 0 {
			counts[time.Unix(0, day*dayNanos).UTC().Format(layout)] += n
		}
	}
}
