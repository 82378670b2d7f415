// Package problem says what went wrong with a request: a Problem is the form of RFC 9457,
// and Of makes one of an error of packages index and ask.
package problem

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/config"
	"github.com/newsq/newsq/internal/server/ask"
	"github.com/newsq/newsq/internal/wire"
)

// ContentType is the media type of a Problem.
const ContentType = "application/problem+json"

// The types of problems, which programs tell apart.
const (
	Parameter   = "urn:newsq:problem:parameter"   // a parameter that is unknown or can't be read
	Syntax      = "urn:newsq:problem:syntax"      // a query that can't be read; see Place
	Query       = "urn:newsq:problem:query"       // a query that can be read and not answered
	TooBroad    = "urn:newsq:problem:too-broad"   // a query that would take too much
	NoVectors   = "urn:newsq:problem:no-vectors"  // the index has not learned what words mean
	NotFound    = "urn:newsq:problem:not-found"   // there is no such article, or no such address
	Ambiguous   = "urn:newsq:problem:ambiguous"   // several articles have ids that begin so; see IDs
	Withdrawn   = "urn:newsq:problem:withdrawn"   // the sender of the article took it back
	Replaced    = "urn:newsq:problem:replaced"    // another article stands in the place of this one; see IDs
	Method      = "urn:newsq:problem:method"      // the address takes another method
	Body        = "urn:newsq:problem:body"        // the body is too large, or can't be read
	Forbidden   = "urn:newsq:problem:forbidden"   // the request may not come from there, or not to this name
	Token       = "urn:newsq:problem:token"       // the token is missing or wrong
	Acceptable  = "urn:newsq:problem:acceptable"  // the answer has no form that was asked for
	Busy        = "urn:newsq:problem:busy"        // too many requests wait; Retry-After says when to come again
	TimedOut    = "urn:newsq:problem:timeout"     // the answer took too long
	Unavailable = "urn:newsq:problem:unavailable" // what the index lies on failed
	Internal    = "urn:newsq:problem:internal"    // a fault of the server
)

// Problem is what went wrong.
type Problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"` // of the type, in a few words
	Status int    `json:"status"`
	Detail string `json:"detail"`         // what is wrong with this request
	Hint   string `json:"hint,omitempty"` // what to do
	// Parameter is the parameter that is wrong, and Nearest the one that was likely meant.
	Parameter string `json:"parameter,omitempty"`
	Nearest   string `json:"nearest,omitempty"`
	Query     string `json:"query,omitempty"` // that can't be read
	Place     *Place `json:"place,omitempty"` // in Query
	// IDs are those of articles that were likely meant.
	IDs []string `json:"ids,omitempty"`
	// RequestID names the request in the log of the server.
	RequestID string `json:"request_id,omitempty"`

	retryAfter bool
	cause      error
}

// Place is a part of a query: bytes from 0 on, [Start, End), and the same in characters.
type Place struct {
	Start           int `json:"start"`
	End             int `json:"end"`
	StartCharacters int `json:"start_characters"`
	EndCharacters   int `json:"end_characters"`
	// Column is the place in characters that a person sees, from 1: what combines with the
	// character before it doesn't count.
	Column int `json:"column"`
}

// titles are the titles and statuses of the types.
var titles = map[string]struct {
	title  string
	status int
}{
	Parameter:   {"a parameter is wrong", http.StatusBadRequest},
	Syntax:      {"the query cannot be read", http.StatusBadRequest},
	Query:       {"the query cannot be answered", http.StatusBadRequest},
	TooBroad:    {"the query is too broad", http.StatusUnprocessableEntity},
	NoVectors:   {"the index has not learned what words mean", http.StatusUnprocessableEntity},
	NotFound:    {"not found", http.StatusNotFound},
	Ambiguous:   {"several articles have such an id", http.StatusConflict},
	Withdrawn:   {"the article was withdrawn", http.StatusGone},
	Replaced:    {"the article was replaced", http.StatusGone},
	Method:      {"the method is not allowed here", http.StatusMethodNotAllowed},
	Body:        {"the body of the request cannot be taken", http.StatusRequestEntityTooLarge},
	Forbidden:   {"the request is not allowed", http.StatusForbidden},
	Token:       {"a token is needed", http.StatusUnauthorized},
	Acceptable:  {"there is no answer of such a type", http.StatusNotAcceptable},
	Busy:        {"the server is busy", http.StatusServiceUnavailable},
	TimedOut:    {"the answer took too long", http.StatusServiceUnavailable},
	Unavailable: {"the index cannot be reached", http.StatusServiceUnavailable},
	Internal:    {"the server failed", http.StatusInternalServerError},
}

// New returns a problem of a type, with what is wrong and what to do about it.
func New(kind, detail, hint string) *Problem {
	t := titles[kind]
	return &Problem{
		Type: kind, Title: t.title, Status: t.status, Detail: detail, Hint: hint,
		retryAfter: t.status == http.StatusServiceUnavailable,
	}
}

