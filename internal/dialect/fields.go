package dialect

import (
	"strings"

	"github.com/newsq/newsq/internal/query"
)

// within returns n within one of newsq's fields. What has a field of its own keeps it.
func (r *reader) within(t token, name string, n query.Node) query.Node {
	switch {
	case n == nil:
		return nil
	case !isText(name):
		return r.spreadField(t, name, r.asName(t, name, n))
	}
	return r.spreadField(t, name, n)
}

// spreadField returns n within a field. Where a part of n can't stand in a field, each
// part is put there by itself.
func (r *reader) spreadField(t token, name string, n query.Node) query.Node {
	if n == nil {
		return nil
	}
	if _, excluded := n.(query.Not); r.fits(name, n) && !excluded {
		if name == leadName {
			return query.Lead{Words: query.DefaultLead, Operand: n}
		}
		return query.Field{Name: name, Operand: n}
	}
	parts := func(of []query.Node) []query.Node {
		out := make([]query.Node, len(of))
		for i, n := range of {
			out[i] = r.spreadField(t, name, n)
		}
		return out
	}
	switch n := n.(type) {
	case query.And:
		return and(parts(n.Operands)...)
	case query.Or:
		last := len(n.Operands) - 1
		if _, all := n.Operands[last].(query.All); all { // what only adds to scores
			return or(append(parts(n.Operands[:last]), query.All{})...)
		}
		return or(parts(n.Operands)...)
	case query.Not:
		return not(r.spreadField(t, name, n.Operand))
	case query.All:
		return r.spreadField(t, name, query.Wildcard{Pattern: "*"})
	case query.Boost:
		n.Operand = r.spreadField(t, name, n.Operand)
		return n
	}
	r.note(t, "%s has a field of its own, which counts alone", n)
	return n
}

// leadName is the name of the field of the first words, which is a node of its own.
const leadName = "lead"

// fits reports whether all of n may stand within a field.
func (r *reader) fits(name string, n query.Node) bool {
	switch n := n.(type) {
	case query.And:
		return r.allFit(name, n.Operands)
	case query.Or:
		return r.allFit(name, n.Operands)
	case query.Near:
		return r.allFit(name, n.Operands)
	case query.Not:
		return r.fits(name, n.Operand)
	case query.NotNear:
		return r.fits(name, n.Operand) && r.fits(name, n.Avoid)
	case query.AtLeast:
		return (isText(name) || name == leadName) && r.fits(name, n.Operand)
	case query.Boost:
		return r.fits(name, n.Operand)
	case query.Field:
		return n.Name == capsField && (isText(name) || name == leadName)
	case query.Lead, query.Range, query.All, nil:
		return false
	}
	return true
}

func (r *reader) allFit(name string, of []query.Node) bool {
	for _, n := range of {
		if !r.fits(name, n) {
			return false
		}
	}
	return true
}

// lead returns n within the first words of an article.
func (r *reader) lead(t token, words int, n query.Node) query.Node {
	out := r.spreadField(t, leadName, n)
	if words == query.DefaultLead {
		return out
	}
	var set func(n query.Node) query.Node
	set = func(n query.Node) query.Node {
		switch n := n.(type) {
		case query.Lead:
			n.Words = words
			return n
		case query.And:
			return and(setAll(n.Operands, set)...)
		case query.Or:
			return or(setAll(n.Operands, set)...)
		case query.Not:
			return not(set(n.Operand))
		}
		return n
	}
	if out == nil {
		return nil
	}
	return set(out)
}

func setAll(of []query.Node, set func(query.Node) query.Node) []query.Node {
	out := make([]query.Node, len(of))
	for i, n := range of {
		out[i] = set(n)
	}
	return out
}

// asName returns n as values of a field that holds names: words side by side are one
// name, and what measures within a name is left to AND.
func (r *reader) asName(t token, field string, n query.Node) query.Node {
	switch n := n.(type) {
	case query.Word:
		n.Exact = false
		return n
	case query.Phrase:
		n.Text, n.Slop = inOrder(n.Text), 0
		if !strings.Contains(n.Text, " ") {
			return query.Word{Text: n.Text}
		}
		return n
	case query.Near:
		if text := textOf(n); text != "" {
			return query.Phrase{Text: inOrder(text)}
		}
		r.note(t, "%s: holds names, in which newsq doesn't measure: read as AND", field)
		return r.asName(t, field, and(n.Operands...))
	case query.NotNear:
		r.note(t, "%s: holds names, in which newsq doesn't measure: read as AND NOT", field)
		return r.asName(t, field, andNot(n.Operand, n.Avoid))
	case query.AtLeast:
		r.note(t, "%s: holds names, which are not counted: the count is left out", field)
		return r.asName(t, field, n.Operand)
	case query.Field:
		if n.Name == capsField {
			r.note(t, "%s: holds names, whose capitals don't count", field)
			return r.asName(t, field, lowered(n.Operand))
		}
		return n
	case query.And:
		return and(r.namesOf(t, field, n.Operands)...)
	case query.Or:
		return or(r.namesOf(t, field, n.Operands)...)
	case query.Not:
		return not(r.asName(t, field, n.Operand))
	case query.Boost:
		n.Operand = r.asName(t, field, n.Operand)
		return n
	}
	return n
}

func (r *reader) namesOf(t token, field string, of []query.Node) []query.Node {
	out := make([]query.Node, len(of))
	for i, n := range of {
		out[i] = r.asName(t, field, n)
	}
	return out
}

// inOrder returns a name with its first name first: "Smith, John" is John Smith.
func inOrder(name string) string {
	last, first, ok := strings.Cut(name, ",")
	if ok && strings.TrimSpace(first) != "" && !strings.Contains(first, ",") {
		return strings.TrimSpace(first) + " " + strings.TrimSpace(last)
	}
	return strings.TrimRight(name, ", ")
}

// maxCount is the most occurrences that newsq counts to.
const maxCount = 1000

// atLeast returns the condition that n occurs count times.
func (r *reader) atLeast(t token, count int, n query.Node) query.Node {
	switch {
	case n == nil || count < 2:
		return n
	case count > maxCount:
		r.note(t, "newsq counts to %d: read as atleast/%d", maxCount, maxCount)
		count = maxCount
	}
	switch x := n.(type) {
	case query.And:
		return and(r.countEach(t, count, x.Operands)...)
	case query.Not:
		return x
	case query.AtLeast:
		x.Count = max(count, x.Count)
		return x
	case query.Lead:
		x.Operand = r.atLeast(t, count, x.Operand)
		return x
	case query.Field:
		if isText(x.Name) {
			x.Operand = r.atLeast(t, count, x.Operand)
			return x
		}
	}
	if placed(n) {
		return query.AtLeast{Count: count, Operand: n}
	}
	r.note(t, "newsq counts words, patterns, phrases and what stands near: of the rest, once is enough")
	return n
}

func (r *reader) countEach(t token, count int, of []query.Node) []query.Node {
	out := make([]query.Node, len(of))
	for i, n := range of {
		out[i] = r.atLeast(t, count, n)
	}
	return out
}

// leftOut says that a condition was left out, and why.
func (r *reader) leftOut(t token, why string) query.Node {
	r.note(t, "left out, as %s", why)
	return nil
}
