package mcp

import (
	"context"
	"fmt"
	"slices"

	"github.com/newsq/newsq/index"
)

// filters are the arguments that limit which articles count. Tools have them as fields of
// their own, since an argument has no name of a group.
type filters struct {
	topic, source, author, place, person, org, language []string
	since, until                                        string
}

// query returns a query of package index that is limited to what f keeps, and to what
// assistants may be given.
func (s *service) query(text string, f *filters) index.Query {
	q := index.Query{Text: text, Location: s.zone, SinceDate: f.since, UntilDate: f.until, ExactTotal: true}
	for _, l := range []index.Filter{
		{Facet: index.FacetTopic, Values: f.topic},
		{Facet: index.FacetSource, Values: f.source, Words: true},
		{Facet: index.FacetAuthor, Values: f.author, Words: true},
		{Facet: index.FacetPlace, Values: f.place, Words: true},
		{Facet: index.FacetPerson, Values: f.person, Words: true},
		{Facet: index.FacetOrg, Values: f.org, Words: true},
		{Facet: index.FacetLang, Values: f.language},
	} {
		if len(l.Values) > 0 {
			q.Filters = append(q.Filters, l)
		}
	}
	q.Filters = append(q.Filters, index.Filter{Facet: index.FacetRights, Values: []string{index.RightsNoAI}, Not: true})
	return q
}

// withheld returns how many articles q would find besides, were they not withheld. relaxed
// says that what was found has some of the words only, and found whether there was any.
func (s *service) withheld(ctx context.Context, q index.Query, found, relaxed bool) (int, error) {
	if any, err := s.withholds(ctx); !any {
		return 0, err
	}
	q.Limit, q.Passages, q.Facets, q.Cursor, q.NoNear = -1, -1, nil, "", true
	q.Filters = onlyWithheld(q.Filters)
	if relaxed {
		q.Match = index.MatchAny
	}
	res, err := s.ix.Search(ctx, q)
	if err != nil {
		return 0, err
	}
	if res.Relaxed && found && !relaxed {
		return 0, nil // none has all of the words
	}
	return res.Total, nil
}

// withholds reports whether anything is withheld of the index, which is quick to know.
func (s *service) withholds(ctx context.Context) (bool, error) {
	q := s.query("", &filters{})
	q.Filters, q.Limit = onlyWithheld(q.Filters), -1
	res, err := s.ix.Search(ctx, q)
	return err == nil && res.Total > 0, err
}

// onlyWithheld returns the filters of query so that they keep what these withhold.
func onlyWithheld(list []index.Filter) []index.Filter {
	list = slices.Clone(list)
	list[len(list)-1].Not = false // the last one withholds
	return list
}

// withheldLine tells of articles that were withheld.
func withheldLine(p *printer, n int) {
	switch n {
	case 0:
	case 1:
		p.line("Withheld: 1 article matches that you cannot be given, as its sender forbids use by programs that learn or generate.")
	default:
		p.line("Withheld: %d articles match that you cannot be given, as their senders forbid use by programs that learn or generate.", n)
	}
}

// count says how many there are of something.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// lines writes a list of sentences, each behind its kind.
func (p *printer) lines(kind string, list []string) {
	for _, s := range list {
		p.line("%s: %s", kind, oneLine(s))
	}
}
