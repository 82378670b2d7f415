package search

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	api "github.com/blevesearch/scorch_segment_api/v2"
	diff "github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/bm25f"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/reader/readertest"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/engine/local/segment"
	"github.com/newsq/newsq/internal/match"
)

// mergedView returns a view of one segment for each list of segments, merged of
// these by a rule of champion lists; nil for none.
func mergedView(t *testing.T, rule *segment.ChampionRule, oneDeletedIn int, merges ...[]reader.SegmentState) *reader.View {
	t.Helper()
	var states []reader.SegmentState
	for _, merge := range merges {
		var inputs []api.Segment
		var drops []*roaring.Bitmap
		for _, s := range merge {
			inputs, drops = append(inputs, s.Segment), append(drops, s.Deleted)
		}
		path := filepath.Join(t.TempDir(), "merged")
		if _, _, err := (segment.Plugin{}).MergeUsing(inputs, drops, path, nil, nil, map[string]any{segment.ChampionsKey: rule}); err != nil {
			t.Fatal(err)
		}
		s, err := segment.OpenFile(path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		states = append(states, reader.SegmentState{Segment: s, Deleted: someOf(s.Count(), oneDeletedIn)})
	}
	v, err := reader.NewView(states)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// someOf is one number in so many of those below n, none for 0.
func someOf(n uint64, oneIn int) *roaring.Bitmap {
	some, random := roaring.New(), rand.New(rand.NewPCG(n, 1))
	for i := range uint32(n) {
		if oneIn > 0 && random.IntN(oneIn) == 0 {
			some.Add(i)
		}
	}
	return some
}

// mixedArticles are generated articles with more words, some of them with many
// letters in common, in titles and bodies of all lengths.
func mixedArticles(seed uint64, n int) []readertest.Article {
	random := rand.New(rand.NewPCG(seed, 3))
	words := strings.Fields("trade trader traders tradition train trains trajectory tr tre treaty treaties tribe the then Été étude éternel them " +
		"warning war wars warden ward warsaw ω ωμέγα 北京 北 peace peaceful")
	word := func() string { return words[min(random.IntN(len(words)), random.IntN(len(words)))] }
	articles := make([]readertest.Article, n)
	for i := range articles {
		a := &articles[i]
		*a = readertest.Generate(seed<<20+uint64(i), 1, 6)[0]
		for range random.IntN(3) {
			a.Title += " " + word()
		}
		for range random.IntN(1 + random.IntN(60)) {
			a.Body += " " + word()
		}
		if random.IntN(50) == 0 {
			a.Body, a.Title = "the then", "" // stop words alone: the length is 0
		}
	}
	return articles
}

// everyPrefix is a rule by which each prefix has a list.
func everyPrefix() *segment.ChampionRule {
	rule := schema.Champions()
	rule.MinDocs, rule.MinPostings, rule.MinShare = 1, 1, 0
	return rule
}

// Searches for prefixes find the same by champion lists as without.
func TestChampionsFindTheSame(t *testing.T) {
	var inputs []reader.SegmentState
	for seed, n := range []int{900, 1, 400, 2500} {
		inputs = append(inputs, readertest.State(t, mixedArticles(uint64(seed), n)))
	}
	split := [][]reader.SegmentState{inputs[:2], inputs[2:]}
	for name, tt := range map[string]struct {
		oneDeletedIn int
		merges       [][]reader.SegmentState
	}{
		"one": {0, [][]reader.SegmentState{inputs}}, "two": {0, split}, "small": {0, [][]reader.SegmentState{inputs[:1]}},
		"some deleted": {300, split}, "half deleted": {2, split},
	} {
		t.Run(name, func(t *testing.T) {
			with, without := mergedView(t, everyPrefix(), tt.oneDeletedIn, tt.merges...), mergedView(t, nil, tt.oneDeletedIn, tt.merges...)
			used := 0
			for _, prefix := range strings.Fields("t tr tra trad trade trader traders treat tri th the then w war wars ward wx pe peace peacefull e et etu ω ωμ 北 北京 korea k ko f z") {
				for _, limit := range []int{1, 3, 10, 60, 200} {
					plan := phrasePlan(match.TermPattern{Kind: match.Prefix, Text: prefix})
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

// comparePages asks two views for three pages of a plan, and with another mean
// length. It returns how many answers came from champions of a segment.
func comparePages(t *testing.T, with, without *reader.View, plan match.Plan, limit int) (used int) {
	t.Helper()
	r := &engine.Request{Plan: plan, Limit: limit}
	compare := func(what string) *engine.Response {
		got, want := runFor(t, with, r), runFor(t, without, r)
		dropPlaces(got, want)
		if d := diff.Diff(want, got); d != "" {
			t.Fatalf("%v, limit %d, %s: (-without +with)\n%s", plan, limit, what, d)
		}
		used += countChampions(t, with, r)
		return want
	}
	for _, page := range []string{"first page", "second page", "third page"} {
		out := compare(page)
		if len(out.Hits) < limit {
			break
		}
		r.After, r.Statistics = &out.Hits[limit-1].Position, out.Statistics
	}
	if r.Statistics == "" {
		return used
	}
	for _, change := range []float64{0.5, 0.9, 1.02, 1.3, 3} {
		s := bm25f.Statistics{DocFreqs: make([]int, 1)}
		if err := s.Decode(r.Statistics); err != nil {
			t.Fatal(err)
		}
		s.Length = uint64(float64(s.Length) * change)
		changed := *r
		changed.After, changed.Statistics = nil, s.Encode()
		r = &changed
		compare(fmt.Sprintf("mean length times %v", change))
	}
	return used
}

func runFor(t *testing.T, v *reader.View, r *engine.Request) *engine.Response {
	t.Helper()
	out, err := Run(t.Context(), v, analysis.Of("en"), r)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// dropPlaces takes away what tells of the view.
func dropPlaces(all ...*engine.Response) {
	for _, out := range all {
		for i := range out.Hits {
			out.Hits[i].Place = ""
		}
	}
}

// countChampions counts the segments in which a search uses champions.
func countChampions(t *testing.T, v *reader.View, r *engine.Request) (n int) {
	t.Helper()
	q := newSearch(v, analysis.Of("en"), r)
	defer q.release()
	if err := q.computeWeights(t.Context()); err != nil {
		t.Fatal(err)
	}
	c := &collector{}
	c.start(v.Segments, r.Order, r.Limit, &q.bm25, r.After)
	for _, run := range q.runs {
		found, err := q.firstChampions(t.Context(), run, c)
		if err != nil {
			t.Fatal(err)
		}
		if found != nil {
			n++
		}
	}
	return n
}

// The documents that are no champions have no higher ratio than the champions,
// and all are counted.
func TestChampionsAreTheFirst(t *testing.T) {
	inputs := []reader.SegmentState{readertest.State(t, mixedArticles(7, 3000)), readertest.State(t, mixedArticles(8, 500))}
	v := mergedView(t, everyPrefix(), 0, inputs)
	seg, rule := v.Segments[0], everyPrefix()
	for _, prefix := range strings.Fields("t tr tra trad trade wa war peace et the k") {
		c, ok, err := seg.Raw.Champions(rule, prefix)
		if err != nil || !ok {
			t.Fatalf("%s: %v %v", prefix, ok, err)
		}
		run := runOn(v, seg)
		all, err := run.multiTerm(t.Context(), match.TermPattern{Kind: match.Prefix, Text: prefix}, match.Text)
		if err != nil {
			t.Fatal(err)
		}
		if len(all.docs) != c.Count {
			t.Errorf("%s: %d documents, want %d", prefix, c.Count, len(all.docs))
		}
		ratio := func(i int) float64 {
			return float64(all.freqs[i]) / (c.Base + c.PerLength*float64(seg.Norms()[all.docs[i]]))
		}
		least, highest := 1e9, 0.0
		for i, doc := range all.docs {
			at, found := slices.BinarySearch(c.Docs, doc)
			switch {
			case !found:
				highest = max(highest, ratio(i))
			case c.Freqs[at] != all.freqs[i]:
				t.Errorf("%s: document %d has frequency %d, want %d", prefix, doc, c.Freqs[at], all.freqs[i])
			default:
				least = min(least, ratio(i))
			}
		}
		if highest > least {
			t.Errorf("%s: a document has %v, and a champion %v", prefix, highest, least)
		}
		run.res.release()
	}
}
