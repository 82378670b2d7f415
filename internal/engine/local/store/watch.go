package store

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"github.com/newsq/newsq/internal/engine/local/segment"
)

// Scorch writes and merges in the background. When that fails it tries again
// at once and for ever, and when it dies, whoever waits for it waits for ever.
// After a failed fsync, trying again is wrong besides: the system may have
// dropped what it could not write, and says so only once. So the first failure
// ends writing: it stops scorch in its tracks, fails whoever waits, and every
// Write and Publish from then on, until the index is opened again.

// watch is how an engine learns of what happens in scorch's background.
type watch struct {
	failed    chan struct{} // closed with the first failure
	closing   chan struct{} // closed when the engine closes
	closeWait time.Duration // see closeWait

	mu  sync.Mutex
	err error
}

// errWriting says what can be done; the reason is joined to it.
var errWriting = errors.New("writing has ended; what was acknowledged is kept; mend the cause and open the index again")

func newWatch() *watch {
	return &watch{failed: make(chan struct{}), closing: make(chan struct{}), closeWait: closeWait}
}

// fail notes the first failure.
func (w *watch) fail(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.err == nil {
		w.err = err
		close(w.failed)
	}
}

// failure returns why nothing can be written any more; nil while it can.
func (w *watch) failure() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.err == nil {
		return nil
	}
	return fmt.Errorf("%w: %w", errWriting, w.err)
}

// watchName names the callback to scorch.
const watchName = "newsq"

// watches are the stores that are open for writing, by path. Scorch knows a
// callback by its name alone, and tells it the path.
var watches sync.Map

// register makes scorch know our segments and the watches. Its registers have
// no lock; see segment.Register.
var register = sync.OnceFunc(func() {
	segment.Register()
	scorch.RegistryAsyncErrorCallbacks[watchName] = func(err error, scorchDir string) {
		if w, ok := watches.Load(scorchDir); ok {
			w.(*watch).fail(err)
			// Held here, the loop can't try again.
			<-w.(*watch).closing
		}
	}
})

// failGrace is how long a batch that waits may still get its own error when
// the background has failed: that says more, and is there at once or never.
const failGrace = time.Second

// do runs f, which may wait for scorch's background for ever, until it returns
// or the background fails. Then f is left behind.
func (w *watch) do(f func() error) error {
	if err := w.failure(); err != nil {
		return err
	}
	done := make(chan error, 1)
	go func() { done <- f() }()
	select {
	case err := <-done:
		return err
	case <-w.failed:
	}
	select {
	case err := <-done:
		if err != nil {
			return err
		}
	case <-time.After(failGrace):
	}
	return w.failure()
}

// closeWait is how long a store whose background has failed may take to close:
// what is left of it may wait for what is dead.
const closeWait = 5 * time.Second

// close closes a store.
func (w *watch) close(s *scorch.Scorch, scorchDir string) error {
	close(w.closing)
	done := make(chan error, 1)
	go func() { done <- s.Close() }()
	defer watches.Delete(scorchDir)
	if w.failure() == nil {
		return <-done
	}
	select {
	case err := <-done:
		return err
	case <-time.After(w.closeWait):
		return fmt.Errorf("close store %s: its background work hangs: %w", scorchDir, w.failure())
	}
}
