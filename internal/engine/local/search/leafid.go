package search

import (
	"slices"

	"github.com/newsq/newsq/internal/match"
)

// leafIDs numbers the leaves of all plans of one request: the query's own and
// those that are counted beside it. Leaves that ask for the same thing get the
// same number, so that a segment evaluates them once. A number is an index:
// they count up from 0.
type leafIDs struct {
	plans []match.Plan // by number
	// byKey are the numbers of leaves with that key. It is nil while there are
	// so few leaves that to compare all takes less than to hash one.
	byKey map[leafKey][]int32
}

// reset empties l, which keeps its memory.
func (l *leafIDs) reset() {
	clear(l.plans)
	*l = leafIDs{plans: l.plans[:0]}
}

// comparedLeaves is how many leaves are compared one by one.
const comparedLeaves = 8

// leafKey is equal for equal leaves. Leaves that differ may share a key.
type leafKey struct {
	kind  leafKind
	field match.Field
	first match.TermPattern
}

type leafKind uint8

const (
	leafStem leafKind = iota
	leafPhrase
	leafNear
	leafSpans
)

// idOf returns the number of a leaf; -1 for a plan that is none.
func (l *leafIDs) idOf(p match.Plan) int {
	if !isLeaf(p) {
		return -1
	}
	id := len(l.plans)
	if id < comparedLeaves {
		if i := slices.IndexFunc(l.plans, func(q match.Plan) bool { return sameLeaf(q, p) }); i >= 0 {
			return i
		}
		l.plans = append(l.plans, p)
		return id
	}
	if l.byKey == nil {
		l.byKey = map[leafKey][]int32{}
		for i, q := range l.plans {
			l.byKey[keyOf(q)] = append(l.byKey[keyOf(q)], int32(i))
		}
	}
	key := keyOf(p)
	for _, i := range l.byKey[key] {
		if sameLeaf(l.plans[i], p) {
			return int(i)
		}
	}
	l.plans = append(l.plans, p)
	l.byKey[key] = append(l.byKey[key], int32(id))
	return id
}

// isLeaf reports whether a plan is a condition on words.
func isLeaf(p match.Plan) bool {
	switch p.(type) {
	case match.Stem, match.Phrase, match.Near, match.Spans:
		return true
	}
	return false
}

// keyOf returns the key of a leaf.
func keyOf(p match.Plan) leafKey {
	switch p := p.(type) {
	case match.Stem:
		return leafKey{leafStem, p.Field, match.TermPattern{Text: p.Stem}}
	case match.Phrase:
		return leafKey{leafPhrase, p.Field, firstTerm(p)}
	case match.Near:
		key := leafKey{kind: leafNear, field: p.Field}
		if len(p.Operands) > 0 && len(p.Operands[0]) > 0 {
			key.first = firstTerm(p.Operands[0][0])
		}
		return key
	case match.Spans:
		return leafKey{kind: leafSpans, field: p.Field, first: firstOfSpan(p.Of)}
	}
	return leafKey{}
}

func firstTerm(p match.Phrase) (s match.TermPattern) {
	if len(p.Terms) > 0 {
		s = p.Terms[0]
	}
	return s
}

// sameLeaf reports whether two leaves ask for the same thing.
func sameLeaf(a, b match.Plan) bool {
	switch a := a.(type) {
	case match.Stem:
		b, ok := b.(match.Stem)
		return ok && a == b
	case match.Phrase:
		b, ok := b.(match.Phrase)
		return ok && samePhrase(a, b)
	case match.Near:
		b, ok := b.(match.Near)
		return ok && a.Field == b.Field && a.Distance == b.Distance && a.Ordered == b.Ordered && a.Marks == b.Marks &&
			slices.EqualFunc(a.Operands, b.Operands, func(x, y []match.Phrase) bool { return slices.EqualFunc(x, y, samePhrase) })
	case match.Spans:
		b, ok := b.(match.Spans)
		return ok && a.Field == b.Field && a.AtLeast == b.AtLeast && a.Lead == b.Lead && a.Marks == b.Marks && sameSpan(a.Of, b.Of)
	}
	return false
}

// sameSpan reports whether two spans ask for the same thing.
func sameSpan(a, b match.Span) bool {
	switch a := a.(type) {
	case match.SpanWords:
		b, ok := b.(match.SpanWords)
		return ok && slices.EqualFunc(a, b, samePhrase)
	case match.SpanOr:
		b, ok := b.(match.SpanOr)
		return ok && slices.EqualFunc(a, b, sameSpan)
	case match.SpanNear:
		b, ok := b.(match.SpanNear)
		return ok && a.Distance == b.Distance && a.Unit == b.Unit && a.Ordered == b.Ordered && slices.EqualFunc(a.Of, b.Of, sameSpan)
	case match.SpanNotNear:
		b, ok := b.(match.SpanNotNear)
		return ok && a.Distance == b.Distance && a.Unit == b.Unit && a.Ordered == b.Ordered && sameSpan(a.Of, b.Of) && sameSpan(a.Avoid, b.Avoid)
	}
	return false
}

// firstOfSpan returns a term that spans have in common if they ask for the same thing.
func firstOfSpan(s match.Span) (first match.TermPattern) {
	switch s := s.(type) {
	case match.SpanWords:
		if len(s) > 0 {
			return firstTerm(s[0])
		}
	case match.SpanOr:
		if len(s) > 0 {
			return firstOfSpan(s[0])
		}
	case match.SpanNear:
		if len(s.Of) > 0 {
			return firstOfSpan(s.Of[0])
		}
	case match.SpanNotNear:
		return firstOfSpan(s.Of)
	}
	return first
}

func samePhrase(a, b match.Phrase) bool {
	return a.Field == b.Field && a.Slop == b.Slop && slices.Equal(a.Terms, b.Terms)
}
