package index_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

func open(t *testing.T, dir string, o *index.Options) *index.Index {
	t.Helper()
	ix, err := index.Open(t.Context(), dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := ix.Close(); err != nil {
			t.Error(err)
		}
	})
	return ix
}

func add(t *testing.T, ix *index.Index, a ...corpus.Article) {
	t.Helper()
	if err := ix.Add(t.Context(), a...); err != nil {
		t.Fatal(err)
	}
}

func search(t *testing.T, ix *index.Index, q index.Query) *index.Results {
	t.Helper()
	res, err := ix.Search(t.Context(), q)
	if err != nil {
		t.Fatalf("search %q: %v", q.Text, err)
	}
	return res
}

func ids(hits []index.Hit) []string {
	var s []string
	for _, h := range hits {
		s = append(s, h.ID)
	}
	return s
}

func stated(paths ...string) []corpus.Topic {
	var t []corpus.Topic
	for _, p := range paths {
		t = append(t, corpus.Topic{Path: p, Origin: corpus.Stated})
	}
	return t
}

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

// noRules keeps topics to what articles state.
func noRules(t *testing.T) *index.TopicRules {
	t.Helper()
	r, err := index.ParseTopics(strings.NewReader("topics: {nothing/at_all: {query: qqqqq}}"), "test")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// small is a corpus to ask simple questions of.
func small(t *testing.T) *index.Index {
	t.Helper()
	ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
	add(t, ix,
		corpus.Article{
			ID: "a1", Title: "Deterrence holds, for now", Source: "Meridian", Authors: []string{"Ngozi Okoye"},
			Published: day("2026-01-12"), Topics: stated("Security/Nuclear"),
			Body:     "North Korea tested a missile. The U.S. answered with sanctions.\n\nTalks failed.",
			Sections: []corpus.Section{{Start: 0, End: 65}, {Heading: "What failed", Start: 65, End: 78}},
		},
		corpus.Article{
			ID: "a2", Title: "Sanctions and their limits", Source: "Ledger", Authors: []string{"Ngozi Okoye", "Ann Lee"},
			Published: day("2025-06-01"), Topics: stated("diplomacy/sanctions"),
			Body: "Oil sanctions hurt the north of the country. Korea is not mentioned beside it.",
		},
		corpus.Article{
			ID: "b3", Title: "Rates", Source: "Ledger", Published: day("2024-03-03"), Topics: stated("economy"),
			Body: "Interest rates rose. Nothing on deterrence or on trump here, but for this sentence.",
		},
	)
	return ix
}

func TestSearch(t *testing.T) {
	ix := small(t)
	tests := []struct {
		name string
		q    index.Query
		want []string
	}{
		{"the title weighs more than the body", index.Query{Text: "deterrence"}, []string{"a1", "b3"}},
		{"all words, in any part", index.Query{Text: "missile deterrence"}, []string{"a1"}},
		{"a stem finds its forms", index.Query{Text: "sanction"}, []string{"a2", "a1"}},
		{"a phrase is the very wording", index.Query{Text: `"north korea"`}, []string{"a1"}},
		{"a phrase keeps stop words", index.Query{Text: `"north of the country"`}, []string{"a2"}},
		{"a phrase does not cross sections", index.Query{Text: `"sanctions talks"`, Match: index.MatchStrict}, nil},
		{"without a word", index.Query{Text: "deterrence -trump"}, []string{"a1"}},
		{"a topic in the query", index.Query{Text: "topic:security"}, []string{"a1"}},
		{"an acronym with or without dots", index.Query{Text: `"us answered"`}, []string{"a1"}},
		{"any of the words", index.Query{Text: "missile rates", Match: index.MatchAny}, []string{"b3", "a1"}},
		{"nothing asked: all, newest first", index.Query{}, []string{"a1", "a2", "b3"}},
		{"oldest first", index.Query{Sort: index.Oldest}, []string{"b3", "a2", "a1"}},
		{"since", index.Query{Since: day("2025-06-01")}, []string{"a1", "a2"}},
		{"until", index.Query{Until: day("2025-06-01")}, []string{"b3"}},
		{"topic filter takes in what lies below", index.Query{Filters: []index.Filter{{Facet: "topic", Values: []string{"security"}}}}, []string{"a1"}},
		{"any of several topics", index.Query{Filters: []index.Filter{{Facet: "topic", Values: []string{"security", "economy"}}}}, []string{"a1", "b3"}},
		{"not a topic", index.Query{Filters: []index.Filter{{Facet: "topic", Values: []string{"security"}, Not: true}}}, []string{"a2", "b3"}},
		{"source filter folds case", index.Query{Filters: []index.Filter{{Facet: "source", Values: []string{"LEDGER"}}}}, []string{"a2", "b3"}},
		{"year filter", index.Query{Filters: []index.Filter{{Facet: "year", Values: []string{"2024"}}}}, []string{"b3"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			res := search(t, ix, tt.q)
			if diff := cmp.Diff(tt.want, ids(res.Hits)); diff != "" || res.Total != len(tt.want) || res.Relaxed {
				t.Errorf("total %d, relaxed %v (-want +got):\n%s", res.Total, res.Relaxed, diff)
			}
		})
	}
}

// When no article has all the words, those with any are shown, and it says so.
func TestRelaxed(t *testing.T) {
	ix := small(t)
	res := search(t, ix, index.Query{Text: "missile rates topic:economy", Limit: 1})
	if !res.Relaxed || !slices.Equal(ids(res.Hits), []string{"b3"}) {
		t.Errorf("relaxed %v, hits %v; want b3: the topic still holds", res.Relaxed, ids(res.Hits))
	}
	first := search(t, ix, index.Query{Text: "missile rates", Limit: 1})
	second := search(t, ix, index.Query{Text: "missile rates", Limit: 1, Cursor: first.Cursor})
	if got := append(ids(first.Hits), ids(second.Hits)...); !second.Relaxed || !slices.Equal(got, []string{"b3", "a1"}) || second.Cursor != "" {
		t.Errorf("pages %v, relaxed %v, cursor %q", got, second.Relaxed, second.Cursor)
	}
	if second.Hits[0].Rank != 2 {
		t.Errorf("rank %d on the second page, want 2", second.Hits[0].Rank)
	}
	if res := search(t, ix, index.Query{Text: "zebra"}); res.Relaxed || res.Total != 0 {
		t.Errorf("one word that is nowhere: relaxed %v, total %d", res.Relaxed, res.Total)
	}
}

// A facet's counts are what choosing each of its values would give.
func TestFacets(t *testing.T) {
	ix := small(t)
	res := search(t, ix, index.Query{
		Facets:  []string{"topic", "source", "author", "year"},
		Filters: []index.Filter{{Facet: "source", Values: []string{"Meridian"}}},
	})
	want := []index.FacetCounts{
		{Name: "topic", Values: []index.FacetValue{{Value: "security/nuclear", Count: 1}}},
		{Name: "source", Values: []index.FacetValue{{Value: "Ledger", Count: 2}, {Value: "Meridian", Count: 1, Selected: true}}},
		{Name: "author", Values: []index.FacetValue{{Value: "Ngozi Okoye", Count: 1}}},
		{Name: "year", Values: []index.FacetValue{{Value: "2026", Count: 1}}},
	}
	if diff := cmp.Diff(want, res.Facets); diff != "" {
		t.Errorf("facets (-want +got):\n%s", diff)
	}
	all := []string{index.FacetTopic, index.FacetSource, index.FacetAuthor, index.FacetYear, index.FacetMonth, index.FacetDay}
	for i, f := range search(t, ix, index.Query{Facets: all}).Facets {
		if f.Name != all[i] || len(f.Values) == 0 {
			t.Errorf("facet %s: %+v", all[i], f)
		}
	}
	res = search(t, ix, index.Query{Facets: []string{"source"}, FacetLimit: 1})
	if f := res.Facets[0]; len(f.Values) != 1 || f.More != 1 {
		t.Errorf("facet limit: %+v", f)
	}
}

func TestSnippets(t *testing.T) {
	ix := small(t)
	res := search(t, ix, index.Query{Text: "talks", Passages: 1})
	want := []index.Snippet{{Field: "body", Section: "What failed", Text: "Talks failed.", Matches: []index.Span{{Start: 0, End: 5}}}}
	if s := res.Hits[0].Snippets[0]; s.Score <= 0 || !strings.HasPrefix(res.Hits[0].Article.Body[s.Start:], s.Text) {
		t.Errorf("score %v, at %d", s.Score, s.Start)
	}
	if diff := cmp.Diff(want, res.Hits[0].Snippets, cmpopts.IgnoreFields(index.Snippet{}, "Start", "Score")); diff != "" {
		t.Errorf("snippet (-want +got):\n%s", diff)
	}
	res = search(t, ix, index.Query{Text: `"deterrence holds"`})
	if diff := cmp.Diff([]index.Span{{Start: 0, End: 16}}, res.Hits[0].TitleMatches); diff != "" {
		t.Errorf("title (-want +got):\n%s", diff)
	}
	if res := search(t, ix, index.Query{Text: "talks", Passages: -1}); len(res.Hits[0].Snippets) != 0 {
		t.Errorf("snippets that were not asked for: %+v", res.Hits[0].Snippets)
	}
}

func TestMark(t *testing.T) {
	ix := small(t)
	spans, err := ix.Mark(t.Context(), index.Query{Text: `sanction "north korea"`}, "Sanctions on North Korea")
	if diff := cmp.Diff([]index.Span{{Start: 0, End: 9}, {Start: 13, End: 24}}, spans); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	var syntax *index.SyntaxError
	if _, err := ix.Mark(t.Context(), index.Query{Text: `"north`}, "North"); !errors.As(err, &syntax) {
		t.Errorf("a query that can't be read: %v", err)
	}
}

// parseAliases makes aliases of a file's text.
func parseAliases(t *testing.T, yaml string) *index.Aliases {
	t.Helper()
	a, err := index.ParseAliases(strings.NewReader(yaml), "test")
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// What is marked is what a search of the same index looks for: its aliases, and
// no others.
func TestMarkAliases(t *testing.T) {
	own := open(t, t.TempDir(), &index.Options{Aliases: parseAliases(t, "aliases: [[North Korea, Hermit Kingdom]]")})
	starter := open(t, t.TempDir(), nil)
	const text = "The hermit kingdom, or DPRK"
	q := index.Query{Text: "north korea"}
	plain := q
	plain.NoAliases = true
	for _, tt := range []struct {
		name string
		ix   *index.Index
		q    index.Query
		want []string
	}{
		{"aliases of its own", own, q, []string{"hermit kingdom"}},
		{"starter aliases", starter, q, []string{"DPRK"}},
		{"no aliases", own, plain, nil},
	} {
		spans, err := tt.ix.Mark(t.Context(), tt.q, text)
		var got []string
		for _, s := range spans {
			got = append(got, text[s.Start:s.End])
		}
		if err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("%s: marked %q, %v; want %q", tt.name, got, err, tt.want)
		}
	}
}

func TestExplanationSumsToScore(t *testing.T) {
	ix := small(t)
	for _, h := range search(t, ix, index.Query{Text: `sanctions "north korea"`, Explain: true}).Hits {
		sum := 0.0
		for _, p := range h.Explanation {
			sum += p.Score
		}
		if len(h.Explanation) != 2 || sum < h.Score-1e-9 || sum > h.Score+1e-9 {
			t.Errorf("%s: %+v adds up to %g, score %g", h.ID, h.Explanation, sum, h.Score)
		}
	}
}

func TestBadRequests(t *testing.T) {
	ix := small(t)
	page := search(t, ix, index.Query{Limit: 1})
	tests := []struct {
		name string
		q    index.Query
		want string
	}{
		{"syntax", index.Query{Text: `"north korea`}, "quotation"},
		{"facet", index.Query{Facets: []string{"colour"}}, `unknown facet "colour"; there are topic`},
		{"filter", index.Query{Filters: []index.Filter{{Facet: "colour"}}}, "unknown facet"},
		{"limit", index.Query{Limit: 10_001}, "cursor"},
		{"passages", index.Query{Passages: 21}, "passages"},
		{"counting backwards", index.Query{CountTo: -1}, "can't count to -1"},
		{"counting too far", index.Query{CountTo: 1_000_001}, "0 to 1000000"},
		{"cursor of nobody", index.Query{Cursor: "%%%"}, "cursor is not one"},
		{"cursor of another query", index.Query{Text: "rates", Cursor: page.Cursor}, "another query"},
		{"year of no form", index.Query{Filters: []index.Filter{{Facet: "year", Values: []string{"26"}}}}, "not of its form"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := ix.Search(t.Context(), tt.q); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
	_, err := ix.Search(t.Context(), index.Query{Text: `x "y`})
	var syntax *index.SyntaxError
	if !errors.As(err, &syntax) || syntax.Column() != 3 || !strings.HasSuffix(syntax.Caret(), "\n  ^") {
		t.Errorf("syntax error %v: %+v", err, syntax)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := ix.Search(ctx, index.Query{Text: "rates"}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled search: %v", err)
	}
}

// An unknown value of a filter is no error, and is not silent.
func TestUnknownFilterValue(t *testing.T) {
	res := search(t, small(t), index.Query{Filters: []index.Filter{{Facet: "source", Values: []string{"The Meridian Post"}}}})
	if res.Total != 0 || len(res.Warnings) != 1 || !strings.Contains(res.Warnings[0], "there is Meridian") {
		t.Errorf("total %d, warnings %q", res.Total, res.Warnings)
	}
}

func TestGet(t *testing.T) {
	ix := small(t)
	for id, want := range map[string]string{"a1": "a1", "b": "b3", "b3": "b3"} {
		if a, err := ix.Get(t.Context(), id); err != nil || a.ID != want {
			t.Errorf("get %q: %q, %v", id, a.ID, err)
		}
	}
	var ambiguous *index.AmbiguousError
	if _, err := ix.Get(t.Context(), "a"); !errors.As(err, &ambiguous) || !slices.Equal(ambiguous.IDs, []string{"a1", "a2"}) {
		t.Errorf("ambiguous id: %v", err)
	}
	for _, id := range []string{"zzz", ""} {
		if _, err := ix.Get(t.Context(), id); !errors.Is(err, index.ErrNotFound) {
			t.Errorf("get %q: %v", id, err)
		}
	}
}

// A cursor goes on with the query that it is of, read as it was then.
func TestCursorOfAnotherReading(t *testing.T) {
	dir := t.TempDir()
	ix := open(t, dir, nil)
	for n := range 3 {
		add(t, ix, corpus.Article{ID: fmt.Sprint(n), Title: "North Korea", Body: "DPRK, a hermit kingdom.", Published: day("2024-01-02")})
	}
	yaml := func(s string) func() *index.Index {
		return func() *index.Index {
			return open(t, dir, &index.Options{ReadOnly: true, Aliases: parseAliases(t, s)})
		}
	}
	same := func() *index.Index { return ix }
	q := index.Query{Text: "north korea date:2024", Limit: 1, Location: time.UTC}
	first := search(t, ix, q)
	if len(first.Aliases) == 0 || first.Cursor == "" {
		t.Fatalf("aliases %v, cursor %q", first.Aliases, first.Cursor)
	}
	q.Cursor = first.Cursor
	for _, tt := range []struct {
		name   string
		ix     func() *index.Index
		change func(q *index.Query)
		good   bool
	}{
		{"the same", same, func(*index.Query) {}, true},
		{"other things to show", same, func(q *index.Query) {
			q.Limit, q.Passages, q.Facets, q.Explain, q.ExactTotal, q.IDsOnly = 2, -1, []string{"topic"}, true, true, true
		}, true},
		{"aliases of other words besides", yaml("extends: starter\naliases: [[missile, rocket]]"), func(*index.Query) {}, true},
		{"other aliases", yaml("aliases: [[North Korea, hermit kingdom]]"), func(*index.Query) {}, false},
		{"one more alias", yaml("extends: starter\naliases: [[North Korea, hermit kingdom]]"), func(*index.Query) {}, false},
		{"no aliases in the index", yaml("aliases: []"), func(*index.Query) {}, false},
		{"no aliases asked for", same, func(q *index.Query) { q.NoAliases = true }, false},
		{"another place", same, func(q *index.Query) { q.Location = time.FixedZone("UTC+9", 9*60*60) }, true},
		{"lenient", same, func(q *index.Query) { q.Lenient = true }, false},
		{"another order", same, func(q *index.Query) { q.Sort = index.Oldest }, false},
		{"a filter", same, func(q *index.Query) { q.Filters = []index.Filter{{Facet: "year", Values: []string{"2024"}}} }, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			q := q
			tt.change(&q)
			res, err := tt.ix().Search(t.Context(), q)
			switch {
			case tt.good && err != nil:
				t.Fatal(err)
			case tt.good && (len(res.Hits) == 0 || res.Hits[0].Rank != 2):
				t.Errorf("hits %v, want the second first", ids(res.Hits))
			case !tt.good && (err == nil || !strings.Contains(err.Error(), "cursor belongs to another query, or to one that was read with other aliases")):
				t.Errorf("error %v", err)
			}
		})
	}
}

func TestDelete(t *testing.T) {
	ix := small(t)
	if err := ix.Delete(t.Context(), "a1", "nowhere"); !errors.Is(err, index.ErrNotFound) {
		t.Errorf("delete of a missing id: %v", err)
	}
	if err := ix.Delete(t.Context(), "a1"); err != nil {
		t.Fatal(err)
	}
	if got := ids(search(t, ix, index.Query{}).Hits); !slices.Equal(got, []string{"a2", "b3"}) {
		t.Errorf("left: %v", got)
	}
}

func TestAddRefuses(t *testing.T) {
	ix := small(t)
	bad := map[string]corpus.Article{
		"control characters": {ID: "x\ny"},
		"at most":            {ID: strings.Repeat("x", 513)},
		"tile the body":      {ID: "x", Body: "abc", Sections: []corpus.Section{{Start: 1, End: 3}}},
		"sections end":       {ID: "x", Body: "abc", Sections: []corpus.Section{{Start: 0, End: 2}}},
		"UTF-8":              {ID: "x", Body: "\xff"},
	}
	for want, a := range bad {
		if err := ix.Add(t.Context(), corpus.Article{ID: "good"}, a); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
	if _, err := ix.Get(t.Context(), "good"); !errors.Is(err, index.ErrNotFound) {
		t.Errorf("half of a refused call was added: %v", err)
	}
}

func TestAll(t *testing.T) {
	ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
	var articles []corpus.Article
	for i := range 2500 {
		articles = append(articles, corpus.Article{ID: fmt.Sprintf("%04d", i), Title: "rates"})
	}
	add(t, ix, articles...)
	n := 0
	for h, err := range ix.All(t.Context(), index.Query{Text: "rates", Passages: -1}) {
		if err != nil || h.ID != fmt.Sprintf("%04d", n) || h.Rank != n+1 {
			t.Fatalf("hit %d: %s, rank %d, %v", n, h.ID, h.Rank, err)
		}
		n++
	}
	if n != len(articles) {
		t.Errorf("%d hits, want %d", n, len(articles))
	}
}

// Readers in other processes are not blocked, and results outlive the index.
func TestReadOnly(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "ix")
	if _, err := index.Open(t.Context(), dir, &index.Options{ReadOnly: true}); !errors.Is(err, index.ErrNoIndex) {
		t.Errorf("read-only open of nothing: %v", err)
	}
	w := open(t, dir, nil)
	add(t, w, corpus.Article{ID: "1", Title: "rates", Body: "Rates rose."})
	r, err := index.Open(t.Context(), dir, &index.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	res := search(t, r, index.Query{Text: "rates"})
	add(t, w, corpus.Article{ID: "2", Title: "rates"})
	if n := search(t, r, index.Query{Text: "rates"}).Total; n != 2 {
		t.Errorf("reader finds %d articles, want 2", n)
	}
	writes := map[string]func() error{
		"add":                 func() error { return r.Add(t.Context(), corpus.Article{ID: "3"}) },
		"delete":              func() error { return r.Delete(t.Context(), "1") },
		"delete what is not":  func() error { return r.Delete(t.Context(), "3") },
		"sync with something": func() error { _, err := r.Sync(t.Context(), newShelf(), nil); return err },
		"sync with nothing":   func() error { _, err := r.Sync(t.Context(), corpus.FromArticles("none"), nil); return err },
		"compact":             func() error { _, err := r.Compact(t.Context()); return err },
	}
	for name, write := range writes {
		if err := write(); !errors.Is(err, index.ErrReadOnly) {
			t.Errorf("%s, of a read-only index: %v, want ErrReadOnly", name, err)
		}
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if len(res.Hits) != 1 || res.Hits[0].Snippets[0].Text != "Rates rose." {
		t.Errorf("results after close: %+v", res.Hits)
	}
	if _, err := r.Search(t.Context(), index.Query{}); !errors.Is(err, index.ErrClosed) {
		t.Errorf("search after close: %v", err)
	}
}

// shelf is a corpus whose entries change, and that counts how often each is
// opened.
type shelf struct {
	entries map[string]entry

	mu     sync.Mutex
	opened map[string]int
}

type entry struct {
	stamp    string
	articles []corpus.Article
	err      error // yielded after the articles
}

func (s *shelf) Covers(key string) bool { return strings.HasPrefix(key, "shelf/") }

func (s *shelf) Entries(context.Context) iter.Seq2[corpus.Entry, error] {
	return func(yield func(corpus.Entry, error) bool) {
		var keys []string
		for k := range s.entries {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		for _, k := range keys {
			e := s.entries[k]
			read := func(context.Context) iter.Seq2[corpus.Article, error] {
				s.mu.Lock()
				s.opened[k]++
				s.mu.Unlock()
				return func(yield func(corpus.Article, error) bool) {
					for _, a := range e.articles {
						a.Key = fmt.Sprint(k, "#", a.ID, a.Title)
						if !yield(a, nil) {
							return
						}
					}
					if e.err != nil {
						yield(corpus.Article{}, e.err)
					}
				}
			}
			if !yield(corpus.Entry{Key: k, Stamp: e.stamp, Size: 100, Articles: read}, nil) {
				return
			}
		}
	}
}

func newShelf() *shelf {
	return &shelf{entries: map[string]entry{}, opened: map[string]int{}}
}

// tally is the numbers of a SyncReport.
type tally struct{ Added, Updated, Unchanged, Removed, Vanished, Unreadable int }

func syncTo(t *testing.T, ix *index.Index, s corpus.Source, prune bool) tally {
	t.Helper()
	c, err := ix.Sync(t.Context(), s, &index.SyncOptions{Prune: prune})
	if err != nil {
		t.Fatal(err)
	}
	return tally{c.Added, c.Updated, c.Unchanged, c.Removed, c.Vanished, len(c.Unreadable)}
}

func TestSync(t *testing.T) {
	dir := t.TempDir()
	ix := open(t, dir, &index.Options{Topics: noRules(t)})
	s := newShelf()
	one := corpus.Article{ID: "1", Title: "one"}
	two := corpus.Article{ID: "2", Title: "two"}
	three := corpus.Article{ID: "3", Title: "three"}

	step := func(name string, want tally, prune bool, edit func()) {
		t.Helper()
		edit()
		clear(s.opened)
		if got := syncTo(t, ix, s, prune); got != want {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
	}
	step("new", tally{Added: 3}, false, func() {
		s.entries["shelf/a"] = entry{stamp: "1", articles: []corpus.Article{one, two}}
		s.entries["shelf/b"] = entry{stamp: "1", articles: []corpus.Article{three}}
	})
	before := search(t, ix, index.Query{})
	step("unchanged", tally{Unchanged: 3}, false, func() {})
	if len(s.opened) > 0 {
		t.Errorf("unchanged entries were opened: %v", s.opened)
	}
	step("touched", tally{Unchanged: 3}, false, func() {
		s.entries["shelf/a"] = entry{stamp: "2", articles: []corpus.Article{one, two}}
	})
	step("touched once more", tally{Unchanged: 3}, false, func() {})
	if len(s.opened) > 0 {
		t.Errorf("unchanged entries were opened: %v", s.opened)
	}
	if diff := cmp.Diff(ids(before.Hits), ids(search(t, ix, index.Query{}).Hits)); diff != "" {
		t.Errorf("hits changed (-before +after):\n%s", diff)
	}
	step("edited", tally{Unchanged: 2, Updated: 1}, false, func() {
		two.Title = "two, edited"
		s.entries["shelf/a"] = entry{stamp: "3", articles: []corpus.Article{one, two}}
	})
	step("an article less, kept", tally{Unchanged: 2, Vanished: 1}, false, func() {
		s.entries["shelf/a"] = entry{stamp: "4", articles: []corpus.Article{two}}
	})
	step("an entry less, kept", tally{Unchanged: 2, Vanished: 1}, false, func() { delete(s.entries, "shelf/b") })
	step("both pruned", tally{Unchanged: 1, Removed: 2}, true, func() {})
	step("an article more", tally{Unchanged: 1, Added: 1}, true, func() {
		s.entries["shelf/a"] = entry{stamp: "5", articles: []corpus.Article{one, two}}
	})
	step("an article less, pruned", tally{Unchanged: 1, Removed: 1}, true, func() {
		s.entries["shelf/a"] = entry{stamp: "6", articles: []corpus.Article{two}}
	})
	step("moved", tally{Updated: 1}, true, func() {
		delete(s.entries, "shelf/a")
		s.entries["shelf/z"] = entry{stamp: "1", articles: []corpus.Article{two}}
	})
	if got := ids(search(t, ix, index.Query{}).Hits); !slices.Equal(got, []string{"2"}) {
		t.Errorf("left: %v", got)
	}
}

// What cannot be read is named, has not vanished, and is tried again.
func TestSyncUnreadable(t *testing.T) {
	ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
	s := newShelf()
	s.entries["shelf/a"] = entry{stamp: "1", articles: []corpus.Article{{ID: "1"}, {ID: "2"}}}
	syncTo(t, ix, s, true)
	bad := &corpus.ReadError{Path: "shelf/a", Line: 2, Err: errors.New("broken")}
	s.entries["shelf/a"] = entry{stamp: "2", articles: []corpus.Article{{ID: "1"}}, err: bad}
	for range 2 {
		if got, want := syncTo(t, ix, s, true), (tally{Unchanged: 1, Unreadable: 1}); got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	s.entries["shelf/a"] = entry{stamp: "3", articles: []corpus.Article{{ID: "1"}}, err: errors.New("connection lost")}
	if got, want := syncTo(t, ix, s, true), (tally{Unchanged: 1, Unreadable: 1}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if n := search(t, ix, index.Query{}).Total; n != 2 {
		t.Errorf("%d articles left, want 2", n)
	}
}

// Two articles that state one id are both kept.
func TestSyncCollision(t *testing.T) {
	ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
	s := newShelf()
	s.entries["shelf/a"] = entry{stamp: "1", articles: []corpus.Article{{ID: "1", Title: "one"}, {ID: "1", Title: "another"}, {ID: "1", Title: "one"}}}
	s.entries["shelf/b"] = entry{stamp: "1", articles: []corpus.Article{{ID: "1", Title: "a third"}}}
	c, err := ix.Sync(t.Context(), s, nil)
	if err != nil || c.Added != 3 || len(c.Warnings) != 2 {
		t.Errorf("added %d, warnings %q, %v", c.Added, c.Warnings, err)
	}
	s.entries["shelf/b"] = entry{stamp: "2", articles: []corpus.Article{{ID: "1", Title: "a third"}}}
	if got, want := syncTo(t, ix, s, true), (tally{Unchanged: 4}); got.Unchanged < 3 || got.Added+got.Updated+got.Removed > 0 {
		t.Errorf("second run: %+v, want %+v", got, want)
	}
	if n := search(t, ix, index.Query{}).Total; n != 3 {
		t.Errorf("%d articles, want 3", n)
	}
}

// A sync that is interrupted keeps what it read, and the next one goes on.
func TestSyncInterrupted(t *testing.T) {
	ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
	s := newShelf()
	for i := range 200 {
		s.entries[fmt.Sprintf("shelf/%03d", i)] = entry{stamp: "1", articles: []corpus.Article{{ID: fmt.Sprint(i), Title: "rates"}}}
	}
	ctx, cancel := context.WithCancel(t.Context())
	c, err := ix.Sync(ctx, interrupted{s, cancel}, &index.SyncOptions{Prune: true})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("interrupted sync: %v", err)
	}
	if n := search(t, ix, index.Query{Limit: -1}).Total; n != c.Added || n == 200 {
		t.Errorf("%d articles kept, %d reported", n, c.Added)
	}
	if got := syncTo(t, ix, s, true); got.Added+got.Unchanged != 200 || got.Removed > 0 {
		t.Errorf("second run: %+v", got)
	}
}

// interrupted ends the context when the hundredth entry is read.
type interrupted struct {
	*shelf
	cancel func()
}

func (s interrupted) Entries(ctx context.Context) iter.Seq2[corpus.Entry, error] {
	return func(yield func(corpus.Entry, error) bool) {
		for e, err := range s.shelf.Entries(ctx) {
			if e.Key == "shelf/100" {
				read := e.Articles
				e.Articles = func(ctx context.Context) iter.Seq2[corpus.Article, error] {
					s.cancel()
					return read(ctx)
				}
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

// Topics are the stated ones and those whose rule the article meets.
func TestTopicRules(t *testing.T) {
	dir := t.TempDir()
	rules, err := index.ParseTopics(strings.NewReader("topics:\n  security/nuclear: {query: denuclearization}\n  economy: {query: rates}\n"), "mine.yaml")
	if err != nil {
		t.Fatal(err)
	}
	ix, err := index.Open(t.Context(), dir, &index.Options{Topics: rules})
	if err != nil {
		t.Fatal(err)
	}
	s := newShelf()
	s.entries["shelf/a"] = entry{stamp: "1", articles: []corpus.Article{{ID: "1", Title: "Denuclearization", Topics: stated("Security > Nuclear", "asia")}, {ID: "2", Title: "Rates"}}}
	syncTo(t, ix, s, false)
	a, err := ix.Get(t.Context(), "1")
	if diff := cmp.Diff(stated("security/nuclear", "asia"), a.Topics); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	a, err = ix.Get(t.Context(), "2")
	if diff := cmp.Diff([]corpus.Topic{{Path: "economy", Origin: corpus.ByRule, Reason: a.Topics[0].Reason}}, a.Topics); diff != "" || err != nil || a.Topics[0].Reason == "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	// The rules are kept with the index.
	ix = open(t, dir, nil)
	if got, want := syncTo(t, ix, s, false), (tally{Unchanged: 2}); got != want {
		t.Errorf("with the kept rules: %+v, want %+v", got, want)
	}
}

func TestChangedRules(t *testing.T) {
	dir := t.TempDir()
	s := newShelf()
	s.entries["shelf/a"] = entry{stamp: "1", articles: []corpus.Article{{ID: "1", Title: "Rates"}}}
	for _, q := range []string{"rates", "prices"} {
		rules, err := index.ParseTopics(strings.NewReader("topics: {economy: {query: "+q+"}}"), "mine.yaml")
		if err != nil {
			t.Fatal(err)
		}
		ix, err := index.Open(t.Context(), dir, &index.Options{Topics: rules})
		if err != nil {
			t.Fatal(err)
		}
		got := syncTo(t, ix, s, false)
		a, err := ix.Get(t.Context(), "1")
		if err != nil || got.Added+got.Updated != 1 || (len(a.Topics) == 1) != (q == "rates") {
			t.Errorf("rule %s: %+v, topics %v, %v", q, got, a.Topics, err)
		}
		if err := ix.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestDidYouMean(t *testing.T) {
	ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
	var articles []corpus.Article
	for i := range 60 {
		articles = append(articles, corpus.Article{ID: fmt.Sprint(i), Title: "Nuclear deterrence", Body: "Sanctions in north Korea, with a determined foe."})
	}
	add(t, ix, articles...)
	tests := []struct{ query, want string }{
		{"deterence", "deterrence"},
		{"nuclear deterence", "nuclear deterrence"},
		{`"north koera" -oil`, `"north korea" -oil`},
		{"title:deterance^2 AND sanctoins", "title:deterrence^2 AND sanctions"},
		{"deterrence", ""}, // found
		{"zzzzzzzz", ""},   // nothing near
		{"of", ""},         // too short
	}
	for _, tt := range tests {
		if got := search(t, ix, index.Query{Text: tt.query}).DidYouMean; got != tt.want {
			t.Errorf("did you mean for %q: %q, want %q", tt.query, got, tt.want)
		}
	}
}

func TestSuggest(t *testing.T) {
	ix := small(t)
	tests := []struct {
		typed string
		want  []index.Suggestion
	}{
		{"deter", []index.Suggestion{{Text: "deterrence", Articles: 2}}},
		{"north k", []index.Suggestion{{Text: "north korea", Articles: 2}}},
		{"missile sanc", []index.Suggestion{{Text: "missile sanctions", Articles: 1}}},
		{"qqq", nil},
		{"", nil},
		{"deterrence ", nil},
	}
	for _, tt := range tests {
		got, err := ix.Suggest(t.Context(), tt.typed, 0)
		if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
			t.Errorf("suggest %q: %v (-want +got):\n%s", tt.typed, err, diff)
		}
	}
}

func TestAnalyze(t *testing.T) {
	ix := small(t)
	a, err := ix.Analyze(t.Context(), index.Query{Text: "the sanctions zebra since:2025", Location: time.UTC})
	if err != nil {
		t.Fatal(err)
	}
	if a.Articles != 0 || len(a.Clauses) != 4 {
		t.Fatalf("analysis: %+v", a)
	}
	the, sanctions, zebra, since := a.Clauses[0], a.Clauses[1], a.Clauses[2], a.Clauses[3]
	if !the.Ignored || sanctions.Ignored || sanctions.Articles != 2 || sanctions.Without != 0 {
		t.Errorf("the: %+v; sanctions: %+v", the, sanctions)
	}
	if diff := cmp.Diff([]index.WordCount{{Word: "sanctions", Count: 3}}, sanctions.Words); diff != "" {
		t.Errorf("words (-want +got):\n%s", diff)
	}
	if zebra.Articles != 0 || zebra.Without != 2 || zebra.Start != 14 || zebra.End != 19 {
		t.Errorf("zebra: %+v", zebra)
	}
	if since.Articles != 2 || !since.From.Equal(day("2025-01-01")) || !since.To.IsZero() {
		t.Errorf("since: %+v", since)
	}
	if a.Among != 3 || a.WithSome != 2 {
		t.Errorf("among %d, with some of the words %d", a.Among, a.WithSome)
	}
	a, err = ix.Analyze(t.Context(), index.Query{Text: "title:(deterrence OR rat*)"})
	if err != nil || len(a.Clauses) != 1 || len(a.Clauses[0].Clauses) != 2 || a.Clauses[0].Clauses[1].Articles != 1 {
		t.Errorf("%v: %+v", err, a)
	}
}

// In the lenient mode every text is a query.
func TestLenient(t *testing.T) {
	res := search(t, small(t), index.Query{Text: `deterrence "north korea`, Lenient: true})
	if res.Total != 1 || len(res.Warnings) == 0 {
		t.Errorf("total %d, warnings %q", res.Total, res.Warnings)
	}
}
