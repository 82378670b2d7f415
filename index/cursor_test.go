package index_test

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// listed reads a listing page by page and calls between after each page but the
// last. It returns the ids.
func listed(t *testing.T, ix *index.Index, q index.Query, between func(page int)) (got []string, warnings []string) {
	t.Helper()
	rank := 0 // of the last hit; the first page may be a later one of its listing
	for page := 0; ; page++ {
		res := search(t, ix, q)
		got = append(got, ids(res.Hits)...)
		warnings = append(warnings, res.Warnings...)
		for _, h := range res.Hits {
			if rank > 0 && h.Rank != rank+1 {
				t.Errorf("rank %d after %d", h.Rank, rank)
			}
			rank = h.Rank
		}
		if q.Cursor = res.Cursor; q.Cursor == "" {
			return got, warnings
		}
		between(page)
	}
}

// wordyArticle is an article of random words, of which "ferry" and "harbour" are
// what is looked for.
func wordyArticle(random *rand.Rand, id string, matches bool) corpus.Article {
	words := strings.Fields("alpha beta gamma delta river stone market policy minister court vote north south ice pilot")
	var text []string
	for range 10 + random.IntN(80) {
		text = append(text, words[random.IntN(len(words))])
	}
	if matches {
		for range 1 + random.IntN(5) {
			text = slices.Insert(text, random.IntN(len(text)), "ferry", "harbour")
		}
		text = append(text, strings.Repeat("ferries ", random.IntN(3)))
	}
	a := corpus.Article{ID: id, Title: "On " + words[random.IntN(len(words))], Body: strings.Join(text, " ") + ".", Source: []string{"Review", "Ledger"}[random.IntN(2)]}
	if random.IntN(4) > 0 {
		a.Published = day("2025-01-01").Add(time.Duration(random.IntN(24*300)) * time.Hour)
	}
	return a
}

// Every article that nobody touches comes once and in the order of the first page's
// listing, whatever is written between the pages.
func TestPagesWhileWritten(t *testing.T) {
	queries := map[string]index.Query{
		"a word":          {Text: "ferry"},
		"two words":       {Text: "harbour ferry"},
		"any of some":     {Text: "ferry OR court"},
		"a phrase":        {Text: `"ferry harbour"`},
		"a prefix":        {Text: "ferr* north"},
		"near":            {Text: "harbour NEAR/5 vote"},
		"a boost":         {Text: "ferry^3 pilot"},
		"an exclusion":    {Text: "ferry -court"},
		"a filter":        {Text: "ferry", Filters: []index.Filter{{Facet: index.FacetSource, Values: []string{"Review"}}}},
		"facets":          {Text: "ferry", Facets: []string{index.FacetSource, index.FacetMonth}},
		"ids":             {Text: "ferry", IDsOnly: true},
		"an exact total":  {Text: "ferry", ExactTotal: true},
		"an explanation":  {Text: "ferry vote", Explain: true},
		"relaxed":         {Text: "harbour unheardof"},
		"newest":          {Text: "ferry", Sort: index.Newest},
		"oldest":          {Text: "ferry", Sort: index.Oldest},
		"a filter alone":  {Filters: []index.Filter{{Facet: index.FacetSource, Values: []string{"Ledger"}}}},
		"since":           {Text: "ferry", SinceDate: "2025-03"},
		"one to a page":   {Text: "vote ferry", Limit: 1},
		"any of the word": {Text: "ferry pilot", Match: index.MatchAny},
	}
	for name, q := range queries {
		t.Run(name, func(t *testing.T) {
			random := rand.New(rand.NewPCG(3, uint64(len(name))))
			ix := open(t, t.TempDir(), nil)
			var all []corpus.Article
			for i := range 60 {
				all = append(all, wordyArticle(random, fmt.Sprintf("q%03d", i), i%2 == 0))
			}
			add(t, ix, all...)
			whole := q
			whole.Limit = 1000
			listing := ids(search(t, ix, whole).Hits)
			if q.Limit == 0 {
				q.Limit = 4
			}
			gone, added := map[string]bool{}, 0
			got, warnings := listed(t, ix, q, func(page int) {
				switch page % 4 {
				case 0:
					for range 5 {
						add(t, ix, wordyArticle(random, fmt.Sprintf("new%03d", added), page%8 == 0))
						added++
					}
				case 1:
					for range 3 {
						if a := all[random.IntN(len(all))].ID; !gone[a] {
							gone[a] = true
							if err := ix.Delete(t.Context(), a); err != nil {
								t.Fatal(err)
							}
						}
					}
				case 2:
					if _, err := ix.Compact(t.Context()); err != nil {
						t.Fatal(err)
					}
				}
			})
			if slices.Sort(got); len(slices.Compact(slices.Clone(got))) != len(got) {
				t.Errorf("some are listed twice: %v", got)
			}
			for _, id := range listing {
				if !gone[id] && !slices.Contains(got, id) {
					t.Errorf("%s is missing", id)
				}
			}
			for _, id := range got {
				if !slices.Contains(listing, id) && !strings.HasPrefix(id, "new") {
					t.Errorf("%s is not of the listing", id)
				}
			}
			if len(listing) > q.Limit && !slices.ContainsFunc(warnings, func(w string) bool { return strings.Contains(w, "the index was written") }) {
				t.Errorf("that the index was written is not said: %v", warnings)
			}
		})
	}
}

