package index

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/newsq/newsq/internal/engine"
)

// What a snapshot reads may be lost with the server that kept it. Nothing of the index
// is lost with it: another snapshot can be taken, and be asked the same.

// warnAgain is the warning of a search that was made again.
const warnAgain = "a server lost what was being read, and the search was made again"

// read calls f with what may be seen of the index at a moment, see snapshot, and once
// more with another snapshot if that was lost.
func (ix *Index) read(ctx context.Context, at time.Time, embargoed bool, f func(engine.Snapshot) error) (again bool, err error) {
	once := func() error {
		snap, err := ix.snapshot(ctx, at, embargoed)
		if err != nil {
			return err
		}
		return errors.Join(f(snap), snap.Close(ctx))
	}
	if err = once(); errors.Is(err, ErrSnapshotGone) && ctx.Err() == nil {
		return true, once()
	}
	return false, err
}

// renew returns another snapshot in the place of one that was lost, of the same
// generation: what was read of the first goes on in it.
func (ix *Index) renew(ctx context.Context, lost engine.Snapshot, at time.Time, embargoed bool) (engine.Snapshot, error) {
	snap, err := ix.snapshot(ctx, at, embargoed)
	if err != nil {
		return nil, err
	}
	if snap.Generation() != lost.Generation() {
		err := fmt.Errorf("%w with a server, and the index was written meanwhile; ask again for all from the start", ErrSnapshotGone)
		return nil, errors.Join(err, snap.Close(ctx))
	}
	return snap, nil
}
