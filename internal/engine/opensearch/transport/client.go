package transport

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"slices"
	"sync/atomic"
	"time"

	"github.com/newsq/newsq/internal/engine"
)

// Object is a JSON object that is sent.
type Object = map[string]any

// Client sends requests to any of the nodes. It is safe for concurrent use.
type Client struct {
	config Config
	secret credentials
	http   *http.Client
	nodes  *nodes

	reached   atomic.Bool  // some node has answered as OpenSearch does
	bulkBytes atomic.Int64 // what goes into a bulk request at present
	stats     bulkCounters
}

// Request is a request.
type Request struct {
	Method string
	Path   string     // such as /news/_search; segments are escaped, see Path
	Query  url.Values // nil for none
	// Body is JSON, or lines of it; nil for none.
	Body []byte
	// Once says that the request must not be repeated where it may have been
	// carried out.
	Once bool
	// Timeout bounds all of it, repetitions included; 0 is that of the client. An
	// attempt may take all of it when it is given.
	Timeout time.Duration
}

// Path joins segments to a path, each escaped.
func Path(segments ...string) string {
	var b []byte
	for _, s := range segments {
		b = append(append(b, '/'), url.PathEscape(s)...)
	}
	return string(b)
}

// Do sends a request and decodes the answer, which must be JSON, into a value; nil
// drops it. The error is an [Error] where a node answered.
func (c *Client) Do(ctx context.Context, r *Request, into any) error {
	return c.DoRead(ctx, r, func(answer []byte) error { return decode(answer, into) })
}

// DoRead is Do with a function that reads the answer, which is not used afterwards. What it
// returns an error for is no answer, and asked for again.
func (c *Client) DoRead(ctx context.Context, r *Request, read func(answer []byte) error) error {
	call := call{Request: r, body: net.Buffers{r.Body}, timeout: c.config.Timeout, attempt: c.config.Attempt}
	if r.Timeout > 0 {
		call.timeout, call.attempt = r.Timeout, r.Timeout
	}
	return c.repeat(ctx, &call, read)
}

// DoJSON is Do with a value as the body.
func (c *Client) DoJSON(ctx context.Context, method, path string, body, into any) error {
	b, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("%s %s: %w", method, path, err)
	}
	return c.Do(ctx, &Request{Method: method, Path: path, Body: b}, into)
}

// Close ends idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// decode decodes an answer into a value.
func decode(answer []byte, into any) error {
	switch {
	case into != nil:
		return json.Unmarshal(answer, into)
	case !json.Valid(answer):
		return errNoJSON
	}
	return nil
}

// errNoJSON: something between here and the node has answered.
var errNoJSON = errors.New("it is no JSON")

// call is a request on its way.
type call struct {
	*Request
	body             net.Buffers // what is sent, piece by piece
	timeout, attempt time.Duration
	// halves says that the caller asks for less when the answer is 429.
	halves bool
}

func (c *call) String() string { return c.Method + " " + bound(c.Path, maxPath) }

// maxPath bounds a path in an error, in bytes.
const maxPath = 120

// unreachedTimeout bounds how long a cluster is sought that has not answered once:
// most likely its address is wrong or it isn't running.
const unreachedTimeout = 5 * time.Second

// repeat sends a call until it is answered, or may not be repeated, or has taken too
// long. An answer that use refuses is no answer.
func (c *Client) repeat(ctx context.Context, call *call, use func(answer []byte) error) error {
	start := time.Now()
	bounded, cancel := context.WithTimeoutCause(ctx, call.timeout, errSlow)
	defer cancel()
	var last error // before the present attempt
	for n := 0; ; n++ {
		one := c.nodes.pick(time.Now())
		err := c.probe(bounded, one)
		if err == nil {
			err = c.attempt(bounded, one, call, use)
		}
		switch {
		case err == nil:
			return nil
		case ctx.Err() != nil:
			return gaveUp(ctx, call, last)
		case call.halves && tooMuch(err), !repeatable(err, call.Once, n) && !c.elsewhere(err, n):
			return err
		case !c.reached.Load() && n >= len(c.nodes.all) && time.Since(start) > unreachedTimeout:
			return err
		}
		if bounded.Err() == nil || last == nil { // or the time alone has ended this one
			last = err
		}
		if n < len(c.nodes.all)-1 && c.nodes.others(one, time.Now()) {
			continue // another node may have what this one lacks
		}
		if !pause(bounded, n) {
			if ctx.Err() != nil {
				return gaveUp(ctx, call, last)
			}
			return fmt.Errorf("no success within %v: %w", call.timeout.Round(time.Millisecond), last)
		}
	}
}

