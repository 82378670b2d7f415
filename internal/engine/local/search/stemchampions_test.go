package search

import (
	"slices"
	"strings"
	"testing"

	diff "github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/reader/readertest"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/engine/local/segment"
	"github.com/newsq/newsq/internal/match"
)

// everyStem is a rule by which each stem with a whole block has a list.
func everyStem() *segment.ChampionRule {
	rule := schema.Champions()
	rule.MinTermPostings = 1
	return rule
}

// Searches for a stem find the same by champion lists as without.
func TestStemChampionsFindTheSame(t *testing.T) {
	var inputs []reader.SegmentState
	for seed, n := range []int{1900, 1, 400, 3500} {
		inputs = append(inputs, readertest.State(t, mixedArticles(uint64(seed), n)))
	}
	split := [][]reader.SegmentState{inputs[:3], inputs[3:]}
	for name, tt := range map[string]struct {
		oneDeletedIn int
		merges       [][]reader.SegmentState
	}{
		"one": {0, [][]reader.SegmentState{inputs}}, "two": {0, split},
		"some deleted": {300, split}, "half deleted": {2, split},
	} {
		t.Run(name, func(t *testing.T) {
			with, without := mergedView(t, everyStem(), tt.oneDeletedIn, tt.merges...), mergedView(t, nil, tt.oneDeletedIn, tt.merges...)
			used := 0
			for _, word := range strings.Fields("trade train treaty tribe tr war ward peace été ω 北 f zz") {
				for _, limit := range []int{1, 3, 10, 30, 60, 200} {
					plan := match.Stem{Field: match.Text, Stem: analysis.Of("en").Stem(word)}
					used += comparePages(t, with, without, plan, limit)
				}
			}
			t.Logf("%d answers from champions", used)
			if used < 50 {
				t.Errorf("only %d searches used champions", used)
			}
		})
	}
}

// The champions of a stem come in the order of their ratios, and no other document has a
// higher one.
func TestStemChampionsAreTheFirst(t *testing.T) {
	inputs := []reader.SegmentState{readertest.State(t, mixedArticles(7, 3000)), readertest.State(t, mixedArticles(8, 500))}
	v := mergedView(t, everyStem(), 0, inputs)
	seg, lists := v.Segments[0], 0
	for _, word := range strings.Fields("trade train treaty tribe tr war ward peace été ω") {
		var c segment.Champions
		stem := analysis.Of("en").Stem(word)
		for _, n := range []int{1, 10, 64, 1000} {
			ok, err := seg.TermChampions(everyStem(), stem, n, &c)
			if err != nil {
				t.Fatal(err)
			}
			if !ok {
				continue
			}
			lists++
			if len(c.Docs) != min(n, 64) {
				t.Errorf("%s: %d champions of %d", word, len(c.Docs), n)
			}
			compareWithAll(t, runOn(v, seg), stem, &c)
		}
	}
	if lists < 20 {
		t.Errorf("only %d lists were read", lists)
	}
}

// compareWithAll holds champions to the whole list of their stem.
func compareWithAll(t *testing.T, run *segRun, stem string, c *segment.Champions) {
	t.Helper()
	defer run.res.release()
	all, err := run.weightedStem(schema.FieldStem, stem)
	if err != nil {
		t.Fatal(err)
	}
	norms := run.Norms()
	ratio := func(doc, freq uint32) float64 { return float64(freq) / (c.Base + c.PerLength*float64(norms[doc])) }
	for i, doc := range c.Docs {
		if at, ok := slices.BinarySearch(all.docs, doc); !ok || all.freqs[at] != c.Freqs[i] {
			t.Fatalf("%s: document %d has not frequency %d", stem, doc, c.Freqs[i])
		}
		if i > 0 && ratio(c.Docs[i-1], c.Freqs[i-1]) < ratio(doc, c.Freqs[i]) {
			t.Errorf("%s: champion %d is better than the one before", stem, i)
		}
	}
	last := len(c.Docs) - 1
	least := ratio(c.Docs[last], c.Freqs[last])
	for i, doc := range all.docs {
		if !slices.Contains(c.Docs, doc) && ratio(doc, all.freqs[i]) > least {
			t.Errorf("%s: document %d is better than a champion", stem, doc)
		}
	}
}

// Searches for any of some stems find the same with a floor by champions as without.
func TestFloorByChampions(t *testing.T) {
	var inputs []reader.SegmentState
	for seed, n := range []int{1900, 400, 3500} {
		inputs = append(inputs, readertest.State(t, mixedArticles(uint64(seed)+20, n)))
	}
	for _, oneDeletedIn := range []int{0, 300, 3} {
		merges := [][]reader.SegmentState{inputs[:2], inputs[2:]}
		with, without := mergedView(t, everyStem(), oneDeletedIn, merges...), mergedView(t, nil, oneDeletedIn, merges...)
		for _, words := range []string{"trade peace", "war train zz", "treaty tribe ward 北", "tr ω été peace war train trade"} {
			var any match.Or
			for _, word := range strings.Fields(words) {
				any.Operands = append(any.Operands, match.Stem{Field: match.Text, Stem: analysis.Of("en").Stem(word)})
			}
			for _, best := range []bool{false, true} {
				any.Best = best
				for _, r := range []engine.Request{
					{Limit: 1},
					{Limit: 10},
					{Limit: 10, CountTo: 10},
					{Limit: 60, CountTo: 60},
					{Limit: 64, CountTo: 64},
					{Limit: 200, CountTo: 200},
					{Limit: 10, CountTo: 10, Filters: []engine.Filter{{Facet: engine.FacetTopic, Values: []string{"economy"}, Not: true}}},
				} {
					r.Plan = any
					got, want := runFor(t, with, &r), runFor(t, without, &r)
					dropPlaces(got, want)
					if d := diff.Diff(want.Hits, got.Hits); d != "" {
						t.Fatalf("%s, best %v, %+v: (-without +with)\n%s", words, best, r, d)
					}
				}
			}
		}
	}
}

// With a boost of 0 all scores are the same, and the date decides: champions are not the
// first then.
func TestChampionsWithoutScore(t *testing.T) {
	inputs := []reader.SegmentState{readertest.State(t, mixedArticles(7, 3000)), readertest.State(t, mixedArticles(8, 500))}
	with, without := mergedView(t, everyStem(), 0, inputs), mergedView(t, nil, 0, inputs)
	for _, word := range strings.Fields("trade train war peace") {
		plan := match.Boost{Operand: match.Stem{Field: match.Text, Stem: analysis.Of("en").Stem(word)}, Factor: 0}
		if used := comparePages(t, with, without, plan, 3); used > 0 {
			t.Errorf("%s: %d answers from champions", word, used)
		}
	}
}
