package index

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/watch"
)

// WatchOptions says how to watch.
type WatchOptions struct {
	// Sync is how each sync is done.
	Sync SyncOptions
	// Interval is how often all files are looked at, beside what the system tells of
	// them; 0 means five minutes, and a second and a half where the system tells
	// nothing.
	Interval time.Duration
	// Feeds is how often addresses are asked for what is new; 0 means 15 minutes.
	Feeds time.Duration
	// Synced is called after each sync, from one goroutine: with what it did, or with
	// the error that ended it. A sync that failed is done again. May be nil. The
	// warnings of the first one begin with Index.Notices.
	Synced func(SyncReport, error)
	// Waiting is called when the index is locked by another writer, once for each time
	// that it must be waited for. May be nil.
	Waiting func(error)
	// Deliver is that of NotifyOptions, and is called beside syncs; nil for no messages.
	Deliver func(context.Context, *Message) error
	// Notified is told of messages that were delivered, or why not, from one goroutine. What
	// failed is tried again until the watch ends. May be nil.
	Notified func(NotifyReport, error)
}

// The intervals of a watch.
const (
	lookInterval  = 5 * time.Minute
	blindInterval = 1500 * time.Millisecond
	feedInterval  = 15 * time.Minute
	lockInterval  = time.Second
	retryInterval = 30 * time.Second // after a sync that failed
)

// Watch keeps the index at a location in step with src until ctx ends, and returns
// ctx.Err(). Files are read within two seconds of being written, feeds at intervals.
// The index is open only during a sync, so that other writers have their turns.
//
// An error is returned when the first sync cannot be done; later ones go to Synced.
func Watch(ctx context.Context, location string, opts *Options, src *corpus.Files, o WatchOptions) error {
	w := &watcher{location: location, opts: opts, src: src, o: o, news: make(chan struct{}, 1), system: watch.New(src.Folders(), corpus.IsHidden)}
	defer w.system.Close() // nothing is waiting to be told
	if err := w.sync(ctx, src); err != nil {
		return err
	}
	if o.Deliver == nil {
		return w.run(ctx)
	}
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		newNotifier(o.Deliver, w.use).always(ctx, w.news, o.Notified)
	}()
	err := w.run(ctx)
	cancel()
	<-ended
	return err
}

// watcher is a watch under way.
type watcher struct {
	location string
	opts     *Options
	src      *corpus.Files
	o        WatchOptions
	system   *watch.Watcher
	advised  bool // that the notices of the index were told
	// news has a value when messages may have to be sent.
	news     chan struct{}
	notified time.Time // when it was given one
	// writing is held while the index is open.
	writing sync.Mutex
}

// run syncs what changed, until ctx ends.
func (w *watcher) run(ctx context.Context) error {
	now := time.Now()
	look, feeds := now.Add(w.interval()), now.Add(w.feeds())
	hasFeeds := len(w.src.Addresses()) > 0
	for {
		next := look
		if hasFeeds && feeds.Before(next) {
			next = feeds
		}
		changes, err := w.system.Next(ctx, max(time.Until(next), 0))
		if err != nil {
			return err
		}
		now = time.Now()
		var paths []string
		if changes != nil && len(changes.Paths) > 0 {
			paths = changes.Paths
		} else if changes != nil || !now.Before(look) {
			paths = w.src.Folders()
		}
		if hasFeeds && !now.Before(feeds) {
			paths = append(paths, w.src.Addresses()...)
			feeds = now.Add(w.feeds())
		}
		failed := false
		if len(paths) > 0 {
			if err := w.sync(ctx, w.src.Within(paths...)); ctx.Err() != nil {
				return ctx.Err()
			} else if err != nil {
				failed = true
				w.tell(SyncReport{}, err)
			}
		}
		if !time.Now().Before(look) {
			look = time.Now().Add(w.interval())
		}
		if failed { // what changed is not known any more
			look = minTime(look, time.Now().Add(retryInterval))
		}
	}
}

func minTime(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// interval is how long files may go without being looked at.
func (w *watcher) interval() time.Duration {
	switch {
	case w.o.Interval > 0:
		return w.o.Interval
	case w.system.Missing() != nil:
		return blindInterval
	}
	return lookInterval
}

func (w *watcher) feeds() time.Duration {
	if w.o.Feeds > 0 {
		return w.o.Feeds
	}
	return feedInterval
}

func (w *watcher) tell(r SyncReport, err error) {
	if w.o.Synced != nil {
		w.o.Synced(r, err)
	}
}

// sync opens the index, brings it in step with src, and closes it. It waits for
// another writer to end.
func (w *watcher) sync(ctx context.Context, src corpus.Source) error {
	w.writing.Lock()
	defer w.writing.Unlock()
	ix, err := w.open(ctx)
	if err != nil {
		return err
	}
	report, err := ix.Sync(ctx, src, &w.o.Sync)
	if !w.advised {
		report.Warnings = append(ix.Notices(), report.Warnings...)
	}
	if closeErr := ix.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		w.advised = true
		w.tell(report, nil)
		w.tellNews(&report)
	}
	return err
}

// tellNews has messages sent after a sync that may have brought something, and at times
// after any, as an embargo may have ended.
func (w *watcher) tellNews(r *SyncReport) {
	if r.Added+r.Updated == 0 && time.Since(w.notified) < lookInterval {
		return
	}
	w.notified = time.Now()
	select {
	case w.news <- struct{}{}:
	default: // it has one
	}
}

// use calls f with the index, beside syncs.
func (w *watcher) use(ctx context.Context, f func(*Index) error) error {
	w.writing.Lock()
	defer w.writing.Unlock()
	opts := Options{}
	if w.opts != nil {
		opts = *w.opts
	}
	opts.Topics = nil // a sync keeps them
	ix, err := w.openWith(ctx, &opts)
	if err != nil {
		return err
	}
	return errors.Join(f(ix), ix.Close())
}

func (w *watcher) open(ctx context.Context) (*Index, error) { return w.openWith(ctx, w.opts) }

func (w *watcher) openWith(ctx context.Context, opts *Options) (*Index, error) {
	for waited := false; ; waited = true {
		ix, err := Open(ctx, w.location, opts)
		if !errors.Is(err, ErrLocked) {
			return ix, err
		}
		if !waited && w.o.Waiting != nil {
			w.o.Waiting(err)
		}
		select {
		case <-time.After(lockInterval):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}
