package local

import (
	"context"
	"time"

	"github.com/newsq/newsq/internal/engine/local/store"
)

// What is done with an index as a folder, open or not, is the store's.
type (
	Backup     = store.Backup
	BackupFile = store.BackupFile
	Salvage    = store.Salvage
	Salvaged   = store.Salvaged
	Report     = store.Report
	Folder     = store.Folder
)

// Check reads all of an index; see store.Check.
func Check(ctx context.Context, dir string) (*Report, error) { return store.Check(ctx, dir) }

// CheckBackup holds a backup to its manifest; see store.CheckBackup.
func CheckBackup(ctx context.Context, dir string) (articles int, outdated bool, err error) {
	return store.CheckBackup(ctx, dir)
}

// NewBackup holds what belongs into a backup; see store.NewBackup.
func NewBackup(ctx context.Context, dir string) (*Backup, error) { return store.NewBackup(ctx, dir) }

// Restore makes an index from a whole state of another; see store.Restore.
func Restore(ctx context.Context, from, dir string, links bool) error {
	return store.Restore(ctx, from, dir, links)
}

// NewSalvage finds the articles that can still be read; see store.NewSalvage.
func NewSalvage(dir string) (*Salvage, error) { return store.NewSalvage(dir) }

// Lock takes the writer's lock; see store.Lock.
func Lock(ctx context.Context, dir string, wait time.Duration) (release func() error, err error) {
	return store.Lock(ctx, dir, wait)
}

// NextDir returns the folder for an index that is to replace dir; see
// store.NextDir.
func NextDir(dir string) (string, error) { return store.NextDir(dir) }

// Swap puts the index made in NextDir in the place of dir; see store.Swap.
func Swap(dir, aside string) error { return store.Swap(dir, aside) }

// Aside returns a name beside dir that nothing has; see store.Aside.
func Aside(dir, why string) string { return store.Aside(dir, why) }

// KeepSettings copies what people keep with an index; see store.KeepSettings.
func KeepSettings(from, to string) error { return store.KeepSettings(from, to) }

// Size returns the bytes that an index takes on the disk.
func Size(dir string) (int64, error) { return store.Size(dir) }
