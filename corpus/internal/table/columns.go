package table

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/newsq/newsq/corpus/internal/json"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// Columns says what the columns of a table are. It is not changed once it is
// made, so several goroutines may use it.
type Columns struct {
	names   []string // as they stand in the head; of columns without one "column 3"
	columns []column
	mapping *record.Mapping
	isLink  bool // addresses, and no column of texts, nor any that says what was published
	cleaning
}

// column is what a column holds.
type column struct {
	name  record.Name
	order order // of the dates
	time  int   // the column of the times of day of these dates; -1 for none
}

// NewColumns returns what the columns of a table are that have these names,
// judging by the rows in sample where names don't tell. Names may be nil for a
// table without a head; m may be nil.
func NewColumns(names []string, sample [][]string, m *record.Mapping) *Columns {
	n := len(names)
	if names == nil {
		for _, row := range sample {
			n = max(n, len(row))
		}
	}
	c := &Columns{names: make([]string, n), columns: make([]column, n), mapping: m, cleaning: cleaningOf(sample)}
	for i := range n {
		c.columns[i].time = -1
		if i < len(names) && strings.TrimSpace(names[i]) != "" {
			c.names[i] = strings.TrimSpace(names[i])
			c.columns[i].name = nameOf(c.names[i])
		} else {
			c.names[i] = "column " + strconv.Itoa(i+1)
		}
		switch f := m.At([]byte(c.names[i])).Field(); f {
		case record.NoField:
		case record.LeftOut:
			c.columns[i].name = record.Name{}
		default:
			c.columns[i].name = record.Name{Field: f, Rank: record.Mapped}
		}
	}
	c.settle(sample)
	c.guess(sample)
	c.setDates(sample)
	c.isLink = c.has(record.URL) && !c.has(record.Body) && !c.has(record.Summary) && !c.has(record.Lead) && !c.isCoverage()
	return c
}

// settle decides what names mean that depend on the others: a Rubrik is a title
// in Swedish and a section in German, "data" are dates in Italian and Portuguese,
// and a name is a title only where something else is of an article, as people
// have names as well.
func (c *Columns) settle(sample [][]string) {
	titles := 0
	for i := range c.columns {
		if c.columns[i].name.Field == record.Title {
			titles++
		}
	}
	isArticle := c.has(record.Body) || c.has(record.Summary) || c.has(record.Lead) || c.has(record.URL) || c.has(record.Published)
	for i := range c.columns {
		name := &c.columns[i].name
		switch word := lettersOf(c.names[i]); {
		case name.Rank == record.Mapped && name.Field != record.NoField: // a person says so
		case word == "rubrik" && titles > 1:
			*name = record.Name{Field: record.Topics, Rank: ownRank}
		case word == "name" && name.Field == record.Title && !isArticle:
			*name = record.Name{}
		case word == "data" && !c.has(record.Published):
			if s := statsOf(sample, i); s.all(s.dates) {
				*name = record.Name{Field: record.Published, Rank: ownRank}
			}
		}
	}
}

// ColumnsOf returns the columns of the table that begins with these rows, and
// how many of them are no article's.
func ColumnsOf(sample [][]string, m *record.Mapping) (c *Columns, skip int) {
	at := headRow(sample, m)
	if at < 0 {
		return NewColumns(nil, sample, m), 0
	}
	return NewColumns(sample[at], sample[at+1:], m), at + 1
}

// Len returns the number of columns.
func (c *Columns) Len() int { return len(c.columns) }

// Names returns the names of the columns.
func (c *Columns) Names() []string { return c.names }

// IsTable reports whether the columns are those of articles: whether one has
// titles or texts.
func (c *Columns) IsTable() bool { return c.has(record.Title) || c.has(record.Body) }

// isOfArticles reports whether a row can be an article or lead to one at all.
func (c *Columns) isOfArticles() bool {
	return c.IsTable() || c.has(record.Summary) || c.has(record.Lead) || c.has(record.URL)
}

// maxListed is how many names of columns are told.
const maxListed = 20

// list returns the names of the columns as a person is told them.
func (c *Columns) list() string {
	names := c.names[:min(len(c.names), maxListed)]
	return strings.Join(names, ", ")
}

func (c *Columns) has(f record.Field) bool {
	return slices.ContainsFunc(c.columns, func(col column) bool { return col.name.Field == f })
}

