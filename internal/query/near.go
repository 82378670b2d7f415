package query

import (
	"fmt"
	"strconv"
	"strings"
)

// defaultDistance is what NEAR and ADJ mean without a number: about the words
// of a short clause.
const defaultDistance = 10

// near reads a chain of operands joined by NEAR, by ADJ, or by one of these with NOT
// before it.
func (p *parser) near() (Node, error) {
	n, err := p.boosted()
	if err != nil {
		return nil, err
	}
	of := []Node{n}
	var chain operator
	entered := p.depth
	defer func() { p.depth = entered }()
	for op := p.proximity(); op.kind == opNear; op = p.proximity() {
		p.pos = op.end
		if chain.kind == opNear && !sameOperator(op, chain) {
			if n, err = p.mixed(of, chain, op); err != nil {
				return nil, err
			}
			of = []Node{n}
		}
		if op.negated || len(of) == 1 && chain.kind == opNear {
			// Each of these nests what stands before it.
			if ok, err := p.enter(op.start); !ok || err != nil {
				return p.chained(of, chain, err)
			}
		}
		next := p.operator()
		if next.kind == opNone || next.kind == opNot {
			if misplaced, err := p.misplaced(op, next); misplaced || err != nil {
				if err != nil {
					return nil, err
				}
				break
			}
		} else {
			return p.chained(of, chain, p.lacksRight(op))
		}
		chain = op
		p.pos = next.start
		if n, err = p.boosted(); err != nil {
			return nil, err
		}
		of = append(of, n)
	}
	return p.chained(of, chain, nil)
}

// proximity returns the operator that comes next, with a NOT before NEAR or ADJ as
// part of it. It doesn't move.
func (p *parser) proximity() operator {
	op := p.operator()
	if op.kind != opNot {
		return op
	}
	after := parser{text: p.text, pos: op.end, groups: p.groups, plain: p.plain}
	if next := after.operator(); next.kind == opNear {
		next.start, next.negated = op.start, true
		return next
	}
	return op
}

// mixed reports an operator that stands in the chain of another. A lenient parser gets
// the chain up to it.
func (p *parser) mixed(of []Node, chain, op operator) (Node, error) {
	err := p.fault(op.start, fmt.Sprintf("%s after %s", op.written(), chain.written()),
		fmt.Sprintf("put parentheses around one of them, as in (a %s b) %s c", chain.written(), op.written()), "read it from the left")
	if err != nil {
		return nil, err
	}
	return p.chained(of, chain, nil)
}

// misplaced reports a sign, a NOT or a count behind an operator, and whether there is
// one.
func (p *parser) misplaced(op, next operator) (bool, error) {
	name, _ := op.parts()
	if next.kind == opNot || p.signed(next.start) != 0 {
		hint := "write it behind all, as in a " + name + " b -c"
		if op.negated {
			hint = "remove one of them"
		}
		return true, p.fault(next.start, "a sign or NOT after "+name, hint, "took AND")
	}
	if count, end := p.countAt(next.start); end > 0 {
		return true, p.fault(next.start, count+" after "+name, fmt.Sprintf("write it before all, as in %s (a %s b)", count, name), "took AND")
	}
	return false, nil
}

// chained returns the node of a chain that has been read, err being the error
// that ended it.
func (p *parser) chained(of []Node, op operator, err error) (Node, error) {
	if len(of) == 1 || err != nil {
		return of[0], err
	}
	distance, unit, err := p.distance(op)
	if err != nil {
		return nil, err
	}
	for _, n := range of {
		bad, msg, hint := p.unplaced(n, unit)
		if bad == nil {
			continue
		}
		start, _ := bad.Pos()
		name, _ := op.parts()
		if op.negated {
			return of[0], p.fault(start, msg+" beside "+name, hint, "left out what follows "+name)
		}
		if err := p.fault(start, msg+" beside "+name, hint, "took AND"); err != nil {
			return nil, err
		}
		if of = solid(of); len(of) == 1 {
			return of[0], nil
		}
		return And{At: around(of), Operands: of}, nil
	}
	ordered := strings.HasPrefix(op.text, "ADJ")
	if !op.negated {
		return Near{At: around(of), Operands: of, Distance: distance, Ordered: ordered, Unit: unit}, nil
	}
	n := of[0]
	for i, avoid := range of[1:] {
		n = NotNear{At: around(of[:i+2]), Operand: n, Avoid: avoid, Distance: distance, Ordered: ordered, Unit: unit}
	}
	return n, nil
}

// parts returns the name of a NEAR or ADJ, with the NOT before it, and what it measures
// by, as written.
func (o operator) parts() (name, measure string) {
	name, measure, found := strings.Cut(o.text, "/")
	if !found {
		measure = strconv.Itoa(defaultDistance)
	}
	if o.negated {
		name = "NOT " + name
	}
	return name, measure
}

