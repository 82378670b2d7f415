package reader_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader/readertest"
	"github.com/newsq/newsq/internal/match"
)

// locations are such as have something of their own.
func locations(t *testing.T) []*time.Location {
	t.Helper()
	all := []*time.Location{nil, time.UTC, time.FixedZone("", -12*60*60), time.FixedZone("", 14*60*60)}
	for _, name := range []string{
		"America/New_York", "Asia/Tokyo", "Europe/Berlin", "Asia/Kolkata", "Pacific/Apia", "America/Sao_Paulo", "America/Havana", "Africa/Cairo",
	} {
		loc, err := time.LoadLocation(name)
		if err != nil {
			t.Skip(err)
		}
		all = append(all, loc)
	}
	return all
}

// datedArticles are articles of days alone and of moments, from before there were
// time zones on, and many around the hours at which days begin.
func datedArticles(n int) []readertest.Article {
	random := rand.New(rand.NewPCG(16, 78))
	articles := make([]readertest.Article, n)
	for i := range articles {
		articles[i].ID = fmt.Sprintf("a%04d", i)
		day := time.Date(1600+random.IntN(430), 1, 1+random.IntN(365), 0, 0, 0, 0, time.UTC)
		if i%3 == 0 {
			day = time.Date(2010+random.IntN(10), 1, 1+random.IntN(365), 0, 0, 0, 0, time.UTC)
		}
		switch i % 4 {
		case 0:
			articles[i].Published = day
		case 1:
			articles[i].Published = day.Add(time.Duration(random.Int64N(int64(24 * time.Hour)))).Truncate(time.Microsecond)
		case 2:
			articles[i].Published = day.Add(time.Duration(random.IntN(48)) * 30 * time.Minute)
		case 3:
			if i%8 == 3 { // the others have no date
				articles[i].Published = day.Add(-time.Microsecond)
			}
		}
		articles[i].Deleted = i%11 == 0
	}
	return articles
}

// In each location, as many articles are counted in a period as it filters, and
// each is shown as of that period.
func TestPeriods(t *testing.T) {
	articles := datedArticles(2000)
	s := readertest.View(t, articles).Segments[0]
	all, err := s.Articles()
	if err != nil {
		t.Fatal(err)
	}
	for _, loc := range locations(t) {
		for _, f := range []engine.Facet{engine.FacetYear, engine.FacetMonth, engine.FacetDay} {
			period, _ := f.Type()
			got, want := map[string]int{}, map[string]int{}
			for _, a := range articles {
				if !a.Deleted && !a.Published.IsZero() {
					want[match.InLocation(a.Published, loc).Format(period.Layout)]++
				}
			}
			s.CountPeriods(period.Layout, loc, all, got)
			if !maps.Equal(got, want) {
				t.Errorf("%s in %s: other counts", f, loc)
			}
			for value, n := range got {
				set, err := s.PublishedDuring(period, value, loc)
				if err != nil || set.Count() != n {
					t.Errorf("%s in %s: %d articles by filter, %d by facet; %v", value, loc, set.Count(), n, err)
				}
			}
		}
	}
	period, _ := engine.FacetMonth.Type()
	if _, err := s.PublishedDuring(period, "2021-13", nil); err == nil {
		t.Error("a month 13 is filtered by")
	}
}

func BenchmarkCountPeriods(b *testing.B) {
	s := readertest.View(b, readertest.Generate(1, 40_000, 50)).Segments[0]
	set, _ := s.Articles()
	ny, _ := time.LoadLocation("America/New_York")
	for name, loc := range map[string]*time.Location{"UTC": nil, "NY": ny} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				s.CountPeriods("2006-01", loc, set, map[string]int{})
			}
		})
	}
}
