package store

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/segment"
)

// errRootCutShort says that a first writer ended while it made the root. Nothing was
// ever written to that store, and a writer may make the root anew.
var errRootCutShort = errors.New("it was cut short while it was made")

// checkWriterStore checks the writer store before scorch opens it. Where the root is
// missing or empty, scorch makes a new one and then removes all segments, as the new
// root names none. It returns what the root says; nil for a new store. It changes
// nothing.
func checkWriterStore(dir string) (*rootState, error) {
	writerDir := filepath.Join(dir, writerFolder)
	scorchDir := filepath.Join(writerDir, scorchFolder)
	path := filepath.Join(scorchDir, boltName)
	if err := checkForeignFiles(scorchDir); err != nil {
		return nil, err
	}
	segments, err := hasSegments(scorchDir)
	if err != nil {
		return nil, err
	}
	published := false
	if p, err := readPointer(dir); err == nil && p.batchID != noBatchID {
		published = true
	}
	r, err := readRoot(scorchDir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if segments || published {
			return nil, fmt.Errorf("%w: %s is missing", engine.ErrDamaged, path)
		}
		return nil, nil
	case err == nil && r == nil:
		if segments || published {
			return nil, fmt.Errorf("%w: %s is empty", engine.ErrDamaged, path)
		}
		return nil, nil
	case errors.Is(err, engine.ErrDamaged) && !segments && !published:
		return nil, fmt.Errorf("%w: %w", err, errRootCutShort)
	case err != nil:
		return nil, err
	}
	if err := checkCleanMark(writerDir, r); err != nil {
		return nil, err
	}
	return r, r.checkSegments(scorchDir)
}

// checkSegments checks that the segments which a root names can be opened, and counts
// their documents. Where one can't, scorch would go back to an earlier root, and remove
// the segments that this doesn't name.
func (r *rootState) checkSegments(scorchDir string) error {
	for _, s := range r.segments {
		path := filepath.Join(scorchDir, s.file)
		docs, err := segment.Probe(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return fmt.Errorf("%w: %s is missing", engine.ErrDamaged, path)
		case errors.Is(err, segment.ErrDamaged):
			return fmt.Errorf("%w: %w", engine.ErrDamaged, err)
		case err != nil:
			return err
		}
		if err := s.checkDeleted(filepath.Join(scorchDir, boltName), docs); err != nil {
			return err
		}
		r.documents += docs
		if s.deleted != nil {
			r.documents -= s.deleted.GetCardinality()
		}
	}
	return nil
}

// checkDeleted checks that a segment of so many documents has those that are deleted.
func (s *rootSegment) checkDeleted(root string, docs uint64) error {
	if s.deleted != nil && !s.deleted.IsEmpty() && uint64(s.deleted.Maximum()) >= docs {
		return fmt.Errorf("%w: %s: more is deleted of %s than it holds", engine.ErrDamaged, root, s.file)
	}
	return nil
}
