package query

import (
	"fmt"
	"strconv"
	"unicode/utf8"
)

// The limits of a query. They keep the work that one query can ask for small;
// a person never meets them.
const (
	maxQuery    = 4096 // bytes of the text
	maxTerm     = 256  // bytes of one word
	maxClauses  = 1024 // terms of one query
	maxDepth    = 64   // groups and signs within each other
	maxDistance = 1000 // of NEAR and ADJ, and slop of phrases
	maxEdits    = 2    // of fuzzy words
	maxBoost    = 1000
)

// usualWord is room for most words.
const usualWord = 16

// parseAll is parse of any text.
func parseAll(s string, plain bool) (Node, error) {
	p := parser{text: s, chars: make([]char, 0, usualWord), plain: plain}
	if err := p.admit(); err != nil {
		return nil, err
	}
	return p.query()
}

// parser reads one query, by recursive descent straight over its characters:
// what a character means depends on where it stands.
//
// Its methods that read a node return nil where there is none to read, and a
// noise node for what is to be ignored beside other nodes. They return an
// error only when the parser is strict: see fault.
type parser struct {
	text    string
	pos     int
	field   prefix // whose group is being read; zero outside
	groups  int    // open parentheses
	depth   int    // open parentheses and signs
	clauses int
	chars   []char // scratch; see scan

	// unclosed holds, for a set of quotation marks, an offset from which on
	// there is none of them.
	unclosed map[string]int

	plain    bool // AND, OR, NOT, NEAR and ADJ are words
	lenient  bool
	warnings []string
	ignored  int // open parentheses that were ignored, as too deep
	dropped  int // warnings left out
}

// noise is a stretch that holds nothing to search for: punctuation, or what a
// lenient parser gave up on, then without Text.
type noise struct{ Word }

// fault reports that the text at offset at is wrong: msg says what, followed
// by the place, hint how to mend it. A strict parser stops with the error. A
// lenient one gets nil, and goes on as mended says.
func (p *parser) fault(at int, msg, hint, mended string) error {
	err := &SyntaxError{Text: p.text, Offset: at, Msg: msg, Hint: hint}
	if !p.lenient {
		return err
	}
	if len(p.warnings) == maxWarnings {
		p.dropped++
		return nil
	}
	p.warnings = append(p.warnings, sentence(msg, err.Column(), mended))
	return nil
}

// admit checks the text as a whole.
func (p *parser) admit() error {
	if len(p.text) > maxQuery {
		return p.fault(maxQuery, fmt.Sprintf("query longer than %d bytes", maxQuery), "shorten it", "")
	}
	if i := invalid(p.text); i >= 0 {
		return p.fault(i, "text that is not UTF-8", "write the query in UTF-8", "took it as a space")
	}
	return nil
}

// invalid returns the offset of the first byte of s that is not UTF-8, or -1.
func invalid(s string) int {
	for i, r := range s {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
				return i
			}
		}
	}
	return -1
}

func (p *parser) query() (Node, error) {
	n, err := p.or()
	if err != nil {
		return nil, err
	}
	switch n := n.(type) {
	case nil:
		return All{}, nil
	case noise:
		if n.Text == "" {
			return All{}, nil
		}
		return n.Word, nil
	default:
		return n, nil
	}
}

func (p *parser) or() (Node, error) {
	var of []Node
	var last operator // the OR that waits for its right side
	for {
		n, err := p.and()
		if err != nil {
			return nil, err
		}
		op := p.operator()
		switch {
		case n != nil:
			of, last = append(of, n), op
		case op.kind == opOr:
			err = p.lacksLeft(op)
		case last.kind == opOr:
			err = p.lacksRight(last)
		}
		if err != nil {
			return nil, err
		}
		if op.kind != opOr {
			break
		}
		p.pos = op.end
	}
	of = solid(of)
	if len(of) < 2 {
		return first(of), nil
	}
	return Or{At: around(of), Operands: of}, nil
}

func (p *parser) and() (Node, error) {
	var of []Node
	var last operator // the AND that waits for its right side
	bare := true
	for {
		op := p.operator()
		p.pos = op.start
		var n Node
		var err error
		switch {
		case op.kind == opEnd, op.kind == opOr:
			if last.kind == opAnd {
				err = p.lacksRight(last)
			}
			of = solid(of)
			if len(of) < 2 {
				return first(of), err
			}
			return And{At: around(of), Operands: of, Bare: bare}, err
		case op.kind == opAnd:
			if len(of) == 0 || last.kind == opAnd {
				err = p.lacksLeft(op)
			} else {
				bare, last = false, op
			}
			p.pos = op.end
		case op.kind == opNear: // near reads all that have an operand before them
			err = p.lacksLeft(op)
			p.pos = op.end
		case op.kind == opStray:
			err = p.stray(op)
		default:
			n, err = p.unary(p.opens(p.pos))
		}
		if err != nil {
			return nil, err
		}
		if n != nil {
			of, last = append(of, n), operator{}
		}
	}
}

