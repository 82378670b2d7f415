package query

import (
	"testing"
	"time"
	_ "time/tzdata" // the zones below, wherever the test runs
)

// A Wednesday.
var now = time.Date(2026, time.March, 18, 15, 4, 5, 0, time.UTC)

func TestParseDate(t *testing.T) {
	tests := []struct{ date, from, to string }{
		{"2024", "2024-01-01", "2025-01-01"},
		{"2024-03", "2024-03-01", "2024-04-01"},
		{"2024-12", "2024-12-01", "2025-01-01"},
		{"2024-3-5", "2024-03-05", "2024-03-06"},
		{"2024-02-29", "2024-02-29", "2024-03-01"},
		{"2024/03/05", "2024-03-05", "2024-03-06"},
		{"20240305", "2024-03-05", "2024-03-06"},
		{" 2024 ", "2024-01-01", "2025-01-01"},
		{"2024-q2", "2024-04-01", "2024-07-01"},
		{"Q4 2024", "2024-10-01", "2025-01-01"},

		// A time is as long as it is exact.
		{"2024-03-05T12:30", "2024-03-05T12:30:00Z", "2024-03-05T12:31:00Z"},
		{"2024-03-05t12:30:15z", "2024-03-05T12:30:15Z", "2024-03-05T12:30:16Z"},
		{"2024-03-05T12:30:15+02:00", "2024-03-05T10:30:15Z", "2024-03-05T10:30:16Z"},

		// Lengths of time reach to the end of today.
		{"0d", "2026-03-18", "2026-03-19"},
		{"30d", "2026-02-16", "2026-03-19"},
		{"2w", "2026-03-04", "2026-03-19"},
		{"6m", "2025-09-18", "2026-03-19"},
		{"1Y", "2025-03-18", "2026-03-19"},
		{"6h", "2026-03-18T09:04:05Z", "2026-03-19"},
		{"30 days", "2026-02-16", "2026-03-19"},
		{"last-2-weeks", "2026-03-04", "2026-03-19"},
		{"past 3 months", "2025-12-18", "2026-03-19"},
		{"2 weeks ago", "2026-03-04", "2026-03-05"},
		{"1 month ago", "2026-02-18", "2026-02-19"},

		{"today", "2026-03-18", "2026-03-19"},
		{"Yesterday", "2026-03-17", "2026-03-18"},
		{"monday", "2026-03-16", "2026-03-17"},
		{"wed", "2026-03-18", "2026-03-19"},
		{"last wednesday", "2026-03-11", "2026-03-12"},
		{"thurs", "2026-03-12", "2026-03-13"},
		{"this week", "2026-03-16", "2026-03-23"},
		{"last-week", "2026-03-09", "2026-03-16"},
		{"this month", "2026-03-01", "2026-04-01"},
		{"last month", "2026-02-01", "2026-03-01"},
		{"this quarter", "2026-01-01", "2026-04-01"},
		{"last quarter", "2025-10-01", "2026-01-01"},
		{"last_year", "2025-01-01", "2026-01-01"},

		// Months: the last such, this one counting.
		{"march", "2026-03-01", "2026-04-01"},
		{"apr", "2025-04-01", "2025-05-01"},
		{"march 2024", "2024-03-01", "2024-04-01"},
		{"Mar-2024", "2024-03-01", "2024-04-01"},
		{"2024 sept", "2024-09-01", "2024-10-01"},
		{"5 March 2024", "2024-03-05", "2024-03-06"},
		{"March 5th, 2024", "2024-03-05", "2024-03-06"},
		{"march 18", "2026-03-18", "2026-03-19"},
		{"19 march", "2025-03-19", "2025-03-20"},
		{"29 feb", "2024-02-29", "2024-03-01"},
	}
	for _, tt := range tests {
		from, to, err := ParseDate(tt.date, now)
		if err != nil {
			t.Errorf("ParseDate(%s) fails: %v", tt.date, err)
			continue
		}
		checkRange(t, tt.date, from, to, tt.from, tt.to)
	}
}

// checkRange compares a range of time with one written as days, times, or
// empty for open bounds.
func checkRange(t *testing.T, name string, from, to time.Time, wantFrom, wantTo string) {
	t.Helper()
	read := func(s string) time.Time {
		for _, layout := range []string{time.DateOnly, time.RFC3339} {
			if at, err := time.ParseInLocation(layout, s, from.Location()); err == nil {
				return at
			}
		}
		return time.Time{}
	}
	if !from.Equal(read(wantFrom)) || !to.Equal(read(wantTo)) {
		t.Errorf("%s is %s to %s, want %s to %s", name, from, to, wantFrom, wantTo)
	}
}

