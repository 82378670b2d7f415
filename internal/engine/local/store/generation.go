package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"

	"github.com/gofrs/flock"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/fsutil"
)

// Generation is one published state of the index, open for reading. It never
// changes, and may be used by many goroutines.
//
// Store.Hold counts one more holder, and each holder calls Release once. The last
// Release closes the files, so nobody uses View after their own. The store itself
// is a holder as long as the generation is current.
type Generation struct {
	Number  uint64 // counts up with every Publish
	View    *reader.View
	batchID string             // of the last batch in it
	vectors *generationVectors // nil when it has none
	refs    atomic.Int32       // holders
	close   func() error
}

// newGeneration opens the view of a generation, with one holder. close is called when
// that fails, too.
func newGeneration(number uint64, batchID string, states []reader.SegmentState, close func() error) (*Generation, error) {
	v, err := reader.NewView(states)
	if err != nil {
		return nil, errors.Join(err, close())
	}
	g := &Generation{Number: number, batchID: batchID, View: v, close: close}
	g.refs.Store(1)
	return g, nil
}

// Identity is the id of the last batch in the generation.
func (g *Generation) Identity() string { return g.batchID }

// Release lets go of the generation; see Generation.
func (g *Generation) Release() error {
	if g.refs.Add(-1) == 0 {
		return g.close()
	}
	return nil
}

// maxRefreshTries bounds how often a reader starts again, since the generation was
// removed while it was opened. Each time takes two publications in one moment.
const maxRefreshTries = 20

// refreshIfChanged calls refresh unless CURRENT is the file that was read last. That
// is enough to know: each publication puts another file in its place. The caller
// holds mu.
func (s *Store) refreshIfChanged() error {
	file, err := fsutil.StatFile(filepath.Join(s.dir, pointerName))
	if err == nil && file.Same(s.pointerState) {
		return nil
	}
	s.pointerState = fsutil.FileState{}
	if refreshErr := s.refresh(); refreshErr != nil {
		return refreshErr
	}
	if err == nil { // what was read is this file or a later one
		s.pointerState = file
	}
	return nil
}

// refresh opens the generation that CURRENT names, and makes it s.current. The
// caller holds mu, or is the only one to know the store.
func (s *Store) refresh() error {
	for try := 0; ; try++ {
		p, err := readPointer(s.dir)
		if errors.Is(err, fs.ErrNotExist) {
			return s.errNoPointer()
		}
		if err != nil {
			return fmt.Errorf("open index: %w", err)
		}
		if s.current != nil && s.current.Number == p.number && s.current.batchID == p.batchID {
			return nil
		}
		g, err := s.openGeneration(p)
		if errors.Is(err, fs.ErrNotExist) {
			if now, readErr := readPointer(s.dir); readErr == nil && now != p && try < maxRefreshTries {
				continue // replaced meanwhile
			}
			err = fmt.Errorf("%w: %w", engine.ErrDamaged, err)
		}
		if err != nil {
			return fmt.Errorf("open generation %s: %w", p.name(), err)
		}
		old := s.current
		s.current = g
		if old != nil {
			return old.Release()
		}
		return nil
	}
}

// errNoPointer returns the error of an index without CURRENT: it is damaged if it has
// generations, and else nothing was published yet.
func (s *Store) errNoPointer() error {
	numbers, err := generationNumbers(s.dir)
	if err != nil {
		return fmt.Errorf("open index: %w", err)
	}
	if len(numbers) > 0 {
		return fmt.Errorf("open index: %w: %s is missing", engine.ErrDamaged, filepath.Join(s.dir, pointerName))
	}
	return fmt.Errorf("open index: %w in %s: nothing was published yet; run newsq index to finish", engine.ErrNoIndex, s.dir)
}

