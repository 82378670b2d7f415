package match

import (
	"slices"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/query"
	"github.com/newsq/newsq/internal/text"
)

// withoutStopWords returns n, as it stands in field f, without the stop words
// that stand side by side with other words. n is not changed.
func (l lowerer) withoutStopWords(n query.Node, f Field) query.Node {
	switch m := n.(type) {
	case query.And:
		if m.Bare && f.ranks() {
			m.Operands = l.onlyWordsAmong(m.Operands, f)
		}
		m.Operands = l.eachWithoutStopWords(m.Operands, f)
		return m
	case query.Or:
		m.Operands = l.eachWithoutStopWords(m.Operands, f)
		return m
	case query.Not:
		m.Operand = l.withoutStopWords(m.Operand, f)
		return m
	case query.Boost:
		m.Operand = l.withoutStopWords(m.Operand, f)
		return m
	case query.AtLeast:
		m.Operand = l.withoutStopWords(m.Operand, f)
		return m
	case query.Lead:
		m.Operand = l.withoutStopWords(m.Operand, Body)
		return m
	case query.Field:
		if inner, ok := textFieldOf(m.Name); ok {
			m.Operand = l.withoutStopWords(m.Operand, inner)
		}
		return m
	}
	return n
}

func (l lowerer) eachWithoutStopWords(nodes []query.Node, f Field) []query.Node {
	of := make([]query.Node, len(nodes))
	for i, n := range nodes {
		of[i] = l.withoutStopWords(n, f)
	}
	return of
}

// onlyWordsAmong is withoutStopWordsAmong for one language or several. Where any word
// will do, what is a stop word in some language only is looked for in the others.
func (l lowerer) onlyWordsAmong(nodes []query.Node, f Field) []query.Node {
	if len(l.context.Others) == 0 {
		return l.withoutStopWordsAmong(nodes, f)
	}
	return l.leaveOut(nodes, f)
}

// withoutStopWordsAmong returns those of nodes, which stand side by side, that
// are no stop words, if that leaves some word to look for.
func (l lowerer) withoutStopWordsAmong(nodes []query.Node, f Field) []query.Node {
	kept := slices.DeleteFunc(slices.Clone(nodes), func(n query.Node) bool { return IsStopWord(l.context.Analyzer, n) })
	if slices.ContainsFunc(kept, func(n query.Node) bool { return asksForWords(n, f) }) {
		return kept
	}
	return nodes
}

// IsStopWord reports whether n is a word, not exact, of stop words alone.
func IsStopWord(a analysis.Analyzer, n query.Node) bool {
	w, ok := n.(query.Word)
	return ok && !w.Exact && !slices.ContainsFunc(a.Tokens(w.Text), func(t text.Token) bool { return t.Stem != "" })
}

// asksForWords reports whether n asks for words of the texts that have stop
// words, rather than filtering by what is known about articles.
func asksForWords(n query.Node, f Field) bool {
	asks := false
	query.Walk(n, func(n query.Node) bool {
		switch n := n.(type) {
		case query.Not:
			return false
		case query.Field:
			inner, ok := textFieldOf(n.Name)
			if n.Name == capsField {
				inner, ok = f, true
			}
			asks = asks || ok && inner.ranks() && asksForWords(n.Operand, inner)
			return false
		case query.Word, query.Prefix, query.Wildcard, query.Fuzzy, query.Regex, query.Phrase, query.Near, query.NotNear:
			asks = asks || f.ranks()
		}
		return true
	})
	return asks
}
