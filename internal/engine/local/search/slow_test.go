package search

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/reader/readertest"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/engine/local/segment"
	"github.com/newsq/newsq/internal/match"
)

// The slow equivalents that tests hold the fast ways to. They read posting
// lists from the first to the last document and know no blocks, no bounds and
// no kernels.

// testView has a segment in which the most frequent words have several groups
// of blocks, one of a few blocks, and one in which many documents are deleted.
var testView = sync.OnceValue(func() func(tb testing.TB) *reader.View {
	var v *reader.View
	return func(tb testing.TB) *reader.View {
		if v == nil {
			v = readertest.View(tb, readertest.Generate(1, 12_000, 30), readertest.Generate(2, 700, 0), readertest.Generate(3, 5_000, 2))
		}
		return v
	}
})

func viewForTest(tb testing.TB) *reader.View { tb.Helper(); return testView()(tb) }

// slowPostings reads the postings of a stem, deleted documents included.
func slowPostings(tb testing.TB, s *reader.Segment, word string) (docs, freqs []uint32) {
	tb.Helper()
	list, ok, err := s.Postings(schema.FieldStem, word)
	if err != nil {
		tb.Fatal(err)
	}
	if !ok {
		return nil, nil
	}
	var d, f [segment.BlockSize]uint32
	for n := list.NextBlock(&d, &f); n > 0; n = list.NextBlock(&d, &f) {
		docs, freqs = append(docs, d[:n]...), append(freqs, f[:n]...)
	}
	if err := list.Err(); err != nil {
		tb.Fatal(err)
	}
	return docs, freqs
}

// slowScores are the scores of a stem's postings, by document.
func slowScores(tb testing.TB, s *reader.Segment, sim *bm25, weight float64, word string) map[uint32]int64 {
	tb.Helper()
	scores := map[uint32]int64{}
	docs, freqs := slowPostings(tb, s, word)
	for i, doc := range docs {
		scores[doc] = sim.score(weight, freqs[i], s.Norms()[doc])
	}
	return scores
}

// slowMatches finds what matches a plan of AND, OR, NOT and stems of the whole
// text, by document.
func slowMatches(tb testing.TB, s *reader.Segment, p match.Plan) []bool {
	tb.Helper()
	set := make([]bool, s.Docs)
	switch p := p.(type) {
	case match.Stem:
		docs, _ := slowPostings(tb, s, p.Stem)
		for _, doc := range docs {
			set[doc] = isLive(s, doc)
		}
	case match.And:
		for doc := range set {
			set[doc] = isLive(s, uint32(doc))
		}
		for _, kid := range p.Operands {
			for doc, in := range slowMatches(tb, s, kid) {
				set[doc] = set[doc] && in
			}
		}
	case match.Or:
		for _, kid := range p.Operands {
			for doc, in := range slowMatches(tb, s, kid) {
				set[doc] = set[doc] || in
			}
		}
	case match.Not:
		for doc, in := range slowMatches(tb, s, p.Operand) {
			set[doc] = !in && isLive(s, uint32(doc))
		}
	default:
		tb.Fatalf("%T", p)
	}
	return set
}

func isLive(s *reader.Segment, doc uint32) bool { return s.Deleted == nil || !s.Deleted.Has(doc) }

// members are the documents of a set, or of a slow one.
func members(set []bool) (docs []uint32) {
	for doc, in := range set {
		if in {
			docs = append(docs, uint32(doc))
		}
	}
	return docs
}

// weightsFor returns BM25 and the weights of stems in a view.
func weightsFor(tb testing.TB, v *reader.View, words []string) (*bm25, []float64) {
	tb.Helper()
	mean, err := v.MeanLength()
	if err != nil {
		tb.Fatal(err)
	}
	leaves := make([]*leaf, len(words))
	for i, w := range words {
		leaves[i] = &leaf{boost: float64(1 + i%2)}
		for _, s := range v.Segments {
			docs, _ := slowPostings(tb, s, w)
			for _, doc := range docs {
				if isLive(s, doc) {
					leaves[i].df++
				}
			}
		}
	}
	sim := newBM25(v.Articles, nil, mean, leaves)
	weights := make([]float64, len(words))
	for i, l := range leaves {
		weights[i] = l.weight
	}
	return &sim, weights
}

// postingsOf opens the postings of a stem.
func postingsOf(tb testing.TB, s *reader.Segment, word string) *leafPostings {
	tb.Helper()
	list, ok, err := s.Postings(schema.FieldStem, word)
	if err != nil {
		tb.Fatal(err)
	}
	return &leafPostings{isPostingList: ok, postings: list}
}

// materializedOf is what a stem's postings give, computed in advance. Each
// third document gets nothing where zeroes is set.
func materializedOf(scores map[uint32]int64, zeroes bool) *materialized {
	m := &materialized{}
	for doc := range scores {
		m.docs = append(m.docs, doc)
	}
	slices.Sort(m.docs)
	for _, doc := range m.docs {
		if zeroes && doc%3 == 0 {
			scores[doc] = 0
		}
		m.scores = append(m.scores, scores[doc])
	}
	return m
}

// runOn returns a query of nothing under way in a segment.
func runOn(v *reader.View, s *reader.Segment) *segRun {
	var ids leafIDs
	return compile(match.None{}, &ids).on(s, newResources(v.Articles, analysis.Of("en")), nil)
}

// randomWords returns some different words.
func randomWords(random *rand.Rand, least, most int) []string {
	words := make([]string, 0, readertest.NumWords)
	for i := range readertest.NumWords {
		words = append(words, readertest.Word(i))
	}
	random.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
	return words[:least+random.IntN(most-least+1)]
}

// benchView is a larger index for benchmarks, made once.
var benchView = sync.OnceValue(func() func(b *testing.B) *reader.View {
	var v *reader.View
	return func(b *testing.B) *reader.View {
		if v == nil {
			v = readertest.View(b, readertest.Generate(1, 40_000, 50), readertest.Generate(2, 20_000, 0))
		}
		return v
	}
})

func stemPlan(i int) match.Plan { return match.Stem{Field: match.Text, Stem: readertest.Word(i)} }

func phrasePlan(terms ...match.TermPattern) match.Plan {
	return match.Phrase{Field: match.Text, Terms: terms}
}

func wordTerm(i int) match.TermPattern {
	return match.TermPattern{Kind: match.Exact, Text: readertest.Word(i)}
}

// benchSearch measures a request on the larger index.
func benchSearch(b *testing.B, r *engine.Request) {
	b.Helper()
	v := benchView()(b)
	if r.Limit == 0 && len(r.Facets) == 0 {
		r.Limit = 10
	}
	out, err := Run(context.Background(), v, analysis.Of("en"), r)
	if err != nil || out.Total == 0 {
		b.Fatalf("%+v, %v", out, err)
	}
	for b.Loop() {
		if _, err := Run(context.Background(), v, analysis.Of("en"), r); err != nil {
			b.Fatal(err)
		}
	}
}
