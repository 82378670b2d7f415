package match

import (
	"cmp"
	"slices"
	"strings"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/text"
)

// The marks of tokens. A token of a name has the mark of its kind, and one for each word
// of the name that the thing goes by, which may be longer than what stands there: the
// tokens of "Mr. Kim" may be person, person=jong, person=kim and person=un. A token within
// a quotation has MarkSaid and, where somebody is known to say it, MarkBy and by=word for
// each word of the speaker's name.
const (
	MarkPerson = "person"
	MarkOrg    = "org"
	MarkPlace  = "place"
	MarkSaid   = "said"
	MarkBy     = "by"
)

// NameMarks returns the marks of kind for a name: kind itself and one for each of its
// words, folded.
func NameMarks(a analysis.Analyzer, kind, name string) []string {
	marks := []string{kind}
	for _, w := range a.Words(name) {
		if len(marks) > maxNameWords {
			break
		}
		marks = append(marks, nameMark(kind, w.Word))
	}
	return marks
}

// maxNameWords bounds the words of a name that have marks: names have a dozen at most, and
// each is kept at each place of the name.
const maxNameWords = 16

func nameMark(kind, word string) string { return kind + "=" + word }

// JoinMarks returns marks, each once, in the form of TermPattern.Marks. It sorts marks.
func JoinMarks(marks []string) string {
	slices.Sort(marks)
	return strings.Join(slices.Compact(marks), " ")
}

// SplitMarks is the inverse of JoinMarks.
func SplitMarks(marks string) []string { return strings.Fields(marks) }

// MarkedText is a part of an article's text whose tokens have marks: those that start
// within it.
type MarkedText struct {
	Field     Field // Title, Summary or Body
	text.Span       // in bytes of the title, of the summary, or of all sections of the body, one after the other
	Marks     []string
}

// TokenMark is a mark that the tokens of an article have from one to another, which are
// told by their indexes in Encoded.TokenIDs.
type TokenMark struct {
	Mark       string
	First, End uint32
}

// HasMarks reports whether the token has all of marks, which are in the form of
// TermPattern.Marks.
func (t *Token) HasMarks(marks string) bool {
	for marks != "" {
		mark, rest, _ := strings.Cut(marks, " ")
		if !slices.Contains(t.Marks, mark) {
			return false
		}
		marks = rest
	}
	return true
}

// tokenMarks returns the marks of tokens, in order of marks and then of tokens. What
// touches or overlaps within a run is one. starts has for each token of a field where it
// starts in its text; all other fields are left out.
func tokenMarks(parts []MarkedText, d *Encoded, starts []uint32) []TokenMark {
	var marks []TokenMark
	for i := range parts {
		p := &parts[i]
		runs, start := d.Field(p.Field)
		for _, r := range runs {
			first := start + startingAt(starts[start:r.End], p.Start)
			end := start + startingAt(starts[start:r.End], p.End)
			for _, m := range p.Marks {
				if first < end {
					marks = append(marks, TokenMark{m, uint32(first), uint32(end)})
				}
			}
			start = r.End
		}
	}
	return joinTouching(marks, d.Runs)
}

// startingAt returns how many tokens start before an offset.
func startingAt(starts []uint32, offset int) int {
	n, _ := slices.BinarySearchFunc(starts, offset, func(start uint32, offset int) int { return cmp.Compare(int(start), offset) })
	return n
}

// joinTouching sorts marks, and makes one of those that touch or overlap. Runs stay apart.
func joinTouching(marks []TokenMark, runs []EncodedRun) []TokenMark {
	slices.SortFunc(marks, func(a, b TokenMark) int {
		return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.End, b.End))
	})
	slices.SortStableFunc(marks, func(a, b TokenMark) int { return strings.Compare(a.Mark, b.Mark) })
	startsRun := func(token uint32) bool {
		_, found := slices.BinarySearchFunc(runs, int(token), func(r EncodedRun, token int) int { return cmp.Compare(r.End, token) })
		return found
	}
	joined := marks[:0]
	for _, m := range marks {
		if n := len(joined); n > 0 && joined[n-1].Mark == m.Mark {
			last := &joined[n-1]
			if m.First < last.End || m.First == last.End && !startsRun(m.First) {
				last.End = max(last.End, m.End)
				continue
			}
		}
		joined = append(joined, m)
	}
	return joined
}

// addMarks gives tokens their marks, each in order.
func addMarks(tokens Run, marks []TokenMark) {
	for _, m := range marks {
		for i := m.First; i < m.End; i++ {
			tokens[i].Marks = append(tokens[i].Marks, m.Mark)
		}
	}
}

// MarksBetween returns the marks of tokens from index first up to end, in the same order.
func (d *Encoded) MarksBetween(first, end int) []TokenMark {
	if len(d.Marks) == 0 {
		return nil
	}
	var marks []TokenMark
	for _, m := range d.Marks {
		if int(m.First) >= first && int(m.End) <= end {
			marks = append(marks, m)
		}
	}
	return marks
}
