package index

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
)

// An article has the time at which it came into the index, see corpus.Article.Added. All
// that become visible together have the same time, and it is later than that of any
// article that was visible before, whatever the clock says. So who has seen everything up
// to a time has missed nothing, and finds with added: behind it what came since, once.

// stampingEngine gives new articles their time when they are written.
type stampingEngine struct {
	engine.Engine
	// publishing is held for writing while a generation is published, and for reading
	// while a batch is written: what has one time becomes visible at once.
	publishing sync.RWMutex
	mu         sync.Mutex
	begun      bool
	last       time.Time // of what was written or is visible
	stamp      time.Time // of what is being written; zero before the first batch
}

// able returns what an engine can do beside what every engine can.
func able[T any](e engine.Engine) (T, bool) {
	if s, ok := e.(*stampingEngine); ok {
		e = s.Engine
	}
	t, ok := e.(T)
	return t, ok
}

// Write implements engine.Writer.
func (e *stampingEngine) Write(ctx context.Context, b *engine.Batch) error {
	if err := e.begin(ctx, b); err != nil {
		return err
	}
	e.publishing.RLock()
	defer e.publishing.RUnlock()
	for i := range b.Put {
		if d := &b.Put[i]; d.New {
			d.Article.Added = e.now()
			d.Text.Added = d.Article.Added
		}
	}
	return e.Engine.Write(ctx, b)
}

// Publish implements engine.Writer.
func (e *stampingEngine) Publish(ctx context.Context) error {
	e.publishing.Lock()
	defer e.publishing.Unlock()
	// Also after an error: it may be visible all the same.
	e.stamp = time.Time{}
	return e.Engine.Publish(ctx)
}

// now returns the time of what is being written. publishing is held for reading.
func (e *stampingEngine) now() time.Time {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.stamp.IsZero() {
		e.stamp = time.Now().UTC().Truncate(time.Microsecond)
		if !e.stamp.After(e.last) {
			e.stamp = e.last.Add(time.Microsecond)
		}
		if match.IsDayAlone(e.stamp) { // a moment is meant
			e.stamp = e.stamp.Add(time.Microsecond)
		}
		e.last = e.stamp
	}
	return e.stamp
}

// begin finds the last time that was given before, when a batch has the first new
// article. What another process has left unpublished becomes visible before: its times are
// not known else.
func (e *stampingEngine) begin(ctx context.Context, b *engine.Batch) error {
	isNew := false
	for i := range b.Put {
		isNew = isNew || b.Put[i].New
	}
	if !isNew {
		return nil
	}
	e.publishing.Lock()
	defer e.publishing.Unlock()
	if e.begun {
		return nil
	}
	if err := e.Engine.Publish(ctx); err != nil {
		return err
	}
	last, err := lastAdded(ctx, e.Engine)
	if err != nil {
		return err
	}
	saved, err := readSaved(ctx, e.Engine)
	if _, malformed := errors.AsType[*savedFileError](err); malformed {
		saved = &savedFile{} // nobody can ask by them either
	} else if err != nil {
		return err
	}
	for i := range saved.Searches {
		s := &saved.Searches[i]
		for _, at := range []time.Time{s.Seen, s.Notified.To, s.Notifying.To} {
			if at.After(last) { // of what was removed since
				last = at
			}
		}
	}
	e.begun = true
	if last.After(e.last) {
		e.last = last
	}
	return nil
}

// lastAdded returns when the last article that is visible came into the index, embargoed
// or not; zero where there is none of which it is known.
func lastAdded(ctx context.Context, e engine.Reader) (time.Time, error) {
	snap, err := e.Snapshot(ctx)
	if err != nil {
		return time.Time{}, err
	}
	at, err := lastAddedIn(ctx, snap)
	return at, errors.Join(err, snap.Close(ctx))
}

func lastAddedIn(ctx context.Context, snap engine.Snapshot) (time.Time, error) {
	if snap.Len() == 0 {
		return time.Time{}, nil
	}
	found, err := snap.Search(ctx, &engine.Request{Plan: match.All{}, Order: engine.LastAdded, Limit: 1})
	if err != nil || len(found.Hits) == 0 {
		return time.Time{}, err
	}
	return found.Hits[0].Added, nil
}

// keepAdded gives articles that the index has the times at which they were added, and says
// which are new.
func (ix *Index) keepAdded(ctx context.Context, docs []engine.Doc) error {
	if len(docs) == 0 {
		return nil
	}
	snap, err := ix.engine.Snapshot(ctx)
	if err != nil {
		return err
	}
	return errors.Join(keepAdded(ctx, snap, docs), snap.Close(ctx))
}

func keepAdded(ctx context.Context, snap engine.Snapshot, docs []engine.Doc) error {
	refs := make([]engine.Ref, len(docs))
	for i := range docs {
		refs[i] = engine.Ref{ID: docs[i].Article.ID, Version: noVersion}
	}
	known, err := lookupIn(ctx, snap, refs)
	if err != nil {
		return err
	}
	for i := range docs {
		d := &docs[i]
		d.New, d.Article.Added = !known[i].Exists, known[i].Added
		d.Text.Added = d.Article.Added
	}
	return nil
}
