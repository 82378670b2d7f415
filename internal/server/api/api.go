// Package api answers programs over HTTP, under /api/v1. Its JSON is that of package wire,
// which is the command line's; what goes wrong is a problem of RFC 9457.
package api

import (
	"net/http"
	"time"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/server/ask"
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
}

// api holds the handlers.
type api struct{ Options }

// New returns the handler of everything under /api/v1/.
func New(o Options) http.Handler {
	a := &api{o}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/v1/search", a.search)
	mux.HandleFunc("/", problem.NoSuchAddress)
	return mux
}

func (a *api) search(w http.ResponseWriter, r *http.Request) {
	request, err := ask.Read(r.URL.RawQuery, ask.Search())
	if err != nil {
		problem.Of(err).Write(w, r)
		return
	}
	res, err := a.Index.Search(r.Context(), request.Query(a.Zone))
	if err != nil {
		problem.Of(err).Write(w, r)
		return
	}
	if !a.ShowPaths {
		hidePaths(res)
	}
	w.Header().Set("Content-Type", "application/json")
	_ = wire.Write(w, wire.NewResults(request.Text, res)) // who asked is gone where it fails
}

// hidePaths takes away where articles lie on the disk of the server.
func hidePaths(res *index.Results) {
	for _, hits := range [][]index.Hit{res.Hits, res.Near} {
		for i := range hits {
			hits[i].Article.Path = ""
		}
	}
}
