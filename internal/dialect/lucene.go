package dialect

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/query"
)

// occur says what a clause of Lucene's is for.
type occur uint8

const (
	should  occur = iota // adds to scores; where there is no other, one of these must match
	must                 // AND, +
	mustNot              // NOT, -, !
)

// clause is a part of a group.
type clause struct {
	at    token
	occur occur
	node  query.Node
}

// luceneParser reads a query by recursive descent.
type luceneParser struct {
	scanner
	field string // whose group is being read, as newsq names it, where values are dates or numbers
	bare  bool   // a note has said that words side by side are any of them
}

// lucene reads the text as Lucene's classic parser does, with OR where nothing stands
// between two clauses.
func (r *reader) lucene() query.Node {
	p := luceneParser{scanner: scanner{reader: r}}
	return p.group(nil)
}

// group reads clauses up to the parenthesis that closes the one at open, or to the end
// where open is nil.
func (p *luceneParser) group(open *token) query.Node {
	var clauses []clause
	start := p.pos
	for p.err == nil {
		c := p.skip()
		if c < 0 {
			if open != nil {
				p.fail(open.start, "unclosed parenthesis", "add ) at the end")
			}
			break
		}
		if c == ')' {
			if open == nil {
				p.fail(p.pos, "closing parenthesis without an opening one", "remove it, or add ( before it")
			}
			break
		}
		clauses = p.clause(clauses)
	}
	if p.err == nil && len(clauses) == 0 && open != nil {
		p.fail(open.start, "empty parentheses", "write words between them, or remove them")
	}
	return p.combined(token{start: start, end: p.pos}, clauses)
}

// clause reads an operator where there is one, signs, and a clause, and adds it to those
// before. AND makes the clause before it required, too.
func (p *luceneParser) clause(clauses []clause) []clause {
	at := token{start: p.pos}
	joins := p.operator()
	if joins != "" && len(clauses) == 0 {
		p.fail(at.start, "nothing to the left of "+joins, "remove it, or put it in quotation marks to search for the word")
		return clauses
	}
	what := p.signs()
	if c := p.skip(); c < 0 || c == ')' {
		p.fail(at.start, "nothing to the right of "+strings.TrimSpace(p.text[at.start:p.pos]), "remove it, or write a word there")
		return clauses
	}
	start := p.pos
	n := p.boosted()
	next := clause{at: token{start: start, end: p.pos}, occur: what, node: n}
	if joins == "AND" {
		if last := &clauses[len(clauses)-1]; last.occur == should {
			last.occur = must
		}
		if what == should {
			next.occur = must
		}
	}
	if joins == "" && len(clauses) > 0 && what == should && clauses[len(clauses)-1].occur == should && !p.bare {
		p.bare = true
		p.note(next.at, "words with nothing between them are any of these, as Lucene has OR there")
	}
	return append(clauses, next)
}

// operator reads AND, OR, && or ||, and returns which it is; empty for none.
func (p *luceneParser) operator() string {
	for _, op := range []struct{ text, means string }{{"AND", "AND"}, {"OR", "OR"}, {"&&", "AND"}, {"||", "OR"}} {
		if end := p.pos + len(op.text); strings.HasPrefix(p.text[p.pos:], op.text) && (op.text < "A" || op.text > "Z" || p.wordEnd(p.pos, "()") == end) {
			p.pos = end
			p.skip()
			return op.means
		}
	}
	return ""
}

// signs reads NOT, !, - and +.
func (p *luceneParser) signs() occur {
	out := should
	for p.err == nil {
		c := p.skip()
		switch {
		case c == '+':
			out = must
			p.pos++
		case c == '-' || c == '!':
			out = mustNot
			p.pos++
		case strings.HasPrefix(p.text[p.pos:], "NOT") && p.wordEnd(p.pos, "()") == p.pos+3:
			out = mustNot
			p.pos += 3
		default:
			return out
		}
	}
	return out
}

// combined returns the node of clauses.
func (p *luceneParser) combined(t token, clauses []clause) query.Node {
	var required, optional, excluded []query.Node
	var adds []token
	for _, c := range clauses {
		switch {
		case c.node == nil:
		case c.occur == must:
			required = append(required, c.node)
		case c.occur == mustNot:
			excluded = append(excluded, c.node)
		default:
			optional = append(optional, c.node)
			adds = append(adds, c.at)
		}
	}
	n := or(optional...)
	if len(required) > 0 {
		for _, at := range adds {
			p.note(at, "only adds to scores: Lucene has no precedence, and AND and + make required what they stand beside")
		}
		n = and(required...)
		if len(optional) > 0 {
			n = and(n, or(or(optional...), query.All{}))
		}
	}
	if n == nil && len(excluded) > 0 {
		p.note(t, "an exclusion alone finds nothing in Lucene's own parser; read as all others, as Elasticsearch does")
	}
	for i, c := range clauses {
		if c.occur == mustNot && i > 0 && clauses[i-1].occur == should && len(required) == 0 && len(optional) > 0 && p.joinedByOr(clauses[i-1].at.end, c.at.start) {
			p.note(c.at, "articles with it are left out: OR before NOT says nothing in Lucene")
		}
	}
	return andNot(n, or(excluded...))
}

