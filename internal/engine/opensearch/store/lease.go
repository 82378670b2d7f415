package store

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// The times of a lease.
const (
	leaseLife  = 30 * time.Second
	leaseRenew = leaseLife / 3
	// leaseGrace is how much longer others leave it alone: a renewal takes its time.
	leaseGrace = 5 * time.Second
	// leasePoll is how often it is asked whether a lease has become free.
	leasePoll = 200 * time.Millisecond
	// releaseTimeout bounds giving a lease up.
	releaseTimeout = 15 * time.Second
)

// maxSession is the last session: a version of a document has it above 32 bits.
const maxSession = 1<<31 - 1

// leaseID is the id of the document of the lease.
const leaseID = "lease"

// LeaseState is what the document of the lease says.
type LeaseState struct {
	Holder  string `json:"holder"` // host and process; empty when nobody has it
	Token   string `json:"token"`  // of this holder alone
	Session uint64 `json:"session"`
	Expires int64  `json:"expires"` // in milliseconds since 1970
}

// Held reports whether somebody has the lease at a time, so far as the clock of the
// holder goes like the one here.
func (s *LeaseState) Held(now time.Time) bool {
	return s.Holder != "" && now.Before(time.UnixMilli(s.Expires))
}

// Lease is the right to write to an index. It is renewed until Release.
type Lease struct {
	client *transport.Client
	alias  string
	stop   context.CancelFunc
	done   <-chan struct{} // closed when nobody renews it any more

	changing sync.Mutex // held while the document is written again

	mu      sync.Mutex
	state   LeaseState
	seqNo   int64
	term    int64
	renewed time.Time // when the last renewal that succeeded began
	lost    bool
}

// Session is a number that counts up with every lease of an index.
func (l *Lease) Session() uint64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.state.Session
}

// Check returns an error when the lease is not held: engine.ErrLocked, or why it could not
// be renewed. One that could not for longer than it lives, as the cluster or this machine
// stood still, is held on if nobody took it meanwhile; it is waited for as long as for any
// answer, since what is being written waits, too.
func (l *Lease) Check(ctx context.Context) error {
	l.mu.Lock()
	lost, over := l.lost, time.Since(l.renewed) >= leaseLife
	l.mu.Unlock()
	err := errTakenOver
	switch {
	case !lost && !over:
		return nil
	case !lost:
		err = l.prolong(ctx)
	}
	if err != nil {
		return fmt.Errorf("the lease to write %s: %w", l.alias, err)
	}
	return nil
}

// leaseDocument is the answer to a request for the document of the lease.
type leaseDocument struct {
	Found  bool
	SeqNo  int64      `json:"_seq_no"`
	Term   int64      `json:"_primary_term"`
	Source LeaseState `json:"_source"`
}

// ReadLease returns the lease of an index; an empty one when there never was one.
func ReadLease(ctx context.Context, c *transport.Client, alias string) (LeaseState, error) {
	d, err := readLease(ctx, c, alias)
	if errors.Is(err, engine.ErrNoIndex) {
		err = nil
	}
	return d.Source, err
}

func readLease(ctx context.Context, c *transport.Client, alias string) (d leaseDocument, err error) {
	err = c.Do(ctx, &transport.Request{Method: http.MethodGet, Path: transport.Path(StateOf(alias), "_doc", leaseID)}, &d)
	if errors.Is(err, engine.ErrNotFound) && !errors.Is(err, engine.ErrNoIndex) {
		err = nil
	}
	return d, err
}

