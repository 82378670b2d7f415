package store

import (
	"io"
	"os"
	"path/filepath"

	"github.com/newsq/newsq/internal/fsutil"
)

// linkDirectory receives a copy of a store: segment files, which never change,
// are hard-linked instead of copied.
type linkDirectory struct{ from, to string }

// GetWriter implements index.Directory. It returns nil when there is nothing
// left to write.
func (d linkDirectory) GetWriter(path string) (io.WriteCloser, error) {
	to := filepath.Join(d.to, path)
	if filepath.Base(path) == boltName {
		return os.Create(to)
	}
	err := os.Link(filepath.Join(d.from, path), to)
	if err == nil {
		return nil, nil
	}
	// No links on this file system: let it be copied.
	return fsutil.Create(to)
}
