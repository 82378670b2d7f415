// Package yomidasu reads pages of articles of Yomidasu, the archive of the
// Yomiuri Shimbun.
//
// Each article begins with a table of the class contentsTable, whose cells hold
// its number, the day (1987.01.07), the title, the edition (東京朝刊), the name of
// the page, its number (09頁), the number of characters (1796字) and of columns
// (04段), and whether there is a picture (写真); all but the first three are known
// by what they look like, as some may be missing. The text stands in a div with
// the id heiseiDetailContents. The tables of forms between them, and the menus
// of the site, are left out. The name of a page is no subject and is left out.
package yomidasu

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/newsq/newsq/corpus/internal/press/pageline"
	"github.com/newsq/newsq/corpus/internal/press/stated"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// Version is raised whenever the same bytes would be read differently.
const Version = 1

// Recognize reports whether a page is one of Yomidasu. The first article may stand
// beyond what is looked at, behind the menus, so that the names of the site's
// scripts tell as well.
func Recognize(h *reader.Head) bool {
	return pageline.InTag(h.Text, "contentsTable") && h.Contains("heiseiDetail") ||
		pageline.InTag(h.Text, "yomiuriNewsSearch") && (h.Contains("heisei") || h.Contains("Yomiuri Shimbun"))
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

// parser makes articles of lines.
type parser struct {
	out    reader.Output
	number int
	table  *pageline.Element // of the article at hand
	cells  []string
	blocks []extract.Block
}

// line takes a line, and reports whether more are wanted.
func (p *parser) line(l *pageline.Line) bool {
	if table := l.In.WithClass("contentsTable"); table != nil {
		if table != p.table {
			if !p.finish() {
				return false
			}
			p.table = table
		}
		p.cells = append(p.cells, l.Text())
		return true
	}
	if p.table != nil && isText(l.In) {
		p.blocks = append(p.blocks, extract.Block{Text: l.Text()})
	}
	return true
}

// isText reports whether an element is that of a text.
func isText(e *pageline.Element) bool {
	for ; e != nil; e = e.Parent {
		if id := e.Attr("id"); e.Name == "div" && (id == "heiseiDetailContents" || id == "article" || strings.HasSuffix(id, "DetailContents")) {
			return true
		}
	}
	return false
}

// finish emits the article at hand, and reports whether more are wanted.
func (p *parser) finish() bool {
	if p.table == nil {
		return true
	}
	p.number++
	var rec record.Record
	rec.Number, rec.Place = p.number, strconv.Itoa(p.number)
	edition := ""
	var length stated.Length
	for i, cell := range p.cells {
		switch {
		case i == 0 && isNumber(cell):
		case !rec.Has(record.Published) && isDay(cell):
			rec.Set(record.Published, record.Mapped, []record.Value{{Text: cell, From: "contentsTable"}})
		case !rec.Has(record.Title):
			rec.SetFinal(record.Title, record.Value{Text: cell, From: "contentsTable"})
		case edition == "" && strings.HasSuffix(cell, "刊") && len([]rune(cell)) <= maxEdition:
			edition = " " + cell
		default:
			if l, ok := stated.ParseLength(cell); ok {
				length = l
			}
		}
	}
	rec.SetFinal(record.Source, record.Value{Text: "読売新聞" + edition, From: "contentsTable"})
	rec.SetFinal(record.Language, record.Value{Text: "ja"})
	rec.Blocks = p.blocks
	if length.N > 0 {
		length.Check(&rec, textOf(p.blocks), rec.First(record.Title))
	}
	p.table, p.cells, p.blocks = nil, nil, nil
	return p.out.Emit(&rec)
}

// maxEdition is the longest name of an edition, in letters: 大阪朝刊, 東京夕刊, 西部朝刊.
const maxEdition = 8

func isNumber(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsDigit(r) })
}

// isDay reports whether a cell is a day: 1987.01.07.
func isDay(s string) bool {
	_, ok := extract.ParseDateIn(s, "ja")
	return ok && len(s) <= len("1987年01月07日 夕刊") && s[0] >= '0' && s[0] <= '9'
}

func textOf(blocks []extract.Block) string {
	var b strings.Builder
	for i := range blocks {
		b.WriteString(blocks[i].Text)
		b.WriteByte('\n')
	}
	return b.String()
}