// stray reads a closing parenthesis that closes no group.
func (p *parser) stray(op operator) error {
	p.pos = op.end
	if p.ignored > 0 {
		p.ignored--
		return nil
	}
	return p.fault(op.start, "closing parenthesis without an opening one", "remove it, or add ( before it", "ignored it")
}

func (p *parser) lacksLeft(op operator) error {
	return p.lacks(op, "left")
}

func (p *parser) lacksRight(op operator) error {
	return p.lacks(op, "right")
}

// lacks reports an operator without an operand. Signs are common in titles
// ("Asia | The Paper |"), so they may lack one.
func (p *parser) lacks(op operator, side string) error {
	if !op.isWord() {
		return nil
	}
	return p.fault(op.start, fmt.Sprintf("nothing to the %s of %s", side, op.written()),
		`remove it, or put it in quotation marks to search for the word`, "ignored it")
}

// solid returns nodes without the noise among them, or the first noise with a
// text when there is nothing else. It takes nodes apart.
func solid(nodes []Node) []Node {
	kept := nodes[:0]
	var silent Node
	for _, n := range nodes {
		if dull, ok := n.(noise); !ok {
			kept = append(kept, n)
		} else if silent == nil || silent.(noise).Text == "" {
			silent = dull
		}
	}
	if len(kept) == 0 && silent != nil {
		kept = append(kept, silent)
	}
	return kept
}

func first(nodes []Node) Node {
	if len(nodes) == 0 {
		return nil
	}
	return nodes[0]
}

// around returns the place that nodes, in order, take together.
func around(nodes []Node) At {
	start, _ := nodes[0].Pos()
	_, end := nodes[len(nodes)-1].Pos()
	return At{start, end}
}

// enter counts a group or sign that opens at offset at. When it is one too
// many for a lenient parser, it returns false.
func (p *parser) enter(at int) (bool, error) {
	if p.depth == maxDepth {
		return false, p.fault(at, fmt.Sprintf("query nested deeper than %d", maxDepth), "simplify it", "ignored it")
	}
	p.depth++
	return true, nil
}

// unary reads a term with its signs. Where it says so, a minus or plus at this
// place is a sign.
func (p *parser) unary(signs bool) (Node, error) {
	op, start := p.operator(), p.pos
	sign := p.signed(start)
	switch {
	case op.kind == opNot:
		sign = '-'
		after := parser{text: p.text, pos: op.end, groups: p.groups, plain: p.plain}
		if next := after.operator(); next.kind != opNone && next.kind != opNot {
			p.pos = op.end
			return noise{}, p.lacksRight(op)
		}
	case sign != 0 && signs:
		_, size := p.at(start)
		op.end = start + size
	default:
		return p.counted()
	}
	entered, err := p.enter(start)
	if err != nil {
		return nil, err
	}
	p.pos = p.skip(op.end)
	n, err := p.unary(true)
	if err != nil || !entered {
		return n, err
	}
	p.depth--
	return withSign(sign, start, n), nil
}

func withSign(sign rune, start int, n Node) Node {
	if _, ok := n.(noise); ok {
		return n
	}
	_, end := n.Pos()
	if sign == '+' {
		return And{At: At{start, end}, Operands: []Node{n}}
	}
	return Not{At: At{start, end}, Operand: n}
}

// boosted reads a primary with its boost, and the punctuation behind it.
func (p *parser) boosted() (Node, error) {
	n, err := p.primary()
	if err != nil || n == nil {
		return nil, err
	}
	if end := p.boostEnd(p.pos); end > 0 {
		_, size := p.at(p.pos)
		factor, _ := strconv.ParseFloat(p.text[p.pos+size:end], 64) // boostEnd has checked it
		if factor > maxBoost {
			if err := p.fault(p.pos, fmt.Sprintf("boost above %d", maxBoost), "write a smaller one", fmt.Sprintf("took %d", maxBoost)); err != nil {
				return nil, err
			}
			factor = maxBoost
		}
		p.pos = end
		if _, ok := n.(noise); !ok {
			start, _ := n.Pos()
			n = Boost{At: At{start, end}, Operand: n, Factor: factor}
		}
	}
	p.pos = p.skipPunctuation(p.pos)
	return n, nil
}

