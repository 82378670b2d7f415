package match

import (
	"github.com/newsq/newsq/internal/query"
	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/wordbreak"
)

// PartWords returns n with what was typed without spaces, in scripts that have none
// between words, parted into words side by side: 金正恩为什么害怕马杜罗 is 金正恩 害怕 马杜罗.
// These then must all match and may be relaxed, like other words. Left as they are:
// up to four characters, which are one word mostly; quotations, =words and what else
// asks for words as written; words beside NEAR and behind a minus; and the fields that
// hold names. n is not changed.
func PartWords(n query.Node) query.Node { return parter{wordbreak.Words}.part(n, Text) }

// PartShortWords is PartWords for a query that finds nothing: of up to four characters,
// too, there may be words, as 寻求庇护 is 寻求 庇护.
func PartShortWords(n query.Node) query.Node { return parter{wordbreak.ShortWords}.part(n, Text) }

// parter parts words as its function says.
type parter struct{ words func(string) []text.Span }

// part is PartWords for a node within field f.
func (p parter) part(n query.Node, f Field) query.Node {
	switch m := n.(type) {
	case query.Word:
		if words := p.wordsOf(m, f); len(words) > 0 {
			return sideBySide(m.At, words)
		}
	case query.And:
		m.Operands = p.each(m.Operands, f, m.Bare)
		return m
	case query.Or:
		m.Operands = p.each(m.Operands, f, false)
		return m
	case query.Boost:
		m.Operand = p.part(m.Operand, f)
		return m
	case query.Lead:
		m.Operand = p.part(m.Operand, Body)
		return m
	case query.Field:
		if inner, ok := textFieldOf(m.Name); ok {
			m.Operand = p.part(m.Operand, inner)
		}
		return m
	}
	return n
}

// each is part for operands. Where they stand side by side, so do the words of each.
func (p parter) each(nodes []query.Node, f Field, bare bool) []query.Node {
	of := make([]query.Node, 0, len(nodes))
	for _, n := range nodes {
		if w, ok := n.(query.Word); ok && bare {
			if words := p.wordsOf(w, f); len(words) > 0 {
				of = append(of, words...)
				continue
			}
		}
		of = append(of, p.part(n, f))
	}
	return of
}

func sideBySide(at query.At, words []query.Node) query.Node {
	if len(words) == 1 {
		return words[0]
	}
	return query.And{At: at, Operands: words, Bare: true}
}

// wordsOf returns the words of a Word in field f, none where it is one.
func (p parter) wordsOf(w query.Word, f Field) (words []query.Node) {
	if w.Exact || !f.ranks() {
		return nil
	}
	for _, span := range p.words(w.Text) {
		part := w
		part.Text = w.Text[span.Start:span.End]
		if w.End-w.Start == len(w.Text) { // as it stands in the query, without escapes
			part.At = placeWithin(w.At, span)
		}
		words = append(words, part)
	}
	return words
}

func placeWithin(at query.At, span text.Span) query.At {
	return query.At{Start: at.Start + span.Start, End: at.Start + span.End}
}
