package opensearch

import (
	"context"
	"fmt"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/store"
)

// Driver opens indexes on clusters. It is an engine.Driver.
type Driver struct {
	// Getenv returns variables of the environment. They say who asks, unless a context
	// does (see engine.WithAccess), and how thorough a check is. nil is for no variables.
	Getenv func(string) string
}

var _ engine.Driver = Driver{}

// Open implements engine.Driver. The location is that of an index on a cluster, such as
// https://host:9200/news.
func (d Driver) Open(ctx context.Context, location string, o engine.Options) (engine.Engine, error) {
	if o.Analyzer == nil {
		o.Analyzer = analysis.Of("")
	}
	c, alias, err := d.connect(ctx, location)
	if err != nil {
		return nil, err
	}
	s, err := store.Open(ctx, c, alias, o)
	if err != nil {
		c.Close()
		return nil, fmt.Errorf("open %s: %w", location, err)
	}
	e := &Engine{s, o.Analyzer}
	if !o.ReadOnly {
		// What can't be removed now is looked at again by the next writer.
		_ = e.archive().Sweep(ctx)
	}
	return e, nil
}

// Engine is a store whose generations can be searched. See package engine for its
// contract.
type Engine struct {
	store    *store.Store
	analyzer analysis.Analyzer
}

var (
	_ engine.Engine           = (*Engine)(nil)
	_ engine.Advisor          = (*Engine)(nil)
	_ engine.OptimisticReader = (*Engine)(nil)
)

// Snapshot implements engine.Reader.
func (e *Engine) Snapshot(ctx context.Context) (engine.Snapshot, error) {
	g, err := e.store.Hold(ctx)
	if err != nil {
		return nil, err
	}
	return e.snapshotOf(g), nil
}

// Recent implements engine.OptimisticReader.
func (e *Engine) Recent(ctx context.Context) (engine.Snapshot, func(context.Context) (bool, error), error) {
	g, confirm, err := e.store.Recent(ctx)
	if err != nil {
		return nil, nil, err
	}
	return e.snapshotOf(g), confirm, nil
}

func (e *Engine) snapshotOf(g *store.Generation) *snapshot {
	return &snapshot{held: &held{g: g}, view: g.View, analyzer: e.analyzer}
}

// Write implements engine.Writer.
func (e *Engine) Write(ctx context.Context, b *engine.Batch) error { return e.store.Write(ctx, b) }

// Publish implements engine.Writer.
func (e *Engine) Publish(ctx context.Context) error { return e.store.Publish(ctx) }

// Close implements engine.Engine. It waits for what is being written.
func (e *Engine) Close(ctx context.Context) error { return e.store.Close(ctx) }

// ReadSetting implements engine.Settings.
func (e *Engine) ReadSetting(ctx context.Context, name string) (content []byte, where string, err error) {
	return e.store.ReadSetting(ctx, name)
}

// WriteSetting implements engine.Settings.
func (e *Engine) WriteSetting(ctx context.Context, name string, content []byte) error {
	return e.store.WriteSetting(ctx, name, content)
}

// Notices implements engine.Advisor.
func (e *Engine) Notices() []string { return e.store.Index().Notices() }
