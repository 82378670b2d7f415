package schema

import (
	"slices"
	"strings"

	"github.com/newsq/newsq/internal/match"
)

// The fields of marks say more than match.Encoded has: where units of text are and where
// stretches of marks end, so that queries of spans know what goes over a border.

// UnitMarks returns the marks of the first and the last token of each sentence, or
// paragraph, of two tokens and more, in fields with marks. So what lies from the one to the
// next other is one unit.
func UnitMarks(u match.Unit) (first, last string) {
	if u == match.InParagraph {
		return "/paragraph=first", "/paragraph=last"
	}
	return "/sentence=first", "/sentence=last"
}

// BreakMark returns the mark of the tokens that follow, in their run, one with a mark, and
// are without it; empty where they have none, as for the marks of names, which are
// of a few tokens each.
func BreakMark(mark string) string {
	switch kind, _, _ := strings.Cut(mark, "="); kind {
	case match.MarkPerson, match.MarkOrg, match.MarkPlace, caseKind:
		return ""
	}
	return "/" + mark
}

// caseKind is the kind of match.MarkTitleCase and the others.
const caseKind = "case"

// tokenMarks are the marks of an article by token, in memory that is used again.
type tokenMarks struct {
	at    []uint32 // of each token where its marks start; and where the last ones end
	marks []string
}

// of returns the marks of a token.
func (m *tokenMarks) of(token int) []string { return m.marks[m.at[token]:m.at[token+1]] }

// fill makes them those of an article.
func (m *tokenMarks) fill(d *match.Encoded) {
	m.at = append(m.at[:0], make([]uint32, len(d.TokenIDs)+2)...)
	at := m.at[1:]
	each(d, func(token uint32, _ string) { at[token+1]++ })
	for i := range d.TokenIDs {
		at[i+1] += at[i]
	}
	n := int(at[len(d.TokenIDs)])
	m.marks = slices.Grow(m.marks[:0], n)[:n]
	each(d, func(token uint32, mark string) {
		m.marks[at[token]] = mark
		at[token]++
	})
}

// each calls f for all marks of tokens, those of one token in the order in which they are
// sent.
func each(d *match.Encoded, f func(token uint32, mark string)) {
	for _, m := range d.Marks {
		for i := m.First; i < m.End; i++ {
			f(i, m.Mark)
		}
		if mark := BreakMark(m.Mark); mark != "" && goesOn(d, m.End) {
			f(m.End, mark)
		}
	}
	eachUnit(d, match.InSentence, d.Sentences, f)
	eachUnit(d, match.InParagraph, d.Paragraphs, f)
}

// goesOn reports whether a run goes on with the token of an index.
func goesOn(d *match.Encoded, token uint32) bool {
	_, ends := slices.BinarySearchFunc(d.Runs, int(token), func(r match.EncodedRun, token int) int { return r.End - token })
	return !ends
}

// eachUnit calls f for the marks of units. starts are those of all but the first of a run.
func eachUnit(d *match.Encoded, u match.Unit, starts []uint32, f func(token uint32, mark string)) {
	firstMark, lastMark := UnitMarks(u)
	first := 0
	call := func(end int) {
		if end-first > 1 {
			f(uint32(first), firstMark)
			f(uint32(end-1), lastMark)
		}
		first = end
	}
	for _, r := range d.Runs {
		if MarkField(r.Field) == "" {
			first = r.End
			continue
		}
		for ; len(starts) > 0 && int(starts[0]) < r.End; starts = starts[1:] {
			call(int(starts[0]))
		}
		call(r.End)
	}
}
