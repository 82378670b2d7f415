package index

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/query"
)

// Analysis says how a query is read, and what each part of it finds.
type Analysis struct {
	Query    string // in canonical form: operators and parentheses as they are understood
	Expanded string // the same with aliases, see Aliases
	Articles int    // that match, strictly
	// Among is the number of articles that the filters and dates let through.
	Among int
	// WithSome is the number of articles with some of the words, where none
	// has all of them; else 0.
	WithSome int
	// Clauses are the parts that must all hold; a query that is not an AND
	// has one, the zero query none.
	Clauses    []Clause
	DidYouMean string     // as in Results
	Aliases    []AliasUse // as in Results
	Warnings   []string
}

// Clause is a part of a query.
type Clause struct {
	Text       string // in canonical form
	Start, End int    // byte offsets in the query's text
	Articles   int    // that match this part alone
	// Without is the number of articles that the query would find without
	// this part. It is set where the query has several parts that must all
	// hold, and -1 elsewhere.
	Without int
	// Ignored is set for a stop word that the query does not ask for.
	Ignored bool
	// Optional is set for a word that asks and need not be found, see
	// Results.Optional.
	Optional bool
	// From and To are the range of time, [From, To), that a date means.
	From, To time.Time
	// Words are the words as written that the part stands for, most frequent
	// first, and the number of further ones.
	Words     []WordCount
	MoreWords int
	Clauses   []Clause // of an AND, OR or NOT
}

// WordCount is a word as written and the number of times that an article holds
// it in its title, its headings or its body.
type WordCount struct {
	Word  string
	Count int
}

// The bounds of an analysis: enough for what a person can take in.
const (
	maxClauses     = 64
	maxClauseWords = 10
)

// Analyze says how q is read and what each part of it finds. Filters and
// dates of q hold for all counts. Its errors are those of Search.
func (ix *Index) Analyze(ctx context.Context, q Query) (a *Analysis, err error) {
	if q, err = q.resolved(); err != nil {
		return nil, err
	}
	aliases, err := ix.aliasesFor(&q)
	if err != nil {
		return nil, err
	}
	_, err = ix.read(ctx, q.now(), q.IncludeEmbargoed, func(snap engine.Snapshot) (err error) {
		if a, err = analyze(ctx, snap, &q, aliases); err != nil {
			return err
		}
		return a.addFound(ctx, snap, q, aliases)
	})
	if err != nil {
		return nil, err
	}
	return a, nil
}

// addFound fills in what a search for q finds beside its hits, and what it is
// found among.
func (a *Analysis) addFound(ctx context.Context, snap engine.Snapshot, q Query, aliases *Aliases) error {
	q.Limit, q.Passages, q.Facets, q.Cursor, q.Explain = -1, -1, nil, "", false
	found, err := search(ctx, snap, &q, aliases)
	if err != nil {
		return err
	}
	a.Aliases, a.DidYouMean = found.Aliases, found.DidYouMean
	if found.Relaxed {
		a.WithSome = found.Total
	}
	q.Text = ""
	all, err := search(ctx, snap, &q, nil)
	if err != nil {
		return err
	}
	a.Among = all.Total
	return nil
}

func analyze(ctx context.Context, snap engine.Snapshot, q *Query, aliases *Aliases) (*Analysis, error) {
	if err := q.setLanguages(ctx, snap); err != nil {
		return nil, err
	}
	r, err := q.parse(aliases)
	if err != nil {
		return nil, err
	}
	filters, warnings, err := resolveFilters(ctx, snap, q.Filters, q.TopicsFrom, q.location())
	if err != nil {
		return nil, err
	}
	a := &queryAnalysis{snap: snap, q: q, r: r, filters: filters, aliases: aliases}
	out := &Analysis{Query: r.written.String(), Expanded: r.tree.String(), Warnings: append(r.warnings, warnings...)}
	if out.Articles, err = a.count(ctx, r.written); err != nil {
		return nil, err
	}
	switch tree := r.written.(type) {
	case query.All:
	case query.And:
		out.Clauses, err = a.clauses(ctx, tree.Operands, identity)
		if err == nil {
			err = a.fillWithout(ctx, tree, out.Clauses)
		}
	default:
		out.Clauses, err = a.clauses(ctx, []query.Node{tree}, identity)
	}
	a.markOptional(out.Clauses)
	if a.seen > maxClauses {
		out.Warnings = append(out.Warnings, fmt.Sprintf("the query has more than %d parts; the first are listed", maxClauses))
	}
	return out, err
}

// queryAnalysis is an analysis under way.
type queryAnalysis struct {
	snap    engine.Snapshot
	q       *Query
	r       *parsedQuery
	filters []engine.Filter
	aliases *Aliases // may be nil
	seen    int      // clauses
}

// markOptional marks the words of the query that ask.
func (a *queryAnalysis) markOptional(clauses []Clause) {
	if !a.r.context.Questions {
		return
	}
	for _, n := range match.Questions(a.r.context, a.r.written) {
		start, end := n.Pos()
		for i := range clauses {
			if clauses[i].Start == start && clauses[i].End == end {
				clauses[i].Optional = true
			}
		}
	}
}

func identity(n query.Node) query.Node { return n }

