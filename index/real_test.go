package index_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/query"
)

// realFolder is where the index of allsides lies that the tests share: the
// one that NEWSQ_BENCH_INDEX names, or one made for this run.
var realFolder struct {
	sync.Mutex
	made string
}

// realIndex opens the index of allsides, brought up to date, or skips the test.
func realIndex(t *testing.T) *index.Index {
	t.Helper()
	src, err := corpus.Open(benchData(t, "allsides"))
	if err != nil {
		t.Fatal(err)
	}
	realFolder.Lock()
	defer realFolder.Unlock()
	folder := os.Getenv("NEWSQ_BENCH_INDEX")
	if folder == "" {
		if realFolder.made == "" {
			if realFolder.made, err = os.MkdirTemp("", "newsq-allsides-"); err != nil {
				t.Fatal(err)
			}
		}
		folder = realFolder.made
	}
	ix := open(t, folder, nil)
	if _, err := ix.Sync(t.Context(), src, nil); err != nil {
		t.Fatal(err)
	}
	return ix
}

// totalOf returns the number of articles that a query finds, to the letter.
func totalOf(t *testing.T, ix *index.Index, q string) int {
	t.Helper()
	return search(t, ix, index.Query{
		Text: q, Match: index.MatchStrict, NoAliases: true, Location: time.UTC, Limit: -1,
		TopicsFrom: []corpus.Origin{corpus.Stated, corpus.ByRule}, // what is learned, only the index knows
	}).Total
}

// realQueries are of all kinds.
var realQueries = []string{
	"sanctions",
	"=sanction",
	"north korea",
	"the who",
	"deterrence -nuclear",
	"iran AND (oil OR gas) NOT saudi",
	"+immigration wall -trump",
	`"state of the union"`,
	`"president * said"`,
	`"supreme court just*"`,
	`"white house"~2`,
	`"health insurance" OR obamacare`,
	"obama NEAR/5 putin",
	"putin ADJ/5 obama",
	`(clinton OR sanders) NEAR/3 "new hampshire"`,
	"presidents*",
	"*gate",
	"wom?n",
	"recesion~",
	"zuckerburg~2",
	"/nucl.*r/",
	"/(trump|clinton)s?/",
	"title:(shutdown OR default)",
	"heading:analysis",
	`author:"stephen dinan"`,
	"source:npr",
	"topic:elections",
	"lang:en -topic:politics",
	"date:2016",
	"date:2013-03..2014-02",
	"date:>2019 coronavirus",
	"-date:*",
	"U.S.-led",
	"covid-19",
	"a* ADJ/1 b* ADJ/1 c*",
}

// What is found is what a slow reading of all articles finds, one by one.
func TestRealDataTotals(t *testing.T) {
	ix := realIndex(t)
	plans := make([]match.Plan, len(realQueries))
	for i, q := range realQueries {
		n, err := query.Parse(q)
		if err != nil {
			t.Fatal(err)
		}
		if plans[i], err = match.Lower(n, match.Context{Analyzer: analysis.Of("en"), Location: time.UTC}); err != nil {
			t.Fatal(err)
		}
	}
	want := scan(t, ix, plans)
	for i, q := range realQueries {
		got := totalOf(t, ix, q)
		t.Logf("%-45s %6d", q, got)
		if got != want[i] {
			t.Errorf("%s finds %d articles; there are %d", q, got, want[i])
		}
	}
}

// scan counts the articles of allsides that match each plan, without an index.
func scan(t *testing.T, ix *index.Index, plans []match.Plan) []int {
	t.Helper()
	rules, err := ix.Topics()
	if err != nil {
		t.Fatal(err)
	}
	articles := make(chan corpus.Article, 64)
	counts := make([][]int, runtime.GOMAXPROCS(0))
	var workers sync.WaitGroup
	for w := range counts {
		counts[w] = make([]int, len(plans))
		workers.Go(func() {
			for a := range articles {
				a.Topics = append(a.Topics, rules.Assign(a)...)
				d := match.Analyze(analysis.Of("en"), inputOf(&a))
				for i, p := range plans {
					if match.Match(p, d) {
						counts[w][i]++
					}
				}
			}
		})
	}
	src, err := corpus.Open(benchData(t, "allsides"))
	if err != nil {
		t.Fatal(err)
	}
	for e, err := range src.Entries(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		for a, err := range e.Articles(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			articles <- a
		}
	}
	close(articles)
	workers.Wait()
	sum := make([]int, len(plans))
	for _, c := range counts {
		for i, n := range c {
			sum[i] += n
		}
	}
	return sum
}

