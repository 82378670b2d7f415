package match

import (
	"slices"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/query"
	"github.com/newsq/newsq/internal/text"
)

// What is: means. The words beside it in one AND stand in one sentence of the kind.

// MarkIs begins the marks of the sentences of a kind: is=forecast.
const MarkIs = "is"

// kinds returns the marks of sentences that are of the kinds that all fields ask for:
// alternatives, each a set.
func (l lowerer) kinds(fields []query.Field) ([][]string, error) {
	all := [][]string{nil}
	for _, field := range fields {
		sets, err := l.kindsIn(field.Operand)
		if err != nil {
			return nil, err
		}
		if all, err = l.both(all, sets, field); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (l lowerer) kindsIn(n query.Node) (sets [][]string, err error) {
	switch n := n.(type) {
	case query.Word:
		if slices.Contains(query.Kinds(), n.Text) {
			return [][]string{{nameMark(MarkIs, n.Text)}}, nil
		}
	case query.Or:
		for _, alternative := range n.Operands {
			more, err := l.kindsIn(alternative)
			if err != nil {
				return nil, err
			}
			sets = append(sets, more...)
		}
		return sets, nil
	}
	return nil, l.errorAt(n, "no kind of sentence within is:", "write is:forecast, is:recommendation or is:caveat")
}

// kindPlan returns the plan of sentences with any of some sets of marks.
func kindPlan(sets [][]string) Plan {
	var of []Plan
	for _, ph := range withMarks(sets) {
		ph.Field = Body
		of = append(of, ph)
	}
	return or(of, false)
}

// inKind returns the plan of what stands in a sentence with any of some sets of marks.
func inKind(of Span, sets [][]string) Plan {
	var alternatives []Plan
	for _, marks := range sets {
		alternatives = append(alternatives, Spans{Field: Body, Of: of, Marks: JoinMarks(slices.Clone(marks))})
	}
	return or(alternatives, false)
}

// inSentence lowers what an AND asks of sentences of a kind: that the words beside it stand
// in one. A word that is a stop word in some of the languages need not.
func (l lowerer) inSentence(fields []query.Field, beside []query.Node) (Plan, error) {
	sets, err := l.kinds(fields)
	if err != nil {
		return nil, err
	}
	var of []Span
	for _, n := range beside {
		if of, err = l.addToSentence(of, n); err != nil {
			return nil, err
		}
	}
	switch of = withoutImplied(of); len(of) {
	case 0:
		return kindPlan(sets), nil
	case 1:
		return inKind(of[0], sets), nil
	}
	return inKind(SpanNear{Of: of, Unit: InSentence}, sets), nil
}

// addToSentence adds the spans of what n says of the words of a sentence.
func (l lowerer) addToSentence(of []Span, n query.Node) ([]Span, error) {
	if and, ok := n.(query.And); ok {
		for _, operand := range and.Operands {
			var err error
			if of, err = l.addToSentence(of, operand); err != nil {
				return nil, err
			}
		}
		return of, nil
	}
	s, err := l.sentenceSpan(n)
	if s != nil {
		of = append(of, s)
	}
	return of, err
}

// sentenceSpan returns the span of the words that n asks for; nil where it asks for
// something else, such as what is in a field, or forbids.
func (l lowerer) sentenceSpan(n query.Node) (Span, error) {
	switch n := n.(type) {
	case query.Boost:
		return l.sentenceSpan(n.Operand)
	case query.Word:
		if _, isPartly := l.partly[n]; isPartly {
			return nil, nil
		}
		return l.span(n)
	case query.Phrase:
		if n.Slop > 0 {
			return nil, l.errorAt(n, "a quotation with ~ beside is:", "write words joined by ADJ, such as oil ADJ/3 price")
		}
		return l.span(n)
	case query.Prefix, query.Wildcard, query.Fuzzy, query.Regex, query.Near, query.NotNear:
		return l.span(n)
	case query.Field:
		if n.Name == capsField {
			return l.sentenceCase(n)
		}
	case query.And:
		of, err := l.addToSentence(nil, n)
		if of = withoutImplied(of); len(of) < 2 {
			return only(of), err
		}
		return SpanNear{Of: of, Unit: InSentence}, err
	case query.Or:
		of := make([]Span, 0, len(n.Operands))
		for _, alternative := range n.Operands {
			s, err := l.sentenceSpan(alternative)
			if s == nil || err != nil { // the words needn't be there
				return nil, err
			}
			of = append(of, s)
		}
		return anySpan(of), nil
	}
	return nil, nil
}

// sentenceCase is sentenceSpan for the field caps.
func (l lowerer) sentenceCase(n query.Field) (Span, error) {
	switch m := n.Operand.(type) {
	case query.And, query.Or:
		nodes := operandsOf(m)
		inCase := make([]query.Node, len(nodes))
		for i, sub := range nodes {
			inCase[i] = query.Field{At: n.At, Name: n.Name, Operand: sub}
		}
		if _, ok := m.(query.And); ok {
			return l.sentenceSpan(query.And{At: n.At, Operands: inCase})
		}
		return l.sentenceSpan(query.Or{At: n.At, Operands: inCase})
	}
	return l.span(n)
}

func operandsOf(n query.Node) []query.Node {
	switch n := n.(type) {
	case query.And:
		return n.Operands
	case query.Or:
		return n.Operands
	}
	return nil
}

// withoutImplied returns spans without words that stand wherever another one does: what
// overlaps is not near, and korea "north korea" would ask for Korea twice.
func withoutImplied(of []Span) []Span {
	kept := make([]Span, 0, len(of))
	for i, s := range of {
		implied := false
		for k, other := range of {
			// Of two that imply each other the first is kept.
			implied = implied || k != i && implies(other, s) && !(k > i && implies(s, other))
		}
		if !implied {
			kept = append(kept, s)
		}
	}
	return kept
}

// implies reports whether each phrase of a span holds a word that is all of some phrase of
// another.
func implies(a, b Span) bool {
	phrases, ok := a.(SpanWords)
	words, ok2 := b.(SpanWords)
	if !ok || !ok2 {
		return false
	}
	return !slices.ContainsFunc(phrases, func(ph Phrase) bool {
		return !slices.ContainsFunc(ph.Terms, func(t TermPattern) bool {
			return slices.ContainsFunc(words, func(w Phrase) bool { return len(w.Terms) == 1 && t.narrows(w.Terms[0]) })
		})
	})
}

// narrows reports whether every word that s stands for is one that t stands for, as far as
// that is seen at once.
func (s TermPattern) narrows(t TermPattern) bool {
	if t.Case != AnyCase && s.Case != t.Case || t.Marks != s.Marks {
		return false
	}
	s.Case = t.Case
	if s == t {
		return true
	}
	if s.Kind != Exact || t.Kind == SameStem && text.Characters(s.Text) > 0 {
		return false
	}
	if t.Kind == SameStem {
		matches, err := t.Matcher(analysis.OfStem(t.Text))
		return err == nil && matches(s.Text)
	}
	matches, err := t.wordMatcher()
	return err == nil && matches(s.Text)
}
