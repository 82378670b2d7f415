package index

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/newsq/newsq/corpus"
)

// timedIndex is an index of some articles.
func timedIndex(t *testing.T, articles ...corpus.Article) *Index {
	t.Helper()
	ix, err := Open(t.Context(), filepath.Join(t.TempDir(), "index"), &Options{NoLearn: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ix.Close() })
	for part := range slices.Chunk(articles, 500) {
		if err := ix.Add(t.Context(), part...); err != nil {
			t.Fatal(err)
		}
	}
	return ix
}

// dated returns an article of a day; empty for none.
func dated(id, day, source, body string) corpus.Article {
	a := corpus.Article{ID: id, Title: id, Source: source, Body: body}
	if day != "" {
		a.Published, _ = time.Parse(time.DateOnly, day)
	}
	return a
}

// shown writes buckets as a test reads them: label, articles, all.
func shown(t *Timeline) string {
	var parts []string
	for _, b := range t.Buckets {
		parts = append(parts, fmt.Sprintf("%s %d/%d", b.Label, b.Count, b.All))
	}
	return strings.Join(parts, ", ")
}

// harvests are a few articles of two outlets.
func harvests() []corpus.Article {
	return []corpus.Article{
		dated("a", "2024-01-03", "Quay", "harvest"),
		dated("b", "2024-01-03", "Quay", "ferry"),
		dated("c", "2024-01-06", "Ledger", "harvest"),
		dated("d", "2024-03-31", "Ledger", "harvest and ferry"),
		dated("e", "2024-04-02", "Ledger", "ferry"),
		dated("f", "", "Quay", "harvest"),
		dated("g", "", "Quay", "ferry"),
		dated("far", "1024-04-02", "Quay", "bank"), // a mistake, as dates have
	}
}

func TestTimelineBuckets(t *testing.T) {
	ix := timedIndex(t, harvests()...)
	for _, tt := range []struct {
		name string
		q    TimelineQuery
		want string
	}{
		// Days without articles are there, what is before the first match and rare is not.
		{"days", TimelineQuery{Query: Query{Text: "harvest", Until: time.Date(2024, 2, 1, 0, 0, 0, 0, time.UTC)}, Per: PerDay}, "2024-01-03 1/2, 2024-01-04 0/0, 2024-01-05 0/0, 2024-01-06 1/1"},
		{"months", TimelineQuery{Query: Query{Text: "harvest"}, Per: PerMonth}, "2024-01 2/3, 2024-02 0/0, 2024-03 1/1"},
		{"quarters", TimelineQuery{Query: Query{Text: "ferry"}, Per: PerQuarter}, "2024-Q1 2/4, 2024-Q2 1/1"},
		{"years", TimelineQuery{Query: Query{Text: "ferry"}, Per: PerYear}, "2024 3/5"},
		{"as fits", TimelineQuery{Query: Query{Text: "harvest"}}, "2024-01 2/3, 2024-02 0/0, 2024-03 1/1"},
		// Filters keep what is compared with too; without a query, all is.
		{"filter", TimelineQuery{Query: Query{Text: "harvest", Filters: []Filter{{Facet: FacetSource, Values: []string{"Ledger"}}}}, Per: PerMonth}, "2024-01 1/1, 2024-02 0/0, 2024-03 1/1"},
		{"filter alone", TimelineQuery{Query: Query{Filters: []Filter{{Facet: FacetSource, Values: []string{"Ledger"}}}}, Per: PerMonth}, "2024-01 1/3, 2024-02 0/0, 2024-03 1/1, 2024-04 1/1"},
		// Dates of the query are dates of what it is compared with.
		{"dates", TimelineQuery{Query: Query{Text: "ferry date:2024-03..2024-04"}, Per: PerMonth}, "2024-03 1/1, 2024-04 1/1"},
		{"none", TimelineQuery{Query: Query{Text: "tundra"}}, ""},
	} {
		tt.q.Location = time.UTC
		got, err := ix.Timeline(t.Context(), tt.q)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if shown(got) != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, shown(got), tt.want)
		}
	}
	if _, err := ix.Timeline(t.Context(), TimelineQuery{Per: PerDay}); err == nil || !strings.Contains(err.Error(), "more than 4000 times a day") {
		t.Errorf("a thousand years of days: %v", err)
	}
}

