package index

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"time"

	"github.com/newsq/newsq/internal/engine"
)

// NotifyOptions says how what came in for saved searches is told.
type NotifyOptions struct {
	// Deliver sends a message; see package index/notify. It is called for one message
	// after the other, and again with the same one after an error. What it returns nil for
	// is not sent again. It should return when its context ends, which is after 30 seconds.
	Deliver func(context.Context, *Message) error
	// Wait is how long Notify goes on after a failure; 0 means that it doesn't. Watch has no
	// use for it and goes on until it ends.
	Wait time.Duration
}

// NotifyReport is what became of messages.
type NotifyReport struct {
	Delivered int // messages
	// Left is the number of messages that could not be delivered, and are sent first the
	// next time. Behind them there may be more.
	Left int
	// Warnings are of saved searches that can't be asked any more.
	Warnings []string
}

// DeliveryError says more of a delivery that failed.
type DeliveryError struct {
	// Refused says that the same message will hardly be taken soon. Those of other searches
	// are sent all the same.
	Refused bool
	// After is how long nothing should be sent; 0 leaves it to newsq.
	After time.Duration
	Err   error
}

func (e *DeliveryError) Error() string { return e.Err.Error() }

// Unwrap returns what happened.
func (e *DeliveryError) Unwrap() error { return e.Err }

// The bounds of delivering.
const (
	deliveryTimeout = 30 * time.Second // of one message
	// A batch ends a minute after it was claimed, or with the delivery that is under way
	// then, so that its lease never runs out before.
	batchTime  = time.Minute
	notifyTime = batchTime + 2*deliveryTimeout
	// Messages of a batch are marked together. After a crash, these may come again.
	batchMessages = 20

	minDelay = time.Second
	maxDelay = 5 * time.Minute
	maxAfter = time.Hour // that a server may let one wait
	// settleTime is enough to mark what was delivered, after an interrupt. Before one, the
	// index is waited for however long another process writes it.
	settleTime = 5 * time.Second
)

// Notify delivers a message for each saved search that articles came in for, since the last
// one was delivered, whatever [Index.New] tells. Each message is delivered at least once:
// where this ends before the delivery is known, it comes again with the same ID. Messages
// of a search come in the order of time. After an error that passes, it tries again with
// growing pauses, until o.Wait is over.
//
// The error is the last one of Deliver, or ErrNotifying where another process delivers.
// What is left is sent by the next call.
func (ix *Index) Notify(ctx context.Context, o NotifyOptions) (NotifyReport, error) {
	n := newNotifier(o.Deliver, func(_ context.Context, f func(*Index) error) error { return f(ix) })
	return n.until(ctx, o.Wait)
}

// notifier delivers messages. Its methods run on one goroutine.
type notifier struct {
	deliver func(context.Context, *Message) error
	// use calls f with an index that may be written.
	use   func(ctx context.Context, f func(*Index) error) error
	owner string
	now   func() time.Time
	sleep func(context.Context, time.Duration) error
}

