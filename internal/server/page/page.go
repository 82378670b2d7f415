// Package page is the page of newsq serve for people: a search with its facets and dates at
// /, and an article at /a/ID.
//
// It is made on the server and needs no script; what a script adds is comfort: keys,
// completion, dragging. The address holds the whole state of a search, as package ask
// writes it. What an article says reaches the page through html/template alone.
package page

import (
	"bytes"
	"context"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/config"
	"github.com/newsq/newsq/internal/server/ask"
	"github.com/newsq/newsq/internal/server/guard"
	"github.com/newsq/newsq/internal/server/problem"
)

// Options say what is shown, and how.
type Options struct {
	Index *index.Index
	// Zone is where days are meant unless a request says otherwise; nil is the system's.
	Zone *time.Location
	// ShowPaths tells where articles lie on the disk of the server.
	ShowPaths bool
	// Take takes a turn for what works the processor, and returns what gives it back; nil
	// for as many at once as ask.
	Take func(ctx context.Context) (release func(), err error)
	// FeedKey returns the key to the feed at a path, for readers that send no token; nil
	// where none is needed.
	FeedKey func(path string) string
	// Report is told what went wrong with a request; may be nil.
	Report func(r *http.Request, err error)
}

// ArticleRoot is what the address of an article begins with; its id follows.
const ArticleRoot = "/a/"

// SavedRoot is what the address of a saved search begins with; its name follows.
const SavedRoot = "/saved/"

// page holds the handlers.
type page struct{ Options }

// New returns the handler of the page: of / and of whatever no other handler takes.
func New(o Options) http.Handler {
	p := &page{o}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", p.inTurn(ask.Search(), p.search))
	mux.HandleFunc("GET "+ArticleRoot+"{id...}", p.inTurn(ask.Search(), p.article))
	mux.HandleFunc("GET "+savedPath, p.inTurn(nil, p.saved))
	savedSearch := p.inTurn(nil, p.savedSearch)
	mux.HandleFunc("GET "+SavedRoot+"{name}", func(w http.ResponseWriter, r *http.Request) {
		if name, ok := strings.CutSuffix(r.PathValue("name"), guard.FeedEnding); ok {
			p.feed(w, r, name)
			return
		}
		savedSearch(w, r)
	})
	mux.HandleFunc("/", p.nothingHere)
	return guard.Compressed(mux)
}

// inTurn answers a request that may have these parameters when it is its turn.
func (p *page) inTurn(parameters []ask.Parameter, next func(http.ResponseWriter, *http.Request, *ask.Request)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		request, err := ask.Read(r.URL.RawQuery, parameters)
		if err == nil && p.Take != nil {
			var release func()
			if release, err = p.Take(r.Context()); err == nil {
				defer release()
			}
		}
		if err != nil {
			p.fail(w, r, &request, err)
			return
		}
		next(w, r, &request)
	}
}

// view is what the templates are given: a frame, and one of what it can hold.
type view struct {
	Title  string // of the window
	Style  template.HTML
	Script template.HTML
	Icon   template.URL
	Query  string // in the search box
	Kept   []pair // what the form of the search box keeps of the address

	Feed      string // the address of the feed of what is shown
	FeedTitle string

	Start   *startView
	Saved   *savedView
	Results *resultsView
	Article *articleView
	Problem *problemView
}

// pair is a parameter of an address.
type pair struct{ Name, Value string }

// newView returns the frame of a page about a request.
func newView(title string, r *ask.Request) *view {
	v := &view{Title: title, Query: r.Text}
	kept := r.Clone()
	kept.Text, kept.Cursor = "", ""
	v.Kept = pairs(&kept)
	return v
}

// pairs returns the parameters of a request, in the order of addresses.
func pairs(r *ask.Request) []pair {
	var list []pair
	values := r.Values()
	for _, p := range ask.Search() {
		for _, value := range values[p.Name] {
			list = append(list, pair{p.Name, value})
		}
	}
	return list
}

// searchAddress is the address of a search.
func searchAddress(r ask.Request) string { return "/" + encode(&r) }

// encode returns ? and the parameters of a request; empty where all have their default.
func encode(r *ask.Request) string {
	q := r.Encode()
	if q == "" {
		return ""
	}
	return "?" + strings.ReplaceAll(q, "+", "%20") // which stays as it is in HTML
}

// articleAddress is the address of an article that a search has found, without the place
// in its list.
func articleAddress(id string, r ask.Request) string {
	r.Cursor = ""
	return ArticleRoot + url.PathEscape(id) + encode(&r)
}

// write answers with a page.
func (p *page) write(w http.ResponseWriter, r *http.Request, status int, v *view) {
	a := assets()
	v.Style, v.Script, v.Icon = a.style, a.script, a.icon
	var b bytes.Buffer
	if err := a.templates.ExecuteTemplate(&b, "page", v); err != nil {
		http.Error(w, "the page could not be made", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", a.policy)
	h.Set("Cache-Control", "no-cache")
	h.Set("Content-Length", strconv.Itoa(b.Len()))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(b.Bytes()) // who asked is gone where it fails
	}
}

// nothingHere answers what no handler takes; programs, as those of package api do.
func (p *page) nothingHere(w http.ResponseWriter, r *http.Request) {
	if !strings.Contains(r.Header.Get("Accept"), "text/html") {
		problem.NoSuchAddress(w, r)
		return
	}
	request := ask.New()
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		p.fail(w, r, &request, problem.New(problem.Method, fmt.Sprintf("the page is read with GET, not with %q", config.Clip(r.Method, maxClip)), ""))
		return
	}
	p.fail(w, r, &request, problem.New(problem.NotFound, fmt.Sprintf("there is nothing at %q", config.Clip(r.URL.Path, maxClip)), ""))
}
