package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/fsutil"
)

// A rebuild, a repair or a restore makes a new index and replaces the whole of the
// old one. The new index is made in a folder beside it. When it is complete, this
// folder gets the name DIR.next; a folder of that name is always complete. Then
// two renames follow: of DIR to a name under which it is archived, and of DIR.next
// to DIR. After a crash between the two there is no DIR, and the next one to open
// it ends the replacement by FinishReplace.

// replacementSuffix is the end of the name of a complete index that is about to
// replace the one whose name has no such end.
const replacementSuffix = ".next"

// ReplacementDir returns the folder in which to make an index that is to replace
// dir. It removes what an earlier attempt left there.
func ReplacementDir(dir string) (string, error) {
	unfinished := filepath.Clean(dir) + replacementSuffix + "-unfinished"
	return unfinished, os.RemoveAll(unfinished)
}

// Replace puts the index that was made in ReplacementDir in the place of dir. The
// index that is in dir, if there is one, is moved to archived. The caller holds
// the lock of dir.
func Replace(dir, archived string) error {
	dir = filepath.Clean(dir)
	next, parent := dir+replacementSuffix, filepath.Dir(dir)
	if err := fsutil.SyncDir(next + "-unfinished"); err != nil {
		return err
	}
	if err := os.Rename(next+"-unfinished", next); err != nil {
		return err
	}
	if err := fsutil.SyncDir(parent); err != nil {
		return err
	}
	if err := os.Rename(dir, archived); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(err, os.RemoveAll(next)) // else it would replace a later index one day
	}
	if err := os.Rename(next, dir); err != nil {
		return err
	}
	return fsutil.SyncDir(parent)
}

// FinishReplace ends a replacement of dir that was cut short, if there was one.
func FinishReplace(dir string) error {
	dir = filepath.Clean(dir)
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	err := os.Rename(dir+replacementSuffix, dir)
	if err == nil {
		return fsutil.SyncDir(filepath.Dir(dir))
	}
	if _, statErr := os.Stat(dir); statErr == nil || errors.Is(err, fs.ErrNotExist) {
		return nil // someone else did, or there was none
	}
	return fmt.Errorf("finish replacing %s: %w", dir, err)
}

// ArchivedName returns a name beside dir that no file has yet. The index that is
// replaced is kept under it; reason and the date are part of it.
func ArchivedName(dir, reason string) string {
	base := filepath.Clean(dir) + "." + reason + "-" + time.Now().Format("2006-01-02")
	name := base
	for n := 2; ; n++ {
		if _, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) {
			return name
		}
		name = fmt.Sprintf("%s-%d", base, n)
	}
}

// Lock takes the writer's lock of an index, whatever state it is in, for those
// who replace it.
func Lock(ctx context.Context, dir string, wait time.Duration) (release func() error, err error) {
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w in %s", engine.ErrNoIndex, dir)
	}
	l, err := lockWriter(ctx, dir, wait)
	if err != nil {
		return nil, err
	}
	return l.release, nil
}
