package mcp

import (
	"context"
	"fmt"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/newsq/newsq/index"
)

// copiesArguments are those of the tool copies.
type copiesArguments struct {
	ID     string `json:"id" jsonschema:"of the article, as results have it"`
	Limit  int    `json:"limit,omitempty" jsonschema:"copies; 20 if left out"`
	Skip   int    `json:"skip,omitempty" jsonschema:"how many of the earliest copies to leave out"`
	Budget int    `json:"budget,omitempty" jsonschema:"most characters of the result; 12000 if left out"`
}

const (
	maxCopies = 2000
	// maxDiffering is how many sentences are told that a copy has added or cut.
	maxDiffering = 10
)

func (s *service) addCopies(server *mcp.Server) {
	addTool(s, server, tool{
		name: "copies", title: "List the copies of an article",
		description: "List the articles that print the same text as one, as outlets do with the dispatch of an agency: the earliest first, with what each has added and cut. They are one report and not several witnesses; the earliest is nearest to the source.",
		bounds:      map[string][2]int{"limit": {1, 200}, "skip": {0, maxCopies}, "budget": {minBudget, maxBudget}},
	}, s.copies)
}

// copiesResult is what copies returns.
type copiesResult struct {
	Notice   string        `json:"notice"`
	Article  article       `json:"article"`
	Copies   []articleCopy `json:"copies" jsonschema:"the earliest first; those without a date last"`
	Total    int           `json:"total" jsonschema:"copies that there are, without those withheld"`
	Withheld int           `json:"withheld" jsonschema:"copies that must not be given to you"`
	LeftOut  []string      `json:"left_out" jsonschema:"what was left out, and how to get it"`
}

// articleCopy is an article with the same text as another one.
type articleCopy struct {
	article
	Containment float64  `json:"containment" jsonschema:"share of the shorter text that the longer one has, 0 to 1"`
	Added       []string `json:"added" jsonschema:"sentences that the article has not, quoted"`
	MoreAdded   int      `json:"more_added"`
	Cut         []string `json:"cut" jsonschema:"sentences that only the article has, quoted"`
	MoreCut     int      `json:"more_cut"`
}

func (s *service) copies(ctx context.Context, in *copiesArguments) (*copiesResult, error) {
	if in.ID == "" {
		return nil, badArgument("id", "is missing; take one from the results of search or passages")
	}
	if err := inRange("limit", &in.Limit, 20, 1, 200); err != nil {
		return nil, err
	}
	if err := inRange("skip", &in.Skip, 0, 0, maxCopies); err != nil {
		return nil, err
	}
	if err := inRange("budget", &in.Budget, defaultBudget, minBudget, maxBudget); err != nil {
		return nil, err
	}
	a, err := s.get(ctx, in.ID) // which tells what is withheld
	if err != nil {
		return nil, err
	}
	_, found, err := s.ix.Copies(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	out := &copiesResult{Notice: notice, Article: newArticle(a), Copies: []articleCopy{}}
	now := time.Now()
	for i := range found {
		c := &found[i]
		switch h := c.Article.Handling; {
		case index.IsEmbargoed(&c.Article, now):
		case h != nil && h.NoAI:
			out.Withheld++
		default:
			out.Copies = append(out.Copies, newArticleCopy(c))
		}
	}
	out.Total = len(out.Copies)
	return out, s.fitCopies(out, in)
}

func newArticleCopy(c *index.StoryCopy) articleCopy {
	out := articleCopy{article: newArticle(&c.Article), Containment: c.Containment}
	out.Added, out.MoreAdded = sentences(c.Added)
	out.Cut, out.MoreCut = sentences(c.Cut)
	return out
}

// sentences returns the first of a list, and how many more there are.
func sentences(list []string) (first []string, more int) {
	first = []string{}
	for i, s := range list {
		if i == maxDiffering {
			return first, len(list) - i
		}
		first = append(first, cut(s, maxTitle))
	}
	return first, 0
}

// fitCopies leaves out copies that were not asked for, and such that there is no room for.
func (s *service) fitCopies(out *copiesResult, in *copiesArguments) error {
	all := out.Copies[min(in.Skip, len(out.Copies)):]
	for n := min(in.Limit, len(all)); ; n-- {
		out.Copies, out.LeftOut = all[:n], []string{}
		if rest := len(all) - n; rest > 0 {
			out.LeftOut = append(out.LeftOut, fmt.Sprintf("%s: call again with skip %d", count(rest, "further copy", "further copies"), in.Skip+n))
		}
		size, err := s.size(out)
		if err != nil || size <= in.Budget || n <= 1 {
			return err
		}
	}
}

func (r *copiesResult) text(p *printer) {
	p.line("Article id %q has %s in other articles; %d shown.", r.Article.ID, count(r.Total, "copy", "copies"), len(r.Copies))
	withheldLine(p, r.Withheld)
	p.open()
	r.Article.fields(p)
	p.close()
	for i := range r.Copies {
		c := &r.Copies[i]
		p.line("\nid %q, uri %s, %.0f %% of the shorter text in common", c.ID, c.URI, 100*c.Containment)
		p.open()
		c.fields(p)
		differing(p, "added", c.Added, c.MoreAdded)
		differing(p, "cut", c.Cut, c.MoreCut)
		p.close()
	}
	p.lines("Left out", r.LeftOut)
}

// differing writes sentences that one of two articles has.
func differing(p *printer, what string, list []string, more int) {
	for _, s := range list {
		p.field(what, s)
	}
	if more > 0 {
		p.line("%s: %s more", what, count(more, "sentence", "sentences"))
	}
}