func newNotifier(deliver func(context.Context, *Message) error, use func(context.Context, func(*Index) error) error) *notifier {
	return &notifier{deliver: deliver, use: use, owner: rand.Text(), now: time.Now, sleep: sleep}
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// until delivers messages, and tries for so long after failures.
func (n *notifier) until(ctx context.Context, wait time.Duration) (NotifyReport, error) {
	var total NotifyReport
	end := n.now().Add(wait)
	for try := 1; ; try++ {
		r, err := n.pass(ctx)
		r.Delivered += total.Delivered
		if r.Delivered > total.Delivered {
			try = 1
		}
		total = r
		if err == nil || ctx.Err() != nil || !passes(err) {
			return total, err
		}
		pause := delay(try, err)
		if n.now().Add(pause).After(end) {
			return total, err
		}
		if err := n.sleep(ctx, pause); err != nil {
			return total, err
		}
	}
}

// always delivers messages until ctx ends: what there is now, and what came in when
// something is sent on news. It tells of each pass that did something or failed.
func (n *notifier) always(ctx context.Context, news <-chan struct{}, tell func(NotifyReport, error)) {
	try := 0
	for {
		r, err := n.pass(ctx)
		if ctx.Err() != nil {
			return
		}
		if tell != nil && (err != nil || r.Delivered > 0 || len(r.Warnings) > 0) {
			tell(r, err)
		}
		if err == nil {
			try = 0
			select {
			case <-news:
				continue
			case <-ctx.Done():
				return
			}
		}
		if try++; r.Delivered > 0 {
			try = 1
		}
		if n.sleep(ctx, delay(try, err)) != nil {
			return
		}
	}
}

// passes reports whether it helps to try again soon.
func passes(err error) bool {
	d, ok := errors.AsType[*DeliveryError](err)
	return ok && !d.Refused
}

// delay returns how long to wait after so many failures, one of them err: a second, twice as
// long each time, up to five minutes, and a random part of it, so that several senders
// don't meet.
func delay(try int, err error) time.Duration {
	pause := maxDelay
	if passes(err) && try < 10 { // maxDelay is reached before
		pause = min(maxDelay, minDelay<<(try-1))
	}
	pause = pause/2 + mathrand.N(pause/2+1)
	if d, ok := errors.AsType[*DeliveryError](err); ok {
		pause = max(pause, min(d.After, maxAfter))
	}
	return pause
}

// pass delivers all messages that there are, until one fails. A message that is refused
// stays, and those of other searches are sent.
func (n *notifier) pass(ctx context.Context) (r NotifyReport, err error) {
	refused := map[string]bool{}
	var refusal error
	for {
		var found claimed
		err := n.use(ctx, func(ix *Index) (err error) {
			found, err = ix.claimMessages(ctx, claim{owner: n.owner, now: n.now(), lease: notifyTime, most: batchMessages, skip: refused})
			return err
		})
		if r.Warnings = found.warnings; err != nil {
			return r, err
		}
		if len(found.messages) == 0 {
			return r, refusal
		}
		delivered, failed := n.send(ctx, found.messages, refused, &refusal)
		r.Delivered += len(delivered)
		settling, cancel := outlive(ctx, settleTime)
		err = n.use(settling, func(ix *Index) (err error) {
			r.Left, err = ix.settleMessages(settling, n.owner, delivered)
			return err
		})
		cancel()
		if err := errors.Join(failed, err); err != nil {
			return r, err
		}
	}
}

// outlive returns a context that ends so long after ctx.
func outlive(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	longer, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		t := time.NewTimer(d)
		defer t.Stop()
		select {
		case <-t.C:
			cancel()
		case <-longer.Done():
		}
	})
	return longer, func() {
		stop()
		cancel()
	}
}

// send delivers the messages of a batch. It returns those that were delivered, and the
// error that ended it.
func (n *notifier) send(ctx context.Context, batch []*Message, refused map[string]bool, refusal *error) (delivered []*Message, _ error) {
	begun := n.now()
	for _, m := range batch {
		if n.now().Sub(begun) >= batchTime {
			break // the others are claimed again
		}
		bounded, cancel := context.WithTimeout(ctx, deliveryTimeout)
		err := n.deliver(bounded, m)
		cancel()
		d, ok := errors.AsType[*DeliveryError](err)
		switch {
		case err == nil:
			delivered = append(delivered, m)
		case ctx.Err() != nil:
			return delivered, ctx.Err()
		case ok && d.Refused:
			refused[m.Search.Name], *refusal = true, deliveryError(m, d)
		case ok:
			return delivered, deliveryError(m, d)
		default:
			return delivered, deliveryError(m, &DeliveryError{Err: err})
		}
	}
	return delivered, nil
}

// deliveryError names the search that a message is about.
func deliveryError(m *Message, d *DeliveryError) error {
	return &DeliveryError{Refused: d.Refused, After: d.After, Err: fmt.Errorf("notify of %s: %w", m.Search.Name, d.Err)}
}

// NotifySecretFrom reads the secret that messages are signed with from the environment,
// where getenv is os.Getenv: NEWSQ_NOTIFY_SECRET, or the first line of the file in
// NEWSQ_NOTIFY_SECRET_FILE. It is empty where neither is set.
func NotifySecretFrom(getenv func(string) string) (Secret, error) {
	s, err := engine.ReadSecret(getenv, notifySecret, notifySecretFile)
	return Secret(s), err
}

// ExposedNotifySecret says, for a person, whether others on this machine can read the file
// that NotifySecretFrom takes the secret from, and what to do. It is used all the same.
func ExposedNotifySecret(getenv func(string) string) []string {
	return engine.ExposedSecrets(getenv, notifySecretFile)
}

const (
	notifySecret     = "NEWSQ_NOTIFY_SECRET"
	notifySecretFile = "NEWSQ_NOTIFY_SECRET_FILE"
)
