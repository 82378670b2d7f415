package opensearch

import (
	"context"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/maintain"
)

var (
	_ engine.OfflineMaintainer = Driver{}
	_ engine.Operator          = Driver{}
	_ engine.Maintainer        = (*Engine)(nil)
)

// archiveAt returns the archive at a location. The caller closes the client.
func (d Driver) archiveAt(ctx context.Context, location string) (maintain.Archive, error) {
	checksums, err := d.checksums()
	if err != nil {
		return maintain.Archive{}, err
	}
	c, alias, err := d.connect(ctx, location)
	return maintain.Archive{Client: c, Alias: alias, Checksums: checksums}, err
}

// PlanInit implements engine.Operator. The plan can be applied once it is returned.
func (d Driver) PlanInit(ctx context.Context, location string, o engine.InitOptions) (*engine.InitPlan, error) {
	a, err := d.archiveAt(ctx, location)
	if err != nil {
		return nil, err
	}
	return a.PlanInit(ctx, o) // whose Apply uses the client
}

// Status implements engine.Operator.
func (d Driver) Status(ctx context.Context, location string) (*engine.Status, error) {
	a, err := d.archiveAt(ctx, location)
	if err != nil {
		return nil, err
	}
	defer a.Client.Close()
	return a.Status(ctx)
}

// Check implements engine.OfflineMaintainer.
func (d Driver) Check(ctx context.Context, location string) (*engine.CheckReport, error) {
	a, err := d.archiveAt(ctx, location)
	if err != nil {
		return nil, err
	}
	defer a.Client.Close()
	return a.Check(ctx)
}

// Rebuild implements engine.OfflineMaintainer.
func (d Driver) Rebuild(ctx context.Context, location string, o engine.RebuildOptions) (engine.RebuildReport, error) {
	a, err := d.archiveAt(ctx, location)
	if err != nil {
		return engine.RebuildReport{}, err
	}
	defer a.Client.Close()
	return a.Rebuild(ctx, o)
}

// Repair implements engine.OfflineMaintainer.
func (d Driver) Repair(ctx context.Context, location string, o engine.RebuildOptions) (engine.RebuildReport, error) {
	a, err := d.archiveAt(ctx, location)
	if err != nil {
		return engine.RebuildReport{}, err
	}
	defer a.Client.Close()
	return a.Repair(ctx, o)
}

// Backup implements engine.OfflineMaintainer. The place is REPOSITORY/NAME, of a
// repository that the cluster is configured with.
func (d Driver) Backup(ctx context.Context, location, to string) (engine.BackupReport, error) {
	a, err := d.archiveAt(ctx, location)
	if err != nil {
		return engine.BackupReport{}, err
	}
	defer a.Client.Close()
	return a.Backup(ctx, to)
}

// Restore implements engine.OfflineMaintainer.
func (d Driver) Restore(ctx context.Context, from, location string, o engine.RestoreOptions) (engine.BackupReport, error) {
	a, err := d.archiveAt(ctx, location)
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
