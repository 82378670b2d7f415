package query

import (
	"fmt"
	"strconv"
	"strings"
)

// countSign stands before a number and what must occur as often. Its letters may be
// capitals.
const countSign = "atleast/"

// maxCount is the most occurrences that can be asked for: no article has more of a word
// that says anything.
const maxCount = 1000

// countAt returns the sign of a count at offset i, as written, and its end; 0 where
// there is none.
func (p *parser) countAt(i int) (sign string, end int) {
	if p.plain || len(p.text)-i < len(countSign) || !strings.EqualFold(p.text[i:i+len(countSign)], countSign) {
		return "", 0
	}
	end = i + len(countSign)
	for !p.isBorder(end) {
		_, size := p.at(end)
		end += size
	}
	return p.text[i:end], end
}

// counted reads what a NEAR joins, with the count before it.
func (p *parser) counted() (Node, error) {
	start := p.pos
	sign, end := p.countAt(start)
	if end == 0 || p.field.isLiteral() {
		return p.near()
	}
	count, err := p.leastCount(start, sign)
	if err != nil {
		return nil, err
	}
	p.pos = end
	next := p.operator()
	if next.kind != opNone && next.kind != opNot {
		return noise{}, p.fault(start, "nothing to the right of "+sign,
			"write a word behind it, or put it in quotation marks to search for the text", "ignored it")
	}
	p.pos = next.start
	n, err := p.countable(sign)
	if _, dull := n.(noise); err != nil || dull || n == nil || count < 2 {
		return n, err
	}
	bad, msg, hint := p.uncounted(n)
	if bad == nil {
		_, end := n.Pos()
		return AtLeast{At: At{start, end}, Count: count, Operand: n}, nil
	}
	at, _ := bad.Pos()
	return n, p.fault(at, msg+" behind "+sign, hint, "ignored "+sign)
}

// countable reads what is counted. What has a sign of its own is not.
func (p *parser) countable(sign string) (Node, error) {
	switch _, end := p.countAt(p.pos); {
	case end > 0:
		if err := p.fault(p.pos, "a count behind "+sign, "write one of them", "ignored "+sign); err != nil {
			return nil, err
		}
		return p.counted()
	case p.operator().kind == opNot, p.signed(p.pos) != 0 && p.opens(p.pos):
		err := p.fault(p.pos, "a sign or NOT behind "+sign, "write it before "+sign, "ignored "+sign)
		if err != nil {
			return nil, err
		}
		return p.unary(true)
	}
	return p.near()
}

// leastCount returns the number of a count.
func (p *parser) leastCount(start int, sign string) (int, error) {
	digits := sign[len(countSign):]
	n, err := strconv.Atoi(digits)
	if err == nil && n >= 1 && n <= maxCount && isDigit(rune(digits[0])) {
		return n, nil
	}
	taken := 1
	if err == nil && n > maxCount {
		taken = maxCount
	}
	return taken, p.fault(start, sign+" without a number of times",
		fmt.Sprintf("write atleast/5, or any number from 1 to %d, and a word behind it", maxCount), fmt.Sprintf("took %s%d", countSign, taken))
}

// uncounted returns the part of n of which there are no occurrences to count, what it is,
// and what to do; nil when there is none.
func (p *parser) uncounted(n Node) (bad Node, msg, hint string) {
	if p.field.isWhole() || p.field.isRange() {
		return n, "a value of " + p.field.field + ":", "remove the count: an article has a value once"
	}
	switch n := n.(type) {
	case And:
		return p.uncountedIn(n.Operands)
	case Or:
		if and, ok := conjunctionIn(n); ok {
			return and, "several words in an OR", "write them as a phrase, or a count before each"
		}
		return p.uncountedIn(n.Operands)
	case Not:
		return n, "a negation", "write it before the count, as in -atleast/5 war"
	case Boost:
		return n, "a boost", "write it behind all, as in (atleast/5 war)^2"
	case AtLeast:
		return n, "a count", "write one of them"
	case Lead:
		return n, "lead:", "write the count within it, as in lead:(atleast/5 war)"
	case Field:
		if n.Name == capsField {
			return nil, "", ""
		}
		if n.Name == kindField || isName(n.Name) {
			return n, n.Name + ":", "write words there: of these the occurrences are counted"
		}
		return n, "a field", fmt.Sprintf("write the count within it, as in %s:(atleast/5 war)", n.Name)
	case Phrase:
		if n.Slop > 0 {
			return n, "a quotation with ~", "write words joined by NEAR, as in atleast/5 (a NEAR/3 b)"
		}
	case Range, All, noise:
		return n, "nothing to count", "write a word there"
	}
	return nil, "", ""
}

func (p *parser) uncountedIn(nodes []Node) (bad Node, msg, hint string) {
	for _, n := range nodes {
		if bad, msg, hint := p.uncounted(n); bad != nil {
			return bad, msg, hint
		}
	}
	return nil, "", ""
}

// conjunctionIn returns the first And that stands in n but for what NEAR joins.
func conjunctionIn(n Node) (and Node, ok bool) {
	Walk(n, func(n Node) bool {
		switch n := n.(type) {
		case And:
			if !ok {
				and, ok = n, true
			}
		case Near, NotNear:
			return false
		}
		return !ok
	})
	return and, ok
}
