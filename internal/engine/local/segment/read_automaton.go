package segment

import (
	api "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum"
)

// A damaged FST may have circles, and ways that meet, where vellum would walk
// for ever and remember each step. The automata here, which vellum asks at each
// step, end a walk that is deeper than the longest term or longer than the FST.

// bounds of a walk through a dictionary.
type bounds struct {
	depth int // of the deepest state: the length of the longest term
	steps int // left
}

// over reports whether the walk is beyond its bounds. The FSTs of this format
// are trees with a byte or more for each step, so that a whole one is not.
func (b *bounds) over() bool { return b.steps < 0 }

// anyTerm accepts all terms. Its states are depths.
type anyTerm struct{ *bounds }

func (a anyTerm) Start() int               { return 0 }
func (a anyTerm) IsMatch(int) bool         { return true }
func (a anyTerm) CanMatch(s int) bool      { return s <= a.depth && a.steps >= 0 }
func (a anyTerm) WillAlwaysMatch(int) bool { return true }
func (a anyTerm) Accept(s int, _ byte) int { a.steps--; return s + 1 }

// within accepts what another automaton does. Its states are those of the
// other times wide, plus the depth.
type within struct {
	*bounds
	a    api.Automaton
	wide int
}

func (w within) split(s int) (state, depth int) {
	if depth = s % w.wide; depth < 0 {
		depth += w.wide
	}
	return (s - depth) / w.wide, depth
}

func (w within) Start() int { return w.a.Start() * w.wide }

func (w within) IsMatch(s int) bool {
	state, _ := w.split(s)
	return w.a.IsMatch(state)
}

func (w within) CanMatch(s int) bool {
	state, depth := w.split(s)
	return depth <= w.depth && w.steps >= 0 && w.a.CanMatch(state)
}

func (w within) WillAlwaysMatch(s int) bool {
	state, _ := w.split(s)
	return w.a.WillAlwaysMatch(state)
}

func (w within) Accept(s int, b byte) int {
	w.steps--
	state, depth := w.split(s)
	return w.a.Accept(state, b)*w.wide + min(depth+1, w.depth+1)
}

// withinFuzzy is within for an automaton that knows distances.
type withinFuzzy struct {
	within
	fuzzy vellum.FuzzyAutomaton
}

func (w withinFuzzy) EditDistance(s int) uint8 {
	state, _ := w.split(s)
	return w.fuzzy.EditDistance(state)
}

// MatchAndDistance is part of vellum's interface.
func (w withinFuzzy) MatchAndDistance(term string) (bool, uint8) {
	return w.fuzzy.MatchAndDistance(term)
}

// bound returns an automaton that accepts what a does, or all if it is nil,
// and what its walk is bound by.
func (f *field) bound(a api.Automaton, from []byte) (vellum.Automaton, *bounds) {
	b := &bounds{depth: f.longest, steps: len(f.dict) + len(from)}
	if a == nil {
		return anyTerm{b}, b
	}
	w := within{bounds: b, a: a, wide: f.longest + 2}
	if fuzzy, ok := a.(vellum.FuzzyAutomaton); ok {
		return withinFuzzy{w, fuzzy}, b
	}
	return w, b
}
