package match

import (
	"fmt"
	"slices"

	"github.com/newsq/newsq/internal/query"
)

// What sentences and paragraphs, nested and negated NEAR, counts, leads and capitals mean.
// Where a Near says the same, it is one.

// proximity lowers a NEAR in a field.
func (l lowerer) proximity(n query.Near, f Field) (Plan, error) {
	if isFlat(n) {
		return l.near(n, f)
	}
	kinds, others := splitKinds(n)
	sets, err := l.kinds(kinds)
	if err != nil {
		return nil, err
	}
	if len(kinds) == 0 {
		sets = [][]string{nil}
	}
	if len(others) == 0 {
		return kindPlan(sets), nil
	}
	n.Operands = others
	of, err := l.span(n)
	if of == nil || err != nil {
		return nil, err
	}
	if len(kinds) == 0 {
		return l.alone(n, of, f)
	}
	return inKind(of, sets), nil
}

// alone returns the plan of a span that nothing else limits. A single word, beside what
// asks for nothing, is that word.
func (l lowerer) alone(n query.Near, of Span, f Field) (Plan, error) {
	if _, ok := of.(SpanNear); ok {
		return Spans{Field: f, Of: of}, nil
	}
	for _, operand := range n.Operands {
		if s, err := l.span(operand); s != nil || err != nil {
			return l.lower(operand, f)
		}
	}
	return nil, nil
}

// isFlat reports whether a NEAR is one of phrases within a number of words.
func isFlat(n query.Near) bool {
	if n.Unit != query.Words {
		return false
	}
	flat := true
	for _, operand := range n.Operands {
		query.Walk(operand, func(n query.Node) bool {
			switch n.(type) {
			case query.Near, query.NotNear:
				flat = false
			}
			return flat
		})
	}
	return flat
}

// splitKinds parts the operands of a NEAR into those that say of which kind the sentence
// is and the others.
func splitKinds(n query.Near) (kinds []query.Field, others []query.Node) {
	for _, operand := range n.Operands {
		if f, ok := operand.(query.Field); ok && f.Name == MarkIs && n.Unit == query.Sentence {
			kinds = append(kinds, f)
		} else {
			others = append(others, operand)
		}
	}
	return kinds, others
}

// notNear lowers a NOT NEAR in a field.
func (l lowerer) notNear(n query.NotNear, f Field) (Plan, error) {
	of, err := l.span(n)
	if of == nil || err != nil {
		return nil, err
	}
	if _, ok := of.(SpanNotNear); !ok { // there is nothing to avoid
		return l.lower(n.Operand, f)
	}
	return Spans{Field: f, Of: of}, nil
}

// atLeast lowers a count. Of words that must all occur, each must as often.
func (l lowerer) atLeast(n query.AtLeast, f Field) (Plan, error) {
	if all, ok := n.Operand.(query.And); ok {
		var of []Plan
		for _, operand := range all.Operands {
			p, err := l.lower(query.AtLeast{At: n.At, Count: n.Count, Operand: operand}, f)
			if err != nil {
				return nil, err
			}
			if p != nil {
				of = append(of, p)
			}
		}
		return and(of), nil
	}
	of, err := l.span(n.Operand)
	if of == nil || err != nil {
		return nil, err
	}
	return Spans{Field: f, Of: of, AtLeast: n.Count}, nil
}

// lead lowers what stands in the first words of the body.
func (l lowerer) lead(n query.Lead) (Plan, error) {
	p, err := l.lower(n.Operand, Body)
	if err != nil {
		return nil, err
	}
	return l.within(p, n)
}

// within limits what a plan on the body asks for to the first words of it.
func (l lowerer) within(p Plan, n query.Lead) (Plan, error) {
	limited := func(of Span) (Plan, error) { return Spans{Field: Body, Of: of, Lead: n.Words}, nil }
	switch p := p.(type) {
	case Stem:
		return limited(SpanWords{sameStem(p.Stem)})
	case Phrase:
		if p.Slop > 0 {
			return nil, l.errorAt(n, fmt.Sprintf("quotation with ~ within lead: of %d words", n.Words), "write a ADJ/5 b instead")
		}
		return limited(SpanWords{Phrase{Terms: p.Terms}})
	case Near:
		return limited(spanOf(p))
	case Spans:
		p.Lead = n.Words
		return p, nil
	case And:
		of, err := l.eachWithin(p.Operands, n)
		return And{Operands: of}, err
	case Or:
		of, err := l.eachWithin(p.Operands, n)
		p.Operands = of
		return p, err
	case Not:
		q, err := l.within(p.Operand, n)
		return not(q), err
	case Boost:
		q, err := l.within(p.Operand, n)
		return boost(q, p.Factor), err
	case Should:
		// The very word comes first wherever it stands in the body.
		q, err := l.within(p.Operand, n)
		return should(q, nil, p.First), err
	}
	return p, nil // All, None and nothing
}

