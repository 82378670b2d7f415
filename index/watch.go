package index

import (
	"context"
	"errors"
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
	w := &watcher{location: location, opts: opts, src: src, o: o, system: watch.New(src.Folders(), corpus.IsHidden)}
	defer w.system.Close() // nothing is waiting to be told
	if err := w.sync(ctx, src); err != nil {
		return err
	}
	return w.run(ctx)
}

// watcher is a watch under way.
type watcher struct {
	location string
	opts     *Options
	src      *corpus.Files
	o        WatchOptions
	system   *watch.Watcher
	advised  bool // that the notices of the index were told
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
	}
	return err
}

func (w *watcher) open(ctx context.Context) (*Index, error) {
	for waited := false; ; waited = true {
		ix, err := Open(ctx, w.location, w.opts)
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
