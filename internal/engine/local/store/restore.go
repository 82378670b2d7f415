package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/fsutil"
)

// Restore makes a new index in dir, which must not be there, from a whole state of
// another one: from the folder of a writer, of a generation or of a backup. With links,
// the two share segments and vectors, which never change.
func Restore(ctx context.Context, from, dir string, links bool) (err error) {
	root, err := readRoot(filepath.Join(from, scorchFolder))
	if err != nil || root == nil {
		return errors.Join(err, fmt.Errorf("%s holds no state of an index", from))
	}
	scorchDir := filepath.Join(dir, writerFolder, scorchFolder)
	if err := fsutil.MakeDir(scorchDir); err != nil {
		return err
	}
	for _, seg := range root.segments {
		source, target := filepath.Join(from, scorchFolder, seg.file), filepath.Join(scorchDir, seg.file)
		if links && os.Link(source, target) == nil {
			continue
		}
		if err := fsutil.CopyFile(source, target); err != nil {
			return err
		}
	}
	if err := fsutil.CopyFile(filepath.Join(from, scorchFolder, boltName), filepath.Join(scorchDir, boltName)); err != nil {
		return err
	}
	if err := restoreVectors(from, filepath.Join(dir, writerFolder), links); err != nil {
		return err
	}
	if err := errors.Join(fsutil.SyncDir(scorchDir), ensureHeader(dir)); err != nil {
		return err
	}
	s, err := Open(ctx, dir, engine.Options{}) // publishes it
	if err != nil {
		return err
	}
	return s.Close()
}
