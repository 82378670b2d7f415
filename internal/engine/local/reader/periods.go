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
	return s.Dated(match.Dates{From: from, To: to})
}

// CountPeriods adds the number of articles of set in each period to counts. layout
// makes the name of a period of a time, as a calendar in loc shows it.
func (s *Segment) CountPeriods(layout string, loc *time.Location, set Bitset, counts map[string]int) {
	s.VerifyTimes()
	docs := set.AppendTo(nil)
	days := s.newDayCounts(len(docs))
	c := newCalendar(loc)
	for _, doc := range docs {
		if t := s.Time(doc); t != NoTime {
			days.add(c.dayOf(t))
		}
	}
	days.each(func(day int64, n int) { counts[schema.TimeOf(day*DayMicros).Format(layout)] += n })
}

// dayCounts counts by day. Most archives are of some thousands of days, for which a
// slice costs a fraction of a map.
type dayCounts struct {
	first  int64 // the day of dense[0]
	dense  []int
	sparse map[int64]int // all other days; nil when there are none
}

// maxDaysPerArticle is how many days there may be for each article that is counted
// into a slice: to clear and read a day costs less than a tenth of an entry in a map.
const maxDaysPerArticle = 8

// newDayCounts returns counts for so many articles of the segment.
func (s *Segment) newDayCounts(articles int) dayCounts {
	order, err := s.Raw.NumericOrder(schema.FieldTime)
	if err != nil || len(order) == 0 { // see View.Damaged
		return dayCounts{}
	}
	// In a location, the day may be the one before or the one after.
	first, last := dayOf(s.Times[order[0]])-1, dayOf(s.Times[order[len(order)-1]])+1
	if last < first || last-first >= int64(articles)*maxDaysPerArticle {
		return dayCounts{}
	}
	return dayCounts{first: first, dense: make([]int, last-first+1)}
}

func (d *dayCounts) add(day int64) {
	if i := uint64(day - d.first); i < uint64(len(d.dense)) {
		d.dense[i]++
		return
	}
	if d.sparse == nil {
		d.sparse = map[int64]int{}
	}
	d.sparse[day]++
}

// each calls f for each day that was counted.
func (d *dayCounts) each(f func(day int64, n int)) {
	for i, n := range d.dense {
		if n > 0 {
			f(d.first+int64(i), n)
		}
	}
	for day, n := range d.sparse {
		f(day, n)
	}
}
