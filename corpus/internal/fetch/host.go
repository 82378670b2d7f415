package fetch

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/temoto/robotstxt"
)

// host is a server that is called on.
type host struct {
	mu     sync.Mutex
	next   time.Time // when it may be asked again
	robots func() *robotstxt.RobotsData
}

// host returns the server of an address.
func (c *Client) host(u *url.URL) *host {
	key := u.Scheme + "://" + strings.ToLower(u.Host)
	c.mu.Lock()
	defer c.mu.Unlock()
	h := c.hosts[key]
	if h == nil {
		h = new(host)
		c.hosts[key] = h
	}
	return h
}

// wait waits until the host may be asked again.
func (h *host) wait(ctx context.Context, delay time.Duration) error {
	h.mu.Lock()
	now := time.Now()
	at := h.next
	if at.Before(now) {
		at = now
	}
	h.next = at.Add(delay)
	h.mu.Unlock()
	if !at.After(now) {
		return ctx.Err()
	}
	timer := time.NewTimer(at.Sub(now))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Bounds of robots.txt. RFC 9309 asks for at least 500 KB of it.
const (
	maxRobots     = 512 << 10
	maxCrawlDelay = 30 * time.Second
)

// GetPage is Get for a page that nobody gave: it heeds robots.txt and the delay
// that this asks for.
func (c *Client) GetPage(ctx context.Context, address string) (*Response, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	if u.Scheme != "http" && u.Scheme != "https" {
		return nil, errScheme
	}
	h := c.host(u)
	h.mu.Lock()
	if h.robots == nil {
		h.robots = sync.OnceValue(func() *robotstxt.RobotsData { return c.robots(ctx, u) })
	}
	robots := h.robots
	h.mu.Unlock()
	if data := robots(); data != nil {
		if !data.TestAgent(u.EscapedPath(), agentName(c.agent)) {
			return nil, ErrForbidden
		}
		group := data.FindGroup(agentName(c.agent))
		if delay := min(group.CrawlDelay, maxCrawlDelay); delay > c.delay {
			if err := h.wait(ctx, delay-c.delay); err != nil {
				return nil, err
			}
		}
	}
	return c.Get(ctx, address, State{})
}

// robots fetches the robots.txt of a host. Nil means that it allows everything,
// as it does when there is none. Where the server fails to answer, RFC 9309 has it
// allow nothing.
func (c *Client) robots(ctx context.Context, of *url.URL) *robotstxt.RobotsData {
	u := url.URL{Scheme: of.Scheme, Host: of.Host, Path: "/robots.txt"}
	res, err := c.Get(ctx, u.String(), State{})
	code, text := http.StatusServiceUnavailable, []byte(nil)
	switch e := err.(type) {
	case nil:
		defer res.Body.Close() // nothing was written
		text, err = io.ReadAll(io.LimitReader(res.Body, maxRobots))
		if code = http.StatusOK; err != nil {
			code = http.StatusServiceUnavailable
		}
	case *StatusError:
		code = e.Code
	}
	robots, err := robotstxt.FromStatusAndBytes(code, text)
	if err != nil {
		return nil // it says nothing that can be read
	}
	return robots
}

// agentName returns the name of a program, without version and address.
func agentName(agent string) string {
	name, _, _ := strings.Cut(agent, "/")
	return name
}
