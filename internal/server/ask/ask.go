// Package ask turns the query parameters of an address into a search, and back. The
// address holds the whole state of a search, so that it can be kept and passed on: what
// Read returns, Values writes, and reading that gives the same again.
//
// The parameters have the names of the command's flags. One that is given without a
// value, as forms send them, is as good as not given.
package ask

import (
	"slices"
	"strings"
	"time"

	"github.com/newsq/newsq/index"
)

// The sizes of a page where none is asked for; they are those of the command.
const (
	DefaultLimit      = 10
	DefaultPassages   = 2
	DefaultFacetLimit = 10
	DefaultBursts     = 10
)

// The bounds of what an address may ask for.
const (
	// MaxLimit is the most hits on a page. Who wants more goes on by the cursor, or
	// takes all of them as a stream.
	MaxLimit = 1000
	// MaxPassages is the library's.
	MaxPassages = 20
	// MaxFacetLimit is the most values of a facet that are listed.
	MaxFacetLimit = 10_000
	// MaxParameters is the most values in an address: many more than there are
	// parameters, for those who choose among the outlets of a facet.
	MaxParameters = 256
	// maxValue bounds a value, in bytes. A query may have 4096, which its parser holds it
	// to; a cursor is longer and has a bound of its own.
	maxValue  = 8 << 10
	maxCursor = 16 << 10
)

// The forms of an answer.
const (
	JSON   = "json"
	NDJSON = "ndjson" // every hit on a line of its own
	CSV    = "csv"
)

// NoFacet in Request.Facets says that nothing is counted.
const NoFacet = "none"

// Request is what an address asks for. The zero Request is not that of an empty address:
// New is.
type Request struct {
	Text  string // in the query language
	Match index.Match
	// Syntax is the language of Text.
	Syntax index.Syntax
	// Filters are by name of a facet. Those of sources, persons and others without levels
	// are by words, unless a value was written with = before it: that is a whole one. A
	// facet has at most one filter of each kind, in the order of the facets.
	Filters      []index.Filter
	Since, Until string // as the query language writes dates
	AsOf         string // likewise: as if nothing later had been published
	Copies       index.Copies
	Sort         index.Sort
	Rank         index.Ranking
	Recency      string   // a half-life, such as 90d
	Facets       []string // to count; NoFacet alone for none, and nil for the default
	FacetLimit   int      // values of each facet; 0 for all
	Limit        int      // hits on a page; 0 for none
	Passages     int      // of each hit; 0 for none
	Cursor       string   // of the page before
	Estimate     bool     // the total may be a lower bound beyond 1,000, which is faster
	Lenient      bool     // any text is a query
	NoAliases    bool
	NoNear       bool
	Explain      bool
	Timezone     string // where days are meant; empty for the server's

	// Format is the form of the answer; empty for what the headers of the request ask for.
	// It is no part of the state of a search.
	Format string
	// Complete asks for completions of all parts of a query, not of words alone.
	Complete bool
	// Earlier and Later keep what was published before an article, or after it.
	Earlier, Later bool
	// By are names, of which the speaker of a quotation has one.
	By []string
	// Per and BurstPer are lengths of time of a timeline, and Bursts is how many are described,
	// 0 for none.
	Per, BurstPer index.Per
	Bursts        int
	// SplitBy is the facet that a timeline is split by, that is compared by, or of which
	// outlets leave out values; empty for none, or for what is normal.
	SplitBy string
	// Of are the sides of a comparison, or the outlets whose gaps are told.
	Of []string
	// Sides is how many values are compared, MinArticles how many articles an outlet has at
	// least, and Told how many words or gaps are told; 0 for what is normal.
	Sides, MinArticles, Told int

	location *time.Location
}

// New returns what an empty address asks for.
func New() Request {
	return Request{Limit: DefaultLimit, Passages: DefaultPassages, FacetLimit: DefaultFacetLimit, Bursts: DefaultBursts}
}

// Empty reports whether nothing is looked for: there is neither a text nor a filter nor a
// date, so that all articles would be found.
func (r *Request) Empty() bool {
	return strings.TrimSpace(r.Text) == "" && len(r.Filters) == 0 && r.Since == "" && r.Until == ""
}

