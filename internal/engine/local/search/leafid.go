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
	plans []match.Plan        // by number
	byKey map[leafKey][]int32 // the numbers of leaves with that key
}

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
)

// idOf returns the number of a leaf; -1 for a plan that is none.
func (l *leafIDs) idOf(p match.Plan) int {
	key, ok := keyOf(p)
	if !ok {
		return -1
	}
	for _, id := range l.byKey[key] {
		if sameLeaf(l.plans[id], p) {
			return int(id)
		}
	}
	if l.byKey == nil {
		l.byKey = map[leafKey][]int32{}
	}
	id := len(l.plans)
	l.plans = append(l.plans, p)
	l.byKey[key] = append(l.byKey[key], int32(id))
	return id
}

// keyOf returns the key of a leaf, and whether p is one.
func keyOf(p match.Plan) (leafKey, bool) {
	switch p := p.(type) {
	case match.Stem:
		return leafKey{leafStem, p.Field, match.TermPattern{Text: p.Stem}}, true
	case match.Phrase:
		return leafKey{leafPhrase, p.Field, firstTerm(p)}, true
	case match.Near:
		key := leafKey{kind: leafNear, field: p.Field}
		if len(p.Of) > 0 && len(p.Of[0]) > 0 {
			key.first = firstTerm(p.Of[0][0])
		}
		return key, true
	}
	return leafKey{}, false
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
		return ok && a.Field == b.Field && a.Distance == b.Distance && a.Ordered == b.Ordered &&
			slices.EqualFunc(a.Of, b.Of, func(x, y []match.Phrase) bool { return slices.EqualFunc(x, y, samePhrase) })
	}
	return false
}

func samePhrase(a, b match.Phrase) bool {
	return a.Field == b.Field && a.Slop == b.Slop && slices.Equal(a.Terms, b.Terms)
}
