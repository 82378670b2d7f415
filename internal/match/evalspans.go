package match

import (
	"cmp"
	"slices"
)

// The slow evaluation of Spans and Length.

// contains reports whether an article is as long as p says.
func (p Length) contains(d *Doc) bool {
	n := 0
	for _, run := range d.runs(Text) {
		n += len(run)
	}
	return n >= p.Min && (p.Max < 0 || n <= p.Max)
}

// occurrences returns those of p in field f of d.
func (p Spans) occurrences(d *Doc, f Field) []occurrence {
	if p.AtLeast > 1 && len(p.all(d, p.Field)) < p.AtLeast {
		return nil
	}
	return p.all(d, f)
}

// all returns the occurrences of p in field f of d, of which there may be too few.
func (p Spans) all(d *Doc, f Field) (found []occurrence) {
	before := 0 // words in the runs of the field so far
	for _, run := range d.runs(f) {
		for _, head := range p.heads(run, before) {
			found = append(found, occurrence{head, head})
		}
		before += len(run)
	}
	return found
}

// heads returns the tokens of a run at which p is counted, in order. before is how many
// words stand in the runs before it.
func (p Spans) heads(run Run, before int) (heads []int) {
	for _, r := range spanReadings(p.Of, run) {
		if p.Lead > 0 && before+r.last >= p.Lead {
			continue
		}
		marked := func(t Token) bool { return t.HasMarks(p.Marks) }
		if slices.ContainsFunc(run[r.first:r.last+1], func(t Token) bool { return !marked(t) }) {
			continue
		}
		heads = append(heads, r.head)
	}
	slices.Sort(heads)
	return slices.Compact(heads)
}

// reading is a way in which a span can be read in a run: where it is counted, and the
// stretch that it takes.
type reading struct {
	head int
	occurrence
}

// spanReadings returns all ways in which a span can be read in a run, each once.
func spanReadings(s Span, run Run) (all []reading) {
	switch s := s.(type) {
	case SpanWords:
		for _, o := range anyFinder(s)(run) {
			all = append(all, reading{o.first, o})
		}
	case SpanOr:
		for _, of := range s {
			all = append(all, spanReadings(of, run)...)
		}
	case SpanNear:
		all = s.readings(run)
	case SpanNotNear:
		avoid := stretches(s.Avoid, run)
		for _, o := range stretches(s.Of, run) {
			isNear := func(b occurrence) bool { return overlap(o, b) || joined(o, b, run, s.Distance, s.Unit, s.Ordered) }
			if !slices.ContainsFunc(avoid, isNear) {
				all = append(all, reading{o.first, o})
			}
		}
	}
	return distinct(all)
}

// stretches returns where a span stands in a run, each once.
func stretches(s Span, run Run) (all []occurrence) {
	for _, r := range spanReadings(s, run) {
		all = append(all, r.occurrence)
	}
	slices.SortFunc(all, compareOccurrences)
	return slices.Compact(all)
}

// readings tries every chain of stretches, one of each operand.
func (s SpanNear) readings(run Run) (all []reading) {
	if len(s.Of) == 0 {
		return nil
	}
	type chain struct {
		reading
		end occurrence // of the last operand so far
	}
	var chains []chain
	for _, o := range stretches(s.Of[0], run) {
		chains = append(chains, chain{reading{o.first, o}, o})
	}
	for _, next := range s.Of[1:] {
		var longer []chain
		for _, o := range stretches(next, run) {
			for _, c := range chains {
				if overlap(c.end, o) || !joined(c.end, o, run, s.Distance, s.Unit, s.Ordered) {
					continue
				}
				hull := occurrence{min(c.first, o.first), max(c.last, o.last)}
				if more := (chain{reading{c.head, hull}, o}); !slices.Contains(longer, more) {
					longer = append(longer, more)
				}
			}
		}
		chains = longer
	}
	for _, c := range chains {
		all = append(all, c.reading)
	}
	return all
}

func distinct(all []reading) []reading {
	slices.SortFunc(all, func(a, b reading) int {
		return cmp.Or(cmp.Compare(a.head, b.head), compareOccurrences(a.occurrence, b.occurrence))
	})
	return slices.Compact(all)
}

func compareOccurrences(a, b occurrence) int {
	return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.last, b.last))
}

func overlap(a, b occurrence) bool { return a.first <= b.last && b.first <= a.last }

// joined reports whether two stretches that don't overlap are joined, see Span.
func joined(a, b occurrence, run Run, distance int, unit Unit, ordered bool) bool {
	first, second := a, b
	if b.first < a.first {
		first, second = b, a
		if ordered {
			return false
		}
	}
	between := func(start Start) bool {
		return slices.ContainsFunc(run[first.first+1:second.last+1], func(t Token) bool { return t.Starts&start != 0 })
	}
	switch unit {
	case InSentence:
		return !between(StartsSentence)
	case InParagraph:
		return !between(StartsParagraph)
	}
	return second.first-first.last <= distance
}
