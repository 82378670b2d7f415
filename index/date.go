package index

import (
	"time"

	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/query"
)

// LocalTime returns a time of an article as calendar and clock show it in a
// location. Where a source states a day alone, the time is midnight UTC sharp, and
// that day is shown everywhere. By the same days articles are filtered and counted.
// nil means time.Local; zero stays zero.
func LocalTime(t time.Time, loc *time.Location) time.Time {
	if loc == nil {
		loc = time.Local
	}
	return match.InLocation(t, loc)
}

// ParseDate reads a date as the query language writes it, such as 2026,
// 2026-03, 2026-03-05, 30d, 2w, 6m, yesterday, monday, and returns the range
// of time that it names, [from, to), as seen at now and in its location.
func ParseDate(s string, now time.Time) (from, to time.Time, err error) {
	return query.ParseDate(s, now)
}

// ParseUntil reads a date as the end of a period and returns the moment at
// which the period is over. The whole of what the date names is part of it:
// 2026-03 goes to the end of March. A length of time counts back from now: 2w is
// the end of the day two weeks ago.
func ParseUntil(s string, now time.Time) (time.Time, error) {
	// ParseDate takes 2w by itself for the two weeks up to now, and "2w ago" for
	// that day. No other date can be followed by "ago".
	if _, end, err := query.ParseDate(s+" ago", now); err == nil {
		return end, nil
	}
	_, end, err := query.ParseDate(s, now)
	return end, err
}
