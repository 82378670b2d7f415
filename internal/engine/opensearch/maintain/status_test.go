package maintain

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// recorded serves answers that a server of OpenSearch 3.8.0 gave, by method and path.
type recorded struct {
	answers map[string]json.RawMessage
	refuses func(path string) bool // what the user may not ask
}

// newRecorded returns an archive on a server of recorded answers.
func newRecorded(t *testing.T, alias string, refuses func(path string) bool) (*recorded, Archive) {
	t.Helper()
	r := &recorded{answers: map[string]json.RawMessage{}, refuses: refuses}
	b, err := os.ReadFile(filepath.Join("testdata", "server.json"))
	if err == nil {
		err = json.Unmarshal(b, &r.answers)
	}
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(r)
	t.Cleanup(s.Close)
	c, err := transport.New(transport.Config{Addresses: []string{s.URL}})
	if err != nil {
		t.Fatal(err)
	}
	return r, Archive{Client: c, Alias: alias}
}

func (r *recorded) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	key := q.Method + " " + q.URL.Path
	w.Header().Set("Content-Type", "application/json")
	answer, ok := r.answers[key]
	switch {
	case r.refuses != nil && r.refuses(q.URL.Path):
		w.WriteHeader(http.StatusForbidden)
		answer = []byte(`{"error":{"root_cause":[{"type":"security_exception","reason":"no permissions for [cluster:monitor/x]"}],"type":"security_exception","reason":"no permissions for [cluster:monitor/x]"},"status":403}`)
	case !ok:
		w.WriteHeader(http.StatusNotFound)
		answer = []byte(`{"error":{"root_cause":[{"type":"index_not_found_exception","reason":"no such index"}],"type":"index_not_found_exception","reason":"no such index"},"status":404}`)
	}
	_, _ = w.Write(answer)
}

func TestStatus(t *testing.T) {
	_, a := newRecorded(t, "none", nil)
	s, err := a.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := engine.NodeStatus{Name: "n1", Version: "3.8.0", Heap: 1572864000, DiskTotal: 270553174016, DiskFree: 81476030464}
	if s.Cluster != "test" || s.Version != "3.8.0" || s.Health != "yellow" || len(s.Nodes) != 1 || s.Nodes[0] != want || s.Index != "" || s.MaxClauses != defaultClauses {
		t.Errorf("status %+v", s)
	}
	for _, part := range []string{"there is one server", "a query may have 1024 clauses"} {
		if !slices.ContainsFunc(s.Warnings, func(w string) bool { return strings.Contains(w, part) }) {
			t.Errorf("warnings %q lack %q", s.Warnings, part)
		}
	}
	if len(s.Unknown) > 0 {
		t.Errorf("unknown: %q", s.Unknown)
	}
}

// TestStatusOfFewRights holds that what may not be asked is named, and no error.
func TestStatusOfFewRights(t *testing.T) {
	_, a := newRecorded(t, "none", func(path string) bool { return path == "/" || strings.HasPrefix(path, "/_") })
	s, err := a.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, what := range []string{"version of the cluster", "health of the cluster", "the servers", "settings of the cluster"} {
		if !slices.Contains(s.Unknown, what+": the user may not ask for it") {
			t.Errorf("unknown %q lacks %q", s.Unknown, what)
		}
	}
}

// TestPlanOfFewRights holds that an index can be planned by one who may not look at the
// cluster.
func TestPlanOfFewRights(t *testing.T) {
	_, a := newRecorded(t, "none", func(path string) bool { return path == "/" || strings.HasPrefix(path, "/_") })
	p, err := a.PlanInit(t.Context(), engine.InitOptions{})
	if err != nil || len(p.Steps) != 2 || len(p.Notes) != 1 {
		t.Fatalf("plan %+v, %v", p, err)
	}
}
