package publishing

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/internal/extract"
)

// Row is a row of a table that a publishing system wrote: its cells by the names
// of their columns, in lower case. Cells are clean.
type Row map[string]string

// First returns the first cell of these columns that is not empty.
func (r Row) First(columns ...string) string {
	for _, c := range columns {
		if s := strings.TrimSpace(r[c]); s != "" {
			return s
		}
	}
	return ""
}

// HasColumns reports whether the first line of a file names all of these columns
// of a table that is written with commas.
func HasColumns(h *reader.Head, columns ...string) bool {
	line, _, _ := bytes.Cut(h.Text, []byte("\n"))
	names := strings.Split(strings.ToLower(strings.TrimSpace(string(line))), ",")
	for _, c := range columns {
		found := false
		for _, name := range names {
			found = found || strings.Trim(name, `" `) == c
		}
		if !found {
			return false
		}
	}
	return true
}

// Rows reads a table, and calls each for every row with its line until that
// returns false. A row that is no such is told by its error.
func Rows(in io.Reader, each func(line int, row Row, err error) bool) error {
	r := csv.NewReader(in)
	r.LazyQuotes, r.FieldsPerRecord = true, -1
	names, err := r.Read()
	if err != nil {
		return err
	}
	for i := range names {
		names[i] = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(names[i], "\ufeff")))
	}
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			if parse := (*csv.ParseError)(nil); !errors.As(err, &parse) {
				return err
			}
		}
		line, _ := 0, 0
		if len(cells) > 0 {
			line, _ = r.FieldPos(0)
		}
		row := Row{}
		for i, c := range cells {
			if i < len(names) {
				row[names[i]] = extract.Clean(c)
			}
		}
		if !each(line, row, err) {
			return nil
		}
	}
}
