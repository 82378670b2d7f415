// Package kikuzo reads pages of articles of Kikuzo II, the archive of the Asahi
// Shimbun.
//
// Before each article stands a table with the class topic-list: its head names the
// columns (No., 発行日, 朝夕刊, 面名, ページ, 文字数), and its cells hold the
// number, the day, the edition, the name of the page, its number and the number
// of characters. The title is in a span of the class font002, the text in a div
// of the class detail001, whose paragraphs end with a line break. Articles whose
// text the archive may not show have a title alone. What stands between articles
// leads to other pages and is left out. The name of a page and its number are no
// subjects and are left out too.
package kikuzo

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/newsq/newsq/corpus/internal/press/pageline"
	"github.com/newsq/newsq/corpus/internal/press/stated"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// Version is raised whenever the same bytes would be read differently.
const Version = 1

// Recognize reports whether a page has the tables and titles of Kikuzo.
func Recognize(h *reader.Head) bool {
	return pageline.InTag(h.Text, "topic-list") && pageline.InTag(h.Text, "font002") && (h.Contains("topic-detail") || h.Contains("detail001"))
}

// Read reads the articles of a page.
func Read(in *reader.Input, out reader.Output) error {
	page, err := in.Text()
	if err != nil {
		return err
	}
	p := parser{out: out}
	pageline.Each(page, p.line)
	p.finish()
	if p.number == 0 {
		return record.ErrNoText
	}
	return nil
}

// The columns of the table before an article, by their order where the head
// names none.
const (
	colNumber = iota
	colDay
	colEdition
	colPage
	colPageNumber
	colLength
	colOutlet // of magazines
	columns
)

// parser makes articles of lines.
type parser struct {
	out    reader.Output
	number int

	table  *pageline.Element // whose cells were seen last
	row    *pageline.Element // in which they stand
	order  []int             // the columns of the table at hand
	cells  [columns]string
	at     int // the next cell
	title  []string
	blocks []extract.Block
	notice string // why there is no text
	open   bool   // an article was begun
}

// line takes a line, and reports whether more are wanted.
func (p *parser) line(l *pageline.Line) bool {
	switch {
	case l.In.WithClass("topic-list") != nil:
		return p.cell(l)
	case !p.open:
	case l.In.WithClass("detail001") != nil || l.Within("font003") != "" && l.Within("font002") == "":
		p.blocks = append(p.blocks, extract.Block{Text: l.Text()})
	case l.Within("font002") != "":
		p.title = append(p.title, l.Within("font002"))
	case strings.HasPrefix(l.Text(), "※"):
		p.notice = l.Text()
	}
	return true
}

// cell takes a cell of the table before an article.
func (p *parser) cell(l *pageline.Line) bool {
	table := l.In.Closest("table")
	if table != p.table {
		if !p.finish() {
			return false
		}
		p.table, p.open = table, true
	}
	if row := l.In.Closest("tr"); row != p.row {
		p.row, p.at = row, 0
	}
	if l.In.Closest("th") != nil {
		if p.at == 0 {
			p.order = p.order[:0]
		}
		p.order = append(p.order, columnOf(l.Text()))
		p.at++
		return true
	}
	col := p.at
	if col < len(p.order) {
		col = p.order[col]
	}
	if p.at++; col >= 0 && col < columns {
		p.cells[col] = l.Text()
	}
	return true
}

// columnOf returns the column that a cell of the head names; -1 when it is
// another.
func columnOf(name string) int {
	switch {
	case strings.HasPrefix(name, "No"):
		return colNumber
	case strings.Contains(name, "発行日"), strings.Contains(name, "掲載日"):
		return colDay
	case strings.Contains(name, "誌名"), strings.Contains(name, "媒体"):
		return colOutlet
	case strings.Contains(name, "朝夕刊"):
		return colEdition
	case strings.Contains(name, "面名"):
		return colPage
	case strings.Contains(name, "ページ"), strings.Contains(name, "頁"):
		return colPageNumber
	case strings.Contains(name, "文字数"):
		return colLength
	}
	return -1
}

// finish emits the article at hand, and reports whether more are wanted.
func (p *parser) finish() bool {
	if !p.open {
		return true
	}
	var rec record.Record
	p.number++
	rec.Number, rec.Place = p.number, strconv.Itoa(p.number)
	rec.SetFinal(record.Title, record.Value{Text: strings.Join(p.title, " "), From: "font002"})
	outlet := p.cells[colOutlet]
	if outlet == "" {
		outlet = "朝日新聞"
	}
	if edition := p.cells[colEdition]; edition != "" {
		outlet += " " + edition
	}
	rec.SetFinal(record.Source, record.Value{Text: outlet, From: "朝夕刊"})
	rec.Set(record.Published, record.Mapped, []record.Value{{Text: p.cells[colDay], From: "発行日"}})
	rec.SetFinal(record.Language, record.Value{Text: "ja"})
	rec.Blocks = p.blocks
	p.check(&rec)
	p.title, p.blocks, p.notice, p.open = nil, nil, "", false
	p.cells = [columns]string{}
	return p.out.Emit(&rec)
}

// check tells where an article has no text, or much less than stated: the
// archive counts blanks as well.
func (p *parser) check(rec *record.Record) {
	if p.notice != "" && len(p.blocks) == 0 {
		rec.Tell(record.Body, record.Value{Text: p.notice}, errNotShown)
		return
	}
	text := textOf(p.blocks)
	if l, ok := stated.ParseLength(p.cells[colLength]); ok && utf8.RuneCountInString(text)*10 < l.N*7 {
		l.Check(rec, text)
	}
}

var errNotShown = fmt.Errorf("%w: the archive does not show the text", record.ErrPartial)

func textOf(blocks []extract.Block) string {
	var b strings.Builder
	for i := range blocks {
		b.WriteString(blocks[i].Text)
		b.WriteByte('\n')
	}
	return b.String()
}
