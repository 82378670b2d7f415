package query

import "time"

// longestShift is more than any change of the clock that zones have made within a
// day, but for those that left out or repeated a whole day.
const longestShift = 4 * time.Hour

// StartOfDay returns the moment at which a day begins in a location: from then on
// the calendar shows that day or a later one. Days and months past the end of theirs
// are those that follow.
//
// Where the clock skips midnight, or the whole day, the moment is in a location of
// its own, in which it is midnight of that day: so what shows the wall clock shows
// the day that was meant.
func StartOfDay(year int, month time.Month, day int, loc *time.Location) time.Time {
	wall := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	at := time.Date(year, month, day, 0, 0, 0, 0, loc)
	from, to := at.ZoneBounds()
	switch {
	case !sameWall(at, wall):
		return skippedMidnight(at, wall, from, to)
	case !from.IsZero() && at.Sub(from) < longestShift:
		// The clock may have shown this midnight before it was put back.
		_, offset := at.Zone()
		_, before := from.Add(-1).Zone()
		first := at.Add(time.Duration(offset-before) * time.Second)
		if first.Before(from) && !wallOf(from).Before(wall) {
			return first
		}
	case !to.IsZero() && to.Sub(at) < longestShift && wallOf(to).Before(wall):
		// It is put back to the day before.
		_, offset := at.Zone()
		_, after := to.Zone()
		return at.Add(time.Duration(offset-after) * time.Second)
	}
	return at
}

// skippedMidnight returns the moment at which the clock skips wall, a midnight. at is
// near, in the zone that is in force from one moment to another one.
func skippedMidnight(at, wall, from, to time.Time) time.Time {
	skip := from
	if wallOf(at).Before(wall) {
		skip = to
	}
	if skip.IsZero() {
		return at
	}
	return skip.In(time.FixedZone("", int(wall.Unix()-skip.Unix())))
}

// wallOf is what calendar and clock show at t, as a time in UTC.
func wallOf(t time.Time) time.Time {
	_, offset := t.Zone()
	return t.UTC().Add(time.Duration(offset) * time.Second)
}

func sameWall(t, wall time.Time) bool { return wallOf(t).Equal(wall) }
