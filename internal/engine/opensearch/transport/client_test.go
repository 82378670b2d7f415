package transport

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/newsq/newsq/internal/engine"
)

// refuses returns an address where nobody listens.
func refuses(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return "http://" + l.Addr().String()
}

// hangs returns an address where a connection is taken and nothing is said, as by a
// process that is stopped.
func hangs(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return "http://" + l.Addr().String()
}

// cut ends the connection of a request without an answer.
func cut(http.ResponseWriter) { panic(http.ErrAbortHandler) } //house:allow panic: net/http documents it to end a connection

func TestRepeatsWhatMayPass(t *testing.T) {
	for _, tt := range []struct {
		name string
		fail http.HandlerFunc
	}{
		{"429", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(429) }},
		{"502", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(502) }},
		{"503", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }},
		{"504", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(504) }},
		{"cut", func(w http.ResponseWriter, _ *http.Request) { cut(w) }},
		{"half", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			_, _ = w.Write([]byte(`{"ok":`))
			cut(w)
		}},
		{"bad JSON", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`{"ok":tru`)) }},
		{"a page", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`<html>`)) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var n atomic.Int32
			address := serve(t, func(w http.ResponseWriter, r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				if n.Add(1) <= 2 {
					tt.fail(w, r)
					return
				}
				fmt.Fprintf(w, `{"body":%q}`, body)
			})
			c, err := New(Config{Addresses: []string{address}})
			if err != nil {
				t.Fatal(err)
			}
			var answer struct{ Body string }
			err = c.DoJSON(t.Context(), "POST", "/x", Object{"a": 1}, &answer)
			if err != nil || answer.Body != `{"a":1}` || n.Load() != 3 {
				t.Errorf("%v, %+v after %d requests", err, answer, n.Load())
			}
		})
	}
}

// Once is repeated only where it surely was not carried out.
func TestOnce(t *testing.T) {
	for _, tt := range []struct {
		name string
		fail http.HandlerFunc
		want int32
	}{
		{"429", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(429) }, 2},
		{"503", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }, 1},
		{"cut", func(w http.ResponseWriter, _ *http.Request) { cut(w) }, 1},
		{"bad JSON", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`{`)) }, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var n atomic.Int32
			address := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if n.Add(1) == 1 {
					tt.fail(w, r)
				} else {
					_, _ = w.Write([]byte("{}"))
				}
			})
			c, err := New(Config{Addresses: []string{address, refuses(t)}})
			if err != nil {
				t.Fatal(err)
			}
			var answer Object
			err = c.Do(t.Context(), &Request{Method: "POST", Path: "/x", Once: true}, &answer)
			if (err == nil) != (tt.want > 1) || n.Load() != tt.want {
				t.Errorf("%v after %d requests, want %d", err, n.Load(), tt.want)
			}
		})
	}
}

// A node that cannot be reached, that breaks off or hangs is passed over.
func TestAnotherNode(t *testing.T) {
	well := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("{}")) })
	for name, bad := range map[string]string{
		"refuses": refuses(t),
		"hangs":   hangs(t),
		"cuts":    serve(t, func(w http.ResponseWriter, _ *http.Request) { cut(w) }),
		"TLS":     serveTLS(t).URL, // of an authority that isn't known
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, err := New(Config{
				Addresses: []string{bad, well, bad}, Attempt: time.Hour, Timeout: time.Hour,
				watchAfter: 50 * time.Millisecond, ping: 50 * time.Millisecond,
			})
			if err != nil {
				t.Fatal(err)
			}
			for range 10 {
				if err := c.Do(t.Context(), &Request{Method: "GET", Path: "/x"}, nil); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// A node that failed and comes back is asked again once it reaches the manager: until then
// it answers with what it knew.
func TestNodeApart(t *testing.T) {
	var asked atomic.Int32
	var status atomic.Int32
	status.Store(http.StatusServiceUnavailable)
	back := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/_cluster/health":
			w.WriteHeader(int(status.Load()))
		case asked.Add(1) == 1:
			cut(w)
		default:
			_, _ = w.Write([]byte("{}"))
		}
	})
	well := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("{}")) })
	c, err := New(Config{Addresses: []string{back, well}})
	if err != nil {
		t.Fatal(err)
	}
	askAll := func() {
		t.Helper()
		for range 6 {
			c.nodes.mu.Lock()
			for _, one := range c.nodes.all {
				one.rests = time.Time{} // it has rested
			}
			c.nodes.mu.Unlock()
			if err := c.Do(t.Context(), &Request{Method: "GET", Path: "/x"}, nil); err != nil {
				t.Fatal(err)
			}
		}
	}
	askAll()
	if n := asked.Load(); n != 1 {
		t.Errorf("a node apart was asked %d times, want once, before that was known", n)
	}
	status.Store(http.StatusForbidden) // who may only search is not told
	if askAll(); asked.Load() < 2 {
		t.Error("a node that is back is not asked")
	}
}

