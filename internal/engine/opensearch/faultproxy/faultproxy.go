// Package faultproxy stands between a client and a node of OpenSearch and does harm, for
// tests: it loses answers to what was carried out, refuses, cuts, garbles, trickles and
// hangs. Nothing but tests imports it.
package faultproxy

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Fault is what is done to a request or to its answer.
type Fault int

// The faults.
const (
	None Fault = iota
	// DropAnswer has the node carry the request out, and ends the connection.
	DropAnswer
	// DropRequest ends the connection; the node learns nothing.
	DropRequest
	// TooMany answers 429, and Unavailable 503; the node learns nothing.
	TooMany
	Unavailable
	// CutAnswer sends half of the answer and ends the connection.
	CutAnswer
	// BadJSON sends half of the answer as if it were all of it.
	BadJSON
	// HalfOfBulk has the node carry out every other operation of a bulk request, and
	// answers 429 for each of the rest, as a node short of memory does.
	HalfOfBulk
	// ShortBulk has the node carry out the first half of a bulk request, and sends its
	// answer to that.
	ShortBulk
	// Trickle sends the answer in pieces of a byte, with pauses.
	Trickle
	// Hang says nothing until the client has gone; the node learns nothing.
	Hang
	// HangAfter has the node carry the request out first.
	HangAfter
)

// tricklePause is the pause behind a byte of Trickle.
const tricklePause = time.Millisecond

// Rule says what to do to a request, the n-th from 1 on. It is called by one at a time.
type Rule func(n int, r *http.Request) Fault

// IsBulk reports whether a request is a bulk request.
func IsBulk(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "/_bulk") }

// Proxy stands before a node.
type Proxy struct {
	URL string

	node   string
	server *httptest.Server
	client *http.Client

	mu   sync.Mutex // for what follows
	rule Rule
	n    int
	done map[Fault]int

	closed atomic.Bool
	end    chan struct{} // closed by Close
}

// Start returns a proxy before the node at a base URL.
func Start(node string, rule Rule) *Proxy {
	p := &Proxy{
		node: strings.TrimRight(node, "/"), rule: rule, done: make(map[Fault]int), end: make(chan struct{}),
		client: &http.Client{Transport: &http.Transport{DisableCompression: true}}, // no proxy, as it is all here
	}
	p.server = httptest.NewServer(p)
	p.URL = p.server.URL
	return p
}

// Close ends the proxy and what hangs in it.
func (p *Proxy) Close() {
	if p.closed.CompareAndSwap(false, true) {
		close(p.end)
		p.server.CloseClientConnections()
		p.server.Close()
		p.client.CloseIdleConnections()
	}
}

// SetRule has another rule followed from now on.
func (p *Proxy) SetRule(rule Rule) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.rule = rule
}

// Done returns how often a fault was done.
func (p *Proxy) Done(f Fault) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.done[f]
}

// choose asks the rule.
func (p *Proxy) choose(r *http.Request) Fault {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.n++
	f := p.rule(p.n, r)
	p.done[f]++
	return f
}

// answer is what a node answered.
type answer struct {
	status int
	header http.Header
	body   []byte
}

func (p *Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the client has gone
	}
	f := p.choose(r)
	switch f {
	case DropRequest:
		abort()
	case TooMany:
		refuse(w, http.StatusTooManyRequests)
		return
	case Unavailable:
		refuse(w, http.StatusServiceUnavailable)
		return
	case Hang:
		p.hang(r)
	}
	var a *answer
	switch f {
	case HalfOfBulk:
		a, err = p.halfOfBulk(r, body)
	case ShortBulk:
		lines := operations(body)
		a, err = p.forward(r, bytes.Join(lines[:(len(lines)+1)/2], nil))
	default:
		a, err = p.forward(r, body)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	p.send(w, r, f, a)
}

