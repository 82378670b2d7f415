package render

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/dustin/go-humanize"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/wire"
)

// Comparison writes for a person what each side uses more than the others: its words, in how
// many of its articles they stand and in how many of the others, and a passage each.
func Comparison(w io.Writer, c *index.Comparison, opt Options) error {
	p := newPage(w, opt)
	for i := range c.Sides {
		s := &c.Sides[i]
		others := 0
		for j := range c.Sides {
			if j != i {
				others += c.Sides[j].Read
			}
		}
		p.writeItems("", 0, []item{
			{s: p.sideName(c.By, s.Value), style: p.title},
			{separator: "  ", s: readOf(s.Read, s.Articles), style: p.faint},
		})
		p.writeTelling(s.Terms, s.Read, others)
		if len(s.Terms) == 0 {
			p.writeLine(styled(p.faint, "  nothing that is sure"))
		}
		p.writeLine()
	}
	p.writeAliasesFound(c.Aliases)
	said := Count(c.Total, "article", "articles") + " by " + c.By
	if c.More > 0 {
		said += ", " + Count(c.More, "more value", "more values")
	}
	p.writeContrastFooter(said+"; %: of the articles read, here and on the other sides", opt, Duration(c.Took))
	return p.err
}

// Words writes for a person what stands out in the articles that match.
func Words(w io.Writer, res *index.WordsResult, opt Options) error {
	p := newPage(w, opt)
	p.writeTelling(res.Terms, res.Read, res.OthersRead)
	if len(res.Terms) > 0 {
		p.writeLine()
	}
	p.writeAliasesFound(res.Aliases)
	said := readOf(res.Read, res.Articles) + ", compared with " + readOf(res.OthersRead, res.Others)
	p.writeContrastFooter(said+"; %: of the articles read, of these and of the others", opt, Duration(res.Took))
	return p.err
}

func (p *page) writeContrastFooter(said string, opt Options, took string) {
	if opt.Timing {
		said += "; in " + took
	}
	p.writeWrapped("", 0, text{s: said, base: p.faint})
}

// readOf says how many of some articles were read.
func readOf(read, all int) string {
	if read == all {
		return Count(all, "article", "articles")
	}
	return humanize.Comma(int64(read)) + " of " + Count(all, "article", "articles") + ", evenly over time"
}

// sideName names a value, with the label of a topic.
func (p *page) sideName(by, value string) string {
	if by == index.FacetTopic {
		if label := p.opt.topicLabel(value); label != "" {
			return Clean(value) + " " + label
		}
	}
	return Clean(value)
}

// The columns of what stands out.
const (
	minTermColumns = 8
	maxTermColumns = 26
)

// writeTelling writes terms, one a line, each with a passage below it. read and others are
// how many articles were read on both sides.
func (p *page) writeTelling(terms []index.TellingTerm, read, others int) {
	columns := minTermColumns
	for i := range terms {
		columns = max(columns, columnsOf(Clean(terms[i].Text)))
	}
	columns = min(columns, maxTermColumns, p.opt.width()/2)
	for i := range terms {
		t := &terms[i]
		p.writeItems("  "+styled(p.match, pad(truncate(Clean(t.Text), columns), columns)), 2+columns, []item{
			{s: fmt.Sprintf("%7s here", percent(t.Articles, read)), style: p.plain},
			{separator: " ", s: fmt.Sprintf("%6s there", percent(t.OtherArticles, others)), style: p.plain},
			{separator: "  ", s: "z " + strconv.FormatFloat(t.Z, 'f', 1, 64), style: p.faint},
		})
		if t.Passage.Text == "" {
			continue
		}
		const indent = 6
		s, marks := excerpt(t.Passage.Text, t.Passage.Matches, 2*(p.opt.width()-indent))
		p.writeWrapped(strings.Repeat(" ", indent), indent, text{s: s, marks: marks, base: p.faint, match: p.match})
		p.writeOrigin(t, indent)
	}
}

