// Package fetch reads files from web servers as a polite guest: it asks only for
// what changed, bounds size, time and redirects, keeps a distance between
// requests to a server, and heeds what the server's robots.txt says of pages.
//
// An address that somebody gave may lead anywhere. What a server or a feed leads
// to may not lead into a private network: the address that is dialed is checked,
// not the name, which may change between the check and the call.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Bounds of one request.
const (
	maxRedirects  = 10
	headerTimeout = 30 * time.Second
	// totalTimeout is for all of a body, and stallTimeout for some bytes of it.
	totalTimeout = 5 * time.Minute
	stallTimeout = 30 * time.Second
)

// The errors that callers tell apart.
var (
	// ErrPrivate tells of an address in a private network that nobody gave.
	ErrPrivate = errors.New("it leads into a private network")
	// ErrForbidden tells that robots.txt keeps programs away from a page.
	ErrForbidden = errors.New("the server's robots.txt does not allow it to be fetched")
	errRedirects = fmt.Errorf("more than %d redirects", maxRedirects)
	errEnded     = fmt.Errorf("%w: the server ended its answer too early", io.ErrUnexpectedEOF)
	errScheme    = errors.New("only http and https are fetched")
)

// Options say how to fetch. The zero Options are for anybody's feeds.
type Options struct {
	// Agent names the program to servers.
	Agent string
	// Delay is the least time between two requests to a host; 0 means a second.
	Delay time.Duration
	// Given are the addresses that a person gave. Their hosts may be private.
	Given []string
}

// Client fetches. It is safe for concurrent use.
type Client struct {
	http  *http.Client
	agent string
	delay time.Duration
	given map[string]bool // hosts, in lower case

	mu    sync.Mutex
	hosts map[string]*host
}

// New returns a client. It starts nothing.
func New(o Options) *Client {
	c := &Client{agent: o.Agent, delay: o.Delay, given: map[string]bool{}, hosts: map[string]*host{}}
	if c.delay == 0 {
		c.delay = time.Second
	}
	for _, s := range o.Given {
		if u, err := url.Parse(s); err == nil {
			c.given[strings.ToLower(u.Hostname())] = true
		}
	}
	transport := &http.Transport{
		Proxy: c.proxy, DialContext: c.dial, ForceAttemptHTTP2: true,
		// A second passes between two requests to a host.
		DisableKeepAlives:   true,
		TLSHandshakeTimeout: 15 * time.Second, ResponseHeaderTimeout: headerTimeout,
		MaxResponseHeaderBytes: 256 << 10,
	}
	c.http = &http.Client{Transport: transport, CheckRedirect: checkRedirect}
	return c
}

func checkRedirect(req *http.Request, via []*http.Request) error {
	switch {
	case len(via) > maxRedirects:
		return errRedirects
	case req.URL.Scheme != "http" && req.URL.Scheme != "https":
		return errScheme
	}
	return nil
}

// proxy is that of the environment. Its host was given by whoever set it.
func (c *Client) proxy(req *http.Request) (*url.URL, error) {
	u, err := http.ProxyFromEnvironment(req)
	if u != nil {
		c.mu.Lock()
		c.given[strings.ToLower(u.Hostname())] = true
		c.mu.Unlock()
	}
	return u, err
}

func (c *Client) dial(ctx context.Context, network, address string) (net.Conn, error) {
	d := net.Dialer{Timeout: 15 * time.Second}
	name, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	given := c.given[strings.ToLower(name)]
	c.mu.Unlock()
	if !given {
		d.Control = refusePrivate
	}
	return d.DialContext(ctx, network, address)
}

// refusePrivate refuses to dial an address that the whole net does not reach.
func refusePrivate(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return err
	}
	if !isPublic(at.Addr()) {
		return fmt.Errorf("%w (%s)", ErrPrivate, at.Addr())
	}
	return nil
}

// isPublic reports whether an address is one that anybody may reach. Those of the
// special-purpose registries of RFC 6890 are not.
func isPublic(a netip.Addr) bool {
	a = a.Unmap()
	if !a.IsGlobalUnicast() || a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast() {
		return false
	}
	for _, p := range specialPurpose() {
		if p.Contains(a) {
			return false
		}
	}
	return true
}

