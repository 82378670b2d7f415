package search

import (
	"slices"

	"github.com/newsq/newsq/internal/engine/bm25f"
	"github.com/newsq/newsq/internal/match"
)

// expr is a node of a compiled plan. Boosts have sunk into the leaves below
// them, and are no nodes.
type expr struct {
	number int        // of the node, by which its set is kept
	plan   match.Plan // of a node without kids
	leafID int        // of a leaf, see leafIDs; -1 for others
	kind   exprKind
	kids   []*expr
	leaf   int  // index into the leaves of the query; -1 for what is no leaf or scores nothing
	scores bool // whether anything in it scores
}

type exprKind uint8

const (
	exprSet exprKind = iota // no kids: a leaf, a value, dates
	exprAnd
	exprOr
	exprMax // an OR of which only the best part scores
	exprNot
	exprShould // the first part is what matches; the others add to its score
)

// leaf is a condition of a query that scores: a stem, a phrase, a word as
// written, a NEAR.
type leaf struct {
	plan  match.Plan
	id    int // see leafIDs
	boost float64
	count int // articles in which it occurs, over all segments
	df    int // the same as it is weighed by, see statistics
	idf   float64
	// A leaf is not taken for rarer than these nodes are, which are names of
	// the same thing: df is at least the number of articles that each matches.
	minDocFreqOf []*expr
	weight       float64 // boost * idf, as a fixed-point score; see bm25
	// A leaf that puts articles first gives to each, beside its own score, the most
	// that these leaves give together: firstScore. It is nil for others.
	first      []*leaf
	firstScore int64
}

// compiled is a plan that is ready to run on any segment.
type compiled struct {
	root     *expr
	numNodes int
	leaves   []*leaf // in the order of the query
	ids      *leafIDs
	// exprs and leafRoom are memory for the first nodes and leaves.
	exprs    []expr
	leafRoom []leaf
}

// compile makes a plan ready to run. ids are those of the request.
func compile(p match.Plan, ids *leafIDs) *compiled {
	c := &compiled{ids: ids}
	c.compile(p)
	return c
}

func (c *compiled) compile(p match.Plan) { c.root = c.add(p, scope{boost: 1, scores: true}) }

// usualNodes is for how many nodes, and for how many leaves, a compiled plan keeps
// memory.
const usualNodes = 4

// reset empties c, which keeps its memory.
func (c *compiled) reset() {
	clear(c.exprs)
	clear(c.leafRoom)
	clear(c.leaves)
	*c = compiled{leaves: c.leaves[:0], exprs: c.exprs[:0], leafRoom: c.leafRoom[:0]}
}

// newExpr returns a node. Nodes stay where they are, as others point to them.
func (c *compiled) newExpr() *expr {
	if c.exprs == nil {
		c.exprs = make([]expr, 0, usualNodes)
	}
	if len(c.exprs) == cap(c.exprs) {
		return new(expr)
	}
	c.exprs = c.exprs[:len(c.exprs)+1]
	return &c.exprs[len(c.exprs)-1]
}

// newLeaf is newExpr for a leaf.
func (c *compiled) newLeaf() *leaf {
	if c.leafRoom == nil {
		c.leafRoom = make([]leaf, 0, usualNodes)
	}
	if len(c.leafRoom) == cap(c.leafRoom) {
		return new(leaf)
	}
	c.leafRoom = c.leafRoom[:len(c.leafRoom)+1]
	return &c.leafRoom[len(c.leafRoom)-1]
}

// scope is what the nodes above say about a node.
type scope struct {
	boost        float64
	scores       bool
	minDocFreqOf []*expr // see leaf
}

// add compiles a plan and all below it.
func (c *compiled) add(p match.Plan, in scope) *expr {
	if b, ok := p.(match.Boost); ok {
		in.boost *= b.Factor
		return c.add(b.Operand, in)
	}
	e := c.newExpr()
	*e = expr{number: c.numNodes, plan: p, leafID: c.ids.idOf(p), leaf: -1}
	c.numNodes++
	switch p := p.(type) {
	case match.And:
		e.kind = exprAnd
		for _, q := range p.Operands {
			c.addKid(e, q, in)
		}
	case match.Or:
		e.kind = exprOr
		if p.Best || p.Forms {
			e.kind = exprMax
		}
		for i, q := range p.Operands {
			if i == 1 && p.Best {
				in.minDocFreqOf = append(slices.Clip(in.minDocFreqOf), e.kids[0])
			}
			c.addKid(e, q, in)
		}
	case match.Not:
		e.kind = exprNot
		in.scores = false
		c.addKid(e, p.Operand, in)
	case match.Should:
		e.kind = exprShould
		c.addShould(e, p, in)
	case match.Stem, match.Phrase, match.Near, match.Spans:
		if in.scores {
			e.leaf, e.scores = len(c.leaves), true
			l := c.newLeaf()
			*l = leaf{plan: e.plan, id: e.leafID, boost: in.boost, minDocFreqOf: in.minDocFreqOf}
			c.leaves = append(c.leaves, l)
		}
	}
	return e
}

// addShould compiles the parts of a Should.
func (c *compiled) addShould(e *expr, p match.Should, in scope) {
	start := len(c.leaves)
	c.addKid(e, p.Operand, in)
	if !in.scores {
		return
	}
	under := []*leaf{}
	for _, l := range c.leaves[start:] {
		if l.first == nil && ranks(l.plan) {
			under = append(under, l)
		}
	}
	for _, q := range p.Optional {
		c.addKid(e, q, in)
	}
	for _, q := range p.First {
		c.addKid(e, q, in)
		c.leaves[len(c.leaves)-1].first = under
	}
}

// ranks reports whether a leaf gives scores: it looks at fields with a weight.
func ranks(p match.Plan) bool {
	f := match.Text
	switch p := p.(type) {
	case match.Stem:
		f = p.Field
	case match.Phrase:
		f = p.Field
	case match.Near:
		f = p.Field
	case match.Spans:
		f = p.Field
	}
	return f == match.Text || bm25f.Weight(f) > 0
}

func (c *compiled) addKid(e *expr, p match.Plan, in scope) {
	k := c.add(p, in)
	e.kids = append(e.kids, k)
	e.scores = e.scores || k.scores
}