// writeOrigin says which article a passage is of.
func (p *page) writeOrigin(t *index.TellingTerm, indent int) {
	a := &t.Article
	items := []item{{s: truncate(Clean(a.ID), p.opt.width()-indent), style: p.id}}
	if a.Source != "" {
		items = append(items, item{separator: " · ", s: Clean(a.Source), style: p.faint})
	}
	if !a.Published.IsZero() {
		items = append(items, item{separator: " · ", s: p.published(a), style: p.faint})
	}
	p.writeItems(strings.Repeat(" ", indent), indent, items)
}

// percent is n of all; with a digit behind the point below ten.
func percent(n, all int) string {
	if all == 0 {
		return "-"
	}
	share := 100 * float64(n) / float64(all)
	if share > 0 && share < 9.95 {
		return strconv.FormatFloat(share, 'f', 1, 64) + " %"
	}
	return strconv.FormatFloat(share, 'f', 0, 64) + " %"
}

// excerpt returns about n bytes of s around the first mark, with … where it was cut, and
// the marks within.
func excerpt(s string, marks []index.Span, n int) (string, []index.Span) {
	if len(s) <= n || len(marks) == 0 {
		return s, marks
	}
	from := max(0, min(marks[0].Start-n/3, len(s)-n))
	to := min(len(s), max(from+n, marks[0].End))
	if from > 0 {
		if i := strings.IndexByte(s[from:marks[0].Start], ' '); i >= 0 {
			from += i + 1
		} else {
			from = marks[0].Start
		}
	}
	if to < len(s) {
		if i := strings.LastIndexByte(s[marks[0].End:to], ' '); i >= 0 {
			to = marks[0].End + i
		} else {
			to = marks[0].End
		}
	}
	out, shift := s[from:to], -from
	if from > 0 {
		out, shift = "… "+out, shift+len("… ")
	}
	var within []index.Span
	for _, m := range marks {
		if m.Start >= from && m.End <= to {
			within = append(within, index.Span{Start: m.Start + shift, End: m.End + shift})
		}
	}
	if to < len(s) {
		out += " …"
	}
	return strings.ToValidUTF8(out, string(utf8.RuneError)), within
}

// ComparisonJSON writes a comparison as one JSON object.
func ComparisonJSON(w io.Writer, query string, c *index.Comparison) error {
	return wire.Write(w, wire.NewComparison(query, c))
}

// WordsJSON writes what stands out as one JSON object.
func WordsJSON(w io.Writer, query string, res *index.WordsResult) error {
	return wire.Write(w, wire.NewWords(query, res))
}

// tellingHeader names the columns of terms, those of tellingRow.
func tellingHeader() []string {
	return []string{"term", "z", "log_odds", "habit", "count", "articles", "other_count", "other_articles", "id", "title", "source", "passage"}
}

func tellingRow(t *index.TellingTerm) []string {
	number := func(f float64) string { return strconv.FormatFloat(f, 'g', 6, 64) }
	return []string{
		spreadsheetCell(t.Text), number(t.Z), number(t.LogOdds), number(t.Habit), strconv.Itoa(t.Count), strconv.Itoa(t.Articles),
		strconv.Itoa(t.OtherCount), strconv.Itoa(t.OtherArticles), spreadsheetCell(t.Article.ID), spreadsheetCell(t.Article.Title),
		spreadsheetCell(t.Article.Source), spreadsheetCell(t.Passage.Text),
	}
}

// ComparisonCSV writes a comparison as comma-separated values, a line for each term, as
// HitsCSV has it.
func ComparisonCSV(w io.Writer, c *index.Comparison) error {
	rows := [][]string{append([]string{"side", "read"}, tellingHeader()...)}
	for i := range c.Sides {
		s := &c.Sides[i]
		for j := range s.Terms {
			rows = append(rows, append([]string{spreadsheetCell(s.Value), strconv.Itoa(s.Read)}, tellingRow(&s.Terms[j])...))
		}
	}
	return writeCSV(w, rows)
}

// WordsCSV writes what stands out likewise.
func WordsCSV(w io.Writer, res *index.WordsResult) error {
	rows := [][]string{tellingHeader()}
	for i := range res.Terms {
		rows = append(rows, tellingRow(&res.Terms[i]))
	}
	return writeCSV(w, rows)
}

func writeCSV(w io.Writer, rows [][]string) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	return out.WriteAll(rows)
}
