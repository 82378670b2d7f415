package store

import (
	"errors"
	"fmt"
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

// openSegments opens the segments of a scorch store for reading. content is what its
// root.bolt holds. Scorch is not needed for that: it would open bbolt, and start all
// that it needs for writing.
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
