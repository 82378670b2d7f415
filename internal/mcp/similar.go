package mcp

import (
	"context"
	"fmt"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// similarArguments are those of the tool similar.
type similarArguments struct {
	ID       string   `json:"id,omitempty" jsonschema:"of the article, as results have it"`
	Text     string   `json:"text,omitempty" jsonschema:"a text of your own in place of an article's id, such as one that was pasted"`
	When     string   `json:"when,omitempty" jsonschema:"any is the default; earlier and later keep what was published before or after the article"`
	Topic    []string `json:"topic,omitempty" jsonschema:"only these topics, with those below them"`
	Source   []string `json:"source,omitempty" jsonschema:"only these outlets, by words of their names"`
	Author   []string `json:"author,omitempty" jsonschema:"only these authors, by words of their names"`
	Language []string `json:"language,omitempty" jsonschema:"only these languages, such as en or pt-BR"`
	Since    string   `json:"since,omitempty" jsonschema:"published on or after: 2026, 2026-03, 2026-03-05, 30d, 2w, 6m, yesterday, monday"`
	Until    string   `json:"until,omitempty" jsonschema:"published before the end of: in the same forms"`
	Limit    int      `json:"limit,omitempty" jsonschema:"articles; 8 if left out"`
	Passages int      `json:"passages,omitempty" jsonschema:"passages of each article; 1 if left out"`
	Budget   int      `json:"budget,omitempty" jsonschema:"most characters of the result; 12000 if left out"`
}

const maxSimilar = 50

var whens = []string{"any", "earlier", "later"}

func (s *service) addSimilar(server *mcp.Server) {
	addTool(s, server, tool{
		name: "similar", title: "Find articles like one",
		description: "Find the articles that are most like one of the archive, or like a text, by the words that tell most about it and by what it means: other reports of a matter, and what came before and after. Copies are left out and named.",
		bounds:      map[string][2]int{"limit": {1, maxSimilar}, "passages": {1, 10}, "budget": {minBudget, maxBudget}},
		choices:     map[string][]string{"when": whens},
	}, s.similar)
}

// similarResult is what similar returns.
type similarResult struct {
	Notice   string        `json:"notice"`
	Of       string        `json:"of" jsonschema:"id of the article that was asked about; empty for a text"`
	Hits     []hit         `json:"hits" jsonschema:"the most similar first, with passages that show what they have in common"`
	Copies   []similarCopy `json:"copies" jsonschema:"articles that were left out as copies: no reports of their own"`
	Terms    []string      `json:"terms" jsonschema:"the words, as stems, by which articles were looked for, the most telling first"`
	RankedBy string        `json:"ranked_by" jsonschema:"words, or blend for words and meaning"`
	Warnings []string      `json:"warnings"`
	Withheld int           `json:"withheld" jsonschema:"similar articles that must not be given to you"`
	LeftOut  []string      `json:"left_out" jsonschema:"what was left out, and how to get it"`
}

type similarCopy struct {
	ID string `json:"id"`
	Of string `json:"of" jsonschema:"the hit or the article that it is a copy of; empty for the text that was given"`
}

func (in *similarArguments) check() (when int, err error) {
	switch {
	case in.ID == "" && in.Text == "":
		return 0, badArgument("id", "is missing, and so is text; give one of them")
	case in.ID != "" && in.Text != "":
		return 0, badArgument("text", "is given beside id; give one of them")
	}
	if when, err = oneOf("when", in.When, whens...); err != nil {
		return 0, err
	}
	if when > 0 && in.Text != "" {
		return 0, badArgument("when", "a text has no date; use since and until")
	}
	if err := inRange("limit", &in.Limit, 8, 1, maxSimilar); err != nil {
		return 0, err
	}
	if err := inRange("passages", &in.Passages, 1, 1, 10); err != nil {
		return 0, err
	}
	return when, inRange("budget", &in.Budget, defaultBudget, minBudget, maxBudget)
}

func (s *service) similar(ctx context.Context, in *similarArguments) (*similarResult, error) {
	when, err := in.check()
	if err != nil {
		return nil, err
	}
	among := s.query("", &filters{topic: in.Topic, source: in.Source, author: in.Author, language: in.Language, since: in.Since, until: in.Until})
	q := index.SimilarQuery{
		Earlier: when == 1, Later: when == 2, Limit: in.Limit, Passages: in.Passages,
		Filters: among.Filters, SinceDate: among.SinceDate, UntilDate: among.UntilDate, Location: among.Location,
	}
	if in.ID != "" {
		a, err := s.get(ctx, in.ID) // which tells what is withheld
		if err != nil {
			return nil, err
		}
		q.ID = a.ID
	} else {
		q.Article = &corpus.Article{Body: strings.ToValidUTF8(in.Text, "\uFFFD")}
	}
	res, err := s.ix.Similar(ctx, q)
	if err != nil {
		return nil, err
	}
	out := &similarResult{
		Notice: notice, Of: q.ID, Hits: newHits(res.Hits), Copies: []similarCopy{}, Terms: []string{}, RankedBy: res.RankedBy.String(),
		Warnings: append([]string{}, res.Warnings...),
	}
	for _, c := range res.Copies {
		out.Copies = append(out.Copies, similarCopy(c))
	}
	for _, t := range res.Terms {
		out.Terms = append(out.Terms, t.Stem)
	}
	if out.Withheld, err = s.withheldSimilar(ctx, q); err != nil {
		return nil, err
	}
	return out, s.fitSimilar(out, in)
}

// withheldSimilar returns how many similar articles are withheld, of as many as are asked
// for.
func (s *service) withheldSimilar(ctx context.Context, q index.SimilarQuery) (int, error) {
	if any, err := s.withholds(ctx); !any {
		return 0, err
	}
	q.Filters = onlyWithheld(q.Filters)
	q.IDsOnly, q.Passages = true, -1
	res, err := s.ix.Similar(ctx, q)
	if err != nil {
		return 0, err
	}
	return len(res.Hits), nil
}

// fitSimilar leaves hits out until the budget does, and says what was left out.
func (s *service) fitSimilar(out *similarResult, in *similarArguments) error {
	all := out.Hits
	for n := len(all); ; n-- {
		out.Hits, out.LeftOut = all[:n], []string{}
		switch {
		case n < len(all):
			out.LeftOut = append(out.LeftOut, fmt.Sprintf("%s, as the budget ended: call again with a greater budget", count(len(all)-n, "further article", "further articles")))
		case n == in.Limit && in.Limit < maxSimilar:
			out.LeftOut = append(out.LeftOut, fmt.Sprintf("what is less similar: call again with a greater limit, %d at most", maxSimilar))
		}
		size, err := s.size(out)
		if err != nil || size <= in.Budget || n <= 1 {
			return err
		}
	}
}

func (r *similarResult) text(p *printer) {
	of := fmt.Sprintf("article %q", r.Of)
	if r.Of == "" {
		of = "the text"
	}
	p.line("%s like %s, by %s.", count(len(r.Hits), "article", "articles"), of, r.RankedBy)
	p.warnings(r.Warnings)
	withheldLine(p, r.Withheld)
	p.line("Looked for by these words, as stems:")
	p.open()
	p.line("%s", oneLine(strings.Join(r.Terms, ", ")))
	p.close()
	for i := range r.Hits {
		r.Hits[i].text(p)
	}
	for _, c := range r.Copies {
		of := fmt.Sprintf("%q", c.Of)
		if c.Of == "" {
			of = "the text"
		}
		p.line("Left out as a copy of %s: %q", of, c.ID)
	}
	p.lines("Left out", r.LeftOut)
}
