// Package xlsx reads workbooks of Excel with an article in each row.
//
// A workbook is a zip archive: xl/workbook.xml names the sheets in order,
// xl/sharedStrings.xml holds the texts of cells, xl/styles.xml says which
// numbers are dates, and a sheet may have a file of the addresses that its cells
// lead to. Sheets are read as streams, row by row; the shared texts are held in
// memory, of at most Limits.MaxFile bytes.
//
// What the columns of a sheet are, package table tells. A sheet without a column
// of titles or texts holds no articles and is passed over, as are charts. Cells
// hold what was computed last, not formulas. A cell's link is the article's
// address where no column has any.
package xlsx

import (
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"path"
	"strconv"
	"strings"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/table"
	"github.com/newsq/newsq/corpus/internal/xmltree"
)

// Version is raised whenever the same bytes would be read differently.
const Version = 1

// Recognize reports whether a zip archive is a workbook: whether it has a part
// of one, and is no document of Word in which a workbook lies.
func Recognize(h *reader.Head) bool {
	return (bytes.Contains(h.Bytes, []byte("xl/workbook.xml")) || bytes.Contains(h.Bytes, []byte("xl/worksheets/")) ||
		bytes.Contains(h.Bytes, []byte("xl/_rels/"))) && !bytes.Contains(h.Bytes, []byte("word/")) && !bytes.Contains(h.Bytes, []byte("ppt/"))
}

// Read reads the articles of all sheets.
func Read(in *reader.Input, out reader.Output) error {
	at, size, err := in.At()
	if err != nil {
		return err
	}
	z, err := zip.NewReader(at, size)
	if err != nil {
		return fmt.Errorf("%w: %w", errWorkbook, err)
	}
	w := &workbook{in: in, parts: map[string]*zip.File{}}
	for _, f := range z.File {
		w.parts[strings.ToLower(strings.TrimPrefix(f.Name, "/"))] = f
	}
	if err := w.open(); err != nil {
		return err
	}
	n := 0
	for _, s := range w.sheets {
		more, err := w.readSheet(s, func(rec *record.Record) bool {
			n++
			rec.Number = n
			return out.Emit(rec)
		})
		if err != nil && !out.Fail(&reader.Fault{Err: fmt.Errorf("sheet %s: %w", s.name, err)}) || !more {
			return nil
		}
		if in.Context.Err() != nil {
			return in.Context.Err()
		}
	}
	if n == 0 {
		return &reader.Fault{Err: record.ErrNoText, Hint: "no sheet of it has a column of titles or texts below a head that names them"}
	}
	return nil
}

var errWorkbook = errors.New("not a workbook")

// workbook is a file while it is read.
type workbook struct {
	in     *reader.Input
	parts  map[string]*zip.File // by their names in lower case
	sheets []sheet
	texts  []string
	dates  []bool // by style
	from   int    // the year in which days are counted from: 1900 or 1904
}

// sheet is a sheet of articles, or of something else.
type sheet struct{ name, part string }

// Bounds of what is held of a workbook.
const (
	maxSheets = 1000
	maxTexts  = 5_000_000 // shared ones
	maxLinks  = 1_000_000 // addresses of a sheet
)

// open reads what stands around the sheets.
func (w *workbook) open() error {
	book, err := w.tree("xl/workbook.xml")
	if err != nil {
		return err
	}
	if book == nil {
		return errWorkbook
	}
	w.from = 1900
	if v := strings.ToLower(book.First("workbookpr").Attr("date1904")); v == "1" || v == "true" {
		w.from = 1904
	}
	parts, err := w.targets("xl/_rels/workbook.xml.rels", "xl")
	if err != nil {
		return err
	}
	for i, n := range book.Find("sheet") {
		part := parts[n.Attr("r:id")]
		if part == "" {
			part = fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)
		}
		if len(w.sheets) < maxSheets && w.parts[part] != nil && strings.Contains(part, "sheet") && !strings.Contains(part, "chartsheet") {
			w.sheets = append(w.sheets, sheet{n.Attr("name"), part})
		}
	}
	if err := w.readStyles(); err != nil {
		return err
	}
	return w.readTexts()
}

// records reads a part as a stream, see [xmltree.Records]. There is none without
// the part.
func (w *workbook) records(part string, isRecord, each func(n *xmltree.Node) bool) (*xmltree.Node, error) {
	f := w.parts[part]
	if f == nil {
		return nil, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", part, err)
	}
	defer r.Close() // nothing was written
	in := &reader.Input{Context: w.in.Context, Name: part, Stream: bufio.NewReaderSize(r, reader.BufferSize), Limits: w.in.Limits}
	root, err := xmltree.Records(in, isRecord, each)
	if err != nil {
		err = fmt.Errorf("%s: %w", part, err)
	}
	return root, err
}

// tree reads a part as a whole.
func (w *workbook) tree(part string) (*xmltree.Node, error) {
	return w.records(part, func(*xmltree.Node) bool { return false }, nil)
}

