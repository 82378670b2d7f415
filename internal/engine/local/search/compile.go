package search

import (
	"slices"

	"github.com/newsq/newsq/internal/match"
)

// expr is a plan made ready for evaluation: boosts have sunk into the leaves,
// and every node has a number under which its set is kept.
type expr struct {
	number int
	plan   match.Plan // of a node without kids
	leafID int        // of a leaf, see leafIDs; -1 for others
	kind   exprKind
	kids   []*expr
	leaf   int // index into the query's leaves; -1 where nothing is scored
	// scores is whether anything below scores.
	scores bool
}

type exprKind uint8

const (
	exprSet exprKind = iota // its own set: a leaf, a value, dates
	exprAnd
	exprOr
	exprMax // an OR of which the best part scores
	exprNot
)

// leaf is a condition of a query that ranks: a stem, a phrase, a word as
// written, a NEAR.
type leaf struct {
	plan  match.Plan
	id    int // see leafIDs
	boost float64
	df    int // articles in which it occurs, over all segments
	idf   float64
	// least are the nodes whose articles df must not fall below: the names
	// asked for of which the leaf is another.
	minDocFreqOf []*expr
	weight       float64 // boost * idf, in quanta; see scoring
}

// compiled is a plan ready to run on any segment.
type compiled struct {
	root     *expr
	numNodes int
	leaves   []*leaf // in the order of the query
	ids      *leafIDs
}

// compile makes a plan ready to run. ids are those of the request.
func compile(p match.Plan, ids *leafIDs) *compiled {
	c := &compiled{ids: ids}
	c.root = c.add(p, scope{boost: 1, scores: true})
	return c
}

// place is where a node stands.
type scope struct {
	boost        float64
	scores       bool
	minDocFreqOf []*expr // see leaf
}

func (c *compiled) add(p match.Plan, at scope) *expr {
	if b, ok := p.(match.Boost); ok {
		at.boost *= b.Factor
		return c.add(b.Of, at)
	}
	e := &expr{number: c.numNodes, plan: p, leafID: c.ids.idOf(p), leaf: -1}
	c.numNodes++
	kid := func(q match.Plan, at scope) {
		k := c.add(q, at)
		e.kids = append(e.kids, k)
		e.scores = e.scores || k.scores
	}
	switch p := p.(type) {
	case match.And:
		e.kind = exprAnd
		for _, q := range p.Of {
			kid(q, at)
		}
	case match.Or:
		e.kind = exprOr
		if p.Best {
			e.kind = exprMax
		}
		for i, q := range p.Of {
			if i == 1 && p.Best {
				at.minDocFreqOf = append(slices.Clip(at.minDocFreqOf), e.kids[0])
			}
			kid(q, at)
		}
	case match.Not:
		e.kind = exprNot
		at.scores = false
		kid(p.Of, at)
	case match.Stem, match.Phrase, match.Near:
		if at.scores {
			e.leaf, e.scores = len(c.leaves), true
			c.leaves = append(c.leaves, &leaf{plan: p, id: e.leafID, boost: at.boost, minDocFreqOf: at.minDocFreqOf})
		}
	}
	return e
}
