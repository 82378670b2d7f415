package export

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/cite"
	"github.com/newsq/newsq/internal/wire"
)

// recordWriter writes JSON Lines.
type recordWriter struct {
	out   *bufio.Writer
	notes bool // see About.Notes
}

func (w *recordWriter) add(h *index.Hit) error {
	a := *h.Article
	if !w.notes {
		a.Annotations = nil
	}
	return wire.Write(w.out, wire.NewRecord(&a))
}
func (w *recordWriter) close() error { return nil }
func (w *recordWriter) clean()       {}

// citationWriter writes RIS, BibTeX and CSL-JSON.
type citationWriter struct {
	out      *bufio.Writer
	format   Format
	accessed cite.Date
	n        int
	buf      []byte
}

func (w *citationWriter) add(h *index.Hit) (err error) {
	it := cite.Of(h.Article, w.accessed)
	w.buf = w.buf[:0]
	switch w.format {
	case RIS:
		w.buf = cite.AppendRIS(w.buf, &it)
	case BibTeX:
		w.buf = cite.AppendBibTeX(w.buf, &it)
	default:
		sep := ",\n"
		if w.n == 0 {
			sep = "[\n"
		}
		if w.buf, err = cite.AppendCSL(append(w.buf, sep...), &it); err != nil {
			return err
		}
	}
	w.n++
	_, err = w.out.Write(w.buf)
	return err
}

func (w *citationWriter) close() (err error) {
	switch {
	case w.format != CSL:
	case w.n == 0:
		_, err = w.out.WriteString("[]\n")
	default:
		_, err = w.out.WriteString("\n]\n")
	}
	return err
}

func (w *citationWriter) clean() {}

// Citation returns the citation of one article: a record of RIS, an entry of
// BibTeX, or an array of CSL-JSON with one item. Accessed is as in About.
func Citation(f Format, a *corpus.Article, accessed time.Time) (string, error) {
	if f != RIS && f != BibTeX && f != CSL {
		return "", fmt.Errorf("%q is no format of citations; there are %s, %s, %s", f, RIS, BibTeX, CSL)
	}
	var b strings.Builder
	out := bufio.NewWriter(&b)
	w := &citationWriter{out: out, format: f, accessed: cite.DateOf(accessed)}
	if err := w.add(&index.Hit{ID: a.ID, Article: a}); err != nil {
		return "", err
	}
	if err := w.close(); err != nil {
		return "", err
	}
	err := out.Flush()
	return b.String(), err
}

// columns are those of a table.
var columns = [...]string{
	"id", "rank", "score", "title", "source", "authors", "published", "published_as", "updated", "language", "topics",
	"places", "people", "organizations", "url", "path", "words", "summary", "passages",
}

// ownColumns are those of what readers wrote.
var ownColumns = [...]string{"my_tags", "my_notes"}

// maxCell is how much a cell of Excel and LibreOffice takes, in UTF-16 units; of
// a longer one Excel loses the rest without a word.
const maxCell = 32_767

// tableWriter writes CSV by RFC 4180. Lists within a cell are parted by "; ".
// A cell that a spreadsheet would take for a formula begins with an apostrophe,
// as articles come from outside.
type tableWriter struct {
	csv   *csv.Writer
	row   []string
	notes bool // see About.Notes
}

func newTableWriter(out *bufio.Writer, notes bool) (*tableWriter, error) {
	w := &tableWriter{csv: csv.NewWriter(out), notes: notes}
	w.csv.UseCRLF = true
	w.row = append(w.row, columns[:]...)
	if notes {
		w.row = append(w.row, ownColumns[:]...)
	}
	return w, w.csv.Write(w.row)
}

func (w *tableWriter) add(h *index.Hit) error {
	a := h.Article
	var passages []string
	for _, s := range h.Snippets {
		passages = append(passages, s.Text)
	}
	w.row = append(w.row[:0],
		cell(a.ID), strconv.Itoa(h.Rank), strconv.FormatFloat(h.Score, 'g', -1, 64), cell(a.Title), cell(a.Source), cellOf(a.Authors),
		moment(a.Published), a.PublishedAs, moment(a.Updated), cell(a.Language), cellOf(a.TopicPaths()), cellOf(a.Places), cellOf(a.People), cellOf(a.Organizations),
		cell(a.URL), cell(a.Path), strconv.Itoa(len(strings.Fields(a.Body))), cell(a.Summary), cell(strings.Join(passages, " [...] ")))
	if w.notes {
		tags, notes := ownCells(a)
		w.row = append(w.row, tags, notes)
	}
	return w.csv.Write(w.row)
}

// ownCells returns the tags and the notes that readers gave an article.
func ownCells(a *corpus.Article) (tags, notes string) {
	if a.Annotations == nil {
		return "", ""
	}
	var paths, texts []string
	for _, t := range a.Annotations.Tags {
		paths = append(paths, t.Path)
	}
	for _, n := range a.Annotations.Notes {
		texts = append(texts, n.Text)
	}
	return cellOf(paths), cell(strings.Join(texts, "\n\n"))
}

func (w *tableWriter) close() error {
	w.csv.Flush()
	return w.csv.Error()
}
func (w *tableWriter) clean() {}

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

func cellOf(list []string) string { return cell(strings.Join(list, "; ")) }

// cell returns a text as a spreadsheet shows it: no formula, no more than fits.
func cell(s string) string {
	if units(s) >= maxCell {
		s = prefixOfUnits(s, maxCell-len("...")-1) + "..."
	}
	// Spreadsheets ignore blanks before a sign, and take full-width ones, too.
	first := strings.TrimLeft(s, " \t\r\n\u00a0\u3000")
	for _, sign := range [...]string{"=", "+", "-", "@", "＝", "＋", "－", "＠"} {
		if strings.HasPrefix(first, sign) {
			return "'" + s
		}
	}
	return s
}

// units counts the UTF-16 units of a text; a text of few bytes has no more of them.
func units(s string) (n int) {
	if len(s) < maxCell {
		return len(s)
	}
	for _, r := range s {
		n++
		if r > 0xffff {
			n++
		}
	}
	return n
}

// prefixOfUnits returns the beginning of s with at most n UTF-16 units.
func prefixOfUnits(s string, n int) string {
	for i, r := range s {
		if n--; r > 0xffff {
			n--
		}
		if n < 0 {
			return s[:i]
		}
	}
	return s
}
