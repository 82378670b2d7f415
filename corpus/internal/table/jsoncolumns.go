package table

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// Tables in JSON come by columns, as programs of statistics write them:
//
//	{"title": {"0": "A", "1": "B"}, "text": {"0": "a", "1": "b"}}
//	{"title": ["A", "B"], "text": ["a", "b"]}
//	{"columns": ["title", "text"], "index": [0, 1], "data": [["A", "a"], ["B", "b"]]}
//
// Rows that have names, see [ReadRows], are no list:
//
//	{"0": {"title": "A", "text": "a"}, "1": {"title": "B", "text": "b"}}
//
// Other tables by rows are what package json reads.

// RecognizeColumns reports whether JSON is a table by columns.
func RecognizeColumns(h *reader.Head) bool {
	text := h.Text[:min(len(h.Text), maxHeadLine)]
	d := json.NewDecoder(bytes.NewReader(text))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return false
	}
	name, err := d.Token()
	if err != nil {
		return false
	}
	switch name {
	case "columns", "index":
		return bytes.Contains(text, []byte(`"columns"`)) && (h.Contains(`"data":[[`) || h.Contains(`"data": [[`) || h.Contains(`"rows":[[`) || h.Contains(`"rows": [[`))
	}
	switch t, err := d.Token(); {
	case err == nil && t == json.Delim('['):
		return isList(h.Text)
	case err != nil || t != json.Delim('{'):
		return false
	}
	key, err := d.Token()
	if s, ok := key.(string); err != nil || !ok || s != "0" && s != "1" {
		return false
	}
	first, err := d.Token() // a row would be an object
	_, isDelim := first.(json.Delim)
	return err == nil && (!isDelim || first == json.Delim('['))
}

// isList reports whether an object begins with lists, among them one of titles and
// one of texts, addresses or dates: an article has one title.
func isList(text []byte) bool {
	d := json.NewDecoder(bytes.NewReader(text))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return false
	}
	fields := map[record.Field]bool{}
	for {
		key, err := d.Token()
		name, ok := key.(string)
		if t, e := d.Token(); err != nil || e != nil || !ok || t != json.Delim('[') {
			return false
		}
		n := 0 // texts in the list
		for d.More() {
			t, err := d.Token()
			switch t.(type) {
			case string:
				n++
			case json.Delim:
				return false
			}
			if err != nil {
				break // the text ends here
			}
			if f := nameOf(name).Field; n > 1 || n == 1 && f != record.Title {
				fields[f] = true
			}
			if fields[record.Title] && (fields[record.Body] || fields[record.Summary] || fields[record.Published] || fields[record.URL]) {
				return true
			}
		}
		if _, err := d.Token(); err != nil {
			return false
		}
	}
}

// ReadColumns reads a table in JSON by columns.
func ReadColumns(in *reader.Input, out reader.Output) error {
	b, err := textOf(in)
	if err != nil {
		return err
	}
	c := columnReader{d: json.NewDecoder(bytes.NewReader(b)), rows: map[string]int{}}
	c.d.UseNumber()
	if err := c.read(); err != nil {
		return &reader.Fault{Line: 1 + bytes.Count(b[:c.d.InputOffset()], []byte("\n")), Err: err}
	}
	columns := NewColumns(c.names, c.cells[:min(len(c.cells), maxSample)], in.Mapping)
	var rec record.Record
	rec.Names = columns.Names
	for i, cells := range c.cells {
		rec.Reset()
		rec.Number, rec.Place = i+1, strconv.Itoa(i+1)
		if columns.Fill(&rec, cells) && !out.Emit(&rec) {
			return nil
		}
	}
	if len(c.cells) == 0 {
		return record.ErrNoText
	}
	return nil
}

// textOf returns a document of JSON as UTF-8.
func textOf(in *reader.Input) ([]byte, error) {
	in.DecodeUTF16()
	b, err := in.Bytes()
	if err != nil || utf8.Valid(b) {
		return b, err
	}
	s, _, err := extract.Decode(b, charset(in))
	return []byte(s), err
}

// whole returns an error as that of a document that is cut short, if it is one.
func whole(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// columnReader reads a table into rows.
type columnReader struct {
	d     *json.Decoder
	names []string
	rows  map[string]int // by their keys
	cells [][]string
}

// maxTableCells bounds the cells of a table. One with as many articles is no
// document.
const maxTableCells = 20_000_000

var errManyCells = fmt.Errorf("%w: more than %d cells", reader.ErrTooLarge, maxTableCells)

func (c *columnReader) read() error {
	if err := c.delim('{'); err != nil {
		return err
	}
	for c.d.More() {
		t, err := c.d.Token()
		if err != nil {
			return err
		}
		name, _ := t.(string) // a key is one
		switch name {
		case "columns", "data", "rows", "index":
			var raw json.RawMessage
			if err := c.d.Decode(&raw); err != nil {
				return err
			}
			err = c.split(name, raw)
		default:
			err = c.column(name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

var errNoTable = errors.New("not a table by columns")

func (c *columnReader) delim(want json.Delim) error {
	t, err := c.d.Token()
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	if err == nil && t != want {
		err = errNoTable
	}
	return err
}

// column reads the object of a column, whose members are the rows.
func (c *columnReader) column(name string) error {
	if len(c.names) >= maxCells {
		return errManyCells
	}
	at := len(c.names)
	c.names = append(c.names, extract.Clean(name))
	t, err := c.d.Token()
	if err != nil || t != json.Delim('{') && t != json.Delim('[') {
		return cmp.Or(err, errNoTable)
	}
	isList := t == json.Delim('[')
	for n := 0; c.d.More(); n++ {
		key := strconv.Itoa(n)
		if !isList {
			t, err := c.d.Token()
			if err != nil {
				return err
			}
			key, _ = t.(string) // as above
		}
		var raw json.RawMessage
		if err := c.d.Decode(&raw); err != nil {
			return err
		}
		row, ok := c.rows[key]
		if !ok {
			row = len(c.cells)
			c.rows[key] = row
			c.cells = append(c.cells, nil)
		}
		if len(c.cells)*len(c.names) > maxTableCells {
			return errManyCells
		}
		for len(c.cells[row]) < at {
			c.cells[row] = append(c.cells[row], "")
		}
		if len(c.cells[row]) == at {
			c.cells[row] = append(c.cells[row], cellOf(raw))
		}
	}
	_, err = c.d.Token() // what ends it
	return err
}

// split takes a part of a table whose columns and rows stand apart.
func (c *columnReader) split(name string, raw json.RawMessage) error {
	switch name {
	case "columns":
		var names []any
		if json.Unmarshal(raw, &names) != nil {
			return errNoTable
		}
		for _, n := range names {
			s, _ := n.(string) // a number names nothing
			c.names = append(c.names, extract.Clean(s))
		}
	case "data", "rows":
		var rows [][]json.RawMessage
		if json.Unmarshal(raw, &rows) != nil {
			return errNoTable
		}
		for _, row := range rows {
			cells := make([]string, len(row))
			for i := range row {
				cells[i] = cellOf(row[i])
			}
			c.cells = append(c.cells, cells)
		}
	}
	return nil
}

// cellOf returns a value of JSON as a cell: a text as it is, lists and objects as
// they are written, and nothing for null, yes and no.
func cellOf(raw json.RawMessage) string {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 {
		return ""
	}
	switch raw[0] {
	case '"':
		var s string
		_ = json.Unmarshal(raw, &s) // it was read before, so that nothing can be wrong with it
		return extract.Clean(s)
	case 'n', 't', 'f':
		return ""
	}
	return string(raw)
}
