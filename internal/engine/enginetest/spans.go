package enginetest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/newsq/newsq/internal/match"
)

// genSentences draws up to n words, some of them with capitals, in sentences and paragraphs.
func genSentences(t *rapid.T, label string, n int) string {
	var b strings.Builder
	for i, w := range rapid.SliceOfN(rapid.SampledFrom(words), 0, n).Draw(t, label) {
		if i > 0 {
			b.WriteString(rapid.SampledFrom([]string{" ", " ", " ", ". ", "! ", ".\n\n"}).Draw(t, "between"))
		}
		switch rapid.IntRange(0, 5).Draw(t, "capitals") {
		case 0, 1:
			first, size := utf8.DecodeRuneInString(w)
			w = string(unicode.ToUpper(first)) + w[size:]
		case 2:
			w = strings.ToUpper(w)
		}
		b.WriteString(w)
	}
	return b.String()
}

// genCase draws how a word must be written.
func genCase(t *rapid.T) match.Case {
	return rapid.SampledFrom([]match.Case{match.LowerCase, match.TitleCase, match.TitleCase, match.UpperCase, match.MixedCase}).Draw(t, "case")
}

func genSpans(t *rapid.T) match.Plan {
	s := match.Spans{Field: genField(t), Of: genSpan(t, 2)}
	if rapid.IntRange(0, 2).Draw(t, "several") == 0 {
		s.AtLeast = rapid.IntRange(1, 4).Draw(t, "at least")
	}
	if rapid.IntRange(0, 3).Draw(t, "in lead") == 0 {
		s.Field, s.Lead = match.Body, rapid.IntRange(1, 8).Draw(t, "lead")
	}
	if rapid.IntRange(0, 3).Draw(t, "in marks") == 0 {
		s.Marks = genMarks(t)
	}
	return s
}

// genSpan draws a span of at most a depth.
func genSpan(t *rapid.T, depth int) match.Span {
	kind := 0
	if depth > 0 {
		kind = rapid.IntRange(0, 4).Draw(t, "span")
	}
	unit := rapid.SampledFrom([]match.Unit{match.InWords, match.InSentence, match.InParagraph})
	several := func(least int) []match.Span {
		of := make([]match.Span, rapid.IntRange(least, 3).Draw(t, "operands"))
		for i := range of {
			of[i] = genSpan(t, depth-1)
		}
		return of
	}
	switch kind {
	case 1:
		return match.SpanOr(several(1))
	case 2, 3:
		return match.SpanNear{
			Of: several(2), Distance: rapid.IntRange(1, 4).Draw(t, "distance"),
			Unit: unit.Draw(t, "unit"), Ordered: rapid.Bool().Draw(t, "ordered"),
		}
	case 4:
		return match.SpanNotNear{
			Of: genSpan(t, depth-1), Avoid: genSpan(t, depth-1), Distance: rapid.IntRange(1, 4).Draw(t, "distance"),
			Unit: unit.Draw(t, "unit"), Ordered: rapid.Bool().Draw(t, "ordered"),
		}
	}
	var phrases match.SpanWords
	for range rapid.IntRange(1, 2).Draw(t, "alternatives") {
		phrases = append(phrases, match.Phrase{Terms: genTerms(t, 2)})
	}
	return phrases
}
