package render

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/index"
)

func TestAnalysis(t *testing.T) {
	for _, width := range []int{60, 100} {
		var plain, color strings.Builder
		if err := Analysis(&plain, sampleAnalysis(), Options{Width: width}); err != nil {
			t.Fatal(err)
		}
		if err := Analysis(&color, sampleAnalysis(), Options{Width: width, Color: true}); err != nil {
			t.Fatal(err)
		}
		golden(t, fmt.Sprintf("analysis-%d-plain.golden", width), plain.String())
		golden(t, fmt.Sprintf("analysis-%d-color.golden", width), color.String())
		if d := cmp.Diff(plain.String(), ansi.Strip(color.String())); d != "" {
			t.Errorf("width %d (-plain +color without escapes):\n%s", width, d)
		}
		for line := range strings.Lines(plain.String()) {
			if n := columnsOf(strings.TrimSuffix(line, "\n")); n > width {
				t.Errorf("%d columns in %d: %s", n, width, line)
			}
		}
	}
}

func TestAnalysisOfLittle(t *testing.T) {
	tests := []struct {
		name string
		a    AnalyzedQuery
		want string
	}{
		{
			"one part has no other to be left out",
			AnalyzedQuery{Analysis: &index.Analysis{
				Among: 6, Query: "bank", Articles: 2, Clauses: []index.Clause{{Text: "bank", Articles: 2, Without: -1, Words: []index.WordCount{{Word: "bank", Count: 2}}}},
			}},
			"read as  bank\nfinds    2 of 6 articles\n\nmatches\n      2  └ bank\n",
		},
		{
			"filters alone",
			AnalyzedQuery{Filters: []string{"--topic economy"}, Analysis: &index.Analysis{Query: "*", Articles: 1, Among: 1}},
			"read as  *\nfinds    1 of 1 article with --topic economy\n",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var b strings.Builder
			if err := Analysis(&b, &tt.a, Options{}); err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(tt.want, b.String()); d != "" {
				t.Errorf("-want +got:\n%s", d)
			}
		})
	}
}

// However deep a query goes, there is room for its words.
func TestDeepAnalysis(t *testing.T) {
	c := index.Clause{Text: "deterrence", Without: -1}
	for range 60 {
		c = index.Clause{Text: "-" + c.Text, Without: -1, Clauses: []index.Clause{c}}
	}
	var b strings.Builder
	if err := Analysis(&b, &AnalyzedQuery{Analysis: &index.Analysis{Query: "x", Clauses: []index.Clause{c}}}, Options{Width: 100}); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(b.String()) {
		if n := columnsOf(line); n > 101 {
			t.Errorf("%d columns: %s", n, line)
		}
	}
}

func TestPeriod(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	at := func(s string) time.Time {
		if s == "" {
			return time.Time{}
		}
		got, err := time.ParseInLocation("2006-01-02 15:04", s, berlin)
		if err != nil {
			t.Fatal(err)
		}
		return got.UTC() // the location decides, not the time
	}
	for _, tt := range []struct{ from, to, want string }{
		{"2026-03-05 00:00", "2026-03-06 00:00", "5 Mar 2026, Europe/Berlin"},
		{"2026-03-01 00:00", "2026-04-01 00:00", "1 Mar 2026 to 31 Mar 2026, Europe/Berlin"},
		{"2020-01-01 00:00", "", "from 1 Jan 2020 on, Europe/Berlin"},
		{"", "2020-01-01 00:00", "up to 31 Dec 2019, Europe/Berlin"},
		{"2026-03-05 09:30", "2026-03-06 00:00", "5 Mar 2026 09:30 to 5 Mar 2026, Europe/Berlin"},
		{"2026-03-05 09:30", "2026-03-05 09:31", "5 Mar 2026 09:30 to 5 Mar 2026 09:31, Europe/Berlin"},
		{"2026-03-05 00:00", "2026-03-05 00:00", "no time at all"},
	} {
		if got := period(at(tt.from), at(tt.to), berlin); got != tt.want {
			t.Errorf("%s to %s: %q, want %q", tt.from, tt.to, got, tt.want)
		}
	}
}
