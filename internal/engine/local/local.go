package local

import (
	"context"
	"time"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/store"
)

// Options says how to open an index.
type Options struct {
	ReadOnly bool
	LockWait time.Duration // for another writer to finish
	// Analyzer analyses queries; nil is that of a language which isn't known.
	Analyzer analysis.Analyzer
}

// Engine is a store whose generations can be searched. See package engine for
// its contract.
type Engine struct {
	store    *store.Store
	analyzer analysis.Analyzer
}

var _ engine.Engine = (*Engine)(nil)

// Open opens the index in dir. For writing it is created when absent; read
// only it must be there.
func Open(ctx context.Context, dir string, o Options) (*Engine, error) {
	if o.Analyzer == nil {
		o.Analyzer = analysis.Of("")
	}
	s, err := store.Open(ctx, dir, store.Options{ReadOnly: o.ReadOnly, LockWait: o.LockWait})
	if err != nil {
		return nil, err
	}
	return &Engine{s, o.Analyzer}, nil
}

// Snapshot implements engine.Reader.
func (e *Engine) Snapshot(context.Context) (engine.Snapshot, error) {
	g, err := e.store.Hold()
	if err != nil {
		return nil, err
	}
	return snapshot{g, e.analyzer}, nil
}

// Write implements engine.Writer.
func (e *Engine) Write(ctx context.Context, b *engine.Batch) error { return e.store.Write(ctx, b) }

// Publish implements engine.Writer.
func (e *Engine) Publish(ctx context.Context) error { return e.store.Publish(ctx) }

// Close implements engine.Engine. It waits for what is being written.
func (e *Engine) Close(context.Context) error { return e.store.Close() }

// Dir returns the folder of the index.
func (e *Engine) Dir() string { return e.store.Dir() }

// Stats counts what the current generation holds and what lies on the disk.
func (e *Engine) Stats(ctx context.Context) (*store.Stats, error) { return e.store.Stats(ctx) }

// Compact merges all segments into one without deletions, and publishes it.
func (e *Engine) Compact(ctx context.Context) error { return e.store.Compact(ctx) }