// specialPurpose are networks that netip does not tell: shared address space,
// protocol assignments, documentation, benchmarks, reserved ones, and those of
// IPv6 that hold an address of IPv4.
var specialPurpose = sync.OnceValue(func() []netip.Prefix {
	var list []netip.Prefix
	for _, s := range []string{
		"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24",
		"203.0.113.0/24", "240.0.0.0/4", "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32",
		"2002::/16", "5f00::/16",
	} {
		list = append(list, netip.MustParsePrefix(s))
	}
	return list
})

// State is what a server said of a file when it was fetched, so that it is only
// sent again when it changed.
type State struct{ ETag, LastModified string }

// Response is a file that a server sent.
type Response struct {
	// Unchanged says that it is as State has it. Then there is no Body.
	Unchanged bool
	State     State
	URL       string // where it was found, past all redirects
	Type      string // the value of Content-Type
	// Body is the file, of any size. It must be closed.
	Body io.ReadCloser
}

// StatusError tells that a server did not send a file.
type StatusError struct {
	Code int
	// After is how long the server asks to be left alone; 0 when it does not say.
	After time.Duration
}

// Error names the status.
func (e *StatusError) Error() string {
	return fmt.Sprintf("the server answered %d %s", e.Code, http.StatusText(e.Code))
}

// Get fetches a file, if it is not as known has it.
func (c *Client) Get(ctx context.Context, address string, known State) (*Response, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	if u.Scheme != "http" && u.Scheme != "https" {
		return nil, errScheme
	}
	if err := c.host(u).wait(ctx, c.delay); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, totalTimeout)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		cancel()
		return nil, err
	}
	req.Header.Set("User-Agent", c.agent)
	req.Header.Set("Accept", "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/html;q=0.8, */*;q=0.7")
	if known.ETag != "" {
		req.Header.Set("If-None-Match", known.ETag)
	}
	if known.LastModified != "" {
		req.Header.Set("If-Modified-Since", known.LastModified)
	}
	res, err := c.http.Do(req)
	if err != nil {
		cancel()
		return nil, plainError(err)
	}
	return answer(res, known, cancel)
}

// answer makes a response of what a server sent.
func answer(res *http.Response, known State, cancel context.CancelFunc) (*Response, error) {
	r := &Response{
		State: State{ETag: res.Header.Get("ETag"), LastModified: res.Header.Get("Last-Modified")},
		URL:   res.Request.URL.String(), Type: res.Header.Get("Content-Type"),
	}
	switch {
	case res.StatusCode == http.StatusNotModified && known != State{}:
		r.Unchanged, r.State = true, known
	case res.StatusCode == http.StatusOK:
		r.Body = &body{ReadCloser: res.Body, cancel: cancel, watch: time.AfterFunc(stallTimeout, cancel)}
		return r, nil
	default:
		_ = res.Body.Close() // what it says is for people
		cancel()
		return nil, &StatusError{Code: res.StatusCode, After: retryAfter(res.Header.Get("Retry-After"), time.Now())}
	}
	_ = res.Body.Close() // it is empty
	cancel()
	return r, nil
}

// retryAfter returns how long a server asks to be left alone, at most a day.
func retryAfter(value string, now time.Time) time.Duration {
	var d time.Duration
	if seconds, err := time.ParseDuration(value + "s"); err == nil {
		d = seconds
	} else if at, err := http.ParseTime(value); err == nil {
		d = at.Sub(now)
	}
	return min(max(d, 0), 24*time.Hour)
}

// plainError takes method and address out of an error, which name what everybody
// knows.
func plainError(err error) error {
	if e, ok := errors.AsType[*url.Error](err); ok && !errors.Is(err, context.Canceled) {
		return e.Err
	}
	return err
}

// body is what a server sends, which ends when it stalls.
type body struct {
	io.ReadCloser
	cancel context.CancelFunc
	watch  *time.Timer
}

func (b *body) Read(p []byte) (int, error) {
	b.watch.Reset(stallTimeout)
	n, err := b.ReadCloser.Read(p)
	b.watch.Reset(stallTimeout)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = errEnded
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		err = fmt.Errorf("the server sent nothing for %v, or more than in %v", stallTimeout, totalTimeout)
	}
	return n, err
}

// Close ends the request.
func (b *body) Close() error {
	b.watch.Stop()
	err := b.ReadCloser.Close()
	b.cancel()
	return err
}
