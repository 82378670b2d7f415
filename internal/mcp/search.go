package mcp

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/newsq/newsq/index"
)

// searchArguments are those of the tool search. Their descriptions are for the assistant.
type searchArguments struct {
	Query    string   `json:"query,omitempty" jsonschema:"in the query language that the description of this tool tells; empty finds all articles that the filters keep, newest first"`
	Topic    []string `json:"topic,omitempty" jsonschema:"only these topics, with those below them, as the tool topics lists them"`
	Source   []string `json:"source,omitempty" jsonschema:"only these outlets, by words of their names"`
	Author   []string `json:"author,omitempty" jsonschema:"only these authors, by words of their names"`
	Place    []string `json:"place,omitempty" jsonschema:"only articles about these places"`
	Person   []string `json:"person,omitempty" jsonschema:"only articles about these people"`
	Org      []string `json:"org,omitempty" jsonschema:"only articles about these organizations"`
	Language []string `json:"language,omitempty" jsonschema:"only these languages, such as en or pt-BR"`
	Since    string   `json:"since,omitempty" jsonschema:"published on or after: 2026, 2026-03, 2026-03-05, 30d, 2w, 6m, yesterday, monday"`
	Until    string   `json:"until,omitempty" jsonschema:"published before the end of: in the same forms"`
	Match    string   `json:"match,omitempty" jsonschema:"all (the default) wants every word, and falls back on any of them where nothing has all; any wants any; strict wants every word and never falls back"`
	Sort     string   `json:"sort,omitempty" jsonschema:"relevance is the default; added is by when articles came into the archive, the last ones first"`
	Facets   []string `json:"facets,omitempty" jsonschema:"count the articles by these"`
	Limit    int      `json:"limit,omitempty" jsonschema:"articles on a page; 10 if left out"`
	Passages int      `json:"passages,omitempty" jsonschema:"passages of each article; 2 if left out"`
	Cursor   string   `json:"cursor,omitempty" jsonschema:"of the page before, for the next one; all other arguments as they were"`
	Budget   int      `json:"budget,omitempty" jsonschema:"most characters of the result; 12000 if left out"`
}

// The bounds of budgets, in characters: the least has room for a hit, the most is what an
// assistant takes in at once.
const (
	minBudget     = 2_000
	maxBudget     = 100_000
	defaultBudget = 12_000
)

var (
	matches = []string{"all", "any", "strict"}                   // by index.Match
	sorts   = []string{"relevance", "newest", "oldest", "added"} // by index.Sort
	facets  = []string{"topic", "source", "author", "place",     // that can be counted
		"person", "org", "language", "year", "month", "day"}
)

// queryLanguage is what an assistant needs of the query language.
const queryLanguage = `Words stand for all their forms, in any case: sanction finds sanctioned. All must occur; words that merely ask (why, how, impact) need not.
"state of the union" is this wording; "kim * un" has any one word at *; "oil sanctions"~3 lets 3 words stand between; =sanctions is this very word.
AND, OR, NOT in capitals, parentheses, -word for NOT: (missile OR gas) oil -nuclear.
kim NEAR/5 maduro: at most 5 words apart; ADJ/5 in this order.
sanctions NEAR/5 person:*: whoever is named near it, also org:* place:*. said:"red line" by:kim: both of one quotation.
deterr* and organi?ation are patterns, madura~ allows a slip.
Fields: title: heading: body: author: source: place: person: org: topic: language: url: mytag: note: (of readers) as in title:deterrence or source:"northern ledger".
Dates: date:2022-03, date:2020..2021-06, since:2w, before:2021.`

func (s *service) addSearch(server *mcp.Server) {
	addTool(s, server, tool{
		name: "search", title: "Search articles",
		description: "Find articles by words, filters and dates. The result has the total, and for each article its best passages with bytes and SHA-256.\n\nThe query language:\n" + queryLanguage,
		bounds:      map[string][2]int{"limit": {1, 50}, "passages": {1, 10}, "budget": {minBudget, maxBudget}},
		choices:     map[string][]string{"match": matches, "sort": sorts, "facets": facets},
	}, s.search)
}

// searchResult is what search returns.
type searchResult struct {
	Notice     string   `json:"notice"`
	Query      string   `json:"query"`
	Total      int      `json:"total" jsonschema:"articles that match, without those withheld"`
	Exact      bool     `json:"exact" jsonschema:"false: total is a lower bound"`
	Stories    int      `json:"stories,omitempty" jsonschema:"that total comes to, copies of one text being one"`
	Relaxed    bool     `json:"relaxed" jsonschema:"no article has all the words; these have some, see missing"`
	RankedBy   string   `json:"ranked_by,omitempty" jsonschema:"words, or blend for words and meaning"`
	Hits       []hit    `json:"hits"`
	Near       []hit    `json:"near" jsonschema:"few articles have all the words; these lack one or two, and are not in total"`
	Facets     []facet  `json:"facets"`
	Hint       string   `json:"hint,omitempty" jsonschema:"what to do next, where too little was found"`
	DidYouMean string   `json:"did_you_mean,omitempty" jsonschema:"a query that would find more"`
	Optional   []string `json:"optional" jsonschema:"words of the query that merely ask, which no article must have"`
	Aliases    []string `json:"aliases" jsonschema:"other names that were looked for as well"`
	Warnings   []string `json:"warnings"`
	Withheld   int      `json:"withheld" jsonschema:"articles that match and must not be given to you"`
	LeftOut    []string `json:"left_out" jsonschema:"what was left out, and how to get it"`
	Cursor     string   `json:"cursor,omitempty" jsonschema:"for the next page"`
}

