package search

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/newsq/newsq/internal/match"
)

// All lists of keys over seven numbers, and long random ones: those of the one that,
// moved, are in the other.
func TestMatchKeys(t *testing.T) {
	check := func(keys, others []uint32, distance uint32) {
		t.Helper()
		var want []uint32
		for _, key := range keys {
			if slices.Contains(others, key+distance) {
				want = append(want, key)
			}
		}
		for _, before := range [][]uint32{nil, {7, 9}} {
			got := matchKeys(slices.Clip(slices.Clone(before)), keys, others, distance)
			if kept := got[:len(before)]; !slices.Equal(kept, before) || !slices.Equal(got[len(before):], want) {
				t.Fatalf("%v and %v at %d behind %v: %v, want %v", keys, others, int32(distance), before, got, want)
			}
		}
	}
	eachSubset(7, func(a []uint32) {
		eachSubset(7, func(b []uint32) { check(a, b, 1) })
	})
	random := rand.New(rand.NewPCG(13, 3))
	for range 3000 {
		var lists [2][]uint32
		for i := range lists {
			key := uint32(keyBias)
			for step := 1 + random.Uint32N(6); len(lists[i]) < 60 && random.IntN(60) > 0; {
				key += random.Uint32N(step + 1) // the same may come again
				lists[i] = append(lists[i], key)
			}
		}
		check(lists[0], slices.Compact(lists[1]), random.Uint32N(9)-4)
	}
}

// A phrase comes to the same by keys, by positions, and where some candidates have
// positions that keys don't have.
func TestPhraseByKeys(t *testing.T) {
	v := viewForTest(t)
	random := rand.New(rand.NewPCG(13, 4))
	found := 0
	for range 300 {
		p := match.Phrase{Field: match.Body}
		for range 2 + random.IntN(3) {
			if len(p.Terms) > 0 && random.IntN(4) == 0 {
				p.Terms = append(p.Terms, match.TermPattern{Kind: match.AnyWord})
			}
			p.Terms = append(p.Terms, wordTerm(random.IntN(5)))
		}
		for _, s := range v.Segments {
			run := runOn(v, s)
			var counted [3]*leafPostings
			for i := range counted {
				e, err := run.openExactPhrase(p, "body")
				if err != nil || e == nil {
					t.Fatalf("%v has no lists (%v)", p, err)
				}
				switch i {
				case 1:
					e.keys.serve = false
				case 2:
					e.keys.maxPosition = random.Uint32N(40)
				}
				if counted[i], err = run.countPhrase(t.Context(), e); err != nil {
					t.Fatal(err)
				}
				e.release()
			}
			for _, c := range counted[1:] {
				if !slices.Equal(c.docs, counted[0].docs) || !slices.Equal(c.freqs, counted[0].freqs) {
					t.Fatalf("%v: %d documents, and otherwise %d", p, len(counted[0].docs), len(c.docs))
				}
			}
			found += len(counted[0].docs)
			run.res.release()
		}
	}
	if found == 0 {
		t.Error("no phrase was found")
	}
}
