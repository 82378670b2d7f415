package index

import (
	"testing"
	"time"
)

func TestPer(t *testing.T) {
	for _, tt := range []struct {
		per                Per
		day                string
		start, next, label string
	}{
		{PerDay, "2016-02-28", "2016-02-28", "2016-02-29", "2016-02-28"},
		{PerWeek, "2016-11-08", "2016-11-07", "2016-11-14", "2016-W45"},
		{PerWeek, "2016-11-07", "2016-11-07", "2016-11-14", "2016-W45"},
		{PerWeek, "2016-11-13", "2016-11-07", "2016-11-14", "2016-W45"},
		{PerWeek, "2021-01-03", "2020-12-28", "2021-01-04", "2020-W53"}, // a week is of the year of its Thursday
		{PerWeek, "2024-12-31", "2024-12-30", "2025-01-06", "2025-W01"},
		{PerMonth, "2016-02-29", "2016-02-01", "2016-03-01", "2016-02"},
		{PerMonth, "2016-12-31", "2016-12-01", "2017-01-01", "2016-12"},
		{PerQuarter, "2016-12-31", "2016-10-01", "2017-01-01", "2016-Q4"},
		{PerQuarter, "2016-03-31", "2016-01-01", "2016-04-01", "2016-Q1"},
		{PerYear, "2016-03-31", "2016-01-01", "2017-01-01", "2016"},
	} {
		day, err := time.Parse(time.DateOnly, tt.day)
		if err != nil {
			t.Fatal(err)
		}
		start := tt.per.start(day)
		next := tt.per.next(start)
		if got := start.Format(time.DateOnly); got != tt.start {
			t.Errorf("%s of %s begins on %s, want %s", tt.per, tt.day, got, tt.start)
		}
		if got := next.Format(time.DateOnly); got != tt.next {
			t.Errorf("%s of %s is followed by %s, want %s", tt.per, tt.day, got, tt.next)
		}
		if got := tt.per.Label(start); got != tt.label {
			t.Errorf("%s of %s is %s, want %s", tt.per, tt.day, got, tt.label)
		}
	}
	for _, p := range []Per{PerDay, PerWeek, PerMonth, PerQuarter, PerYear} {
		if got, err := ParsePer(p.String()); got != p || err != nil {
			t.Errorf("%s is read as %s: %v", p, got, err)
		}
	}
	if _, err := ParsePer("fortnight"); err == nil {
		t.Error("a fortnight is taken")
	}
}