// inputOf is an article in plain strings.
func inputOf(a *corpus.Article) match.Input {
	in := match.Input{
		Title: a.Title, Summary: a.Summary, Authors: a.Authors, Places: a.Places, People: a.People, Orgs: a.Organizations,
		Source: a.Source, Path: a.Path, URL: a.URL, Lang: a.Language, ID: a.ID, Published: a.Published,
	}
	for _, s := range a.Sections {
		in.Headings = append(in.Headings, s.Heading)
		in.Body = append(in.Body, a.Body[s.Start:s.End])
	}
	if len(a.Sections) == 0 {
		in.Body = []string{a.Body}
	}
	for _, topic := range a.Topics {
		in.Topics = append(in.Topics, topic.Path)
	}
	return in
}

// plainArticle is an article of allsides as it lies in the file.
type plainArticle struct {
	Title, Text, Date, Source string
	words                     []string // of title and text, in small letters
}

// has reports whether the article holds words one after the other.
func (a *plainArticle) has(phrase ...string) bool {
	for i := range a.words {
		if len(a.words)-i >= len(phrase) && slices.Equal(a.words[i:i+len(phrase)], phrase) {
			return true
		}
	}
	return false
}

func (a *plainArticle) hasAny(accepts func(word string) bool) bool {
	return slices.ContainsFunc(a.words, accepts)
}

// near reports whether two words stand at most so many words apart.
func (a *plainArticle) near(one, other string, distance int) bool {
	last := map[string]int{one: -1 << 30, other: -1 << 30}
	for i, w := range a.words {
		if _, ok := last[w]; ok {
			last[w] = i
			if d := last[one] - last[other]; d >= -distance && d <= distance {
				return true
			}
		}
	}
	return false
}

// plainWords cuts words as simply as can be: letters, digits and apostrophes.
func plainWords(s string) []string {
	s = strings.ToLower(strings.NewReplacer("’", "'", "‘", "'").Replace(s))
	s = strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Mn, unicode.Cf) { // accents, soft hyphens
			return -1
		}
		return r
	}, norm.NFD.String(s))
	words := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' })
	for i, w := range words {
		words[i] = strings.TrimSuffix(strings.Trim(w, "'"), "'s")
	}
	return slices.DeleteFunc(words, func(w string) bool { return w == "" })
}

// oneEdit reports whether two words of ASCII letters are at most one edit
// apart: by trying all edits.
func oneEdit(a, b string) bool {
	if a == b {
		return true
	}
	const letters = "abcdefghijklmnopqrstuvwxyz0123456789'"
	for i := range len(a) + 1 {
		if i < len(a) && a[:i]+a[i+1:] == b || i+1 < len(a) && a[:i]+a[i+1:i+2]+a[i:i+1]+a[i+2:] == b {
			return true
		}
		for _, r := range letters {
			if a[:i]+string(r)+a[i:] == b || i < len(a) && a[:i]+string(r)+a[i+1:] == b {
				return true
			}
		}
	}
	return false
}

// What is found is also what a few lines of plain code find in the file itself,
// which share nothing with newsq.
func TestRealDataPlainly(t *testing.T) {
	ix := realIndex(t)
	articles := plainArticles(t)
	memo := func(f func(string) bool) func(string) bool {
		known := map[string]bool{}
		return func(w string) bool {
			v, ok := known[w]
			if !ok {
				v = f(w)
				known[w] = v
			}
			return v
		}
	}
	reactor := regexp.MustCompile(`^nucl.*r$`)
	isGate := func(w string) bool { return strings.HasSuffix(w, "gate") }
	isReactor := memo(reactor.MatchString)
	isObama := memo(func(w string) bool { return oneEdit("obama", w) })
	tests := []struct {
		query string
		finds func(a *plainArticle) bool
	}{
		{"=sanction", func(a *plainArticle) bool { return a.has("sanction") }},
		{"presidents*", func(a *plainArticle) bool {
			return a.hasAny(func(w string) bool { return strings.HasPrefix(w, "presidents") })
		}},
		{"*gate", func(a *plainArticle) bool { return a.hasAny(isGate) }},
		{"/nucl.*r/", func(a *plainArticle) bool { return a.hasAny(isReactor) }},
		{"obama~", func(a *plainArticle) bool { return a.hasAny(isObama) }},
		{`"state of the union"`, func(a *plainArticle) bool { return a.has("state", "of", "the", "union") }},
		{`"new york times" -"washington post"`, func(a *plainArticle) bool {
			return a.has("new", "york", "times") && !a.has("washington", "post")
		}},
		{"=iran AND =israel NOT =nuclear", func(a *plainArticle) bool {
			return a.has("iran") && a.has("israel") && !a.has("nuclear")
		}},
		{"=putin OR =kremlin", func(a *plainArticle) bool { return a.has("putin") || a.has("kremlin") }},
		{"=tax NEAR/3 =cuts", func(a *plainArticle) bool { return a.near("tax", "cuts", 3) }},
		{"title:=shutdown", func(a *plainArticle) bool { return slices.Contains(plainWords(a.Title), "shutdown") }},
		{`source:"npr online news"`, func(a *plainArticle) bool { return a.Source == "NPR Online News" }},
		{"date:2016", func(a *plainArticle) bool { return strings.HasPrefix(a.Date, "2016-") }},
		{"date:2013-03..2014-02", func(a *plainArticle) bool { return a.Date >= "2013-03" && a.Date < "2014-03" }},
		{"date:>2018 =vaccine", func(a *plainArticle) bool { return a.Date >= "2019" && a.has("vaccine") }},
		{"-date:*", func(a *plainArticle) bool { return a.Date == "" }},
	}
	for _, tt := range tests {
		want := 0
		for i := range articles {
			if tt.finds(&articles[i]) {
				want++
			}
		}
		got := totalOf(t, ix, tt.query)
		t.Logf("%-45s %6d, plainly %6d", tt.query, got, want)
		if got != want {
			t.Errorf("%s finds %d articles; plain code finds %d", tt.query, got, want)
		}
	}
}

