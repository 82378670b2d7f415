package index

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local"
)

// Index is an open index. It is safe for concurrent use.
type Index struct {
	engine engine.Engine
	topics *TopicRules
}

// Options says how to open an index; nil means the zero Options.
type Options struct {
	// ReadOnly opens for reading beside any writer, and never creates
	// anything.
	ReadOnly bool
	// Topics are the rules that give articles topics; they are kept with the
	// index. Nil means those that the index was last written with, and the
	// starter rules for a new index. When they differ from the last ones,
	// the next Sync reads everything again.
	Topics *TopicRules
	// LockWait is how long to wait for another writer; 0 means 2 s.
	LockWait time.Duration
}

// The errors that callers tell apart, with errors.Is.
var (
	ErrNotFound = engine.ErrNotFound // no article of that id
	ErrLocked   = engine.ErrLocked   // another process writes
	ErrDamaged  = engine.ErrDamaged  // the index cannot be trusted
	ErrClosed   = engine.ErrClosed   // the Index was closed
	ErrNoIndex  = engine.ErrNoIndex  // nothing there to open read-only
)

// defaultLockWait leaves a short write time to end, and keeps the answer to a
// person who waits within 3 s.
const defaultLockWait = 2 * time.Second

// Open opens the index in the folder location, creating it if absent. The
// caller closes it.
func Open(location string, opts *Options) (*Index, error) {
	var o Options
	if opts != nil {
		o = *opts
	}
	if location == "" {
		return nil, errors.New("open index: no folder given")
	}
	if o.LockWait == 0 {
		o.LockWait = defaultLockWait
	}
	e, err := local.Open(context.Background(), location, local.Options{ReadOnly: o.ReadOnly, LockWait: o.LockWait})
	if err != nil {
		return nil, err
	}
	ix := &Index{engine: e, topics: o.Topics}
	if err := ix.settleTopics(location, o.ReadOnly); err != nil {
		return nil, errors.Join(err, e.Close())
	}
	return ix, nil
}

// settleTopics finds the rules to use, and keeps those that were given.
func (ix *Index) settleTopics(location string, readOnly bool) error {
	path := filepath.Join(location, "topics.yaml")
	if ix.topics == nil {
		b, err := os.ReadFile(path)
		switch {
		case errors.Is(err, os.ErrNotExist):
			ix.topics = StarterTopics()
			return nil
		case err != nil:
			return fmt.Errorf("open index: %w", err)
		}
		if ix.topics, err = parseTopics(b, path); err != nil {
			return fmt.Errorf("open index: %w", err)
		}
		return nil
	}
	if readOnly {
		return nil
	}
	tmp := path + ".tmp"
	if err := os.WriteFile(tmp, ix.topics.YAML(), 0o644); err != nil {
		return fmt.Errorf("keep topic rules: %w", err)
	}
	if err := os.Rename(tmp, path); err != nil {
		return fmt.Errorf("keep topic rules: %w", err)
	}
	return nil
}

// Close releases the index. Results stay valid.
func (ix *Index) Close() error { return ix.engine.Close() }

// Topics returns the rules that the index gives topics by.
func (ix *Index) Topics() *TopicRules { return ix.topics }

// Len returns the number of articles.
func (ix *Index) Len(ctx context.Context) (int, error) {
	snap, err := ix.engine.Snapshot(ctx)
	if err != nil {
		return 0, err
	}
	return snap.Len(), snap.Close()
}
