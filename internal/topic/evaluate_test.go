package topic

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/match"
)

// english analyses the texts of the tests.
var english = analysis.Of("en")

var starter = sync.OnceValue(func() *Rules { return Starter(analysis.Of) })

func parseRules(t testing.TB, file string) *Rules {
	t.Helper()
	r, err := Parse(analysis.Of, []byte(file), "rules.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func analyze(in match.Input) *match.Encoded { return match.NewEncoder(analysis.Of).Encode(in) }

func TestApply(t *testing.T) {
	rules := parseRules(t, `
topics:
  arms: {query: 'missile OR "nuclear weapons" OR =tests', min: 5}
  title: {query: 'title:strait'}
  desk: {query: 'author:okoye topic:asia since:2024'}
  both: {query: 'ships NEAR/3 strait -sports'}
  not: {query: 'missiles -strait'}
  summary: {query: 'summary:quarrel'}
  reef: {query: 'reef', also: 'ship OR "deep water"', min: 3}
  sentence: {query: 'lake NEAR/s dam'}
  often: {query: 'atleast/3 tariff'}
  mexico: {query: 'mexico', except: '"new mexico" OR "gulf of mexico"', min: 2}
`)
	tests := []struct {
		name string
		in   match.Input
		want []Match
	}{
		{"an occurrence in the body counts once", match.Input{
			Body: []string{"Missiles, missiles, nuclear weapons. Tests.", "A missile."},
		}, []Match{{"arms", `missiles (3), "nuclear weapons" (1), tests (1)`}, {"not", "missiles (3)"}}},
		{"one in a heading twice, one in the title thrice", match.Input{
			Title: "Missile season", Headings: []string{"Nuclear weapons"},
		}, []Match{{"arms", `missile (1), "nuclear weapons" (1)`}, {"not", "missile (1)"}}},
		{"four are too few", match.Input{
			Title: "Missile season", Body: []string{"Who tests? Who tested nuclear arms, or weapons?"},
		}, []Match{{"not", "missile (1)"}}},
		{"what counts as well", match.Input{Body: []string{"A ship over deep water, and a reef."}}, []Match{
			{"reef", `reef (1), ship (1), "deep water" (1)`},
		}},
		{"and is not enough", match.Input{Body: []string{"Ships, ships, ships over deep water."}}, nil},
		{"a part of another name", match.Input{Body: []string{"New Mexico lies beside Mexico, far from the Gulf of Mexico. New Mexico!"}}, nil},
		{"and the name itself", match.Input{Title: "Mexico", Body: []string{"New Mexico lies beside Mexico."}}, []Match{
			{"mexico", "mexico (3)"},
		}},
		{"another field", match.Input{Title: "Ships in the strait", Summary: "An old quarrel"}, []Match{
			{"both", "ships NEAR/3 strait (1)"}, {"summary", "summary:quarrel"}, {"title", "strait (1)"},
		}},
		{"what is known of the article", match.Input{
			Authors: []string{"A. Okoye"}, Topics: []string{"Asia/Korea"}, Published: time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC),
		}, []Match{{"desk", "author:okoye topic:asia since:2024"}}},
		{"a sentence", match.Input{Body: []string{"Dams leak. Lakes burst their dams."}}, []Match{{"sentence", "lakes NEAR/s dams (1)"}}},
		{"two sentences", match.Input{Body: []string{"Dams leak. Lakes burst."}}, nil},
		{"often", match.Input{Body: []string{"Tariffs, a tariff and tariffs."}}, []Match{{"often", "atleast/3 tariffs (3)"}}},
		{"too seldom", match.Input{Body: []string{"Tariffs, a tariff."}}, nil},
		{"nothing", match.Input{}, nil},
	}
	for _, tt := range tests {
		got := rules.Apply(analyze(tt.in))
		if diff := cmp.Diff(tt.want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestMinGrowsWithLength(t *testing.T) {
	rules := parseRules(t, "topics:\n  arms: {query: missile, min: 4}\n  any: {query: missile}\n")
	for _, tt := range []struct {
		words, missiles int
		want            string
	}{
		{100, 3, "any"},
		{100, 4, "any arms"},
		{500, 4, "any arms"},
		{501, 4, "any"},
		{750, 6, "any arms"},
		{1000, 7, "any"},
		{1000, 8, "any arms"},
	} {
		body := strings.Repeat("missile ", tt.missiles) + strings.Repeat("word ", tt.words-tt.missiles)
		var got []string
		for _, m := range rules.Apply(analyze(match.Input{Body: []string{body}})) {
			got = append(got, m.Path)
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%d in %d words give %q, want %q", tt.missiles, tt.words, s, tt.want)
		}
	}
}

// Of more than eight topics those stay whose words occur most often.
func TestStrongestTopicsStay(t *testing.T) {
	var file, body strings.Builder
	file.WriteString("topics:\n")
	for i := range 12 {
		word := strings.Repeat(string(rune('a'+i)), 3)
		fmt.Fprintf(&file, "  t%02d: {query: %s}\n", i, word)
		body.WriteString(strings.Repeat(word+" ", 1+(i*5)%12)) // a permutation of 1 to 12
	}
	var got []string
	for _, m := range parseRules(t, file.String()).Apply(analyze(match.Input{Body: []string{body.String()}})) {
		got = append(got, m.Path)
	}
	want := []string{"t01", "t02", "t04", "t06", "t07", "t08", "t09", "t11"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("topics (-want +got):\n%s", diff)
	}
}

// applySlow is Apply by definition, without its limit: what rules match, and
// how often their words occur, weighted.
func applySlow(r *Rules, n *match.Encoded) map[string]int {
	d := n.Doc()
	words := 0
	for _, run := range d.Texts[match.Body] {
		words += len(run)
	}
	given := make(map[string]int)
	for i, rule := range r.list {
		plan := r.program.plans[i]
		if !match.Match(plan, d) {
			continue
		}
		counted := spellingsOf(nil, plan)
		if also := r.program.also[i]; also != nil {
			counted = spellingsOf(counted, also)
		}
		sum := countSlow(counted, d)
		if except := r.program.except[i]; except != nil {
			sum -= countSlow(spellingsOf(nil, except), d)
		}
		// Occurrences for each word: sum/words >= min/500.
		if rule.Min == 1 || sum >= rule.Min && sum*500 >= rule.Min*words {
			given[rule.Path] = sum
		}
	}
	return given
}

func countSlow(counted [][]match.Plan, d *match.Doc) (sum int) {
	for _, spellings := range counted {
		most := 0
		for _, p := range spellings {
			title, heading, body := match.Occurrences(p, d)
			most = max(most, 3*title+2*heading+body)
		}
		sum += most
	}
	return sum
}

// spellingsOf adds the leaves of a plan to sets: a word counts once, however often
// the query has it, and spellings of a word count as one.
func spellingsOf(sets [][]match.Plan, p match.Plan) [][]match.Plan {
	var of []match.Plan
	switch p := p.(type) {
	case match.And:
		of = p.Operands
	case match.Or:
		if !p.Best {
			of = p.Operands
			break
		}
		return joinSets(sets, match.Leaves(p))
	case match.Boost:
		of = []match.Plan{p.Operand}
	default:
		return joinSets(sets, match.Leaves(p))
	}
	for _, q := range of {
		sets = spellingsOf(sets, q)
	}
	return sets
}

func joinSets(sets [][]match.Plan, leaves []match.Leaf) (joined [][]match.Plan) {
	var set []match.Plan
	for _, l := range leaves {
		set = append(set, l.Plan)
	}
	for _, other := range sets {
		if slices.ContainsFunc(other, func(p match.Plan) bool {
			return slices.ContainsFunc(leaves, func(l match.Leaf) bool { return cmp.Equal(p, l.Plan) })
		}) {
			set = append(set, other...)
		} else {
			joined = append(joined, other)
		}
	}
	return append(joined, set)
}

func applyFast(r *Rules, d *match.Encoded) map[string]int {
	run := r.Tagger().evaluatorOf(&r.ruleSet)
	run.begin(d)
	defer run.release()
	given := make(map[string]int)
	for i, rule := range r.list {
		if c, ok := run.rule(i); ok {
			given[rule.Path] = c.sum
		}
	}
	return given
}

// conditions are of every kind that rules may have, over the words of
// wordGen.
var conditions = []string{
	"war", "wars", "peace", "talks", "nuclear", "the", "=war", "=wars", "title:war", "heading:peace", "body:talks",
	`"peace talks"`, `"the war"`, `"of the"`, `"war of the"`, `"peace * war"`, `"* war"`, `title:"peace talks"`, "U.S.-led",
	`"talks peace"~2`, `"war talk*"`, "talk NEAR/2 peace", "re-election", "reelections", "title:re-election", "re-election NEAR/3 war", "Xi'an", "war ADJ/3 (peace OR talk*)", "the NEAR/2 war", "title:(war NEAR/2 peace)",
	"nuc*", "t?lks", "pece~1", "/w.*/", "summary:war", `author:"jane okoye"`, "author:jan*", "topic:asia", "date:2024", "lang:en",
	"war NEAR/s peace", "title:(war ADJ/s talk*)", "talks NEAR/p =war", "summary:(war NEAR/s peace)", "war NOT NEAR/2 peace", "talk NOT ADJ/s (war OR w*)",
	"(war NEAR/2 talks) NEAR/6 (peace OR \"the war\")", "war NEAR/2 (peace OR talks ADJ/3 nuclear)", "atleast/2 war", "atleast/3 (peace OR talk* OR re-election)",
	"atleast/2 war NEAR/3 peace", "body:(atleast/2 the)", "lead/3:war", "lead/8:(war NEAR/s peace)", "lead/5:(atleast/2 talks)", "lead/4:re-election",
	"caps:War", "caps:WAR", "caps:war", `caps:"Peace talks"`, "caps:Tal*", "caps:PEACE NEAR/4 war", "atleast/2 caps:War", "words:>12", "words:3..9", "nuc*{3}ar", "wa*{1}",
}

func queryGen(depth int) *rapid.Generator[string] {
	leaf := rapid.SampledFrom(conditions)
	if depth == 0 {
		return leaf
	}
	below := queryGen(depth - 1)
	return rapid.OneOf(leaf, rapid.Custom(func(t *rapid.T) string {
		a, b := below.Draw(t, "a"), below.Draw(t, "b")
		return fmt.Sprintf(rapid.SampledFrom([]string{
			"(%s) (%s)", "(%s) OR (%s)", "(%s) AND (%s)", "(%s) -(%s)", "(%s)^2 OR (%s)",
		}).Draw(t, "operator"), a, b)
	}))
}

func docGen() *rapid.Generator[*match.Encoded] {
	word := rapid.SampledFrom([]string{"war", "wars", "peace", "talks", "talk", "nuclear", "the", "of", "U.S.-led", "word", "re-election", "Reelection", "Xi'an", "xian", "War", "WAR", "Talks", "PEACE", "ended. The", "war.\n\nPeace"})
	run := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(word, 0, 12).Draw(t, "words"), " ")
	})
	return rapid.Custom(func(t *rapid.T) *match.Encoded {
		in := match.Input{
			Title:    run.Draw(t, "title"),
			Summary:  run.Draw(t, "summary"),
			Headings: rapid.SliceOfN(run, 0, 2).Draw(t, "headings"),
			Body:     rapid.SliceOfN(run, 0, 3).Draw(t, "body"),
			Authors:  rapid.SliceOfN(rapid.SampledFrom([]string{"Jane Okoye", "Jan Smith"}), 0, 2).Draw(t, "authors"),
			Topics:   rapid.SliceOfN(rapid.SampledFrom([]string{"asia/korea", "europe"}), 0, 2).Draw(t, "topics"),
			Lang:     "en",
		}
		if rapid.Bool().Draw(t, "dated") {
			in.Published = time.Date(2024, 5, 6, 0, 0, 0, 0, time.UTC)
		}
		return analyze(in)
	})
}

func TestFastIsSlow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var checked []checkedRule
		for i := range rapid.IntRange(1, 5).Draw(t, "rules") {
			r := Rule{Path: fmt.Sprint(i), Query: queryGen(2).Draw(t, "query"), Min: rapid.IntRange(1, 4).Draw(t, "min")}
			plan, err := readQuery(english, r)
			if err != nil {
				continue // a min without words to count
			}
			if r.Min > 1 && rapid.Bool().Draw(t, "with also") {
				r.Also = queryGen(1).Draw(t, "also")
			}
			if r.Min > 1 && rapid.Bool().Draw(t, "with except") {
				r.Except = queryGen(1).Draw(t, "except")
			}
			also, err := readCounted(english, r.Also, r.Min)
			if err != nil {
				continue
			}
			except, err := readCounted(english, r.Except, r.Min)
			if err != nil {
				continue
			}
			checked = append(checked, checkedRule{r, plan, also, except})
		}
		rules := newRules(analysis.Of, ruleFile{checked: checked})
		for _, d := range rapid.SliceOfN(docGen(), 1, 3).Draw(t, "docs") {
			if diff := cmp.Diff(applySlow(rules, d), applyFast(rules, d)); diff != "" {
				t.Fatalf("topics of %v (-slow +fast):\n%s", d, diff)
			}
		}
	})
}

