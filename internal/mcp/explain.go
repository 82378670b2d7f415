package mcp

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/newsq/newsq/index"
)

// explainArguments are those of the tool explain_query.
type explainArguments struct {
	Query    string   `json:"query" jsonschema:"in the query language of the tool search"`
	Topic    []string `json:"topic,omitempty" jsonschema:"as in search"`
	Source   []string `json:"source,omitempty" jsonschema:"as in search"`
	Author   []string `json:"author,omitempty" jsonschema:"as in search"`
	Place    []string `json:"place,omitempty" jsonschema:"as in search"`
	Person   []string `json:"person,omitempty" jsonschema:"as in search"`
	Org      []string `json:"org,omitempty" jsonschema:"as in search"`
	Language []string `json:"language,omitempty" jsonschema:"as in search"`
	Since    string   `json:"since,omitempty" jsonschema:"as in search"`
	Until    string   `json:"until,omitempty" jsonschema:"as in search"`
}

func (s *service) addExplainQuery(server *mcp.Server) {
	addTool(s, server, tool{
		name: "explain_query", title: "Explain a query",
		description: "Say how a query is read, what each of its parts finds, and which parts or filters keep it from finding anything. Use it when search finds nothing, too little or something else than was meant.",
	}, s.explainQuery)
}

// explainResult is what explain_query returns.
type explainResult struct {
	Query      string     `json:"query"`
	ReadAs     string     `json:"read_as" jsonschema:"with operators and parentheses as they are understood"`
	Expanded   string     `json:"expanded,omitempty" jsonschema:"the same with other names, where there are any"`
	Articles   int        `json:"articles" jsonschema:"that match all of it"`
	Among      int        `json:"among" jsonschema:"articles that the filters let through"`
	WithSome   int        `json:"with_some" jsonschema:"articles with some of the words, where none has all"`
	Clauses    []clause   `json:"clauses" jsonschema:"parts of the query; those of a part follow it with a greater depth"`
	Obstacles  []obstacle `json:"obstacles" jsonschema:"where nothing was found: what stands in the way, the worst first"`
	Apart      bool       `json:"apart" jsonschema:"each part is found, but more than one must be left out before anything is"`
	DidYouMean string     `json:"did_you_mean,omitempty"`
	Aliases    []string   `json:"aliases"`
	Warnings   []string   `json:"warnings"`
	Withheld   int        `json:"withheld" jsonschema:"articles that match and are in no count here, as they must not be given to you"`
}

// clause is a part of a query.
type clause struct {
	Text     string `json:"text"`
	Depth    int    `json:"depth"`
	Articles int    `json:"articles" jsonschema:"that match this part alone"`
	Without  int    `json:"without" jsonschema:"articles that the query finds without this part; -1 where that says nothing"`
	Ignored  bool   `json:"ignored" jsonschema:"a stop word"`
	Optional bool   `json:"optional" jsonschema:"a word that merely asks, and need not be found"`
	From     string `json:"from,omitempty" jsonschema:"of a date, which means from this moment"`
	To       string `json:"to,omitempty" jsonschema:"until before this one"`
	Words    []word `json:"words" jsonschema:"as articles have them, that the part stands for, the most frequent first"`
	More     int    `json:"more" jsonschema:"further words"`
}

type word struct {
	Word  string `json:"word"`
	Count int    `json:"count"`
}

// obstacle is a part of a query, or a filter, that keeps it from finding anything.
type obstacle struct {
	What    string `json:"what"`
	Absent  bool   `json:"absent" jsonschema:"no article has it at all"`
	Without int    `json:"without" jsonschema:"articles that the rest finds"`
}

func (s *service) explainQuery(ctx context.Context, in *explainArguments) (*explainResult, error) {
	if strings.TrimSpace(in.Query) == "" {
		return nil, badArgument("query", "is empty; an empty query finds all articles, and there is nothing to explain")
	}
	q := s.query(in.Query, &filters{
		topic: in.Topic, source: in.Source, author: in.Author, place: in.Place, person: in.Person, org: in.Org,
		language: in.Language, since: in.Since, until: in.Until,
	})
	a, err := s.ix.Analyze(ctx, q)
	if err != nil {
		return nil, err
	}
	out := &explainResult{
		Query: in.Query, ReadAs: a.Query, Articles: a.Articles, Among: a.Among, WithSome: a.WithSome,
		Clauses: clausesOf([]clause{}, a.Clauses, 0), Obstacles: []obstacle{}, DidYouMean: a.DidYouMean,
		Aliases: aliasesOf(a.Aliases), Warnings: append([]string{}, a.Warnings...),
	}
	if a.Expanded != a.Query {
		out.Expanded = a.Expanded
	}
	if a.Articles == 0 {
		d, err := s.ix.Diagnose(ctx, q)
		if err != nil {
			return nil, err
		}
		out.addObstacles(d)
	}
	out.Withheld, err = s.withheld(ctx, q, a.Articles > 0, false)
	return out, err
}

