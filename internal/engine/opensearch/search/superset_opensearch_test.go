//go:build opensearch

package search

import (
	"context"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/match"
)

// superset reports whether what a plan matches is not known exactly yet.
func (c *collection) superset(p match.Plan) bool {
	anyOf := func(l []match.Plan) bool {
		for _, q := range l {
			if c.superset(q) {
				return true
			}
		}
		return false
	}
	switch p := p.(type) {
	case match.And:
		return anyOf(p.Operands)
	case match.Or:
		return anyOf(p.Operands)
	case match.Not:
		return c.superset(p.Operand)
	case match.Boost:
		return c.superset(p.Operand)
	case match.Should:
		for _, q := range p.First {
			if c.superset(q) {
				return true
			}
		}
		return c.superset(p.Operand) || anyOf(p.Optional)
	case match.Stem, match.Phrase, match.Near:
		k := &compiler{view: c.view, analyzer: analysis.Of("en")}
		_, exact, err := k.near(context.Background(), p)
		return err == nil && !exact
	}
	return false
}
