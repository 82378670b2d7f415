package match

import (
	"fmt"
	"slices"

	"github.com/newsq/newsq/internal/query"
)

// What said:, by: and names beside NEAR mean. All said: and by: of one AND are of one
// quotation.

const (
	// withinQuotation is how far apart words of one quotation may stand, each from the
	// next that is asked for: as far as NEAR can reach.
	withinQuotation = 1000
	// maxNames is how many names, or sets of them, a NEAR or a quotation may be by.
	maxNames = 64
)

// isQuotation reports whether a field is of quotations.
func isQuotation(name string) bool { return name == MarkSaid || name == MarkBy }

// conjunction lowers an AND. What it asks of quotations is of one, and what it asks of
// sentences of a kind is of one sentence.
func (l lowerer) conjunction(n query.And, f Field) (Plan, error) {
	if f != Text {
		of, err := l.each(n.Operands, f)
		return and(of), err
	}
	quoted, others := fieldsOf(n.Operands, isQuotation)
	kinds, others := fieldsOf(others, func(name string) bool { return name == MarkIs })
	of, err := l.each(others, f)
	if err != nil {
		return nil, err
	}
	if len(quoted.fields) > 0 {
		p, err := l.mended(l.quotation(quoted.fields))
		if err != nil {
			return nil, err
		}
		if p != nil {
			of = append(of, boost(p, quoted.factor))
		}
	}
	if len(kinds.fields) > 0 {
		p, err := l.mended(l.inSentence(kinds.fields, others))
		if err != nil {
			return nil, err
		}
		if p != nil {
			of = append(of, boost(p, kinds.factor))
		}
	}
	return and(of), nil
}

// fieldsAsked are fields that stand in an AND, and the product of their boosts.
type fieldsAsked struct {
	fields []query.Field
	factor float64
}

// fieldsOf returns the fields among nodes whose name is as it should be, and the other
// nodes.
func fieldsOf(nodes []query.Node, is func(name string) bool) (asked fieldsAsked, others []query.Node) {
	asked.factor = 1
	for _, n := range nodes {
		if field, boost, ok := fieldIn(n); ok && is(field.Name) {
			asked.fields, asked.factor = append(asked.fields, field), asked.factor*boost
		} else {
			others = append(others, n)
		}
	}
	return asked, others
}

// fieldIn returns the field that a node is, with its boost.
func fieldIn(n query.Node) (field query.Field, boost float64, ok bool) {
	switch n := n.(type) {
	case query.Field:
		return n, 1, true
	case query.And: // with a plus sign
		if len(n.Operands) == 1 {
			return fieldIn(n.Operands[0])
		}
	case query.Boost:
		field, boost, ok = fieldIn(n.Operand)
		return field, boost * n.Factor, ok
	}
	return field, 1, false
}

// quotation lowers what is asked of one quotation. Without said:, the authors of an
// article have said all of it.
func (l lowerer) quotation(fields []query.Field) (Plan, error) {
	var said []query.Node
	speakers := [][]string{nil}
	var authors []Plan
	named := false
	for _, field := range fields {
		if field.Name == MarkSaid {
			said = append(said, field.Operand)
			continue
		}
		names, err := l.names(MarkBy, field.Operand)
		if err != nil {
			return nil, err
		}
		if len(names) == 0 {
			continue // it asks for nothing
		}
		named = true
		if speakers, err = l.both(speakers, names, field); err != nil {
			return nil, err
		}
		author, err := l.lower(field.Operand, Author)
		if err != nil {
			return nil, err
		}
		if author != nil {
			authors = append(authors, author)
		}
	}
	if len(said) > 0 {
		p, err := l.saidByAny(said, speakers)
		if err != nil || p != nil || !named {
			return p, err
		}
	}
	if !named {
		return nil, nil
	}
	var of []Plan
	if author := and(authors); author != nil {
		of = append(of, author)
	}
	for _, marks := range speakers {
		of = append(of, Phrase{Field: Body, Terms: []TermPattern{{Kind: AnyWord, Marks: JoinMarks(slices.Clone(marks))}}})
	}
	return or(of, false), nil
}

