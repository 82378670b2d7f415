package render

import (
	"encoding/csv"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/newsq/newsq/index"
)

// csvHeader names the columns of HitsCSV, those of csvRow.
func csvHeader() []string {
	return []string{"id", "rank", "score", "title", "source", "authors", "published", "topics", "url", "path", "snippet"}
}

// HitsCSV writes hits, as they come, as comma-separated values (RFC 4180) below a line
// that names the columns. Authors and topics are joined by "; ", the snippet
// is the first. A cell of text that a spreadsheet would take for a formula
// begins with an apostrophe, since articles come from outside; programs that
// want the text untouched read JSON. It returns the first error among the hits.
func HitsCSV(w io.Writer, hits iter.Seq2[index.Hit, error]) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(csvHeader()); err != nil {
		return err
	}
	for h, err := range hits {
		if err == nil {
			err = out.Write(csvRow(&h))
		}
		if err != nil {
			out.Flush() // the hits before it are whole
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func csvRow(h *index.Hit) []string {
	a := h.Article
	published, snippet := "", ""
	if !a.Published.IsZero() {
		published = a.Published.Format(time.RFC3339)
	}
	if len(h.Snippets) > 0 {
		snippet = h.Snippets[0].Text
	}
	return []string{
		spreadsheetCell(a.ID), strconv.Itoa(h.Rank), strconv.FormatFloat(h.Score, 'g', -1, 64),
		spreadsheetCell(a.Title), spreadsheetCell(a.Source), spreadsheetCell(strings.Join(a.Authors, "; ")), published,
		spreadsheetCell(strings.Join(a.TopicPaths(), "; ")), spreadsheetCell(a.URL), spreadsheetCell(a.Path), spreadsheetCell(snippet),
	}
}

// spreadsheetCell returns s with an apostrophe before what a spreadsheet would
// take for a formula.
func spreadsheetCell(s string) string {
	s = Clean(s)
	if s != "" && strings.ContainsRune("=+-@", rune(s[0])) {
		return "'" + s
	}
	return s
}

// IDs writes the id of each hit on a line of its own, whole, to be read by
// other commands. It returns the first error among the hits.
func IDs(w io.Writer, hits iter.Seq2[index.Hit, error]) error {
	p := newPage(w, Options{})
	for h, err := range hits {
		if err != nil {
			return err
		}
		if p.writeLine(Clean(h.ID)); p.err != nil {
			break
		}
	}
	return p.err
}
