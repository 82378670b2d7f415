package search

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/reader/readertest"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/match"
)

// drawPlan draws a tree of AND, OR, NOT and stems.
func drawPlan(random *rand.Rand, depth int) match.Plan {
	kind := random.IntN(5)
	if depth == 0 {
		kind = 4
	}
	var of []match.Plan
	if kind < 4 {
		for range 1 + random.IntN(4) {
			of = append(of, drawPlan(random, depth-1))
		}
	}
	switch kind {
	case 0, 1:
		return match.And{Operands: of}
	case 2:
		return match.Or{Operands: of, Best: random.IntN(2) == 0}
	case 3:
		return match.Not{Operand: of[0]}
	}
	return stemPlan(random.IntN(readertest.NumWords))
}

// A tree matches what its set algebra says, and a node that is asked again
// says the same.
func TestBitsAreSetAlgebra(t *testing.T) {
	v := viewForTest(t)
	random := rand.New(rand.NewPCG(12, 1))
	for range 100 {
		p := drawPlan(random, 3)
		var ids leafIDs
		c := compile(p, &ids)
		for _, s := range v.Segments {
			run := c.on(s, newResources(v.Articles, analysis.Of("en")), make([]*leafPostings, len(ids.plans)))
			want := members(slowMatches(t, s, p))
			for range 2 {
				set, err := run.bits(t.Context(), c.root)
				if err != nil {
					t.Fatal(err)
				}
				if got := set.AppendTo(nil); !slices.Equal(got, want) {
					t.Fatalf("%#v: %d documents, want %d", p, len(got), len(want))
				}
			}
			run.res.release()
		}
	}
}

// formsOf are the forms that the postings of a stem may have.
func formsOf(t *testing.T, run *segRun, word string) []*leafPostings {
	t.Helper()
	list := postingsOf(t, run.Segment, word)
	docs, freqs := slowPostings(t, run.Segment, word)
	materialized := &leafPostings{}
	for i, doc := range docs {
		if isLive(run.Segment, doc) {
			materialized.docs, materialized.freqs = append(materialized.docs, doc), append(materialized.freqs, freqs[i])
		}
	}
	run.res.topLimit, run.res.meanLength = 3, 30
	u := &multiTermUnion{run: run}
	if list.isPostingList {
		if err := u.add(list.postings, 1); err != nil {
			t.Fatal(err)
		}
	}
	if err := u.findTop(); err != nil {
		t.Fatal(err)
	}
	return []*leafPostings{list, materialized, {union: u}}
}

// Leaves in any form have the documents in common that looking at each finds.
func TestIntersectionOfLeaves(t *testing.T) {
	v := viewForTest(t)
	random := rand.New(rand.NewPCG(12, 2))
	for range 100 {
		for _, s := range v.Segments {
			run := runOn(v, s)
			words := randomWords(random, 1, 4)
			var leaves []*leafPostings
			var of []match.Plan
			for _, w := range words {
				leaves = append(leaves, formsOf(t, run, w)[random.IntN(3)])
				of = append(of, match.Stem{Stem: w})
			}
			set, err := run.intersection(t.Context(), leaves)
			if err != nil {
				t.Fatal(err)
			}
			if want := members(slowMatches(t, s, match.And{Operands: of})); !slices.Equal(set.AppendTo(nil), want) {
				t.Fatalf("%v: %d documents, want %d", words, set.Count(), len(want))
			}
			run.res.release()
		}
	}
}

// All forms of a leaf have the same documents, and keep the same of others.
func TestFormsOfLeavesAgree(t *testing.T) {
	v := viewForTest(t)
	random := rand.New(rand.NewPCG(12, 3))
	for i := range readertest.NumWords {
		word := readertest.Word(i)
		for _, s := range v.Segments {
			run := runOn(v, s)
			want := members(slowMatches(t, s, match.Stem{Stem: word}))
			var asked, kept []uint32
			for doc := range uint32(s.Docs) {
				if isLive(s, doc) && random.IntN(1+i) == 0 {
					asked = append(asked, doc)
					if _, ok := slices.BinarySearch(want, doc); ok {
						kept = append(kept, doc)
					}
				}
			}
			for form, p := range formsOf(t, run, word) {
				docs, err := run.documents(t.Context(), p)
				if err != nil || !slices.Equal(docs, want) {
					t.Fatalf("%s, form %d: %d documents, %v; want %d", word, form, len(docs), err, len(want))
				}
				got, err := run.keepMatching(t.Context(), slices.Clone(asked), p)
				if err != nil || !slices.Equal(got, kept) {
					t.Fatalf("%s, form %d: %d documents kept, %v; want %d", word, form, len(got), err, len(kept))
				}
				for range 50 {
					doc := uint32(random.IntN(s.Docs))
					freq, err := p.freqOf(doc)
					if _, ok := slices.BinarySearch(want, doc); err != nil || isLive(s, doc) && (freq > 0) != ok {
						t.Fatalf("%s, form %d: document %d has frequency %d, %v", word, form, doc, freq, err)
					}
				}
			}
			run.res.release()
		}
	}
}

