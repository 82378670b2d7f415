package snippet

import (
	"slices"
	"strings"
	"unicode"

	"github.com/newsq/newsq/internal/text"
)

// unit is what passages are made of: a sentence, or a part of one that is too
// long to be shown whole.
type unit struct {
	text.Span
	opens     bool // whether it is the first of its paragraph
	furniture bool // whether it says nothing about the article, see markFurniture
}

// cutUnits appends the units of s[start:end], one or more paragraphs of a
// section, to units. No sentence goes on behind a blank line, so that the
// paragraphs around make no difference to them.
func (c *Cutter) cutUnits(units []unit, s string, start, end int) []unit {
	first := len(units)
	units = c.cutParagraphs(units, s[start:end])
	for i := range units[first:] {
		units[first+i].Start += start
		units[first+i].End += start
	}
	return units
}

// paragraphs returns the range of the paragraphs that [start, end) lies in.
func paragraphs(s string, start, end int) (int, int) {
	start = strings.LastIndex(s[:start], blankLine) + 1
	if start > 0 {
		start += len(blankLine) - 1
	}
	if n := strings.Index(s[end:], blankLine); n >= 0 {
		return start, end + n
	}
	return start, len(s)
}

// maxSkipped is how many paragraphs of furniture are passed over at the beginning.
const maxSkipped = 20

// firstUnits returns the units of the first paragraph that says something, from the
// first that does; of the first paragraph with text where none does.
func (c *Cutter) firstUnits(s string) []unit {
	var first []unit
	end := 0
	for range maxSkipped {
		start := end + len(s[end:]) - len(strings.TrimLeftFunc(s[end:], unicode.IsSpace))
		if start == len(s) {
			break
		}
		_, end = paragraphs(s, start, start)
		units := c.cutUnits(nil, s, start, end)
		c.markFurniture(units, s, start, end)
		if i := slices.IndexFunc(units, func(u unit) bool { return !u.furniture }); i >= 0 {
			return units[i:]
		}
		if first == nil {
			first = units
		}
	}
	return first
}

const blankLine = "\n\n"

func (c *Cutter) cutParagraphs(units []unit, s string) []unit {
	end := 0
	for _, span := range c.finder.analyzer.Sentences(s) {
		opens := end == 0 || strings.Count(s[end:span.Start], "\n") > 1
		end = span.End
		for most := maxSentence; length(span) > most; most = longPassage {
			rest := s[span.Start:span.End]
			cut := text.ClauseEnd(rest, longPassage)
			part := strings.TrimRightFunc(rest[:cut], unicode.IsSpace)
			units = append(units, unit{Span: text.Span{Start: span.Start, End: span.Start + len(part)}, opens: opens})
			opens = false
			span.Start = span.End - len(strings.TrimLeftFunc(rest[cut:], unicode.IsSpace))
		}
		units = append(units, unit{Span: span, opens: opens})
	}
	return units
}

// extend returns the span of units[first:last+1] with the unit behind it, or
// if there is none in the paragraph, the one before it; as it is when neither
// is there or either makes it too long. Units may begin within a paragraph.
func extend(units []unit, first, last int) text.Span {
	span := text.Span{Start: units[first].Start, End: units[last].End}
	if last+1 < len(units) && !units[last+1].opens && units[last+1].End-span.Start <= longPassage {
		span.End = units[last+1].End
		return span
	}
	if first > 0 && !units[first].opens && span.End-units[first-1].Start <= longPassage {
		span.Start = units[first-1].Start
	}
	return span
}

// grow returns unit u with as many behind it as make it long enough.
func grow(units []unit, u int) text.Span {
	for last := u; ; last++ {
		span := text.Span{Start: units[u].Start, End: units[last].End}
		if length(span) >= shortPassage || extend(units, u, last).End == span.End {
			return span
		}
	}
}

func length(s text.Span) int { return s.End - s.Start }
