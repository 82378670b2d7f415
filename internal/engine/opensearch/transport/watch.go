package transport

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"time"
)

// probeTimeout is what a node that failed before may cost a request. One that is well, and
// slower, rests once more.
const probeTimeout = 500 * time.Millisecond

// Why an attempt was ended.
var (
	errSlow = errors.New("no answer in time: the cluster is busy, or one of its nodes hangs")
	errHung = errors.New("the node hangs: it does not answer at all")
)

// watch ends an attempt when its node hangs while there are others. To take long is
// no hanging: the node still answers a request that costs it nothing. The function
// that it returns ends the watch.
func (c *Client) watch(ctx context.Context, one *node, end context.CancelCauseFunc) (stop func() bool) {
	if len(c.nodes.all) < 2 {
		return func() bool { return true }
	}
	return time.AfterFunc(c.config.watchAfter, func() {
		for ctx.Err() == nil {
			if c.ping(ctx, one, c.config.ping) != nil {
				end(errHung)
				return
			}
			if !wait(ctx, c.config.watchEvery) {
				return
			}
		}
	}).Stop
}

// probe asks a node that failed before whether it is well, where there are others to
// turn to.
func (c *Client) probe(ctx context.Context, one *node) error {
	now := time.Now()
	if !c.nodes.onProbation(one) || !c.nodes.others(one, now) {
		return nil
	}
	if err := c.ping(ctx, one, probeTimeout); err != nil {
		u := c.unanswered(ctx, one, err)
		u.maybeDone = false // nothing but the ping was sent
		return u
	}
	c.nodes.answered(one)
	return nil
}

// ping asks a node for nothing.
func (c *Client) ping(ctx context.Context, one *node, most time.Duration) error {
	ctx, cancel := context.WithTimeoutCause(ctx, most, errHung)
	defer cancel()
	r, err := c.newRequest(ctx, one, &call{Request: &Request{Method: http.MethodHead, Path: "/"}})
	if err != nil {
		return err
	}
	a, err := c.http.Do(r)
	if err != nil {
		return cmp.Or(context.Cause(ctx), err)
	}
	return a.Body.Close()
}

// wait is false when the context ends first.
func wait(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
