//go:build opensearch

package store

import (
	"context"
	"testing"
	"time"

	"github.com/newsq/newsq/internal/engine"
)

// Who waits for the lease gets it, though another writer takes it again whenever it has
// given it up.
func TestTurns(t *testing.T) {
	p := newPlace(t)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() {
		for ctx.Err() == nil {
			l, err := Acquire(ctx, p.client, p.alias, time.Minute)
			if err == nil {
				time.Sleep(leasePoll / 2) // it writes
				err = l.Release(ctx)
			}
			if err != nil && ctx.Err() == nil {
				ended <- err
				return
			}
		}
		close(ended)
	}()
	for range 5 {
		l, err := Acquire(t.Context(), p.client, p.alias, time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		if err := l.Release(t.Context()); err != nil {
			t.Fatal(err)
		}
		time.Sleep(leasePoll) // the other one takes it
	}
	stop()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
}

// One that waited and ended without a word doesn't keep others from the lease, and those
// after it don't wait for it again.
func TestTurnOfNobody(t *testing.T) {
	p := newPlace(t)
	p.open(t, engine.Options{}).Close(t.Context())
	gone := newTurnTaker(p.client, p.alias)
	gone.queue(t.Context())
	if !gone.waits {
		t.Fatal("it doesn't wait")
	}
	next := newTurnTaker(p.client, p.alias)
	if next.queue(t.Context()); next.waits {
		t.Error("two are the first who wait")
	}
	l, err := Acquire(t.Context(), p.client, p.alias, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Release(t.Context()); err != nil {
		t.Fatal(err)
	}
	if next.leavesIt(t.Context()) {
		t.Error("who is gone is waited for again")
	}
}
