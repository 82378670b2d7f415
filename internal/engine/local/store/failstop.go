package store

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"github.com/newsq/newsq/internal/engine/local/segment"
)

// Scorch writes and merges in the background. When that fails, scorch tries again
// at once and for ever. When a goroutine of its background ends, whoever waits for
// it waits for ever. And after a failed fsync it is wrong to try again: the system
// may have dropped the bytes that it could not write, and reports that only once.
//
// So the store is fail-stop: the first failure ends writing. It holds scorch's
// background where it is, and from then on every Write, Publish and Compact fails
// with errWritingEnded and the reason, as do those that wait already. What was
// acknowledged before is durable. To go on, the index is closed and opened again.

// failStop notes the first failure of an open writer store. Each call that may
// wait for scorch's background goes through run. It is safe for concurrent use.
type failStop struct {
	failed    chan struct{} // closed with the first failure
	closing   chan struct{} // closed when the store closes
	closeWait time.Duration // see defaultCloseWait; tests change it

	mu  sync.Mutex
	err error
}

// errWritingEnded says what a user can do. The reason is wrapped beside it.
var errWritingEnded = errors.New("writing has ended; what was acknowledged is kept; mend the cause and open the index again")

func newFailStop() *failStop {
	return &failStop{failed: make(chan struct{}), closing: make(chan struct{}), closeWait: defaultCloseWait}
}

// fail ends writing for the reason err, unless it has ended before.
func (f *failStop) fail(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err == nil {
		f.err = err
		close(f.failed)
	}
}

// failure returns why nothing can be written any more; nil while it can.
func (f *failStop) failure() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err == nil {
		return nil
	}
	return fmt.Errorf("%w: %w", errWritingEnded, f.err)
}

// callbackName is the name under which scorch knows our callback.
const callbackName = "newsq"

// failStops holds the *failStop of each writer store that is open, by its path.
// Scorch knows one callback for all stores, and tells it the path.
var failStops sync.Map

// registerScorch makes our segments and our callback known to scorch. It runs once,
// as scorch's registers have no lock; see segment.Register.
var registerScorch = sync.OnceFunc(func() {
	segment.Register()
	scorch.RegistryAsyncErrorCallbacks[callbackName] = func(err error, scorchDir string) {
		if f, ok := failStops.Load(scorchDir); ok {
			f.(*failStop).fail(err)
			// Scorch calls this from the loop that failed. As long as the
			// call does not return, the loop can't try again.
			<-f.(*failStop).closing
		}
	}
})

// batchErrorWait is how long run waits for the error of write itself after the
// background has failed. That error says more; it comes at once or never.
const batchErrorWait = time.Second

// run calls write, which may wait for scorch's background for ever. It returns when
// write returns or when the background fails. In the second case the goroutine
// of write is left behind: nothing can end it.
func (f *failStop) run(write func() error) error {
	if err := f.failure(); err != nil {
		return err
	}
	done := make(chan error, 1)
	go func() { done <- write() }()
	select {
	case err := <-done:
		return err
	case <-f.failed:
	}
	select {
	case err := <-done:
		if err != nil {
			return err
		}
	case <-time.After(batchErrorWait):
	}
	return f.failure()
}

// defaultCloseWait is how long a store whose background has failed may take to
// close: its goroutines may wait for one that has ended.
const defaultCloseWait = 5 * time.Second

// closeScorch closes the writer store. It is called once, and lets go of the
// background that a failure holds.
func (f *failStop) closeScorch(s *scorch.Scorch, scorchDir string) error {
	close(f.closing)
	done := make(chan error, 1)
	go func() { done <- s.Close() }()
	defer failStops.Delete(scorchDir)
	if f.failure() == nil {
		return <-done
	}
	select {
	case err := <-done:
		return err
	case <-time.After(f.closeWait):
		return fmt.Errorf("close store %s: its background work hangs: %w", scorchDir, f.failure())
	}
}