// openGeneration opens the generation p. A reader opens the generation's folder and locks
// it. A writer reads from its own store, which holds the same state, unless the generation
// has vectors: they belong to the segments that were published, and in the store these may
// have been merged since. A generation that it can't open it makes again.
func (s *Store) openGeneration(p pointer) (_ *Generation, err error) {
	defer reader.Guard(&err)()
	if s.scorch == nil {
		return s.openPublished(p)
	}
	if s.model != nil {
		if g, err := s.openPublished(p); err == nil {
			return g, nil
		}
	}
	return s.openWriterGeneration(p)
}

// openPublished opens the folder of the generation p.
func (s *Store) openPublished(p pointer) (*Generation, error) {
	dir := filepath.Join(s.dir, generationsFolder, p.name())
	lock, err := lockGeneration(dir)
	if err != nil {
		return nil, err
	}
	m, content, err := verifyGeneration(dir)
	if err == nil && m.BatchID != p.batchID {
		err = fmt.Errorf("%w: %s and CURRENT name different states", engine.ErrDamaged, filepath.Join(dir, manifestName))
	}
	if err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	root, states, err := openSegments(filepath.Join(dir, scorchFolder), content)
	if err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	vectors := newGenerationVectors(dir, m, root.segments)
	g, err := newGeneration(p.number, root.batchID(), states, func() error {
		return errors.Join(vectors.close(), closeSegments(states), lock.Close())
	})
	if err != nil {
		return nil, err
	}
	if g.View.Articles != m.Articles || g.batchID != m.BatchID {
		err := fmt.Errorf("%w: %s holds %d articles of %d", engine.ErrDamaged, dir, g.View.Articles, m.Articles)
		return nil, errors.Join(err, g.Release())
	}
	if m.Length > 0 {
		g.View.TotalLength = func() (uint64, error) { return m.Length, nil }
	}
	if g.vectors = vectors; vectors != nil {
		g.View.Vectors = vectors.open
	}
	return g, nil
}

// openWriterGeneration opens the writer store as the generation p, which was just
// made of it or holds the same state.
func (s *Store) openWriterGeneration(p pointer) (*Generation, error) {
	r, err := s.writerSnapshot()
	if err != nil {
		return nil, err
	}
	states, err := segmentStates(r)
	if err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return newGeneration(p.number, batchID(r), states, r.Close)
}

// verifyGeneration holds the generation in dir to its manifest. It returns the bytes
// of its root as well.
func verifyGeneration(dir string) (m *manifest, root []byte, err error) {
	if m, err = readManifest(dir); err != nil {
		return nil, nil, err
	}
	root, err = m.verify(dir)
	return m, root, err
}

// checkPublished returns an error when readers can't open the current generation.
func (s *Store) checkPublished() error {
	p, err := readPointer(s.dir)
	if err != nil {
		return err
	}
	dir := filepath.Join(s.dir, generationsFolder, p.name())
	m, _, err := verifyGeneration(dir)
	if err != nil {
		return err
	}
	if m.BatchID != p.batchID {
		return fmt.Errorf("%w: %s", engine.ErrDamaged, dir)
	}
	_, err = os.Stat(filepath.Join(dir, generationLockName))
	return err
}

// lockGeneration takes a shared lock on a generation, so that the writer doesn't
// remove it. The error wraps fs.ErrNotExist when the writer is removing it already.
func lockGeneration(dir string) (*flock.Flock, error) {
	l := flock.New(filepath.Join(dir, generationLockName), flock.SetFlag(os.O_RDONLY))
	ok, err := l.TryRLock()
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, fmt.Errorf("%s is being removed: %w", dir, fs.ErrNotExist)
	}
	return l, nil
}

// Hold returns the current generation and counts the caller as a holder of it, who
// calls Release when done. A read-only store first looks whether a newer generation
// was published.
func (s *Store) Hold() (*Generation, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, engine.ErrClosed
	}
	if s.readOnly {
		if err := s.refreshIfChanged(); err != nil {
			return nil, err
		}
	}
	s.current.refs.Add(1)
	return s.current, nil
}
