package corpus

import (
	"context"
	"fmt"
	"iter"
)

// Source is a corpus that can be read, and read again: a folder, a file, a
// stream, or anything a program makes up.
type Source interface {
	// Entries yields what the source is made of, in a stable order. An error
	// that is a *ReadError concerns one place of the source, and what follows
	// it is still good; any other error is the last thing yielded. When ctx
	// ends, the last error is ctx.Err().
	Entries(ctx context.Context) iter.Seq2[Entry, error]
	// Covers reports whether an entry of this key would lie within the
	// source, whether or not it exists now. Pruning removes only what the
	// source covers.
	Covers(key string) bool
}

// Entry is the unit of change detection: usually a file, with one article or
// many.
type Entry struct {
	// Key is stable over runs and unique within the source: for a file its
	// absolute, cleaned path with forward slashes.
	Key string
	// Stamp changes whenever the content may have changed: for a file its
	// size and modification time, and what else decides how it is read. An
	// entry whose key and stamp are known is not opened. Empty means that it
	// must always be read.
	Stamp string
	// Size is in bytes as stored, for progress; -1 when not known.
	Size int64
	// Done returns how many bytes of the entry, as stored, were read so far,
	// for progress within a large one. It may be called at any time; nil
	// when nobody counts.
	Done func() int64
	// Articles reads the entry; different entries may be read at the same
	// time. Errors follow the rule of Source.Entries: a
	// *ReadError concerns one record, any other error ends the entry.
	Articles func(ctx context.Context) iter.Seq2[Article, error]
}

// ReadError tells of one place in a corpus that could not be read, or not
// whole.
type ReadError struct {
	Path string // the file as a person would name it
	// Key is set where a folder or a file could not be looked at: the entries of
	// this key, and of those below it, may still be there.
	Key  string
	Line int    // 1-based line or record; 0 when it is the file as a whole
	Err  error  // what is wrong
	Hint string // what to do about it; may be empty
	Form string // the name of the format that it is in, see Article.Form; empty when that isn't known
}

// Error names place, cause and mend in one line.
func (e *ReadError) Error() string {
	s := e.Path
	if e.Line > 0 {
		s = fmt.Sprintf("%s:%d", e.Path, e.Line)
	}
	s = fmt.Sprintf("%s: %v", s, e.Err)
	if e.Hint != "" {
		s += " (" + e.Hint + ")"
	}
	return s
}

// Unwrap returns the cause.
func (e *ReadError) Unwrap() error { return e.Err }
