package local

import (
	"context"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/store"
)

// Driver opens indexes in folders. It is an engine.Driver.
type Driver struct{}

var _ engine.Driver = Driver{}

// Open implements engine.Driver. Before, it ends the replacement of an index that
// was cut short.
func (Driver) Open(ctx context.Context, dir string, o engine.Options) (engine.Engine, error) {
	if err := store.FinishReplace(dir); err != nil {
		return nil, err
	}
	e, err := Open(ctx, dir, o)
	if err != nil {
		return nil, err
	}
	return e, nil
}

// Engine is a store whose generations can be searched. See package engine for
// its contract.
type Engine struct {
	store    *store.Store
	analyzer analysis.Analyzer
}

var (
	_ engine.Engine     = (*Engine)(nil)
	_ engine.Maintainer = (*Engine)(nil)
	_ engine.Learner    = (*Engine)(nil)
)

// Open opens the index in dir. For writing it is created when absent; read
// only it must be there.
func Open(ctx context.Context, dir string, o engine.Options) (*Engine, error) {
	if o.Analyzer == nil {
		o.Analyzer = analysis.Of("")
	}
	s, err := store.Open(ctx, dir, o)
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
	return &snapshot{g, g.View, e.analyzer}, nil
}

// Write implements engine.Writer.
func (e *Engine) Write(ctx context.Context, b *engine.Batch) error { return e.store.Write(ctx, b) }

// Publish implements engine.Writer.
func (e *Engine) Publish(ctx context.Context) error { return e.store.Publish(ctx) }

// Close implements engine.Engine. It waits for what is being written.
func (e *Engine) Close(context.Context) error { return e.store.Close() }

// ReadSetting implements engine.Settings.
func (e *Engine) ReadSetting(ctx context.Context, name string) (content []byte, where string, err error) {
	return store.Folder(e.store.Dir()).ReadSetting(ctx, name)
}

// WriteSetting implements engine.Settings.
func (e *Engine) WriteSetting(ctx context.Context, name string, content []byte) error {
	return e.store.WriteSetting(ctx, name, content)
}

// Stats implements engine.Maintainer.
func (e *Engine) Stats(ctx context.Context) (*engine.Stats, error) { return e.store.Stats(ctx) }

// Compact implements engine.Maintainer. It merges all segments into one without
// deletions, and publishes it. The space of what readers hold is free when they
// let go.
func (e *Engine) Compact(ctx context.Context) (r engine.CompactReport, err error) {
	if r.Before, err = store.Size(e.store.Dir()); err != nil {
		return r, err
	}
	if err = e.store.Compact(ctx); err != nil {
		return r, err
	}
	r.After, err = store.Size(e.store.Dir())
	return r, err
}

// Learn implements engine.Learner.
func (e *Engine) Learn(ctx context.Context, progress func(done, total int)) (engine.LearnReport, error) {
	return e.store.Learn(ctx, progress)
}

// Embed implements engine.Embedder.
func (e *Engine) Embed(ctx context.Context, p engine.Provider, progress func(done, total int)) (engine.EmbedReport, error) {
	return e.store.Embed(ctx, p, progress)
}

// Learned implements engine.Learner.
func (e *Engine) Learned(ctx context.Context) (engine.Learned, error) { return e.store.Learned(ctx) }
