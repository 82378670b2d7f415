package search

import (
	"cmp"
	"slices"
	"sort"

	"github.com/newsq/newsq/internal/engine"
)

// joint says which stretches are joined, see match.Span: those within a distance of each
// other, or those in one unit. What overlaps is not.
type joint struct {
	distance uint32
	units    *units // of the article; nil where the distance counts
	ordered  bool
}

// neighbors are the stretches that others may be joined to. They are asked in an order that
// makes each answer a binary search: among those behind a stretch the nearest start or the
// least end decides, among those before it the nearest end or the greatest start.
type neighbors struct {
	byStart       []occurrence
	leastEnd      []uint32 // of byStart from there on
	greatestEnd   []uint32 // of byStart up to there
	byEnd         []occurrence
	greatestStart []uint32 // of byEnd up to there
}

// set makes the neighbors those of byStart, which is sorted and stays as it is while they
// are asked. It returns the steps that it took.
func (n *neighbors) set(byStart []occurrence) (steps int) {
	size := len(byStart)
	n.byStart = byStart
	n.leastEnd = slices.Grow(n.leastEnd[:0], size)[:size]
	n.greatestEnd = slices.Grow(n.greatestEnd[:0], size)[:size]
	n.greatestStart = slices.Grow(n.greatestStart[:0], size)[:size]
	n.byEnd = append(n.byEnd[:0], byStart...)
	order := func(a, b occurrence) int { return cmp.Compare(a.end, b.end) }
	if !slices.IsSortedFunc(n.byEnd, order) {
		slices.SortFunc(n.byEnd, order)
	}
	for i, o := range byStart {
		n.greatestEnd[i], n.greatestStart[i] = o.end, n.byEnd[i].start
		if i > 0 {
			n.greatestEnd[i] = max(o.end, n.greatestEnd[i-1])
			n.greatestStart[i] = max(n.byEnd[i].start, n.greatestStart[i-1])
		}
	}
	for i := size - 1; i >= 0; i-- {
		n.leastEnd[i] = byStart[i].end
		if i+1 < size {
			n.leastEnd[i] = min(n.leastEnd[i], n.leastEnd[i+1])
		}
	}
	return 2 * size
}

// firstBehind returns the index in byStart of the first that starts behind o.
func (n *neighbors) firstBehind(o occurrence) int {
	return sort.Search(len(n.byStart), func(i int) bool { return n.byStart[i].start > o.end })
}

// before returns how many of byEnd end before o.
func (n *neighbors) before(o occurrence) int {
	return sort.Search(len(n.byEnd), func(i int) bool { return n.byEnd[i].end >= o.start })
}

// join reports whether any of the neighbors is joined to o.
func (n *neighbors) join(o occurrence, j *joint) bool {
	return n.joinBehind(o, j) || !j.ordered && n.joinBefore(o, j)
}

func (n *neighbors) joinBehind(o occurrence, j *joint) bool {
	i := n.firstBehind(o)
	switch {
	case i == len(n.byStart):
		return false
	case j.units == nil:
		return n.byStart[i].start-o.end <= j.distance
	}
	_, last := j.units.around(o.start)
	return n.leastEnd[i] <= last
}

func (n *neighbors) joinBefore(o occurrence, j *joint) bool {
	i := n.before(o)
	switch {
	case i == 0:
		return false
	case j.units == nil:
		return o.start-n.byEnd[i-1].end <= j.distance
	}
	first, _ := j.units.around(o.end)
	return n.greatestStart[i-1] >= first
}

// overlap reports whether any of the neighbors overlaps o.
func (n *neighbors) overlap(o occurrence) bool {
	i := n.firstBehind(o)
	return i > 0 && n.greatestEnd[i-1] >= o.start
}

// keepJoined keeps those of from that are joined to one of to. All are sorted, and from is
// overwritten. n is memory for it.
func keepJoined(n *neighbors, from, to []occurrence, j *joint) (kept []occurrence, steps int) {
	if len(to) == 0 {
		return from[:0], 0
	}
	steps = n.set(to) + len(from)
	return slices.DeleteFunc(from, func(o occurrence) bool { return !n.join(o, j) }), steps
}

