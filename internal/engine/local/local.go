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
	*store.Store
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

// Snapshot implements engine.Engine.
func (e *Engine) Snapshot(context.Context) (engine.Snapshot, error) {
	g, err := e.Hold()
	if err != nil {
		return nil, err
	}
	return snapshot{g, e.analyzer}, nil
}
