package snippet

import (
	"cmp"
	"slices"

	"github.com/newsq/newsq/internal/text"
)

// Near is what stands near each other: each operand within Distance tokens of the
// next, in this order when Ordered. An operand is any of its phrases. What is
// within reach is what match.Near says.
type Near struct {
	Operands [][]Phrase
	Distance int
	Ordered  bool
	// Marks, where not empty, name parts of the text, see [MarkedPart], in one of which all
	// of it must be. What overlaps is near there.
	Marks string
}

// Phrase is terms side by side.
type Phrase []TermPattern

// terms returns the terms of a pattern in the order in which a finder numbers them.
func (p *Pattern) terms() []TermPattern {
	switch {
	case p.Spans != nil:
		return p.Spans.Of.appendTerms(nil)
	case p.Near == nil:
		return p.Terms
	}
	var all []TermPattern
	for _, phrases := range p.Near.Operands {
		all = append(all, slices.Concat(phrases...)...)
	}
	return all
}

// reading is where a phrase stands: its first and last token, by their positions in
// the text.
type reading struct {
	first, last int
	text.Span
}

func (a reading) compare(b reading) int {
	return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.last, b.last))
}

// findNear appends the places where the operands of a pattern stand near each other
// to found. Of each place the words are marked, not what stands between them. Every
// reading of an operand that takes part is marked, whether or not a place begins
// there.
func (f *finder) findNear(found []occurrence, pattern int) []occurrence {
	n := f.patterns[pattern].Near
	operands := f.readings(pattern)
	if n.Marks != "" && f.knowsMarked {
		return f.findNearWithin(found, pattern, operands)
	}
	return n.appendPlaces(found, pattern, operands)
}

// appendPlaces appends the places where readings of operands stand near each other to found.
func (n *Near) appendPlaces(found []occurrence, pattern int, operands [][]reading) []occurrence {
	for i := len(operands) - 2; i >= 0; i-- {
		operands[i] = n.within(operands[i], operands[i+1], n.Ordered, false)
	}
	for i := 1; i < len(operands); i++ {
		operands[i] = n.within(operands[i], operands[i-1], false, n.Ordered)
	}
	if len(operands) == 0 || len(operands[0]) == 0 {
		return found
	}
	all := 0
	for _, readings := range operands {
		all += len(readings)
	}
	for i, readings := range operands {
		for _, r := range readings {
			o := occurrence{Span: r.Span, pattern: pattern}
			if all*len(operands) <= maxPlaceSteps {
				o = n.place(operands, i, r, pattern)
			}
			found = append(found, o)
		}
	}
	return found
}

// maxPlaceSteps bounds what is done to find out how far places reach. Where that
// would take more, in a long text with an operand at every other word, the operands
// are places by themselves.
const maxPlaceSteps = 100_000

// readings returns those of each operand of a pattern, in order.
func (f *finder) readings(pattern int) [][]reading {
	n := f.patterns[pattern].Near
	operands := make([][]reading, len(n.Operands))
	term := f.first[pattern]
	for i, phrases := range n.Operands {
		operands[i], term = f.anyReadings(phrases, term)
	}
	return operands
}

// anyReadings returns the readings of any of some phrases, in order, whose terms begin with
// one, and which term comes after theirs.
func (f *finder) anyReadings(phrases []Phrase, term int) (all []reading, next int) {
	for _, p := range phrases {
		all = f.phraseReadings(all, p, f.positions[term:term+len(p)])
		if len(p) == 1 && p[0].marksOnly() {
			f.widen(all, p[0].Marks)
		}
		if len(p) == 1 {
			all = append(all, f.variantReadings[term]...)
		}
		term += len(p)
	}
	slices.SortFunc(all, reading.compare)
	return slices.CompactFunc(all, func(a, b reading) bool { return a.compare(b) == 0 }), term
}

// phraseReadings appends the readings of a phrase whose terms stand at tokens.
func (f *finder) phraseReadings(dst []reading, p Phrase, terms [][]int) []reading {
	if len(terms) == 0 {
		return dst
	}
	for _, start := range terms[0] {
		last, ok := start, true
		for _, tokens := range terms[1:] {
			i, _ := slices.BinarySearch(tokens, last+1)
			if ok = i < len(tokens) && f.tokens[tokens[i]].Position == f.tokens[last].Position+1; !ok {
				break
			}
			last = tokens[i]
		}
		if ok {
			a, b := &f.tokens[start], &f.tokens[last]
			dst = append(dst, reading{a.Position, b.Position, text.Span{Start: a.Start, End: f.endOf(last, &p[len(p)-1])}})
		}
	}
	return dst
}

// within returns those of readings that have one of others near them: behind them
// alone with after, before them alone with before.
func (n *Near) within(readings, others []reading, after, before bool) []reading {
	return slices.DeleteFunc(readings, func(r reading) bool { return n.nearest(r, others, after, before) < 0 })
}

// nearest returns the index of the one of others, in order, that is nearest to r and
// near enough; -1 if none is. Overlapping ones are not near, but in one part with marks.
func (n *Near) nearest(r reading, others []reading, after, before bool) int {
	if n.Marks != "" && !n.Ordered {
		if i := slices.IndexFunc(others, func(o reading) bool { return o.first <= r.last && r.first <= o.last }); i >= 0 {
			return i
		}
	}
	best, gap := -1, n.Distance+1
	next, _ := slices.BinarySearchFunc(others, r.last+1, func(o reading, first int) int { return cmp.Compare(o.first, first) })
	if !before && next < len(others) && others[next].first-r.last < gap {
		best, gap = next, others[next].first-r.last
	}
	if after {
		return best
	}
	// The one with the last end before r is at most a few phrases away, as long as
	// these are.
	for i := next - 1; i >= 0 && i >= next-maxOverlap; i-- {
		if others[i].last < r.first {
			if d := r.first - others[i].last; d < gap {
				best, gap = i, d
			}
			if r.first-others[i].first > gap+maxOverlap {
				break
			}
		}
	}
	return best
}

// maxOverlap bounds how many readings that overlap another are passed over.
const maxOverlap = 64

// place returns the place around reading r of operand i: the nearest of the operands
// before it, and of those behind it.
func (n *Near) place(operands [][]reading, i int, r reading, pattern int) occurrence {
	o := occurrence{Span: r.Span, pattern: pattern, marks: []text.Span{r.Span}}
	add := func(r reading) {
		o.Start, o.End = min(o.Start, r.Start), max(o.End, r.End)
		o.marks = append(o.marks, r.Span)
	}
	at := r
	for k := i + 1; k < len(operands); k++ {
		j := n.nearest(at, operands[k], n.Ordered, false)
		if j < 0 {
			break
		}
		at = operands[k][j]
		add(at)
	}
	at = r
	for k := i - 1; k >= 0; k-- {
		j := n.nearest(at, operands[k], false, n.Ordered)
		if j < 0 {
			break
		}
		at = operands[k][j]
		add(at)
	}
	return o
}
