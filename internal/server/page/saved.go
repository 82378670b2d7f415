package page

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/dustin/go-humanize"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/config"
	"github.com/newsq/newsq/internal/render"
	"github.com/newsq/newsq/internal/server/ask"
	"github.com/newsq/newsq/internal/server/guard"
	"github.com/newsq/newsq/internal/server/problem"
	"github.com/newsq/newsq/internal/wire"
)

const savedPath = "/saved"

// savedView lists the saved searches.
type savedView struct {
	Heading  string
	Searches []savedEntry
	More     string // how many are not listed
}

// savedEntry is one of them.
type savedEntry struct {
	Name, Href, Query string
	New               string // how many articles are new; empty for none
	Feed              string // the address of its feed; empty where it can't be asked
	Problem           string // why it can't be asked
}

// maxListed is the most saved searches of a page, which takes some 500 bytes for each.
const maxListed = 1000

// savedAddress is the address of what a saved search finds. That of a name which ends as
// feeds do is the feed's, so that it has the address of its search.
func savedAddress(s *index.SavedSearch) string {
	if strings.HasSuffix(s.Name, guard.FeedEnding) {
		return searchAddress(ask.Saved(s))
	}
	return SavedRoot + url.PathEscape(s.Name)
}

// saved answers /saved.
func (p *page) saved(w http.ResponseWriter, r *http.Request, request *ask.Request) {
	list, err := p.Index.NewCounts(r.Context())
	if err != nil {
		p.fail(w, r, request, err)
		return
	}
	v := &savedView{Heading: render.Count(len(list), "saved search", "saved searches")}
	if len(list) == 0 {
		v.Heading = "There are no saved searches"
	}
	for i := range list[:min(len(list), maxListed)] {
		v.Searches = append(v.Searches, p.newSaved(&list[i]))
	}
	if n := len(list) - maxListed; n > 0 {
		v.More = "and " + render.Count(n, "more", "more") + ", which newsq saved lists"
	}
	view := newView("Saved searches – newsq", request)
	view.Kept, view.Saved = nil, v
	p.write(w, r, http.StatusOK, view)
}

// newSaved returns how a saved search is listed.
func (p *page) newSaved(c *index.SavedCount) savedEntry {
	s := &c.Search
	v := savedEntry{Name: s.Name, Query: wire.SavedQuery(s)}
	if len(v.Query) > maxListedQuery {
		v.Query = config.Clip(v.Query, maxListedQuery)
	}
	if c.Err != nil {
		v.Problem = sentence("can't be asked: " + problem.Of(c.Err).Detail)
		return v
	}
	if c.New > 0 {
		v.New = humanize.Comma(int64(c.New)) + " new"
	}
	v.Href, v.Feed = savedAddress(s), p.feedAddress(s.Name)
	return v
}

// maxListedQuery is how much of a query is listed, in bytes.
const maxListedQuery = 300

// savedSearch answers /saved/NAME: what it finds, those first that came in last.
func (p *page) savedSearch(w http.ResponseWriter, r *http.Request, request *ask.Request) {
	s, err := p.savedNamed(r.Context(), r.PathValue("name"))
	if err != nil {
		p.fail(w, r, request, err)
		return
	}
	of := ask.Saved(&s)
	q := of.Query(p.Zone)
	q.Filters = s.Filters
	p.results(w, r, &of, q, &s)
}
