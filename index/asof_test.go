package index

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
)

func TestAsOf(t *testing.T) {
	articles := harvests()
	articles[0].Updated = time.Date(2024, 2, 10, 0, 0, 0, 0, time.UTC)
	held := dated("held", "2024-01-02", "Quay", "harvest")
	held.Handling = &corpus.Handling{EmbargoedUntil: time.Date(2024, 1, 8, 0, 0, 0, 0, time.UTC)}
	ix := timedIndex(t, append(articles, held)...)
	for _, tt := range []struct {
		name, text, asOf, since string
		ids                     string
		warnings                []string
	}{
		{"the day itself", "harvest", "2024-01-06", "", "a c", []string{
			"1 article that matches has no date, and is left out as of 2024-01-06",
			"1 article on this page was changed after 2024-01-06, and is shown as it is now",
		}},
		{"a month", "ferry", "2024-03", "", "b d", []string{"1 article that matches has no date, and is left out as of 2024-03"}},
		{"the embargo ended", "harvest", "2024-01", "2024", "a c held", []string{"1 article on this page was changed after 2024-01, and is shown as it is now"}},
		{"counted from then", "harvest", "2024-01-06", "2d", "c", nil},
		{"in the query too", "harvest date:2d", "2024-01-06", "", "c", nil},
		{"nothing was there", "ferry", "2023", "", "", []string{"1 article that matches has no date, and is left out as of 2023"}},
		{"yet to come", "ferry", "9998", "", "b d e", []string{"1 article that matches has no date, and is left out as of 9998"}},
	} {
		q := Query{Text: tt.text, AsOf: tt.asOf, SinceDate: tt.since, Location: time.UTC, Match: MatchStrict}
		res, err := ix.Search(t.Context(), q)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		var ids []string
		for _, h := range res.Hits {
			ids = append(ids, h.ID)
		}
		slices.Sort(ids)
		if got := strings.Join(ids, " "); got != tt.ids {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.ids)
		}
		if !slices.Equal(res.Warnings, tt.warnings) {
			t.Errorf("%s: warnings %q, want %q", tt.name, res.Warnings, tt.warnings)
		}
		all := 0
		for _, err := range ix.All(t.Context(), q) {
			if err != nil {
				t.Errorf("%s: %v", tt.name, err)
			}
			all++
		}
		if all != len(ids) {
			t.Errorf("%s: all are %d", tt.name, all)
		}
		line, err := ix.Timeline(t.Context(), TimelineQuery{Query: q})
		if err != nil || line.Total != len(ids) {
			t.Errorf("%s: a timeline of %d: %v", tt.name, line.Total, err)
		}
	}
}

// The next page is as of the same day, and a cursor of another day is refused.
func TestAsOfPages(t *testing.T) {
	var articles []corpus.Article
	for i := range 9 {
		articles = append(articles, dated(fmt.Sprintf("a%d", i), fmt.Sprintf("2024-01-%02d", i+1), "Quay", "harvest"))
	}
	ix := timedIndex(t, articles...)
	q := Query{Text: "harvest", AsOf: "2024-01-05", Limit: 3, Location: time.UTC}
	first, err := ix.Search(t.Context(), q)
	if err != nil || len(first.Hits) != 3 || first.Total != 5 {
		t.Fatalf("%v: %+v", err, first)
	}
	q.Cursor = first.Cursor
	second, err := ix.Search(t.Context(), q)
	if err != nil || len(second.Hits) != 2 {
		t.Fatalf("%v: %+v", err, second)
	}
	q.AsOf = "2024-01-06"
	if _, err := ix.Search(t.Context(), q); err == nil {
		t.Error("the cursor of another day is taken")
	}
}

func TestAsOfSimilar(t *testing.T) {
	ix := similarIndex(t)
	res, err := ix.Similar(t.Context(), SimilarQuery{ID: "ferry-1", AsOf: "2025-02", Location: time.UTC})
	if err != nil {
		t.Fatal(err)
	}
	if got := similarIDs(res); !slices.Equal(got, []string{"ferry-2"}) {
		t.Errorf("similar as of February: %q", got)
	}
	if want := []string{"articles without a date, 3, are left out as of 2025-02"}; !slices.Equal(res.Warnings, want) {
		t.Errorf("warnings %q, want %q", res.Warnings, want)
	}
}
