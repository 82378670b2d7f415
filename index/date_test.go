package index_test

import (
	"testing"
	"time"

	"github.com/newsq/newsq/index"
)

// What a date names is taken in whole, also where it is so long ago.
func TestParseUntil(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 3, 31, 15, 4, 5, 0, berlin) // a Tuesday
	for s, want := range map[string]string{
		"2026-03-05":        "2026-03-06T00:00:00+01:00",
		"2026-02":           "2026-03-01T00:00:00+01:00",
		"2025":              "2026-01-01T00:00:00+01:00",
		"march":             "2026-04-01T00:00:00+02:00",
		"today":             "2026-04-01T00:00:00+02:00",
		"yesterday":         "2026-03-31T00:00:00+02:00",
		"monday":            "2026-03-31T00:00:00+02:00",
		"last-month":        "2026-03-01T00:00:00+01:00",
		"2w":                "2026-03-18T00:00:00+01:00",
		"2 weeks":           "2026-03-18T00:00:00+01:00",
		"2w ago":            "2026-03-18T00:00:00+01:00",
		"1m":                "2026-03-01T00:00:00+01:00", // the last day of February
		"1d":                "2026-03-31T00:00:00+02:00",
		"6h":                "2026-03-31T09:04:05+02:00",
		"2026-03-31T12:00Z": "2026-03-31T14:01:00+02:00",
	} {
		got, err := index.ParseUntil(s, now)
		if err != nil {
			t.Errorf("%s: %v", s, err)
		} else if got.Format(time.RFC3339) != want {
			t.Errorf("%s ends at %s, want %s", s, got.Format(time.RFC3339), want)
		}
	}
	for _, s := range []string{"soon", "ago", "2w ago ago", "", "2026-13"} {
		if got, err := index.ParseUntil(s, now); err == nil {
			t.Errorf("%q ends at %s, want an error", s, got)
		}
	}
}
