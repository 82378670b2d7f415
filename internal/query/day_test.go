package query

import (
	"testing"
	"time"
)

// A day begins at the first moment from which the calendar shows it, also where the
// clock is changed at midnight.
func TestStartOfDay(t *testing.T) {
	for _, c := range []struct{ zone, day, want, why string }{
		{"UTC", "2024-03-05", "2024-03-05T00:00:00Z", "the plain case"},
		{"America/New_York", "2024-03-05", "2024-03-05T05:00:00Z", "behind UTC"},
		{"Asia/Kathmandu", "2024-03-05", "2024-03-04T18:15:00Z", "a quarter of an hour"},
		{"Pacific/Kiritimati", "2024-03-05", "2024-03-04T10:00:00Z", "14 hours ahead"},
		{"America/New_York", "2024-03-10", "2024-03-10T05:00:00Z", "the clock skips at two"},
		{"America/New_York", "2024-11-03", "2024-11-03T04:00:00Z", "the clock is put back at two"},
		{"America/Sao_Paulo", "2017-10-15", "2017-10-15T03:00:00Z", "midnight is skipped"},
		{"Asia/Beirut", "2024-03-31", "2024-03-30T22:00:00Z", "midnight is skipped"},
		{"America/Havana", "2024-11-03", "2024-11-03T04:00:00Z", "midnight comes twice"},
		{"America/Sao_Paulo", "2018-02-18", "2018-02-18T03:00:00Z", "put back to 23:00 of the day before"},
		{"America/St_Johns", "2000-10-29", "2000-10-29T03:30:00Z", "put back at one minute past midnight"},
		{"Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z", "a day that was left out"},
		{"Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z", "the day behind it"},
		{"America/New_York", "1655-06-12", "1655-06-12T04:56:02Z", "local mean time"},
		{"Asia/Manila", "1844-12-31", "1844-12-31T15:56:08Z", "likewise, and left out"},
	} {
		loc, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Skip(err)
		}
		day, err := time.Parse(time.DateOnly, c.day)
		if err != nil {
			t.Fatal(err)
		}
		got := StartOfDay(day.Year(), day.Month(), day.Day(), loc)
		if s := got.UTC().Format(time.RFC3339); s != c.want {
			t.Errorf("%s in %s starts at %s, want %s: %s", c.day, c.zone, s, c.want, c.why)
		}
		if s := got.Format("2006-01-02 15:04:05"); s != c.day+" 00:00:00" {
			t.Errorf("%s in %s shows %s: %s", c.day, c.zone, s, c.why)
		}
	}
}

// In every zone and on every day, the moment before belongs to an earlier day and
// the moment itself to this or a later one.
func TestStartOfEachDay(t *testing.T) {
	for _, zone := range []string{
		"America/Havana", "America/Sao_Paulo", "America/St_Johns", "Asia/Beirut", "Asia/Gaza", "Asia/Tehran", "Africa/Cairo",
		"America/Asuncion", "Atlantic/Azores", "Australia/Lord_Howe", "Europe/London", "Pacific/Apia", "America/Santiago",
	} {
		loc, err := time.LoadLocation(zone)
		if err != nil {
			t.Skip(err)
		}
		bad := 0
		for day := time.Date(1940, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2030; day = day.AddDate(0, 0, 1) {
			start := StartOfDay(day.Year(), day.Month(), day.Day(), loc)
			shown, before := dayShown(start.In(loc)), dayShown(start.Add(-1).In(loc))
			// Where the clock is put back a little behind midnight, this day was
			// shown for a moment before.
			early := before.Equal(day) && dayShown(start.Add(-longestShift).In(loc)).Before(day)
			if shown.Before(day) || !before.Before(day) && !early {
				if bad++; bad < 4 {
					t.Errorf("%s in %s starts at %s: %s, and %s before", day.Format(time.DateOnly), zone, start, shown, before)
				}
			}
		}
	}
}

func dayShown(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}
