package json

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"sync/atomic"
	"unicode/utf8"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

const (
	batchBytes = 256 << 10 // a batch is full when it holds so many bytes
	batchLines = 512       // or so many lines
)

// readLines reads JSON Lines.
func readLines(in *reader.Input, out reader.Output) error { return (&lines{in: in}).read(out) }

// ReadRecords reads JSON Lines that a program writes in a form of its own. Fill
// takes a line apart into an empty record; it returns false for a line that is not in
// the form, which is then read as any other. Several goroutines call it.
func ReadRecords(in *reader.Input, out reader.Output, fill func(line []byte, rec *record.Record) (bool, error)) error {
	in.DecodeUTF16()
	return (&lines{in: in, fill: fill}).read(out)
}

func (l *lines) read(out reader.Output) error {
	in := l.in
	head, _ := in.Head()
	l.order.SeeJSON(head)
	if !out.Batches(l) {
		return nil
	}
	if l.texts > 0 && l.found.Load() == 0 {
		return &reader.Fault{Err: record.ErrNoText, Hint: "it holds no record"}
	}
	if n := l.repaired.Load(); n > 0 {
		return &reader.Fault{
			Err:  fmt.Errorf("%w: %d lines are not UTF-8, and were read by guess", record.ErrPartial, n),
			Hint: "write the file as UTF-8",
		}
	}
	return nil
}

// lines cuts a stream into batches of lines. It is a [reader.Splitter].
type lines struct {
	in       *reader.Input
	fill     func(line []byte, rec *record.Record) (bool, error) // nil for a form that all write
	number   int                                                 // of the last line read
	ended    bool                                                // nothing follows
	texts    int                                                 // lines that are not blank
	found    atomic.Int64                                        // records, and faults in place of them
	repaired atomic.Int64                                        // lines that were not UTF-8
	order    extract.FileOrder                                   // of dates in the first lines
}

// Fill implements [reader.Splitter].
func (l *lines) Fill(b *reader.Batch) (more bool) {
	if cap(b.Text) > 4*batchBytes {
		b.Text = nil // a giant line came by
	}
	for !l.ended && len(b.Text) < batchBytes && len(b.Pieces) < batchLines {
		l.line(b)
	}
	return !l.ended
}

// line reads one line into b, unless it is blank.
func (l *lines) line(b *reader.Batch) {
	start := len(b.Text)
	limits := l.in.Limits
	var skipped int64
	for {
		part, err := l.in.Stream.ReadSlice('\n')
		if skipped > 0 || int64(len(b.Text)-start+len(part)) > limits.MaxLine {
			skipped += int64(len(part))
		} else {
			b.Text = append(b.Text, part...)
		}
		if errors.Is(err, bufio.ErrBufferFull) && skipped <= limits.MaxFile && l.in.Context.Err() == nil {
			continue
		}
		l.finish(b, start, skipped > 0, err)
		return
	}
}

// finish ends a line, which ended with err.
func (l *lines) finish(b *reader.Batch, start int, tooLong bool, err error) {
	p := reader.Piece{Start: start, End: len(b.Text)}
	for p.End > p.Start && b.Text[p.End-1] <= ' ' {
		p.End--
	}
	if p.End > p.Start || tooLong || err == nil {
		l.number++
	}
	p.Number = l.number
	if tooLong {
		p.Fault = l.tooLong(l.in.Limits.MaxLine, "it was left out")
		b.Text = b.Text[:start]
		l.found.Add(1)
	}
	if p.End > p.Start {
		l.texts++
	}
	if p.Fault != nil || p.End > p.Start && (err == nil || errors.Is(err, io.EOF)) {
		b.Pieces = append(b.Pieces, p)
	}
	if err == nil {
		return
	}
	l.ended = true
	switch {
	case errors.Is(err, io.EOF):
	case errors.Is(err, bufio.ErrBufferFull):
		fault := l.tooLong(l.in.Limits.MaxFile, "this is not JSON Lines; the rest was not read")
		b.Pieces = append(b.Pieces, reader.Piece{Number: l.number, Fault: fault})
	default:
		b.Pieces = append(b.Pieces, reader.Piece{Number: l.number, Fault: &reader.Fault{Line: l.number, Err: err}})
	}
}

// tooLong returns the fault of the last line, which has more than limit bytes.
func (l *lines) tooLong(limit int64, hint string) *reader.Fault {
	err := fmt.Errorf("%w: a line of more than %s", reader.ErrTooLarge, reader.SizeText(limit))
	return &reader.Fault{Line: l.number, Err: err, Hint: hint}
}

// NewParser implements [reader.Splitter].
func (l *lines) NewParser() reader.Parser {
	p := &lineParser{json: NewParser(l.in.Mapping), lines: l}
	p.json.order = l.order
	return p
}

// lineParser finds the records in a line: one, or several.
type lineParser struct {
	json  *Parser
	lines *lines
	own   record.Record // that lines.fill fills
}

// Parse implements [reader.Parser].
func (p *lineParser) Parse(text []byte, number int, out reader.Sink) error {
	if !utf8.Valid(text) {
		p.lines.repaired.Add(1)
		if s, _, err := extract.Decode(text, ""); err == nil {
			text = []byte(s)
		}
	}
	if p.lines.fill != nil {
		if done, err := p.filled(text, number, out); done || err != nil {
			p.lines.found.Add(1)
			return err
		}
	}
	n := 0
	err := p.json.Records(text, func(rec *record.Record) bool {
		n++
		if rec == nil {
			return out.Fail(&reader.Fault{Line: number, Err: errNotObject, Hint: hintNotObject})
		}
		rec.Line, rec.Place = number, strconv.Itoa(number)
		if n > 1 {
			rec.Place += "." + strconv.Itoa(n)
		}
		return out.Emit(rec)
	})
	if n > 0 || err != nil {
		p.lines.found.Add(1)
	}
	if err != nil {
		return &reader.Fault{Line: number, Err: err, Hint: "each line must hold one JSON object"}
	}
	return nil
}

// filled hands on the record of a line in the form of a program, and reports whether
// it is one.
func (p *lineParser) filled(text []byte, number int, out reader.Sink) (bool, error) {
	p.own.Reset()
	ok, err := p.lines.fill(text, &p.own)
	if err != nil {
		return false, &reader.Fault{Line: number, Err: err, Hint: "write the file anew, or mend the line"}
	}
	if ok {
		p.own.Line, p.own.Place = number, strconv.Itoa(number)
		out.Emit(&p.own)
	}
	return ok, nil
}