// written returns the operator as it is written, with the NOT before it.
func (o operator) written() string {
	if o.negated {
		return "NOT " + o.text
	}
	return o.text
}

func sameOperator(a, b operator) bool {
	name, measure := a.parts()
	name2, measure2 := b.parts()
	return name == name2 && strings.EqualFold(measure, measure2)
}

// unitSigns are what stands behind the slash of NEAR for each unit but words.
var unitSigns = [...]string{Words: "", Sentence: "s", Paragraph: "p"}

// distance returns what an operator measures by, which stands after its slash: a number
// of words, or a unit.
func (p *parser) distance(op operator) (int, Unit, error) {
	name, measure := op.parts()
	for unit, sign := range unitSigns {
		if sign != "" && strings.EqualFold(measure, sign) {
			return 0, Unit(unit), nil
		}
	}
	n, err := strconv.Atoi(measure)
	if err == nil && n >= 1 && n <= maxDistance && isDigit(rune(measure[0])) {
		return n, Words, nil
	}
	taken := defaultDistance
	if err == nil && n > maxDistance {
		taken = maxDistance
	}
	return taken, Words, p.fault(op.start, op.written()+" without a distance",
		fmt.Sprintf("write %[1]s/5, or any number of words from 1 to %[2]d, %[1]s/s for one sentence or %[1]s/p for one paragraph", name, maxDistance),
		fmt.Sprintf("took %s/%d", name, taken))
}

// unplaced returns the part of n that has no place in the text which NEAR
// could measure from, why that is, and what to do; nil when there is none.
func (p *parser) unplaced(n Node, unit Unit) (bad Node, msg, hint string) {
	if p.field.isWhole() || p.field.isRange() {
		return n, "a value of " + p.field.field + ":", "write AND: values have no places in the text"
	}
	switch n := n.(type) {
	case Phrase:
		if n.Slop > 0 {
			return n, "a quotation with ~", "remove ~" + strconv.Itoa(n.Slop)
		}
	case Or:
		for _, sub := range n.Operands {
			if bad, msg, hint := p.unplaced(sub, unit); bad != nil {
				return bad, msg, hint
			}
		}
	case And:
		return n, "several words", "join them by OR, or put them in quotation marks as a phrase"
	case Field:
		return p.unplacedField(n, unit)
	case Range:
		if n.Name == lengthField {
			return n, "a number of words", "write AND: it has no place in the text"
		}
		return n, "a date", "write AND: dates have no place in the text"
	case Not:
		return n, "a negation", "write the words to avoid after the others, as in a NEAR b -c"
	case Boost:
		return n, "a boost", "write it behind all, as in (a NEAR b)^2"
	case AtLeast:
		return n, "a count", fmt.Sprintf("write it before all, as in atleast/%d (a NEAR b)", n.Count)
	case Lead:
		return n, "lead:", "write lead:(a NEAR b), with all of it in the lead"
	case All, noise:
		return n, "nothing to search for", "write a word there"
	}
	return nil, "", ""
}

// unplacedField is unplaced for a field.
func (p *parser) unplacedField(n Field, unit Unit) (bad Node, msg, hint string) {
	switch {
	case isName(n.Name):
		return p.unplacedName(n, n.Operand)
	case n.Name == capsField:
		if notPlaced, ok := conjunctionIn(n.Operand); ok {
			return notPlaced, "several words", "join them by OR, or put them in quotation marks as a phrase"
		}
		return nil, "", ""
	case n.Name == kindField && unit == Sentence:
		return nil, "", ""
	case n.Name == kindField:
		return n, "is:", "write NEAR/s: it says of which kind a sentence is"
	}
	return n, "a field", fmt.Sprintf("write %s:(a NEAR b), with all of it in one field", n.Name)
}

// unplacedName is unplaced for what a field of names asks for.
func (p *parser) unplacedName(f Field, n Node) (bad Node, msg, hint string) {
	switch n := n.(type) {
	case Word:
		return nil, "", ""
	case Phrase:
		if n.Slop == 0 {
			return nil, "", ""
		}
	case Wildcard:
		if n.Pattern == "*" {
			return nil, "", ""
		}
	case Or:
		for _, sub := range n.Operands {
			if bad, msg, hint := p.unplacedName(f, sub); bad != nil {
				return bad, msg, hint
			}
		}
		return nil, "", ""
	}
	return f, "a name that isn't written out", fmt.Sprintf(`write whole words of it, such as %s:Kim or %s:"Kim Jong Un", or %s:* for any`, f.Name, f.Name, f.Name)
}
