package mcp

import (
	"context"
	"fmt"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/newsq/newsq/index"
)

// topicsArguments are those of the tool topics.
type topicsArguments struct {
	Query  string `json:"query,omitempty" jsonschema:"count only articles that match this, in the query language of the tool search"`
	Since  string `json:"since,omitempty" jsonschema:"published on or after: 2026, 2026-03, 2026-03-05, 30d, 2w, 6m, yesterday, monday"`
	Until  string `json:"until,omitempty" jsonschema:"published before the end of: in the same forms"`
	Limit  int    `json:"limit,omitempty" jsonschema:"topics; 100 if left out"`
	Skip   int    `json:"skip,omitempty" jsonschema:"how many of the most frequent topics to leave out"`
	Budget int    `json:"budget,omitempty" jsonschema:"most characters of the result; 12000 if left out"`
}

const maxTopics = 10_000

func (s *service) addTopics(server *mcp.Server) {
	addTool(s, server, tool{
		name: "topics", title: "List topics",
		description: "List the topics of the articles, or of those that match a query, with the number of articles in each. A path such as economy/central_banks lies below economy, and is a value for the argument topic of other tools.",
		bounds:      map[string][2]int{"limit": {1, 1000}, "skip": {0, maxTopics}, "budget": {minBudget, maxBudget}},
	}, s.topics)
}

// topicsResult is what topics returns.
type topicsResult struct {
	Notice   string   `json:"notice"`
	Query    string   `json:"query"`
	Articles int      `json:"articles" jsonschema:"that were counted over"`
	Topics   []topic  `json:"topics" jsonschema:"the most frequent first"`
	Warnings []string `json:"warnings"`
	Withheld int      `json:"withheld" jsonschema:"articles that were not counted, as they must not be given to you"`
	LeftOut  []string `json:"left_out" jsonschema:"what was left out, and how to get it"`
}

type topic struct {
	Path  string `json:"path"`
	Label string `json:"label" jsonschema:"what people call it"`
	Count int    `json:"count" jsonschema:"articles"`
}

func (s *service) topics(ctx context.Context, in *topicsArguments) (*topicsResult, error) {
	if err := inRange("limit", &in.Limit, 100, 1, 1000); err != nil {
		return nil, err
	}
	if err := inRange("skip", &in.Skip, 0, 0, maxTopics); err != nil {
		return nil, err
	}
	if err := inRange("budget", &in.Budget, defaultBudget, minBudget, maxBudget); err != nil {
		return nil, err
	}
	q := s.query(in.Query, &filters{since: in.Since, until: in.Until})
	q.Match, q.Facets, q.FacetLimit, q.Limit = index.MatchStrict, []string{index.FacetTopic}, -1, -1
	res, err := s.ix.Search(ctx, q)
	if err != nil {
		return nil, err
	}
	label := func(string) string { return "" }
	if rules, err := s.ix.Topics(); err == nil { // names are an addition
		label = rules.Label
	}
	out := &topicsResult{Notice: notice, Query: cut(in.Query, maxTitle), Articles: res.Total, Topics: []topic{}, Warnings: append([]string{}, res.Warnings...)}
	for _, f := range res.Facets {
		for _, v := range f.Values {
			out.Topics = append(out.Topics, topic{v.Value, label(v.Value), v.Count})
		}
	}
	if out.Withheld, err = s.withheld(ctx, q, true, false); err != nil {
		return nil, err
	}
	return out, s.fitTopics(out, in)
}

// fitTopics leaves out topics that were not asked for, and such that there is no room for.
func (s *service) fitTopics(out *topicsResult, in *topicsArguments) error {
	all := out.Topics[min(in.Skip, len(out.Topics)):]
	for n := min(in.Limit, len(all)); ; n -= max(1, n/10) {
		out.Topics, out.LeftOut = all[:n], []string{}
		if rest := len(all) - n; rest > 0 {
			out.LeftOut = append(out.LeftOut, fmt.Sprintf("%s: call again with skip %d", count(rest, "further topic", "further topics"), in.Skip+n))
		}
		size, err := s.size(out)
		if err != nil || size <= in.Budget || n <= 1 {
			return err
		}
	}
}

func (r *topicsResult) text(p *printer) {
	p.line("%s, counted over %s.", count(len(r.Topics), "topic", "topics"), count(r.Articles, "article", "articles"))
	p.warnings(r.Warnings)
	withheldLine(p, r.Withheld)
	if len(r.Topics) > 0 {
		p.open()
		for _, t := range r.Topics {
			p.line("%6d  %s  (%s)", t.Count, oneLine(t.Path), oneLine(t.Label))
		}
		p.close()
	}
	p.lines("Left out", r.LeftOut)
}
