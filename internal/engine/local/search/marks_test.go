package search

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// boundsOf returns the bounds of the runs of consecutive positions.
func boundsOf(positions []uint32) []uint32 {
	var bounds []uint32
	for _, p := range positions {
		if n := len(bounds); n > 0 && bounds[n-1] == p {
			bounds[n-1]++
		} else {
			bounds = append(bounds, p, p+1)
		}
	}
	return bounds
}

// All stretches in seven positions, and all positions in them.
func TestStretches(t *testing.T) {
	eachSubset(7, func(a []uint32) {
		bounds := boundsOf(a)
		if got := appendAll(nil, bounds); !slices.Equal(got, a) {
			t.Fatalf("the stretches %v have %v", bounds, got)
		}
		eachSubset(7, func(b []uint32) {
			both := slices.DeleteFunc(slices.Clone(a), func(p uint32) bool { return !slices.Contains(b, p) })
			if got := within(slices.Clone(b), bounds); !slices.Equal(got, both) {
				t.Fatalf("%v within %v: %v", b, bounds, got)
			}
			// No stretch begins where another one ends, unless both lists say so.
			if got := appendAll(nil, intersectBounds(bounds, boundsOf(b))); !slices.Equal(got, both) {
				t.Fatalf("%v and %v have in common %v", bounds, boundsOf(b), got)
			}
		})
	})
}

func TestNearCountWithin(t *testing.T) {
	random := rand.New(rand.NewPCG(13, 3))
	matches := 0
	for range 20_000 {
		operands := make([][]occurrence, 1+random.IntN(3))
		for i := range operands {
			for range random.IntN(6) {
				start := random.Uint32N(14)
				operands[i] = append(operands[i], occurrence{start, start + random.Uint32N(3)})
			}
		}
		var marked []uint32
		for p := range uint32(16) {
			if random.IntN(4) > 0 {
				marked = append(marked, p)
			}
		}
		bounds := boundsOf(marked)
		distance, ordered := 1+random.IntN(4), random.IntN(2) == 0
		want := slowNearWithin(operands, bounds, distance, ordered)
		given := make([][]occurrence, len(operands))
		for i := range operands {
			given[i] = slices.Clone(operands[i])
		}
		if got, _ := nearCountWithin(bounds, given, distance, ordered); got != want {
			t.Fatalf("%v in %v within %d, ordered %v: %d, want %d", operands, bounds, distance, ordered, got, want)
		}
		matches += want
	}
	if matches == 0 {
		t.Error("nothing was found")
	}
}

// slowNearWithin tries all choices of occurrences in each stretch.
func slowNearWithin(operands [][]occurrence, bounds []uint32, distance int, ordered bool) int {
	count := 0
	for b := 0; b < len(bounds); b += 2 {
		lies := func(o occurrence) bool { return bounds[b] <= o.start && o.end < bounds[b+1] }
		var joins func(i int, o occurrence) bool
		joins = func(i int, o occurrence) bool {
			if i == len(operands) {
				return true
			}
			return slices.ContainsFunc(operands[i], func(next occurrence) bool {
				after, before := int(next.start)-int(o.end), int(o.start)-int(next.end)
				near := after >= 1 && after <= distance || !ordered && after < 1 && before <= distance
				return near && lies(next) && joins(i+1, next)
			})
		}
		first := map[occurrence]bool{}
		for _, o := range operands[0] {
			if lies(o) && joins(1, o) {
				first[o] = true
			}
		}
		count += len(first)
	}
	return count
}
