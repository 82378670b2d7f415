package local

import (
	"context"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/store"
)

// Options says how to open an index.
type Options = store.Options

// Engine is a store whose generations can be searched. See package engine for
// its contract.
type Engine struct{ *store.Store }

var _ engine.Engine = (*Engine)(nil)

// Open opens the index in dir. For writing it is created when absent; read
// only it must be there.
func Open(ctx context.Context, dir string, o Options) (*Engine, error) {
	s, err := store.Open(ctx, dir, o)
	if err != nil {
		return nil, err
	}
	return &Engine{s}, nil
}

// Snapshot implements engine.Engine.
func (e *Engine) Snapshot(context.Context) (engine.Snapshot, error) {
	g, err := e.Hold()
	if err != nil {
		return nil, err
	}
	return snapshot{g}, nil
}
