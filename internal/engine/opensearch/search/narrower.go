package search

import (
	"slices"

	"github.com/newsq/newsq/internal/match"
)

// narrower returns conditions that match nothing but what p matches, in the hope that
// there are exact queries for them and that they match most of it. It is for conditions
// without an exact query: a word that may be any at the end of a phrase or in a NEAR,
// and a NEAR of three or more in any order of which tokens may be shared, or of patterns.
func narrower(p match.Plan) []match.Plan {
	switch p := p.(type) {
	case match.Phrase:
		return narrowerPhrase(p)
	case match.Near:
		return narrowerNear(p)
	}
	return nil
}

// narrowerPhrase has a common word stand before or behind a phrase: then some word does
// so next to it, of the same run.
func narrowerPhrase(p match.Phrase) []match.Plan {
	terms := make([]match.TermPattern, len(p.Terms))
	for i, t := range p.Terms {
		terms[i] = plain(t)
	}
	inner := trimAny(terms)
	if slices.ContainsFunc(terms, func(t match.TermPattern) bool { return isAnyTerm(t) && isMarked(t) }) {
		return nil // a common word may have capitals
	}
	if len(inner) == 0 || len(inner) > 1 && p.Slop > 0 || len(terms)-len(inner) > 2 {
		return nil
	}
	n := match.Near{Field: p.Field, Distance: maxCountedDistance, Ordered: true}
	before, behind := isAnyTerm(terms[0]), isAnyTerm(terms[len(terms)-1])
	if len(terms)-len(inner) == 2 && before != behind {
		return nil // two words on one side
	}
	if before {
		n.Operands = append(n.Operands, commonWords())
	}
	n.Operands = append(n.Operands, []match.Phrase{{Terms: inner}})
	if behind {
		n.Operands = append(n.Operands, commonWords())
	}
	return []match.Plan{n}
}

// narrowerNear has common words stand for any word. What stands beside nothing but that
// may be far from it: then another word is near.
func narrowerNear(p match.Near) []match.Plan {
	if p.Distance < 1 || len(p.Operands) < 2 || p.Marks != "" {
		return nil
	}
	n := p
	n.Operands = make([][]match.Phrase, len(p.Operands))
	anything := 0
	for i, phrases := range p.Operands {
		if n.Operands[i] = slices.DeleteFunc(slices.Clone(phrases), isAny); len(n.Operands[i]) < len(phrases) {
			n.Operands[i] = append(n.Operands[i], commonWords()...)
			anything++
		}
	}
	if anything == 1 && len(p.Operands) == 2 {
		n.Distance = maxCountedDistance
	}
	if n.Ordered || len(n.Operands) == 2 {
		return []match.Plan{n}
	}
	n.Ordered = true
	back := n
	back.Operands = slices.Clone(n.Operands)
	slices.Reverse(back.Operands)
	return []match.Plan{n, back}
}

// isAny reports whether a phrase is one word, whichever.
func isAny(p match.Phrase) bool {
	if len(p.Terms) != 1 {
		return false
	}
	t := plain(p.Terms[0])
	return isAnyTerm(t) && !isMarked(t)
}

// commonWords are phrases of one word each, of which most articles have some: of
// languages that are indexed often. Where they are rare, more articles are looked at.
func commonWords() []match.Phrase {
	var of []match.Phrase
	for _, w := range []string{"the", "of", "to", "in", "and", "a", "de", "la", "der", "die", "und", "ve", "bir"} {
		of = append(of, match.Phrase{Terms: []match.TermPattern{{Kind: match.Exact, Text: w}}})
	}
	return of
}
