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

// Generation is one published state of the index, open for reading. It is
// closed when the last of those who hold it lets go.
type Generation struct {
	Number  uint64
	batchID string
	View    *reader.View
	refs    atomic.Int32
	close   func() error
}

func newGeneration(number uint64, batchID string, states []reader.SegmentState, close func() error) (*Generation, error) {
	v, err := reader.NewView(states)
	if err != nil {
		return nil, errors.Join(err, close())
	}
	g := &Generation{Number: number, batchID: batchID, View: v, close: close}
	g.refs.Store(1)
	return g, nil
}

func (g *Generation) Release() error {
	if g.refs.Add(-1) == 0 {
		return g.close()
	}
	return nil
}

// maxRefreshTries bounds how often a reader looks again for a generation that
// was replaced while it opened it. Each try needs another publication in the
// same moment.
const maxRefreshTries = 20

// refreshIfChanged is refresh, unless CURRENT is the very file that was read last: it
// is replaced by each publication, never changed.
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

// refresh makes the current generation e.current. A writer reads its own
// store; a reader opens the generation's folder.
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

// errNoPointer says what it means that CURRENT is not there.
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

func (s *Store) openGeneration(p pointer) (_ *Generation, err error) {
	defer reader.Guard(&err)()
	if s.scorch != nil {
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
	g, err := newGeneration(p.number, root.batchID(), states, func() error {
		return errors.Join(closeSegments(states), lock.Close())
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
	return g, nil
}

// verifyGeneration holds the generation in dir to its manifest. It returns
// what the root of its store holds, too.
func verifyGeneration(dir string) (m *manifest, root []byte, err error) {
	if m, err = readManifest(dir); err != nil {
		return nil, nil, err
	}
	root, err = m.verify(dir)
	return m, root, err
}

// checkPublished reports what keeps readers from the generation that is current.
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

// lockGeneration takes a shared lock, so that the writer leaves the
// generation where it is. fs.ErrNotExist when it is being removed.
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

// Hold returns the current generation; read-only, it looks first whether there
// is a newer one. The caller releases it.
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
