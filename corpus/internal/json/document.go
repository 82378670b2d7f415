// Package json reads JSON.
//
// JSON comes as one document, or as JSON Lines: one record a line. People mix
// up the extensions, so the first line decides; the extension does only where
// that leaves a doubt. JSON Lines are read as a stream and may be of any
// size; a document is held in memory.
//
// A document is an article, a list of articles, or an object around such a
// list, as search interfaces and feeds return it. Several may follow one
// another, as jq writes them.
package json

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// Version is raised whenever the same bytes would be read differently. It is
// one for [Read] and [ReadLines], as a file of either name may be read as the
// other.
const Version = 3

// Read reads a file that is called JSON.
func Read(in *reader.Input, out reader.Output) error { return read(in, out, false) }

// ReadLines reads a file that is called JSON Lines.
func ReadLines(in *reader.Input, out reader.Output) error { return read(in, out, true) }

func read(in *reader.Input, out reader.Output, calledLines bool) error {
	in.DecodeUTF16()
	if head, _ := in.Head(); linewise(head, calledLines) {
		return readLines(in, out)
	}
	return readDocument(in, out)
}

// linewise reports whether JSON that starts with head has a record a line.
// Likely is taken where the first line doesn't tell.
func linewise(head []byte, likely bool) bool {
	head = bytes.TrimLeft(head, " \t\r\n")
	line, _, found := bytes.Cut(head, []byte("\n"))
	if !found {
		return likely
	}
	if len(line) > 0 && line[0] == '[' {
		return false
	}
	s := scanner{b: line}
	if s.skip() == nil && s.next() == 0 && s.i == len(line) {
		return true
	}
	if line = bytes.TrimRight(line, " \t\r"); len(line) == 0 || bytes.IndexByte([]byte("{[,:"), line[len(line)-1]) >= 0 {
		return false
	}
	return likely
}

// readDocument reads a JSON document.
func readDocument(in *reader.Input, out reader.Output) error {
	b, err := in.Bytes()
	if err != nil {
		return err
	}
	if !utf8.Valid(b) {
		s, _, err := extract.Decode(b, "")
		if err != nil {
			return err
		}
		b = []byte(s)
	}
	p := NewParser(in.Mapping)
	p.order.SeeJSON(b)
	n := 0
	err = p.Records(b, func(rec *record.Record) bool {
		n++
		if rec == nil {
			return out.Fail(&reader.Fault{Err: fmt.Errorf("record %d: %w", n, errNotObject), Hint: hintNotObject})
		}
		rec.Number, rec.Place = n, strconv.Itoa(n)
		// The one article of a file has no number. One that was cut
		// always had one, and its id goes by that.
		if n == 1 && p.alone() && !rec.WasCut() {
			rec.Place = ""
		}
		return out.Emit(rec)
	})
	switch {
	case err != nil:
		return &reader.Fault{Line: p.line(), Err: err, Hint: "what follows in this file was not read"}
	case n == 0:
		return &reader.Fault{Err: record.ErrNoText, Hint: "it holds no record"}
	}
	return nil
}

// What is told of a value that stands in place of an article.
var errNotObject = errors.New("not a JSON object")

const hintNotObject = "an article is an object with fields such as title and text"