// dropNear drops those of from that overlap one of avoid or are joined to it, likewise.
func dropNear(n *neighbors, from, avoid []occurrence, j *joint) (kept []occurrence, steps int) {
	if len(avoid) == 0 {
		return from, 0
	}
	steps = n.set(avoid) + len(from)
	return slices.DeleteFunc(from, func(o occurrence) bool { return n.overlap(o) || n.join(o, j) }), steps
}

// keepChained keeps in each of operands, which are sorted, what is the start of a chain to
// the last of them: a stretch of each, joined to the next.
func keepChained(n *neighbors, operands [][]occurrence, j *joint) (steps int) {
	for i := len(operands) - 2; i >= 0; i-- {
		var more int
		operands[i], more = keepJoined(n, operands[i], operands[i+1], j)
		steps += more
	}
	return steps
}

// link is the last stretch of a chain, and the stretch from the first token of all of it to
// the last.
type link struct{ at, hull occurrence }

// maxLinks bounds the chains of an article that are in memory at a time, to some 16
// megabytes. Real queries have some hundred.
const maxLinks = 1 << 20

// stepsPerLink is what it costs to come to a link and to sort it.
const stepsPerLink = 8

// chains appends the stretches that chains take, each once and in order: of each of operands,
// which are sorted, a stretch that is joined to the next. n is memory for it, spend counts
// the steps.
func chains(dst []occurrence, n *neighbors, operands [][]occurrence, j *joint, spend func(steps int) error) ([]occurrence, error) {
	if err := spend(keepChained(n, operands, j)); err != nil {
		return dst, err
	}
	links := make([]link, 0, len(operands[0]))
	for _, o := range operands[0] {
		links = append(links, link{o, o})
	}
	for _, next := range operands[1:] {
		if err := spend(n.set(next)); err != nil {
			return dst, err
		}
		var longer []link
		for _, l := range links {
			var steps int
			longer, steps = n.follow(longer, l, j)
			if len(longer) > maxLinks {
				return dst, engine.ErrTooManyWords
			}
			if err := spend(1 + stepsPerLink*steps); err != nil {
				return dst, err
			}
		}
		links = distinctLinks(longer)
	}
	for _, l := range links {
		dst = append(dst, l.hull)
	}
	return sortedByStart(dst), nil
}

// follow appends the links that may follow l in a chain. It returns how many it looked at, too.
func (n *neighbors) follow(dst []link, l link, j *joint) (_ []link, steps int) {
	first, last := uint32(0), l.at.end+j.distance
	if l.at.start > j.distance {
		first = l.at.start - j.distance
	}
	if j.units != nil {
		_, last = j.units.around(l.at.start)
		first, _ = j.units.around(l.at.end)
	}
	for i := n.firstBehind(l.at); i < len(n.byStart) && n.byStart[i].start <= last; i++ {
		if steps++; j.units == nil || n.byStart[i].end <= last {
			dst = append(dst, l.to(n.byStart[i]))
		}
	}
	if j.ordered {
		return dst, steps
	}
	for i := n.before(l.at) - 1; i >= 0 && n.byEnd[i].end >= first; i-- {
		if steps++; j.units == nil || n.byEnd[i].start >= first {
			dst = append(dst, l.to(n.byEnd[i]))
		}
	}
	return dst, steps
}

func (l link) to(o occurrence) link {
	return link{o, occurrence{min(l.hull.start, o.start), max(l.hull.end, o.end)}}
}

// distinctLinks returns each link once. It overwrites links.
func distinctLinks(links []link) []link {
	order := func(a, b occurrence) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end)) }
	slices.SortFunc(links, func(a, b link) int { return cmp.Or(order(a.at, b.at), order(a.hull, b.hull)) })
	return slices.Compact(links)
}
