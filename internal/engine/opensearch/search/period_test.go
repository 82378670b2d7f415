package search

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestPiecesAreOfOnePeriod: every moment of the days lies in one piece, and that is of
// the period which clock and calendar show.
func TestPiecesAreOfOnePeriod(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kolkata", "Pacific/Apia", "America/Sao_Paulo"}).Draw(t, "zone")
		loc, err := time.LoadLocation(name)
		if err != nil {
			t.Skip(err)
		}
		layout := rapid.SampledFrom([]string{"2006", "2006-01", time.DateOnly}).Draw(t, "layout")
		first := time.Date(rapid.SampledFrom([]int{1655, 1911, 1988, 2011, 2026}).Draw(t, "year"), 1, 1, 0, 0, 0, 0, time.UTC).UnixMilli()
		var days []int64
		for i := range 800 {
			if i%7 != 6 || i%2 == 0 {
				days = append(days, first+int64(i)*dayMillis)
			}
		}
		list := pieces(days, layout, loc)
		for range 20 {
			at := rapid.SampledFrom(days).Draw(t, "day") + rapid.OneOf(rapid.Int64Range(0, dayMillis-1), rapid.Just(dayMillis-1), rapid.Just(int64(0))).Draw(t, "time")
			if len(list) > 1 && rapid.Bool().Draw(t, "edge") {
				p := rapid.SampledFrom(list).Draw(t, "piece")
				at = rapid.SampledFrom([]int64{p.from, p.to - 1}).Draw(t, "end")
			}
			found := ""
			for _, p := range list {
				if p.from <= at && at < p.to {
					found += p.value
				}
			}
			if want := time.UnixMilli(at).In(loc).Format(layout); found != want {
				t.Fatalf("%v lies in %q, want %q", time.UnixMilli(at).In(loc), found, want)
			}
		}
	})
}
