package store

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// recorder is a server that takes what a writer sends, and keeps the states.
type recorder struct {
	states    []string
	refuses   int // refreshes
	refreshes int
	t         *testing.T
}

func (r *recorder) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	if strings.HasSuffix(q.URL.Path, "/_refresh") {
		if r.refreshes++; r.refreshes <= r.refuses {
			w.WriteHeader(http.StatusForbidden)
			_, _ = io.WriteString(w, `{"error":{"type":"security_exception","reason":"no"},"status":403}`)
			return
		}
		_, _ = io.WriteString(w, `{"_shards":{"total":1,"successful":1,"failed":0}}`)
		return
	}
	body, err := io.ReadAll(q.Body)
	if err != nil {
		r.t.Error(err)
	}
	var items []string
	for line := range bytes.Lines(body) {
		var l struct {
			Index *struct {
				ID string `json:"_id"`
			}
			State json.RawMessage
		}
		if err := json.Unmarshal(line, &l); err != nil {
			r.t.Error(err)
		}
		switch {
		case l.Index != nil:
			items = append(items, fmt.Sprintf(`{"index":{"_id":%q,"status":201}}`, l.Index.ID))
		case l.State != nil:
			r.states = append(r.states, string(l.State))
		}
	}
	_, _ = io.WriteString(w, `{"items":[`+strings.Join(items, ",")+`]}`)
}

// What is written after a publication that failed is of a generation of its own: the one
// before may be shown all the same.
func TestWriteAfterRefreshFailed(t *testing.T) {
	r := &recorder{t: t, refuses: 1}
	s := httptest.NewServer(r)
	t.Cleanup(s.Close)
	c, err := transport.New(transport.Config{Addresses: []string{s.URL}})
	if err != nil {
		t.Fatal(err)
	}
	l := &Lease{client: c, alias: "news", state: LeaseState{Session: 1}, renewed: time.Now()}
	w := &Writer{client: c, index: "news-1", name: "news-1-WRITER-1", lease: l}
	note := func(key string) {
		t.Helper()
		if err := w.Write(t.Context(), &engine.Batch{PutNotes: []engine.Note{{Key: key}}}); err != nil {
			t.Fatal(err)
		}
	}
	note("a")
	if err := w.Publish(t.Context()); err == nil || w.Published() != 0 {
		t.Errorf("published %d, %v", w.Published(), err)
	}
	note("b")
	for range 2 {
		if err := w.Publish(t.Context()); err != nil || w.Published() != 2 {
			t.Errorf("published %d, %v", w.Published(), err)
		}
	}
	if r.refreshes != 2 {
		t.Errorf("%d refreshes, want one that failed and one more", r.refreshes)
	}
	var got []string
	for _, state := range r.states {
		var s struct {
			Generation int
			Written    bool
		}
		if err := json.Unmarshal([]byte(state), &s); err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprint(s.Generation, s.Written))
	}
	if want := []string{"0 true", "1 false", "1 true", "2 false"}; !slices.Equal(got, want) {
		t.Errorf("states %q, want %q", got, want)
	}
}
