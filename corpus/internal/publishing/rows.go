package publishing

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
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

// Rows reads a table from r, and calls each for every row with its line until
// that returns false. A row that is no such is told by its error. No row may be
// longer than in allows a file that is held in memory.
func Rows(in *reader.Input, r io.Reader, each func(line int, row Row, err error) bool) error {
	b := &Bounded{Input: in, Reader: r}
	return rows(csv.NewReader(b), func(line int, row Row, err error) bool {
		b.Reset()
		return each(line, row, err)
	})
}

// Bounded is a reader that ends with the context of an input, and where more is
// read between two calls of Reset than the input allows a file that is held in
// memory.
type Bounded struct {
	Input  *reader.Input
	Reader io.Reader
	read   int64
}

// Reset says that what was read is done with.
func (b *Bounded) Reset() { b.read = 0 }

// Read implements [io.Reader].
func (b *Bounded) Read(p []byte) (int, error) {
	if err := b.Input.Context.Err(); err != nil {
		return 0, err
	}
	if limit := b.Input.Limits.MaxFile; b.read > limit {
		return 0, fmt.Errorf("%w: a record of more than %s", reader.ErrTooLarge, reader.SizeText(limit))
	}
	n, err := b.Reader.Read(p)
	b.read += int64(n)
	return n, err
}

func rows(r *csv.Reader, each func(line int, row Row, err error) bool) error {
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