// count returns the number of articles that match a tree, aliases included.
func (a *queryAnalysis) count(ctx context.Context, tree query.Node) (int, error) {
	if a.aliases != nil && !a.q.NoAliases {
		tree, _ = a.aliases.table.Expand(a.r.context.Languages(), tree)
	}
	part := parsedQuery{tree: tree}
	plan, err := part.lower(a.q, a.r.context)
	if err != nil {
		return 0, err
	}
	found, err := a.snap.Search(ctx, &engine.Request{Plan: plan, Filters: a.filters, Location: a.q.location()})
	if err != nil {
		return 0, err
	}
	return found.Total, nil
}

// clauses analyses nodes that stand side by side; within puts a node into the
// field in which they stand.
func (a *queryAnalysis) clauses(ctx context.Context, nodes []query.Node, within func(query.Node) query.Node) ([]Clause, error) {
	var out []Clause
	stops := someWordCounts(a.r.context.Analyzer, nodes)
	for _, n := range nodes {
		if a.seen++; a.seen > maxClauses {
			break
		}
		c, err := a.clause(ctx, n, within)
		if err != nil {
			return nil, err
		}
		c.Ignored = stops && match.IsStopWord(a.r.context.Analyzer, n)
		out = append(out, c)
	}
	return out, nil
}

func (a *queryAnalysis) clause(ctx context.Context, n query.Node, within func(query.Node) query.Node) (Clause, error) {
	c := Clause{Text: n.String(), Without: -1}
	c.Start, c.End = n.Pos()
	whole := within(n)
	var err error
	if c.Articles, err = a.count(ctx, whole); err != nil {
		return c, err
	}
	switch n := n.(type) {
	case query.And:
		c.Clauses, err = a.clauses(ctx, n.Operands, within)
	case query.Or:
		c.Clauses, err = a.clauses(ctx, n.Operands, within)
	case query.Not:
		c.Clauses, err = a.clauses(ctx, []query.Node{n.Operand}, within)
	case query.Field:
		if kids := operands(n.Operand); len(kids) > 1 {
			c.Clauses, err = a.clauses(ctx, kids, func(k query.Node) query.Node { n.Operand = k; return n })
		} else {
			err = a.words(ctx, &c, whole)
		}
	case query.Lead:
		if kids := operands(n.Operand); len(kids) > 1 {
			c.Clauses, err = a.clauses(ctx, kids, func(k query.Node) query.Node { n.Operand = k; return n })
		} else {
			err = a.words(ctx, &c, whole)
		}
	case query.Range:
		if n.Name == "words" {
			break // of the article, not of a time
		}
		c.From, c.To, err = query.DateRange(n, a.r.context.Now.In(a.q.location()))
	default:
		err = a.words(ctx, &c, whole)
	}
	return c, publicError(err)
}

// operands returns the parts of an AND or OR, or the node itself.
func operands(n query.Node) []query.Node {
	switch n := n.(type) {
	case query.And:
		return n.Operands
	case query.Or:
		return n.Operands
	}
	return []query.Node{n}
}

// words fills in what a part without parts stands for.
func (a *queryAnalysis) words(ctx context.Context, c *Clause, n query.Node) error {
	plan, err := match.Lower(n, a.r.context)
	if err != nil {
		return err
	}
	type place struct {
		field match.Field
		word  string
	}
	seen := make(map[place]bool) // a word may be of the stems of several languages
	for _, leaf := range match.Leaves(plan) {
		for _, term := range termsOf(leaf.Plan) {
			list, more, err := a.snap.Terms(ctx, leaf.Field, term, maxClauseWords)
			if err != nil {
				return err
			}
			for _, w := range list {
				if at := (place{leaf.Field, w.Value}); seen[at] {
					continue
				} else {
					seen[at] = true
				}
				c.Words = append(c.Words, WordCount{Word: w.Value, Count: w.Count})
			}
			c.MoreWords += more
		}
	}
	return nil
}

// termsOf returns the terms of a leaf that stand for words: not those of any word with some
// marks, such as the words of a name.
func termsOf(p match.Plan) []match.TermPattern {
	return slices.DeleteFunc(allTermsOf(p), func(t match.TermPattern) bool { return t.Kind == match.AnyWord && t.Marks != "" })
}

func allTermsOf(p match.Plan) []match.TermPattern {
	switch p := p.(type) {
	case match.Stem:
		return []match.TermPattern{{Kind: match.SameStem, Text: p.Stem}}
	case match.Phrase:
		return slices.Clone(p.Terms)
	case match.Near:
		var terms []match.TermPattern
		for _, operand := range p.Operands {
			for _, phrase := range operand {
				terms = append(terms, phrase.Terms...)
			}
		}
		return terms
	case match.Spans:
		var terms []match.TermPattern
		for _, phrase := range match.SpanPhrases(p.Of) {
			terms = append(terms, phrase.Terms...)
		}
		return terms
	}
	return nil
}

// fillWithout counts what the query would find without each of its parts.
func (a *queryAnalysis) fillWithout(ctx context.Context, tree query.And, clauses []Clause) error {
	if len(tree.Operands) < 2 {
		return nil
	}
	for i := range clauses {
		rest := tree
		rest.Operands = append(append([]query.Node(nil), tree.Operands[:i]...), tree.Operands[i+1:]...)
		var err error
		if clauses[i].Without, err = a.count(ctx, rest); err != nil {
			return err
		}
	}
	return nil
}

// someWordCounts reports whether stop words among nodes are left out: words
// stand side by side, and one of them is no stop word.
func someWordCounts(a analysis.Analyzer, nodes []query.Node) bool {
	for _, n := range nodes {
		if w, ok := n.(query.Word); ok && !w.Exact && !match.IsStopWord(a, n) {
			return len(nodes) > 1
		}
	}
	return false
}