// plainArticles reads allsides without any of newsq.
func plainArticles(t *testing.T) []plainArticle {
	t.Helper()
	f, err := os.Open(filepath.Join(benchData(t, "allsides"), "articles.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var all []plainArticle
	d := json.NewDecoder(bufio.NewReaderSize(z, 1<<20))
	for {
		var a plainArticle
		if err := d.Decode(&a); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		a.words = plainWords(a.Title + "\n" + a.Text)
		all = append(all, a)
	}
}

// TestRealDataLatency prints how long queries of each kind take.
func TestRealDataLatency(t *testing.T) {
	ix := realIndex(t)
	words := []string{
		"sanctions", "deterrence", "obama", "tariffs", "vaccine", "immigration", "inflation", "putin", "filibuster", "recession",
		"ebola", "benghazi", "snowden", "brexit", "hurricane", "impeachment", "gerrymandering", "afghanistan", "bitcoin", "abortion",
	}
	two := func(form string) []string {
		var list []string
		for i := range words {
			list = append(list, fmt.Sprintf(form, words[i], words[(i+7)%len(words)]))
		}
		return list
	}
	each := func(form string, cut int) []string {
		var list []string
		for _, w := range words {
			list = append(list, fmt.Sprintf(form, w[:len(w)-cut]))
		}
		return list
	}
	var years []string
	for y := 2012; y <= 2021; y++ {
		years = append(years, fmt.Sprintf("date:%d-02..%d-06", y, y+1), fmt.Sprintf("date:%d", y))
	}
	kinds := []struct {
		name    string
		queries []string
	}{
		{"term", words},
		{"exact term", each("=%s", 0)},
		{"AND", two("%s %s")},
		{"OR", two("%s OR %s")},
		{"NOT", two("%s -%s")},
		{"phrase", []string{
			`"white house"`, `"state of the union"`, `"supreme court"`, `"the people of the united states"`, `"north korea"`,
			`"health care"`, `"attorney general"`, `"of the"`, `"one of the most"`, `"climate change"`, `"tax cuts"`, `"gun control"`,
		}},
		{"phrase with ~", two(`"%s %s"~10`)},
		{"NEAR", two("%s NEAR/10 %s")},
		{"prefix", each("%s*", 3)},
		{"fuzzy ~1", each("%s~", 0)},
		{"fuzzy ~2", each("%s~2", 0)},
		{"wildcard", each("*%s*", 2)},
		{"regex", each("/.*%s.?/", 2)},
		{"date range", years},
	}
	t.Logf("%-14s %9s %9s", "kind", "median", "p95")
	for _, k := range kinds {
		var took []time.Duration
		for range 5 {
			for _, q := range k.queries {
				start := time.Now()
				search(t, ix, index.Query{Text: q, Match: index.MatchStrict, NoAliases: true, Facets: []string{"topic"}})
				took = append(took, time.Since(start))
			}
		}
		slices.Sort(took)
		round := func(d time.Duration) time.Duration { return d.Round(10 * time.Microsecond) }
		t.Logf("%-14s %9v %9v", k.name, round(took[len(took)/2]), round(took[len(took)*95/100]))
	}
}