// A word that came before the other forms of its stem on the first page does so on all,
// and one that didn't never does, however many articles have it meanwhile.
func TestPagesOfAVeryWord(t *testing.T) {
	forms := func(id string, body string) corpus.Article {
		return corpus.Article{ID: id, Title: "On the town", Body: body}
	}
	for name, c := range map[string]struct {
		q       index.Query
		between string // the body of what comes
	}{
		"first, and then frequent":  {index.Query{Text: "Reading"}, "Reading reading reading."},
		"other forms come":          {index.Query{Text: "harbour ferry", Match: index.MatchAny}, "Ferries and harbours and pilots."},
		"relaxed, other forms come": {index.Query{Text: "harbour ferry unheardof"}, "Ferries and harbours."},
	} {
		t.Run(name, func(t *testing.T) {
			ix := open(t, t.TempDir(), nil)
			var all []corpus.Article
			for i := range 30 {
				all = append(all, forms(fmt.Sprintf("q%02d", i), strings.Repeat("They read the papers. ", 1+i%7)+"A ferry and a harbour."))
			}
			for i := range 6 {
				all = append(all, forms(fmt.Sprintf("r%02d", i), "The town of Reading lies here."+strings.Repeat(" It rains.", i)))
			}
			add(t, ix, all...)
			q := c.q
			q.Limit = 1000
			whole := ids(search(t, ix, q).Hits)
			q.Limit = 4
			got, _ := listed(t, ix, q, func(page int) {
				if page > 1 {
					return
				}
				var more []corpus.Article
				for i := range 20 {
					more = append(more, forms(fmt.Sprintf("new%d-%d", page, i), c.between+strings.Repeat(" It rains.", 200)))
				}
				add(t, ix, more...)
			})
			got = slices.DeleteFunc(got, func(id string) bool { return strings.HasPrefix(id, "new") })
			if !slices.Equal(got, whole) {
				t.Errorf("pages %v, at once %v", got, whole)
			}
		})
	}
}

