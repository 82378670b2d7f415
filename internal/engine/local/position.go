package local

import (
	"cmp"
	"slices"
	"sort"
)

// phraseAt returns the places where one position of each slot follows one of
// the slot before it, with at most slop other positions between them in all:
// one for each start, with the nearest end. Positions are sorted.
func phraseAt(slots [][]uint32, slop int) []occurrence {
	var at []occurrence
	for _, start := range slots[0] {
		end, ok := follow(slots[1:], start, slop)
		if ok {
			at = append(at, occurrence{start, end})
		}
	}
	return at
}

// follow takes for each slot the first position after the one before: any
// other choice would only use up more of the slop.
func follow(slots [][]uint32, pos uint32, slop int) (end uint32, ok bool) {
	left := uint32(slop)
	for _, p := range slots {
		i := sort.Search(len(p), func(i int) bool { return p[i] > pos })
		if i == len(p) || p[i]-pos-1 > left {
			return 0, false
		}
		left -= p[i] - pos - 1
		pos = p[i]
	}
	return pos, true
}

// nearCount returns how many occurrences of the first operand take part in a
// match: a choice of one occurrence of each operand in which each lies within
// distance of the next. See match.Near.
func nearCount(operands [][]occurrence, distance int, ordered bool) int {
	last := len(operands) - 1
	good := sortedByStart(operands[last])
	for i := last - 1; i >= 0; i-- {
		var kept []occurrence
		for _, o := range sortedByStart(operands[i]) {
			if slices.ContainsFunc(good, func(next occurrence) bool { return within(o, next, distance, ordered) }) {
				kept = append(kept, o)
			}
		}
		good = kept
	}
	return len(good)
}

// sortedByStart returns distinct occurrences in order.
func sortedByStart(at []occurrence) []occurrence {
	at = slices.Clone(at)
	slices.SortFunc(at, func(a, b occurrence) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end))
	})
	return slices.Compact(at)
}

// within reports whether b lies within distance of a.
func within(a, b occurrence, distance int, ordered bool) bool {
	switch {
	case b.start > a.end:
		return int(b.start-a.end) <= distance
	case !ordered && a.start > b.end:
		return int(a.start-b.end) <= distance
	}
	return false
}