// hit is an article that was found.
type hit struct {
	Rank int `json:"rank" jsonschema:"from 1, over all pages"`
	article
	Score    float64   `json:"score"`
	Copies   int       `json:"copies" jsonschema:"further articles that match with the text of this one, which the tool copies lists"`
	Outlets  []string  `json:"outlets" jsonschema:"some that printed these"`
	Missing  []string  `json:"missing" jsonschema:"words of the query that it lacks"`
	Passages []passage `json:"passages"`
}

// facet counts the values of a property of articles.
type facet struct {
	Name   string       `json:"name"`
	Values []facetValue `json:"values"`
	More   int          `json:"more" jsonschema:"further values"`
}

type facetValue struct {
	Value string `json:"value"`
	Count int    `json:"count" jsonschema:"articles"`
}

func (in *searchArguments) filters() *filters {
	return &filters{
		topic: in.Topic, source: in.Source, author: in.Author, place: in.Place, person: in.Person, org: in.Org,
		language: in.Language, since: in.Since, until: in.Until,
	}
}

func (s *service) search(ctx context.Context, in *searchArguments) (*searchResult, error) {
	match, err := oneOf("match", in.Match, matches...)
	if err != nil {
		return nil, err
	}
	sort, err := oneOf("sort", in.Sort, sorts...)
	if err != nil {
		return nil, err
	}
	for _, f := range in.Facets {
		if _, err := oneOf("facets", f, facets...); err != nil {
			return nil, err
		}
	}
	if err := inRange("limit", &in.Limit, 10, 1, 50); err != nil {
		return nil, err
	}
	if err := inRange("passages", &in.Passages, 2, 1, 10); err != nil {
		return nil, err
	}
	if err := inRange("budget", &in.Budget, defaultBudget, minBudget, maxBudget); err != nil {
		return nil, err
	}
	q := s.query(in.Query, in.filters())
	q.Match, q.Sort, q.Facets, q.Limit, q.Passages, q.Cursor = index.Match(match), index.Sort(sort), in.Facets, in.Limit, in.Passages, in.Cursor
	return s.searchWithin(ctx, q, in.Budget)
}

// searchWithin answers a search within a budget. Where all hits are too much, it asks for
// as many as there is room for, so that the cursor goes on behind these.
func (s *service) searchWithin(ctx context.Context, q index.Query, budget int) (*searchResult, error) {
	asked := q.Limit
	for {
		res, err := s.ix.Search(ctx, q)
		if err != nil {
			return nil, err
		}
		out := newSearchResult(q.Text, res)
		if out.Withheld, err = s.withheld(ctx, q, res.Total > 0, res.Relaxed); err != nil {
			return nil, err
		}
		out.tellLeftOut(q.Limit < asked)
		fits, err := s.fit(out, budget)
		if err != nil {
			return nil, err
		}
		if fits == len(out.Hits) || len(out.Hits) <= 1 {
			return out, nil
		}
		q.Limit = max(1, fits)
	}
}

// fit returns how many hits there is room for. What is near goes first, and then what the
// facets have, each of which is told.
func (s *service) fit(out *searchResult, budget int) (hits int, err error) {
	size, err := s.size(out)
	if err != nil || size <= budget {
		return len(out.Hits), err
	}
	if len(out.Near) > 0 {
		out.LeftOut = append(out.LeftOut, fmt.Sprintf("%s with most of the words: search with fewer words, or a larger budget", count(len(out.Near), "article", "articles")))
		out.Near = []hit{}
	}
	hits = len(out.Hits)
	for hits > 1 {
		less := *out
		less.Hits = out.Hits[:hits]
		if size, err = s.size(&less); err != nil || size <= budget {
			return hits, err
		}
		hits--
	}
	return hits, nil
}