func TestParseDateErrors(t *testing.T) {
	const hint = "; write 2024, 2024-03, 2024-03-05, 30d, yesterday or monday"
	tests := []struct{ date, want string }{
		{"", "no date" + hint},
		{"soon", "no such date as soon" + hint},
		{"12345", "no such date as 12345" + hint},
		{"--", "no such date as --" + hint},
		{"2024-03-05-07", "no such date as 2024-03-05-07" + hint},
		{"a date that nobody would write in this manner", "no such date as a date that nobody would …" + hint},
		{"0999", "no such year as 0999; write one from 1000 to 9999"},
		{"2024-13", "no such month as 2024-13; write 2024-12"},
		{"2024-00", "no such month as 2024-00; write 2024-01"},
		{"2024-02-30", "no such day as 2024-02-30; February 2024 has 29 days; write 2024-02-29"},
		{"20240231", "no such day as 20240231; February 2024 has 29 days; write 2024-02-29"},
		{"31 june 2024", "no such day as 2024-06-31; June 2024 has 30 days; write 2024-06-30"},
		{"31 june", "no such day as 31 June; June has 30 days"},
		{"2024-2025", "no such month as 2024-2025; write 2024..2025 for the years between"},
		{"03/2024", "no such date as 03/2024; write 2024-03"},
		{"05/03/2024", "no such date as 05/03/2024; write 2024-03-05 or 2024-05-03"},
		{"25.03.2024", "no such date as 25.03.2024; write 2024-03-25"},
		{"03/25/2024", "no such date as 03/25/2024; write 2024-03-25"},
		{"2024-q5", "no such quarter as 2024-q5; write 2024-q1"},
		{"1000y", "no such date as 1000y; write at most 900y"},
	}
	for _, tt := range tests {
		from, to, err := ParseDate(tt.date, now)
		if err == nil || err.Error() != tt.want {
			t.Errorf("ParseDate(%s) gives %s to %s, %v, want %s", tt.date, from, to, err, tt.want)
		}
	}
}

// What depends on the day on which one asks.
func TestParseDateSeenFrom(t *testing.T) {
	tests := []struct{ now, date, from, to string }{
		{"2024-08-31", "6m", "2024-02-29", "2024-09-01"},
		{"2024-02-29", "1y", "2023-02-28", "2024-03-01"},
		{"2026-03-16", "monday", "2026-03-16", "2026-03-17"},
		{"2026-03-16", "last monday", "2026-03-09", "2026-03-10"},
		{"2026-03-16", "this week", "2026-03-16", "2026-03-23"},
		{"2026-03-22", "this week", "2026-03-16", "2026-03-23"},
		{"2026-01-15", "last month", "2025-12-01", "2026-01-01"},
		{"2026-01-15", "yesterday", "2026-01-14", "2026-01-15"},
		{"2026-02-10", "last quarter", "2025-10-01", "2026-01-01"},
	}
	for _, tt := range tests {
		at, err := time.Parse(time.DateOnly, tt.now)
		if err != nil {
			t.Fatal(err)
		}
		from, to, err := ParseDate(tt.date, at.Add(13*time.Hour))
		if err != nil {
			t.Errorf("ParseDate(%s) fails: %v", tt.date, err)
			continue
		}
		checkRange(t, tt.date+" on "+tt.now, from, to, tt.from, tt.to)
	}
}

