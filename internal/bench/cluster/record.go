package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"time"
)

// message is a request that newsq sent.
type message struct {
	method, path string // with the query
	body         []byte
	at           time.Time
	took         time.Duration // of the answer
}

// recorder is a proxy that hands on everything and keeps what it is asked to.
type recorder struct {
	*httptest.Server
	mu   sync.Mutex
	kept []message
	keep func(r *http.Request) bool
}

func newRecorder(server string, keep func(r *http.Request) bool) (*recorder, error) {
	to, err := url.Parse(server)
	if err != nil {
		return nil, err
	}
	r := &recorder{keep: keep}
	proxy := &httputil.ReverseProxy{Rewrite: func(p *httputil.ProxyRequest) { p.SetURL(to) }}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		keep := r.keep(q)
		var body []byte
		if keep {
			b, err := io.ReadAll(q.Body)
			if err != nil {
				http.Error(w, err.Error(), http.StatusBadGateway)
				return
			}
			q.Body = io.NopCloser(bytes.NewReader(b))
			body = b
		}
		start := time.Now()
		proxy.ServeHTTP(w, q)
		if keep {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.kept = append(r.kept, message{q.Method, q.URL.RequestURI(), body, start, time.Since(start)})
		}
	}))
	return r, nil
}

// take returns what was kept since the last time.
func (r *recorder) take() []message {
	r.mu.Lock()
	defer r.mu.Unlock()
	kept := r.kept
	r.kept = nil
	return kept
}

// send sends a message to the server and reads the answer to its end, or decodes it
// into a value.
func (b *bench) send(ctx context.Context, m message, into any) error {
	q, err := http.NewRequestWithContext(ctx, m.method, b.server+m.path, bytes.NewReader(m.body))
	if err != nil {
		return err
	}
	q.Header.Set("Content-Type", "application/json")
	a, err := http.DefaultClient.Do(q)
	if err != nil {
		return err
	}
	defer a.Body.Close()
	body, err := io.ReadAll(a.Body)
	if err != nil {
		return err
	}
	if a.StatusCode >= http.StatusBadRequest {
		return fmt.Errorf("%s %s: %s: %.300s", m.method, m.path, a.Status, body)
	}
	if into == nil {
		return nil
	}
	return json.Unmarshal(body, into)
}

// indexes returns the names of the indexes whose names begin with that of b.
func (b *bench) indexes(ctx context.Context) ([]string, error) {
	var all []struct{ Index string }
	if err := b.send(ctx, message{method: http.MethodGet, path: "/_cat/indices/" + b.name + "*?format=json&h=index&expand_wildcards=all", body: nil}, &all); err != nil {
		return nil, err
	}
	var names []string
	for _, i := range all {
		names = append(names, i.Index)
	}
	return names, nil
}

// clear deletes the indexes of b.
func (b *bench) clear(ctx context.Context) error {
	names, err := b.indexes(ctx)
	if err != nil || len(names) == 0 {
		return err
	}
	return b.send(ctx, message{method: http.MethodDelete, path: "/" + strings.Join(names, ",")}, nil)
}

// timed returns how long f takes.
func timed(f func() error) (time.Duration, error) {
	start := time.Now()
	err := f()
	return time.Since(start), err
}
