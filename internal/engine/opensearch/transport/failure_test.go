package transport

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/internal/engine"
)

// recorded returns a real answer: its status, which is a part of the file's name, and
// its body.
func recorded(t *testing.T, name string) (int, []byte) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", name+".[0-9]*.json"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%d recordings named %s", len(files), name)
	}
	b, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	status, err := strconv.Atoi(strings.Split(filepath.Base(files[0]), ".")[1])
	if err != nil {
		t.Fatal(err)
	}
	return status, b
}

// quick is a client that soon gives up.
func quick(t *testing.T, addresses ...string) *Client {
	t.Helper()
	c, err := New(Config{
		Addresses: addresses, Access: engine.Access{User: "jo", Password: "s3cret"},
		Timeout: 300 * time.Millisecond, BulkTimeout: 300 * time.Millisecond,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// serve returns the address of a server.
func serve(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

// Each answer that OpenSearch 3.8.0 gave, or 2.11.1 where the name says old, means one thing, and says what to do.
func TestMeaningOfAnswers(t *testing.T) {
	for _, tt := range []struct {
		name string
		kind error
		says string
	}{
		{"alias-missing", engine.ErrNotFound, "alias [none] missing"},
		{"document-missing", engine.ErrNotFound, "Not Found"},
		{"index-missing", engine.ErrNoIndex, "no such index"},
		{"index-exists", ErrExists, "already exists"},
		{"index-closed", ErrBlocked, "_open"},
		{"blocked-read-only", ErrBlocked, "index.blocks"},
		{"blocked-write", ErrBlocked, "index.blocks"},
		{"flood", ErrDiskFull, "make room"},
		{"create-blocked", ErrDiskFull, "make room"},
		{"conflict-cas", ErrConflict, "required seqNo"},
		{"conflict-create", ErrConflict, "already exists"},
		{"pit-closed", engine.ErrSnapshotGone, "No search context"},
		{"pit-killed", engine.ErrSnapshotGone, "no node found"},
		{"pit3-killed", engine.ErrSnapshotGone, "no node found"},
		{"pit-back", engine.ErrSnapshotGone, "No search context"},
		{"pits", ErrUnavailable, "end within minutes"},
		{"parent", ErrUnavailable, "[parent]"},
		{"pressure", ErrUnavailable, "rejected execution"},
		{"search-killed", ErrUnavailable, "missing shards"},
		{"get-killed", ErrUnavailable, "No shard available"},
		{"put-killed", ErrUnavailable, "primary shard is not active"},
		{"nomanager-health", ErrUnavailable, "cluster_manager_not_discovered"},
		{"breaker", engine.ErrTooBroad, ""},
		{"buckets", engine.ErrTooBroad, ""},
		{"clauses", engine.ErrTooBroad, ""},
		{"rewrite-bool", engine.ErrTooBroad, ""},
		{"span-multi", engine.ErrTooBroad, ""},
		{"regexp-states", engine.ErrTooBroad, ""},
		{"regexp-length", engine.ErrTooBroad, ""},
		{"terms-count", engine.ErrTooBroad, ""},
		{"old-setting", nil, "newsq needs OpenSearch 3.4 or newer"},
		{"old-alias", nil, "newsq needs OpenSearch 3.4 or newer"},
		{"old-order", nil, "newsq needs OpenSearch 3.4 or newer"},
		{"id-long", nil, "too long"},
		{"no-handler", nil, "no handler"},
		{"no-method", nil, "Incorrect HTTP method"},
		{"query-unknown", nil, "unknown query [nix]"},
		{"result-window", nil, "Result window"},
		{"pit-none", nil, "Unsupported version"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			status, body := recorded(t, tt.name)
			address := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(status)
				_, _ = w.Write(body)
			})
			err := quick(t, address).Do(t.Context(), &Request{Method: "GET", Path: "/news/_search"}, nil)
			var e *Error
			if !errors.As(err, &e) {
				t.Fatalf("%v is no Error", err)
			}
			if e.Unwrap() == nil && tt.kind != nil || !errors.Is(err, tt.kind) && tt.kind != nil || tt.kind == nil && e.Unwrap() != nil {
				t.Errorf("%v is %v, want %v", err, e.Unwrap(), tt.kind)
			}
			if tt.kind == engine.ErrTooBroad {
				if e.Error() != engine.ErrTooManyWords.Error() {
					t.Errorf("%v, want %v", e, engine.ErrTooManyWords)
				}
				return
			}
			if !strings.Contains(err.Error(), tt.says) || !strings.Contains(err.Error(), "GET /news/_search: ") || len(err.Error()) > 1000 {
				t.Errorf("%v, want %q in it", err, tt.says)
			}
		})
	}
}

// What no OpenSearch says: gateways, and servers that have nothing to do with it.
func TestMeaningOfForeignAnswers(t *testing.T) {
	for _, tt := range []struct {
		name, body string
		status     int
		kind       error
		says       string
	}{
		{"unknown user", "Unauthorized", 401, ErrForbidden, "doesn't accept the user and password"},
		{"no such page", "<html>Not Found</html>", 404, nil, "look at host, port and path"},
		{"plain HTTP to TLS", "Client sent an HTTP request to an HTTPS server.", 400, nil, "write https://"},
		{"a page", "<!DOCTYPE html><title>Welcome</title>", 200, ErrUnavailable, "no OpenSearch: look at host"},
		{"another service", `{"_aliases":1}`, 200, ErrUnavailable, "no OpenSearch: look at host"},
		{"no rights", `{"error":{"root_cause":[{"type":"security_exception","reason":"no permissions for [indices:data/write/bulk]"}],"type":"security_exception","reason":"no permissions"},"status":403}`, 403, ErrForbidden, "no permissions for"},
		{"a gateway's page", "<html>\n<h1>502 Bad Gateway</h1>\x1b[2J</html>", 502, ErrUnavailable, "<html> <h1>502"},
		{"nothing", "", 504, ErrUnavailable, "Gateway Timeout"},
		{"long", strings.Repeat("ä", 5000), 500, nil, "ää..."},
		{"elsewhere", "", 302, nil, "redirects are not followed"},
		{"a status without a name", "", 599, nil, "no reason"},
		{"null", "null", 500, nil, "Internal Server Error"},
		{"echo", `{"error":"bad header Basic am86czNjcmV0 of jo:s3cret"}`, 400, nil, "bad header Basic *** of jo:***"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			address := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Location", "http://example.org/")
				w.WriteHeader(tt.status)
				_, _ = w.Write([]byte(tt.body))
			})
			var answer map[string]struct{}
			err := quick(t, address).Do(t.Context(), &Request{Method: "GET", Path: "/x"}, &answer)
			if err == nil || errors.Is(err, engine.ErrNotFound) || tt.kind != nil && !errors.Is(err, tt.kind) || !strings.Contains(err.Error(), tt.says) || len(err.Error()) > 1000 {
				t.Errorf("%v", err)
			}
			if strings.Contains(err.Error(), "s3cret") || strings.ContainsAny(err.Error(), "\x1b\n") {
				t.Errorf("%q", err)
			}
		})
	}
}
