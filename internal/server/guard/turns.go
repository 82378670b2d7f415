package guard

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/newsq/newsq/internal/server/problem"
)

// Turns lets so many searches run at once, and others wait for their turn, in the order in
// which they came: for a while, and not too many of them. Whoever is beyond that is told to
// come again, before the server is so busy that all answers come too late.
type Turns struct {
	running chan struct{}
	waiting atomic.Int64
	most    int64
	wait    time.Duration
	shed    atomic.Int64
}

// NewTurns returns turns of which running are taken at once; waiting may wait, each up to
// wait.
func NewTurns(running, waiting int, wait time.Duration) *Turns {
	return &Turns{running: make(chan struct{}, running), most: int64(waiting), wait: wait}
}

// Take takes a turn, and returns what gives it back. The error is a *problem.Problem, or
// that of ctx.
func (t *Turns) Take(ctx context.Context) (release func(), err error) {
	release = func() { <-t.running }
	select {
	case t.running <- struct{}{}:
		return release, nil
	default:
	}
	defer t.waiting.Add(-1)
	if t.waiting.Add(1) > t.most {
		t.shed.Add(1)
		return nil, problem.New(problem.Busy, fmt.Sprintf("%d searches run and %d wait for their turn", cap(t.running), t.most), "ask again in a while")
	}
	timer := time.NewTimer(t.wait)
	defer timer.Stop()
	select {
	case t.running <- struct{}{}:
		return release, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-timer.C:
		t.shed.Add(1)
		return nil, problem.New(problem.Busy, fmt.Sprintf("no search ended in %v for this one to have its turn", t.wait), "ask again in a while")
	}
}

// Shed returns how many were told to come again.
func (t *Turns) Shed() int64 { return t.shed.Load() }

// Waiting returns how many wait, and Running how many run.
func (t *Turns) Waiting() int64 { return max(0, t.waiting.Load()) }

// Running returns how many run.
func (t *Turns) Running() int64 { return int64(len(t.running)) }
