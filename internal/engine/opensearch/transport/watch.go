package transport

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"
)

// probeTimeout is what a node that failed before may cost a request. One that is well, and
// slower, rests once more.
const probeTimeout = 500 * time.Millisecond

// Why an attempt was ended.
var (
	errSlow  = errors.New("no answer in time: the cluster is busy, or one of its nodes hangs")
	errHung  = errors.New("the node hangs: it does not answer at all")
	errApart = errors.New("the node does not reach the manager of its cluster")
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
// turn to. One that was cut off, and goes on with what it knew, would answer with what is
// over, as it may for some seconds; so it has to reach the manager of the cluster.
func (c *Client) probe(ctx context.Context, one *node) error {
	now := time.Now()
	if !c.nodes.onProbation(one) || !c.nodes.others(one, now) {
		return nil
	}
	status, err := c.ask(ctx, one, probeTimeout, &Request{
		Method: http.MethodGet, Path: "/_cluster/health",
		Query: url.Values{"cluster_manager_timeout": {probeTimeout.String()}, "filter_path": {"status"}},
	})
	if err == nil && status >= http.StatusInternalServerError {
		err = errApart
	}
	if err != nil {
		u := c.unanswered(ctx, one, err)
		u.maybeDone = false // nothing but this was sent
		return u
	}
	c.nodes.answered(one)
	return nil
}

// ping asks a node for nothing.
func (c *Client) ping(ctx context.Context, one *node, most time.Duration) error {
	_, err := c.ask(ctx, one, most, &Request{Method: http.MethodHead, Path: "/"})
	return err
}

// ask sends a request to a node, once, and returns the status of the answer.
func (c *Client) ask(ctx context.Context, one *node, most time.Duration, q *Request) (status int, err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, most, errHung)
	defer cancel()
	r, err := c.newRequest(ctx, one, &call{Request: q})
	if err != nil {
		return 0, err
	}
	a, err := c.http.Do(r)
	if err != nil {
		return 0, cmp.Or(context.Cause(ctx), err)
	}
	return a.StatusCode, a.Body.Close()
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
