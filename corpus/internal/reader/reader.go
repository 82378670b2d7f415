// Package reader says what passes between package corpus and the readers of
// single formats, each of which has a folder beside this one.
//
// A reader is a function. It takes an [Input], which is a file without its
// compression, and hands what it finds to an [Output], in the order of the
// file: a record for each article, a fault for each place that could not be
// read, a [Member] for each file within it. It knows nothing of articles, keys
// and stamps. Which reader a file has, its [Head] tells. There are two ways to
// read:
//
//   - A reader of documents reads the whole file with [Input.Bytes] or
//     [Input.Text], and calls Emit and Fail.
//   - A reader of streams calls [Output.Batches] with a [Splitter] that cuts
//     the stream into pieces. Pieces are parsed, and articles made of them, on
//     several processors; a file may be of any size.
package reader

import (
	"fmt"

	"github.com/newsq/newsq/corpus/internal/record"
)

// Func reads one format. It returns an error when the file could not be read,
// or not to its end; a *[Fault] says where and what to do. When the output
// wants no more it returns at once, and what it returns does not matter.
type Func func(in *Input, out Output) error

// Sink takes what is found, in the order of the file. Both methods report
// whether more is wanted. After false nothing more may be handed on.
type Sink interface {
	// Emit makes an article of a record. It is done with the record when it
	// returns.
	Emit(rec *record.Record) bool
	// Fail tells of a place that could not be read.
	Fail(f *Fault) bool
}

// Output is the sink of a file. It serves one goroutine at a time.
type Output interface {
	Sink
	// Batches reads a stream in pieces. It returns when the stream has ended
	// and all that was found is handed on, and reports whether more is
	// wanted.
	Batches(s Splitter) bool
	// Enter reads a file within this one, by the reader that its content asks
	// for, and hands on what is found there. It reports whether more is wanted.
	// A member that cannot be read is told like a file, and the next may
	// follow.
	Enter(m *Member) bool
}

// Splitter cuts a stream into batches of pieces, and knows how to parse them.
type Splitter interface {
	// Fill reads the next batch into b, which is empty but for memory to use
	// again, and reports whether others may follow. It is called by one
	// goroutine at a time.
	Fill(b *Batch) (more bool)
	// NewParser returns a parser. Each goroutine has one of its own.
	NewParser() Parser
}

// Parser parses the pieces of a stream, one at a time, in any order.
type Parser interface {
	// Parse hands on what is in a piece. With an error, all that was found in
	// the piece is dropped: half of one is not to be trusted.
	Parse(text []byte, number int, out Sink) error
}

// Batch is a run of pieces of a stream.
type Batch struct {
	Text   []byte
	Pieces []Piece
}

// Piece is a part of a stream that can be parsed without the others: the bytes
// from Start to End of its batch's text, a file that is read on its own when its
// turn comes, or the fault that kept them from being read.
type Piece struct {
	Number     int // of its line in the file, from 1
	Start, End int
	// Member is entered as [Output.Enter] does. Its content must last until the
	// batch is filled again.
	Member *Member
	Fault  *Fault
}

// Fault tells of one place of a file that could not be read.
type Fault struct {
	Line int    // 1-based; 0 when it is the file as a whole
	Err  error  // what is wrong
	Hint string // what to do about it; empty when Err alone tells
}

// Error names the place and the cause.
func (f *Fault) Error() string {
	if f.Line > 0 {
		return fmt.Sprintf("line %d: %v", f.Line, f.Err)
	}
	return f.Err.Error()
}

// Unwrap returns the cause.
func (f *Fault) Unwrap() error { return f.Err }

// Guard turns a panic of f into an error. Parsers of other people's markup
// have had bugs, and one bad page must not end the reading of a million. F
// must not call an [Output], whose panics are somebody else's.
func Guard(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("reader failed: %v", r)
		}
	}()
	return f()
}
