package page

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/server/ask"
	"github.com/newsq/newsq/internal/server/atom"
	"github.com/newsq/newsq/internal/server/guard"
	"github.com/newsq/newsq/internal/server/problem"
)

// maxFeed is the most entries of a feed. Who asks for it once an hour misses none as long
// as no more come in within the hour; newsq new has all of them.
const maxFeed = 50

// feedAddress is the address of the feed of a saved search, with what opens it.
func (p *page) feedAddress(name string) string {
	address := SavedRoot + url.PathEscape(name) + guard.FeedEnding
	if p.FeedKey != nil {
		address += "?" + guard.FeedParameter + "=" + p.FeedKey(SavedRoot+name+guard.FeedEnding)
	}
	return address
}

// feed answers /saved/NAME.atom. Its tag is the sum of what it says. A date in
// If-Modified-Since has no effect: when an article became visible is not what it says of
// itself, so that one could be missed.
func (p *page) feed(w http.ResponseWriter, r *http.Request, name string) {
	body, updated, err := p.newFeed(r, name)
	if err != nil {
		found := problem.Of(err)
		if p.Report != nil {
			p.Report(r, found)
		}
		found.Write(w, r)
		return
	}
	h := w.Header()
	tag := fmt.Sprintf(`W/"%x"`, sha256.Sum256(body))
	h.Set("ETag", tag)
	h.Set("Last-Modified", updated.UTC().Format(http.TimeFormat))
	h.Set("Cache-Control", "no-cache") // ask each time, with the tag
	if guard.Matches(r.Header.Get("If-None-Match"), tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", atom.ContentType+"; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // who asked is gone where it fails
	}
}

// newFeed returns the feed of a saved search, and when it changed last.
func (p *page) newFeed(r *http.Request, name string) ([]byte, time.Time, error) {
	for parameter := range r.URL.Query() {
		if parameter != guard.FeedParameter {
			return nil, time.Time{}, &ask.Error{Parameter: parameter, Msg: "is no parameter of a feed"}
		}
	}
	if p.Take != nil {
		release, err := p.Take(r.Context())
		if err != nil {
			return nil, time.Time{}, err
		}
		defer release()
	}
	s, err := p.savedNamed(r.Context(), name)
	if err != nil {
		return nil, time.Time{}, err
	}
	base := "http://" + r.Host // which package guard has found to be a name of this server
	if r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" {
		base = "https://" + r.Host
	}
	q := s.Query()
	q.Limit, q.Passages, q.Copies, q.NoNear, q.Location = maxFeed, 1, index.AllCopies, true, p.Zone
	res, err := p.Index.Search(r.Context(), q)
	if err != nil {
		return nil, time.Time{}, err
	}
	f := &atom.Feed{
		// A search that is saved anew is another one, and so is its feed.
		ID: atom.URN("saved search", s.Name, s.Saved.UTC().Format(time.RFC3339)), Title: s.Name, Subtitle: s.Text,
		Author: atom.Person{Name: "newsq"}, Generator: "newsq",
		Links: []atom.Link{
			{Rel: "self", Type: atom.ContentType, Href: base + p.feedAddress(s.Name)},
			{Rel: "alternate", Type: "text/html", Href: base + savedAddress(&s)},
		},
	}
	request, updated := ask.Saved(&s), s.Saved
	if len(encode(&request)) > longState { // each entry would repeat it
		request = ask.New()
	}
	for i := range res.Hits {
		at := changed(res.Hits[i].Article, &s)
		if at.After(updated) {
			updated = at
		}
		f.Entries = append(f.Entries, p.entry(&res.Hits[i], &request, base, at))
	}
	f.Updated = atom.Time(updated)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		return nil, time.Time{}, err
	}
	return b.Bytes(), updated, nil
}

// changed returns when an article came into the index, could be seen, or was changed by
// its source, whichever was last. Where none is known, it is when the search was saved:
// the article was there before.
func changed(a *corpus.Article, s *index.SavedSearch) time.Time {
	at, now := a.Added, time.Now()
	later := func(t time.Time) {
		if t.After(at) && !t.After(now) {
			at = t
		}
	}
	later(a.Updated)
	if a.Handling != nil {
		later(a.Handling.EmbargoedUntil)
	}
	if at.IsZero() {
		return s.Saved
	}
	return at
}

// entry returns the entry of an article. Its id is the article's, in all feeds.
func (p *page) entry(h *index.Hit, request *ask.Request, base string, changed time.Time) atom.Entry {
	a := h.Article
	e := atom.Entry{
		Lang: a.Language, ID: atom.URN("article", a.ID), Title: titleOf(a), Updated: atom.Time(changed),
		Links: []atom.Link{{Rel: "alternate", Type: "text/html", Href: base + articleAddress(a.ID, *request)}},
	}
	if !a.Published.IsZero() {
		at := atom.Time(a.Published)
		e.Published = &at
	}
	if address := originalAddress(a.URL, ""); address != "" {
		e.Links = append(e.Links, atom.Link{Rel: "via", Href: address, Title: "The original at " + hostOf(address)})
	}
	for _, name := range a.Authors {
		e.Authors = append(e.Authors, atom.Person{Name: name})
	}
	if a.Source != "" {
		e.Source = &atom.Source{Title: a.Source}
		if len(e.Authors) == 0 {
			e.Authors = []atom.Person{{Name: a.Source}}
		}
	}
	for _, path := range a.TopicPaths() {
		e.Categories = append(e.Categories, atom.Category{Term: path, Label: topicName(path)})
	}
	e.Summary = summary(h)
	return e
}

// summary returns the passage of a hit with what the search looks for in bold letters; the
// article's own summary where there is none; nil for neither.
func summary(h *index.Hit) *atom.Text {
	var b strings.Builder
	b.WriteString("<p>")
	switch {
	case len(h.Snippets) > 0:
		for _, piece := range pieces(h.Snippets[0].Text, h.Snippets[0].Matches) {
			text := html.EscapeString(piece.Text)
			if piece.Mark {
				text = "<b>" + text + "</b>"
			}
			b.WriteString(text)
		}
	case h.Article.Summary != "":
		b.WriteString(html.EscapeString(h.Article.Summary))
	default:
		return nil
	}
	b.WriteString("</p>")
	return &atom.Text{Type: "html", Body: b.String()}
}

// savedNamed returns the saved search of a name that can be asked. What stands in the way
// is a problem.
func (p *page) savedNamed(ctx context.Context, name string) (index.SavedSearch, error) {
	s, err := p.Index.SavedNamed(ctx, name)
	if err == nil && s.Err != nil {
		err = s.Err
	}
	return s, problem.OfSaved(name, err)
}