// Query returns the query of package index. Dates are meant in zone unless the request has
// a time zone of its own; nil is the system's.
func (r *Request) Query(zone *time.Location) index.Query {
	q := index.Query{
		Text: r.Text, Syntax: r.Syntax, Match: r.Match, Filters: r.Filters, SinceDate: r.Since, UntilDate: r.Until, AsOf: r.AsOf,
		Copies: r.Copies, Sort: r.Sort, Rank: r.Rank, Facets: r.Facets, FacetLimit: r.FacetLimit, Limit: r.Limit, Passages: r.Passages,
		Cursor: r.Cursor, ExactTotal: !r.Estimate, Lenient: r.Lenient, NoAliases: r.NoAliases, NoNear: r.NoNear,
		Explain: r.Explain, Location: zone,
	}
	if r.location != nil {
		q.Location = r.location
	}
	q.Recency, _ = index.ParseHalfLife(r.Recency) // which Read has read before
	switch {
	case r.Facets == nil:
		q.Facets = []string{index.FacetTopic}
	case slices.Equal(r.Facets, []string{NoFacet}):
		q.Facets = nil
	}
	// In package index 0 is its default, and less is none, or all.
	for _, n := range []*int{&q.FacetLimit, &q.Limit, &q.Passages} {
		if *n == 0 {
			*n = -1
		}
	}
	return q
}

// Timeline returns the timeline that is asked for, as Query does.
func (r *Request) Timeline(zone *time.Location) index.TimelineQuery {
	tq := index.TimelineQuery{Query: r.Query(zone), Per: r.Per, BurstPer: r.BurstPer, By: r.SplitBy, Bursts: r.Bursts}
	if tq.Facets = nil; tq.By != "" {
		tq.Largest = r.FacetLimit
	}
	if tq.Bursts == 0 {
		tq.Bursts = -1 // 0 is the library's default
	}
	return tq
}

// Clone returns a copy that can be changed without changing r.
func (r *Request) Clone() Request {
	c := *r
	c.Facets = slices.Clone(r.Facets)
	c.Filters = slices.Clone(r.Filters)
	for i := range c.Filters {
		c.Filters[i].Values = slices.Clone(c.Filters[i].Values)
	}
	return c
}

// Toggle returns the request with a value of a facet chosen, or given up where it was
// chosen, from its first page on. The value is a whole one, as facets list them.
func (r *Request) Toggle(facet, value string) Request {
	c := r.Clone()
	c.Cursor = ""
	k := kindOf(facet, false)
	if i := slices.IndexFunc(c.Filters, k.is); i >= 0 && slices.Contains(c.Filters[i].Values, value) {
		values := slices.DeleteFunc(c.Filters[i].Values, func(v string) bool { return v == value })
		if c.Filters[i].Values = values; len(values) == 0 {
			c.Filters = slices.Delete(c.Filters, i, i+1)
		}
		return c
	}
	c.add(k, value)
	return c
}

// Selected reports whether a whole value of a facet is chosen.
func (r *Request) Selected(facet, value string) bool {
	i := slices.IndexFunc(r.Filters, kindOf(facet, false).is)
	return i >= 0 && slices.Contains(r.Filters[i].Values, value)
}

// kind is what tells the filters of a request apart.
type kind struct {
	facet      string
	not, words bool
}

// kindOf returns the kind of the filters of a facet by whole values.
func kindOf(facet string, not bool) kind { return kind{facet: facet, not: not} }

func (k kind) is(f index.Filter) bool {
	return f.Facet == k.facet && f.Not == k.not && f.Words == k.words
}

// rank orders filters: by facet, those that keep first, those by words first.
func (k kind) rank() int {
	n := slices.Index(filtered, k.facet) * 4
	if k.not {
		n += 2
	}
	if !k.words {
		n++
	}
	return n
}

// add adds a value to the filter of a kind, which it makes where there is none.
func (r *Request) add(k kind, value string) {
	if i := slices.IndexFunc(r.Filters, k.is); i >= 0 {
		if !slices.Contains(r.Filters[i].Values, value) {
			r.Filters[i].Values = append(r.Filters[i].Values, value)
		}
		return
	}
	f := index.Filter{Facet: k.facet, Not: k.not, Words: k.words, Values: []string{value}}
	at := slices.IndexFunc(r.Filters, func(other index.Filter) bool {
		return kind{other.Facet, other.Not, other.Words}.rank() > k.rank()
	})
	if at < 0 {
		at = len(r.Filters)
	}
	r.Filters = slices.Insert(r.Filters, at, f)
}

// filtered are the facets that an address may filter by, in the order of filters.
var filtered = []string{
	index.FacetTopic, index.FacetSource, index.FacetAuthor, index.FacetPlace, index.FacetPerson, index.FacetOrg, index.FacetLang, index.FacetMyTag,
}

// counted are the facets that an address may count.
var counted = append(slices.Clone(filtered), index.FacetYear, index.FacetMonth, index.FacetDay)

// leveled reports whether the values of a facet have levels, and so are always whole ones.
func leveled(facet string) bool {
	return facet == index.FacetTopic || facet == index.FacetLang || facet == index.FacetMyTag
}
