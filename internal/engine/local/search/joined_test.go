package search

import (
	"slices"
	"testing"
)

// slowChains tries all choices of a stretch of each operand, and returns the stretches that
// chains take and those of the first operand that start one.
func slowChains(operands [][]occurrence, j *joint) (hulls, first []occurrence) {
	var from func(i int, at, hull occurrence) bool
	from = func(i int, at, hull occurrence) (leads bool) {
		if i == len(operands) {
			hulls = append(hulls, hull)
			return true
		}
		for _, next := range operands[i] {
			if slowJoined(at, next, j) && from(i+1, next, occurrence{min(hull.start, next.start), max(hull.end, next.end)}) {
				leads = true
			}
		}
		return leads
	}
	for _, o := range operands[0] {
		if from(1, o, o) {
			first = append(first, o)
		}
	}
	return sortedByStart(hulls), first
}

func slowJoined(a, b occurrence, j *joint) bool {
	before, behind := a, b
	if b.start < a.start {
		before, behind = b, a
	}
	switch {
	case overlaps(a, b) || j.ordered && before != a:
		return false
	case j.units == nil:
		return behind.start-before.end <= j.distance
	}
	for p := before.start + 1; p <= behind.end; p++ {
		if slices.Contains(j.units.starts, p) {
			return false
		}
	}
	return true
}

// eachStretches calls f with all sets of up to n stretches within so many positions.
func eachStretches(n int, positions uint32, f func(all []occurrence)) {
	var stretches []occurrence
	for start := uint32(1); start <= positions; start++ {
		for end := start; end <= positions; end++ {
			stretches = append(stretches, occurrence{start, end})
		}
	}
	var add func(chosen []occurrence, from int)
	add = func(chosen []occurrence, from int) {
		f(slices.Clone(chosen))
		for i := from; i < len(stretches) && len(chosen) < n; i++ {
			add(append(chosen, stretches[i]), i+1)
		}
	}
	add(nil, 0)
}

// eachJoint calls f with all ways to join stretches within four positions.
func eachJoint(f func(j *joint)) {
	for _, ordered := range []bool{false, true} {
		for distance := uint32(1); distance <= 2; distance++ {
			f(&joint{distance: distance, ordered: ordered})
		}
		eachSubset(3, func(starts []uint32) {
			u := &units{}
			for i := range starts {
				starts[i] += 2 // something starts with the first position in any case
			}
			u.set(starts, nil)
			f(&joint{units: u, ordered: ordered})
		})
	}
}

// All pairs of sets of stretches within four positions.
func TestJoinedPairs(t *testing.T) {
	var n neighbors
	joined := 0
	eachStretches(2, 4, func(a []occurrence) {
		eachStretches(2, 4, func(b []occurrence) {
			eachJoint(func(j *joint) {
				checkChains(t, &n, [][]occurrence{a, b}, j)
				got, _ := dropNear(&n, slices.Clone(a), b, j)
				want := slices.DeleteFunc(slices.Clone(a), func(o occurrence) bool {
					return slices.ContainsFunc(b, func(avoid occurrence) bool { return overlaps(o, avoid) || slowJoined(o, avoid, j) })
				})
				if !slices.Equal(got, want) {
					t.Fatalf("%v not near %v by %+v: %v, want %v", a, b, *j, got, want)
				}
				joined += len(a) - len(want)
			})
		})
	})
	if joined == 0 {
		t.Error("nothing was joined")
	}
}

// All triples of sets of a stretch or two within three positions.
func TestJoinedChains(t *testing.T) {
	var n neighbors
	eachStretches(2, 3, func(a []occurrence) {
		eachStretches(2, 3, func(b []occurrence) {
			eachStretches(2, 3, func(c []occurrence) {
				eachJoint(func(j *joint) { checkChains(t, &n, [][]occurrence{a, b, c}, j) })
			})
		})
	})
}

func checkChains(t *testing.T, n *neighbors, operands [][]occurrence, j *joint) {
	t.Helper()
	wantHulls, wantFirst := slowChains(operands, j)
	given := func() [][]occurrence {
		copies := make([][]occurrence, len(operands))
		for i := range operands {
			copies[i] = slices.Clone(operands[i])
		}
		return copies
	}
	kept := given()
	keepChained(n, kept, j)
	if !slices.Equal(kept[0], wantFirst) {
		t.Fatalf("%v joined by %+v: from %v, want %v", operands, *j, kept[0], wantFirst)
	}
	hulls, err := chains(nil, n, given(), j, func(int) error { return nil })
	if err != nil || !slices.Equal(hulls, wantHulls) {
		t.Fatalf("%v joined by %+v: %v (%v), want %v", operands, *j, hulls, err, wantHulls)
	}
}

// Chains that are too many are refused, not kept.
func TestTooManyChains(t *testing.T) {
	all := make([]occurrence, 1<<11)
	for i := range all {
		all[i] = occurrence{uint32(2 * i), uint32(2 * i)}
	}
	u := &units{}
	u.set(nil, []uint32{1})
	var n neighbors
	_, err := chains(nil, &n, [][]occurrence{slices.Clone(all), all}, &joint{units: u}, func(int) error { return nil })
	if err == nil {
		t.Error("four million chains are kept")
	}
}
