package segment

import (
	api "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum"
)

// A damaged FST can have cycles, and paths that meet. There vellum would walk for
// ever, and remember each step. Vellum asks an automaton at each step whether to
// go on. The automata here stop a walk that is deeper than the longest term, or
// that has more steps than the FST has bytes.

// walkLimits are the limits of a walk through an FST.
type walkLimits struct {
	depth int // the length of the longest term
	steps int // how many more are allowed
}

// exceeded reports whether the walk took too many steps. The FSTs of this
// format are trees with at least a byte for each step, so that a walk through
// a whole one never does.
func (b *walkLimits) exceeded() bool { return b.steps < 0 }

// allTerms accepts all terms. Its state is the depth.
type allTerms struct{ *walkLimits }

func (a allTerms) Start() int               { return 0 }
func (a allTerms) IsMatch(int) bool         { return true }
func (a allTerms) CanMatch(s int) bool      { return s <= a.depth && a.steps >= 0 }
func (a allTerms) WillAlwaysMatch(int) bool { return true }
func (a allTerms) Accept(s int, _ byte) int { a.steps--; return s + 1 }

// limitedAutomaton accepts what another automaton accepts, within limits. Its
// state is that of the other times stride, plus the depth.
type limitedAutomaton struct {
	*walkLimits
	inner  api.Automaton
	stride int
}

func (w limitedAutomaton) split(s int) (state, depth int) {
	if depth = s % w.stride; depth < 0 {
		depth += w.stride
	}
	return (s - depth) / w.stride, depth
}

func (w limitedAutomaton) Start() int { return w.inner.Start() * w.stride }

func (w limitedAutomaton) IsMatch(s int) bool {
	state, _ := w.split(s)
	return w.inner.IsMatch(state)
}

func (w limitedAutomaton) CanMatch(s int) bool {
	state, depth := w.split(s)
	return depth <= w.depth && w.steps >= 0 && w.inner.CanMatch(state)
}

func (w limitedAutomaton) WillAlwaysMatch(s int) bool {
	state, _ := w.split(s)
	return w.inner.WillAlwaysMatch(state)
}

func (w limitedAutomaton) Accept(s int, b byte) int {
	w.steps--
	state, depth := w.split(s)
	return w.inner.Accept(state, b)*w.stride + min(depth+1, w.depth+1)
}

// limitedFuzzyAutomaton is limitedAutomaton for an automaton that knows edit
// distances.
type limitedFuzzyAutomaton struct {
	limitedAutomaton
	fuzzy vellum.FuzzyAutomaton
}

func (w limitedFuzzyAutomaton) EditDistance(s int) uint8 {
	state, _ := w.split(s)
	return w.fuzzy.EditDistance(state)
}

// MatchAndDistance is part of vellum's interface.
func (w limitedFuzzyAutomaton) MatchAndDistance(term string) (bool, uint8) {
	return w.fuzzy.MatchAndDistance(term)
}

// limitWalk returns an automaton that accepts what a accepts, or everything if
// a is nil, and the limits of its walk.
func (f *field) limitWalk(a api.Automaton, from []byte) (vellum.Automaton, *walkLimits) {
	limits := &walkLimits{depth: f.longestTerm, steps: len(f.fst) + len(from)}
	if a == nil {
		return allTerms{limits}, limits
	}
	limited := limitedAutomaton{walkLimits: limits, inner: a, stride: f.longestTerm + 2}
	if fuzzy, ok := a.(vellum.FuzzyAutomaton); ok {
		return limitedFuzzyAutomaton{limited, fuzzy}, limits
	}
	return limited, limits
}
