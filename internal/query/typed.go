package query

import (
	"slices"
	"strings"
	"unicode"
)

// What keyboards and copying leave in a query means nothing: marks of direction, which
// stand anywhere around words of right-to-left scripts, and full-width letters and digits,
// which an input method for Chinese or Japanese types. A query is read without the former,
// and with plain letters for the latter; its places are those of the text that was typed.

// Parse reads a query. The error is a *SyntaxError.
func Parse(s string) (Node, error) {
	t := plainOf(s)
	n, err := parse(t.text, false)
	if err != nil {
		return nil, t.mistake(err)
	}
	return t.node(n), nil
}

// plainText is a text as it is read.
type plainText struct {
	text  string
	typed string
	// places has for each byte of text, and for its end, the offset in typed. It is nil
	// where the two are the same.
	places []int
}

// plainOf returns a text as it is read.
func plainOf(typed string) plainText {
	if !strings.ContainsFunc(typed, isTyped) {
		return plainText{text: typed, typed: typed}
	}
	p := plainText{typed: typed, places: make([]int, 0, len(typed)+1)}
	b := make([]byte, 0, len(typed))
	for i, r := range typed {
		switch {
		case isDirection(r):
			continue
		case isFullWidth(r):
			b = append(b, byte(r-'！'+'!'))
			p.places = append(p.places, i)
			continue
		}
		end := i + max(1, runeLen(typed[i:]))
		for ; i < end; i++ {
			b = append(b, typed[i])
			p.places = append(p.places, i)
		}
	}
	p.text, p.places = string(b), append(p.places, len(typed))
	return p
}

// runeLen returns the length of the first character of s; of an invalid byte it is 1.
func runeLen(s string) int {
	for i := range s {
		if i > 0 {
			return i
		}
	}
	return len(s)
}

func isTyped(r rune) bool { return isDirection(r) || isFullWidth(r) }

// isDirection reports whether r is one of Unicode's marks of direction: they show nothing.
func isDirection(r rune) bool { return r > 0x600 && unicode.Is(unicode.Bidi_Control, r) }

// isFullWidth reports whether r is a full-width letter or digit.
func isFullWidth(r rune) bool {
	ascii := r - '！' + '!'
	return r > '！' && (isDigit(ascii) || ascii < 0x7f && isLetter(byte(ascii)))
}

// place returns the offset in the text that was typed.
func (p *plainText) place(i int) int {
	if p.places == nil {
		return i
	}
	return p.places[max(0, min(i, len(p.places)-1))]
}

// at returns the place in the text that was typed. It ends where the last character does.
func (p *plainText) at(a At) At {
	if p.places == nil || a.End <= a.Start {
		return At{p.place(a.Start), p.place(a.End)}
	}
	last := p.place(a.End - 1)
	return At{p.place(a.Start), last + max(1, runeLen(p.typed[last:]))}
}

// node returns n with its places in the text that was typed.
func (p *plainText) node(n Node) Node {
	if p.places == nil {
		return n
	}
	switch n := n.(type) {
	case All:
		n.At = p.at(n.At)
		return n
	case And:
		n.At, n.Operands = p.at(n.At), p.nodes(n.Operands)
		return n
	case Or:
		n.At, n.Operands = p.at(n.At), p.nodes(n.Operands)
		return n
	case Near:
		n.At, n.Operands = p.at(n.At), p.nodes(n.Operands)
		return n
	case NotNear:
		n.At, n.Operand, n.Avoid = p.at(n.At), p.node(n.Operand), p.node(n.Avoid)
		return n
	case AtLeast:
		n.At, n.Operand = p.at(n.At), p.node(n.Operand)
		return n
	case Lead:
		n.At, n.Operand = p.at(n.At), p.node(n.Operand)
		return n
	case Not:
		n.At, n.Operand = p.at(n.At), p.node(n.Operand)
		return n
	case Field:
		n.At, n.Operand = p.at(n.At), p.node(n.Operand)
		return n
	case Boost:
		n.At, n.Operand = p.at(n.At), p.node(n.Operand)
		return n
	}
	return p.leaf(n)
}

// leaf is node for a node without others below it.
func (p *plainText) leaf(n Node) Node {
	switch n := n.(type) {
	case Word:
		n.At = p.at(n.At)
		return n
	case Prefix:
		n.At = p.at(n.At)
		return n
	case Wildcard:
		n.At = p.at(n.At)
		return n
	case Fuzzy:
		n.At = p.at(n.At)
		return n
	case Regex:
		n.At = p.at(n.At)
		return n
	case Phrase:
		n.At = p.at(n.At)
		return n
	case Range:
		n.At = p.at(n.At)
		return n
	}
	return n
}

func (p *plainText) nodes(nodes []Node) []Node {
	nodes = slices.Clone(nodes)
	for i, n := range nodes {
		nodes[i] = p.node(n)
	}
	return nodes
}

// mistake returns an error of parsing with its place in the text that was typed.
func (p *plainText) mistake(err error) error {
	if e, ok := err.(*SyntaxError); ok && p.places != nil {
		return &SyntaxError{Text: p.typed, Offset: p.place(e.Offset), Msg: e.Msg, Hint: e.Hint}
	}
	return err
}
