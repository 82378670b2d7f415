package index

import (
	"cmp"
	"slices"

	"github.com/newsq/newsq/internal/query"
	"github.com/newsq/newsq/internal/text"
)

// queryWord is a word of a query that is looked for in articles' texts.
type queryWord struct {
	text.Span
	folded   string
	beside   int  // what it stands in side by side with others: a phrase, or a group of words; -1 for none
	phrase   bool // it stands in quotation marks
	hyphened bool // it is a part of a word
	articles int  // that have a word of its stem
}

// queryWords returns the words of a query that are looked for in articles' texts, in
// order.
func queryWords(tree query.Node, s string) []queryWord {
	c := wordCollector{text: s}
	c.node(tree, 0)
	slices.SortFunc(c.words, func(a, b queryWord) int { return cmp.Compare(a.Start, b.Start) })
	return c.words
}

type wordCollector struct {
	text  string
	words []queryWord
	group int // the last
}

// node collects the words of n, which stands in a group.
func (c *wordCollector) node(n query.Node, group int) {
	switch n := n.(type) {
	case query.And:
		within := -1
		if n.Bare {
			c.group++
			within = c.group
		}
		c.each(n.Operands, within)
	case query.Or:
		c.each(n.Operands, -1)
	case query.Near:
		c.each(n.Operands, -1)
	case query.NotNear:
		c.each([]query.Node{n.Operand, n.Avoid}, -1)
	case query.AtLeast:
		c.node(n.Operand, -1)
	case query.Lead:
		c.node(n.Operand, -1)
	case query.Boost:
		c.node(n.Operand, -1)
	case query.Field:
		if slices.Contains([]string{"title", "heading", "body", "summary", "said"}, n.Name) {
			c.node(n.Operand, -1)
		}
	case query.Word:
		if n.Exact {
			group = -1
		}
		c.add(n, group, false)
	case query.Phrase:
		c.group++
		c.add(n, c.group, true)
	}
}

func (c *wordCollector) each(nodes []query.Node, group int) {
	for _, n := range nodes {
		c.node(n, group)
	}
}

func (c *wordCollector) add(n query.Node, group int, phrase bool) {
	start, end := n.Pos()
	tokens := text.Words(c.text[start:end])
	for _, t := range tokens {
		if text.Characters(t.Word) > 0 {
			continue // pairs of characters are no words that have a spelling
		}
		w := queryWord{Span: text.Span{Start: start + t.Start, End: start + t.End}, folded: t.Word, beside: group, phrase: phrase}
		if w.hyphened = !phrase && len(tokens) > 1; w.hyphened {
			w.beside = -1
		}
		c.words = append(c.words, w)
	}
}
