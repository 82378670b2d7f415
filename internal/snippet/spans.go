package snippet

import (
	"cmp"
	"slices"
	"strings"

	"github.com/newsq/newsq/internal/text"
)

// Spans is what stands somewhere as a [Span] says. What that is, match.Spans says, but for
// how often it must be there.
type Spans struct {
	Of Span
	// Marks, where not empty, name parts of the text, see [MarkedPart], in one of which all
	// of it must be.
	Marks string
}

// Span is one of these: any of some Words, which are phrases; any of Or; all of Near, each
// joined with the next; or Of with no Avoid joined to it. Joined is what stands within
// Distance tokens or in the same Unit, with Ordered in this order.
type Span struct {
	Words     []Phrase
	Or        []Span
	Near      []Span
	Of, Avoid *Span
	Distance  int
	Unit      Unit
	Ordered   bool
}

// Unit is in what spans are joined, beside a distance.
type Unit uint8

// The units.
const (
	InWords Unit = iota
	InSentence
	InParagraph
)

// joins reports whether it is of several that stand together.
func (s *Span) joins() bool { return len(s.Near) > 0 }

// appendTerms appends the terms of all phrases, in the order in which a finder numbers them.
func (s *Span) appendTerms(terms []TermPattern) []TermPattern {
	for _, p := range s.Words {
		terms = append(terms, p...)
	}
	for _, list := range [...][]Span{s.Or, s.Near} {
		for i := range list {
			terms = list[i].appendTerms(terms)
		}
	}
	for _, of := range [...]*Span{s.Of, s.Avoid} {
		if of != nil {
			terms = of.appendTerms(terms)
		}
	}
	return terms
}

// place is a stretch in which a span can be read, and what is to be marked of it.
type place struct {
	reading
	marks []text.Span
}

// spanFinder finds the places of a pattern in the last text of a finder.
type spanFinder struct {
	*finder
	term      int         // the next one
	sentences []text.Span // of the text, once they are needed
}

// findSpans appends the places of a pattern to found. Where there are very many, in a long
// text with common words, the first ones are found.
func (f *finder) findSpans(found []occurrence, pattern int) []occurrence {
	p := f.patterns[pattern].Spans
	s := spanFinder{finder: f, term: f.first[pattern]}
	for _, at := range s.places(&p.Of) {
		if p.Marks != "" && f.knowsMarked && !slices.ContainsFunc(f.marked, func(part MarkedPart) bool {
			return part.Marks == p.Marks && part.Start <= at.Start && at.End <= part.End
		}) {
			continue
		}
		found = append(found, occurrence{Span: at.Span, pattern: pattern, marks: at.marks})
	}
	return found
}

// maxPlaces bounds the places of a span in a text: more than any passage is chosen from.
const maxPlaces = 2000

// places returns where a span stands, in order.
func (s *spanFinder) places(of *Span) (all []place) {
	switch {
	case of.Words != nil:
		var readings []reading
		readings, s.term = s.anyReadings(of.Words, s.term)
		for _, r := range readings {
			all = append(all, place{r, []text.Span{r.Span}})
		}
	case of.Or != nil:
		for i := range of.Or {
			all = append(all, s.places(&of.Or[i])...)
		}
	case of.Near != nil:
		all = s.near(of)
	case of.Of != nil:
		all = s.places(of.Of)
		avoid := inOrder(s.places(of.Avoid))
		all = slices.DeleteFunc(all, func(p place) bool { return s.joinsAny(p, avoid, of) })
	}
	return inOrder(all)
}

// inOrder sorts places, makes those of one stretch one, and bounds their number.
func inOrder(all []place) []place {
	slices.SortStableFunc(all, func(a, b place) int { return a.compare(b.reading) })
	kept := all[:0]
	for _, p := range all {
		if n := len(kept); n > 0 && kept[n-1].compare(p.reading) == 0 {
			kept[n-1].marks = append(slices.Clip(kept[n-1].marks), p.marks...)
			continue
		}
		kept = append(kept, p)
	}
	return kept[:min(len(kept), maxPlaces)]
}

