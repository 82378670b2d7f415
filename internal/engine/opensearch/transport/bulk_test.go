package transport

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/faultproxy"
)

// bulkNode carries out bulk requests by external versions, as a node does.
type bulkNode struct {
	mu       sync.Mutex
	versions map[string]int64
	sources  map[string]string
	requests int
	most     int // bytes that a request may have; 0 for any
}

func newBulkNode() *bulkNode {
	return &bulkNode{versions: map[string]int64{}, sources: map[string]string{}}
}

type action struct {
	ID          string `json:"_id"`
	Version     int64
	VersionType string `json:"version_type"`
}

func (n *bulkNode) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.requests++
	body, err := io.ReadAll(r.Body)
	if err != nil || int64(len(body)) != r.ContentLength {
		w.WriteHeader(400)
		return
	}
	if n.most > 0 && len(body) > n.most {
		w.WriteHeader(429)
		fmt.Fprintf(w, `{"error":{"type":"rejected_execution_exception","reason":"rejected execution of coordinating operation [coordinating_and_primary_bytes=0, replica_bytes=0, all_bytes=0, coordinating_operation_bytes=%d, max_coordinating_and_primary_bytes=%d]"},"status":429}`, len(body), n.most)
		return
	}
	var items []any
	lines := bufio.NewScanner(bytes.NewReader(body))
	lines.Buffer(nil, len(body)+1)
	for lines.Scan() {
		var line struct{ Index, Delete *action }
		if json.Unmarshal(lines.Bytes(), &line) != nil {
			w.WriteHeader(400)
			return
		}
		a, source := line.Delete, ""
		if line.Index != nil {
			a = line.Index
			lines.Scan()
			source = lines.Text()
		}
		items = append(items, map[string]any{"index": n.apply(a, source)})
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"items": items})
}

func (n *bulkNode) apply(a *action, source string) any {
	if now, ok := n.versions[a.ID]; ok && now >= a.Version {
		reason := fmt.Sprintf("[%s]: version conflict, current version [%d] is higher or equal to the one provided [%d]", a.ID, now, a.Version)
		return map[string]any{"_id": a.ID, "status": 409, "error": map[string]any{"type": "version_conflict_engine_exception", "reason": reason}}
	}
	n.versions[a.ID], n.sources[a.ID] = a.Version, source
	if source == "" {
		return map[string]any{"_id": a.ID, "status": 404}
	}
	return map[string]any{"_id": a.ID, "status": 201}
}

// puts returns operations of about so many bytes each.
func puts(n, length int, version int64) []Operation {
	ops := make([]Operation, n)
	for i := range ops {
		ops[i] = Operation{ID: fmt.Sprintf("ü\"%d", i), Version: version, Source: fmt.Appendf(nil, `{"n":%d,"x":"%s"}`, i, strings.Repeat("x", length))}
		if i%10 == 9 {
			ops[i] = Operation{ID: ops[i].ID, Version: version, Delete: true}
		}
	}
	return ops
}

// holds checks that a node has all that was written.
func (n *bulkNode) holds(t *testing.T, ops []Operation) {
	t.Helper()
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.versions) != len(ops) {
		t.Errorf("%d documents, want %d", len(n.versions), len(ops))
	}
	for _, o := range ops {
		if n.versions[o.ID] != o.Version || n.sources[o.ID] != string(o.Source) {
			t.Fatalf("document %s is in version %d, want %d", o.ID, n.versions[o.ID], o.Version)
		}
	}
}

func TestBulk(t *testing.T) {
	for _, length := range []int{0, 1000, 300_000} {
		n := newBulkNode()
		c, err := New(Config{Addresses: []string{serve(t, n.ServeHTTP)}})
		if err != nil {
			t.Fatal(err)
		}
		ops := puts(40, length, 5)
		for range 2 { // the second time all are there
			if err := c.Bulk(t.Context(), "news", ops); err != nil {
				t.Fatal(err)
			}
		}
		n.holds(t, ops)
		if s := c.bulkStats(); s.Applied != int64(len(ops)) || s.Repeated != 0 {
			t.Errorf("%+v", s)
		}
		if err := c.Bulk(t.Context(), "news", puts(1, 0, 4)); !errors.Is(err, ErrSuperseded) || !strings.Contains(err.Error(), `ü\"0`) {
			t.Errorf("an older version: %v", err)
		}
		if err := c.Bulk(t.Context(), "news", nil); err != nil {
			t.Errorf("nothing: %v", err)
		}
	}
}

// What cannot be sent spoils nothing else: nothing is sent.
func TestBulkRefuses(t *testing.T) {
	n := newBulkNode()
	c := quick(t, serve(t, n.ServeHTTP))
	for name, o := range map[string]Operation{
		"no id":           {Source: []byte("{}")},
		"a long id":       {ID: strings.Repeat("x", 513), Source: []byte("{}")},
		"no UTF-8":        {ID: "\xff", Source: []byte("{}")},
		"two lines":       {ID: "a", Source: []byte("{\n}")},
		"no source":       {ID: "a"},
		"a deletion of x": {ID: "a", Delete: true, Source: []byte("{}")},
		"version":         {ID: "a", Version: -1, Source: []byte("{}")},
	} {
		if err := c.Bulk(t.Context(), "news", append(puts(3, 0, 1), o)); err == nil || n.requests > 0 {
			t.Errorf("%s: %v after %d requests", name, err, n.requests)
		}
	}
}

