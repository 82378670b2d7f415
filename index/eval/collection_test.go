package eval

import (
	"compress/gzip"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/index"
)

func TestWords(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"Why did the talks fail?", "why did the talks fail"},
		{`"Deterrence": a (very) short/long view - part *2*`, "deterrence a very short long view part 2"},
		{"guns OR butter NOT both, NEAR/3 the AND end", "guns or butter not both near 3 the and end"},
		{"title:rice =exact fuzzy~2 ^4 date:2020..2024 +x -y", "title rice exact fuzzy 2 4 date 2020 2024 x y"},
		{"don't, o’clock, 'quoted' and dogs'", "don't o'clock quoted and dogs"},
		{"São Paulo, Cafe\u0301, 東京 and ١٢", "são paulo cafe\u0301 東京 and ١٢"},
		{"?! -- '' ()", ""},
	} {
		if got := Words(tt.text); got != tt.want {
			t.Errorf("Words(%q)\n got %q\nwant %q", tt.text, got, tt.want)
		}
	}
}

// A collection of four short articles, from its files to its figures.
func TestCollection(t *testing.T) {
	c := harbour(t)
	ix := indexed(t, c)
	run := rank(t, ix, c, nil)
	if got := len(run["1"]); got != 3 {
		t.Errorf("%d articles have any of the words, want 3: %v", got, run["1"])
	}
	if _, ok := run["3"]; ok {
		t.Error("a query without words was run")
	}
	first := Ordered(run["1"])[0].ID
	if first != "n:1" {
		t.Errorf("first is %q, want n:1", first)
	}
	if diff := cmp.Diff([]string{"1", "9"}, Evaluate(c.Qrels, run).Queries); diff != "" {
		t.Errorf("judged queries (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"9"}, Unasked(c.Qrels, c.Queries)); diff != "" {
		t.Errorf("queries that were not asked (-want +got):\n%s", diff)
	}
	absent, err := Absent(t.Context(), ix, c.Qrels, run)
	if diff := cmp.Diff([]string{"n", "n:9"}, absent); diff != "" || err != nil {
		t.Errorf("absent articles (-want +got):\n%s%v", diff, err)
	}
}

// What is asked for beside the words holds, and what would break a ranking doesn't.
func TestRankOptions(t *testing.T) {
	c := harbour(t)
	ix := indexed(t, c)
	for _, tt := range []struct {
		name    string
		queries []Query
		o       RankOptions
		want    map[string][]string
	}{
		{"plain words", []Query{{"a", `title:rice OR "harbour dues"`}}, RankOptions{}, map[string][]string{"a": {"n:1", "n:3", "n:4", "n:2"}}},
		{"the query language", []Query{{"a", "title:rice"}, {"b", `harbour NOT dues`}}, RankOptions{Syntax: true}, map[string][]string{"a": {"n:3"}, "b": {"n:4"}}},
		{"all words", []Query{{"a", "harbour dues"}}, RankOptions{Syntax: true}, map[string][]string{"a": {"n:1"}}},
		{"any of them", []Query{{"a", "rice football"}}, RankOptions{Syntax: true, Query: index.Query{Match: index.MatchAny}}, map[string][]string{"a": {"n:3", "n:4"}}},
		{"a depth", []Query{{"a", "harbour"}}, RankOptions{Depth: 1}, map[string][]string{"a": {"n:1"}}},
		{"a filter", []Query{{"a", "harbour"}}, RankOptions{Query: index.Query{
			Filters: []index.Filter{{Facet: index.FacetSource, Values: []string{"Quay"}}}, Limit: -1, Cursor: "x", Facets: []string{"topic"},
		}}, map[string][]string{"a": {"n:4"}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			run, err := Rank(t.Context(), ix, tt.queries, &tt.o)
			if err != nil {
				t.Fatal(err)
			}
			got := make(map[string][]string)
			for q, entries := range run {
				for _, e := range entries {
					got[q] = append(got[q], e.ID)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("rankings (-want +got):\n%s", diff)
			}
		})
	}
	_, err := Rank(t.Context(), ix, []Query{{"7", "(harbour"}}, &RankOptions{Syntax: true})
	var syntax *index.SyntaxError
	if !errors.As(err, &syntax) || !strings.HasPrefix(err.Error(), `query "7": `) {
		t.Errorf("a query that can't be read: %v", err)
	}
}

// harbour is a collection of four articles. Query 9 is judged and not asked, and
// two relevant articles are not there: n begins several ids.
func harbour(t *testing.T) *Set {
	t.Helper()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "queries.tsv"), "1\tHarbour (dues)?\n2\tOR\n3\t...\n")
	write(t, filepath.Join(dir, "qrels.tsv"), "1\t0\tn:1\t2\n1\t0\tn:2\t1\n1\t0\tn:4\t0\n1\t0\tn:9\t1\n9\t0\tn\t1\n")
	writeGzip(t, filepath.Join(dir, "articles.jsonl.gz"),
		`{"id":"n:1","title":"Harbour dues rise","text":"The harbour board raised its dues. Harbour dues had been flat."}
{"id":"n:2","title":"A quiet quay","text":"Traders blame the dues that ships pay."}
{"id":"n:3","title":"Rice","text":"The price of rice fell for a third week."}
{"id":"n:4","title":"Football","source":"Quay","text":"The harbour team lost its last match of a long season."}
`)
	c, err := Collection(dir)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// indexed indexes a collection.
func indexed(t *testing.T, c *Set) *index.Index {
	t.Helper()
	ix, err := index.Open(t.Context(), filepath.Join(t.TempDir(), "index"), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := ix.Close(); err != nil {
			t.Error(err)
		}
	})
	report, err := ix.Sync(t.Context(), c.Articles, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range report.Unreadable {
		t.Log(e) // Cranfield has two articles without a word
	}
	return ix
}

// rank runs the queries of a collection; o may be nil.
func rank(t *testing.T, ix *index.Index, c *Set, o *RankOptions) Run {
	t.Helper()
	run, err := Rank(t.Context(), ix, c.Queries, o)
	if err != nil {
		t.Fatal(err)
	}
	return run
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func writeGzip(t *testing.T, path, text string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(f)
	if _, err := fmt.Fprint(z, text); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}
