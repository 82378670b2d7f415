package search

import (
	"context"
	"maps"
	"slices"

	"github.com/newsq/newsq/internal/engine/bm25f"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/match"
)

// The scripts of leaves. The score of the query that they are about is the weighted
// frequency. What differs from search to search is a parameter, so that each script is
// compiled once.
const (
	scoreScript = `double f=Math.max(params.least,Math.rint(_score));` +
		`return params.weight*f/(f+params.base+params.per*doc['` + schema.FieldLength + `'].value);`
	subtractScript = `double f=_score;` +
		`for(String x:params.subtract){f-=termFreq(x,params.stem);}` +
		`return params.weight*f/(f+params.base+params.per*doc['` + schema.FieldLength + `'].value);`
)

// scored returns the query of a node: it matches what the node does, and its score is
// the node's.
func (q *search) scored(ctx context.Context, n *node) (query, error) {
	switch {
	case !n.scores:
		return q.unscored(ctx, n.plan)
	case n.kind == nodeLeaf:
		return q.scoredLeaf(ctx, n.leaf)
	case n.kind == nodeAnd:
		return q.scoredAnd(ctx, n.kids)
	case n.kind == nodeShould:
		return q.scoredShould(ctx, n)
	}
	of, err := q.scoredAll(ctx, n.kids)
	if n.kind == nodeBest {
		return query{"dis_max": query{"queries": of}}, err
	}
	return query{"bool": query{"should": of, "minimum_should_match": 1}}, err
}

func (q *search) scoredAll(ctx context.Context, nodes []*node) ([]query, error) {
	of := make([]query, len(nodes))
	for i, n := range nodes {
		var err error
		if of[i], err = q.scored(ctx, n); err != nil {
			return nil, err
		}
	}
	return of, nil
}

// unscored returns a query that gives a score of 0 to what a plan matches.
func (q *search) unscored(ctx context.Context, p match.Plan) (query, error) {
	set, err := q.compiler.set(ctx, p)
	return query{"bool": query{"filter": set}}, err
}

func (q *search) scoredAnd(ctx context.Context, kids []*node) (query, error) {
	must, filter := []query{}, []query{}
	for _, k := range kids {
		of, err := q.scored(ctx, k)
		if err != nil {
			return nil, err
		}
		if k.scores {
			must = append(must, of)
		} else {
			filter = append(filter, of)
		}
	}
	return query{"bool": query{"must": must, "filter": filter}}, nil
}

func (q *search) scoredShould(ctx context.Context, n *node) (query, error) {
	of, err := q.scoredAll(ctx, n.kids)
	if err != nil {
		return nil, err
	}
	return query{"bool": query{"must": of[0], "should": of[1:], "minimum_should_match": 0}}, nil
}

// scoredLeaf is scored for a leaf.
func (q *search) scoredLeaf(ctx context.Context, l *leaf) (query, error) {
	f := q.frequencies[l.id]
	if stem, ok := l.plan.(match.Stem); ok && q.preselecting && stem.Field == match.Text && stem.Stem != "" {
		return query{"term": query{schema.FieldEstimate: query{"value": stem.Stem, "boost": l.boost}}}, nil
	}
	own := query{"bool": query{"filter": f.set}}
	if ranks(l.plan) {
		own = q.ownScore(l, f)
	}
	bonus := l.bonus()
	if bonus == 0 {
		return own, nil
	}
	always := query{"constant_score": query{"filter": f.set, "boost": bonus}}
	return query{"bool": query{"must": []query{own, always}}}, nil
}

// ownScore is what a leaf gives for its frequency.
func (q *search) ownScore(l *leaf, f frequency) query {
	counted := q.counted[l.id]
	least := 1.0
	if f.whole {
		least = bm25f.WeightBody
	}
	if counted == nil || len(counted.byFrequency) == 0 {
		return q.script(l, f, f.of, least)
	}
	known := q.script(l, f, anyOf(counted.queries()...), 1)
	if f.whole && counted.all && q.counting.postFilter() == nil {
		return known
	}
	rest := query{"bool": query{"must": f.of, "must_not": counted.ids()}}
	return anyOf(known, q.script(l, f, rest, least))
}

// script returns the query of a leaf whose frequency is the score of a query, and at
// least as much as said.
func (q *search) script(l *leaf, f frequency, of query, least float64) query {
	script := query{"source": scoreScript}
	params := query{"weight": l.boost * l.idf, "base": q.bm25.normBase, "per": q.bm25.normPerLength, "least": least}
	if len(f.subtract) > 0 {
		script["source"] = subtractScript
		delete(params, "least")
		params["subtract"], params["stem"] = f.subtract, f.stem
	}
	script["params"] = params
	return query{"script_score": query{"query": of, "script": script}}
}

// countedFrequencies are frequencies of a leaf that the client counted, by the field
// FieldID of articles.
type countedFrequencies struct {
	byFrequency map[int][]string
	all         bool // whether it has all hits that are in doubt
}

// with returns what was counted in both, of other articles each; c may be nil.
func (c *countedFrequencies) with(more *countedFrequencies, all bool) *countedFrequencies {
	sum := &countedFrequencies{byFrequency: maps.Clone(more.byFrequency), all: all}
	if c != nil {
		for n, ids := range c.byFrequency {
			sum.byFrequency[n] = slices.Concat(ids, sum.byFrequency[n])
		}
	}
	return sum
}

// queries returns a query for each frequency, which is its score.
func (c *countedFrequencies) queries() []query {
	of := []query{}
	for _, n := range sortedKeys(c.byFrequency) {
		of = append(of, query{"constant_score": query{"filter": terms(schema.FieldID, c.byFrequency[n]), "boost": n}})
	}
	return of
}

// ids returns the query for all articles that were counted.
func (c *countedFrequencies) ids() query {
	all := []string{}
	for _, n := range sortedKeys(c.byFrequency) {
		all = append(all, c.byFrequency[n]...)
	}
	return terms(schema.FieldID, all)
}

func sortedKeys[V any](m map[int]V) []int {
	keys := make([]int, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
