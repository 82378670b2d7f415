package index

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
)

// EmbargoedError says that an article is there and must not be shown yet.
type EmbargoedError struct {
	ID    string
	Until time.Time // zero when the end is not known
}

// Error says until when.
func (e *EmbargoedError) Error() string {
	if e.Until.IsZero() {
		return fmt.Sprintf("article %q is embargoed, and nothing says until when", e.ID)
	}
	return fmt.Sprintf("article %q is embargoed until %s", e.ID, e.Until.Format(time.RFC3339))
}

// EmbargoOf returns whether the sender of an article lets it be shown only from a time
// on, and that time; zero when it is not known. A version that is withheld is under an
// embargo without an end.
func EmbargoOf(a *corpus.Article) (until time.Time, ok bool) {
	h := a.Handling
	switch {
	case h == nil:
		return time.Time{}, false
	case h.Status == corpus.Withheld:
		return time.Time{}, true
	}
	return h.EmbargoedUntil, h.Embargoed || !h.EmbargoedUntil.IsZero()
}

// IsEmbargoed reports whether an article must not be shown at a moment.
func IsEmbargoed(a *corpus.Article, at time.Time) bool {
	until, ok := EmbargoOf(a)
	return ok && (until.IsZero() || until.After(at))
}

// snapshot returns what may be seen of the index at a moment: all of it, or all but
// what is under embargo. The caller closes it.
func (ix *Index) snapshot(ctx context.Context, at time.Time, embargoed bool) (engine.Snapshot, error) {
	snap, err := ix.engine.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	return ix.released(ctx, snap, at, embargoed)
}

// released returns what of a snapshot may be seen at a moment. It closes the snapshot where
// that fails.
func (ix *Index) released(ctx context.Context, snap engine.Snapshot, at time.Time, embargoed bool) (engine.Snapshot, error) {
	if embargoed || ix.embargoed {
		return snap, nil
	}
	released, err := snap.Released(ctx, at)
	if err != nil {
		return nil, errors.Join(err, snap.Close(ctx))
	}
	return released, nil
}

// embargoedError returns an *EmbargoedError if there is an article of an id that is
// hidden now, and else err.
func (ix *Index) embargoedError(ctx context.Context, id string, err error) error {
	snap, snapErr := ix.engine.Snapshot(ctx)
	if snapErr != nil {
		return err
	}
	defer func() { _ = snap.Close(ctx) }()
	full, findErr := resolve(ctx, snap, id)
	if findErr != nil {
		return err
	}
	found, getErr := snap.Get(ctx, full)
	if getErr != nil || !IsEmbargoed(&found[0], time.Now()) {
		return err
	}
	until, _ := EmbargoOf(&found[0])
	return &EmbargoedError{ID: full, Until: until}
}