// Days are those of the location, however long the clock makes them.
func TestParseDateLocation(t *testing.T) {
	tests := []struct{ zone, date, from, to string }{
		{"America/New_York", "2026-03-08", "2026-03-08T00:00:00-05:00", "2026-03-09T00:00:00-04:00"},
		{"America/New_York", "2026-03-08T12:00", "2026-03-08T12:00:00-04:00", "2026-03-08T12:01:00-04:00"},
		{"America/New_York", "2026-03-08T12:00Z", "2026-03-08T12:00:00Z", "2026-03-08T12:01:00Z"},
		{"Pacific/Auckland", "today", "2026-03-19T00:00:00+13:00", "2026-03-20T00:00:00+13:00"},
		{"America/Sao_Paulo", "2018-11-04", "2018-11-04T01:00:00-02:00", "2018-11-05T00:00:00-02:00"},
		{"America/Sao_Paulo", "2018-11-03", "2018-11-03T00:00:00-03:00", "2018-11-04T01:00:00-02:00"},
	}
	for _, tt := range tests {
		zone, err := time.LoadLocation(tt.zone)
		if err != nil {
			t.Fatal(err)
		}
		from, to, err := ParseDate(tt.date, now.In(zone))
		if err != nil {
			t.Errorf("ParseDate(%s) fails: %v", tt.date, err)
			continue
		}
		checkRange(t, tt.date+" in "+tt.zone, from, to, tt.from, tt.to)
		// See StartOfDay for the exception.
		if from.Location() != zone && from.Format("15:04:05") != "00:00:00" {
			t.Errorf("ParseDate(%s) is in %s", tt.date, from.Location())
		}
	}
}

func TestDateRange(t *testing.T) {
	tests := []struct{ query, from, to string }{
		{"date:2024", "2024-01-01", "2025-01-01"},
		{"date:30d", "2026-02-16", "2026-03-19"},
		{"date:2023..2024-06", "2023-01-01", "2024-07-01"},
		{"date:[2023 TO 2024-06]", "2023-01-01", "2024-07-01"},
		{"date:{2023 TO 2024-06}", "2024-01-01", "2024-06-01"},
		{"date:{2020 TO 2021}", "2021-01-01", "2021-01-01"},
		{"date:2023..", "2023-01-01", ""},
		{"date:..2023", "", "2024-01-01"},
		{"date:*", "", ""},
		{"date:>2024", "2025-01-01", ""},
		{"date:>=2024", "2024-01-01", ""},
		{"date:<2024", "", "2024-01-01"},
		{"date:<=2024", "", "2025-01-01"},
		{"since:2024-03", "2024-03-01", ""},
		{"after:2024-03", "2024-04-01", ""},
		{"before:2024-03", "", "2024-03-01"},
		{"until:2024-03", "", "2024-04-01"},
		// As a bound, a length of time is the day that long ago.
		{"date:30d..", "2026-02-16", ""},
		{"date:30d..7d", "2026-02-16", "2026-03-12"},
		{"since:2w", "2026-03-04", ""},
		{"until:2w", "", "2026-03-05"},
		{"before:2w", "", "2026-03-04"},
		{"after:2w", "2026-03-05", ""},
		{"since:6h", "2026-03-18T09:04:05Z", ""},
		{`date:monday..today`, "2026-03-16", "2026-03-19"},
		{"date:2024-03-05T12:00Z..2024-03-05T13:00Z", "2024-03-05T12:00:00Z", "2024-03-05T13:01:00Z"},
	}
	for _, tt := range tests {
		n, err := Parse(tt.query)
		if err != nil {
			t.Errorf("Parse(%s) fails: %v", tt.query, err)
			continue
		}
		from, to, err := DateRange(n.(Range), now)
		if err != nil {
			t.Errorf("DateRange(%s) fails: %v", tt.query, err)
			continue
		}
		checkRange(t, tt.query, from, to, tt.from, tt.to)
	}
}

func TestDateRangeErrors(t *testing.T) {
	tests := []struct {
		r    Range
		want string
	}{
		{Range{Low: "7d", High: "30d"}, "range from 7d back to 30d; write 30d..7d"},
		{Range{Low: "2024-13"}, "no such month as 2024-13; write 2024-12"},
		{Range{High: "2024-13"}, "no such month as 2024-13; write 2024-12"},
		{Range{Low: "2024-13", High: "2024-13"}, "no such month as 2024-13; write 2024-12"},
	}
	for _, tt := range tests {
		from, to, err := DateRange(tt.r, now)
		if err == nil || err.Error() != tt.want || !from.IsZero() || !to.IsZero() {
			t.Errorf("DateRange(%s) gives %s to %s, %v, want %s", tt.r, from, to, err, tt.want)
		}
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2024", "2024-03-05T12:30Z", "30d", "last 2 weeks", "5th March, 2024", "2024-q1", "99999h", "0000-00-00", "٣d"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		from, to, err := ParseDate(s, now)
		if err == nil && !from.Before(to) {
			t.Errorf("ParseDate(%q) is %s to %s", s, from, to)
		}
		if err != nil && err.Error() == "" {
			t.Errorf("ParseDate(%q) fails without a reason", s)
		}
	})
}
