package opensearch

import (
	"context"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/maintain"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

var (
	_ engine.OfflineMaintainer = Driver{}
	_ engine.Operator          = Driver{}
	_ engine.Maintainer        = (*Engine)(nil)
)

// archiveAt connects to the cluster of a location. The caller closes the client.
func archiveAt(ctx context.Context, location string) (maintain.Archive, error) {
	addresses, alias, err := transport.ParseLocation(location)
	if err != nil {
		return maintain.Archive{}, err
	}
	c, err := transport.Connect(ctx, addresses)
	return maintain.Archive{Client: c, Alias: alias}, err
}

// PlanInit implements engine.Operator. The plan can be applied once it is returned.
func (Driver) PlanInit(ctx context.Context, location string, o engine.InitOptions) (*engine.InitPlan, error) {
	a, err := archiveAt(ctx, location)
	if err != nil {
		return nil, err
	}
	return a.PlanInit(ctx, o) // whose Apply uses the client
}

// Status implements engine.Operator.
func (Driver) Status(ctx context.Context, location string) (*engine.Status, error) {
	a, err := archiveAt(ctx, location)
	if err != nil {
		return nil, err
	}
	defer a.Client.Close()
	return a.Status(ctx)
}

// Check implements engine.OfflineMaintainer.
func (Driver) Check(ctx context.Context, location string) (*engine.CheckReport, error) {
	a, err := archiveAt(ctx, location)
	if err != nil {
		return nil, err
	}
	defer a.Client.Close()
	return a.Check(ctx)
}

// Rebuild implements engine.OfflineMaintainer.
func (Driver) Rebuild(ctx context.Context, location string, o engine.RebuildOptions) (engine.RebuildReport, error) {
	a, err := archiveAt(ctx, location)
	if err != nil {
		return engine.RebuildReport{}, err
	}
	defer a.Client.Close()
	return a.Rebuild(ctx, o)
}

// Repair implements engine.OfflineMaintainer.
func (Driver) Repair(ctx context.Context, location string, o engine.RebuildOptions) (engine.RebuildReport, error) {
	a, err := archiveAt(ctx, location)
	if err != nil {
		return engine.RebuildReport{}, err
	}
	defer a.Client.Close()
	return a.Repair(ctx, o)
}

// Backup implements engine.OfflineMaintainer. The place is REPOSITORY/NAME, of a
// repository that the cluster is configured with.
func (Driver) Backup(ctx context.Context, location, to string) (engine.BackupReport, error) {
	a, err := archiveAt(ctx, location)
	if err != nil {
		return engine.BackupReport{}, err
	}
	defer a.Client.Close()
	return a.Backup(ctx, to)
}

// Restore implements engine.OfflineMaintainer.
func (Driver) Restore(ctx context.Context, from, location string, o engine.RestoreOptions) (engine.BackupReport, error) {
	a, err := archiveAt(ctx, location)
	if err != nil {
		return engine.BackupReport{}, err
	}
	defer a.Client.Close()
	return a.Restore(ctx, from, o)
}

// archive returns the index as a whole.
func (e *Engine) archive() maintain.Archive {
	return maintain.Archive{Client: e.store.Client, Alias: e.store.Index().Alias}
}

// Stats implements engine.Maintainer.
func (e *Engine) Stats(ctx context.Context) (*engine.Stats, error) { return e.archive().Stats(ctx) }

// Compact implements engine.Maintainer.
func (e *Engine) Compact(ctx context.Context) (engine.CompactReport, error) {
	w := e.store.Writer()
	if w == nil {
		return engine.CompactReport{}, engine.ErrReadOnly
	}
	return e.archive().Compact(ctx, w)
}