// Where nothing scores, as for all articles, the pages of an order by relevance have every
// article once, newest first, however large they are and however many have the same date.
func TestPagesOfAllArticles(t *testing.T) {
	ix := open(t, t.TempDir(), nil)
	const n = 700
	var articles []corpus.Article
	for i := range n {
		a := corpus.Article{ID: fmt.Sprintf("a%03d", i*37%n), Title: "Grain"}
		if i%5 > 0 {
			a.Published = time.Date(2026, 1, 1+i%3, 0, 0, 0, 0, time.UTC)
		}
		articles = append(articles, a)
	}
	add(t, ix, articles[:500]...)
	add(t, ix, articles[500:]...)
	slices.SortFunc(articles, func(a, b corpus.Article) int {
		return cmp.Or(b.Published.Compare(a.Published), strings.Compare(a.ID, b.ID))
	})
	var want []string
	for _, a := range articles {
		want = append(want, a.ID)
	}
	for _, limit := range []int{10, 63, 64, 100, 333, n, 2 * n} {
		var got []string
		q := index.Query{Text: "*", Limit: limit, Copies: index.AllCopies, IDsOnly: true}
		for {
			res, err := ix.Search(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, ids(res.Hits)...)
			if q.Cursor = res.Cursor; q.Cursor == "" {
				break
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("pages of %d have %d articles, or others than all %d in their order", limit, len(got), n)
		}
	}
}

// A listing ends where its articles end, also when so many of them were removed that
// more were seen than there are now, and says nothing where nothing happened.
func TestPagesEnd(t *testing.T) {
	ix := open(t, t.TempDir(), nil)
	var all []corpus.Article
	for i := range 20 {
		all = append(all, corpus.Article{ID: fmt.Sprintf("q%02d", i), Title: "Ferries", Body: strings.Repeat("ferry ", 20-i) + "sails."})
	}
	add(t, ix, all...)
	q := index.Query{Text: "ferry", Limit: 5}
	whole := ids(search(t, ix, index.Query{Text: "ferry", Limit: 100}).Hits)
	got, warnings := listed(t, ix, q, func(int) {})
	if !slices.Equal(got, whole) || len(warnings) > 0 {
		t.Errorf("quiet: %v, %v", got, warnings)
	}
	got, _ = listed(t, ix, q, func(page int) {
		if page == 1 { // all that were seen go
			if err := ix.Delete(t.Context(), whole[:10]...); err != nil {
				t.Fatal(err)
			}
		}
	})
	if !slices.Equal(got, whole) {
		t.Errorf("with those seen removed: %v, want %v", got, whole)
	}
	got, _ = listed(t, ix, q, func(page int) {
		if page == 0 { // all that were not seen go
			if err := ix.Delete(t.Context(), whole[15:]...); err != nil {
				t.Fatal(err)
			}
		}
	})
	if !slices.Equal(got, whole[10:15]) {
		t.Errorf("with those to come removed: %v, want %v", got, whole[10:15])
	}
}

// A listing stays of the kind that it was: with all of the words, or with some.
func TestPagesStayRelaxedOrNot(t *testing.T) {
	ix := open(t, t.TempDir(), nil)
	for i := range 4 {
		add(t, ix, corpus.Article{ID: fmt.Sprint("both", i), Title: "x", Body: "Ferry and glacier."}, corpus.Article{ID: fmt.Sprint("one", i), Title: "x", Body: "Ferry alone."})
	}
	got, _ := listed(t, ix, index.Query{Text: "ferry glacier", Limit: 2}, func(page int) {
		if page == 0 { // no article has both words any more
			if err := ix.Delete(t.Context(), "both0", "both1", "both2", "both3"); err != nil {
				t.Fatal(err)
			}
		}
	})
	if len(got) != 2 {
		t.Errorf("a listing of articles with both words goes on with %v", got)
	}
	got, _ = listed(t, ix, index.Query{Text: "ferry glacier", Limit: 3}, func(page int) {
		add(t, ix, corpus.Article{ID: "late", Title: "x", Body: "Ferry and glacier."})
	})
	for i := range 4 {
		if id := fmt.Sprint("one", i); !slices.Contains(got, id) {
			t.Errorf("%s is missing in the relaxed listing %v", id, got)
		}
	}
}

// An article that was written anew may have another place, and the page says so.
func TestPagesOfChangedArticles(t *testing.T) {
	ix := open(t, t.TempDir(), nil)
	for i := range 6 {
		add(t, ix, corpus.Article{ID: fmt.Sprint(i), Title: "x", Body: strings.Repeat("ferry ", 6-i) + "and so on."})
	}
	_, warnings := listed(t, ix, index.Query{Text: "ferry", Limit: 3, Copies: index.AllCopies}, func(int) {
		add(t, ix, corpus.Article{ID: "5", Title: "x", Body: strings.Repeat("ferry ", 50)})
	})
	if len(warnings) != 1 || !strings.Contains(warnings[0], "changed meanwhile may be missing or be listed again") {
		t.Errorf("warnings %q", warnings)
	}
}

// edited returns a cursor with something else in it.
func edited(t *testing.T, cursor string, edit func(fields map[string]any)) string {
	t.Helper()
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		t.Fatal(err)
	}
	fields := map[string]any{}
	d := json.NewDecoder(strings.NewReader(string(b)))
	d.UseNumber()
	if err := d.Decode(&fields); err != nil {
		t.Fatal(err)
	}
	edit(fields)
	if b, err = json.Marshal(fields); err != nil {
		t.Fatal(err)
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// Dates that are counted from now are counted from the moment of the first page, in
// its location, in flags and in the text alike.
func TestPagesOfRelativeDates(t *testing.T) {
	ix := open(t, t.TempDir(), nil)
	now := time.Now().UTC()
	for i := range 60 {
		add(t, ix, corpus.Article{ID: fmt.Sprintf("r%02d", i), Title: "Ferries", Body: "The ferry.", Published: now.Add(-time.Duration(1+i) * 24 * time.Hour)})
	}
	for _, q := range []index.Query{
		{SinceDate: "800h"},
		{SinceDate: "30d"},
		{SinceDate: "3w"},
		{SinceDate: "1m"},
		{SinceDate: "last 20 days"},
		{UntilDate: "900h"},
		{UntilDate: "20d"},
		{SinceDate: "40d", UntilDate: "10d"},
		{UntilDate: "yesterday"},
		{SinceDate: "2020"},
		{SinceDate: "last-year", UntilDate: "today"},
		{Text: "since:800h"},
		{Text: "since:30d ferry"},
		{Text: "before:20d"},
		{Text: "date:3w.."},
	} {
		name := q.Text + " " + q.SinceDate + " " + q.UntilDate
		q.Limit, q.Location = 4, loadLocation(t, "America/New_York")
		whole := q
		whole.Limit = 100
		want := ids(search(t, ix, whole).Hits)
		// From the second page on, another day has begun, elsewhere.
		first := search(t, ix, q)
		if first.Cursor == "" {
			t.Errorf("%s: no second page", name)
			continue
		}
		q.Location = loadLocation(t, "Asia/Tokyo")
		for _, zone := range []string{"Asia/Tokyo", "Pacific/Kiritimati", "UTC"} {
			q.Location, q.Cursor = loadLocation(t, zone), first.Cursor
			got, _ := listed(t, ix, q, func(int) {})
			if !slices.Equal(got, want[len(first.Hits):]) {
				t.Errorf("%s in %s: %v, want %v", name, zone, got, want[len(first.Hits):])
			}
		}
	}
	// The moment is the one in the cursor: 1,000 hours before, what was 48 hours
	// old was yet to come.
	q := index.Query{SinceDate: "100h", UntilDate: "48h", Limit: 1, Location: time.UTC}
	first := search(t, ix, q)
	q.Cursor = edited(t, first.Cursor, func(f map[string]any) {
		f["a"] = now.Add(-1000 * time.Hour).UnixMicro()
	})
	res := search(t, ix, q)
	if len(res.Hits) == 0 || now.Sub(res.Hits[0].Article.Published) < 1000*time.Hour {
		t.Errorf("dates are not counted from the moment of the first page: %v", ids(res.Hits))
	}
}

func TestCursorOfAnotherPeriod(t *testing.T) {
	ix := open(t, t.TempDir(), nil)
	add(t, ix, variedArticles(40)...)
	for _, c := range []struct {
		name          string
		first, second index.Query
		good          bool
	}{
		{"the same", index.Query{SinceDate: "2020-01-01"}, index.Query{SinceDate: "2020-01-01"}, true},
		{"another day", index.Query{SinceDate: "2020-01-02"}, index.Query{SinceDate: "2020-01-20"}, false},
		{"another length", index.Query{SinceDate: "20y"}, index.Query{SinceDate: "30y"}, false},
		{"another end", index.Query{UntilDate: "1d"}, index.Query{UntilDate: "2d"}, false},
		{"the end for the start", index.Query{SinceDate: "2020"}, index.Query{UntilDate: "2020"}, false},
		{"no dates", index.Query{SinceDate: "20y"}, index.Query{}, false},
		{"times", index.Query{Since: day("2020-01-01")}, index.Query{Since: day("2020-01-01")}, true},
		{"other times", index.Query{Since: day("2020-01-01")}, index.Query{Since: day("2020-01-02")}, false},
		{"early times", index.Query{Since: day("1601-01-01")}, index.Query{Since: day("1602-01-01")}, false},
		{"other words", index.Query{Text: "since:20y"}, index.Query{Text: "since:30y"}, false},
	} {
		c.first.Limit, c.second.Limit = 3, 3
		c.second.Cursor = search(t, ix, c.first).Cursor
		if c.second.Cursor == "" {
			t.Errorf("%s: no second page", c.name)
			continue
		}
		_, err := ix.Search(t.Context(), c.second)
		if c.good != (err == nil) || err != nil && !strings.Contains(err.Error(), "another query") {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	for _, q := range []index.Query{{SinceDate: "soon"}, {UntilDate: "2026-13"}} {
		for name, err := range map[string]error{
			"search":   func() error { _, err := ix.Search(t.Context(), q); return err }(),
			"analyze":  func() error { _, err := ix.Analyze(t.Context(), q); return err }(),
			"diagnose": func() error { _, err := ix.Diagnose(t.Context(), q); return err }(),
			"all": func() (err error) {
				for _, err = range ix.All(t.Context(), q) {
				}
				return err
			}(),
		} {
			if err == nil {
				t.Errorf("%s takes %q and %q for dates", name, q.SinceDate, q.UntilDate)
			}
		}
	}
}

// A cursor that somebody made up is an error or a place, and never more.
func TestHostileCursors(t *testing.T) {
	ix := open(t, t.TempDir(), nil)
	add(t, ix, variedArticles(40)...)
	q := index.Query{Text: "sanctions matter", Limit: 3}
	cursor := search(t, ix, q).Cursor
	for name, edit := range map[string]func(f map[string]any){
		"no statistics":          func(f map[string]any) { delete(f, "w") },
		"other statistics":       func(f map[string]any) { f["w"] = []byte("\x05\x05\x05") },
		"statistics of nothing":  func(f map[string]any) { f["w"] = []byte{0, 0, 0, 0} },
		"huge statistics":        func(f map[string]any) { f["w"] = []byte(strings.Repeat("\xff", 5000)) },
		"more than all":          func(f map[string]any) { f["w"] = []byte{3, 9, 200, 1, 200, 1} },
		"a path":                 func(f map[string]any) { f["z"] = "../../etc/passwd" },
		"a long zone":            func(f map[string]any) { f["z"] = strings.Repeat("Europe/", 900) },
		"a zone of nowhere":      func(f map[string]any) { f["z"], f["o"] = "Atlantis", 3600 },
		"an offset of weeks":     func(f map[string]any) { f["o"] = 1 << 40 },
		"a moment in 1066":       func(f map[string]any) { f["a"] = int64(-28516000000000000) },
		"the last moment":        func(f map[string]any) { f["a"] = int64(1<<63 - 1) },
		"a date out of reach":    func(f map[string]any) { f["d"], f["t"] = true, int64(-1<<63) },
		"a score out of reach":   func(f map[string]any) { f["s"] = 1e308 },
		"a rank below zero":      func(f map[string]any) { f["n"] = -1 },
		"another type":           func(f map[string]any) { f["i"] = []int{1} },
		"a relaxed one":          func(f map[string]any) { f["r"] = true },
		"words of others":        func(f map[string]any) { f["v"] = []uint32{1, 2, 1 << 31} },
		"many words":             func(f map[string]any) { f["v"] = make([]uint32, 3000) },
		"compounds of others":    func(f map[string]any) { f["c"] = []uint32{1, 2, 1 << 31} },
		"many compounds":         func(f map[string]any) { f["c"] = make([]uint32, 3000) },
		"a generation of others": func(f map[string]any) { f["g"] = uint64(1) << 60 },
	} {
		q := q
		q.Cursor = edited(t, cursor, edit)
		res, err := ix.Search(context.Background(), q)
		if err != nil && !strings.Contains(err.Error(), "cursor") {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil && len(res.Hits) > q.Limit {
			t.Errorf("%s: %d hits", name, len(res.Hits))
		}
	}
}

// A cursor with languages that no analyzer is for, or fewer articles than none, is no cursor.
func TestCursorOfUnknownLanguages(t *testing.T) {
	ix := open(t, t.TempDir(), nil)
	for languages, ok := range map[string]bool{
		`{"":3,"de:":2}`: true, `{"":3,"xx:":2}`: false, `{"":3,"de":2}`: false, `{"":-1,"de:":2}`: false,
	} {
		s := base64.RawURLEncoding.EncodeToString([]byte(`{"q":1,"s":0,"i":"a","n":1,"g":1,"a":1700000000000000,"o":0,"l":` + languages + `}`))
		_, err := ix.Search(t.Context(), index.Query{Text: "ferry", Cursor: s})
		if err == nil || strings.Contains(err.Error(), "not one that a search gave") == ok {
			t.Errorf("%s: %v", languages, err)
		}
	}
}