// Whatever happens on the way, all is written once the answer is nil, and a node that
// takes little gets little.
func TestBulkThroughFaults(t *testing.T) {
	faults := []faultproxy.Fault{
		faultproxy.None, faultproxy.DropAnswer, faultproxy.DropRequest, faultproxy.TooMany, faultproxy.Unavailable,
		faultproxy.CutAnswer, faultproxy.BadJSON, faultproxy.HalfOfBulk, faultproxy.ShortBulk, faultproxy.Hang, faultproxy.HangAfter,
	}
	for seed := range uint64(3) {
		n := newBulkNode()
		n.most = 3000
		random := rand.New(rand.NewPCG(seed, 1))
		p := faultproxy.Start(serve(t, n.ServeHTTP), func(_ int, r *http.Request) faultproxy.Fault {
			if random.IntN(3) > 0 {
				return faultproxy.None
			}
			return faults[random.IntN(len(faults))]
		})
		defer p.Close()
		c, err := New(Config{Addresses: []string{p.URL}, BulkBytes: 20_000, BulkAttempt: 100 * time.Millisecond})
		if err != nil {
			t.Fatal(err)
		}
		ops := puts(100, 100, 7)
		if err := c.Bulk(t.Context(), "news", ops); err != nil {
			t.Fatal(err)
		}
		n.holds(t, ops)
		if s := c.bulkStats(); s.Halved == 0 || s.Repeated == 0 {
			t.Errorf("%+v", s)
		}
	}
}

// A document that is too large for a request of its own ends in an error that names it.
func TestBulkOneTooLarge(t *testing.T) {
	n := newBulkNode()
	n.most = 1000
	c, err := New(Config{Addresses: []string{serve(t, n.ServeHTTP)}})
	if err != nil {
		t.Fatal(err)
	}
	ops := puts(5, 10, 1)
	ops[3].Source = fmt.Appendf(nil, `{"x":"%s"}`, strings.Repeat("x", 2000))
	err = c.Bulk(t.Context(), "news", ops)
	if err == nil || !strings.Contains(err.Error(), ops[3].ID[2:]+`" of 2008 bytes`) || !strings.Contains(err.Error(), "indexing_pressure") {
		t.Error(err)
	}
}

// Recorded answers to items.
func TestBulkItems(t *testing.T) {
	four := []Operation{
		{ID: "a", Version: 5, Source: []byte("{}")},
		{ID: "b", Version: 5, Source: []byte("{}")},
		{ID: "c", Version: 5, Delete: true},
		{ID: "d", Version: 5, Source: []byte("{}")},
	}
	older := []Operation{{ID: "a", Version: 4, Source: []byte("{}")}, {ID: "a", Version: 3, Delete: true}, {ID: "c", Version: 4, Source: []byte("{}")}}
	for _, tt := range []struct {
		name string
		ops  []Operation
		kind error
		says string
	}{
		{"bulk-mixed", four, nil, `document "b": failed to parse field [n]`},
		{"bulk-older", older, ErrSuperseded, `document "a": superseded by another writer: version 5 is there, 4 was to be written`},
		{"bulk-missing", four, engine.ErrNoIndex, `document "a": no such index`},
		{"bulk-closed", four, ErrBlocked, "_open"},
		{"bulk-flood", older, ErrDiskFull, "make room"},
		{"bulk-killed", four[:1], ErrUnavailable, "primary shard is not active"},
		{"bulk-killed", four, ErrUnavailable, "1 of 4 documents are told of"},
		{"pressure", four, ErrUnavailable, "is more than the cluster takes in one request"},
		{"parent", four, ErrUnavailable, "[parent] Data too large"},
		{"id-long", four, nil, "too long"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			status, body := recorded(t, tt.name)
			c := quick(t, serve(t, func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(status)
				_, _ = w.Write(body)
			}))
			err := c.Bulk(t.Context(), "news", tt.ops)
			if err == nil || tt.kind != nil && !errors.Is(err, tt.kind) || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("%v, want %q", err, tt.says)
			}
		})
	}
}

// A copy that failed is no loss: the cluster counts it out before it acknowledges.
func TestBulkFewerCopies(t *testing.T) {
	c := quick(t, serve(t, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`{"items":[{"index":{"_id":"a","status":201,"_shards":{"failed":1}}}]}`))
	}))
	if err := c.Bulk(t.Context(), "news", []Operation{{ID: "a", Source: []byte("{}")}}); err != nil || c.bulkStats().FewerCopies != 1 {
		t.Errorf("%v, %+v", err, c.bulkStats())
	}
}

func TestNumberAfter(t *testing.T) {
	for _, tt := range []struct {
		text string
		want int64
		ok   bool
	}{
		{"[a]: version conflict, current version [5] is", 5, true},
		{"[current version [9]]: version conflict, current version [5]", 5, true},
		{"current version [", 0, false},
		{"current version [-1]", 0, false},
		{"current version [99999999999999999999]", 0, false},
		{"current version [9223372036854775807]", 1<<63 - 1, true},
		{"", 0, false},
	} {
		if n, ok := numberAfter(tt.text, "current version ["); ok != tt.ok || ok && n != tt.want {
			t.Errorf("%q: %d, %v", tt.text, n, ok)
		}
	}
}
