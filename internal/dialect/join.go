package dialect

import (
	"fmt"

	"github.com/newsq/newsq/internal/query"
)

// What joins nodes. A nil node is a part that was left out.

func and(nodes ...query.Node) query.Node {
	var of []query.Node
	for _, n := range nodes {
		switch n := n.(type) {
		case nil:
		case query.And:
			if len(n.Operands) > 1 && !n.Bare {
				of = append(of, n.Operands...)
				continue
			}
			of = append(of, n)
		default:
			of = append(of, n)
		}
	}
	switch len(of) {
	case 0:
		return nil
	case 1:
		return of[0]
	}
	return query.And{Operands: of}
}

func or(nodes ...query.Node) query.Node {
	var of []query.Node
	for _, n := range nodes {
		switch n := n.(type) {
		case nil:
		case query.Or:
			of = append(of, n.Operands...)
		default:
			of = append(of, n)
		}
	}
	switch len(of) {
	case 0:
		return nil
	case 1:
		return of[0]
	}
	return query.Or{Operands: of}
}

func not(n query.Node) query.Node {
	switch n := n.(type) {
	case nil:
		return nil
	case query.Not:
		return n.Operand
	}
	return query.Not{Operand: n}
}

func andNot(a, b query.Node) query.Node { return and(a, not(b)) }

// placed reports whether n has places in the text that NEAR can measure from.
func placed(n query.Node) bool {
	switch n := n.(type) {
	case query.Word, query.Prefix, query.Wildcard, query.Fuzzy, query.Regex, query.Near, query.NotNear:
		return true
	case query.Phrase:
		return n.Slop == 0
	case query.Field:
		return n.Name == capsField
	case query.Or:
		for _, sub := range n.Operands {
			if !placed(sub) {
				return false
			}
		}
		return true
	}
	return false
}

// near joins two nodes by a proximity. Of what has no place in the text, AND is made,
// and several words are measured each by itself.
func (r *reader) near(t token, a, b query.Node) query.Node {
	switch {
	case r.err != nil || b == nil:
		return a
	case a == nil:
		if t.op.join == joinNotNear {
			return not(b)
		}
		return b
	case t.op.section:
		r.note(t, "newsq doesn't tell sections of an article apart: read as AND")
		if t.op.join == joinNotNear {
			return andNot(a, b)
		}
		return and(a, b)
	}
	if t.op.clipped {
		r.note(t, "more or less than newsq can measure: read as %d", t.op.distance)
	}
	return r.spread(t, a, b)
}

// spread makes proximities of all parts of a and b that have places.
func (r *reader) spread(t token, a, b query.Node) query.Node {
	if r.err != nil {
		return nil
	}
	if x, y, name, ok := sameField(a, b); ok {
		return r.within(t, name, r.spread(t, x, y))
	}
	switch {
	case placed(a) && placed(b):
		return r.proximity(t, a, b)
	case !placed(a):
		return r.spreadOver(t, a, b, func(part query.Node) query.Node { return r.spread(t, part, b) }, false)
	default:
		return r.spreadOver(t, b, a, func(part query.Node) query.Node { return r.spread(t, a, part) }, t.op.join == joinNotNear)
	}
}

// spend counts words that stand more than once in what is made of a query, and returns
// false when there are too many.
func (r *reader) spend(t token, words int) bool {
	if r.words += words; r.words > maxWords {
		r.fail(t.start, fmt.Sprintf("more than %d words, where groups are taken apart", maxWords), "simplify the group here")
	}
	return r.err == nil
}

// sizeOf returns how many words, phrases and patterns n has.
func sizeOf(n query.Node) int {
	size := 0
	mapped(n, func(n query.Node) query.Node { size++; return n })
	return size
}

// proximity returns the node of a proximity of two nodes with places.
func (r *reader) proximity(t token, a, b query.Node) query.Node {
	if !r.spend(t, sizeOf(a)+sizeOf(b)) {
		return nil
	}
	op := t.op
	if op.join == joinNotNear {
		return query.NotNear{Operand: a, Avoid: b, Distance: op.distance, Unit: op.unit, Ordered: op.ordered}
	}
	if op.join == joinBeside {
		return phrase(append(besideOf(a), besideOf(b)...))
	}
	return query.Near{Operands: []query.Node{a, b}, Distance: op.distance, Unit: op.unit, Ordered: op.ordered}
}

// besideOf returns the parts of a chain of words side by side, or n itself.
func besideOf(n query.Node) []query.Node {
	if x, ok := n.(query.Near); ok && x.Ordered && x.Distance == 1 && x.Unit == query.Words {
		return append([]query.Node(nil), x.Operands...)
	}
	return []query.Node{n}
}

// spreadOver makes proximities of the parts of n, which has no place of its own. Where n
// is to be avoided, it is enough that one of several words isn't near.
func (r *reader) spreadOver(t token, n, other query.Node, each func(query.Node) query.Node, avoided bool) query.Node {
	var parts []query.Node
	switch x := n.(type) {
	case query.And:
		for _, sub := range x.Operands {
			if no, excluded := sub.(query.Not); excluded && !avoided {
				r.noteExcluded(t)
				parts = append(parts, not(each(no.Operand)))
				continue
			}
			parts = append(parts, each(sub))
		}
		r.note(t, "newsq measures between two things: each part of the group joined by AND is measured by itself")
		if avoided {
			return or(parts...)
		}
		return and(parts...)
	case query.Or:
		for _, sub := range x.Operands {
			parts = append(parts, each(sub))
		}
		r.note(t, "newsq measures between two things: each part of the group joined by OR is measured by itself")
		if avoided {
			return and(parts...)
		}
		return or(parts...)
	case query.Not:
		if sub := each(x.Operand); !avoided {
			r.noteExcluded(t)
			return and(other, not(sub))
		}
	}
	r.noteUnplaced(t, n)
	if t.op.join != joinNotNear {
		return and(n, other)
	}
	if avoided {
		return andNot(other, n)
	}
	return andNot(n, other)
}

func (r *reader) noteExcluded(t token) {
	r.note(t, "newsq measures between two things: articles in which what is excluded stands near are left out")
}

// noteUnplaced says that a proximity beside n was read as AND.
func (r *reader) noteUnplaced(t token, n query.Node) {
	what := "what stands beside it has no place in the text"
	switch n := n.(type) {
	case query.Field:
		what = n.Name + ": has no place in the text that newsq could measure from"
	case query.Range:
		what = n.Name + ": has no place in the text"
	case query.AtLeast:
		what = "a count has no place in the text"
	case query.Lead:
		what = "lead: has no place in the text that newsq could measure from"
	}
	if t.op.join == joinBeside {
		r.note(t, "nothing stands between them, and %s: read as AND", what)
		return
	}
	r.note(t, "%s: read as AND", what)
}

// sameField returns what two nodes ask of one field of the text.
func sameField(a, b query.Node) (x, y query.Node, name string, ok bool) {
	p, ok1 := a.(query.Field)
	q, ok2 := b.(query.Field)
	if ok1 && ok2 && p.Name == q.Name && isText(p.Name) {
		return p.Operand, q.Operand, p.Name, true
	}
	return nil, nil, "", false
}