// gaveUp is the error of a call whose caller's context has ended. Where that was by the
// time, what kept the call from success stands with it.
func gaveUp(ctx context.Context, call *call, last error) error {
	if last != nil && errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return fmt.Errorf("%s: %w: %w", call, ctx.Err(), last)
	}
	return fmt.Errorf("%s: %w", call, ctx.Err())
}

// elsewhere reports whether a node fails in a way that will not pass, such as by its
// certificate, and the others were not tried.
func (c *Client) elsewhere(err error, n int) bool {
	var u *unanswered
	return errors.As(err, &u) && u.permanent && n < len(c.nodes.all)-1
}

// The pauses between repetitions.
const (
	minPause = 100 * time.Millisecond
	maxPause = 5 * time.Second
)

// pause waits before repetition n, a random time, so that clients that failed
// together don't come back together. It is false when the context ends first.
func pause(ctx context.Context, n int) bool {
	return wait(ctx, rand.N(min(maxPause, minPause<<min(n, 16))))
}

// attempt sends a call to a node once.
func (c *Client) attempt(ctx context.Context, one *node, call *call, use func([]byte) error) error {
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	ctx, cancel := context.WithTimeoutCause(ctx, call.attempt, errSlow)
	defer cancel()
	defer c.watch(ctx, one, end)()
	r, err := c.newRequest(ctx, one, call)
	if err != nil {
		return err
	}
	a, err := c.http.Do(r)
	if err != nil {
		return c.unanswered(ctx, one, err)
	}
	defer a.Body.Close()
	answer, err := readAll(a, c.config.MaxAnswer)
	switch {
	case errors.Is(err, ErrTooLarge):
		return fmt.Errorf("%s: %w", call, err)
	case err != nil:
		return c.unanswered(ctx, one, err)
	}
	c.nodes.answered(one)
	if a.StatusCode < 200 || a.StatusCode > 299 {
		e := c.newError(one, call, a, answer)
		if !e.foreign {
			c.reached.Store(true)
		}
		return e
	}
	if err := use(answer); err != nil {
		if !c.reached.Load() && fromElsewhere(answer, err) {
			err = fmt.Errorf("%s: %w: %s", call, errForeign, bound(printable(string(answer)), maxPath))
		} else {
			err = fmt.Errorf("%s: the answer is not whole: %w", call, err)
		}
		return c.unanswered(ctx, one, err)
	}
	c.reached.Store(true)
	return nil
}

// errForeign: what answers is something else.
var errForeign = errors.New("what answers is no OpenSearch: look at host, port and path")

// fromElsewhere reports whether an answer that was no use is not of OpenSearch, such as a
// page of a web server. One that was cut short is none of these.
func fromElsewhere(answer []byte, err error) bool {
	var shape *json.UnmarshalTypeError
	start := bytes.TrimSpace(answer)
	return errors.As(err, &shape) || len(start) > 0 && start[0] != '{' && start[0] != '['
}

// newRequest returns a call as a request to a node.
func (c *Client) newRequest(ctx context.Context, one *node, call *call) (*http.Request, error) {
	address := one.url.String() + call.Path
	if len(call.Query) > 0 {
		address += "?" + call.Query.Encode()
	}
	r, err := http.NewRequestWithContext(ctx, call.Method, address, http.NoBody)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", call, err)
	}
	if size := sizeOf(call.body); size > 0 {
		r.GetBody = func() (io.ReadCloser, error) {
			body := slices.Clone(call.body) // reading uses it up
			return io.NopCloser(&body), nil
		}
		r.Body, _ = r.GetBody()
		r.ContentLength = size
		r.Header.Set("Content-Type", "application/json")
	}
	if c.secret.header != nil {
		r.Header.Set("Authorization", c.secret.header())
	}
	return r, nil
}

func sizeOf(pieces net.Buffers) (n int64) {
	for _, p := range pieces {
		n += int64(len(p))
	}
	return n
}

// ErrTooLarge: the answer to a request has more bytes than any may have. Of less, it may
// be smaller.
var ErrTooLarge = fmt.Errorf("%w: the answer is larger than any may be", engine.ErrServer)

// readAll reads an answer to its end, if it has no more than so many bytes.
func readAll(a *http.Response, most int64) ([]byte, error) {
	var b bytes.Buffer
	if a.ContentLength > 0 && a.ContentLength < most {
		b.Grow(int(a.ContentLength) + bytes.MinRead)
	}
	if _, err := b.ReadFrom(io.LimitReader(a.Body, most+1)); err != nil {
		return nil, err
	}
	if int64(b.Len()) > most {
		return nil, ErrTooLarge
	}
	return b.Bytes(), nil
}
