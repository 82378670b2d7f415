package mcp

import (
	"context"
	"fmt"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/newsq/newsq/index"
)

// savedArguments are those of the tool saved_searches.
type savedArguments struct {
	Limit  int `json:"limit,omitempty" jsonschema:"saved searches; 100 if left out"`
	Skip   int `json:"skip,omitempty" jsonschema:"how many of the first ones to leave out"`
	Budget int `json:"budget,omitempty" jsonschema:"most characters of the result; 12000 if left out"`
}

const maxSaved = 10_000

func (s *service) addSaved(server *mcp.Server) {
	addTool(s, server, tool{
		name: "saved_searches", title: "List saved searches",
		description: "List the searches that the user keeps, and how many articles came in for each since the user was last told of them. To see the articles, call search with the query and its filters, match as given, and sort added.",
		bounds:      map[string][2]int{"limit": {1, 1000}, "skip": {0, maxSaved}, "budget": {minBudget, maxBudget}},
	}, s.saved)
}

// savedResult is what saved_searches returns.
type savedResult struct {
	Searches []savedSearch `json:"searches" jsonschema:"in the order in which they were saved"`
	Total    int           `json:"total" jsonschema:"of saved searches"`
	LeftOut  []string      `json:"left_out" jsonschema:"what was left out, and how to get it"`
}

type savedSearch struct {
	Name    string   `json:"name"`
	Query   string   `json:"query" jsonschema:"for the tool search"`
	Match   string   `json:"match" jsonschema:"for the tool search"`
	Filters []string `json:"filters" jsonschema:"such as language en, not source Meridian, since 2026-01"`
	New     int      `json:"new" jsonschema:"articles that came in since the user was told, those among them that are withheld from you"`
	Problem string   `json:"problem,omitempty" jsonschema:"why it can't be asked"`
}

func (s *service) saved(ctx context.Context, in *savedArguments) (*savedResult, error) {
	if err := inRange("limit", &in.Limit, 100, 1, 1000); err != nil {
		return nil, err
	}
	if err := inRange("skip", &in.Skip, 0, 0, maxSaved); err != nil {
		return nil, err
	}
	if err := inRange("budget", &in.Budget, defaultBudget, minBudget, maxBudget); err != nil {
		return nil, err
	}
	counts, err := s.ix.NewCounts(ctx)
	if err != nil {
		return nil, err
	}
	out := &savedResult{Total: len(counts)}
	for i := range counts {
		out.Searches = append(out.Searches, newSaved(&counts[i]))
	}
	all := out.Searches[min(in.Skip, len(out.Searches)):]
	for n := min(in.Limit, len(all)); ; n -= max(1, n/10) {
		out.Searches, out.LeftOut = append([]savedSearch{}, all[:n]...), []string{}
		if rest := len(all) - n; rest > 0 {
			out.LeftOut = append(out.LeftOut, fmt.Sprintf("%s: call again with skip %d", count(rest, "further saved search", "further saved searches"), in.Skip+n))
		}
		size, err := s.size(out)
		if err != nil || size <= in.Budget || n <= 1 {
			return out, err
		}
	}
}

// maxSavedQuery is how much of a saved search one entry tells, in characters, so that one
// fits the least budget.
const maxSavedQuery = 300

func newSaved(c *index.SavedCount) savedSearch {
	q := &c.Search
	out := savedSearch{Name: q.Name, Query: cut(q.Text, maxSavedQuery), Match: "strict", Filters: []string{}, New: c.New}
	if q.Any {
		out.Match = "any"
	}
	for _, f := range q.Filters {
		name := f.Facet
		if name == index.FacetLang {
			name = "language"
		}
		if f.Not {
			name = "not " + name
		}
		for _, v := range f.Values {
			out.Filters = append(out.Filters, name+" "+v)
		}
	}
	if q.SinceDate != "" {
		out.Filters = append(out.Filters, "since "+q.SinceDate)
	}
	if q.UntilDate != "" {
		out.Filters = append(out.Filters, "until "+q.UntilDate)
	}
	if all := strings.Join(out.Filters, ", "); len(all) > maxSavedQuery {
		out.Filters = []string{cut(all, maxSavedQuery)}
	}
	if c.Err != nil {
		out.Problem = cut(c.Err.Error(), maxSavedQuery)
	}
	return out
}

func (r *savedResult) text(p *printer) {
	p.line("%s.", count(r.Total, "saved search", "saved searches"))
	for i := range r.Searches {
		s := &r.Searches[i]
		p.line("%s: %s", oneLine(s.Name), count(s.New, "new article", "new articles"))
		p.line("  %s", strings.Join(append([]string{oneLine(s.Query), "match " + s.Match}, s.Filters...), "; "))
		if s.Problem != "" {
			p.line("  can't be asked: %s", oneLine(s.Problem))
		}
	}
	p.lines("Left out", r.LeftOut)
}
