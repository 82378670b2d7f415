package match

import (
	"fmt"
	"strings"

	"github.com/newsq/newsq/internal/text"
)

// Leaf is a condition on words that a plan asks for, not one that it forbids.
type Leaf struct {
	Plan  Plan    // Stem, Phrase or Near
	Field Field   // where Plan looks
	Boost float64 // the product of the boosts above it
}

// Leaves returns the words, phrases and NEARs that p asks for, in the order
// in which they stand in it, repetitions included. What stands below a Not is
// left out, as a match is not made of it.
func Leaves(p Plan) []Leaf { return appendLeaves(nil, p, 1) }

func appendLeaves(dst []Leaf, p Plan, boost float64) []Leaf {
	switch p := p.(type) {
	case And:
		for _, q := range p.Operands {
			dst = appendLeaves(dst, q, boost)
		}
	case Or:
		for _, q := range p.Operands {
			dst = appendLeaves(dst, q, boost)
		}
	case Boost:
		dst = appendLeaves(dst, p.Operand, boost*p.Factor)
	case Should:
		dst = appendLeaves(dst, p.Operand, boost)
		for _, q := range p.Optional {
			dst = appendLeaves(dst, q, boost)
		}
		for _, q := range p.First {
			dst = append(dst, Leaf{Plan: q, Field: q.Field, Boost: boost})
		}
	case Stem, Phrase, Near:
		dst = append(dst, Leaf{Plan: p, Field: looksAt(p), Boost: boost})
	}
	return dst
}

// Label returns the leaf as a person would write it in a query, but for a
// word, of which only the stem is known: deterr, "strategic patience",
// title:presid*, korea NEAR/10 "missile test".
func (l Leaf) Label() string {
	var label string
	switch p := l.Plan.(type) {
	case Stem:
		label = p.Stem
	case Phrase:
		label = p.label()
	case Near:
		label = p.label()
	}
	if f := looksAt(l.Plan); f != Text {
		return f.String() + ":" + label
	}
	return label
}

func (p Phrase) label() string {
	if len(p.Terms) == 1 && p.Terms[0].Kind != Exact && p.Terms[0].Kind != AnyWord {
		return p.Terms[0].label()
	}
	label := `"` + strings.Join(joinPairs(p.Terms), " ") + `"`
	if p.Slop > 0 {
		label += fmt.Sprintf("~%d", p.Slop)
	}
	return label
}

func (p Near) label() string {
	operands := make([]string, len(p.Operands))
	for i, alternatives := range p.Operands {
		labels := make([]string, len(alternatives))
		for j, ph := range alternatives {
			labels[j] = ph.label()
		}
		operands[i] = strings.Join(labels, " OR ")
		if len(labels) > 1 {
			operands[i] = "(" + operands[i] + ")"
		}
	}
	operator := "NEAR"
	if p.Ordered {
		operator = "ADJ"
	}
	label := strings.Join(operands, fmt.Sprintf(" %s/%d ", operator, p.Distance))
	if p.Field != Text {
		return "(" + label + ")"
	}
	return label
}

func (s TermPattern) label() string {
	switch s.Kind {
	case Prefix:
		if text.Characters(s.Text) == 1 {
			return s.Text
		}
		return s.Text + "*"
	case Fuzzy:
		return fmt.Sprintf("%s~%d", s.Text, s.Distance)
	case Regex:
		return "/" + s.Text + "/"
	case AnyWord:
		return "*"
	default: // Exact, SameStem and Wildcard read as they are
		return s.Text
	}
}
