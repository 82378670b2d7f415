package render

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/index"
)

// What the articles are comes first, and no line is wider than the terminal.
func TestStats(t *testing.T) {
	s := &index.Stats{
		Schema: 3, Articles: 12480, Tokens: 9_200_000, Written: time.Date(2026, 1, 12, 8, 30, 0, 0, time.UTC),
		WithTime: 11000, WithDay: 1400, Undated: 80, OutOfRange: 2,
		Oldest: day(2019, 6, 18), Newest: day(2026, 5, 12),
		Outlets:     index.FacetCounts{More: 37, Values: []index.FacetValue{{Value: "The Harbour Review of Books", Count: 4100}, {Value: "Meridian\x1b", Count: 12}}},
		Languages:   index.FacetCounts{Values: []index.FacetValue{{Value: "en", Count: 12480}}},
		Files:       map[string]int64{"segments": 4096, "roots": 100},
		Sections:    map[string]int64{"postings": 10},
		Segments:    []index.SegmentStats{{Name: "000000000001.zap", Documents: 1, Deleted: 1, Bytes: 4096}},
		Generations: []index.GenerationStats{{Number: 3, Current: true, Articles: 1, Held: true, By: []string{"newsq 17", "newsq 18"}}},
	}
	var b strings.Builder
	if err := Stats(&b, s, Options{Width: 50, Location: time.UTC}); err != nil {
		t.Fatal(err)
	}
	want := `articles       12,480
published      18 Jun 2019 to 12 May 2026
dates          11,000 with a time,
               1,400 with the day alone,
               80 without,
               2 before 1900 or in the future
outlets        39: The Harbour Review of Books
               4,100, Meridian` + "\uFFFD" + ` 12, 37 more
languages      1: en 12,480

words          9,200,000
last written   12 Jan 2026 08:30:00
on the disk    4.2 kB: segments 4.1 kB,
               roots 100 B
sections       postings 10 B
schema         3
segments       1
  000000000001 1 document, 1 deleted, 4.1 kB
generations    1
  3            1 article, current,
               held by newsq 17, newsq 18
`
	if d := cmp.Diff(want, b.String()); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	for _, line := range strings.Split(b.String(), "\n") {
		if columnsOf(line) > 50 {
			t.Errorf("%d columns: %s", columnsOf(line), line)
		}
	}
	if err := Stats(&b, &index.Stats{}, Options{}); err != nil {
		t.Error(err)
	}
}