// boostEnd returns the end of the boost at offset i, or 0 when there is none.
func (p *parser) boostEnd(i int) int {
	r, size := p.at(i)
	if r != '^' {
		return 0
	}
	digits := i + size
	end := digits
	for end < len(p.text) && (isDigit(rune(p.text[end])) || p.text[end] == '.') {
		end++
	}
	// A full stop ends the sentence: word^2.
	if end > digits && p.text[end-1] == '.' {
		end--
	}
	if !isNumber(p.text[digits:end]) || !p.isBorder(p.skipPunctuation(end)) {
		return 0
	}
	return end
}

// isNumber reports whether s is digits, with at most one point among them.
func isNumber(s string) bool {
	digits, points := 0, 0
	for _, r := range s {
		if r == '.' {
			points++
		} else if isDigit(r) {
			digits++
		} else {
			return false
		}
	}
	return digits > 0 && points <= 1
}

func (p *parser) primary() (Node, error) {
	if full, err := p.count(); full || err != nil {
		return noise{}, err
	}
	if end := p.emoticon(); end > 0 {
		face := noise{Word{At: At{p.pos, end}, Text: p.text[p.pos:end]}}
		p.pos = end
		return face, nil
	}
	f, end, err := p.fieldName()
	if err != nil {
		return nil, err
	}
	if end > 0 {
		return p.inField(f, end)
	}
	r, _ := p.at(p.pos)
	switch {
	case r == '(':
		return p.group()
	case p.field.isRange():
		return p.dates(p.field, p.pos)
	default:
		return p.leaf()
	}
}

// count counts a term. When it is one too many, a lenient parser drops the
// rest of the query.
func (p *parser) count() (full bool, err error) {
	p.clauses++
	if p.clauses <= maxClauses {
		return false, nil
	}
	err = p.fault(p.pos, fmt.Sprintf("more than %d words", maxClauses), "shorten the query", "dropped the rest")
	p.text = p.text[:p.pos]
	return true, err
}

// leaf reads a term that holds no other.
func (p *parser) leaf() (Node, error) {
	r, size := p.at(p.pos)
	if isQuote(r) {
		return p.phrase()
	}
	if p.field.isLiteral() {
		return p.term(false)
	}
	switch {
	case r == '/':
		if end := p.regexEnd(); end > 0 {
			return p.regex(end)
		}
	case r == '=':
		next, _ := p.at(p.pos + size)
		if isQuote(next) {
			p.pos += size
			return p.phrase()
		}
		if isWordly(next) || next == '\\' || next == '*' || next == '?' {
			return p.term(true)
		}
	}
	return p.term(false)
}

func (p *parser) group() (Node, error) {
	open := p.pos
	_, size := p.at(open)
	entered, err := p.enter(open)
	if err != nil {
		return nil, err
	}
	p.pos += size
	if !entered {
		p.ignored++
		return noise{}, nil
	}
	p.groups++
	n, err := p.or()
	p.groups = max(0, p.groups-1)
	p.depth--
	if err != nil {
		return nil, err
	}
	p.pos = p.skip(p.pos)
	if r, size := p.at(p.pos); r == ')' {
		p.pos += size
	} else if err := p.fault(open, "unclosed parenthesis", "add ) at the end", "closed it at the end"); err != nil {
		return nil, err
	}
	if n == nil {
		return noise{}, p.fault(open, "empty parentheses", "write words between them, or remove them", "ignored them")
	}
	return n, nil
}

// emoticon returns the end of the emoticon at the parser's place, such as :-)
// and :( whose parentheses are none, or 0. Within groups, closing ones close
// the groups first.
func (p *parser) emoticon() int {
	i := p.pos
	r, size := p.at(i)
	if r != ':' && r != ';' && r != '=' {
		return 0
	}
	i += size
	if r, size = p.at(i); r == '-' || r == '\'' {
		i += size
		r, size = p.at(i)
	}
	if r != '(' && r != ')' {
		return 0
	}
	mouth := r
	mouths := []int{i} // offsets of and behind each parenthesis
	for ; r == mouth; r, size = p.at(i) {
		i += size
		mouths = append(mouths, i)
	}
	if r != ' ' && r != -1 {
		return 0
	}
	last := len(mouths) - 1
	if mouth == ')' {
		last -= p.groups
	}
	if last < 1 {
		return 0
	}
	return mouths[last]
}