// Kind is the last part of the type.
func (p *Problem) Kind() string { return p.Type[strings.LastIndexByte(p.Type, ':')+1:] }

// Error is what is wrong.
func (p *Problem) Error() string { return p.Detail }

// Unwrap returns the error that the problem was made of; it may say more than those who
// ask may know.
func (p *Problem) Unwrap() error { return p.cause }

// Of returns what an error of package index or ask is to those who ask. One that is a
// Problem stays as it is.
func Of(err error) *Problem {
	var made *Problem
	if errors.As(err, &made) {
		return made
	}
	p := of(err)
	p.cause = err
	return p
}

func of(err error) *Problem {
	var (
		parameter *ask.Error
		syntax    *index.SyntaxError
		ambiguous *index.AmbiguousError
		embargoed *index.EmbargoedError
		withdrawn *index.WithdrawnError
		replaced  *index.ReplacedError
	)
	switch {
	case errors.As(err, &parameter):
		p := New(Parameter, parameter.Error(), parameter.Hint)
		p.Parameter, p.Nearest = parameter.Parameter, parameter.Nearest
		return p
	case errors.As(err, &syntax):
		p := New(Syntax, syntax.Error(), syntax.Hint)
		p.Query, p.Place = syntax.Text, place(syntax)
		return p
	case errors.As(err, &ambiguous):
		p := New(Ambiguous, "several articles have an id that begins so", "write more letters of the id")
		p.IDs = ambiguous.IDs
		return p
	case errors.Is(err, index.ErrNotFound), errors.As(err, &embargoed): // of an embargo nothing is said
		return New(NotFound, "there is no article of this id", "ids are in the hits of a search")
	case errors.As(err, &withdrawn):
		return New(Withdrawn, withdrawn.Error(), "")
	case errors.As(err, &replaced):
		p := New(Replaced, replaced.Error(), "ask for the article that stands in its place")
		p.IDs = []string{replaced.By}
		return p
	case errors.Is(err, index.ErrTooBroad):
		return New(TooBroad, err.Error(), "write more letters beside each * or ~, or fewer terms")
	case errors.Is(err, index.ErrNoVectors):
		return New(NoVectors, err.Error(), "leave rank=blend out, or have the index learn:  newsq learn")
	}
	return ofSystem(err)
}

// ofSystem returns what an error is that is none of those who ask. What such an error says
// may name folders of the server, and is for its log.
func ofSystem(err error) *Problem {
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return New(TimedOut, "the answer took longer than the server allows", "ask for less, or narrow the query by dates or topics")
	case errors.Is(err, context.Canceled):
		return New(Unavailable, "the request was given up", "")
	case errors.Is(err, index.ErrServer), errors.Is(err, index.ErrSnapshotGone):
		return New(Unavailable, "a server that the index lies on failed", "ask again in a while")
	case errors.Is(err, index.ErrClosed):
		return New(Unavailable, "the server is being stopped", "ask again in a while")
	}
	var path *fs.PathError
	if !errors.Is(err, index.ErrDamaged) && !errors.Is(err, index.ErrSavedFile) && !errors.As(err, &path) {
		return New(Query, err.Error(), "") // the rest tells what is wrong with the query
	}
	return New(Internal, "the server failed to answer; its log says why", "")
}

// place returns the place of a syntax error: the word that begins there, or a character.
func place(e *index.SyntaxError) *Place {
	start := max(0, min(e.Offset, len(e.Text)))
	rest := e.Text[start:]
	n := strings.IndexFunc(rest, unicode.IsSpace)
	if n < 0 {
		n = len(rest)
	}
	if n == 0 && rest != "" {
		_, n = utf8.DecodeRuneInString(rest)
	}
	before := utf8.RuneCountInString(e.Text[:start])
	return &Place{
		Start: start, End: start + n,
		StartCharacters: before, EndCharacters: before + utf8.RuneCountInString(rest[:n]), Column: e.Column(),
	}
}

// retrySeconds is when one may come again who was sent away.
const retrySeconds = "2"

// Write answers a request with the problem.
func (p *Problem) Write(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	for _, name := range []string{"ETag", "Last-Modified", "Content-Disposition"} { // of the answer that it isn't
		h.Del(name)
	}
	h.Set("Content-Type", ContentType)
	h.Set("Cache-Control", "no-store")
	if p.retryAfter && h.Get("Retry-After") == "" {
		h.Set("Retry-After", retrySeconds)
	}
	out := *p
	out.RequestID = h.Get("X-Request-ID")
	w.WriteHeader(p.Status)
	if r.Method != http.MethodHead {
		_ = wire.Write(w, &out) // who asked is gone where it fails
	}
}

// NoSuchAddress answers what no handler takes.
func NoSuchAddress(w http.ResponseWriter, r *http.Request) {
	New(NotFound, fmt.Sprintf("there is nothing at %q", config.Clip(r.URL.Path, maxClip)), "what there is:  /api/v1/openapi.json").Write(w, r)
}

// maxClip bounds what an answer repeats of what was asked, in bytes.
const maxClip = 100