// joinedByOr reports whether an OR stands between two offsets.
func (p *luceneParser) joinedByOr(from, to int) bool {
	between := p.text[from:to]
	return strings.Contains(between, "OR") || strings.Contains(between, "||")
}

// boosted reads a clause with its boost.
func (p *luceneParser) boosted() query.Node {
	start := p.pos
	n := p.fielded()
	if p.err != nil || p.pos >= len(p.text) || p.text[p.pos] != '^' {
		return n
	}
	end := p.wordEnd(p.pos+1, "()")
	factor, err := strconv.ParseFloat(p.text[p.pos+1:end], 64)
	if err != nil || factor < 0 {
		p.fail(p.pos, "^ without a number", "write the number by which to multiply, as in word^2")
		return nil
	}
	p.pos = end
	const maxBoost = 1000 // newsq's
	if factor > maxBoost {
		p.note(token{start: start, end: end}, "newsq multiplies by %d at most", maxBoost)
		factor = maxBoost
	}
	if _, all := n.(query.All); n == nil || all {
		return n
	}
	return query.Boost{Operand: n, Factor: factor}
}

// fielded reads a clause with its field.
func (p *luceneParser) fielded() query.Node {
	start := p.pos
	name, end := p.fieldName()
	if end == 0 {
		return p.value(token{start: start, end: start})
	}
	p.pos = end
	t := token{start: start, end: end}
	if c := p.skip(); c < 0 || c == ')' {
		p.fail(start, name+": without a value", "write it behind the colon")
		return nil
	}
	switch name {
	case "*":
		if p.text[p.pos] == '*' {
			p.pos++
			return query.All{}
		}
		return p.value(t)
	case "_exists_", "_missing_":
		return p.exists(t, name == "_missing_")
	}
	field, known := luceneField(name)
	outer := p.field
	if p.field = ""; field == "date" || field == lengthField {
		p.field = field
	}
	n := p.value(t)
	p.field = outer
	switch {
	case !known:
		p.note(t, "no field that newsq knows; looked for everywhere")
		return n
	case field == "date" || field == lengthField || n == nil:
		return n
	}
	if field == "topic" {
		p.note(token{start: t.start, end: p.pos}, "%s", noteTopic)
	}
	return p.reader.field(t, field, n)
}

// fieldName returns the name before a colon at the parser's place, and the offset behind
// the colon; 0 where there is none.
func (p *luceneParser) fieldName() (string, int) {
	var b strings.Builder
	for i := p.pos; i < len(p.text); {
		c, size := utf8.DecodeRuneInString(p.text[i:])
		switch {
		case c == ':' && b.Len() > 0:
			return b.String(), i + 1
		case c == '\\' && i+1 < len(p.text):
			i++
			c, size = utf8.DecodeRuneInString(p.text[i:])
		case unicode.IsSpace(c) || strings.ContainsRune(`()[]{}"^~/`, c):
			return "", 0
		}
		b.WriteRune(c)
		i += size
	}
	return "", 0
}

// exists reads the name of a field that articles must have, or not.
func (p *luceneParser) exists(t token, missing bool) query.Node {
	end := p.wordEnd(p.pos, "()^")
	name := p.text[p.pos:end]
	t.end, p.pos = end, end
	field, known := luceneField(name)
	if !known || field == lengthField {
		return p.leftOut(t, "no field that newsq knows")
	}
	var n query.Node = query.Field{Name: field, Operand: query.Wildcard{Pattern: "*"}}
	if field == "date" {
		n = query.Range{Name: field}
	}
	if missing {
		return not(n)
	}
	return n
}

// value reads what stands behind a field or by itself: a group, a phrase, a range, a
// regular expression, or a word.
func (p *luceneParser) value(t token) query.Node {
	c := p.skip()
	switch {
	case c == '(':
		open := token{start: p.pos, end: p.pos + 1}
		if p.depth++; p.depth > maxDepth {
			p.fail(p.pos, fmt.Sprintf("query nested deeper than %d", maxDepth), "simplify it")
			return nil
		}
		p.pos++
		n := p.group(&open)
		p.depth--
		p.pos = min(p.pos+1, len(p.text))
		return n
	case c == '[' || c == '{':
		return p.bracketed(t)
	case c == '<' || c == '>':
		return p.compared(t)
	case query.IsQuotationMark(c):
		return p.phrase()
	case c == '/':
		return p.regex()
	case strings.ContainsRune("]}^~:", c):
		p.fail(p.pos, fmt.Sprintf("%c where a word should stand", c), `put a backslash before it to search for it`)
		return nil
	}
	return p.term()
}
