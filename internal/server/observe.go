package server

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/newsq/newsq/internal/server/guard"
	"github.com/newsq/newsq/internal/server/problem"
)

// idHeader names a request, in its answer and in the log. What stands before the server may
// give the name.
const idHeader = "X-Request-ID"

// observe counts requests and logs them, and answers for handlers that fail.
func (s *service) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := r.Header.Get(idHeader)
		if !isID(id) {
			id = rand.Text()[:16]
			r.Header.Set(idHeader, id)
		}
		w.Header().Set(idHeader, id)
		out := &recorder{ResponseWriter: w, status: http.StatusOK}
		if r.Body == nil || r.Body == http.NoBody {
			// The bound of reading is over: else it would end a stream.
			_ = http.NewResponseController(w).SetReadDeadline(time.Time{})
		}
		started := time.Now()
		defer func() {
			failed := recover()
			if failed != nil && failed != http.ErrAbortHandler {
				s.log.Error("a handler failed", "request", id, "error", fmt.Sprint(failed), "stack", string(debug.Stack()))
				if !out.begun {
					problem.New(problem.Internal, "the server failed to answer; its log says why", "").Write(out, r)
					failed = nil
				}
			}
			s.done(r, out, time.Since(started))
			if failed != nil {
				panic(http.ErrAbortHandler) //house:allow net/http has no other way to cut an answer off so that the other side sees it
			}
		}()
		next.ServeHTTP(out, r)
	})
}

// isID reports whether a name that was given to a request is fit for a log.
func isID(s string) bool {
	return s != "" && len(s) <= 64 && !strings.ContainsFunc(s, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != '_' && r != '.'
	})
}

// done counts and logs a request that was answered. What was asked for is only logged where
// that was asked for: queries say what somebody works on.
func (s *service) done(r *http.Request, out *recorder, took time.Duration) {
	kind := kindOf(r.URL.Path)
	s.requests.Add(kind, out.status, took)
	slow := s.Slow > 0 && took >= s.Slow
	if !slow && !s.LogRequests {
		return
	}
	from, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		from = r.RemoteAddr
	}
	attrs := []any{
		"request", r.Header.Get(idHeader), "kind", kind, "method", method(r), "status", out.status,
		"took_ms", float64(took.Microseconds()) / 1000, "bytes", out.bytes, "from", from,
	}
	if s.LogQueries {
		attrs = append(attrs, "address", guard.WithoutKey(r.URL))
	}
	if slow {
		s.log.Warn("slow request", attrs...)
		return
	}
	s.log.Info("request", attrs...)
}

// method returns the method of a request, of which anybody may make up one.
func method(r *http.Request) string {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions, http.MethodPatch:
		return r.Method
	}
	return "other"
}

// report counts the queries that were refused, and logs what is the server's fault.
func (s *service) report(r *http.Request, err error) {
	p := problem.Of(err)
	if p.Status < http.StatusInternalServerError {
		s.requests.Refuse(p.Kind())
		return
	}
	if errors.Is(err, context.Canceled) || p.Type == problem.Busy { // shed ones are counted
		return
	}
	cause := error(p)
	if inner := errors.Unwrap(p); inner != nil {
		cause = inner
	}
	s.log.Error("a request failed", "request", r.Header.Get(idHeader), "kind", kindOf(r.URL.Path), "error", cause.Error())
}

// recorder remembers what was answered.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
	begun  bool
}

func (w *recorder) WriteHeader(status int) {
	if !w.begun && status >= 200 {
		w.status, w.begun = status, true
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *recorder) Write(p []byte) (int, error) {
	w.begun = true
	n, err := w.ResponseWriter.Write(p)
	w.bytes += int64(n)
	return n, err
}

// Flush implements http.Flusher, for those who look for it.
func (w *recorder) Flush() { _ = http.NewResponseController(w.ResponseWriter).Flush() }

// Unwrap is for http.ResponseController.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }
