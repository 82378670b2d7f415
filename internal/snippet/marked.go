package snippet

import "github.com/newsq/newsq/internal/text"

// SetMarked tells which parts of the next article, its title among them, have which marks.
func (c *Cutter) SetMarked(parts []MarkedPart) { c.marked = parts }

// setMarked tells the parts of the next text, a section.
func (f *finder) setMarked(parts []MarkedPart, section int) {
	f.knowsMarked, f.marked = true, f.marked[:0]
	for _, p := range parts {
		if p.Section == section {
			f.marked = append(f.marked, p)
		}
	}
}

// noteMarks notes the marks of all terms.
func (f *finder) noteMarks() {
	for i := range f.patterns {
		for j, t := range f.patterns[i].terms() {
			if t.Marks == "" {
				continue
			}
			if f.termMarks == nil {
				f.termMarks = make([]termMarks, len(f.positions))
			}
			f.termMarks[f.first[i]+j] = termMarks{t.Marks, t.marksOnly()}
		}
	}
}

// termMarks are the marks of a term, and whether it has nothing else.
type termMarks struct {
	marks string
	only  bool
}

// hasMarks reports whether a token has the marks of a term. Where nothing is known of marks,
// those of a term with a word count as there.
func (f *finder) hasMarks(term, start int) bool {
	t := &f.termMarks[term]
	if t.marks == "" {
		return true
	}
	if !f.knowsMarked {
		return !t.only
	}
	_, ok := f.partAt(t.marks, start)
	return ok
}

// partAt returns the part with marks that a token stands in.
func (f *finder) partAt(marks string, start int) (text.Span, bool) {
	for _, p := range f.marked {
		if p.Marks == marks && p.Start <= start && start < p.End {
			return p.Span, true
		}
	}
	return text.Span{}, false
}

// widen has readings of tokens mark the parts that they stand in.
func (f *finder) widen(readings []reading, marks string) {
	for i := range readings {
		if span, ok := f.partAt(marks, readings[i].Start); ok {
			readings[i].Span = span
		}
	}
}

// findParts appends the parts that a pattern stands for to found, sentence by sentence.
func (f *finder) findParts(found []occurrence, pattern int) []occurrence {
	if !f.knowsMarked || len(f.positions[f.first[pattern]]) == 0 {
		return found
	}
	for _, p := range f.marked {
		if p.Marks != f.patterns[pattern].Terms[0].Marks {
			continue
		}
		for _, s := range f.analyzer.Sentences(f.text[p.Start:p.End]) {
			found = append(found, occurrence{Span: text.Span{Start: p.Start + s.Start, End: p.Start + s.End}, pattern: pattern})
		}
	}
	return found
}

// findNearWithin is findNear for a NEAR that must lie in one part of the text.
func (f *finder) findNearWithin(found []occurrence, pattern int, operands [][]reading) []occurrence {
	n := f.patterns[pattern].Near
	inPart := make([][]reading, len(operands))
	for _, p := range f.marked {
		if p.Marks != n.Marks {
			continue
		}
		for i, readings := range operands {
			inPart[i] = inPart[i][:0]
			for _, r := range readings {
				if p.Start <= r.Start && r.Start < p.End && r.End <= p.End {
					inPart[i] = append(inPart[i], r)
				}
			}
		}
		found = n.appendPlaces(found, pattern, inPart)
	}
	return found
}