func (l lowerer) eachWithin(plans []Plan, n query.Lead) ([]Plan, error) {
	of := make([]Plan, len(plans))
	for i, p := range plans {
		var err error
		if of[i], err = l.within(p, n); err != nil {
			return nil, err
		}
	}
	return of, nil
}

// spanOf returns the span that a Near without marks is.
func spanOf(p Near) Span {
	s := SpanNear{Distance: p.Distance, Ordered: p.Ordered}
	for _, phrases := range p.Operands {
		s.Of = append(s.Of, SpanWords(phrases))
	}
	return s
}

// span lowers what stands beside NEAR or is counted; nil asks for nothing.
func (l lowerer) span(n query.Node) (Span, error) {
	switch n := n.(type) {
	case query.Near:
		of, err := l.spans(n.Operands)
		if len(of) < 2 {
			return only(of), err
		}
		return SpanNear{Of: of, Distance: n.Distance, Unit: Unit(n.Unit), Ordered: n.Ordered}, err
	case query.NotNear:
		of, err := l.span(n.Operand)
		if of == nil || err != nil {
			return nil, err
		}
		avoid, err := l.span(n.Avoid)
		if avoid == nil || err != nil {
			return of, err
		}
		return SpanNotNear{Of: of, Avoid: avoid, Distance: n.Distance, Unit: Unit(n.Unit), Ordered: n.Ordered}, nil
	case query.Or:
		of, err := l.spans(n.Operands)
		return anySpan(of), err
	}
	phrases, err := l.operand(n)
	if len(phrases) == 0 || err != nil {
		return nil, err
	}
	return SpanWords(phrases), nil
}

// spans lowers nodes one by one, leaving out what asks for nothing.
func (l lowerer) spans(nodes []query.Node) (of []Span, err error) {
	for _, n := range nodes {
		s, err := l.span(n)
		if err != nil {
			return nil, err
		}
		if s != nil {
			of = append(of, s)
		}
	}
	return of, nil
}

func only(of []Span) Span {
	if len(of) == 0 {
		return nil
	}
	return of[0]
}

// anySpan returns the span of any of several. Words become one list.
func anySpan(of []Span) Span {
	var words SpanWords
	var others SpanOr
	for _, s := range of {
		switch s := s.(type) {
		case SpanWords:
			words = append(words, s...)
		case SpanOr:
			others = append(others, s...)
		default:
			others = append(others, s)
		}
	}
	if len(words) > 0 {
		others = slices.Insert(others, 0, Span(words))
	}
	if len(others) < 2 {
		return only(others)
	}
	return others
}

// inCase lowers the words of the field caps, in field f.
func (l lowerer) inCase(n query.Node, f Field) (Plan, error) {
	switch n := n.(type) {
	case query.And:
		of, err := l.eachCased(n.Operands, f)
		return and(of), err
	case query.Or:
		of, err := l.eachCased(n.Operands, f)
		return or(of, n.Best), err
	}
	ph, err := l.casedPhrase(n)
	return phrase(f, ph), err
}

func (l lowerer) eachCased(nodes []query.Node, f Field) (of []Plan, err error) {
	for _, n := range nodes {
		p, err := l.inCase(n, f)
		if err != nil {
			return nil, err
		}
		if p != nil {
			of = append(of, p)
		}
	}
	return of, nil
}

// casedOperand is operand for the field caps.
func (l lowerer) casedOperand(n query.Node) ([]Phrase, error) {
	if n, ok := n.(query.Or); ok {
		var all []Phrase
		for _, alternative := range n.Operands {
			phrases, err := l.casedOperand(alternative)
			if err != nil {
				return nil, err
			}
			all = append(all, phrases...)
		}
		return all, nil
	}
	ph, err := l.casedPhrase(n)
	if len(ph.Terms) == 0 || err != nil {
		return nil, err
	}
	if ph.Slop > 0 {
		return nil, l.errorAt(n, "phrase with ~ beside NEAR", "leave out the ~")
	}
	return []Phrase{ph}, nil
}

// casedPhrase lowers a word, a phrase or a pattern to terms that are written as in the
// query. What stands for any word may be written in any way.
func (l lowerer) casedPhrase(n query.Node) (Phrase, error) {
	switch n.(type) {
	case query.Word, query.Phrase, query.Prefix, query.Wildcard:
		l.cased = true
		return l.phrase(n)
	}
	return Phrase{}, l.errorAt(n, "neither word nor phrase within caps:", `write words as they are written, such as caps:AIDS or caps:"White House"`)
}
