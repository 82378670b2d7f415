package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/segment"
	"github.com/newsq/newsq/internal/fsutil"
)

// Store is an open index. All methods are safe for concurrent use.
//
// Open a store for writing in one process at a time, and read-only in any number.
// Write, Publish and Compact need one that is open for writing; read-only they
// return engine.ErrReadOnly. Write calls run side by side; Publish and Close wait
// for those that run and hold off others. Hold works in both modes. After Close all
// of these return engine.ErrClosed, and a Generation that is held stays good.
type Store struct {
	dir      string
	readOnly bool
	lock     *writerLock // nil when read-only

	// publishMu is held for reading by Write and for writing by Publish, so
	// that no batch becomes durable while the state of a generation is copied and
	// counted. It is locked before mu.
	publishMu   sync.RWMutex
	scorch      *scorch.Scorch // nil when read-only
	failStop    *failStop      // of scorch
	queue       *index.AnalysisQueue
	merges      segment.MergeLog
	unpublished bool // scorch is ahead of the current generation; under publishMu

	// model is what vectors are made by; nil before one is learned. Under publishMu.
	model   *presentModel
	foldMu  sync.Mutex // held while the vectors of a segment are made; locked last
	learnMu sync.Mutex // held by Learn, of which one runs at a time; locked first

	mu           sync.Mutex
	current      *Generation
	pointerState fsutil.FileState // CURRENT when it was read last; see refreshIfChanged
	closed       bool
}

// Open opens the index in dir. For writing it is created when absent; read
// only it must be there.
func Open(ctx context.Context, dir string, o engine.Options) (_ *Store, err error) {
	e := &Store{dir: dir, readOnly: o.ReadOnly}
	if o.ReadOnly {
		if err := readHeader(dir); err != nil {
			return nil, err
		}
		if err := e.refreshIfChanged(); err != nil {
			return nil, err
		}
		return e, nil
	}
	if err := fsutil.MakeDir(dir); err != nil {
		return nil, fmt.Errorf("create index: %w", err)
	}
	if err := checkNewFolder(dir); err != nil {
		return nil, err
	}
	if e.lock, err = lockWriter(ctx, dir, o.LockWait); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			e.lock.release()
		}
	}()
	if err := ensureHeader(dir); err != nil {
		return nil, err
	}
	// This comes before scorch opens, since scorch removes files that it does
	// not need, and a damaged index must be left as it is.
	if _, err := readPointer(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("open index: %w", err)
	}
	if err := e.openWriterStore(); err != nil {
		return nil, err
	}
	if err := e.findModel(); err != nil {
		return nil, errors.Join(fmt.Errorf("open index: %w", err), e.closeWriterStore())
	}
	if err := e.publishPending(ctx); err != nil {
		return nil, errors.Join(err, e.closeWriterStore())
	}
	return e, nil
}

// publishPending opens the current generation. It publishes a new one before that
// when an earlier writer has ended without publishing all that it acknowledged, or
// when readers can't open the current generation any more.
func (s *Store) publishPending(ctx context.Context) error {
	// Without CURRENT, nothing was published yet, or it was lost. In both cases
	// the writer store has all there is.
	if _, err := readPointer(s.dir); !errors.Is(err, fs.ErrNotExist) {
		if err := s.refresh(); err != nil {
			return err
		}
	}
	r, err := s.scorch.Reader()
	if err != nil {
		return fmt.Errorf("read index: %w", err)
	}
	batchID := batchID(r)
	if err := r.Close(); err != nil {
		return fmt.Errorf("read index: %w", err)
	}
	if s.current != nil && s.current.batchID == batchID && s.checkPublished() == nil {
		return nil
	}
	s.unpublished = true
	return s.Publish(ctx)
}

// Close waits for what is being written, ends writing, and lets go of the current
// generation and of the lock. A second call does nothing.
func (s *Store) Close() error {
	s.publishMu.Lock()
	defer s.publishMu.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	var errs []error
	if s.current != nil {
		errs = append(errs, s.current.Release())
		s.current = nil
	}
	if s.scorch != nil {
		errs = append(errs, s.closeWriterStore())
		errs = append(errs, s.lock.release())
	}
	return errors.Join(errs...)
}

func (s *Store) isClosed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.closed
}

// Dir returns the folder of the index.
func (s *Store) Dir() string { return s.dir }