// Acquire takes the lease of an index, waiting up to wait for another writer, and longer
// for one that seems to have ended without giving it up.
func Acquire(ctx context.Context, c *transport.Client, alias string, wait time.Duration) (*Lease, error) {
	deadline := time.Now().Add(wait)
	l := &Lease{client: c, alias: alias}
	var seen sighting
	turn := newTurnTaker(c, alias)
	defer turn.end(ctx)
	for {
		holder, err := l.try(ctx, &seen, turn)
		if err != nil {
			return nil, err
		}
		if holder == nil {
			l.keep()
			return l, nil
		}
		if holder.Holder != "" {
			turn.queue(ctx)
		}
		if now := time.Now(); holder.Holder != "" && now.After(deadline) && !seen.suspect(holder, now) {
			return nil, fmt.Errorf("%s is written by %s, whose lease ends at %s: %w", alias, holder.Holder,
				time.UnixMilli(holder.Expires).Format(time.TimeOnly), engine.ErrLocked)
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(leasePoll):
		}
	}
}

// try takes the lease, or returns who has it: nobody by name, where it is left to another
// who waits.
func (l *Lease) try(ctx context.Context, seen *sighting, turn *turnTaker) (holder *LeaseState, err error) {
	d, err := readLease(ctx, l.client, l.alias)
	if errors.Is(err, engine.ErrNoIndex) {
		if err = CreateState(ctx, l.client, l.alias); err == nil {
			d, err = readLease(ctx, l.client, l.alias)
		}
	}
	now := time.Now()
	seen.look(&d, now)
	switch {
	case err != nil:
		return nil, err
	case d.Source.Holder != "" && !seen.abandoned(&d.Source, now):
		return &d.Source, nil
	case d.Source.Session >= maxSession:
		return nil, fmt.Errorf("%s was opened %d times, which are all: copy it to another name", l.alias, maxSession)
	}
	if !d.Found {
		if err := checkState(ctx, l.client, l.alias); err != nil {
			return nil, err
		}
	}
	if turn.leavesIt(ctx) {
		return &LeaseState{}, nil
	}
	began := time.Now()
	state := LeaseState{Holder: holderName(), Token: rand.Text(), Session: d.Source.Session + 1, Expires: began.Add(leaseLife).UnixMilli()}
	at, err := l.put(ctx, &state, condition(&d))
	if errors.Is(err, engine.ErrNoIndex) { // it lacks the name by which it is written
		if err = CreateState(ctx, l.client, l.alias); err == nil {
			at, err = l.put(ctx, &state, condition(&d))
		}
	}
	if errors.Is(err, transport.ErrConflict) {
		return l.afterConflict(ctx, &state, began)
	}
	if err == nil {
		l.took(&state, at, began)
	}
	return nil, err
}

// afterConflict looks who has the lease: it may be this one, when an answer was lost.
func (l *Lease) afterConflict(ctx context.Context, state *LeaseState, began time.Time) (holder *LeaseState, err error) {
	d, err := readLease(ctx, l.client, l.alias)
	if err != nil {
		return nil, err
	}
	if d.Source.Token != state.Token {
		return &d.Source, nil
	}
	l.took(state, &d, began)
	return nil, nil
}

// errTakenOver: the document of the lease is another writer's.
var errTakenOver = fmt.Errorf("it was taken over by another writer: %w", engine.ErrLocked)

// leaseTries bounds how often a change of the lease is tried.
const leaseTries = 5

// change writes the document of the lease again, with a state that is made of the one
// before, as long as it is this holder's. It may have changed in between: by a renewal
// whose answer was lost, or not waited for.
func (l *Lease) change(ctx context.Context, next func(LeaseState) LeaseState) (err error) {
	l.changing.Lock()
	defer l.changing.Unlock()
	for range leaseTries {
		began := time.Now()
		l.mu.Lock()
		before, d := l.state, leaseDocument{Found: true, SeqNo: l.seqNo, Term: l.term}
		l.mu.Unlock()
		state := next(before)
		var at *leaseDocument
		if at, err = l.put(ctx, &state, condition(&d)); err == nil {
			l.took(&state, at, began)
			return nil
		}
		if !errors.Is(err, transport.ErrConflict) {
			return err
		}
		now, readErr := readLease(ctx, l.client, l.alias)
		switch {
		case readErr != nil:
			return readErr
		case now.Source == state: // the answer was lost
			l.took(&state, &now, began)
			return nil
		case now.Source.Token != before.Token:
			return errTakenOver
		}
		l.mu.Lock()
		l.seqNo, l.term = now.SeqNo, now.Term
		l.mu.Unlock()
	}
	return err
}

