package index

import (
	"fmt"
	"strings"
	"time"

	"github.com/newsq/newsq/internal/query"
)

// Per is a length of time by the calendar: that of the buckets of a timeline.
type Per uint8

// The lengths. PerAny leaves the choice to the Index.
const (
	PerAny Per = iota
	PerDay
	PerWeek // from Monday on, as ISO 8601 has weeks
	PerMonth
	PerQuarter
	PerYear
)

// perNames has the names, by Per.
var perNames = [...]string{PerAny: "any", PerDay: "day", PerWeek: "week", PerMonth: "month", PerQuarter: "quarter", PerYear: "year"}

// String returns the name, such as "week".
func (p Per) String() string {
	if int(p) < len(perNames) {
		return perNames[p]
	}
	return fmt.Sprintf("per(%d)", uint8(p))
}

// ParsePer returns the length of a name; "" is PerAny.
func ParsePer(name string) (Per, error) {
	if name == "" {
		return PerAny, nil
	}
	for p, n := range perNames {
		if strings.EqualFold(name, n) {
			return Per(p), nil
		}
	}
	return PerAny, fmt.Errorf("no such length of time as %q; there are %s", name, strings.Join(perNames[PerDay:], ", "))
}

// start returns the first day of what a day is in. Days are at midnight UTC here, wherever
// they are meant.
func (p Per) start(day time.Time) time.Time {
	y, m, d := day.Date()
	switch p {
	case PerWeek:
		d -= (int(day.Weekday()) + 6) % 7
	case PerMonth:
		d = 1
	case PerQuarter:
		m, d = (m-1)/3*3+1, 1
	case PerYear:
		m, d = time.January, 1
	}
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// next returns the first day of the next one, of the first day of one.
func (p Per) next(start time.Time) time.Time {
	switch p {
	case PerWeek:
		return start.AddDate(0, 0, 7)
	case PerMonth:
		return start.AddDate(0, 1, 0)
	case PerQuarter:
		return start.AddDate(0, 3, 0)
	case PerYear:
		return start.AddDate(1, 0, 0)
	}
	return start.AddDate(0, 0, 1)
}

// many returns how many there are from one day to another, both among them; no more than
// enough, as years may lie between.
func (p Per) many(first, last time.Time, enough int) int {
	n := 0
	for t := p.start(first); !t.After(last) && n < enough; t = p.next(t) {
		n++
	}
	return n
}

// Label names what begins at a time in its location: "2016-11-08", "2016-W45", "2016-11",
// "2016-Q4", "2016".
func (p Per) Label(from time.Time) string {
	switch p {
	case PerWeek:
		year, week := from.ISOWeek()
		return fmt.Sprintf("%04d-W%02d", year, week)
	case PerMonth:
		return from.Format("2006-01")
	case PerQuarter:
		return fmt.Sprintf("%04d-Q%d", from.Year(), (int(from.Month())+2)/3)
	case PerYear:
		return from.Format("2006")
	}
	return from.Format(time.DateOnly)
}

// startOf returns when a day begins in a location.
func startOf(day time.Time, loc *time.Location) time.Time {
	return query.StartOfDay(day.Year(), day.Month(), day.Day(), loc)
}
