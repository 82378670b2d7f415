package index_test

import (
	"testing"
	"time"

	"github.com/newsq/newsq/index"
)

// TestRealDataBursts asks for events whose days are known. Each is found as a burst that
// begins, or has its greatest week, in the week of the event or in the one after it.
func TestRealDataBursts(t *testing.T) {
	ix := realIndex(t)
	for _, tt := range []struct{ query, day string }{
		{`"sandy hook" OR newtown`, "2012-12-14"},
		{`"boston marathon"`, "2013-04-15"},
		{`"edward snowden"`, "2013-06-06"},
		{`shutdown (government OR congress)`, "2013-10-01"},
		{`ferguson`, "2014-08-09"},
		{`ebola`, "2014-10-08"}, // the first patient in the United States dies
		{`paris (attack OR attacks) terror`, "2015-01-07"},
		{`charleston`, "2015-06-17"},
		{`paris (attack OR attacks) terror`, "2015-11-13"},
		{`"san bernardino"`, "2015-12-02"},
		{`orlando (shooting OR nightclub)`, "2016-06-12"},
		{`brexit`, "2016-06-23"},
		{`comey fired`, "2017-05-09"},
		{`charlottesville`, "2017-08-12"},
		{`"las vegas" shooting`, "2017-10-01"},
		{`parkland`, "2018-02-14"},
		{`kavanaugh`, "2018-09-27"},                         // the hearing about him
		{`shutdown (government OR congress)`, "2019-01-11"}, // when it was the longest
		{`soleimani`, "2020-01-03"},
		{`coronavirus OR covid`, "2020-02-29"}, // the first death in the United States
		{`"george floyd"`, "2020-05-25"},
	} {
		line, err := ix.Timeline(t.Context(), index.TimelineQuery{Query: index.Query{Text: tt.query, Location: time.UTC}})
		if err != nil {
			t.Fatalf("%s: %v", tt.query, err)
		}
		day, err := time.Parse(time.DateOnly, tt.day)
		if err != nil {
			t.Fatal(err)
		}
		if !anyBurstOf(t, tt.query, line, day) {
			t.Errorf("%s: no burst of %s", tt.query, tt.day)
		}
	}
}

// anyBurstOf reports whether a burst begins or is greatest in the week of a day or the next.
func anyBurstOf(t *testing.T, query string, line *index.Timeline, day time.Time) bool {
	isNear := func(start time.Time) bool {
		after := start.Sub(day)
		return after > -7*24*time.Hour && after <= 7*24*time.Hour
	}
	for i := range line.Bursts {
		b := &line.Bursts[i]
		if isNear(b.From) || isNear(b.Peak.From) {
			t.Logf("%s: %s from %s to %s, most from %s: %d articles, %q", query, day.Format(time.DateOnly),
				b.From.Format(time.DateOnly), b.To.Format(time.DateOnly), b.Peak.From.Format(time.DateOnly), b.Count, b.Words)
			return true
		}
	}
	return false
}