// Merged leaf postings have the sums of the frequencies.
func TestMergeIsSum(t *testing.T) {
	random := rand.New(rand.NewPCG(12, 4))
	draw := func() (*leafPostings, map[uint32]uint32) {
		p, m := &leafPostings{}, map[uint32]uint32{}
		for doc := range uint32(random.IntN(40)) {
			if random.IntN(2) == 0 {
				m[doc] = 1 + random.Uint32N(5)
				p.docs, p.freqs = append(p.docs, doc), append(p.freqs, m[doc])
			}
		}
		return p, m
	}
	v := viewForTest(t)
	run := runOn(v, v.Segments[0])
	for range 200 {
		a, want := draw()
		b, other := draw()
		for doc, freq := range other {
			want[doc] += freq
		}
		got := run.merge(a, b)
		if len(got.docs) != len(want) || !slices.IsSorted(got.docs) {
			t.Fatalf("%v, want %v", got, want)
		}
		for i, doc := range got.docs {
			if got.freqs[i] != want[doc] {
				t.Fatalf("document %d has %d, want %d", doc, got.freqs[i], want[doc])
			}
		}
	}
}

// Filters keep what holds any of their values, or drop it.
func TestFilters(t *testing.T) {
	v := viewForTest(t)
	random := rand.New(rand.NewPCG(12, 5))
	topic := func() string { return "topic/" + readertest.Word(random.IntN(readertest.NumWords)) }
	for range 60 {
		var filters []engine.Filter
		for range 1 + random.IntN(3) {
			f := engine.Filter{Facet: engine.FacetTopic, Values: []string{topic(), topic()}, Not: random.IntN(2) == 0}
			if random.IntN(3) == 0 {
				f.Facet, f.Values = engine.FacetYear, []string{"2021"}
			}
			filters = append(filters, f)
		}
		var ids leafIDs
		c := compile(stemPlan(1), &ids)
		for _, s := range v.Segments {
			run := c.on(s, newResources(v.Articles, analysis.Of("en")), make([]*leafPostings, len(ids.plans)))
			want := slowMatches(t, s, stemPlan(1))
			for _, f := range filters {
				holding := slowHolding(t, s, f)
				for doc := range want {
					want[doc] = want[doc] && holding[doc] != f.Not
				}
			}
			set, err := run.matches(t.Context(), filters)
			if err != nil || !slices.Equal(set.AppendTo(nil), members(want)) {
				t.Fatalf("%v: %d documents, %v; want %d", filters, set.Count(), err, len(members(want)))
			}
			mask, err := run.mask(t.Context(), filters, c.root)
			if err != nil {
				t.Fatal(err)
			}
			for doc := range want { // what is masked out matches nothing
				if want[doc] && !mask.Has(uint32(doc)) {
					t.Fatalf("%v: document %d matches, and is not in the mask", filters, doc)
				}
			}
			run.res.release()
		}
	}
}

// slowHolding finds the documents that hold any of a filter's values.
func slowHolding(t *testing.T, s *reader.Segment, f engine.Filter) []bool {
	t.Helper()
	holding := make([]bool, s.Docs)
	if f.Facet == engine.FacetYear {
		for doc := range holding {
			at := s.Time(uint32(doc))
			holding[doc] = at != reader.NoTime && slices.Contains(f.Values, ranked{time: at}.published().Format("2006"))
		}
		return holding
	}
	for _, value := range f.Values {
		list, ok, err := s.Postings(schema.FieldTopic, value)
		if err != nil {
			t.Fatal(err)
		}
		set := s.NewBitset()
		if ok {
			list.SetBits(set)
		}
		for _, doc := range set.AppendTo(nil) {
			holding[doc] = true
		}
	}
	return holding
}

func BenchmarkFilter(b *testing.B) {
	for name, filter := range map[string]engine.Filter{
		"topic": {Facet: engine.FacetTopic, Values: []string{"topic/" + readertest.Word(2)}},
		"not":   {Facet: engine.FacetTopic, Values: []string{"topic/" + readertest.Word(2)}, Not: true},
		"year":  {Facet: engine.FacetYear, Values: []string{"2022"}},
	} {
		b.Run(name, func(b *testing.B) {
			benchSearch(b, &engine.Request{Plan: stemPlan(2), Filters: []engine.Filter{filter}})
		})
	}
}

func BenchmarkFacetCount(b *testing.B) {
	for _, f := range []engine.Facet{engine.FacetTopic, engine.FacetMonth} {
		b.Run(string(f), func(b *testing.B) {
			benchSearch(b, &engine.Request{Plan: stemPlan(1), Facets: []engine.Facet{f}})
		})
	}
}