// saidByAny lowers what is said in one quotation, which has any of several sets of marks.
func (l lowerer) saidByAny(said []query.Node, speakers [][]string) (Plan, error) {
	n := said[0]
	if len(said) > 1 {
		n = query.And{At: around(said), Operands: said}
	}
	var of []Plan
	for _, marks := range speakers {
		p, err := l.said(n, JoinMarks(append([]string{MarkSaid}, marks...)))
		if err != nil {
			return nil, err
		}
		if p != nil {
			of = append(of, p)
		}
	}
	return or(of, false), nil
}

func around(nodes []query.Node) query.At {
	start, _ := nodes[0].Pos()
	_, end := nodes[len(nodes)-1].Pos()
	return query.At{Start: start, End: end}
}

// said lowers what is said in a quotation with marks.
func (l lowerer) said(n query.Node, marks string) (Plan, error) {
	p := Near{Field: Body, Distance: withinQuotation, Marks: marks}
	switch n := n.(type) {
	case query.Or:
		var of []Plan
		for _, alternative := range n.Operands {
			q, err := l.said(alternative, marks)
			if err != nil {
				return nil, err
			}
			if q != nil {
				of = append(of, q)
			}
		}
		return or(of, n.Best), nil
	case query.NotNear:
		return l.saidSpan(n, marks)
	case query.Near:
		if !isFlat(n) {
			return l.saidSpan(n, marks)
		}
		near, _, err := l.operands(n, Body)
		if err != nil || len(near.Operands) == 0 {
			return nil, err
		}
		near.Marks = marks
		return near, nil
	case query.And:
		if err := l.addSaid(&p, n.Operands); err != nil || len(p.Operands) == 0 {
			return nil, err
		}
		return p, nil
	case query.Wildcard:
		if n.Pattern == "*" {
			return Phrase{Field: Body, Terms: []TermPattern{{Kind: AnyWord, Marks: marks}}}, nil
		}
	}
	if err := l.addSaid(&p, []query.Node{n}); err != nil || len(p.Operands) == 0 {
		return nil, err
	}
	return p, nil
}

// saidSpan lowers what stands near each other in a quotation with marks, where a Near does
// not say it.
func (l lowerer) saidSpan(n query.Node, marks string) (Plan, error) {
	of, err := l.span(n)
	if of == nil || err != nil {
		return nil, err
	}
	return Spans{Field: Body, Of: of, Marks: marks}, nil
}

// addSaid adds words and phrases that one quotation has to p.
func (l lowerer) addSaid(p *Near, nodes []query.Node) error {
	for _, n := range nodes {
		if and, ok := n.(query.And); ok {
			if err := l.addSaid(p, and.Operands); err != nil {
				return err
			}
			continue
		}
		phrases, err := l.saidOperand(n)
		if err != nil {
			return err
		}
		if len(phrases) > 0 && !slices.ContainsFunc(p.Operands, func(q []Phrase) bool { return samePhrases(q, phrases) }) {
			p.Operands = append(p.Operands, phrases)
		}
	}
	return nil
}

func samePhrases(a, b []Phrase) bool {
	return slices.EqualFunc(a, b, func(p, q Phrase) bool { return p.Slop == q.Slop && slices.Equal(p.Terms, q.Terms) })
}

// saidOperand is operand for what is said in a quotation.
func (l lowerer) saidOperand(n query.Node) ([]Phrase, error) {
	if p, ok := n.(query.Phrase); ok && p.Slop > 0 {
		ph, err := l.phrase(p)
		if err != nil || len(ph.Terms) == 0 {
			return nil, err
		}
		return []Phrase{ph}, nil
	}
	if bad := notSaid(n); bad != nil {
		return nil, l.errorAt(bad, "neither word nor phrase among words of one quotation",
			`write words, phrases and groups of these joined by OR, as in said:(war "red line" (peace OR truce))`)
	}
	return l.operand(n)
}

