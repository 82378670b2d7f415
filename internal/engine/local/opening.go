package local

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/segment"
)

// checkWork looks at the writer's store before scorch does: of a root that is
// missing or empty scorch makes a new one, and then removes all segments that
// the new one doesn't name. It returns what the root says; nil for a new store.
func checkWork(dir string) (*rootState, error) {
	work := filepath.Join(dir, "work")
	store := filepath.Join(work, "store")
	path := filepath.Join(store, "root.bolt")
	if err := checkStrays(store); err != nil {
		return nil, err
	}
	segments, err := hasSegments(store)
	if err != nil {
		return nil, err
	}
	published := false
	if p, err := readPointer(dir); err == nil && p.sequence != "-" {
		published = true
	}
	r, err := readRoot(store)
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
		// Cut short while it was made: nothing was ever written there.
		return nil, os.Remove(path)
	case err != nil:
		return nil, err
	}
	if err := checkSeal(work, r); err != nil {
		return nil, err
	}
	return r, r.checkSegments(store)
}

// checkSegments looks whether the segments that a root names can be opened.
// Scorch would fall back on an earlier root, and remove what that doesn't name.
func (r *rootState) checkSegments(store string) error {
	for _, s := range r.segments {
		path := filepath.Join(store, s.file)
		docs, err := segment.Probe(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return fmt.Errorf("%w: %s is missing", engine.ErrDamaged, path)
		case errors.Is(err, segment.ErrDamaged):
			return fmt.Errorf("%w: %w", engine.ErrDamaged, err)
		case err != nil:
			return err
		case s.deleted != nil && !s.deleted.IsEmpty() && uint64(s.deleted.Maximum()) >= docs:
			return fmt.Errorf("%w: %s: more is deleted of %s than it holds", engine.ErrDamaged, filepath.Join(store, "root.bolt"), s.file)
		}
	}
	return nil
}

// sameRoot holds what scorch opened to what was checked.
func (e *Engine) sameRoot(want *rootState) error {
	r, err := e.workReader()
	if err != nil {
		return err
	}
	defer r.Close()
	if sequence(r) != want.sequence() || len(r.Segments()) != len(want.segments) {
		return fmt.Errorf("%w: %s: its newest state cannot be opened", engine.ErrDamaged, filepath.Join(e.dir, "work", "store"))
	}
	return nil
}
