package index

import (
	"context"
	"fmt"
	"time"

	"github.com/newsq/newsq/internal/engine"
)

// BackupReport is what a backup or its restoration came to.
type BackupReport struct {
	Articles int
	Bytes    int64  // of the files backed up, before compression
	Kept     string // by RestoreBackup: the folder where the index before is
	Took     time.Duration
}

// WriteBackup copies the last generation of the index in the folder location
// to a place that is not there yet: one file if its name ends in .tar or
// .tar.zst, else a folder. Others may read and write meanwhile. Every byte is
// held to its sum as it is copied, so that no backup is made of damage.
func WriteBackup(ctx context.Context, location, to string) (BackupReport, error) {
	start := time.Now()
	m, at, err := maintainerOf(location)
	if err != nil {
		return BackupReport{}, fmt.Errorf("back up: %w", err)
	}
	r, err := m.Backup(ctx, at, to)
	return BackupReport{Articles: r.Articles, Bytes: r.Bytes, Took: time.Since(start)}, err
}

// RestoreOptions says how to restore; nil means the zero RestoreOptions.
type RestoreOptions struct {
	// Force lets the backup take the place of what is in the folder, which is
	// kept beside under another name.
	Force bool
	// LockWait is how long to wait for another writer; 0 means 2 s.
	LockWait time.Duration
}

// RestoreBackup makes the index in the folder location from a backup, a file
// or a folder, which is checked first, to the last byte. A folder that is not
// empty is an error that wraps fs.ErrExist, unless Force is set.
func RestoreBackup(ctx context.Context, from, location string, o *RestoreOptions) (BackupReport, error) {
	start := time.Now()
	if o == nil {
		o = &RestoreOptions{}
	}
	m, at, err := maintainerOf(location)
	if err != nil {
		return BackupReport{}, fmt.Errorf("restore: %w", err)
	}
	r, err := m.Restore(ctx, from, at, engine.RestoreOptions{Force: o.Force, LockWait: lockWait(o.LockWait), Reindex: reindex(nil)})
	return BackupReport{Articles: r.Articles, Bytes: r.Bytes, Kept: r.Kept, Took: time.Since(start)}, err
}
