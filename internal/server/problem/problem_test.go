package problem

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/server/ask"
)

func TestOf(t *testing.T) {
	for _, tt := range []struct {
		err    error
		kind   string
		status int
		says   string
	}{
		{&ask.Error{Parameter: "limit", Msg: "is odd"}, Parameter, 400, "limit"},
		{&index.SyntaxError{Text: "(oil", Msg: "unclosed"}, Syntax, 400, "unclosed"},
		{fmt.Errorf("search: %w", index.ErrTooBroad), TooBroad, 422, "broad"},
		{index.ErrNoVectors, NoVectors, 422, "vectors"},
		{index.ErrNotFound, NotFound, 404, "no article"},
		{&index.EmbargoedError{ID: "secret"}, NotFound, 404, "no article of this id"},
		{&index.AmbiguousError{Prefix: "a", IDs: []string{"ab", "ac"}}, Ambiguous, 409, "begins so"},
		{&index.ReplacedError{ID: "a", By: "b"}, Replaced, 410, "b"},
		{fmt.Errorf("%w: at node", index.ErrServer), Unavailable, 503, "server"},
		{index.ErrClosed, Unavailable, 503, "stopped"},
		{context.DeadlineExceeded, TimedOut, 503, "longer"},
		{fmt.Errorf("x: %w", context.Canceled), Unavailable, 503, "given up"},
		{fmt.Errorf("%w: /srv/index/seg", index.ErrDamaged), Internal, 500, "log"},
		{&fs.PathError{Op: "open", Path: "/srv/index", Err: fs.ErrPermission}, Internal, 500, "log"},
		{errors.New("cursor is not one that a search gave"), Query, 400, "cursor"},
	} {
		p := Of(tt.err)
		if p.Type != tt.kind || p.Status != tt.status || !strings.Contains(p.Detail, tt.says) || p.Title == "" || strings.Contains(p.Detail, "/srv") || strings.Contains(p.Detail, "secret") {
			t.Errorf("%v: %+v", tt.err, p)
		}
		// A problem is one of itself, and knows what it was made of.
		if again := Of(p); again != p || !errors.Is(p, tt.err) || errors.Is(p, errors.ErrUnsupported) {
			t.Errorf("%v: %+v", tt.err, again)
		}
		w := httptest.NewRecorder()
		p.Write(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil))
		if w.Code != tt.status || w.Header().Get("Content-Type") != ContentType || (w.Header().Get("Retry-After") != "") != (tt.status == 503) {
			t.Errorf("%v: %d %v", tt.err, w.Code, w.Header())
		}
	}
}
