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

// An index that is made again takes the place of the one before as a whole.
// It is made in a folder beside, which gets the name that says it is whole only
// when it is; then two renames put it in place. A crash between the two leaves
// the index under that name, where the next one to open it finds it.

// nextSuffix is the ending of the name of an index that is whole and about to
// take the place of the one without it.
const nextSuffix = ".next"

// NextDir returns the folder in which an index is made that is to replace dir.
// What an attempt before left there is removed.
func NextDir(dir string) (string, error) {
	tmp := filepath.Clean(dir) + nextSuffix + "-unfinished"
	return tmp, os.RemoveAll(tmp)
}

// Swap puts the index made in NextDir in the place of dir, which it moves to
// aside, if there is one. The caller holds the lock of dir.
func Swap(dir, aside string) error {
	dir = filepath.Clean(dir)
	next, parent := dir+nextSuffix, filepath.Dir(dir)
	if err := fsutil.SyncDir(next + "-unfinished"); err != nil {
		return err
	}
	if err := os.Rename(next+"-unfinished", next); err != nil {
		return err
	}
	if err := fsutil.SyncDir(parent); err != nil {
		return err
	}
	if err := os.Rename(dir, aside); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(err, os.RemoveAll(next)) // or it would take another's place one day
	}
	if err := os.Rename(next, dir); err != nil {
		return err
	}
	return fsutil.SyncDir(parent)
}

// FinishSwap ends a swap that was cut short, if there is one.
func FinishSwap(dir string) error {
	dir = filepath.Clean(dir)
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	err := os.Rename(dir+nextSuffix, dir)
	if err == nil {
		return fsutil.SyncDir(filepath.Dir(dir))
	}
	if _, statErr := os.Stat(dir); statErr == nil || errors.Is(err, fs.ErrNotExist) {
		return nil // someone else did, or there was none
	}
	return fmt.Errorf("finish replacing %s: %w", dir, err)
}

// Aside returns a name beside dir that nothing has, for what it was.
func Aside(dir, why string) string {
	base := filepath.Clean(dir) + "." + why + "-" + time.Now().Format("2006-01-02")
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
