package table

import (
	"bytes"
	stdjson "encoding/json"
	"strings"
	"unicode"

	"github.com/newsq/newsq/corpus/internal/json"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
)

// RecognizeRows reports whether JSON is an object of rows that have names: numbers,
// addresses or ids, and below each an object with the fields of an article.
func RecognizeRows(h *reader.Head) bool {
	d := stdjson.NewDecoder(bytes.NewReader(h.Text))
	if t, err := d.Token(); err != nil || t != stdjson.Delim('{') {
		return false
	}
	t, err := d.Token()
	if name, ok := t.(string); err != nil || !ok || !isRowName(name) {
		return false
	}
	if t, err := d.Token(); err != nil || t != stdjson.Delim('{') {
		return false
	}
	fields := map[record.Field]bool{}
	for d.More() {
		t, err := d.Token()
		name, ok := t.(string)
		if err != nil || !ok {
			break
		}
		fields[nameOf(name).Field] = true
		var value stdjson.RawMessage
		if d.Decode(&value) != nil {
			break // the head ends here
		}
	}
	return fields[record.Title] && (fields[record.Body] || fields[record.Summary] || fields[record.Published])
}

// minRowID is the length of ids of rows from which on they are told from words, in
// bytes.
const minRowID = 8

// isRowName reports whether a name is one that a program gave to a row.
func isRowName(s string) bool {
	if strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") {
		return true
	}
	digits := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r != '-' && r != '_' && !unicode.IsLetter(r):
			return false
		}
	}
	return digits > 0 && (digits == len(s) || len(s) >= minRowID && digits*4 >= len(s))
}

// ReadRows reads an object of rows that have names.
func ReadRows(in *reader.Input, out reader.Output) error {
	b, err := textOf(in)
	if err != nil {
		return err
	}
	d := stdjson.NewDecoder(bytes.NewReader(b))
	fault := func(err error) error {
		return &reader.Fault{Line: 1 + bytes.Count(b[:d.InputOffset()], []byte("\n")), Err: err}
	}
	if _, err := d.Token(); err != nil {
		return fault(err)
	}
	p := json.NewParser(in.Mapping)
	number := 0
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return fault(whole(err))
		}
		name, _ := t.(string) // a key is one
		var row stdjson.RawMessage
		if err := d.Decode(&row); err != nil {
			return fault(whole(err))
		}
		if len(row) == 0 || row[0] != '{' {
			continue // what is said of all rows
		}
		number++
		var rec record.Record
		if err := p.Fields(row, &rec); err != nil {
			return fault(err)
		}
		rec.Number, rec.Place = number, name
		if strings.HasPrefix(name, "http") && !rec.Has(record.URL) {
			rec.Set(record.URL, record.Mapped, []record.Value{{Text: name, From: "name of the row"}})
		}
		if !out.Emit(&rec) {
			return nil
		}
	}
	if _, err := d.Token(); err != nil {
		return fault(whole(err))
	}
	if number == 0 {
		return record.ErrNoText
	}
	return nil
}
