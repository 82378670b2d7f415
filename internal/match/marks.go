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
// each word of the speaker's name. A token of a sentence that is a forecast has is=forecast,
// see [KindMark].
const (
	MarkPerson = "person"
	MarkOrg    = "org"
	MarkPlace  = "place"
	MarkSaid   = "said"
	MarkBy     = "by"
)

// KindMark returns the mark of the tokens of a sentence of a kind, such as is=forecast.
func KindMark(kind string) string { return nameMark(MarkIs, kind) }

// NameMarks returns the marks of kind for a name: kind itself and one for each of its
// words, folded.
func NameMarks(a analysis.Analyzer, kind, name string) []string {
	marks := []string{kind}
	for _, w := range a.Words(name) {
		if len(marks) > maxNameWords {
			break
		}
		if len(w.Word) <= maxNameWord {
			marks = append(marks, nameMark(kind, w.Word))
		}
	}
	return marks
}

// maxNameWords bounds the words of a name that have marks, and maxNameWord these in bytes:
// names have a dozen at most, and each is kept at each place of the name. Longer words are
// left out, in queries too.
const (
	maxNameWords = 16
	maxNameWord  = 64
)

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

// marker gathers the marks of an article's tokens, in memory that it uses again.
type marker struct {
	lists  [][]TokenMark // each of one mark
	number map[string]int
	order  []int // of lists
}

// marks returns the marks of tokens, in order of marks and then of tokens. What touches or
// overlaps within a run is one. starts has for each token where it starts in its text, and
// cases for those up to the last of a field that has them how they are written.
func (m *marker) marks(parts []MarkedText, d *Encoded, starts []uint32, cases []Case) []TokenMark {
	if m.number == nil {
		m.number = make(map[string]int)
	}
	clear(m.number)
	total := m.addCases(cases, d.Runs)
	for _, f := range [...]Field{Title, Summary, Body} {
		if len(parts) == 0 {
			break
		}
		runs, start := d.Field(f)
		if len(runs) == 0 {
			continue
		}
		end := runs[len(runs)-1].End
		for i := range parts {
			if p := &parts[i]; p.Field == f {
				first := start + startingAt(starts[start:end], p.Start)
				last := start + startingAt(starts[start:end], p.End)
				total += m.add(p.Marks, runs, first, last)
			}
		}
	}
	m.order = m.order[:0]
	for i := range len(m.number) {
		m.order = append(m.order, i)
	}
	slices.SortFunc(m.order, func(a, b int) int { return strings.Compare(m.lists[a][0].Mark, m.lists[b][0].Mark) })
	marks := make([]TokenMark, 0, total)
	for _, i := range m.order {
		marks = appendJoined(marks, m.lists[i], d.Runs)
	}
	return marks
}

// startingAt returns how many tokens start before an offset.
func startingAt(starts []uint32, offset int) int {
	n, _ := slices.BinarySearchFunc(starts, offset, func(start uint32, offset int) int { return cmp.Compare(int(start), offset) })
	return n
}

// add adds marks of the tokens from first up to end, cut where runs end, and returns how
// many that were.
func (m *marker) add(marks []string, runs []EncodedRun, first, end int) (n int) {
	r, _ := slices.BinarySearchFunc(runs, first+1, func(r EncodedRun, end int) int { return cmp.Compare(r.End, end) })
	for ; first < end; r++ {
		last := min(end, runs[r].End)
		for _, mark := range marks {
			m.append(TokenMark{mark, uint32(first), uint32(last)})
			n++
		}
		first = last
	}
	return n
}

// append appends a mark to the list of those like it.
func (m *marker) append(t TokenMark) {
	list, known := m.number[t.Mark]
	if !known {
		list = len(m.number)
		m.number[t.Mark] = list
		if list == len(m.lists) {
			m.lists = append(m.lists, nil)
		}
		m.lists[list] = m.lists[list][:0]
	}
	m.lists[list] = append(m.lists[list], t)
}

// appendJoined appends marks of one kind to dst in their order, as one where they touch or
// overlap. Runs stay apart.
func appendJoined(dst, marks []TokenMark, runs []EncodedRun) []TokenMark {
	order := func(a, b TokenMark) int { return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.End, b.End)) }
	if !slices.IsSortedFunc(marks, order) {
		slices.SortFunc(marks, order)
	}
	endsRun := func(token uint32) bool {
		_, found := slices.BinarySearchFunc(runs, int(token), func(r EncodedRun, token int) int { return cmp.Compare(r.End, token) })
		return found
	}
	from := len(dst)
	for _, m := range marks {
		if n := len(dst); n > from {
			last := &dst[n-1]
			if m.First < last.End || m.First == last.End && !endsRun(m.First) {
				last.End = max(last.End, m.End)
				continue
			}
		}
		dst = append(dst, m)
	}
	return dst
}

// addMarks gives tokens their marks, each in order.
func addMarks(tokens Run, marks []TokenMark) {
	for _, m := range marks {
		for i := m.First; i < m.End; i++ {
			tokens[i].Marks = append(tokens[i].Marks, m.Mark)
		}
	}
}