// tellLeftOut says what a page has left out, and how to get it.
func (r *searchResult) tellLeftOut(byBudget bool) {
	shown := len(r.Hits)
	if shown > 0 && r.Cursor != "" {
		why := ""
		if byBudget {
			why = ", as the budget ended"
		}
		last := r.Hits[shown-1].Rank
		rest := "further articles"
		switch {
		case r.Stories > last:
			rest = count(r.Stories-last, "further story", "further stories")
		case r.Stories == 0 && r.Exact && r.Total > last:
			rest = count(r.Total-last, "further article", "further articles")
		}
		r.LeftOut = append(r.LeftOut, fmt.Sprintf("%s behind rank %d%s: search again with the cursor", rest, last, why))
	}
	for _, f := range r.Facets {
		if f.More > 0 {
			r.LeftOut = append(r.LeftOut, fmt.Sprintf("%s of the facet %s: narrow the search down by a filter", count(f.More, "further value", "further values"), f.Name))
		}
	}
}

func newSearchResult(text string, res *index.Results) *searchResult {
	out := &searchResult{
		Notice: notice, Query: cut(text, maxTitle), Total: res.Total, Exact: res.Exact, Stories: res.Stories, Relaxed: res.Relaxed,
		Hits: newHits(res.Hits), Near: newHits(res.Near), Facets: []facet{}, DidYouMean: res.DidYouMean,
		Optional: append([]string{}, res.Optional...), Aliases: aliasesOf(res.Aliases), Warnings: append([]string{}, res.Warnings...),
		LeftOut: []string{}, Cursor: res.Cursor,
	}
	if res.RankedBy != index.RankDefault {
		out.RankedBy = res.RankedBy.String()
	}
	if res.Total == 0 || res.Relaxed {
		out.Hint = "The tool explain_query says which parts of the query stand in the way."
	}
	for _, f := range res.Facets {
		of := facet{Name: f.Name, Values: []facetValue{}, More: f.More}
		for _, v := range f.Values {
			of.Values = append(of.Values, facetValue{v.Value, v.Count})
		}
		out.Facets = append(out.Facets, of)
	}
	return out
}

func newHits(hits []index.Hit) []hit {
	out := make([]hit, len(hits))
	for i := range hits {
		h := &hits[i]
		out[i] = hit{Rank: h.Rank, article: newArticle(h.Article), Score: h.Score, Copies: h.Copies, Outlets: names(h.Outlets), Missing: append([]string{}, h.Missing...), Passages: []passage{}}
		for j := range h.Snippets {
			out[i].Passages = append(out[i].Passages, newPassage(h.Article, &h.Snippets[j]))
		}
	}
	return out
}

// aliasesOf says which other names were looked for, and what they found.
func aliasesOf(uses []index.AliasUse) []string {
	out := []string{}
	for _, u := range uses {
		out = append(out, fmt.Sprintf("%s for %s: %s more", u.To, u.From, count(u.Articles, "article", "articles")))
	}
	return slices.Compact(out)
}

func (r *searchResult) text(p *printer) {
	total := count(r.Total, "article matches", "articles match")
	switch {
	case r.Total == 0:
		total = "No article matches"
	case r.Relaxed:
		total = "No article has all the words; " + count(r.Total, "article has", "articles have") + " some of them"
	case !r.Exact:
		total = "At least " + total
	}
	if r.Stories > 0 && r.Stories < r.Total {
		total += ", in " + count(r.Stories, "story", "stories") + " as copies of one text are one"
	}
	p.line("%s; %d shown.", total, len(r.Hits))
	if r.Hint != "" {
		p.line("%s", r.Hint)
	}
	p.lines("Optional word", r.Optional)
	p.lines("Also looked for", r.Aliases)
	p.warnings(r.Warnings)
	if r.DidYouMean != "" {
		p.line("Did you mean: %s", oneLine(r.DidYouMean))
	}
	withheldLine(p, r.Withheld)
	for i := range r.Hits {
		r.Hits[i].text(p)
	}
	if len(r.Near) > 0 {
		p.line("\nThese lack a word or two, and are not in the total:")
	}
	for i := range r.Near {
		r.Near[i].text(p)
	}
	for _, f := range r.Facets {
		p.line("\nArticles by %s:", f.Name)
		p.open()
		for _, v := range f.Values {
			p.line("%6d  %s", v.Count, oneLine(v.Value))
		}
		p.close()
	}
	p.lines("Left out", r.LeftOut)
	if r.Cursor != "" {
		p.line("cursor: %s", r.Cursor)
	}
}

// copiesLine tells of further articles with the same text.
func copiesLine(p *printer, n int) {
	if n > 0 {
		p.line("%s the same text: one report, which the tool copies lists", count(n, "further article has", "further articles have"))
	}
}

func (h *hit) text(p *printer) {
	p.line("\n[%d] id %q, uri %s, score %.3g", h.Rank, h.ID, h.URI, h.Score)
	if len(h.Missing) > 0 {
		p.line("lacks: %s", oneLine(strings.Join(h.Missing, ", ")))
	}
	copiesLine(p, h.Copies)
	p.open()
	h.fields(p)
	p.field("also printed by", strings.Join(h.Outlets, "; "))
	for i := range h.Passages {
		h.Passages[i].quote(p)
	}
	p.close()
}
