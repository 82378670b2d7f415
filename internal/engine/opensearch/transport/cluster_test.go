//go:build opensearch

package transport

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/faultproxy"
)

// cluster returns a client of the cluster that NEWSQ_OPENSEARCH names.
func cluster(t *testing.T) *Client {
	t.Helper()
	addresses := os.Getenv("NEWSQ_OPENSEARCH")
	if addresses == "" {
		t.Skip("NEWSQ_OPENSEARCH names no cluster")
	}
	c, err := New(Config{Addresses: strings.Split(addresses, ",")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// scratch makes an index that goes away with the test.
func scratch(t *testing.T, c *Client, name string) string {
	t.Helper()
	remove := func() {
		err := c.Do(t.Context(), &Request{Method: "DELETE", Path: Path(name)}, nil)
		if err != nil && !errors.Is(err, engine.ErrNoIndex) {
			t.Error(err)
		}
	}
	remove()
	t.Cleanup(func() {
		_ = c.Do(context.Background(), &Request{Method: "DELETE", Path: Path(name)}, nil)
	})
	body := Object{
		"settings": Object{"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "-1"},
		"mappings": Object{"dynamic": "strict", "properties": Object{"n": Object{"type": "integer"}}},
	}
	if err := c.DoJSON(t.Context(), "PUT", Path(name), body, nil); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestBulkOnCluster(t *testing.T) {
	c := cluster(t)
	index := scratch(t, c, "os-transport-bulk")
	var ops []Operation
	for i := range 1000 {
		ops = append(ops, Operation{ID: fmt.Sprint("ü/\"", i), Version: 7, Source: fmt.Appendf(nil, `{"n":%d}`, i)})
	}
	ops = append(ops, Operation{Delete: true, ID: "none", Version: 7})
	for range 2 { // the second time they are there already
		if err := c.Bulk(t.Context(), index, ops); err != nil {
			t.Fatal(err)
		}
	}
	if s := c.bulkStats(); s.Applied != 1001 {
		t.Errorf("%d operations were there already, want 1001", s.Applied)
	}
	for i := range ops {
		ops[i].Version = 6
	}
	if err := c.Bulk(t.Context(), index, ops); !errors.Is(err, ErrSuperseded) {
		t.Errorf("an older version: %v, want ErrSuperseded", err)
	}
	bad := []Operation{{ID: "bad", Version: 8, Source: []byte(`{"n":"x"}`)}}
	if err := c.Bulk(t.Context(), index, bad); err == nil || !strings.Contains(err.Error(), `document "bad"`) {
		t.Errorf("a document that doesn't fit the mapping: %v", err)
	}
	var count struct{ Count int }
	if err := c.Do(t.Context(), &Request{Method: "POST", Path: Path(index, "_refresh")}, nil); err != nil {
		t.Fatal(err)
	}
	if err := c.Do(t.Context(), &Request{Method: "GET", Path: Path(index, "_count")}, &count); err != nil || count.Count != 1000 {
		t.Errorf("%d documents, %v; want 1000", count.Count, err)
	}
	var raw json.RawMessage
	if err := c.Do(t.Context(), &Request{Method: "GET", Path: Path(index, "_doc", `ü/"3`)}, &raw); err != nil || !json.Valid(raw) {
		t.Errorf("%s, %v", raw, err)
	}
}

// Through a proxy that does harm, a real node has all that was acknowledged, once.
func TestFaultsOnCluster(t *testing.T) {
	direct := cluster(t)
	index := scratch(t, direct, "os-transport-faults")
	faults := []faultproxy.Fault{
		faultproxy.DropAnswer, faultproxy.DropRequest, faultproxy.TooMany, faultproxy.Unavailable, faultproxy.CutAnswer,
		faultproxy.BadJSON, faultproxy.HalfOfBulk, faultproxy.ShortBulk, faultproxy.HangAfter,
	}
	p := faultproxy.Start(direct.nodes.all[0].url.String(), func(n int, r *http.Request) faultproxy.Fault {
		if n%2 == 0 || !faultproxy.IsBulk(r) {
			return faultproxy.None
		}
		return faults[n/2%len(faults)]
	})
	defer p.Close()
	c, err := New(Config{Addresses: []string{p.URL}, BulkBytes: 20_000, BulkAttempt: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	ops := make([]Operation, 5000)
	for i := range ops {
		ops[i] = Operation{ID: fmt.Sprint(i), Version: 1, Source: fmt.Appendf(nil, `{"n":%d}`, i)}
	}
	if err := c.Bulk(t.Context(), index, ops); err != nil {
		t.Fatal(err)
	}
	if err := direct.Do(t.Context(), &Request{Method: "POST", Path: Path(index, "_refresh")}, nil); err != nil {
		t.Fatal(err)
	}
	var count struct{ Count int }
	if err := direct.Do(t.Context(), &Request{Method: "GET", Path: Path(index, "_count")}, &count); err != nil || count.Count != len(ops) {
		t.Errorf("%d documents, %v; want %d", count.Count, err, len(ops))
	}
	t.Logf("%+v", c.bulkStats())
	for _, f := range faults {
		if p.Done(f) == 0 {
			t.Errorf("fault %d was not done", f)
		}
	}
}
