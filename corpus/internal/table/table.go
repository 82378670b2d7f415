// Package table reads tables with an article in each row, and gives other
// readers the rows of tables.
//
// A table is text whose rows are lines, and whose cells are parted by a comma, a
// semicolon, a tab or a bar, whichever gives all rows the same number of cells.
// A cell in quotes may hold separators and line breaks; quotes within it are
// doubled, or stand behind a backslash. Quotes that nobody doubled are
// understood where what follows shows that the cell goes on. A first line
// "sep=;" names the separator.
//
// The first row that names fields is the head; rows above it, such as the name
// of the export, are passed over. Without a head, what is in a column tells what
// it is: addresses, dates, names of hosts, the longest texts, short texts before
// them. Words that programs write where they have nothing, such as null, are no
// values.
//
// A table whose head is one name alone has one column, whatever its texts hold.
//
// Tables in JSON by columns are read as well, see [ReadColumns].
//
// A table of addresses without a column of texts holds links, see
// [record.Record.IsLink], unless it names the articles by title and outlet, author or
// date of publication. A head that comes again within a table is no row of
// it; neither is one without any value. Where a text begins with the title and
// the day on lines of their own, as some exports have it, these are left out.
//
// A table is read as a stream. A row of more than Limits.MaxLine bytes is left
// out and told. A row whose cells don't fit the head is told with its line.
package table

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/transform"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// Version is raised whenever the same bytes would be read differently.
const Version = 2

// Read reads a table of articles.
func Read(in *reader.Input, out reader.Output) error {
	s, sample := open(in)
	if _, whole := in.Head(); len(sample) == 0 && !whole {
		return &reader.Fault{Err: errLongHead, Hint: "leave out columns that are no article's"}
	}
	s.columns, s.skip = ColumnsOf(sample, in.Mapping)
	s.width = s.columns.Len()
	if !s.columns.isOfArticles() && len(sample) > s.skip {
		return &reader.Fault{Err: record.ErrNoText, Hint: "its columns are " + s.columns.list() + "; map the one that holds the text to body"}
	}
	if !out.Batches(s) {
		return nil
	}
	if n := s.repaired.Load(); n > 0 {
		return &reader.Fault{
			Err:  fmt.Errorf("%w: %d rows are not UTF-8, and were read by guess", record.ErrPartial, n),
			Hint: "write the file as UTF-8",
		}
	}
	if s.read.Load() == 0 {
		return &reader.Fault{Err: record.ErrNoText, Hint: "it holds no row below its head"}
	}
	return nil
}

// errLongHead tells of a table whose columns have no names that could be read.
var errLongHead = fmt.Errorf("%w: its first row is longer than a row of names is", reader.ErrTooLarge)

// Recognize reports whether a text is a table of articles whatever its name: its
// first row names a title or a text, an address or a date, and nothing that is
// no name, and the next rows have as many cells.
func Recognize(h *reader.Head) bool {
	line, _, found := bytes.Cut(h.Text[:min(len(h.Text), maxHeadLine)], []byte("\n"))
	if !found || !bytes.ContainsAny(line, ",;\t|") {
		return false
	}
	d := dialectOf(h.Text, h.Whole)
	rows := d.rows(h.Text, h.Whole, 3)
	if len(rows) < 2 || len(rows[0]) < 3 || len(rows[0]) != len(rows[1]) {
		return false
	}
	fields := map[record.Field]bool{}
	for _, name := range rows[0] {
		if len(name) > record.MaxName {
			return false
		}
		fields[nameOf(name).Field] = true
	}
	delete(fields, record.NoField)
	return len(fields) >= 3 && (fields[record.Title] || fields[record.Body]) &&
		(fields[record.Body] || fields[record.URL] || fields[record.Published])
}

// maxHeadLine bounds the first row of a table that is recognized by it.
const maxHeadLine = 4 << 10

// Names returns the names in the first row of a file that may be a table; nil
// when it is none. It is for readers that recognize tables of one program.
func Names(h *reader.Head) []string {
	line, _, _ := bytes.Cut(h.Text[:min(len(h.Text), maxHeadLine)], []byte("\n"))
	if h.Kind != reader.Text || !bytes.ContainsAny(line, ",;\t|") {
		return nil
	}
	d := dialectOf(h.Text, h.Whole)
	if rows := d.rows(h.Text, h.Whole, 1); len(rows) > 0 {
		return rows[0]
	}
	return nil
}

// Row is one row of a table below its head.
type Row struct {
	Line  int // of the file, from 1
	index map[string]int
	cells []string
}

