package reader

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// answering returns a view of one generation on a server that always answers so.
func answering(t *testing.T, status int, answer string) *View {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = w.Write([]byte(answer))
	}))
	t.Cleanup(s.Close)
	c, err := transport.New(transport.Config{Addresses: []string{s.URL}, Timeout: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	return NewView(c, "pit", 1, 2, 3)
}

// What OpenSearch 3.8.0 answered.
const (
	wholeAnswer   = `{"pit_id":"x","took":1,"timed_out":false,"_shards":{"total":3,"successful":3,"skipped":0,"failed":0},"hits":{"max_score":null,"hits":[]}}`
	partialAnswer = `{"pit_id":"x","took":46,"timed_out":false,"_shards":{"total":3,"successful":2,"skipped":0,"failed":1,"failures":[{"shard":1,` +
		`"index":"r","node":"n","reason":{"type":"search_context_missing_exception","reason":"No search context found for id [12]"}}]},"hits":{"hits":[]}}`
	goneAnswer = `{"error":{"root_cause":[{"type":"search_context_missing_exception","reason":"No search context found for id [620]"}],` +
		`"type":"search_phase_execution_exception","reason":"all shards failed","phase":"query","grouped":true,"failed_shards":[{"shard":0,` +
		`"index":"os-store-a","node":"T9RAD8VpQoWdw_bosM8IKg","reason":{"type":"search_context_missing_exception",` +
		`"reason":"No search context found for id [620]"}}]},"status":404}`
)

func TestAnswersOfAPartAreErrors(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		answer string
		want   string // in the error; empty for none
	}{
		"whole":     {200, wholeAnswer, ""},
		"partial":   {200, partialAnswer, "failed on 1 of 3 shards"},
		"timed out": {200, strings.Replace(wholeAnswer, `"timed_out":false`, `"timed_out":true`, 1), "longer"},
		"fewer":     {200, strings.ReplaceAll(wholeAnswer, `:3,`, `:2,`), "snapshot gone"},
		"no shards": {200, `{"took":1,"hits":{"hits":[]}}`, "does not say"},
		"no JSON":   {200, wholeAnswer[:40], "not whole"},
		"gone":      {404, goneAnswer, "No search context"},
	} {
		v := answering(t, c.status, c.answer)
		var found page
		err := v.Search(context.Background(), transport.Object{"size": 1}, &found)
		switch {
		case c.want == "" && err != nil, c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
		if gone := errors.Is(err, engine.ErrSnapshotGone); gone == v.Fresh() {
			t.Errorf("%s: gone %v, fresh %v", name, gone, v.Fresh())
		}
	}
}

func TestStreamsYieldAnErrorLast(t *testing.T) {
	v := answering(t, http.StatusOK, partialAnswer)
	n := 0
	for _, err := range v.Entries(t.Context()) {
		if n++; err == nil || n > 1 {
			t.Errorf("value %d of a stream that failed: %v", n, err)
		}
	}
	if n != 1 {
		t.Errorf("%d errors, want 1", n)
	}
}

func TestNextPage(t *testing.T) {
	for _, c := range []struct{ hits, bytes, want int }{
		{firstPage, 0, 8 * firstPage},
		{4000, 0, keysPage},
		{firstPage, firstPage * pageBytes, 1},
		{100, 1 << 20, 400},
	} {
		if got := nextPage(c.hits, c.bytes); got != c.want {
			t.Errorf("page after %d hits of %d bytes: %d, want %d", c.hits, c.bytes, got, c.want)
		}
	}
}
