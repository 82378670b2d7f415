package render

import (
	"io"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"github.com/newsq/newsq/index"
)

// Reading is how a query is read, with what one wants to know beside it.
type Reading struct {
	*index.Analysis
	Typed    string         // the query as it was given
	Filters  []string       // as flags of the command line
	Location *time.Location // where dates are meant; nil means time.Local
}

// Analysis writes how a query is read: a tree of its parts, with numbers
// in columns of their own to the left of it, so that parts of any length find
// room.
func Analysis(w io.Writer, r *Reading, opt Options) error {
	p := newPage(w, opt)
	p.flow(styled(p.faint, "read as")+"  ", len("read as  "), wordsOf(r.Query, p.title))
	p.flow(styled(p.faint, "finds")+"    ", len("read as  "), p.found(r))
	if len(r.Clauses) > 0 {
		p.line()
		newTree(p, r).write(r.Clauses)
	}
	p.aliasesOf(r.Aliases)
	return p.err
}

// aliasesOf writes which other names each part of a query was looked for under.
func (p *page) aliasesOf(uses []index.AliasUse) {
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
			p.line()
		}
		name := Clean(f) + ": "
		p.aliases(styled(p.faint, first)+name, len(first)+columnsOf(name), of[f])
		first = strings.Repeat(" ", len(first))
	}
}

// wordsOf divides a text at blanks alone, unlike wrap, which may end a line
// between a sign and the word it belongs to.
func wordsOf(s string, look style) []item {
	var words []item
	for word := range strings.FieldsSeq(Clean(s)) {
		words = append(words, item{separator: " ", s: word, style: look})
	}
	return words
}

// found says what the query finds as a whole.
func (p *page) found(r *Reading) []item {
	among := "of " + Count(r.Among, "article", "articles")
	if len(r.Filters) > 0 {
		among += " with"
	}
	facts := append(wordsOf(humanize.Comma(int64(r.Articles)), p.title), wordsOf(among, p.plain)...)
	for _, f := range r.Filters {
		facts = append(facts, item{separator: " ", s: Clean(f), style: p.plain})
	}
	if r.WithSome > 0 {
		facts[len(facts)-1].s += ";"
		facts = append(facts, wordsOf(humanize.Comma(int64(r.WithSome))+" with some of the words", p.plain)...)
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

func newTree(p *page, r *Reading) *tree {
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

func (t *tree) write(clauses []index.Clause) {
	t.line(t.numbers(headMatches, headWithout, t.faint, t.faint))
	t.clauses(clauses, "")
}

// numbers returns what stands to the left of a clause.
func (t *tree) numbers(matches, without string, one, two style) string {
	s := strings.Repeat(" ", max(0, t.columns[0]-len(matches))) + styled(one, matches) + "  "
	if t.columns[1] == 0 {
		return s
	}
	return s + strings.Repeat(" ", max(0, t.columns[1]-len(without))) + styled(two, without) + "  "
}

// maxStem is the most columns of a stem: what lies deeper is indented no
// further, so that there is room for it.
const maxStem = 12

// clauses writes parts that stand side by side. Stem is what the tree draws to
// the left of them.
func (t *tree) clauses(clauses []index.Clause, stem string) {
	for i, c := range clauses {
		branch, below := "├ ", "│ "
		if i == len(clauses)-1 {
			branch, below = "└ ", "  "
		}
		if columnsOf(stem) >= maxStem {
			branch, below = "", ""
		}
		t.clause(&c, stem+branch, stem+below)
		t.clauses(c.Clauses, stem+below)
	}
}

// clause writes one part: its numbers, its text, and below it what it stands
// for.
func (t *tree) clause(c *index.Clause, branch, stem string) {
	blank := t.numbers("", "", t.plain, t.plain)
	numbers, words := t.counts(c), wordsOf(c.Text, t.title)
	if c.Ignored {
		numbers = blank
		words = append(wordsOf(c.Text, t.faint), item{separator: "  ", s: "(left out: a stop word)", style: t.faint})
	}
	t.flowBeside(numbers+styled(t.faint, branch), blank+styled(t.faint, stem), t.gutter()+columnsOf(stem), words)
	stem += remarkStem(c)
	t.remarks(c, blank+styled(t.faint, stem)+"  ", t.gutter()+columnsOf(stem)+2)
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

// remarkStem leads from a clause to its own parts, past the remarks on it.
func remarkStem(c *index.Clause) string {
	if len(c.Clauses) > 0 {
		return "│ "
	}
	return ""
}

// remarks writes what there is to say of a part, each line beginning with
// lead.
func (t *tree) remarks(c *index.Clause, lead string, columns int) {
	if !c.From.IsZero() || !c.To.IsZero() {
		t.flowBeside(lead, lead, columns, wordsOf(period(c.From, c.To, t.location), t.faint))
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
	t.flowBeside(lead, lead, columns, words)
}

// period puts a range of time, [from, to), into words: the days that it takes
// in, where it is made of days.
func period(from, to time.Time, loc *time.Location) string {
	zone := loc.String()
	if at := from; zone == "Local" {
		if at.IsZero() {
			at = to
		}
		zone, _ = at.In(loc).Zone()
	}
	from, to = inZone(from, loc), inZone(to, loc)
	first, last := moment(from), moment(to)
	if isMidnight(to) {
		last = date(to.AddDate(0, 0, -1))
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

// moment writes a time by its day, and by its hour where it isn't the start
// of a day.
func moment(t time.Time) string {
	if isMidnight(t) {
		return date(t)
	}
	return t.Format("2 Jan 2006 15:04")
}
