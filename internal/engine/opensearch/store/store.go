package store

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// Store is an open index.
type Store struct {
	Client *transport.Client
	index  *Index // guarded by holding, for a reader; a writer's stays
	lease  *Lease // nil for reading
	writer *Writer

	mu     sync.Mutex
	closed bool

	holding sync.Mutex
	shared  *Generation // the last one that was held; nil before
}

// Open opens the index of an alias on a cluster; see engine.Driver. Closing the store
// closes the client.
func Open(ctx context.Context, c *transport.Client, alias string, o engine.Options) (*Store, error) {
	s, err := &Store{Client: c}, error(nil)
	if o.ReadOnly {
		s.index, err = findForReading(ctx, c, alias)
	} else {
		err = s.openForWriting(ctx, alias, o)
	}
	if err != nil {
		return nil, err
	}
	return s, nil
}

// openForWriting takes the lease and finds the index, or makes it.
func (s *Store) openForWriting(ctx context.Context, alias string, o engine.Options) (err error) {
	if s.index, err = FindOrCreate(ctx, s.Client, alias, schema.Settings{}); err != nil {
		return err
	}
	if s.lease, err = Acquire(ctx, s.Client, alias, o.LockWait); err != nil {
		return err
	}
	// The writer before may have given the alias to another index.
	if s.index, err = Find(ctx, s.Client, alias); err == nil {
		s.writer, err = NewWriter(ctx, s.Client, s.index.Name, s.lease, 0)
	}
	if err != nil {
		return errors.Join(err, s.lease.Release(ctx))
	}
	return nil
}

func (s *Store) isClosed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.closed
}

// forWriting returns the writer, unless nothing may be written.
func (s *Store) forWriting() (*Writer, error) {
	switch {
	case s.writer == nil:
		return nil, engine.ErrReadOnly
	case s.isClosed():
		return nil, engine.ErrClosed
	}
	return s.writer, nil
}

// Write implements the method of engine.Writer.
func (s *Store) Write(ctx context.Context, b *engine.Batch) error {
	w, err := s.forWriting()
	if err != nil {
		return err
	}
	return w.Write(ctx, b)
}

// Publish implements the method of engine.Writer.
func (s *Store) Publish(ctx context.Context) error {
	w, err := s.forWriting()
	if err != nil {
		return err
	}
	return w.Publish(ctx)
}

// ReadSetting implements the method of engine.Settings.
func (s *Store) ReadSetting(ctx context.Context, name string) (content []byte, where string, err error) {
	return ReadSetting(ctx, s.Client, s.Index().Alias, name)
}

// WriteSetting implements the method of engine.Settings.
func (s *Store) WriteSetting(ctx context.Context, name string, content []byte) error {
	w, err := s.forWriting()
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	if err := w.lease.Check(ctx); err != nil {
		return err
	}
	return WriteSetting(ctx, s.Client, s.Index().Alias, name, content)
}

// Index returns what the index was when it was opened, or held last.
func (s *Store) Index() *Index {
	s.holding.Lock()
	defer s.holding.Unlock()
	return s.index
}

// Writer returns what writes the index; nil for reading.
func (s *Store) Writer() *Writer { return s.writer }

// Close gives the lease up, when what is being written is. Closing twice is no error.
func (s *Store) Close(ctx context.Context) error {
	s.mu.Lock()
	closed := s.closed
	s.closed = true
	s.mu.Unlock()
	if closed {
		return nil
	}
	err := s.letGo(ctx)
	if s.writer != nil {
		s.writer.ahead.Lock()
		defer s.writer.ahead.Unlock()
		s.writer.mu.Lock() // nothing is being written any more
		defer s.writer.mu.Unlock()
		err = errors.Join(err, s.lease.Release(ctx))
	}
	s.Client.Close() // of what is idle; snapshots may still ask
	return err
}