// Get returns the cell below a name, as [record.Fold] folds names: "Saved Date"
// and "saved_date" are one. Of several names the first counts that has a cell
// with a value. It is empty when there is none.
func (r *Row) Get(names ...string) string {
	for _, name := range names {
		if i, ok := r.index[foldName(name)]; ok && i < len(r.cells) && r.cells[i] != "" {
			return r.cells[i]
		}
	}
	return ""
}

// Each calls do for each row of a table whose first row is its head, until do
// returns false. The cells are clean text. Rows that could not be read are told
// to fail, which may be nil.
func Each(in *reader.Input, fail func(*reader.Fault) bool, do func(row *Row) bool) error {
	s, sample := open(in)
	if len(sample) == 0 {
		return record.ErrNoText
	}
	s.skip, s.width = 1, len(sample[0])
	index := map[string]int{}
	for i, name := range sample[0] {
		if key := foldName(name); key != "" {
			if _, ok := index[key]; !ok {
				index[key] = i
			}
		}
	}
	var b reader.Batch
	for more := true; more; {
		if err := in.Context.Err(); err != nil {
			return err
		}
		b.Text, b.Pieces = b.Text[:0], b.Pieces[:0]
		more = s.Fill(&b)
		for _, p := range b.Pieces {
			switch {
			case p.Fault != nil:
				if fail != nil && !fail(p.Fault) {
					return nil
				}
			default:
				row := Row{Line: p.Number, index: index, cells: s.cells(b.Text[p.Start:p.End])}
				if !do(&row) {
					return nil
				}
			}
		}
	}
	return nil
}

// foldName returns a name as names of columns are compared: as record.Fold has
// it, or as it is in another script.
func foldName(name string) string {
	if f := record.Fold(nil, []byte(name)); len(f) > 0 {
		return string(f)
	}
	return name
}

// open finds out the character set and the dialect of a table, and returns its
// first rows.
func open(in *reader.Input) (*splitter, [][]string) {
	in.DecodeUTF16()
	head, whole := in.Head()
	if _, cs, err := extract.Decode(head, charset(in)); err == nil && cs != "utf-8" && cs != "" {
		if e, err := htmlindex.Get(cs); err == nil {
			in.Stream = bufio.NewReaderSize(transform.NewReader(in.Stream, e.NewDecoder()), reader.BufferSize)
			head, whole = in.Head()
		}
	}
	if bytes.IndexByte(head, '\n') < 0 && bytes.IndexByte(head, '\r') >= 0 {
		// Old programs of the Macintosh, and Excel's "CSV (Macintosh)".
		in.Stream = bufio.NewReaderSize(macReader{in.Stream}, reader.BufferSize)
		head, whole = in.Head()
	}
	s := &splitter{in: in, dialect: dialectOf(head, whole)}
	if s.stated {
		line, _ := in.Stream.ReadSlice('\n') // it was peeked at
		head, s.line = head[min(len(line), len(head)):], 1
	}
	return s, s.rows(head, whole, maxSample)
}

// macReader reads a text whose lines end with a carriage return alone.
type macReader struct{ r io.Reader }

func (m macReader) Read(b []byte) (int, error) {
	n, err := m.r.Read(b)
	for i := range b[:n] {
		if b[i] == '\r' {
			b[i] = '\n'
		}
	}
	return n, err
}

// charset returns what is stated of the character set as [extract.Decode] takes
// it.
func charset(in *reader.Input) string {
	if in.Charset == "" {
		return ""
	}
	return "text/plain; charset=" + in.Charset
}

// maxSample is how many rows tell what a table is.
const maxSample = 200

// rowParser makes records of rows.
type rowParser struct {
	splitter *splitter
	columns  *Columns
	rec      record.Record
}

// errShort tells of a row that is a part of one.
var errShort = errors.New("a row with one cell")

// Parse implements [reader.Parser].
func (p *rowParser) Parse(text []byte, number int, out reader.Sink) error {
	p.splitter.read.Add(1)
	if !utf8.Valid(text) {
		p.splitter.repaired.Add(1)
		if s, _, err := extract.Decode(text, ""); err == nil {
			text = []byte(s)
		}
	}
	cells := p.splitter.cells(text)
	if len(cells) == 1 && p.columns.Len() > 2 {
		return &reader.Fault{
			Line: number, Err: fmt.Errorf("%w, where others have %d", errShort, p.columns.Len()),
			Hint: "a text with line breaks must stand in quotes",
		}
	}
	p.rec.Reset()
	p.rec.Line, p.rec.Place = number, strconv.Itoa(number)
	if p.columns.Fill(&p.rec, cells) {
		out.Emit(&p.rec)
	}
	return nil
}
