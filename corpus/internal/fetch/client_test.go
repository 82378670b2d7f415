package fetch

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// serve starts a server and returns its address and a client that may call on it.
func serve(t *testing.T, h http.HandlerFunc) (address string, c *Client) {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL, New(Options{Agent: "newsq/1 (test)", Delay: time.Millisecond, Given: []string{s.URL}})
}

func content(t *testing.T, r *Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err := errors.Join(err, r.Body.Close()); err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestConditional(t *testing.T) {
	address, c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"7"`)
		w.Header().Set("Last-Modified", "Mon, 05 Jan 2026 10:00:00 GMT")
		if r.Header.Get("If-None-Match") == `"7"` && r.Header.Get("If-Modified-Since") != "" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		io.WriteString(w, "<rss/>")
	})
	first, err := c.Get(t.Context(), address, State{})
	if err != nil || first.Unchanged || content(t, first) != "<rss/>" {
		t.Fatal(first, err)
	}
	again, err := c.Get(t.Context(), address, first.State)
	if err != nil || !again.Unchanged || again.State != first.State {
		t.Error(again, err)
	}
}

func TestStatus(t *testing.T) {
	address, c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", "120")
		w.WriteHeader(http.StatusServiceUnavailable)
	})
	_, err := c.Get(t.Context(), address, State{})
	status, ok := errors.AsType[*StatusError](err)
	if !ok || status.Code != 503 || status.After != 2*time.Minute {
		t.Error(err)
	}
	for value, want := range map[string]time.Duration{"": 0, "x": 0, "-5": 0, "10": 10 * time.Second, "9999999": 24 * time.Hour} {
		if got := retryAfter(value, time.Now()); got != want {
			t.Errorf("%q: %v, want %v", value, got, want)
		}
	}
}

// A server that was given may not lead to one in a private network that was not.
func TestPrivate(t *testing.T) {
	var reached atomic.Bool
	inner := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Store(true) }))
	t.Cleanup(inner.Close)
	elsewhere := strings.Replace(inner.URL, "127.0.0.1", "localhost", 1)
	address, c := serve(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, elsewhere, http.StatusFound) })
	if _, err := c.Get(t.Context(), address, State{}); !errors.Is(err, ErrPrivate) {
		t.Error(err)
	}
	if _, err := c.GetPage(t.Context(), elsewhere); err == nil {
		t.Error("a page in a private network was fetched")
	}
	if reached.Load() {
		t.Error("the server in the private network was reached")
	}
	_, err := c.Get(t.Context(), "file:///etc/hostname", State{})
	if !errors.Is(err, errScheme) {
		t.Error(err)
	}
}

func TestIsPublic(t *testing.T) {
	for address, want := range map[string]bool{
		"93.184.215.14": true, "2606:2800:21f:cb07:6820:80da:af6b:8b2c": true,
		"127.0.0.1": false, "10.1.2.3": false, "172.16.0.1": false, "192.168.1.1": false, "169.254.169.254": false,
		"100.64.1.1": false, "0.0.0.0": false, "255.255.255.255": false, "224.0.0.1": false, "::1": false, "fe80::1": false,
		"fd00::1": false, "::ffff:10.0.0.1": false, "64:ff9b::a00:1": false, "2002:a00:1::": false,
	} {
		if got := isPublic(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
}

func TestRobots(t *testing.T) {
	address, c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			io.WriteString(w, "User-agent: *\nDisallow: /\n\nUser-agent: newsq\nDisallow: /private/\n")
			return
		}
		io.WriteString(w, r.URL.Path)
	})
	page, err := c.GetPage(t.Context(), address+"/open")
	if err != nil || content(t, page) != "/open" {
		t.Error(err)
	}
	if _, err := c.GetPage(t.Context(), address+"/private/1"); !errors.Is(err, ErrForbidden) {
		t.Error(err)
	}
}

func TestNoRobots(t *testing.T) {
	for code, want := range map[int]error{404: nil, 500: ErrForbidden} {
		address, c := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				w.WriteHeader(code)
			}
		})
		page, err := c.GetPage(t.Context(), address+"/x")
		if !errors.Is(err, want) {
			t.Errorf("%d: %v", code, err)
		}
		if err == nil {
			content(t, page)
		}
	}
}

func TestRedirects(t *testing.T) {
	address, c := serve(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path+"x", http.StatusFound) })
	if _, err := c.Get(t.Context(), address+"/", State{}); !errors.Is(err, errRedirects) {
		t.Error(err)
	}
}

// Requests to one host keep their distance.
func TestDelay(t *testing.T) {
	address, c := serve(t, func(http.ResponseWriter, *http.Request) {})
	c.delay = time.Hour
	res, err := c.Get(t.Context(), address, State{})
	if err != nil {
		t.Fatal(err)
	}
	content(t, res)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := c.Get(ctx, address, State{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}