func (l *Lease) took(state *LeaseState, at *leaseDocument, began time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.state, l.seqNo, l.term, l.renewed = *state, at.SeqNo, at.Term, began
}

// condition is that the document is as it was read.
func condition(d *leaseDocument) url.Values {
	if !d.Found {
		return url.Values{"op_type": {"create"}}
	}
	return url.Values{"if_seq_no": {strconv.FormatInt(d.SeqNo, 10)}, "if_primary_term": {strconv.FormatInt(d.Term, 10)}}
}

// put writes the document of the lease.
func (l *Lease) put(ctx context.Context, state *LeaseState, condition url.Values) (at *leaseDocument, err error) {
	body, err := marshal(state)
	if err != nil {
		return nil, err
	}
	at = &leaseDocument{}
	err = l.client.Do(ctx, &transport.Request{
		Method: http.MethodPut, Path: transport.Path(StateWriter(l.alias), "_doc", leaseID), Query: condition, Body: body,
	}, at)
	return at, err
}

// keep renews the lease until it is stopped or lost.
func (l *Lease) keep() {
	l.stop, l.done = repeat(leaseRenew, func(ctx context.Context) bool { return !errors.Is(l.renew(ctx), errTakenOver) })
}

// renew renews the lease once, or soon gives up. Any error but errTakenOver may pass.
func (l *Lease) renew(ctx context.Context) error {
	bounded, cancel := context.WithTimeout(ctx, leaseRenew)
	defer cancel()
	return l.prolong(bounded)
}

// prolong has the lease end later.
func (l *Lease) prolong(ctx context.Context) error {
	err := l.change(ctx, func(s LeaseState) LeaseState {
		s.Expires = time.Now().Add(leaseLife).UnixMilli()
		return s
	})
	if errors.Is(err, errTakenOver) {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.lost = true
	}
	return err
}

// advance makes the session later than one of which an index has documents: one that
// comes from a backup may have been written in later sessions than its alias knows of.
func (l *Lease) advance(ctx context.Context, past uint64) error {
	if l.Session() > past {
		return nil
	}
	if past >= maxSession {
		return fmt.Errorf("%s has documents of session %d, which is the last one: copy it to another name", l.alias, past)
	}
	err := l.change(ctx, func(s LeaseState) LeaseState {
		s.Session, s.Expires = past+1, time.Now().Add(leaseLife).UnixMilli()
		return s
	})
	if err != nil {
		return fmt.Errorf("the lease of %s: %w", l.alias, err)
	}
	return nil
}

// Release gives the lease up, so that the next writer need not wait for its end. It
// does so also when the context has ended.
func (l *Lease) Release(ctx context.Context) error {
	l.stop()
	<-l.done
	bounded, cancel := context.WithTimeout(context.WithoutCancel(ctx), releaseTimeout)
	defer cancel()
	l.mu.Lock()
	lost := l.lost
	l.mu.Unlock()
	if lost {
		return nil
	}
	err := l.change(bounded, func(s LeaseState) LeaseState { return LeaseState{Session: s.Session} })
	switch {
	case errors.Is(err, errTakenOver):
		return nil
	case err != nil:
		return fmt.Errorf("the lease to write %s was not given up, and ends by itself within %v: %w", l.alias, leaseLife+leaseGrace, err)
	}
	return nil
}

// holderName says who writes, to those who wait.
func holderName() string {
	host, err := os.Hostname()
	if err != nil {
		host = "a machine without a name"
	}
	return host + ", process " + strconv.Itoa(os.Getpid())
}
