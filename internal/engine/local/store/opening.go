package store

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/segment"
)

// segmentStates returns the segments of a snapshot of scorch, which holds them open.
func segmentStates(r *scorch.IndexSnapshot) ([]reader.SegmentState, error) {
	var states []reader.SegmentState
	for _, s := range r.Segments() {
		seg, ok := segment.Unwrap(s.Segment())
		if !ok {
			return nil, fmt.Errorf("%w: a segment is not in newsq's format", engine.ErrDamaged)
		}
		states = append(states, reader.SegmentState{Segment: seg, Deleted: s.Deleted()})
	}
	return states, nil
}

// openSegments opens the segments that the root of a scorch store, whose content is
// given, names, for reading. A reader needs nothing else of scorch, which would
// open bbolt, too, and start what it writes with.
func openSegments(scorchDir string, content []byte) (_ *rootState, states []reader.SegmentState, err error) {
	path := filepath.Join(scorchDir, boltName)
	root, err := parseRoot(path, content)
	switch {
	case err != nil:
		return nil, nil, err
	case root == nil:
		return nil, nil, fmt.Errorf("%w: %s is empty", engine.ErrDamaged, path)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, closeSegments(states))
		}
	}()
	for _, s := range root.segments {
		seg, err := segment.OpenFile(filepath.Join(scorchDir, s.file))
		if err != nil {
			return nil, states, err
		}
		states = append(states, reader.SegmentState{Segment: seg, Deleted: s.deleted})
		if err := s.checkDeleted(path, seg.Count()); err != nil {
			return nil, states, err
		}
	}
	return root, states, nil
}

func closeSegments(states []reader.SegmentState) error {
	var errs []error
	for _, state := range states {
		errs = append(errs, state.Segment.Close())
	}
	return errors.Join(errs...)
}

// checkDeleted holds the documents that are gone to those there are.
func (s *rootSegment) checkDeleted(root string, docs uint64) error {
	if s.deleted != nil && !s.deleted.IsEmpty() && uint64(s.deleted.Maximum()) >= docs {
		return fmt.Errorf("%w: %s: more is deleted of %s than it holds", engine.ErrDamaged, root, s.file)
	}
	return nil
}

// errRootCutShort says that a root was cut short while it was made. Nothing was ever
// written to its store, and a writer makes it anew.
var errRootCutShort = errors.New("it was cut short while it was made")

// checkWriterStore looks at the writer store before scorch does: of a root that is
// missing or empty scorch makes a new one, and then removes all segments that
// the new one doesn't name. It returns what the root says; nil for a new store.
// It changes nothing.
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

// checkSegments looks whether the segments that a root names can be opened.
// Scorch would fall back on an earlier root, and remove what that doesn't name.
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
	}
	return nil
}

// checkOpenedRoot holds what scorch opened to what was checked.
func (s *Store) checkOpenedRoot(want *rootState) error {
	r, err := s.writerSnapshot()
	if err != nil {
		return err
	}
	defer r.Close()
	if batchID(r) != want.batchID() || len(r.Segments()) != len(want.segments) {
		return fmt.Errorf("%w: %s: its newest state cannot be opened", engine.ErrDamaged, filepath.Join(s.dir, writerFolder, scorchFolder))
	}
	return nil
}
