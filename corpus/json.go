package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/extract"
)

// JSON comes as one document, or as JSON Lines: one record a line. People mix
// up the extensions, so the first line decides; the extension does only where
// that leaves a doubt. JSON Lines are read as a stream and may be of any
// size; a document is held in memory.
//
// A document is an article, a list of articles, or an object around such a
// list, as search interfaces and feeds return it. Several may follow one
// another, as jq writes them.

// readJSON reads a file that is called JSON.
func readJSON(in *input) {
	in.decodeUTF16()
	if linewise(in.head(), false) {
		readLines(in)
		return
	}
	readJSONDocument(in)
}

// readJSONLines reads a file that is called JSON Lines.
func readJSONLines(in *input) {
	in.decodeUTF16()
	if linewise(in.head(), true) {
		readLines(in)
		return
	}
	readJSONDocument(in)
}

// head returns the first bytes of the input without reading past them. An
// error comes again with the first read.
func (in *input) head() []byte {
	head, _ := in.r.Peek(sniffBytes)
	return head
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
	s := jsonScan{b: line}
	if s.skip() == nil && s.next() == 0 && s.i == len(line) {
		return true
	}
	if line = bytes.TrimRight(line, " \t\r"); len(line) == 0 || bytes.IndexByte([]byte("{[,:"), line[len(line)-1]) >= 0 {
		return false
	}
	return likely
}

// readJSONDocument reads a JSON document.
func readJSONDocument(in *input) {
	b, err := in.whole()
	if err != nil {
		in.fail(err, hintFor(err))
		return
	}
	if !utf8.Valid(b) {
		s, _, err := extract.Decode(b, "")
		if err != nil {
			in.fail(err, hintFor(err))
			return
		}
		b = []byte(s)
	}
	d := jsonDocument{in: in, b: newBuilder(in.set)}
	err = d.b.json.records(b, d.record)
	if err != nil {
		d.flush(true)
		line := 1 + bytes.Count(b[:min(d.b.json.scan.i, len(b))], []byte("\n"))
		in.emit(Article{}, &ReadError{Path: in.shown, Line: line, Err: err, Hint: "what follows in this file was not read"})
		return
	}
	d.flush(d.b.json.listed)
	if d.n == 0 && !in.over {
		in.fail(errNoText, "it holds no record")
	}
}

// jsonDocument hands on the articles of a document.
type jsonDocument struct {
	in   *input
	b    *builder
	n    int      // records seen
	held *Article // the first, until it is known whether others follow
}

// record hands on one record.
func (d *jsonDocument) record(rec *record) bool {
	d.n++
	a, err, note := d.b.fromRecord(rec)
	if err == nil && d.n == 1 && note == nil {
		d.held = &a
		return true
	}
	d.flush(true)
	if err == nil {
		d.in.identify(&a, strconv.Itoa(d.n))
		d.in.emit(a, nil)
	}
	for _, e := range [...]*ReadError{err, note} {
		if e != nil {
			e.Path = d.in.shown
			e.Err = fmt.Errorf("record %d: %w", d.n, e.Err)
			d.in.emit(Article{}, e)
		}
	}
	return !d.in.over
}

// flush hands on the article that was held back, as one of several or alone.
func (d *jsonDocument) flush(several bool) {
	if d.held == nil {
		return
	}
	number := ""
	if several {
		number = "1"
	}
	d.in.identify(d.held, number)
	d.in.emit(*d.held, nil)
	d.held = nil
}

// errCut tells that a field is longer, or has more values, than is kept.
var errCut = fmt.Errorf("%w: a field was cut to %d values, or to %s", ErrPartial, maxValues, sizeText(maxStated))

// fromRecord makes an article of a record; of nil, which stands for a value
// that is no object, an error. Note tells what was left out of the article.
func (b *builder) fromRecord(rec *record) (a Article, err, note *ReadError) {
	if rec == nil {
		return a, &ReadError{Err: errors.New("not a JSON object"), Hint: "an article is an object with fields such as title and text"}, nil
	}
	b.stated(&a, rec)
	fault := guard(func() error { return b.finish(&a, b.body(&a, rec), "") })
	if errors.Is(fault, errNoText) {
		return a, &ReadError{Err: fault, Hint: strangeHint(b.json.strangeNames())}, nil
	}
	if fault != nil {
		return a, &ReadError{Err: fault}, nil
	}
	if rec.cut {
		note = &ReadError{Err: errCut}
	}
	return a, nil, note
}
