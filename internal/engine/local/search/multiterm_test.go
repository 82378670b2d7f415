package search

import (
	"cmp"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/bm25f"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/reader/readertest"
	"github.com/newsq/newsq/internal/match"
)

// addWord adds a word's list to a union, and to its slow equivalent.
func addWord(t *testing.T, u *multiTermUnion, sums map[uint32]uint32, word string, weight uint32) {
	t.Helper()
	p := postingsOf(t, u.run.Segment, word)
	if !p.isPostingList {
		return
	}
	if err := u.add(p.postings, weight); err != nil {
		t.Fatal(err)
	}
	docs, freqs := slowPostings(t, u.run.Segment, word)
	for i, doc := range docs {
		if isLive(u.run.Segment, doc) {
			sums[doc] += weight * freqs[i]
		}
	}
}

// checkUnion holds a union to its slow equivalent.
func checkUnion(t *testing.T, u *multiTermUnion, sums map[uint32]uint32) {
	t.Helper()
	p, err := u.materialize()
	if err != nil {
		t.Fatal(err)
	}
	if want := slices.Sorted(maps.Keys(sums)); !slices.Equal(p.docs, want) {
		t.Fatalf("%d documents, want %d", len(p.docs), len(want))
	}
	for i, doc := range p.docs {
		if p.freqs[i] != sums[doc] {
			t.Fatalf("document %d has frequency %d, want %d", doc, p.freqs[i], sums[doc])
		}
	}
}

// A union of lists is the sum of their frequencies, and its first documents are
// those with the highest scores.
func TestMultiTermUnionIsSum(t *testing.T) {
	v := viewForTest(t)
	mean, err := v.MeanLength()
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(11, 1))
	for range 60 {
		for _, s := range v.Segments {
			run := runOn(v, s)
			run.res.topLimit, run.res.meanLength = 1+random.IntN(40), mean
			u, sums := &multiTermUnion{run: run}, map[uint32]uint32{}
			for _, w := range randomWords(random, 1, 5) {
				addWord(t, u, sums, w, 1+random.Uint32N(5))
			}
			checkUnion(t, u, sums)
			if err := u.findTop(); err != nil {
				t.Fatal(err)
			}
			checkTop(t, u, sums)
			run.res.release()
		}
	}
}

// checkTop holds the first documents of a union to those of sorting all.
func checkTop(t *testing.T, u *multiTermUnion, sums map[uint32]uint32) {
	t.Helper()
	if u.matchCount != len(sums) || !slices.Equal(u.matches.AppendTo(nil), slices.Sorted(maps.Keys(sums))) {
		t.Fatalf("%d matches, want %d", u.matchCount, len(sums))
	}
	base, perLength := bm25f.NormParts(u.run.res.meanLength)
	norms := u.run.Norms()
	saturation := func(doc, freq uint32) float64 {
		tf := float64(freq)
		return tf / (tf + base + perLength*float64(norms[doc]))
	}
	type scored struct {
		doc        uint32
		saturation float64
	}
	var all []scored
	for doc, freq := range sums {
		all = append(all, scored{doc, saturation(doc, freq)})
	}
	slices.SortFunc(all, func(a, b scored) int { return cmp.Compare(b.saturation, a.saturation) })
	top := map[uint32]uint32{}
	for _, p := range u.top {
		top[p.doc] = p.freq
	}
	for i, s := range all {
		if i >= u.run.res.topLimit && s.saturation < all[u.run.res.topLimit-1].saturation {
			break
		}
		if top[s.doc] != sums[s.doc] {
			t.Fatalf("document %d, number %d of %d, is not among the first %d", s.doc, i, len(all), u.run.res.topLimit)
		}
	}
}

// Where short lists have too many postings to be kept by window, they are
// added up in a table of all documents.
func TestMultiTermUnionOfManyShortLists(t *testing.T) {
	v := viewForTest(t)
	s := v.Segments[0]
	u, sums := &multiTermUnion{run: runOn(v, s)}, map[uint32]uint32{}
	addWord(t, u, sums, readertest.Word(0), 2) // a long one
	short := readertest.Word(8)
	if docs, _ := slowPostings(t, s, short); len(docs) == 0 || len(docs) >= longPostings {
		t.Fatalf("the list of %s has %d postings", short, len(docs))
	}
	for u.flatFreqs == nil {
		addWord(t, u, sums, short, 1)
	}
	addWord(t, u, sums, readertest.Word(9), 3)
	checkUnion(t, u, sums)
}

// A union of few postings keeps bits of its documents, and is the same sum.
func TestMultiTermUnionOfFewPostings(t *testing.T) {
	v := viewForTest(t)
	random, few := rand.New(rand.NewPCG(12, 1)), 0
	for range 40 {
		for _, s := range v.Segments {
			u, sums := &multiTermUnion{run: runOn(v, s)}, map[uint32]uint32{}
			for range 1 + random.IntN(3) {
				addWord(t, u, sums, readertest.Word(6+random.IntN(readertest.NumWords-6)), 1+random.Uint32N(5))
			}
			if u.postingCount*seenRatio < s.Docs {
				few++
			}
			checkUnion(t, u, sums)
			checkUnion(t, u, sums) // the memory of the first is used again
			u.run.res.release()
		}
	}
	if few < 20 {
		t.Errorf("only %d unions have few postings", few)
	}
}

// A drained accumulator has told all that was in it.
func TestDrainIsSlow(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 9))
	for range 20 {
		docs := 1 + random.IntN(accumulatorDocs)
		norms := make([]uint32, docs)
		for i := range norms {
			norms[i] = random.Uint32N(2000)
		}
		a, freqs := &accumulator{}, map[uint32]uint32{}
		for range random.IntN(docs) {
			doc, freq := random.Uint32N(uint32(docs)), 1+random.Uint32N(20)
			a.add(doc, freq)
			freqs[doc] += freq
		}
		for _, th := range []freqThreshold{{}, {3, 0.01}, {20, 0.001}} {
			for doc, freq := range freqs {
				a.freqs[doc] = freq
			}
			matches := make(reader.Bitset, (docs+63)/64)
			got := map[uint32]uint32{}
			a.drain(0, norms, matches, &th, func(p posting) { got[p.doc] = p.freq })
			if !slices.Equal(matches.AppendTo(nil), slices.Sorted(maps.Keys(freqs))) {
				t.Fatal("the matches differ")
			}
			if a.freqs != [accumulatorDocs]uint32{} {
				t.Fatal("something is left")
			}
			for doc, freq := range freqs {
				need := th.base + th.byLength*float64(norms[doc])
				if f, ok := got[doc]; ok && (f != freq || float64(f) < need*(1-1e-4)) || !ok && float64(freq) >= need {
					t.Fatalf("document %d of frequency %d: %d (%v), and %g is needed", doc, freq, f, ok, need)
				}
			}
		}
	}
}

func BenchmarkMultiTermUnion(b *testing.B) {
	b.Run("prefix", func(b *testing.B) {
		benchSearch(b, &engine.Request{Plan: phrasePlan(match.TermPattern{Kind: match.Prefix, Text: "t"})})
	})
	b.Run("all", func(b *testing.B) {
		benchSearch(b, &engine.Request{Plan: phrasePlan(match.TermPattern{Kind: match.Wildcard, Text: "*"})})
	})
}
