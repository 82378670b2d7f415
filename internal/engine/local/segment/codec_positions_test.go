package segment

import (
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// randomDeltas returns n deltas, mostly of few bits and some of many.
func randomDeltas(random *rand.Rand, n int) []uint32 {
	all := make([]uint32, n)
	usual, rare := random.IntN(33), random.IntN(33)
	for i := range all {
		wide := usual
		if random.IntN(16) == 0 {
			wide = rare
		}
		all[i] = random.Uint32() >> 1 >> (31 - min(wide, 31))
		if wide == 32 {
			all[i] = random.Uint32()
		}
	}
	return all
}

// Any range of a block's deltas is read from its runs, going forward and back.
// Where runs are cut short, reading fails.
func TestRuns(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(r, "seed"), 1))
		n := rapid.IntRange(1, 1000).Draw(r, "distances")
		all := randomDeltas(random, n)
		b := appendRuns(nil, all)
		padded := append(slices.Clip(b), make([]byte, packPadding)...)
		l := &PostingList{blockLocs: padded[:len(b)], kind: locPositions}
		for range 50 {
			from := random.IntN(n)
			to := from + random.IntN(n-from+1)
			got, ok := l.deltas(nil, from, to-from)
			if !ok || !slices.Equal(got, all[from:to]) {
				r.Fatalf("distances %d to %d: %v", from, to, ok)
			}
		}
		cut := random.IntN(len(b))
		l = &PostingList{blockLocs: padded[:cut:cut], kind: locPositions}
		if got, ok := l.deltas(nil, 0, n); ok {
			r.Fatalf("%d of %d bytes gave %d distances", cut, len(b), len(got))
		}
		most := 0
		for _, v := range all {
			most = max(most, bits.Len32(v))
		}
		if limit := (n/runSize+1)*2 + most*n/8; len(b) > limit {
			r.Fatalf("%d distances of %d bits take %d bytes", n, most, len(b))
		}
	})
}

// Bytes that are no runs give something or fail, and never more than they hold.
func FuzzRuns(f *testing.F) {
	f.Add([]byte{5, 1, 2, 3}, 3, 4)
	f.Add(appendRuns(nil, []uint32{1, 2, 1 << 31, 0, 7}), 0, 5)
	f.Fuzz(func(t *testing.T, b []byte, skip, n int) {
		if skip < 0 || n < 0 || n > 1<<32-1 || skip > 1<<32-1 {
			return
		}
		l := &PostingList{blockLocs: b, kind: locPositions}
		if got, ok := l.deltas(nil, skip, n); ok && len(got) != n || len(got) > runSize*(len(b)+1) {
			t.Errorf("%d distances of %d, %v", len(got), n, ok)
		}
	})
}
