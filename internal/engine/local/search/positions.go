package search

import (
	"cmp"
	"slices"
	"sort"
)

// occurrence is where a phrase stands: its first and last position.
type occurrence struct{ start, end uint32 }

// phraseOccurrences appends to dst where one position of each term follows one of
// the term before it: skips[i] positions are skipped before term i, and at most
// slop others in all. There is one occurrence for each start, the one with the
// nearest end. Positions are sorted. It returns the steps that it took, too.
func phraseOccurrences(dst []occurrence, terms [][]uint32, skips []int, slop int) (at []occurrence, steps int) {
	if slop == 0 && len(terms) == 2 {
		return pairOccurrences(dst, terms[0], terms[1], 1+uint32(skips[1]))
	}
	for _, start := range terms[0] {
		end, n, ok := nearestEnd(terms[1:], skips[1:], start, slop)
		steps += 1 + n
		if ok {
			dst = append(dst, occurrence{start, end})
		}
	}
	return dst, steps
}

// pairOccurrences is phraseOccurrences for two terms, of which the second stands at a
// distance behind the first. Both are gone through side by side.
func pairOccurrences(dst []occurrence, first, second []uint32, distance uint32) (at []occurrence, steps int) {
	i := 0
	for _, start := range first {
		for i < len(second) && second[i] < start+distance {
			i++
		}
		if i == len(second) {
			break
		}
		if second[i] == start+distance {
			dst = append(dst, occurrence{start, second[i]})
		}
	}
	return dst, len(first) + len(second)
}

// nearestEnd takes for each term the first position that it can have, from pos on:
// a later one would only use up more of the slop. It returns the last position, and
// the number of terms that it looked at.
func nearestEnd(terms [][]uint32, skips []int, pos uint32, slop int) (end uint32, steps int, ok bool) {
	left := uint32(slop)
	for n, p := range terms {
		first := pos + 1 + uint32(skips[n])
		i := sort.Search(len(p), func(i int) bool { return p[i] >= first })
		if i == len(p) || p[i]-first > left {
			return 0, n + 1, false
		}
		left -= p[i] - first
		pos = p[i]
	}
	return pos, len(terms), true
}

// nearCount returns how many occurrences of the first operand take part in a
// match: a choice of one occurrence of each operand in which each lies within
// distance of the next. See match.Near. It returns the steps that it took, too. The
// operands are sorted by it.
func nearCount(operands [][]occurrence, distance int, ordered bool) (count, steps int) {
	return chainCount(operands, distance, ordered, false)
}

// chainCount is nearCount in which occurrences may overlap, if that is said and they are
// not ordered.
func chainCount(operands [][]occurrence, distance int, ordered, overlap bool) (count, steps int) {
	last := len(operands) - 1
	matching := sortedByStart(operands[last])
	for i := last - 1; i >= 0 && len(matching) > 0; i-- {
		var n int
		matching, n = withNeighbor(sortedByStart(operands[i]), matching, distance, ordered, overlap)
		steps += n
	}
	return len(matching), steps
}

// withNeighbor returns those of from that lie within distance of one of to. Both
// are sorted, and so is the result.
func withNeighbor(from, to []occurrence, distance int, ordered, overlap bool) (near []occurrence, steps int) {
	longest := uint32(0)
	for _, o := range to {
		longest = max(longest, o.end-o.start)
	}
	reach := uint32(distance)
	for _, o := range from {
		steps++
		// What lies near o starts in a window around it.
		low := uint32(0)
		if before := reach + longest; before < o.start {
			low = o.start - before
		}
		if ordered {
			low = o.end + 1
		}
		i := sort.Search(len(to), func(i int) bool { return to[i].start >= low })
		for ; i < len(to) && to[i].start <= o.end+reach; i++ {
			steps++
			if areNear(o, to[i], distance, ordered) || overlap && !ordered && overlaps(o, to[i]) {
				near = append(near, o)
				break
			}
		}
	}
	return near, steps
}

// sortedByStart returns the distinct occurrences in order. It overwrites at.
func sortedByStart(at []occurrence) []occurrence {
	order := func(a, b occurrence) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end))
	}
	if !slices.IsSortedFunc(at, order) {
		slices.SortFunc(at, order)
	}
	return slices.Compact(at)
}

// areNear reports whether b lies within distance of a, and behind it if ordered.
func areNear(a, b occurrence, distance int, ordered bool) bool {
	switch {
	case b.start > a.end:
		return int(b.start-a.end) <= distance
	case !ordered && a.start > b.end:
		return int(a.start-b.end) <= distance
	}
	return false
}

func overlaps(a, b occurrence) bool { return a.start <= b.end && b.start <= a.end }
