package server

import (
	"cmp"
	"context"
	"io"
	"log/slog"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/server/api"
	"github.com/newsq/newsq/internal/server/figures"
	"github.com/newsq/newsq/internal/server/guard"
	"github.com/newsq/newsq/internal/server/metrics"
	"github.com/newsq/newsq/internal/server/page"
)

// service is what the handlers share.
type service struct {
	*Options
	log      *slog.Logger
	token    *guard.Token // nil for none
	turns    *guard.Turns
	requests metrics.Requests
	figures  *figures.Figures
	stopping atomic.Bool
}

// How long a search waits for its turn, and how many may wait.
const (
	turnWait   = 10 * time.Second
	maxWaiting = 1000
)

func newService(o *Options) (*service, error) {
	s := &service{Options: o, log: o.Log, figures: &figures.Figures{Index: o.Index}}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	// One search keeps a processor busy. One more than there are has the next at hand when
	// one ends.
	s.turns = guard.NewTurns(cmp.Or(o.Searches, runtime.GOMAXPROCS(0)+1), maxWaiting, turnWait)
	if o.Token != "" {
		var err error
		if s.token, err = guard.NewToken(o.Token); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// Handler returns what answers the requests.
func Handler(o *Options) (http.Handler, error) {
	s, err := newService(o)
	if err != nil {
		return nil, err
	}
	return s.handler(), nil
}

// handler returns the chain: each request is counted and logged, whatever becomes of it,
// and passes the guards before it reaches what answers it.
func (s *service) handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle(api.Root, api.New(api.Options{
		Index: s.Index, Zone: s.Zone, ShowPaths: s.ShowPaths, Version: s.Version, Take: s.turns.Take, Report: s.report, Figures: s.figures,
	}))
	if s.MCP != nil {
		mux.Handle("/mcp", s.MCP)
	}
	mux.HandleFunc("GET /livez", func(w http.ResponseWriter, _ *http.Request) { writeText(w, http.StatusOK, "ok\n") })
	mux.HandleFunc("GET /readyz", s.ready)
	mux.HandleFunc("GET /version", func(w http.ResponseWriter, _ *http.Request) { writeText(w, http.StatusOK, s.VersionLine) })
	mux.HandleFunc("GET /metrics", s.metrics)
	pages := page.Options{Index: s.Index, Zone: s.Zone, ShowPaths: s.ShowPaths, Take: s.turns.Take, Report: s.report}
	if s.token != nil {
		pages.FeedKey = s.token.FeedKey
	}
	mux.Handle("/", page.New(pages))
	var h http.Handler = mux
	if s.token != nil {
		h = s.token.Handler(h, "/livez", "/readyz")
	}
	h = guard.SameOrigin(h)
	h = guard.Bounds(h)
	h = guard.Hosts(append([]string{s.Addr}, s.Names...), h)
	return s.observe(guard.Headers(h))
}

// kindOf returns what a request is for, in one of a few words.
func kindOf(path string) string {
	if rest, ok := strings.CutPrefix(path, api.Root); ok {
		return api.KindOf(rest)
	}
	switch path {
	case "/":
		return "page"
	case "/mcp", "/livez", "/readyz", "/version", "/metrics", "/login":
		return path[1:]
	}
	if strings.HasPrefix(path, page.SavedRoot) && strings.HasSuffix(path, guard.FeedEnding) {
		return "feed"
	}
	if strings.HasPrefix(path, page.ArticleRoot) || strings.HasPrefix(path+"/", page.SavedRoot) {
		return "page"
	}
	return "other"
}

func writeText(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text) // who asked is gone where it fails
}

// ready says whether requests can be answered now.
func (s *service) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 5*time.Second)
	defer cancel()
	_, err := s.Index.State(ctx)
	switch {
	case s.stopping.Load():
		writeText(w, http.StatusServiceUnavailable, "stopping\n")
	case err != nil:
		s.log.Error("the index can't be read", "error", err.Error())
		writeText(w, http.StatusServiceUnavailable, "the index can't be read; the log says why\n")
	default:
		writeText(w, http.StatusOK, "ok\n")
	}
}

// metrics answers Prometheus.
func (s *service) metrics(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", metrics.ContentType)
	w.Header().Set("Cache-Control", "no-store")
	_ = s.requests.Write(w, s.values(r.Context()))
}

// values are the figures beside requests. What can't be told is left out.
func (s *service) values(ctx context.Context) []metrics.Value {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	up := 0.0
	var values []metrics.Value
	state, err := s.Index.State(ctx)
	if err == nil {
		up = 1
		values = append(values,
			metrics.Value{Name: "newsq_index_generation", Help: "The generation of the index that is answered from.", Value: float64(state.Generation)},
			metrics.Value{Name: "newsq_index_articles", Help: "Articles in the index, without those under embargo.", Value: float64(state.Articles)})
	}
	values = append(values,
		metrics.Value{Name: "newsq_index_readable", Help: "1 if the index can be read.", Value: up},
		metrics.Value{Name: "newsq_searches_shed_total", Help: "Searches that were told to come again, as too many waited.", Counter: true, Value: float64(s.turns.Shed())},
		metrics.Value{Name: "newsq_searches_running", Help: "Searches that run.", Value: float64(s.turns.Running())},
		metrics.Value{Name: "newsq_searches_waiting", Help: "Searches that wait for their turn.", Value: float64(s.turns.Waiting())})
	if n := residentMemory(); n > 0 {
		values = append(values, metrics.Value{Name: "process_resident_memory_bytes", Help: "Resident memory of the process, files that are mapped among it.", Value: float64(n)})
	}
	if took := cpuTime(); took > 0 {
		values = append(values, metrics.Value{Name: "process_cpu_seconds_total", Help: "Processor time of the process.", Counter: true, Value: took.Seconds()})
	}
	values = append(values, metrics.Value{Name: "go_goroutines", Help: "Goroutines.", Value: float64(runtime.NumGoroutine())})
	if stats, err := s.figures.Of(ctx); err == nil {
		values = append(values,
			metrics.Value{Name: "newsq_index_bytes", Help: "Bytes that the index takes where it is kept.", Value: float64(bytesOf(stats))},
			metrics.Value{Name: "newsq_index_written_timestamp_seconds", Help: "When the index was last written.", Value: seconds(stats.Written)})
	}
	if s.LastSync != nil {
		values = append(values, metrics.Value{Name: "newsq_last_sync_timestamp_seconds", Help: "When what is watched was last brought in with success; 0 for not yet.", Value: seconds(s.LastSync())})
	}
	return values
}

func bytesOf(s *index.Stats) (n int64) {
	for _, b := range s.Files {
		n += b
	}
	return n
}

func seconds(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return float64(t.UnixMilli()) / 1000
}

// residentMemory returns what the system says that the process takes, in bytes; 0 where it
// doesn't say.
func residentMemory() int64 {
	b, err := os.ReadFile("/proc/self/statm") // size and resident, in pages
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(b))
	if len(fields) < 2 {
		return 0
	}
	pages, err := strconv.ParseInt(fields[1], 10, 64)
	if err != nil {
		return 0
	}
	return pages * int64(os.Getpagesize())
}
