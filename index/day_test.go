package index_test

import (
	"slices"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

func moment(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

func loadLocation(t *testing.T, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Skip(err)
	}
	return loc
}

// dayArticles lie around midnights of several zones, and on days alone.
func dayArticles() []corpus.Article {
	var articles []corpus.Article
	for id, at := range map[string]time.Time{
		"late-lima":      moment("2021-07-01T23:30:00-05:00"),
		"early-seoul":    moment("2021-07-02T00:30:00+09:00"),
		"last-of-year":   moment("2021-12-31T23:59:59Z"),
		"first-of-year":  moment("2022-01-01T00:00:01Z"),
		"day-alone":      day("2021-07-01"),
		"skipped-hour":   day("2018-11-04"), // midnight is skipped in São Paulo
		"skipped-day":    day("2011-12-30"), // there was no such day in Samoa
		"new-year-alone": day("2022-01-01"),
		"courant":        day("1618-06-14"),
		"mercury":        moment("1655-12-31T22:00:00Z"),
		"before-unix":    moment("1969-12-31T23:59:59.5Z"),
		"undated":        {},
	} {
		articles = append(articles, corpus.Article{ID: id, Title: "Harvest", Body: "The harvest was late.", Published: at})
	}
	return articles
}

// The facet, the filter and the query find as many articles for a day, month or year,
// and each is shown with it, in every zone.
func TestDaysAgree(t *testing.T) {
	ix := open(t, t.TempDir(), nil)
	add(t, ix, dayArticles()...)
	for _, zone := range []string{
		"UTC", "America/New_York", "Asia/Tokyo", "Asia/Kolkata", "America/Sao_Paulo", "Pacific/Apia", "Pacific/Pago_Pago", "Europe/Lisbon",
	} {
		loc := loadLocation(t, zone)
		for unit, layout := range map[string]string{index.FacetDay: "2006-01-02", index.FacetMonth: "2006-01", index.FacetYear: "2006"} {
			all := search(t, ix, index.Query{Text: "harvest", Location: loc, Facets: []string{unit}, FacetLimit: -1})
			dated := 0
			for _, v := range all.Facets[0].Values {
				dated += v.Count
				byQuery := search(t, ix, index.Query{Text: "harvest date:" + v.Value, Location: loc, Limit: 100})
				byFilter := search(t, ix, index.Query{Location: loc, Filters: []index.Filter{{Facet: unit, Values: []string{v.Value}}}, Limit: 100})
				if byQuery.Total != v.Count || byFilter.Total != v.Count {
					t.Errorf("%s in %s: facet %d, query %d, filter %d", v.Value, zone, v.Count, byQuery.Total, byFilter.Total)
				}
				for _, h := range byQuery.Hits {
					if shown := index.LocalTime(h.Article.Published, loc).Format(layout); shown != v.Value {
						t.Errorf("%s in %s: %s is shown as of %s", v.Value, zone, h.ID, shown)
					}
				}
			}
			if dated != len(dayArticles())-1 {
				t.Errorf("%s in %s: %d articles are counted", unit, zone, dated)
			}
		}
		// A day alone is that day everywhere.
		for text, want := range map[string]string{"date:2018-11-04": "skipped-hour", "date:2011-12-30": "skipped-day", "date:1618-06-14": "courant"} {
			if got := ids(search(t, ix, index.Query{Text: text, Location: loc}).Hits); !slices.Equal(got, []string{want}) {
				t.Errorf("%s in %s finds %v", text, zone, got)
			}
		}
	}
}

// Dates before 1678, which no int64 of nanoseconds can hold, are dates like others.
func TestEarlyDates(t *testing.T) {
	ix := open(t, t.TempDir(), nil)
	add(t, ix, dayArticles()...)
	for text, want := range map[string][]string{
		"year:1618":                     {"courant"},
		"date:1618-06":                  {"courant"},
		"date:1678":                     {},
		"before:1650":                   {"courant"},
		"before:1700":                   {"mercury", "courant"},
		"date:1655-12..1656":            {"mercury"},
		"after:1655 before:1970":        {"before-unix"},
		"date:1600..1699 -date:1618":    {"mercury"},
		"before:1700 AND harvest":       {"mercury", "courant"},
		"date:1969-12-31":               {"before-unix"},
		"date:[1618-06-14 TO 1655-12}":  {"courant"},
		"date:1000":                     {},
		"date:..1500":                   {},
		"since:1656 until:1960 harvest": {},
	} {
		q := index.Query{Text: text, Location: time.UTC, Sort: index.Newest}
		if got := ids(search(t, ix, q).Hits); !slices.Equal(got, want) && len(got)+len(want) > 0 {
			t.Errorf("%s finds %v, want %v", text, got, want)
		}
	}
	oldest := ids(search(t, ix, index.Query{Sort: index.Oldest, Limit: 3}).Hits)
	if !slices.Equal(oldest, []string{"courant", "mercury", "before-unix"}) {
		t.Errorf("the oldest are %v", oldest)
	}
	// Page by page, which goes by the date in the cursor.
	for _, sort := range []index.Sort{index.Newest, index.Oldest} {
		var got []string
		q := index.Query{Sort: sort, Limit: 1}
		for {
			res := search(t, ix, q)
			got = append(got, ids(res.Hits)...)
			if q.Cursor = res.Cursor; q.Cursor == "" {
				break
			}
		}
		if want := ids(search(t, ix, index.Query{Sort: sort, Limit: 100}).Hits); !slices.Equal(got, want) {
			t.Errorf("order %d: page by page %v, want %v", sort, got, want)
		}
	}
	since := search(t, ix, index.Query{Since: day("1618-01-01"), Until: day("1619-01-01")})
	if got := ids(since.Hits); !slices.Equal(got, []string{"courant"}) || !since.Hits[0].Article.Published.Equal(day("1618-06-14")) {
		t.Errorf("since 1618: %v", got)
	}
}
