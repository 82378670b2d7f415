package reader

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
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
		if err != nil && !errors.Is(err, engine.ErrServer) && !errors.Is(err, engine.ErrSnapshotGone) {
			t.Errorf("%s: %v is no fault of a server", name, err)
		}
		if gone := errors.Is(err, engine.ErrSnapshotGone); gone == v.Fresh() {
			t.Errorf("%s: gone %v, fresh %v", name, gone, v.Fresh())
		}
	}
}

// Articles are of very different lengths, and what comes after short ones may be more
// than an answer may have.
func TestPagesThatAreTooLarge(t *testing.T) {
	const articles, long = 60, 1000
	asked := []int{}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var q struct {
			Size  int
			After []int `json:"search_after"`
			Query struct {
				Bool struct {
					Filter []map[string]map[string]json.RawMessage
				}
			}
		}
		if err := json.NewDecoder(r.Body).Decode(&q); err != nil {
			t.Error(err)
		}
		asked = append(asked, q.Size)
		start := append(q.After, 0)[0]
		hits := []string{}
		for i := start; i < min(articles, start+q.Size); i++ {
			hits = append(hits, fmt.Sprintf(`{"sort":[%d],"fields":{"id":["%d"]},"_source":{"article":{"body":"%s"}}}`, i+1, i, strings.Repeat("x", long*(i/20))))
		}
		_, _ = io.WriteString(w, strings.Replace(wholeAnswer, `"hits":[]`, `"hits":[`+strings.Join(hits, ",")+"]", 1))
	}))
	t.Cleanup(s.Close)
	c, err := transport.New(transport.Config{Addresses: []string{s.URL}, MaxAnswer: 25 * long})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for a, err := range NewView(c, "pit", 1, articles, 3).StoredArticles(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if a.Article.ID != strconv.Itoa(n) {
			t.Errorf("article %s, want %d", a.Article.ID, n)
		}
		n++
	}
	if n != articles {
		t.Errorf("%d articles, want %d, by pages of %d", n, articles, asked)
	}
	if len(asked) < 3 || asked[1] <= asked[2] {
		t.Errorf("pages of %d: none was asked for again", asked)
	}
}

func TestGetOfTooMuch(t *testing.T) {
	const long = 1000
	most := 0
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var q struct {
			Query struct {
				Bool struct {
					Filter []struct{ Terms struct{ ID []string } }
				}
			}
		}
		if err := json.NewDecoder(r.Body).Decode(&q); err != nil {
			t.Error(err)
		}
		hits := []string{}
		for _, id := range q.Query.Bool.Filter[1].Terms.ID {
			hits = append(hits, fmt.Sprintf(`{"fields":{"id":["%s"]},"_source":{"article":{"body":"%s"}}}`, id, strings.Repeat("x", long)))
		}
		most = max(most, len(hits))
		_, _ = io.WriteString(w, strings.Replace(wholeAnswer, `"hits":[]`, `"hits":[`+strings.Join(hits, ",")+"]", 1))
	}))
	t.Cleanup(s.Close)
	c, err := transport.New(transport.Config{Addresses: []string{s.URL}, MaxAnswer: 5 * long})
	if err != nil {
		t.Fatal(err)
	}
	ids := []string{"a", "b", "c", "d", "e", "f", "g", "h", "i"}
	list, err := NewView(c, "pit", 1, len(ids), 3).Get(t.Context(), ids...)
	if err != nil || len(list) != len(ids) || list[8].ID != "i" || most != len(ids) {
		t.Errorf("%d articles of %d, %v", len(list), len(ids), err)
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
