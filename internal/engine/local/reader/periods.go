package reader

import (
	"fmt"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/match"
)

// DayMicros is a day in UTC, where every day has as many hours, in the unit of
// Segment.Times.
const DayMicros = int64(24 * time.Hour / time.Microsecond)

// dayOf is the day of a time in microseconds, counted from 1970.
func dayOf(micros int64) int64 {
	if micros < 0 {
		return (micros+1)/DayMicros - 1
	}
	return micros / DayMicros
}

// calendar says on which day of a location a time lies. A time at midnight UTC sharp
// is a day alone, and that day everywhere; see match.Dates. It is slow to ask the
// location, so that the offsets of some time are kept.
type calendar struct {
	location *time.Location // nil for UTC
	offsets  []zoneOffset   // calendarSlots of them, unless for UTC
}

// A slot of a calendar is for 2^slotBits microseconds, 25 days, so that all slots
// are for 35 years. Those of other years take their place.
const (
	calendarSlots = 512
	slotBits      = 41
)

// zoneOffset is what a location is ahead of UTC in [from, to), in microseconds.
type zoneOffset struct{ from, to, offset int64 }

func newCalendar(loc *time.Location) *calendar {
	if loc == nil || loc == time.UTC {
		return &calendar{}
	}
	return &calendar{loc, make([]zoneOffset, calendarSlots)}
}

// dayOf returns the day of a time, counted from 1970.
func (c *calendar) dayOf(micros int64) int64 {
	day := dayOf(micros)
	if c.location == nil || day*DayMicros == micros {
		return day
	}
	o := &c.offsets[uint64(micros)>>slotBits%calendarSlots]
	if micros < o.from || micros >= o.to {
		*o = c.offsetAt(micros)
	}
	return dayOf(micros + o.offset)
}

// offsetAt asks the location.
func (c *calendar) offsetAt(micros int64) zoneOffset {
	at := schema.TimeOf(micros).In(c.location)
	_, seconds := at.Zone()
	from, to := at.ZoneBounds()
	// An offset without a bound, such as the first one, holds for long.
	const long = 400 * 366 * DayMicros
	o := zoneOffset{from: micros - long, to: micros + long, offset: int64(seconds) * int64(time.Second/time.Microsecond)}
	if !from.IsZero() {
		o.from = schema.Micros(from)
	}
	if !to.IsZero() {
		o.to = schema.Micros(to)
	}
	return o
}

// PublishedDuring returns the live articles published within the year, month or
// day that a value of a facet of periods names, in a location.
func (s *Segment) PublishedDuring(t engine.FacetType, value string, loc *time.Location) (Bitset, error) {
	from, to, err := t.Period(value, loc)
	if err != nil {
		return nil, fmt.Errorf("filter by %s: %q is not of its form", t.Name, value)
	}
	return s.Published(match.Dates{From: from, To: to})
}

// CountPeriods adds the number of articles of set in each period to counts. layout
// makes the name of a period of a time, as a calendar in loc shows it.
func (s *Segment) CountPeriods(layout string, loc *time.Location, set Bitset, counts map[string]int) {
	s.VerifyTimes()
	days := map[int64]int{}
	last, n := int64(0), 0 // a run of equal days, which is not in days yet
	c := newCalendar(loc)
	for _, doc := range set.AppendTo(nil) {
		t := s.Time(doc)
		if t == NoTime {
			continue
		}
		if day := c.dayOf(t); day != last || n == 0 {
			days[last] += n
			last, n = day, 0
		}
		n++
	}
	days[last] += n
	for day, n := range days {
		if n > 0 {
			counts[schema.TimeOf(day*DayMicros).Format(layout)] += n
		}
	}
}