func TestTimelineCounts(t *testing.T) {
	ix := timedIndex(t, harvests()...)
	got, err := ix.Timeline(t.Context(), TimelineQuery{Query: Query{Text: "harvest", Location: time.UTC}, Per: PerQuarter, By: FacetSource, Largest: 1})
	if err != nil {
		t.Fatal(err)
	}
	if got.Total != 4 || got.All != 8 || got.Undated != 1 || got.UndatedAll != 2 || !got.Buckets[0].Few {
		t.Errorf("total %d of %d, undated %d of %d, %+v", got.Total, got.All, got.Undated, got.UndatedAll, got.Buckets)
	}
	series := []Series{{Value: "Ledger", Counts: []int{2}, All: []int{2}, Total: 2}}
	if diff := cmp.Diff(series, got.Series); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(&Series{Counts: []int{1}, All: []int{2}, Total: 2}, got.Others); diff != "" || got.More != 1 {
		t.Errorf("%d more: %s", got.More, diff)
	}
}

// Any timeline is what counting articles one by one comes to.
func TestTimelineAsPlainCounts(t *testing.T) {
	words := []string{"harvest", "ferry", "bank"}
	sources := []string{"Quay", "Ledger", "Harbour"}
	zones := []*time.Location{time.UTC, time.FixedZone("", 9*60*60), time.FixedZone("", -7*60*60)}
	articles := rapid.Custom(func(t *rapid.T) corpus.Article {
		a := corpus.Article{
			Source: rapid.SampledFrom(sources).Draw(t, "source"),
			Body:   strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 3).Draw(t, "words"), " "),
		}
		if rapid.IntRange(0, 9).Draw(t, "dated") > 0 {
			hours := rapid.IntRange(0, 400*24).Draw(t, "hours")
			a.Published = time.Date(2023, 11, 20, hours, 30*rapid.IntRange(0, 1).Draw(t, "half"), 0, 0, time.UTC)
		}
		return a
	})
	all := rapid.SliceOfN(articles, 300, 300).Example(1)
	for i := range all {
		all[i].ID, all[i].Title = fmt.Sprintf("a%d", i), fmt.Sprintf("n%d", i)
	}
	ix := timedIndex(t, all...)
	rapid.Check(t, func(rt *rapid.T) {
		word, loc := rapid.SampledFrom(words).Draw(rt, "word"), rapid.SampledFrom(zones).Draw(rt, "zone")
		per := Per(rapid.IntRange(int(PerDay), int(PerYear)).Draw(rt, "per"))
		got, err := ix.Timeline(t.Context(), TimelineQuery{
			Query: Query{Text: word, Location: loc, NoAliases: true}, Per: per, By: FacetSource, Bursts: -1,
		})
		if err != nil {
			rt.Fatal(err)
		}
		counts, of, bySource, undated := map[string]int{}, map[string]int{}, map[string]int{}, 0
		for _, a := range all {
			has := strings.Contains(a.Body, word)
			if a.Published.IsZero() {
				if has {
					undated++
				}
				continue
			}
			day := LocalTime(a.Published, loc)
			label := per.Label(per.start(time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, time.UTC)))
			of[label]++
			if has {
				counts[label]++
				bySource[a.Source+" "+label]++
			}
		}
		sum, allSum := 0, 0
		for i, b := range got.Buckets {
			if b.Count != counts[b.Label] || b.All != of[b.Label] {
				rt.Errorf("%s: %d of %d, want %d of %d", b.Label, b.Count, b.All, counts[b.Label], of[b.Label])
			}
			if i > 0 && !b.From.Equal(got.Buckets[i-1].To) {
				rt.Errorf("%s begins at %v, and the one before ends at %v", b.Label, b.From, got.Buckets[i-1].To)
			}
			for _, s := range got.Series {
				if s.Counts[i] != bySource[s.Value+" "+b.Label] {
					rt.Errorf("%s of %s: %d, want %d", b.Label, s.Value, s.Counts[i], bySource[s.Value+" "+b.Label])
				}
			}
			sum, allSum = sum+b.Count, allSum+b.All
		}
		if sum+undated != got.Total || got.Undated != undated || allSum+got.UndatedAll > len(all) {
			rt.Errorf("%d in buckets and %d without a date, of %d", sum, got.Undated, got.Total)
		}
	})
}

