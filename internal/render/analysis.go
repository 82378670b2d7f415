package render

import (
	"io"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"github.com/newsq/newsq/index"
)

// AnalyzedQuery is the analysis of a query, with what stood beside the query.
type AnalyzedQuery struct {
	*index.Analysis
	Filters  []string       // as flags of the command line
	Location *time.Location // where dates are meant; nil means time.Local
}

// Analysis writes how a query is read, as a tree of its parts. The numbers of
// each part stand in columns to the left of the tree, so that there is room for
// parts of any length.
func Analysis(w io.Writer, r *AnalyzedQuery, opt Options) error {
	p := newPage(w, opt)
	p.writeItems(styled(p.faint, "read as")+"  ", len("read as  "), wordItems(r.Query, p.title))
	p.writeItems(styled(p.faint, "finds")+"    ", len("read as  "), p.totals(r))
	if len(r.Clauses) > 0 {
		p.writeLine()
		newTree(p, r).writeTree(r.Clauses)
	}
	p.writeAliasesByName(r.Aliases)
	return p.err
}

// writeAliasesByName writes, for each part of a query, the other names under
// which it was looked for.
func (p *page) writeAliasesByName(uses []index.AliasUse) {
	first := "aliases  "
	var from []string
	of := make(map[string][]index.AliasUse)
	for _, u := range uses {
		if of[u.From] == nil {
			from = append(from, u.From)
		}
		of[u.From] = append(of[u.From], u)
	}
	for i, f := range from {
		if i == 0 {
			p.writeLine()
		}
		name := Clean(f) + ": "
		p.writeAliases(styled(p.faint, first)+name, len(first)+columnsOf(name), of[f])
		first = strings.Repeat(" ", len(first))
	}
}

// wordItems divides a text at blanks only. wrap may also end a line between a
// sign and its word, which would break the syntax of a query.
func wordItems(s string, look style) []item {
	var words []item
	for word := range strings.FieldsSeq(Clean(s)) {
		words = append(words, item{separator: " ", s: word, style: look})
	}
	return words
}

// totals returns what the query finds as a whole.
func (p *page) totals(r *AnalyzedQuery) []item {
	among := "of " + Count(r.Among, "article", "articles")
	if len(r.Filters) > 0 {
		among += " with"
	}
	facts := append(wordItems(humanize.Comma(int64(r.Articles)), p.title), wordItems(among, p.plain)...)
	for _, f := range r.Filters {
		facts = append(facts, item{separator: " ", s: Clean(f), style: p.plain})
	}
	if r.WithSome > 0 {
		facts[len(facts)-1].s += ";"
		facts = append(facts, wordItems(humanize.Comma(int64(r.WithSome))+" with some of the words", p.plain)...)
	}
	return facts
}

// tree writes clauses below each other.
type tree struct {
	*page
	location *time.Location
	columns  [2]int // widths of the numbers; the second is 0 where there are none
}

// The heads of the columns of numbers.
const (
	headMatches = "matches"
	headWithout = "without it"
)

func newTree(p *page, r *AnalyzedQuery) *tree {
	t := &tree{page: p, location: r.Location, columns: [2]int{len(headMatches), 0}}
	if t.location == nil {
		t.location = time.Local
	}
	var widen func([]index.Clause)
	widen = func(clauses []index.Clause) {
		for _, c := range clauses {
			t.columns[0] = max(t.columns[0], len(humanize.Comma(int64(c.Articles))))
			if c.Without >= 0 {
				t.columns[1] = max(t.columns[1], len(headWithout), len(humanize.Comma(int64(c.Without))))
			}
			widen(c.Clauses)
		}
	}
	widen(r.Clauses)
	return t
}

// gutter is the width of the numbers and the blanks that follow them.
func (t *tree) gutter() int {
	if t.columns[1] == 0 {
		return t.columns[0] + 2
	}
	return t.columns[0] + 2 + t.columns[1] + 2
}

func (t *tree) writeTree(clauses []index.Clause) {
	t.writeLine(t.numbers(headMatches, headWithout, t.faint, t.faint))
	t.writeClauses(clauses, "")
}

// numbers returns what stands to the left of a clause.
func (t *tree) numbers(matches, without string, one, two style) string {
	s := strings.Repeat(" ", max(0, t.columns[0]-len(matches))) + styled(one, matches) + "  "
	if t.columns[1] == 0 {
		return s
	}
	return s + strings.Repeat(" ", max(0, t.columns[1]-len(without))) + styled(two, without) + "  "
}