// targets returns what a file of relationships leads to, by the ids, in lower
// case for parts in folder.
func (w *workbook) targets(part, folder string) (map[string]string, error) {
	targets := map[string]string{}
	_, err := w.records(part, func(n *xmltree.Node) bool { return n.Is("relationship") }, func(n *xmltree.Node) bool {
		to := n.Attr("target")
		if folder != "" {
			if to = strings.ToLower(to); strings.HasPrefix(to, "/") {
				to = to[1:]
			} else {
				to = path.Join(folder, to)
			}
		}
		targets[n.Attr("id")] = to
		return len(targets) < maxLinks
	})
	return targets, err
}

// readTexts reads the shared texts.
func (w *workbook) readTexts() error {
	size := 0
	_, err := w.records("xl/sharedstrings.xml", func(n *xmltree.Node) bool { return n.Is("si") }, func(n *xmltree.Node) bool {
		s := textOf(n)
		size += len(s)
		w.texts = append(w.texts, s)
		return len(w.texts) < maxTexts && int64(size) <= w.in.Limits.MaxFile
	})
	if err == nil && (len(w.texts) >= maxTexts || int64(size) > w.in.Limits.MaxFile) {
		err = fmt.Errorf("%w: more than %s of shared texts", reader.ErrTooLarge, reader.SizeText(w.in.Limits.MaxFile))
	}
	return err
}

// textOf returns a text without how it is to be pronounced.
func textOf(n *xmltree.Node) string {
	var b strings.Builder
	for _, t := range n.Find("t", "rph") {
		if t.Is("t") {
			b.WriteString(t.Content())
		}
	}
	s := b.String()
	if strings.Contains(s, "_x") {
		s = unescape(s)
	}
	return s
}

// unescape decodes characters that XML has no place for, written as _x000D_.
func unescape(s string) string {
	var b strings.Builder
	for {
		at := strings.Index(s, "_x")
		if at < 0 {
			return b.String() + s
		}
		b.WriteString(s[:at])
		s = s[at:]
		if len(s) >= 7 && s[6] == '_' {
			if n, err := strconv.ParseUint(s[2:6], 16, 16); err == nil {
				b.WriteRune(rune(n))
				s = s[7:]
				continue
			}
		}
		b.WriteString(s[:2])
		s = s[2:]
	}
}

// maxSample is how many rows tell what a sheet is, and sampleBytes how long
// these may be.
const (
	maxSample   = 100
	sampleBytes = 4 << 20
)

// row is a row of a sheet.
type row struct {
	number int
	cells  []string
	link   string // to which its first cell leads that has a link
}

// readSheet emits the articles of a sheet.
func (w *workbook) readSheet(s sheet, emit func(*record.Record) bool) (more bool, err error) {
	links, err := w.links(s)
	if err != nil {
		return true, err
	}
	r := &sheetReader{workbook: w, sheet: s, links: links, emit: emit, more: true}
	r.rec.Names = func() []string { return r.columns.Names() }
	number := 0
	_, err = w.records(s.part, isOfSheet, func(n *xmltree.Node) bool {
		if !n.Is("row") {
			return true
		}
		number++
		if stated, err := strconv.Atoi(n.Attr("r")); err == nil {
			number = stated
		}
		return r.row(w.row(n, number, links))
	})
	if r.more {
		r.begin()
	}
	return r.more, err
}

// isOfSheet reports whether an element of a sheet is one of many.
func isOfSheet(n *xmltree.Node) bool {
	return n.Is("row", "hyperlink", "mergecell", "conditionalformatting", "datavalidation", "cfrule", "ignorederror", "brk")
}

// sheetReader makes records of the rows of a sheet.
type sheetReader struct {
	*workbook
	sheet   sheet
	links   map[string]string
	sample  []row // that were read before the columns are known
	size    int
	columns *table.Columns
	rec     record.Record
	emit    func(*record.Record) bool
	more    bool
}

// row takes a row, and reports whether more are wanted.
func (r *sheetReader) row(w row) bool {
	if len(w.cells) == 0 {
		return true
	}
	if r.columns != nil {
		return r.article(w)
	}
	r.sample = append(r.sample, w)
	for _, cell := range w.cells {
		r.size += len(cell)
	}
	if len(r.sample) < maxSample && r.size < sampleBytes {
		return true
	}
	return r.begin()
}

// begin tells what the columns are, and makes articles of the rows that were
// kept.
func (r *sheetReader) begin() bool {
	if r.columns != nil || len(r.sample) == 0 {
		return r.more
	}
	cells := make([][]string, len(r.sample))
	for i := range r.sample {
		cells[i] = r.sample[i].cells
	}
	var skip int
	r.columns, skip = table.ColumnsOf(cells, r.in.Mapping)
	if !r.columns.IsTable() {
		return false
	}
	for _, w := range r.sample[skip:] {
		if !r.article(w) {
			return false
		}
	}
	r.sample = nil
	return true
}

// article emits the article of a row.
func (r *sheetReader) article(w row) bool {
	r.rec.Reset()
	if !r.columns.Fill(&r.rec, w.cells) {
		return true
	}
	r.rec.Place = strconv.Itoa(w.number)
	if r.sheet.part != r.sheets[0].part {
		r.rec.Place = r.sheet.name + "!" + r.rec.Place
	}
	if w.link != "" && !r.rec.Has(record.URL) {
		r.rec.Set(record.URL, record.Wrapped, []record.Value{{Text: w.link, From: "link"}})
	}
	r.more = r.emit(&r.rec)
	return r.more
}
