package server

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

func newIndex(t *testing.T) *index.Index {
	t.Helper()
	ix, err := index.Open(t.Context(), filepath.Join(t.TempDir(), "index"), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	if err := ix.Add(t.Context(), corpus.Article{ID: "a", Title: "Oil", Body: "The price of oil fell."}); err != nil {
		t.Fatal(err)
	}
	return ix
}

// start serves until the end of a test or until stop is called, which returns what Run does.
func start(t *testing.T, o *Options) (url string, stop func() error) {
	t.Helper()
	if o.Index == nil {
		o.Index = newIndex(t)
	}
	if o.Addr == "" {
		o.Addr = "127.0.0.1:0"
	}
	ctx, cancel := context.WithCancel(t.Context())
	started, done := make(chan string, 1), make(chan error, 1)
	o.Started = func(url string) { started <- url }
	go func() { done <- Run(ctx, o) }()
	stop = sync.OnceValue(func() error { cancel(); return <-done })
	t.Cleanup(func() { stop() })
	select {
	case url := <-started:
		return strings.TrimSuffix(url, "/"), stop
	case err := <-done:
		t.Fatal(err)
		return "", nil
	}
}

// lines collects what is logged.
type lines struct {
	mu sync.Mutex
	b  strings.Builder
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func get(t *testing.T, c *http.Client, url string, headers ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(b)
}

func TestRunServesUntilItIsStopped(t *testing.T) {
	url, stop := start(t, &Options{VersionLine: "newsq 1.2\n"})
	for path, want := range map[string]string{"/livez": "ok\n", "/readyz": "ok\n", "/version": "newsq 1.2\n"} {
		if res, body := get(t, http.DefaultClient, url+path); res.StatusCode != http.StatusOK || body != want {
			t.Errorf("%s: %s %q", path, res.Status, body)
		}
	}
	if res, _ := get(t, http.DefaultClient, url+"/api/v1/search?q=oil"); res.StatusCode != http.StatusOK || len(res.Header.Get(idHeader)) != 16 {
		t.Error(res.Status, res.Header)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
	if _, err := http.Get(url); err == nil {
		t.Error("it still answers")
	}
}

// A request that runs when the server is stopped gets its answer.
func TestStopLetsRequestsEnd(t *testing.T) {
	began, end := make(chan bool), make(chan bool)
	o := &Options{MCP: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		began <- true
		<-end
		io.WriteString(w, "whole")
	})}
	url, stop := start(t, o)
	answer := make(chan string, 1)
	go func() {
		_, body := get(t, http.DefaultClient, url+"/mcp")
		answer <- body
	}()
	<-began
	stopped := make(chan error, 1)
	go func() { stopped <- stop() }()
	close(end)
	if body := <-answer; body != "whole" {
		t.Errorf("answer %q", body)
	}
	if err := <-stopped; err != nil {
		t.Error(err)
	}
}

func TestFollowsWhatIsWritten(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	w, err := index.Open(t.Context(), dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if err := w.Add(t.Context(), corpus.Article{ID: "a", Title: "Oil"}); err != nil {
		t.Fatal(err)
	}
	r, err := index.Open(t.Context(), dir, &index.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	url, _ := start(t, &Options{Index: r})
	if _, body := get(t, http.DefaultClient, url+"/api/v1/search?q=gas"); !strings.Contains(body, `"total":0`) {
		t.Error(body)
	}
	if err := w.Add(t.Context(), corpus.Article{ID: "b", Title: "Gas"}); err != nil {
		t.Fatal(err)
	}
	if _, body := get(t, http.DefaultClient, url+"/api/v1/search?q=gas"); !strings.Contains(body, `"total":1`) {
		t.Error(body)
	}
	if _, body := get(t, http.DefaultClient, url+"/metrics"); !strings.Contains(body, "\nnewsq_index_articles 2\n") {
		t.Error(body)
	}
}

func TestMetrics(t *testing.T) {
	at := time.UnixMilli(1_700_000_000_500)
	url, _ := start(t, &Options{LastSync: func() time.Time { return at }})
	for _, path := range []string{"search?q=oil", "search?q=oil", "search?q=(oil", "search?limt=1", "articles/a", "articles/none", "%00"} {
		get(t, http.DefaultClient, url+"/api/v1/"+path)
	}
	res, body := get(t, http.DefaultClient, url+"/metrics")
	if !strings.HasPrefix(res.Header.Get("Content-Type"), "text/plain; version=0.0.4") {
		t.Error(res.Header)
	}
	for _, line := range []string{
		`newsq_requests_total{kind="search",status="200"} 2`, `newsq_requests_total{kind="search",status="400"} 2`,
		`newsq_requests_total{kind="article",status="404"} 1`, `newsq_requests_total{kind="other",status="404"} 1`,
		`newsq_request_duration_seconds_bucket{kind="search",le="+Inf"} 4`, `newsq_request_duration_seconds_count{kind="search"} 4`,
		`newsq_queries_refused_total{why="syntax"} 1`, `newsq_queries_refused_total{why="parameter"} 1`,
		`newsq_index_articles 1`, `newsq_index_readable 1`, `newsq_searches_shed_total 0`, `newsq_last_sync_timestamp_seconds 1.7000000005e+09`,
	} {
		if !strings.Contains(body, line+"\n") {
			t.Errorf("no line %s in\n%s", line, body)
		}
	}
	for _, name := range []string{"newsq_index_bytes", "newsq_index_generation", "newsq_index_written_timestamp_seconds"} {
		if !strings.Contains(body, "\n"+name+" ") {
			t.Errorf("no %s in\n%s", name, body)
		}
	}
}

func TestLogSaysNothingOfQueries(t *testing.T) {
	for _, queries := range []bool{false, true} {
		var log lines
		url, stop := start(t, &Options{Log: slog.New(slog.NewJSONHandler(&log, nil)), LogRequests: true, LogQueries: queries, Slow: time.Hour})
		for _, path := range []string{"/api/v1/search?q=secretword", "/api/v1/search?q=(secretword", "/api/v1/articles/secretword", "/secretword"} {
			get(t, http.DefaultClient, url+path, idHeader, "from-a-proxy")
		}
		if err := stop(); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(log.String(), "secretword"); got != queries {
			t.Errorf("log with queries %t:\n%s", queries, log.String())
		}
		if strings.Count(log.String(), `"request":"from-a-proxy"`) != 4 || !strings.Contains(log.String(), `"kind":"search"`) {
			t.Errorf("log:\n%s", log.String())
		}
	}
}

func TestSlowRequestsAreLogged(t *testing.T) {
	var log lines
	url, stop := start(t, &Options{Log: slog.New(slog.NewJSONHandler(&log, nil)), Slow: time.Nanosecond})
	get(t, http.DefaultClient, url+"/api/v1/search?q=oil", idHeader, "bad id\x7f"[:3])
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(log.String(), `"msg":"slow request"`) {
		t.Error(log.String())
	}
}

// A handler that fails is answered for, and the server goes on.
func TestHandlerThatFails(t *testing.T) {
	var log lines
	url, _ := start(t, &Options{Log: slog.New(slog.NewJSONHandler(&log, nil)), MCP: http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("a bug") })})
	res, body := get(t, http.DefaultClient, url+"/mcp")
	if res.StatusCode != http.StatusInternalServerError || strings.Contains(body, "a bug") || !strings.Contains(log.String(), "a bug") {
		t.Errorf("%s %s\n%s", res.Status, body, log.String())
	}
	get(t, http.DefaultClient, url+"/livez")
}

func TestToken(t *testing.T) {
	const token = "0123456789abcdef"
	url, _ := start(t, &Options{Token: token})
	for _, tt := range []struct {
		path, header string
		status       int
	}{
		{"/api/v1/search?q=oil", "", 401},
		{"/api/v1/search?q=oil", "Bearer " + token, 200},
		{"/api/v1/search?q=oil", "bearer  " + token, 200},
		{"/api/v1/search?q=oil", "Bearer " + token + "x", 401},
		{"/api/v1/search?q=oil", "Bearer", 401},
		{"/api/v1/search?q=oil", "Basic " + token, 401},
		{"/metrics", "", 401},
		{"/version", "", 401},
		{"/nothing", "", 401},
		{"/livez", "", 200},
		{"/readyz", "", 200},
	} {
		if res, body := get(t, http.DefaultClient, url+tt.path, "Authorization", tt.header); res.StatusCode != tt.status {
			t.Errorf("%s with %q: %s %s", tt.path, tt.header, res.Status, body)
		}
	}
	if _, err := Handler(&Options{Index: newIndex(t), Token: "short"}); err == nil || !strings.Contains(err.Error(), "16") {
		t.Errorf("a short token: %v", err)
	}
}

func TestPprofIsForThisMachine(t *testing.T) {
	err := Run(t.Context(), &Options{Index: newIndex(t), Addr: "127.0.0.1:0", Pprof: "0.0.0.0:0"})
	if err == nil || !strings.Contains(err.Error(), "this machine alone") {
		t.Error(err)
	}
}

func TestAddressThatIsTaken(t *testing.T) {
	url, _ := start(t, &Options{})
	err := Run(t.Context(), &Options{Index: newIndex(t), Addr: strings.TrimPrefix(url, "http://")})
	if err == nil || errors.Is(err, http.ErrServerClosed) {
		t.Error(err)
	}
}

// Who gives up a request takes nothing of the server any more.
func TestRequestsThatAreGivenUp(t *testing.T) {
	s, err := newService(&Options{Index: newIndex(t)})
	if err != nil {
		t.Fatal(err)
	}
	h := s.handler()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, path := range []string{"/api/v1/search?q=oil", "/?q=oil", "/api/v1/search?q=oil&format=csv"} {
		r := httptest.NewRequestWithContext(ctx, http.MethodGet, path, nil)
		r.Host = "localhost"
		h.ServeHTTP(httptest.NewRecorder(), r) // and returns
	}
	if s.turns.Running() != 0 || s.turns.Waiting() != 0 {
		t.Errorf("%d run and %d wait", s.turns.Running(), s.turns.Waiting())
	}
}