// A search that takes long at a node that is well is waited for.
func TestSlowIsNotHung(t *testing.T) {
	pinged := make(chan struct{}, 10)
	h := func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			pinged <- struct{}{}
			return
		}
		<-pinged
		_, _ = w.Write([]byte("{}"))
	}
	var requests atomic.Int32
	count := func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodHead {
			requests.Add(1)
		}
		h(w, r)
	}
	c, err := New(Config{
		Addresses:  []string{serve(t, count), serve(t, count)},
		watchAfter: time.Millisecond, watchEvery: time.Millisecond, ping: time.Hour,
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Do(t.Context(), &Request{Method: "GET", Path: "/x"}, nil); err != nil || requests.Load() != 1 {
		t.Errorf("%v after %d requests", err, requests.Load())
	}
}

func TestGivesUp(t *testing.T) {
	for name, address := range map[string]string{
		"refuses":   refuses(t),
		"hangs":     hangs(t),
		"cuts":      serve(t, func(w http.ResponseWriter, _ *http.Request) { cut(w) }),
		"no host":   "https://host.invalid:9200",
		"no TLS":    strings.Replace(serve(t, http.NotFound), "http:", "https:", 1),
		"TLS alone": strings.Replace(serveTLS(t).URL, "https:", "http:", 1),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := quick(t, address)
			err := c.Do(t.Context(), &Request{Method: "GET", Path: "/x"}, nil)
			host := address[strings.LastIndex(address, "/")+1:]
			if err == nil || name != "TLS alone" && !errors.Is(err, ErrUnavailable) || !strings.Contains(err.Error(), host) {
				t.Errorf("%v", err)
			}
			if errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%v is a context's, and none has ended", err)
			}
			t.Log(err)
		})
	}
}

// The caller's context ends a request, and a pause between two, at once; no node is to
// blame.
func TestContext(t *testing.T) {
	for name, address := range map[string]string{"hangs": hangs(t), "refuses": refuses(t), "429": serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(429) })} {
		t.Run(name, func(t *testing.T) {
			c, err := New(Config{Addresses: []string{address}, Attempt: time.Hour, Timeout: time.Hour, BulkTimeout: time.Hour, BulkAttempt: time.Hour})
			if err != nil {
				t.Fatal(err)
			}
			c.reached.Store(true)
			ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
			defer cancel()
			if err := c.Do(ctx, &Request{Method: "GET", Path: "/x"}, nil); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%v", err)
			}
			if err := c.Bulk(ctx, "x", []Operation{{ID: "a", Source: []byte("{}")}}); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%v", err)
			}
			if name == "hangs" && c.nodes.onProbation(c.nodes.all[0]) {
				t.Error("the node is blamed")
			}
		})
	}
}

// No redirect is followed: the credentials would go along.
// Who gives up is told also what kept the cluster from answering.
func TestContextThatEndsSaysWhy(t *testing.T) {
	c, err := New(Config{Addresses: []string{refuses(t)}})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	err = c.Do(ctx, &Request{Method: "GET", Path: "/x"}, nil)
	if !errors.Is(err, context.DeadlineExceeded) || !errors.Is(err, ErrUnavailable) || !strings.Contains(err.Error(), "nobody listens") {
		t.Error(err)
	}
}

func TestRedirect(t *testing.T) {
	var came atomic.Int32
	elsewhere := serve(t, func(http.ResponseWriter, *http.Request) { came.Add(1) })
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if _, _, ok := r.BasicAuth(); !ok {
			t.Error("no credentials were sent")
		}
		http.Redirect(w, r, elsewhere, http.StatusTemporaryRedirect)
	})
	err := quick(t, address).Do(t.Context(), &Request{Method: "GET", Path: "/x"}, nil)
	if err == nil || !strings.Contains(err.Error(), "redirects") || came.Load() > 0 {
		t.Errorf("%v, %d came", err, came.Load())
	}
}

func TestTooLargeAnswer(t *testing.T) {
	var n atomic.Int32
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		n.Add(1)
		if encodings := r.Header.Get("Accept-Encoding"); encodings != "" {
			t.Errorf("asks for an answer in %s", encodings)
		}
		_, _ = w.Write(bytes.Repeat([]byte(" "), 1<<20))
	})
	c, err := New(Config{Addresses: []string{address}, MaxAnswer: 1<<20 - 1})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Do(t.Context(), &Request{Method: "GET", Path: "/x"}, nil); !errors.Is(err, ErrTooLarge) || n.Load() != 1 {
		t.Errorf("%v after %d requests", err, n.Load())
	}
}

func TestNodesTakeTurnsAndRest(t *testing.T) {
	c, err := New(Config{Addresses: []string{"http://a", "http://b", "http://c"}, Access: engine.Access{}})
	if err != nil {
		t.Fatal(err)
	}
	n, now := c.nodes, time.Unix(1000, 0)
	turns := func(at time.Time) (s string) {
		for range 6 {
			s += n.pick(at).url.Host
		}
		return s
	}
	if s := turns(now); s != "abcabc" {
		t.Errorf("all are well: %s", s)
	}
	b := n.all[1]
	n.failed(b, now)
	if s := turns(now); strings.Contains(s, "b") || strings.Count(s, "a") != 3 {
		t.Errorf("b rests: %s", s)
	}
	if s := turns(now.Add(minRest)); strings.Count(s, "b") != 2 {
		t.Errorf("b has rested: %s", s)
	}
	for range 20 {
		n.failed(b, now)
	}
	if rest := b.rests.Sub(now); rest != maxRest {
		t.Errorf("b rests for %v", rest)
	}
	n.failed(n.all[0], now)
	n.failed(n.all[2], now.Add(1))
	if !n.others(b, now.Add(2*minRest)) || n.others(b, now) {
		t.Error("others")
	}
	if s := turns(now); s != "aaaaaa" {
		t.Errorf("all rest, a the shortest: %s", s)
	}
	n.answered(b)
	if s := turns(now); s != "bbbbbb" {
		t.Errorf("b is well: %s", s)
	}
}

func TestAnswerThatIsNoJSON(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte("<p>Please log in"))
	}))
	t.Cleanup(s.Close)
	c, err := New(Config{Addresses: []string{s.URL}, Timeout: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	for _, into := range []any{nil, &struct{}{}} {
		if err := c.Do(t.Context(), &Request{Method: http.MethodPut, Path: "/x"}, into); !errors.Is(err, engine.ErrServer) {
			t.Errorf("into %v: %v", into, err)
		}
	}
}