// near returns the places of a chain: of each operand one, joined with that of the next.
func (s *spanFinder) near(of *Span) []place {
	type chain struct {
		place
		end place // of the last operand so far
	}
	var chains []chain
	for i := range of.Near {
		operand := s.places(&of.Near[i])
		if i == 0 {
			for _, p := range operand {
				chains = append(chains, chain{p, p})
			}
			continue
		}
		var longer []chain
		far := longest(operand)
		for _, c := range chains {
			for _, p := range s.reach(c.end, operand, far, of) {
				if overlaps(c.end.reading, p.reading) || !s.joined(c.end.reading, p.reading, of) || len(longer) == maxPlaces {
					continue
				}
				longer = append(longer, chain{place{hull(c.reading, p.reading), append(slices.Clip(c.marks), p.marks...)}, p})
			}
		}
		chains = longer
	}
	all := make([]place, len(chains))
	for i, c := range chains {
		all[i] = c.place
	}
	return all
}

// joinsAny reports whether one of some places, in order, is joined with p or overlaps it.
func (s *spanFinder) joinsAny(p place, others []place, of *Span) bool {
	return slices.ContainsFunc(s.reach(p, others, longest(others), of), func(o place) bool {
		return overlaps(p.reading, o.reading) || s.joined(p.reading, o.reading, of)
	})
}

// longest returns how many tokens the first and the last token of a place are apart, at most.
func longest(places []place) (most int) {
	for _, p := range places {
		most = max(most, p.last-p.first)
	}
	return most
}

// reach returns a part of places, in order, that has those which are joined with p or overlap
// it: the nearest where there are many. longest is theirs.
func (s *spanFinder) reach(p place, places []place, longest int, of *Span) []place {
	byFirst := func(first int) int {
		n, _ := slices.BinarySearchFunc(places, first, func(o place, first int) int { return cmp.Compare(o.first, first) })
		return n
	}
	byStart := func(start int) int {
		n, _ := slices.BinarySearchFunc(places, start, func(o place, start int) int { return cmp.Compare(o.Start, start) })
		return n
	}
	from, to := byFirst(p.first-of.Distance-longest), byFirst(p.last+of.Distance+1)
	switch of.Unit {
	case InSentence:
		n := s.sentenceOf(p.Start)
		from = min(from, byStart(s.sentences[max(n, 0)].Start))
		if n+1 < len(s.sentences) {
			to = max(to, byStart(s.sentences[n+1].Start))
		} else {
			to = len(places)
		}
	case InParagraph:
		start, end := paragraphs(s.text, p.Start, p.End)
		from, to = min(from, byStart(start)), max(to, byStart(end))
	}
	nearest := byFirst(p.first)
	return places[max(from, nearest-maxOverlap):min(to, nearest+maxOverlap)]
}

func overlaps(a, b reading) bool { return a.first <= b.last && b.first <= a.last }

func hull(a, b reading) reading {
	return reading{min(a.first, b.first), max(a.last, b.last), text.Span{Start: min(a.Start, b.Start), End: max(a.End, b.End)}}
}

// joined reports whether two readings that don't overlap are joined.
func (s *spanFinder) joined(a, b reading, of *Span) bool {
	first, second := a, b
	if b.first < a.first {
		if of.Ordered {
			return false
		}
		first, second = b, a
	}
	switch of.Unit {
	case InSentence:
		return s.sentenceOf(first.Start) == s.sentenceOf(s.lastStart(second))
	case InParagraph:
		return !strings.Contains(s.text[first.Start:second.End], blankLine)
	}
	return second.first-first.last <= of.Distance
}

// lastStart returns a byte of the last token of a reading.
func (s *spanFinder) lastStart(r reading) int { return max(r.Start, r.End-1) }

// sentenceOf returns the number of the sentence that a byte of the text is in.
func (s *spanFinder) sentenceOf(at int) int {
	if s.sentences == nil {
		s.sentences = s.analyzer.Sentences(s.text)
	}
	n, found := slices.BinarySearchFunc(s.sentences, at, func(span text.Span, at int) int { return cmp.Compare(span.Start, at) })
	if found {
		return n
	}
	return n - 1
}

// noteWritten notes the terms that say how words are written.
func (f *finder) noteWritten() {
	for i := range f.patterns {
		for j, t := range f.patterns[i].terms() {
			if t.Written == nil {
				continue
			}
			if f.written == nil {
				f.written = make(map[int]func(string) bool)
			}
			f.written[f.first[i]+j] = t.Written
		}
	}
}

// isWritten reports whether a token is written as a term says.
func (f *finder) isWritten(term, token int) bool {
	written := f.written[term]
	return written == nil || written(f.text[f.tokens[token].Start:f.tokens[token].WordEnd])
}
