package query

import (
	"fmt"
	"strconv"
	"strings"
)

// defaultDistance is what NEAR and ADJ mean without a number: about the words
// of a short clause.
const defaultDistance = 10

// near reads a chain of operands joined by NEAR, or by ADJ.
func (p *parser) near() (Node, error) {
	n, err := p.boosted()
	if err != nil {
		return nil, err
	}
	of := []Node{n}
	var chain operator
	for op := p.operator(); op.kind == opNear; op = p.operator() {
		p.pos = op.end
		if chain.kind == opNear && !sameOperator(op, chain) {
			err := p.fault(op.start, fmt.Sprintf("%s after %s", op.text, chain.text),
				"use one throughout, or join two of them by AND", "took AND")
			if err != nil {
				return nil, err
			}
			break
		}
		next := p.operator()
		if next.kind == opNot || p.signed(next.start) != 0 {
			name, _ := op.parts()
			err := p.fault(next.start, "a sign or NOT after "+name,
				"write it behind all, as in a "+name+" b -c", "took AND")
			if err != nil {
				return nil, err
			}
			break
		}
		if next.kind != opNone {
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

// chained returns the node of a chain that has been read, err being the error
// that ended it.
func (p *parser) chained(of []Node, op operator, err error) (Node, error) {
	if len(of) == 1 || err != nil {
		return of[0], err
	}
	distance, err := p.distance(op)
	if err != nil {
		return nil, err
	}
	for _, n := range of {
		bad, msg, hint := p.unplaced(n)
		if bad == nil {
			continue
		}
		start, _ := bad.Pos()
		name, _ := op.parts()
		if err := p.fault(start, msg+" beside "+name, hint, "took AND"); err != nil {
			return nil, err
		}
		if of = solid(of); len(of) == 1 {
			return of[0], nil
		}
		return And{At: around(of), Operands: of}, nil
	}
	return Near{At: around(of), Operands: of, Distance: distance, Ordered: strings.HasPrefix(op.text, "ADJ")}, nil
}

// parts returns the name of a NEAR or ADJ, and its number as written.
func (o operator) parts() (name, number string) {
	name, number, found := strings.Cut(o.text, "/")
	if !found {
		number = strconv.Itoa(defaultDistance)
	}
	return name, number
}

func sameOperator(a, b operator) bool {
	name, number := a.parts()
	name2, number2 := b.parts()
	return name == name2 && number == number2
}

// distance returns the number after an operator's slash.
func (p *parser) distance(op operator) (int, error) {
	name, number := op.parts()
	n, err := strconv.Atoi(number)
	if err == nil && n >= 1 && n <= maxDistance && isDigit(rune(number[0])) {
		return n, nil
	}
	taken := defaultDistance
	if err == nil && n > maxDistance {
		taken = maxDistance
	}
	return taken, p.fault(op.start, op.text+" without a distance",
		fmt.Sprintf("write %s/5, or any number of words from 1 to %d", name, maxDistance), fmt.Sprintf("took %s/%d", name, taken))
}

// unplaced returns the part of n that has no place in the text which NEAR
// could measure from, why that is, and what to do; nil when there is none.
func (p *parser) unplaced(n Node) (bad Node, msg, hint string) {
	if p.field.isWhole() || p.field.isDate() {
		return n, "a value of " + p.field.field + ":", "write AND: values have no places in the text"
	}
	switch n := n.(type) {
	case Phrase:
		if n.Slop > 0 {
			return n, "a quotation with ~", "remove ~" + strconv.Itoa(n.Slop)
		}
	case Or:
		for _, sub := range n.Operands {
			if bad, msg, hint := p.unplaced(sub); bad != nil {
				return bad, msg, hint
			}
		}
	case And:
		return n, "several words", "join them by OR, or put them in quotation marks as a phrase"
	case Field:
		if isName(n.Name) {
			return p.unplacedName(n, n.Operand)
		}
		return n, "a field", fmt.Sprintf("write %s:(a NEAR b), with all of it in one field", n.Name)
	case Range:
		return n, "a date", "write AND: dates have no place in the text"
	case Not:
		return n, "a negation", "write the words to avoid after the others, as in a NEAR b -c"
	case Boost:
		return n, "a boost", "write it behind all, as in (a NEAR b)^2"
	case Near:
		return n, "a NEAR in parentheses", "write one chain, or join two of them by AND"
	case All, noise:
		return n, "nothing to search for", "write a word there"
	}
	return nil, "", ""
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
