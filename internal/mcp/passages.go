package mcp

import (
	"context"
	"fmt"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/newsq/newsq/index"
)

// passagesArguments are those of the tool passages.
type passagesArguments struct {
	Question string   `json:"question" jsonschema:"in plain words, or in the query language of the tool search"`
	Topic    []string `json:"topic,omitempty" jsonschema:"only these topics, with those below them"`
	Source   []string `json:"source,omitempty" jsonschema:"only these outlets, by words of their names"`
	Author   []string `json:"author,omitempty" jsonschema:"only these authors, by words of their names"`
	Language []string `json:"language,omitempty" jsonschema:"only these languages, such as en or pt-BR"`
	Since    string   `json:"since,omitempty" jsonschema:"published on or after: 2026, 2026-03, 2026-03-05, 30d, 2w, 6m, yesterday, monday"`
	Until    string   `json:"until,omitempty" jsonschema:"published before the end of: in the same forms"`
	Limit    int      `json:"limit,omitempty" jsonschema:"passages; 8 if left out"`
	Skip     int      `json:"skip,omitempty" jsonschema:"how many of the best passages to leave out, as you have seen them"`
	Budget   int      `json:"budget,omitempty" jsonschema:"most characters of the result; 12000 if left out"`
}

const maxSkip = 1000 // more than there are

func (s *service) addPassages(server *mcp.Server) {
	addTool(s, server, tool{
		name: "passages", title: "Find passages that answer a question",
		description: "Find the passages of articles that answer a question best, across all articles. Each has what is needed to cite and to check it: id, title, outlet, date, section, bytes in the body, the SHA-256 of these bytes, and a citation. Passages have at least one word of the question; look at what they say before you rely on them.",
		bounds:      map[string][2]int{"limit": {1, 50}, "skip": {0, maxSkip}, "budget": {minBudget, maxBudget}},
	}, s.passages)
}

// passagesResult is what passages returns.
type passagesResult struct {
	Notice   string          `json:"notice"`
	Question string          `json:"question"`
	Passages []answerPassage `json:"passages" jsonschema:"the best first"`
	Articles int             `json:"articles" jsonschema:"with at least one word of the question"`
	Read     int             `json:"read" jsonschema:"of these, the best ones, which the passages are from"`
	Aliases  []string        `json:"aliases" jsonschema:"other names that were looked for as well"`
	Warnings []string        `json:"warnings"`
	Withheld int             `json:"withheld" jsonschema:"articles with a word of the question that must not be given to you"`
	LeftOut  []string        `json:"left_out" jsonschema:"what was left out, and how to get it"`
}

// answerPassage is a passage with the article that it is from.
type answerPassage struct {
	Rank    int      `json:"rank"`
	Score   float64  `json:"score" jsonschema:"0 to 1: how much of the question the passage has, less where its article is not among the best"`
	Words   []string `json:"words" jsonschema:"of the question, as the passage has them: few of them are weak evidence"`
	Article article  `json:"article"`
	passage
	AlsoIn   []string `json:"also_in" jsonschema:"ids of other articles with the same passage: one report, not several"`
	Copies   int      `json:"copies" jsonschema:"further articles with the text of this one, which the tool copies lists"`
	Outlets  []string `json:"outlets" jsonschema:"some that printed these"`
	Citation string   `json:"citation"`
}

func (s *service) passages(ctx context.Context, in *passagesArguments) (*passagesResult, error) {
	if strings.TrimSpace(in.Question) == "" {
		return nil, badArgument("question", "is empty; ask something")
	}
	if err := inRange("limit", &in.Limit, 8, 1, 50); err != nil {
		return nil, err
	}
	if err := inRange("skip", &in.Skip, 0, 0, maxSkip); err != nil {
		return nil, err
	}
	if err := inRange("budget", &in.Budget, defaultBudget, minBudget, maxBudget); err != nil {
		return nil, err
	}
	q := s.query(in.Question, &filters{topic: in.Topic, source: in.Source, author: in.Author, language: in.Language, since: in.Since, until: in.Until})
	q.Lenient, q.Limit = true, in.Limit
	res, err := s.ix.Passages(ctx, q, in.Skip)
	if err != nil {
		return nil, err
	}
	out := &passagesResult{
		Notice: notice, Question: cut(in.Question, maxTitle), Passages: make([]answerPassage, len(res.Passages)), Articles: res.Articles, Read: res.Read,
		Aliases: aliasesOf(res.Aliases), Warnings: append([]string{}, res.Warnings...), LeftOut: []string{},
	}
	for i := range res.Passages {
		out.Passages[i] = newAnswerPassage(&res.Passages[i])
	}
	q.Match = index.MatchAny
	if out.Withheld, err = s.withheld(ctx, q, true, false); err != nil {
		return nil, err
	}
	return out, s.fitPassages(out, in, res.More)
}

func newAnswerPassage(from *index.Passage) answerPassage {
	p := answerPassage{
		Rank: from.Rank, Score: from.Score, Article: newArticle(&from.Article), passage: newPassage(&from.Article, &from.Snippet),
		AlsoIn: append([]string{}, from.AlsoIn...), Copies: from.Copies, Outlets: names(from.Outlets), Words: append([]string{}, from.Words...),
	}
	p.Citation = cite(&p.Article, &p.passage)
	return p
}

// fitPassages leaves passages out until the budget does, and says what was left out.
func (s *service) fitPassages(out *passagesResult, in *passagesArguments, more int) error {
	all := out.Passages
	for n := len(all); ; n-- {
		out.Passages, out.LeftOut = all[:n], []string{}
		if rest := more + len(all) - n; rest > 0 {
			out.LeftOut = append(out.LeftOut, fmt.Sprintf("%s: call again with skip %d", count(rest, "further passage", "further passages"), in.Skip+n))
		}
		if rest := out.Articles - out.Read; rest > 0 {
			out.LeftOut = append(out.LeftOut, fmt.Sprintf("%s with some of the words, which were not read for passages: use search, or narrow the question down", count(rest, "article", "articles")))
		}
		size, err := s.size(out)
		if err != nil || size <= in.Budget || n <= 1 {
			return err
		}
	}
}

func (r *passagesResult) text(p *printer) {
	p.line("%s, from the best %d of %s with a word of the question.", count(len(r.Passages), "passage", "passages"), r.Read, count(r.Articles, "article", "articles"))
	p.lines("Also looked for", r.Aliases)
	p.warnings(r.Warnings)
	withheldLine(p, r.Withheld)
	for i := range r.Passages {
		g := &r.Passages[i]
		p.line("\n[%d] id %q, uri %s, score %.2f", g.Rank, g.Article.ID, g.Article.URI, g.Score)
		p.line("words of the question: %s", oneLine(strings.Join(g.Words, ", ")))
		if len(g.AlsoIn) > 0 {
			p.line("the same passage is in: %q", g.AlsoIn)
		}
		copiesLine(p, g.Copies)
		p.open()
		g.Article.fields(p)
		p.field("also printed by", strings.Join(g.Outlets, "; "))
		g.quote(p)
		p.line("cite as: %s", g.Citation)
		p.close()
	}
	p.lines("Left out", r.LeftOut)
}
