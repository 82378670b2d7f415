package search

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/newsq/newsq/internal/engine/bm25f"
	"github.com/newsq/newsq/internal/match"
)

// node is a node of a plan that is scored. Boosts have sunk into the leaves below
// them, and are no nodes.
type node struct {
	plan   match.Plan
	kind   nodeKind
	kids   []*node
	leaf   *leaf // nil for what is no leaf
	scores bool  // whether anything in it scores
}

type nodeKind uint8

const (
	nodeSet nodeKind = iota // what scores nothing: values, dates, what stands under a Not
	nodeLeaf
	nodeAnd
	nodeOr
	nodeBest   // an Or of which only the best part scores
	nodeShould // the first part is what matches; the others add to its score
)

// leaf is a condition on words that scores: a stem, a phrase, a word as written, a
// NEAR, spans.
type leaf struct {
	plan  match.Plan
	id    int // of the leaf in tree.distinct
	boost float64
	// A leaf is not taken for rarer than these plans are, which are names of the same
	// thing: ids of tree.floors. docFreq is at least the number of articles that each
	// matches.
	floors  []int
	docFreq int // by which it is weighed, see statistics
	idf     float64
	// A leaf that puts articles first gives to each, beside its own score, the most
	// that these leaves give together. It is nil for others.
	first []*leaf
}

// tree is a plan that is scored.
type tree struct {
	plan     match.Plan
	root     *node
	leaves   []*leaf      // in the order of the plan
	distinct []match.Plan // leaves that differ: they are counted, and looked for, once
	floors   []match.Plan // see leaf
	ids      map[string]int
}

// newTree compiles a plan.
func newTree(p match.Plan) *tree {
	t := &tree{plan: p, ids: map[string]int{}}
	t.root = t.add(p, scope{boost: 1})
	return t
}

// scope is what the nodes above say about a node.
type scope struct {
	boost  float64
	floors []match.Plan // first names, see match.Floor
}

func (t *tree) add(p match.Plan, in scope) *node {
	n := &node{plan: p}
	switch p := p.(type) {
	case match.Boost:
		in.boost *= p.Factor
		return t.add(p.Operand, in)
	case match.And:
		n.kind = nodeAnd
		t.addKids(n, p.Operands, in)
	case match.Or:
		n.kind = nodeOr
		switch {
		case p.Best:
			n.kind = nodeBest
			t.addBest(n, p.Operands, in)
		case p.Forms:
			n.kind = nodeBest
			t.addKids(n, p.Operands, in)
		default:
			t.addKids(n, p.Operands, in)
		}
	case match.Should:
		n.kind = nodeShould
		t.addShould(n, p, in)
	case match.Stem, match.Phrase, match.Near, match.Spans:
		n.kind = nodeLeaf
		n.leaf, n.scores = t.addLeaf(p, in), true
	}
	return n
}

func (t *tree) addKids(n *node, plans []match.Plan, in scope) {
	for _, p := range plans {
		k := t.add(p, in)
		n.kids = append(n.kids, k)
		n.scores = n.scores || k.scores
	}
}

// addBest adds names of one thing.
func (t *tree) addBest(n *node, plans []match.Plan, in scope) {
	for i, p := range plans {
		if i == 1 {
			in.floors = append(slices.Clip(in.floors), plans[0])
		}
		t.addKids(n, []match.Plan{p}, in)
	}
}

// addFloor returns the id of a floor.
func (t *tree) addFloor(p match.Plan) int {
	for i, q := range t.floors {
		if reflect.DeepEqual(p, q) {
			return i
		}
	}
	t.floors = append(t.floors, p)
	return len(t.floors) - 1
}

func (t *tree) addShould(n *node, p match.Should, in scope) {
	start := len(t.leaves)
	t.addKids(n, []match.Plan{p.Operand}, in)
	under := []*leaf{}
	for _, l := range t.leaves[start:] {
		if l.first == nil && ranks(l.plan) {
			under = append(under, l)
		}
	}
	t.addKids(n, p.Optional, in)
	for _, q := range p.First {
		t.addKids(n, []match.Plan{q}, in)
		t.leaves[len(t.leaves)-1].first = under
	}
}

func (t *tree) addLeaf(p match.Plan, in scope) *leaf {
	key := fmt.Sprintf("%#v", p)
	id, known := t.ids[key]
	if !known {
		id = len(t.distinct)
		t.ids[key] = id
		t.distinct = append(t.distinct, p)
	}
	l := &leaf{plan: p, id: id, boost: in.boost}
	for _, first := range in.floors {
		if floor, ok := match.Floor(first, p); ok {
			l.floors = append(l.floors, t.addFloor(floor))
		}
	}
	t.leaves = append(t.leaves, l)
	return l
}

// ranks reports whether a leaf gives scores of its own: it looks at fields with a
// weight.
func ranks(p match.Plan) bool {
	f := fieldOf(p)
	return f == match.Text || bm25f.Weight(f) > 0
}

// fieldOf returns the field that a leaf looks at.
func fieldOf(p match.Plan) match.Field {
	switch p := p.(type) {
	case match.Stem:
		return p.Field
	case match.Phrase:
		return p.Field
	case match.Near:
		return p.Field
	case match.Spans:
		return p.Field
	}
	return match.Text
}