// send passes an answer on, with a fault.
func (p *Proxy) send(w http.ResponseWriter, r *http.Request, f Fault, a *answer) {
	switch f {
	case DropAnswer:
		abort()
	case HangAfter:
		p.hang(r)
	}
	for _, k := range []string{"Content-Type", "Content-Encoding"} {
		if v := a.header.Get(k); v != "" {
			w.Header().Set(k, v)
		}
	}
	half := a.body[:len(a.body)/2]
	switch f {
	case CutAnswer:
		w.Header().Set("Content-Length", fmt.Sprint(len(a.body)))
		w.WriteHeader(a.status)
		_, _ = w.Write(half)
		_ = http.NewResponseController(w).Flush()
		abort()
	case BadJSON:
		w.WriteHeader(a.status)
		_, _ = w.Write(half)
	case Trickle:
		w.WriteHeader(a.status)
		p.trickle(w, r, a.body)
	default:
		w.WriteHeader(a.status)
		_, _ = w.Write(a.body)
	}
}

// abort ends the connection of a request.
func abort() {
	panic(http.ErrAbortHandler) //house:allow panic: net/http documents it as the way to end a connection
}

// refuse answers as OpenSearch does.
func refuse(w http.ResponseWriter, status int) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"error": rejected, "status": status})
}

// hang waits until the client has gone, or the proxy is closed.
func (p *Proxy) hang(r *http.Request) {
	select {
	case <-r.Context().Done():
	case <-p.end:
	}
	abort()
}

func (p *Proxy) trickle(w http.ResponseWriter, r *http.Request, body []byte) {
	for i := range body {
		if _, err := w.Write(body[i : i+1]); err != nil {
			return
		}
		_ = http.NewResponseController(w).Flush()
		select {
		case <-r.Context().Done():
			return
		case <-p.end:
			return
		case <-time.After(tricklePause):
		}
	}
}

// forward sends a request with a body to the node.
func (p *Proxy) forward(r *http.Request, body []byte) (*answer, error) {
	q, err := http.NewRequestWithContext(r.Context(), r.Method, p.node+r.URL.RequestURI(), bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	q.Header = r.Header.Clone()
	res, err := p.client.Do(q)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		return nil, err
	}
	return &answer{res.StatusCode, res.Header, b}, nil
}

// rejected is what a node short of memory says.
var rejected = struct {
	Type   string `json:"type"`
	Reason string `json:"reason"`
}{"rejected_execution_exception", "rejected by a test"}

// operations divides the body of a bulk request into its operations.
func operations(body []byte) (ops [][]byte) {
	for len(body) > 0 {
		n := lineLength(body)
		if !bytes.HasPrefix(body, []byte(`{"delete"`)) {
			n += lineLength(body[n:])
		}
		ops = append(ops, body[:n])
		body = body[n:]
	}
	return ops
}

func lineLength(b []byte) int {
	if i := bytes.IndexByte(b, '\n'); i >= 0 {
		return i + 1
	}
	return len(b)
}

var errNotBulk = errors.New("the answer is none to a bulk request")

// halfOfBulk has the node carry out the operations of even numbers.
func (p *Proxy) halfOfBulk(r *http.Request, body []byte) (*answer, error) {
	ops := operations(body)
	var even [][]byte
	for i := 0; i < len(ops); i += 2 {
		even = append(even, ops[i])
	}
	r.Header.Del("Accept-Encoding") // the answer is read
	a, err := p.forward(r, bytes.Join(even, nil))
	if err != nil || a.status != http.StatusOK {
		return a, err
	}
	var of struct {
		Items []json.RawMessage `json:"items"`
	}
	if json.Unmarshal(a.body, &of) != nil || len(of.Items) != len(even) {
		return nil, errNotBulk
	}
	all := make([]any, len(ops))
	for i, op := range ops {
		if i%2 == 0 {
			all[i] = of.Items[i/2]
			continue
		}
		action, id, err := target(op)
		if err != nil {
			return nil, err
		}
		all[i] = map[string]any{action: map[string]any{"_id": id, "status": http.StatusTooManyRequests, "error": rejected}}
	}
	a.body, err = json.Marshal(map[string]any{"errors": true, "items": all})
	return a, err
}

// target returns what an operation does, and to which document.
func target(op []byte) (action, id string, err error) {
	var line map[string]struct {
		ID string `json:"_id"`
	}
	if err := json.Unmarshal(op[:lineLength(op)], &line); err != nil {
		return "", "", err
	}
	for action, of := range line {
		return action, of.ID, nil
	}
	return "", "", errNotBulk
}