func TestStarterFastIsSlow(t *testing.T) {
	for _, a := range starterArticles {
		d := analyze(a.in)
		if diff := cmp.Diff(applySlow(starter(), d), applyFast(starter(), d)); diff != "" {
			t.Errorf("topics of %q (-slow +fast):\n%s", a.in.Title, diff)
		}
	}
}

// Rules serve many goroutines, which share what Apply keeps between calls.
func TestApplyConcurrently(t *testing.T) {
	var docs []*match.Encoded
	var want [][]Match
	for _, a := range starterArticles {
		d := analyze(a.in)
		docs = append(docs, d)
		want = append(want, starter().Apply(d))
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i, d := range docs {
				if got := starter().Apply(d); !slices.Equal(got, want[i]) {
					t.Errorf("topics are %v, want %v", got, want[i])
				}
			}
		})
	}
	wg.Wait()
}

// The seed is an analysis in plain text, its headings on lines of their own.
func TestRealDataSeed(t *testing.T) {
	dir := os.Getenv("NEWSQ_DATA")
	if dir == "" {
		t.Skip("NEWSQ_DATA is not set")
	}
	data, err := os.ReadFile(filepath.Join(dir, "seed", "kim-maduro.txt"))
	if err != nil {
		t.Skip(err)
	}
	in := match.Input{Body: []string{""}}
	for _, line := range strings.Split(string(data), "\n") {
		if len(line) < 80 && !strings.HasSuffix(line, ".") {
			in.Headings = append(in.Headings, line)
			in.Body = append(in.Body, "")
			continue
		}
		in.Body[len(in.Body)-1] += line + "\n\n"
	}
	var got []string
	for _, m := range starter().Apply(analyze(in)) {
		got = append(got, m.Path)
	}
	want := []string{"diplomacy/foreign_policy", "politics/authoritarianism", "regions/korea", "regions/latin_america", "security/nuclear"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("topics (-want +got):\n%s", diff)
	}
}
