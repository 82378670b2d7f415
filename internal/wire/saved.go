package wire

import (
	"strings"
	"time"

	"github.com/newsq/newsq/index"
)

// SavedSearches are what newsq saved --json prints.
type SavedSearches struct {
	Format   int           `json:"format"`
	Searches []SavedSearch `json:"searches"`
}

// SavedSearch is one of them.
type SavedSearch struct {
	Name      string        `json:"name"`
	Query     string        `json:"query"`
	Any       bool          `json:"any,omitempty"`
	NoAliases bool          `json:"no_aliases,omitempty"`
	Filters   []SavedFilter `json:"filters,omitempty"`
	Since     string        `json:"since,omitempty"`
	Until     string        `json:"until,omitempty"`
	Saved     time.Time     `json:"saved"`
	Seen      time.Time     `json:"seen,omitzero"` // of the last article told
	New       *int          `json:"new,omitempty"` // articles that came in since; of the server
	Error     string        `json:"error,omitempty"`
}

// SavedFilter is a filter of a saved search.
type SavedFilter struct {
	Facet  string   `json:"facet"`
	Values []string `json:"values"`
	Not    bool     `json:"not,omitempty"`
}

// NewSavedSearches returns the form of saved searches.
func NewSavedSearches(list []index.SavedSearch) SavedSearches {
	return SavedSearches{Format: Format, Searches: each(list, newSavedSearch)}
}

// NewSavedCounts returns the form of saved searches with how many articles are new.
func NewSavedCounts(counts []index.SavedCount) SavedSearches {
	return SavedSearches{Format: Format, Searches: each(counts, func(c index.SavedCount) SavedSearch {
		s := c.Search
		s.Err = c.Err
		out := newSavedSearch(s)
		if c.Err == nil {
			out.New = &c.New
		}
		return out
	})}
}

func newSavedSearch(s index.SavedSearch) SavedSearch {
	out := SavedSearch{
		Name: s.Name, Query: s.Text, Any: s.Any, NoAliases: s.NoAliases, Since: s.SinceDate, Until: s.UntilDate,
		Saved: s.Saved, Seen: s.Seen,
	}
	for _, f := range s.Filters {
		out.Filters = append(out.Filters, SavedFilter{Facet: f.Facet, Values: f.Values, Not: f.Not})
	}
	if s.Err != nil {
		out.Error = s.Err.Error()
	}
	return out
}

// SavedQuery writes what a saved search asks for on one line: its query, and its filters as
// flags.
func SavedQuery(s *index.SavedSearch) string {
	parts := []string{s.Text}
	flag := func(name, value string) {
		if value != "" {
			parts = append(parts, "--"+name+" "+value)
		}
	}
	for _, f := range s.Filters {
		name := f.Facet
		if f.Not {
			name = "not-" + name
		}
		for _, v := range f.Values {
			flag(name, v)
		}
	}
	flag("since", s.SinceDate)
	flag("until", s.UntilDate)
	if s.Any {
		parts = append(parts, "--any")
	}
	if s.NoAliases {
		parts = append(parts, "--no-aliases")
	}
	return strings.TrimSpace(strings.Join(parts, " "))
}

// NewsHit is an article that is new in a saved search: a line of newsq new --jsonl.
type NewsHit struct {
	Search string `json:"search"`
	Hit
}

// NewNewHit returns the form of an article that is new in a search.
func NewNewHit(search string, h *index.Hit) NewsHit { return NewsHit{search, NewHit(h)} }
