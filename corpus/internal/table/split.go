package table

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"sync/atomic"

	"github.com/newsq/newsq/corpus/internal/reader"
)

const (
	batchBytes = 256 << 10 // a batch is full when it holds so many bytes
	batchRows  = 512       // or so many rows
	// maxReread is how often text is read again in which a quote was open to
	// the end. After that no cell goes over lines.
	maxReread = 8
)

// splitter cuts a stream into batches of rows. It is a [reader.Splitter].
type splitter struct {
	dialect
	in      *reader.Input
	columns *Columns // nil for Each
	skip    int      // rows that are no articles, at the beginning
	width   int      // cells of a row; 0 when it is not known
	line    int      // that was read last
	reread  int
	oneLine bool // no cell goes over lines: quotes were not to be trusted
	ended   bool

	read, repaired atomic.Int64 // rows, and those that were not UTF-8
}

// NewParser implements [reader.Splitter].
func (s *splitter) NewParser() reader.Parser {
	p := &rowParser{splitter: s, columns: s.columns}
	p.rec.Names = func() []string { return s.columns.names }
	return p
}

// Fill implements [reader.Splitter].
func (s *splitter) Fill(b *reader.Batch) (more bool) {
	if cap(b.Text) > 4*batchBytes {
		b.Text = nil // a giant row came by
	}
	for !s.ended && len(b.Text) < batchBytes && len(b.Pieces) < batchRows {
		s.row(b)
	}
	return !s.ended
}

// row reads one row into b, unless it is blank.
func (s *splitter) row(b *reader.Batch) {
	start, first := len(b.Text), s.line+1
	firstEnd := 0 // of its first line
	for open := false; ; {
		at := len(b.Text)
		err := s.readLine(b, start)
		if at < len(b.Text) || err == nil {
			s.line++
		}
		if firstEnd == 0 {
			firstEnd = len(b.Text)
		}
		switch {
		case errors.Is(err, reader.ErrTooLarge) && !open:
			b.Text = b.Text[:start]
			b.Pieces = append(b.Pieces, reader.Piece{Number: first, Fault: &reader.Fault{Line: first, Err: err, Hint: "it was left out"}})
			return
		case err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, reader.ErrTooLarge):
			s.ended = true
			s.add(b, start, first)
			b.Pieces = append(b.Pieces, reader.Piece{Number: s.line, Fault: &reader.Fault{Line: s.line, Err: err}})
			return
		}
		if err == nil {
			if open = s.scanLine(b.Text[at:], open) && !s.oneLine; open && int64(len(b.Text)-start) <= s.in.Limits.MaxLine/2 {
				continue
			}
		} else if !errors.Is(err, reader.ErrTooLarge) {
			open = s.scanLine(b.Text[at:], open) && !s.oneLine
		}
		if open && firstEnd < len(b.Text) {
			s.readAgain(b, start, first, firstEnd)
			return
		}
		if s.isUnquoted(b.Text[start:], firstEnd-start) {
			s.putBack(b, first, firstEnd)
			s.add(b, start, first)
			return
		}
		s.ended = errors.Is(err, io.EOF)
		if s.ended && open && !s.oneLine {
			b.Pieces = append(b.Pieces, reader.Piece{Number: first, Fault: &reader.Fault{
				Line: first, Err: errOpen, Hint: "the file may be cut short; its last line was read as it is",
			}})
		}
		s.add(b, start, first)
		return
	}
}

// isUnquoted reports whether a row that goes over lines is several rows, of a
// table that has no quotes but in its texts: whether its first line is whole by
// itself, and all others are too, or the row is not. Where the separator is a
// comma, a text that is cut may look whole.
func (s *splitter) isUnquoted(row []byte, firstEnd int) bool {
	if s.width < 2 || firstEnd >= len(row) || s.separator != '\t' && s.separator != '|' {
		return false
	}
	isWhole := func(line []byte) bool { return len(s.cells(trimLine(line))) == s.width }
	if !isWhole(row[:firstEnd]) {
		return false
	}
	if !isWhole(row) {
		return true
	}
	for line := range bytes.SplitSeq(trimLine(row[firstEnd:]), []byte("\n")) {
		if !isWhole(line) {
			return false
		}
	}
	return true
}

// add adds the row from start on to a batch, unless it is blank or above the
// first that is an article.
func (s *splitter) add(b *reader.Batch, start, line int) {
	row := trimLine(b.Text[start:])
	if len(row) == 0 {
		b.Text = b.Text[:start]
		return
	}
	if s.skip > 0 {
		s.skip--
		b.Text = b.Text[:start]
		return
	}
	b.Pieces = append(b.Pieces, reader.Piece{Number: line, Start: start, End: start + len(row)})
}

// readAgain takes the first line of a row as a row, as a quote in it is open to
// the end, and reads what follows once more.
func (s *splitter) readAgain(b *reader.Batch, start, line, firstEnd int) {
	s.putBack(b, line, firstEnd)
	b.Pieces = append(b.Pieces, reader.Piece{Number: line, Fault: &reader.Fault{
		Line: line, Err: errOpen, Hint: "the line was read as a row of its own",
	}})
	s.add(b, start, line)
}

// putBack puts what stands behind the first line of a row back, to be read once
// more.
func (s *splitter) putBack(b *reader.Batch, line, firstEnd int) {
	rest := bytes.Clone(b.Text[firstEnd:])
	b.Text = b.Text[:firstEnd]
	s.in.Stream = bufio.NewReaderSize(io.MultiReader(bytes.NewReader(rest), s.in.Stream), reader.BufferSize)
	s.line, s.ended = line, false
	if s.reread++; s.reread >= maxReread {
		s.oneLine = true
	}
}

var errOpen = errors.New("a quote is opened and never closed")

// readLine appends the next line to b. The error is [reader.ErrTooLarge] when the
// row from start on would be longer than is allowed; its line was read to the
// end then.
func (s *splitter) readLine(b *reader.Batch, start int) error {
	limits := s.in.Limits
	at, skipped := len(b.Text), int64(0)
	for {
		part, err := s.in.Stream.ReadSlice('\n')
		if skipped > 0 || int64(len(b.Text)-start+len(part)) > limits.MaxLine {
			skipped += int64(len(part))
		} else {
			b.Text = append(b.Text, part...)
		}
		if errors.Is(err, bufio.ErrBufferFull) && s.in.Context.Err() == nil && skipped <= limits.MaxFile {
			continue
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			return fmt.Errorf("the rest was not read: %w: a line of more than %s", errRest, reader.SizeText(limits.MaxFile))
		}
		if skipped > 0 {
			b.Text = b.Text[:at]
			return fmt.Errorf("%w: a row of more than %s", reader.ErrTooLarge, reader.SizeText(limits.MaxLine))
		}
		return err
	}
}

// errRest tells of a line that no table has.
var errRest = errors.New("this is no table")
