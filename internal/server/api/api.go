// Package api answers programs over HTTP, under /api/v1. Its JSON is that of package wire,
// which is the command line's; what goes wrong is a problem of RFC 9457.
//
// An answer has a tag of what it depends on: the state of the index, the day where it may
// be of dates that are counted from today, and the version of newsq. Who asks again with
// the tag is told that nothing changed, without a search.
package api

import (
	"context"
	"iter"
	"net/http"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/server/ask"
	"github.com/newsq/newsq/internal/server/figures"
	"github.com/newsq/newsq/internal/server/guard"
	"github.com/newsq/newsq/internal/server/problem"
	"github.com/newsq/newsq/internal/wire"
)

// Options say what is answered from, and how.
type Options struct {
	Index *index.Index
	// Zone is where days are meant unless a request says otherwise; nil is the system's.
	Zone *time.Location
	// ShowPaths tells where articles lie on the disk of the server.
	ShowPaths bool
	// Version is that of the program. Tags of answers depend on it.
	Version string
	// SearchTime is how long an answer may take; 0 means 20 s. StreamTime bounds a
	// stream of all hits; 0 means half an hour.
	SearchTime, StreamTime time.Duration
	// Take takes a turn for what works the processor, and returns what gives it back. The
	// error is a problem that is answered instead. nil lets all of them run at once.
	Take func(ctx context.Context) (release func(), err error)
	// Report is told what went wrong with a request; may be nil. A *problem.Problem is
	// what was answered; it wraps what it was made of.
	Report func(r *http.Request, err error)
	// Figures are those of Index; nil means that they are counted for this handler alone.
	Figures *figures.Figures
}

// Root is what the addresses of the interface begin with.
const Root = "/api/v1/"

// api holds the handlers.
type api struct {
	Options
	salt func() uint64 // of tags
	// streams holds the streams that are read: each keeps a generation of the index open.
	streams chan struct{}
	// all is Index.All; tests put another one in its place.
	all func(context.Context, index.Query) iter.Seq2[index.Hit, error]
}

// call is a request that was read.
type call struct {
	http *http.Request
	ask  ask.Request
	id   string // of the article in its address; empty for none
	name string // of the saved search; likewise
}

// New returns the handler of everything under Root.
func New(o Options) http.Handler { return newAPI(o).handler() }

func newAPI(o Options) *api {
	if o.SearchTime == 0 {
		o.SearchTime = 20 * time.Second
	}
	if o.StreamTime == 0 {
		o.StreamTime = 30 * time.Minute
	}
	if o.Figures == nil {
		o.Figures = &figures.Figures{Index: o.Index}
	}
	a := &api{Options: o, streams: make(chan struct{}, maxStreams), all: o.Index.All}
	a.salt = sync.OnceValue(a.newSalt)
	return a
}

func (a *api) handler() http.Handler {
	mux := http.NewServeMux()
	for _, e := range endpoints() {
		mux.HandleFunc(Root+e.Path, func(w http.ResponseWriter, r *http.Request) { a.serve(w, r, &e) })
	}
	mux.HandleFunc(Root+"openapi.json", a.describe)
	mux.HandleFunc("/", problem.NoSuchAddress)
	return guard.Compressed(mux)
}

// describe answers with the description of the interface.
func (a *api) describe(w http.ResponseWriter, r *http.Request) {
	if err := allowed(w, r); err != nil {
		a.refuse(w, r, err)
		return
	}
	w.Header().Set("Content-Type", jsonType)
	w.Header().Set("Cache-Control", "no-cache")
	_ = wire.Write(w, described(a.Version)) // who asked is gone where it fails
}

// allowed is nil for the methods that there are.
func allowed(w http.ResponseWriter, r *http.Request) error {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return nil
	}
	w.Header().Set("Allow", "GET, HEAD")
	return problem.New(problem.Method, clip(r.Method)+" is not for this address", "use GET")
}

// maxStreams is how many streams are read at once.
const maxStreams = 8

// serve answers a request of an endpoint.
func (a *api) serve(w http.ResponseWriter, r *http.Request, e *endpoint) {
	if err := a.answer(w, r, e); err != nil {
		a.refuse(w, r, err)
	}
}

// refuse answers with what went wrong.
func (a *api) refuse(w http.ResponseWriter, r *http.Request, err error) {
	p := problem.Of(err)
	if a.Report != nil {
		a.Report(r, p)
	}
	p.Write(w, r)
}

func (a *api) answer(w http.ResponseWriter, r *http.Request, e *endpoint) error {
	h := w.Header()
	h.Add("Vary", "Accept")
	h.Set("Cache-Control", "no-cache") // ask each time, with the tag
	if err := allowed(w, r); err != nil {
		return err
	}
	request, err := ask.Read(r.URL.RawQuery, e.Parameters)
	if err != nil {
		return err
	}
	c := &call{r, request, r.PathValue("id"), r.PathValue("name")}
	if len(c.id) > maxID || !utf8.ValidString(c.id) {
		return index.ErrNotFound
	}
	form, err := e.form(r, request.Format)
	if err != nil {
		return err
	}
	if form != ask.JSON {
		return a.stream(w, c, form)
	}
	ctx, cancel := context.WithTimeout(r.Context(), a.SearchTime)
	defer cancel()
	if e.tagged {
		tag, err := a.tag(ctx, c)
		if err != nil {
			return err
		}
		if tag != "" {
			h.Set("ETag", tag)
			if guard.Matches(r.Header.Get("If-None-Match"), tag) {
				w.WriteHeader(http.StatusNotModified)
				return nil
			}
		}
	}
	if e.works && a.Take != nil {
		release, err := a.Take(ctx)
		if err != nil {
			return err
		}
		defer release()
	}
	answer, err := e.handle(a, ctx, c)
	if err != nil {
		return err
	}
	h.Set("Content-Type", jsonType)
	_ = wire.Write(w, answer) // who asked is gone where it fails
	return nil
}

// maxID bounds the id of an article in an address, in bytes.
const maxID = 1024

// clip bounds what an answer repeats of a request.
func clip(s string) string { return s[:min(len(s), 20)] }