// notSaid returns the part of n that is neither a word nor a phrase nor an OR of these; nil
// where there is none.
func notSaid(n query.Node) query.Node {
	switch n := n.(type) {
	case query.Word, query.Phrase, query.Prefix, query.Wildcard, query.Fuzzy, query.Regex:
		return nil
	case query.Or:
		for _, alternative := range n.Operands {
			if bad := notSaid(alternative); bad != nil {
				return bad
			}
		}
		return nil
	}
	return n
}

// names returns what a node stands for that names things of a kind: alternatives, each a
// set of marks. There is none for what asks for nothing.
func (l lowerer) names(kind string, n query.Node) ([][]string, error) {
	switch n := n.(type) {
	case query.Word:
		return l.name(kind, n.Text), nil
	case query.Phrase:
		if n.Slop == 0 {
			return l.name(kind, n.Text), nil
		}
	case query.Wildcard:
		if n.Pattern == "*" {
			return [][]string{{kind}}, nil
		}
	case query.Or:
		var all [][]string
		for _, alternative := range n.Operands {
			names, err := l.names(kind, alternative)
			if err != nil {
				return nil, err
			}
			all = append(all, names...)
		}
		return all, nil
	case query.And:
		all := [][]string{nil}
		for _, operand := range n.Operands {
			names, err := l.names(kind, operand)
			if err != nil {
				return nil, err
			}
			if len(names) == 0 {
				continue
			}
			if all, err = l.both(all, names, n); err != nil {
				return nil, err
			}
		}
		if len(all) == 1 && len(all[0]) == 0 {
			return nil, nil
		}
		return all, nil
	}
	return nil, l.errorAt(n, "pattern where "+kind+": wants a name",
		fmt.Sprintf(`write whole words of the name, such as %s:Kim or %s:"Kim Jong Un", or %s:* for any`, kind, kind, kind))
}

// name returns the marks of a name, as names does.
func (l lowerer) name(kind, name string) [][]string {
	marks := NameMarks(l.context.Analyzer, kind, name)
	if len(marks) == 1 {
		return nil
	}
	return [][]string{marks[1:]}
}

// both returns each set of one list joined with each of another, which n asks for.
func (l lowerer) both(some, others [][]string, n query.Node) ([][]string, error) {
	if len(some)*len(others) > maxNames {
		return nil, l.errorAt(n, fmt.Sprintf("more than %d names", maxNames), "write fewer of them")
	}
	of := make([][]string, 0, len(some)*len(others))
	for _, a := range some {
		for _, b := range others {
			of = append(of, slices.Concat(a, b))
		}
	}
	return of, nil
}

// markedOperand lowers a name beside NEAR to the phrases of any one word of it.
func (l lowerer) markedOperand(n query.Field) ([]Phrase, error) {
	switch n.Name {
	case capsField:
		return l.casedOperand(n.Operand)
	case MarkIs:
		sets, err := l.kinds([]query.Field{n})
		return withMarks(sets), err
	}
	if n.Name != MarkPerson && n.Name != MarkOrg && n.Name != MarkPlace {
		return nil, l.errorAt(n, "a field beside NEAR", fmt.Sprintf("write %s:(a NEAR b), with all of it in one field", n.Name))
	}
	names, err := l.names(n.Name, n.Operand)
	if err == nil && len(names) > maxNames {
		err = l.errorAt(n, fmt.Sprintf("more than %d names", maxNames), "write fewer of them")
	}
	if err != nil {
		return nil, err
	}
	return withMarks(names), nil
}

// withMarks returns the phrases of any one word with one of some sets of marks.
func withMarks(sets [][]string) []Phrase {
	phrases := make([]Phrase, len(sets))
	for i, marks := range sets {
		phrases[i] = Phrase{Terms: []TermPattern{{Kind: AnyWord, Marks: JoinMarks(slices.Clone(marks))}}}
	}
	return phrases
}
