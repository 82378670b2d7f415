package endpoint

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"github.com/newsq/newsq/internal/embed"
)

// Client asks one endpoint for vectors by one model. It is safe for concurrent use.
type Client struct {
	config Config
	where  string // the URL, as errors name it
	http   *http.Client

	mu   sync.Mutex
	next time.Time // the earliest time of the next request, by the rate
}

// New returns a client. It sends nothing yet.
func New(c Config) (*Client, error) {
	u, err := c.check()
	if err != nil {
		return nil, err
	}
	if c.Timeout == 0 {
		c.Timeout = defaultTimeout
	}
	if c.QueryTimeout == 0 {
		c.QueryTimeout = defaultQueryTimeout
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	return &Client{config: c, where: u.String(), http: &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

// URL returns that of the endpoint, without a slash at its end.
func (c *Client) URL() string { return c.where }

// Close closes the connections that are idle.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// How often a request is tried, and how long the pauses are.
const (
	maxTries = 6
	minPause = 500 * time.Millisecond
	maxPause = 30 * time.Second
	// maxWait is how long a server may let one wait by Retry-After.
	maxWait = 5 * time.Minute
)

// Vectors returns the vectors of texts, in their order, all of as many dimensions: dims, or
// where that is 0, as many as they have. What may pass is tried again for some minutes. The
// error is an *Error or that of ctx.
func (c *Client) Vectors(ctx context.Context, texts []string, dims int) ([]embed.Vector, int, error) {
	for try := 1; ; try++ {
		if err := c.waitForRate(ctx); err != nil {
			return nil, 0, err
		}
		found, got, err := c.ask(ctx, texts, dims, c.config.Timeout)
		if err == nil || ctx.Err() != nil {
			return found, got, errors.Join(err, ctx.Err())
		}
		e, ok := errors.AsType[*Error](err)
		if !ok || !e.passing || try == maxTries || e.after > maxWait {
			return nil, 0, err
		}
		pause := e.after
		if pause == 0 {
			pause = minPause<<(try-1)/2 + rand.N(minPause<<(try-1))
		}
		if err := wait(ctx, min(pause, max(maxPause, e.after))); err != nil {
			return nil, 0, err
		}
	}
}

// Query returns the vector of one text, for which a person waits: it is asked for once,
// and shortly. The error is an *Error or that of ctx.
func (c *Client) Query(ctx context.Context, text string, dims int) (embed.Vector, error) {
	found, _, err := c.ask(ctx, []string{text}, dims, c.config.QueryTimeout)
	if err != nil {
		return nil, errors.Join(err, ctx.Err())
	}
	return found[0], nil
}

// waitForRate waits until the rate lets the next request go.
func (c *Client) waitForRate(ctx context.Context) error {
	if c.config.PerMinute == 0 {
		return ctx.Err()
	}
	c.mu.Lock()
	now := time.Now()
	at := c.next
	if at.Before(now) {
		at = now
	}
	c.next = at.Add(time.Minute / time.Duration(c.config.PerMinute))
	c.mu.Unlock()
	return wait(ctx, at.Sub(now))
}

func wait(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// question is the body of a request.
type question struct {
	Model    string   `json:"model"`
	Input    []string `json:"input"`
	Encoding string   `json:"encoding_format"`
	Dims     int      `json:"dimensions,omitempty"`
}

// The most bytes that an answer may have: so many for each number, with room for names
// and spaces, and so many besides. A float takes 25 characters at most.
const (
	maxNumber = 32
	maxRest   = 64 << 10
)

// ask sends one request and reads its answer.
func (c *Client) ask(ctx context.Context, texts []string, dims int, timeout time.Duration) ([]embed.Vector, int, error) {
	body, err := json.Marshal(question{Model: c.config.Model, Input: texts, Encoding: "float", Dims: c.config.Dims})
	if err != nil {
		return nil, 0, c.errorf(nil, "the request cannot be written: %v", err)
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.where+"/embeddings", bytes.NewReader(body))
	if err != nil {
		return nil, 0, c.errorf(nil, "the request cannot be made")
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "newsq")
	if c.config.Key != "" {
		req.Header.Set("Authorization", "Bearer "+string(c.config.Key))
	}
	res, err := c.http.Do(req)
	if err != nil {
		return nil, 0, c.noAnswer(ctx, err, timeout)
	}
	defer res.Body.Close()
	most := int64(len(texts))*(embed.MaxDims*maxNumber) + maxRest
	if res.StatusCode != http.StatusOK {
		most = maxRest
	}
	answer, err := io.ReadAll(io.LimitReader(res.Body, most+1))
	switch {
	case res.StatusCode != http.StatusOK:
		return nil, 0, c.statusError(res, answer)
	case err != nil:
		return nil, 0, c.noAnswer(ctx, err, timeout)
	case int64(len(answer)) > most:
		return nil, 0, c.errorf(nil, "the answer has more than %d bytes for %d texts: is this the address of an API?", most, len(texts))
	}
	return c.read(answer, len(texts), dims)
}

// noAnswer returns the error of a request that has no answer, or not all of one.
func (c *Client) noAnswer(ctx context.Context, err error, timeout time.Duration) error {
	e := c.errorf(err, "no answer: %s", c.quoted([]byte(cause(err).Error())))
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		e.What = fmt.Sprintf("no answer within %v", timeout)
	}
	e.passing = true
	return e
}

// cause returns the innermost error that says what happened without the address.
func cause(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil || inner.Error() == "" {
			return err
		}
		err = inner
	}
}

func (c *Client) errorf(err error, format string, args ...any) *Error {
	return &Error{Where: c.where, What: fmt.Sprintf(format, args...), err: err}
}