// maxStemWidth is the most columns of a stem. Deeper parts are not indented
// further, so that there is room for their text.
const maxStemWidth = 12

// writeClauses writes parts that stand side by side. Stem is what the tree
// draws to the left of them.
func (t *tree) writeClauses(clauses []index.Clause, stem string) {
	for i, c := range clauses {
		branch, below := "├ ", "│ "
		if i == len(clauses)-1 {
			branch, below = "└ ", "  "
		}
		if columnsOf(stem) >= maxStemWidth {
			branch, below = "", ""
		}
		t.writeClause(&c, stem+branch, stem+below)
		t.writeClauses(c.Clauses, stem+below)
	}
}

// writeClause writes one part: its numbers, its text, and below it the words
// or the dates that it stands for.
func (t *tree) writeClause(c *index.Clause, branch, stem string) {
	blank := t.numbers("", "", t.plain, t.plain)
	numbers, words := t.counts(c), wordItems(c.Text, t.title)
	if c.Ignored {
		numbers = blank
		words = append(wordItems(c.Text, t.faint), item{separator: "  ", s: "(left out: a stop word)", style: t.faint})
	}
	if c.Optional {
		words = append(words, item{separator: "  ", s: "(optional: it asks)", style: t.faint})
	}
	t.writeItemsBeside(numbers+styled(t.faint, branch), blank+styled(t.faint, stem), t.gutter()+columnsOf(stem), words)
	stem += stemToParts(c)
	t.writeRemarks(c, blank+styled(t.faint, stem)+"  ", t.gutter()+columnsOf(stem)+2)
}

// counts returns the numbers of a clause. What no article has stands out.
func (t *tree) counts(c *index.Clause) string {
	without, style := "", t.plain
	if c.Without >= 0 {
		without = humanize.Comma(int64(c.Without))
	}
	if c.Articles == 0 {
		style = t.match
	}
	return t.numbers(humanize.Comma(int64(c.Articles)), without, style, t.plain)
}

// stemToParts returns what the tree draws beside the remarks on a clause: the
// line down to its parts, if it has any.
func stemToParts(c *index.Clause) string {
	if len(c.Clauses) > 0 {
		return "│ "
	}
	return ""
}

// writeRemarks writes the dates and the words that a part stands for. Each line
// begins with lead, which takes columns columns.
func (t *tree) writeRemarks(c *index.Clause, lead string, columns int) {
	if !c.From.IsZero() || !c.To.IsZero() {
		t.writeItemsBeside(lead, lead, columns, wordItems(period(c.From, c.To, t.location), t.faint))
	}
	itself := len(c.Words) == 1 && c.MoreWords == 0 && strings.EqualFold(c.Words[0].Word, c.Text)
	if c.Ignored || itself || len(c.Words) == 0 {
		return
	}
	var words []item
	for _, word := range c.Words {
		words = append(words, item{separator: "   ", s: Clean(word.Word), remark: " " + humanize.Comma(int64(word.Count)), style: t.plain})
	}
	if c.MoreWords > 0 {
		words = append(words, item{separator: "   ", remark: "+" + humanize.Comma(int64(c.MoreWords)) + " more", style: t.plain})
	}
	t.writeItemsBeside(lead, lead, columns, words)
}

// period puts a range of time, [from, to), into words. A range of whole days
// is written with its last day.
func period(from, to time.Time, loc *time.Location) string {
	zone := loc.String()
	if at := from; zone == "Local" {
		if at.IsZero() {
			at = to
		}
		zone, _ = at.In(loc).Zone()
	}
	from, to = inZone(from, loc), inZone(to, loc)
	first, last := dateTime(from), dateTime(to)
	if isMidnight(to) {
		last = formatDate(to.AddDate(0, 0, -1))
	}
	switch {
	case !from.IsZero() && !to.IsZero() && !from.Before(to):
		return "no time at all"
	case to.IsZero():
		return "from " + first + " on, " + zone
	case from.IsZero():
		return "up to " + last + ", " + zone
	case first == last:
		return first + ", " + zone
	}
	return first + " to " + last + ", " + zone
}

// inZone returns t in a location; the zero time, which is no time, stays.
func inZone(t time.Time, loc *time.Location) time.Time {
	if t.IsZero() {
		return t
	}
	return t.In(loc)
}

func isMidnight(t time.Time) bool {
	return t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 && t.Nanosecond() == 0
}

// dateTime writes a time: the day alone where it is the start of the day.
func dateTime(t time.Time) string {
	if isMidnight(t) {
		return formatDate(t)
	}
	return t.Format("2 Jan 2006 15:04")
}
