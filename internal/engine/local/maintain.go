package local

import (
	"context"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/maintain"
	"github.com/newsq/newsq/internal/engine/local/store"
)

var _ engine.OfflineMaintainer = Driver{}

// Check implements engine.OfflineMaintainer.
func (Driver) Check(ctx context.Context, dir string) (*engine.CheckReport, error) {
	r, err := store.Check(ctx, dir)
	if err != nil {
		return nil, err
	}
	return &r.CheckReport, nil
}

// Rebuild implements engine.OfflineMaintainer.
func (Driver) Rebuild(ctx context.Context, dir string, o engine.RebuildOptions) (engine.RebuildReport, error) {
	return maintain.Rebuild(ctx, dir, o)
}

// Repair implements engine.OfflineMaintainer.
func (Driver) Repair(ctx context.Context, dir string, o engine.RebuildOptions) (engine.RebuildReport, error) {
	return maintain.Repair(ctx, dir, o)
}

// Backup implements engine.OfflineMaintainer.
func (Driver) Backup(ctx context.Context, dir, to string) (engine.BackupReport, error) {
	return maintain.Backup(ctx, dir, to)
}

// Restore implements engine.OfflineMaintainer.
func (Driver) Restore(ctx context.Context, from, dir string, o engine.RestoreOptions) (engine.BackupReport, error) {
	return maintain.Restore(ctx, from, dir, o)
}
