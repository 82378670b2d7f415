package store

import (
	"io"
	"os"
	"path/filepath"

	"github.com/newsq/newsq/internal/fsutil"
)

// linkDirectory receives a copy of a scorch store. Segment files never change, so they
// are hard-linked instead of copied.
type linkDirectory struct{ from, to string }

// GetWriter implements index.Directory. It returns nil for a file that it has linked, so
// that nobody writes to it.
func (d linkDirectory) GetWriter(path string) (io.WriteCloser, error) {
	to := filepath.Join(d.to, path)
	if filepath.Base(path) == boltName {
		return os.Create(to)
	}
	err := os.Link(filepath.Join(d.from, path), to)
	if err == nil {
		return nil, nil
	}
	// This file system has no hard links: the file is copied.
	return fsutil.Create(to)
}