// isCoverage reports whether the rows name articles as services do that say what was
// published: with an outlet, an author or a date of publication beside the title. A
// list of links has none of these, but may say when each was saved.
func (c *Columns) isCoverage() bool {
	for i := range c.columns {
		switch c.columns[i].name.Field {
		case record.Source, record.Authors:
			return c.has(record.Title)
		case record.Published:
			if !isOfSaving(c.names[i]) {
				return c.has(record.Title)
			}
		}
	}
	return false
}

// isOfSaving reports whether a column of dates says when a link was saved.
func isOfSaving(name string) bool {
	name = foldName(name)
	for _, word := range [...]string{"added", "saved", "creat", "crawl", "bookmark", "visit", "modified", "updated", "timestamp"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// Fill sets the fields of a record to the cells of a row, which are clean text.
// It reports whether the row is one of an article: neither empty nor the head
// once more.
func (c *Columns) Fill(rec *record.Record, cells []string) bool {
	if c.isHead(cells) {
		return false
	}
	rec.IsLink = c.isLink
	filled := false
	for i := range c.columns {
		if i >= len(cells) || isNothing(cells[i]) {
			continue
		}
		filled = true
		if col := &c.columns[i]; col.name.Field != record.NoField && rec.Wants(col.name.Field, col.name.Rank) {
			c.set(rec, i, cells)
		}
	}
	for _, cell := range cells[min(len(cells), len(c.columns)):] {
		if !isNothing(cell) {
			rec.Tell(record.NoField, record.Value{Text: cell}, fmt.Errorf("%w: a row with %d cells, where the head has %d",
				record.ErrPartial, len(cells), len(c.columns)))
			break
		}
	}
	c.trimRepeats(rec)
	return filled
}

// set sets the field of column i.
func (c *Columns) set(rec *record.Record, i int, cells []string) {
	col, cell := &c.columns[i], cells[i]
	f := col.name.Field
	switch {
	case f.IsDate():
		if cell = col.order.resolve(cell); col.time >= 0 && col.time < len(cells) && !strings.Contains(cell, ":") {
			cell += " " + cells[col.time]
		}
	case f.IsText():
		cell = c.clean(cell)
	}
	if tree, ok := structured(cell, f); ok && c.setTree(rec, f, col.name, tree) {
		return
	}
	if rec.Set(f, col.name.Rank, []record.Value{{Text: cell, From: c.names[i]}}) && f == record.Body {
		rec.Form, rec.HeadingIsTitle = record.Either, false
		if col.name.HTML {
			rec.Form = record.HTML
		}
	}
}

// setTree sets a field to what a list or an object says, as JSON has it.
func (c *Columns) setTree(rec *record.Record, f record.Field, name record.Name, tree string) bool {
	var part record.Record
	object := `{"` + f.String() + `":` + tree + `}`
	if f == record.Lead || json.NewParser(nil).Fields([]byte(object), &part) != nil || !part.Has(f) {
		return false
	}
	if f == record.Body && part.Blocks != nil {
		rec.SetBlocks(name.Rank, part.Blocks)
		return true
	}
	if !rec.Set(f, name.Rank, part.Values(f)) {
		return false
	}
	if f == record.Body {
		rec.Form = record.Either
	}
	return true
}

// isHead reports whether a row is the head once more, as in tables that were put
// together.
func (c *Columns) isHead(cells []string) bool {
	same := 0
	for i, cell := range cells {
		if i >= len(c.names) || cell != c.names[i] && cell != "" {
			return false
		}
		if cell != "" {
			same++
		}
	}
	return same >= 2
}

// trimRepeats takes the title, and the day below it, off the start of a text that
// repeats them on lines of their own.
func (c *Columns) trimRepeats(rec *record.Record) {
	values := rec.Values(record.Body)
	title := rec.First(record.Title)
	if title == "" || len(values) != 1 || rec.IsFinal(record.Body) {
		return
	}
	rest, ok := strings.CutPrefix(strings.TrimLeft(values[0].Text, "\n "), strings.TrimSpace(title))
	line, after, found := strings.Cut(rest, "\n")
	if !ok || !found || strings.Trim(line, " .\t") != "" {
		return
	}
	after = strings.TrimLeft(after, "\n ")
	line, rest, _ = strings.Cut(after, "\n")
	if repeated, ok := extract.ParseDate(line); ok && len(line) <= maxName {
		for _, v := range rec.Values(record.Published) {
			if day, ok := extract.ParseDate(v.Text); ok && day.Format(time.DateOnly) == repeated.Format(time.DateOnly) {
				after = strings.TrimLeft(rest, "\n ")
				break
			}
		}
	}
	values[0].Text = after
}
