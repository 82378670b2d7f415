package page

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
	"github.com/newsq/newsq/internal/server/ask"
	"github.com/newsq/newsq/internal/server/problem"
)

// problemView says what went wrong, and what to do.
type problemView struct {
	Heading, Detail, Hint string
	// The query at the place of what is wrong.
	Before, At, After string
	Mends             []note
	Articles          []choice // that were likely meant
	Syntax            bool     // the query can't be read
	Request           string   // its name in the log of the server, where that says more
}

// headings are the titles of problems in words of a reader.
func heading(p *problem.Problem) string {
	switch p.Type {
	case problem.Syntax:
		return "This query cannot be read"
	case problem.NotFound:
		return "Not found"
	case problem.Query, problem.TooBroad, problem.NoVectors:
		return "This query cannot be answered"
	case problem.Parameter:
		return "The address is wrong"
	}
	return sentenceStart(p.Title)
}

// fail answers with what went wrong.
func (p *page) fail(w http.ResponseWriter, r *http.Request, request *ask.Request, err error) {
	found := problem.Of(err)
	if p.Report != nil {
		p.Report(r, found)
	}
	v := &problemView{
		Heading: heading(found), Detail: sentence(found.Detail), Hint: sentence(found.Hint),
		Syntax: found.Type == problem.Syntax,
	}
	if found.Status >= http.StatusInternalServerError {
		v.Request = w.Header().Get("X-Request-ID")
	}
	for _, id := range found.IDs {
		title := id
		if a, err := p.Index.Get(r.Context(), id); err == nil {
			title = titleOf(&a) + " (" + id + ")"
		}
		v.Articles = append(v.Articles, choice{Label: title, Href: articleAddress(id, *request)})
	}
	switch found.Type {
	case problem.Syntax:
		// Detail is a sentence for a line of a terminal, which has the hint and the column.
		var syntax *index.SyntaxError
		if errors.As(err, &syntax) {
			v.Detail = fmt.Sprintf("Column %d: %s.", syntax.Column(), syntax.Msg)
			v.Hint = sentence(syntax.Hint)
		}
		text := found.Query
		v.Before, v.At, v.After = text[:found.Place.Start], text[found.Place.Start:found.Place.End], text[found.Place.End:]
		v.Mends = p.mends(r.Context(), request, syntax)
	case problem.Parameter:
		if found.Parameter == "" {
			break
		}
		if c := withoutParameter(r.URL.RawQuery, found.Parameter); c != nil {
			v.Mends = []note{{Text: "Go on", Href: r.URL.EscapedPath() + encode(c), Link: "without it"}}
		}
	case problem.NotFound:
		v.Hint = ""
	case problem.Query:
		if request.Cursor != "" {
			v.Mends = []note{{Text: "Begin at the", Href: firstAddress(request), Link: "first page"}}
		}
	case problem.NoVectors:
		c := request.Clone()
		c.Rank, c.Cursor = index.RankDefault, ""
		v.Mends = []note{{Text: "Go on", Href: searchAddress(c), Link: "by words alone"}}
		v.Hint = ""
	}
	if found.Status == http.StatusServiceUnavailable && w.Header().Get("Retry-After") == "" {
		w.Header().Set("Retry-After", "2")
	}
	view := newView(v.Heading+" – newsq", request)
	view.Problem = v
	p.write(w, r, found.Status, view)
}

// withoutParameter returns the parameters of an address without one of them; nil where the
// rest can't be read either.
func withoutParameter(rawQuery, name string) *ask.Request {
	var kept []string
	for part := range strings.SplitSeq(rawQuery, "&") {
		if given, _, _ := strings.Cut(part, "="); given != name {
			kept = append(kept, part)
		}
	}
	c, err := ask.Read(strings.Join(kept, "&"), ask.Search())
	if err != nil {
		return nil
	}
	return &c
}

// mends returns what to search for instead of a query that can't be read, with what it
// finds: the query with the field that was likely meant, or else as it is read when
// everything is taken for a query.
func (p *page) mends(ctx context.Context, r *ask.Request, e *index.SyntaxError) []note {
	q := r.Query(p.Zone)
	q.Lenient, q.Cursor = true, ""
	named, ok := withField(e)
	if ok {
		q.Text = named
	}
	a, err := p.Index.Analyze(ctx, q)
	if err != nil || a.Query == "" || a.Query == r.Text {
		return nil
	}
	c := r.Clone()
	if c.Cursor, c.Text = "", a.Query; ok {
		c.Text = named
	}
	return []note{{
		Text: "Search for", Href: searchAddress(c), Link: c.Text, Behind: ", which finds " + render.Count(a.Articles, "article", "articles") + ".",
		Proposal: true,
	}}
}

// withField returns a query with the name of a field that the hint of its error proposes.
func withField(e *index.SyntaxError) (string, bool) {
	if e == nil {
		return "", false
	}
	_, name, ok := strings.Cut(e.Hint, "did you mean ")
	name, _, known := strings.Cut(name, ":?")
	colon := strings.IndexByte(e.Text[e.Offset:], ':')
	if !ok || !known || colon < 0 || strings.Contains(name, " ") {
		return "", false
	}
	return e.Text[:e.Offset] + name + e.Text[e.Offset+colon:], true
}

// sentenceStart begins with a capital.
func sentenceStart(s string) string { return strings.TrimSuffix(sentence(s), ".") }

// maxClip bounds what a page repeats of an address, in bytes.
const maxClip = 100
