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
// more with another snapshot if that was lost. Before that it may call f with a generation
// that turns out not to be the last one any more.
func (ix *Index) read(ctx context.Context, at time.Time, embargoed bool, f func(engine.Snapshot) error) (again bool, err error) {
	done, err := ix.readRecent(ctx, at, embargoed, f)
	if !done {
		err = ix.readLast(ctx, at, embargoed, f)
	}
	if errors.Is(err, ErrSnapshotGone) && ctx.Err() == nil {
		return true, ix.readLast(ctx, at, embargoed, f)
	}
	return false, err
}

// readLast calls f with the last generation.
func (ix *Index) readLast(ctx context.Context, at time.Time, embargoed bool, f func(engine.Snapshot) error) error {
	snap, err := ix.snapshot(ctx, at, embargoed)
	if err != nil {
		return err
	}
	return errors.Join(f(snap), snap.Close(ctx))
}

// readRecent calls f with the generation that was looked at last, where looking takes a
// while, and reports whether it was the last one.
func (ix *Index) readRecent(ctx context.Context, at time.Time, embargoed bool, f func(engine.Snapshot) error) (done bool, err error) {
	reader, ok := able[engine.OptimisticReader](ix.engine)
	if !ok {
		return false, nil
	}
	snap, confirm, err := reader.Recent(ctx)
	if err != nil {
		return true, err
	}
	seen, err := ix.released(ctx, snap, at, embargoed)
	if err == nil {
		err = errors.Join(f(seen), seen.Close(ctx))
	}
	last, lookErr := confirm(ctx)
	if lookErr != nil {
		return true, lookErr
	}
	return last, err
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