func (r *explainResult) addObstacles(d *index.Diagnosis) {
	r.Apart = d.Apart
	for _, o := range d.Clauses {
		r.Obstacles = append(r.Obstacles, obstacle{o.Clause, o.Absent, o.Without})
	}
	for _, o := range d.Filters {
		what := "the dates"
		if o.Filter != nil {
			if o.Filter.Facet == index.FacetRights {
				continue // which counts as withheld
			}
			what = fmt.Sprintf("%s %s", o.Filter.Facet, strings.Join(o.Filter.Values, ", "))
		}
		r.Obstacles = append(r.Obstacles, obstacle{what, o.Absent, o.Without})
	}
}

// clausesOf appends clauses, each before its parts.
func clausesOf(out []clause, clauses []index.Clause, depth int) []clause {
	for i := range clauses {
		c := &clauses[i]
		of := clause{
			Text: c.Text, Depth: depth, Articles: c.Articles, Without: c.Without, Ignored: c.Ignored, Optional: c.Optional,
			Words: []word{}, More: c.MoreWords,
		}
		if !c.From.IsZero() {
			of.From = c.From.Format(time.RFC3339)
		}
		if !c.To.IsZero() {
			of.To = c.To.Format(time.RFC3339)
		}
		for _, w := range c.Words {
			of.Words = append(of.Words, word(w))
		}
		out = clausesOf(append(out, of), c.Clauses, depth+1)
	}
	return out
}

func (r *explainResult) text(p *printer) {
	p.line("Read as: %s", oneLine(r.ReadAs))
	if r.Expanded != "" {
		p.line("With other names: %s", oneLine(r.Expanded))
	}
	p.line("%s all of it, among %s that the filters let through.", count(r.Articles, "article matches", "articles match"), count(r.Among, "article", "articles"))
	if r.WithSome > 0 {
		p.line("%s some of the words.", count(r.WithSome, "article has", "articles have"))
	}
	for _, c := range r.Clauses {
		p.line("%s%s: %s", strings.Repeat("  ", c.Depth+1), oneLine(c.Text), strings.Join(c.says(), "; "))
	}
	for _, o := range r.Obstacles {
		absent := ""
		if o.Absent {
			absent = ", which no article has"
		}
		p.line("In the way: %s%s; without it there are %s.", oneLine(o.What), absent, count(o.Without, "article", "articles"))
	}
	if r.Apart {
		p.line("Each part is found, but more than one must be left out before anything is.")
	}
	if r.DidYouMean != "" {
		p.line("Did you mean: %s", oneLine(r.DidYouMean))
	}
	p.lines("Also looked for", r.Aliases)
	p.warnings(r.Warnings)
	withheldLine(p, r.Withheld)
}

// says is what there is to say of a clause.
func (c *clause) says() []string {
	says := []string{count(c.Articles, "article", "articles")}
	if c.Without >= 0 {
		says = append(says, fmt.Sprintf("%d without it", c.Without))
	}
	if c.Ignored {
		says = append(says, "ignored as a stop word")
	}
	if c.Optional {
		says = append(says, "optional, as it merely asks")
	}
	if c.From != "" || c.To != "" {
		says = append(says, fmt.Sprintf("from %s to before %s", c.From, c.To))
	}
	if len(c.Words) > 0 {
		list := make([]string, len(c.Words))
		for i, w := range c.Words {
			list[i] = fmt.Sprintf("%s %d", oneLine(w.Word), w.Count)
		}
		if c.More > 0 {
			list = append(list, fmt.Sprintf("and %d more", c.More))
		}
		says = append(says, "words: "+strings.Join(list, ", "))
	}
	return says
}
