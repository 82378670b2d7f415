// Package index is newsq's library: it opens an index, keeps it in step with
// a corpus, and searches it.
package index

import (
	"context"
	"errors"
	"io"
	"iter"
	"time"

	"github.com/newsq/newsq/corpus"
)

// Index is an open index, safe for concurrent use.
type Index struct{}

// Options says how to open an index; nil means the zero Options.
type Options struct {
	// ReadOnly opens for reading beside any writer, and never creates
	// anything.
	ReadOnly bool
	// Topics are the rules that give articles topics. Nil means those the
	// index was last written with, and the starter rules for a new index.
	Topics *TopicRules
	// LockWait is how long to wait for another writer; 0 means 2 s.
	LockWait time.Duration
}

var errTODO = errors.New("to be written")

// Open opens the index in the folder location, creating it if absent.
func Open(location string, opts *Options) (*Index, error) { return nil, errTODO }

// Close releases the index.
func (ix *Index) Close() error { return nil }

// Add puts articles in, replacing those of the same id: all of one call or
// none, durable and visible on return.
func (ix *Index) Add(ctx context.Context, a ...corpus.Article) error { return errTODO }

// Delete removes articles by id.
func (ix *Index) Delete(ctx context.Context, ids ...string) error { return errTODO }

// Get returns the article of an id, or of a unique prefix of one.
func (ix *Index) Get(ctx context.Context, id string) (corpus.Article, error) {
	return corpus.Article{}, errTODO
}

// Search returns one page of results, from one snapshot of the index.
func (ix *Index) Search(ctx context.Context, q Query) (*Results, error) { return nil, errTODO }

// All yields every hit of q, in order, from one snapshot of the index. An
// error is the last thing yielded.
func (ix *Index) All(ctx context.Context, q Query) iter.Seq2[Hit, error] { return nil }

// Sync brings the index in step with src, as SyncWith does with no options.
func (ix *Index) Sync(ctx context.Context, src corpus.Source) (Changes, error) {
	return ix.SyncWith(ctx, src, SyncOptions{})
}

// SyncWith brings the index in step with src, reading only what changed. When
// ctx ends, what was read is kept, published, and returned beside ctx.Err().
func (ix *Index) SyncWith(ctx context.Context, src corpus.Source, o SyncOptions) (Changes, error) {
	return Changes{}, errTODO
}

// SyncOptions says how to sync.
type SyncOptions struct {
	// Prune removes articles that src covers and no longer yields.
	Prune bool
	// Progress, when not nil, is called some times a second, from one
	// goroutine.
	Progress func(Progress)
}

// Progress is how far a sync has come.
type Progress struct {
	Changes    Changes
	BytesDone  int64 // of the entries looked at, as stored
	BytesTotal int64 // of all entries; 0 while not known
	Path       string
}

// Changes is what a sync did.
type Changes struct {
	Added, Updated, Unchanged, Removed int // articles
	Vanished                           int // articles that are gone from the source and were kept, as Prune was not set
	Unreadable                         []*corpus.ReadError
	Warnings                           []string
	Bytes                              int64 // read, as stored
	Took                               time.Duration
}

// Mark returns the places in text that q marks, as in a title or a body:
// byte ranges, in order, apart from each other.
func Mark(q Query, text string) ([]Span, error) { return nil, errTODO }

// ParseDate reads a date as the query language writes it, such as 2026,
// 2026-03, 2026-03-05, 30d, 2w, 6m, yesterday, monday, and returns the range
// of time that it names, [from, to), as seen at now and in its location.
func ParseDate(s string, now time.Time) (from, to time.Time, err error) { return now, now, errTODO }

// TopicRules are queries that give articles topics.
type TopicRules struct{}

// StarterTopics returns the built-in rules for news analyses.
func StarterTopics() *TopicRules { return nil }

// ParseTopics reads rules from YAML; name is used in errors.
func ParseTopics(r io.Reader, name string) (*TopicRules, error) { return nil, errTODO }

// The errors that callers tell apart, with errors.Is.
var (
	ErrNotFound = errors.New("not found")
	ErrLocked   = errors.New("index is locked by another writer")
	ErrDamaged  = errors.New("index is damaged")
	ErrClosed   = errors.New("index is closed")
	// ErrNoIndex is returned by a read-only Open where there is none.
	ErrNoIndex = errors.New("no index")
)

// SyntaxError is a query that could not be read.
type SyntaxError struct {
	Text   string // the query
	Offset int    // byte offset of what is wrong
	Msg    string // what is wrong
	Hint   string // what to do about it
}

// Error is one sentence with column, cause and mend.
func (e *SyntaxError) Error() string { return e.Msg }