// A burst is found where it is, with its words and an article of its peak.
func TestTimelineBursts(t *testing.T) {
	var articles []corpus.Article
	monday := time.Date(2022, 1, 3, 0, 0, 0, 0, time.UTC)
	for week := range 60 {
		for i := range 12 {
			// Of those on the harvest, no two share eight words in a row, which would count once.
			body := "The bank kept its rate and the ferry sailed."
			if i == 0 {
				body = fmt.Sprintf("The harvest was good in valley%dx, said the farmer of mill%dx.", week, week)
			}
			if (week == 30 || week == 31) && i < 6+4*(week-30) {
				body = fmt.Sprintf("Locusts came, the harvest failed at farm%dx%d and barns burned at road%dx%d.", week, i, week, i)
			}
			articles = append(articles, dated(fmt.Sprintf("w%d-%d", week, i), monday.AddDate(0, 0, 7*week+i%7).Format(time.DateOnly), "Quay", body))
		}
	}
	ix := timedIndex(t, articles...)
	got, err := ix.Timeline(t.Context(), TimelineQuery{Query: Query{Text: "harvest", Location: time.UTC}, Per: PerMonth})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Bursts) != 1 || got.MoreBursts != 0 {
		t.Fatalf("bursts %+v and %d more", got.Bursts, got.MoreBursts)
	}
	b := got.Bursts[0]
	if want := monday.AddDate(0, 0, 7*30); !b.From.Equal(want) || !b.To.Equal(want.AddDate(0, 0, 14)) || b.Count != 16 || b.All != 24 {
		t.Errorf("from %v to %v, %d of %d articles", b.From, b.To, b.Count, b.All)
	}
	if b.Peak.Label != "2022-W32" || b.Peak.Count != 10 || b.Read != 16 {
		t.Errorf("peak %+v, %d read", b.Peak, b.Read)
	}
	if !slices.Contains(b.Words, "barns burned") || slices.Contains(b.Words, "harvest") {
		t.Errorf("words %q", b.Words)
	}
	if b.Best == nil || !strings.HasPrefix(b.Best.Article.ID, "w31-") {
		t.Errorf("best %+v", b.Best)
	}
	for _, bucket := range got.Buckets {
		if want := bucket.Label == "2022-08"; bucket.Burst != want {
			t.Errorf("%s has a burst: %t", bucket.Label, bucket.Burst)
		}
	}
	for _, tt := range []struct {
		name         string
		q            TimelineQuery
		bursts, more int
		warned       bool
	}{
		{"too dear", TimelineQuery{Query: Query{Text: "harvest"}, Gamma: 20}, 0, 0, false},
		{"not asked", TimelineQuery{Query: Query{Text: "harvest"}, Bursts: -1}, 0, 0, false},
		{"too frequent", TimelineQuery{Query: Query{Text: "the"}}, 0, 0, true},
		{"by a filter alone", TimelineQuery{Query: Query{Filters: []Filter{{Facet: FacetSource, Values: []string{"Quay"}}}}}, 0, 0, true},
		{"of all", TimelineQuery{}, 0, 0, false},
	} {
		tt.q.Location = time.UTC
		got, err := ix.Timeline(t.Context(), tt.q)
		if err != nil || len(got.Bursts) != tt.bursts || got.MoreBursts != tt.more || slices.Contains(got.Warnings, warnTooFrequent) != tt.warned {
			t.Errorf("%s: %v, %d bursts and %d more, warnings %q", tt.name, err, len(got.Bursts), got.MoreBursts, got.Warnings)
		}
	}
}

func TestTimelineErrors(t *testing.T) {
	ix := timedIndex(t, harvests()...)
	for _, tt := range []struct {
		q    TimelineQuery
		want string
	}{
		{TimelineQuery{By: "colour"}, "unknown facet"},
		{TimelineQuery{By: FacetMonth}, "cut by time anyway"},
		{TimelineQuery{Largest: 21}, "not between 1 and 20"},
		{TimelineQuery{Bursts: 51}, "more than 50"},
		{TimelineQuery{Scale: 1}, "not above 1"},
		{TimelineQuery{Per: 99}, "unknown length"},
		{TimelineQuery{Query: Query{AsOf: "someday"}}, "as of: no such date"},
		{TimelineQuery{Query: Query{Text: `"open`}}, "unclosed"},
	} {
		if _, err := ix.Timeline(t.Context(), tt.q); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%+v: %v, want %s", tt.q, err, tt.want)
		}
	}
}
