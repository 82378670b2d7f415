package query

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// String implements Node.
func (n All) String() string { return format(n) }

// String implements Node.
func (n And) String() string { return format(n) }

// String implements Node.
func (n Or) String() string { return format(n) }

// String implements Node.
func (n Not) String() string { return format(n) }

// String implements Node.
func (n Word) String() string { return format(n) }

// String implements Node.
func (n Prefix) String() string { return format(n) }

// String implements Node.
func (n Wildcard) String() string { return format(n) }

// String implements Node.
func (n Fuzzy) String() string { return format(n) }

// String implements Node.
func (n Regex) String() string { return format(n) }

// String implements Node.
func (n Phrase) String() string { return format(n) }

// String implements Node.
func (n Near) String() string { return format(n) }

// String implements Node.
func (n NotNear) String() string { return format(n) }

// String implements Node.
func (n AtLeast) String() string { return format(n) }

// String implements Node.
func (n Lead) String() string { return format(n) }

// String implements Node.
func (n Field) String() string { return format(n) }

// String implements Node.
func (n Range) String() string { return format(n) }

// String implements Node.
func (n Boost) String() string { return format(n) }

// level is how tightly a node's parts hold together in writing.
type level uint8

const (
	levelOr level = iota
	levelAnd
	levelUnary
	levelCount
	levelNear
	levelBoosted
	levelPrimary
)

func levelOf(n Node) level {
	switch n := n.(type) {
	case Or:
		if len(n.Operands) != 1 {
			return levelOr
		}
		return levelOf(n.Operands[0])
	case And:
		switch {
		case len(n.Operands) > 1:
			return levelAnd
		case len(n.Operands) == 1:
			return levelUnary
		}
	case Not:
		return levelUnary
	case AtLeast:
		return levelCount
	case NotNear:
		return levelNear
	case Near:
		if len(n.Operands) > 1 {
			return levelNear
		}
	case Boost:
		return levelBoosted
	}
	return levelPrimary
}

func format(n Node) string {
	var w writer
	w.node(n, levelOr)
	return w.b.String()
}

// writer writes a tree in canonical form.
type writer struct {
	b     strings.Builder
	field prefix // that the nodes written are within
}

// node writes n, in parentheses when it is less tight than least.
func (w *writer) node(n Node, least level) {
	if levelOf(n) < least {
		w.b.WriteByte('(')
		w.node(n, levelOr)
		w.b.WriteByte(')')
		return
	}
	switch n := n.(type) {
	case nil, All:
		w.b.WriteByte('*')
	case Or:
		w.or(n)
	case And:
		w.and(n)
	case Not:
		w.signed("-", n.Operand)
	case Near:
		w.near(n)
	case Boost:
		w.node(n.Operand, levelPrimary)
		w.b.WriteString("^" + strconv.FormatFloat(n.Factor, 'f', -1, 64))
	case NotNear:
		w.list([]Node{n.Operand, n.Avoid}, " NOT"+proximity(n.Ordered, n.Unit, n.Distance), levelPrimary)
	case AtLeast:
		w.b.WriteString(countSign + strconv.Itoa(n.Count) + " ")
		w.node(n.Operand, levelNear)
	case Lead:
		w.lead(n)
	case Field:
		w.inField(n.Name, n.Operand)
	case Range:
		w.dates(n)
	case Phrase:
		w.quote(n.Text)
		if n.Slop > 0 {
			w.b.WriteString("~" + strconv.Itoa(n.Slop))
		}
	case Regex:
		w.b.WriteString("/" + escapeSlash(n.Pattern) + "/")
	default:
		w.leaf(n)
	}
}

func (w *writer) list(nodes []Node, between string, least level) {
	for i, n := range nodes {
		if i > 0 {
			w.b.WriteString(between)
		}
		w.node(n, least)
	}
}

func (w *writer) or(n Or) {
	if len(n.Operands) == 0 { // any of nothing
		w.b.WriteString("-*")
		return
	}
	w.list(n.Operands, " OR ", levelAnd)
}

func (w *writer) and(n And) {
	switch {
	case len(n.Operands) == 0:
		w.b.WriteByte('*')
	case len(n.Operands) == 1:
		w.signed("+", n.Operands[0])
	case n.Bare:
		w.list(n.Operands, " ", levelUnary)
	default:
		w.list(n.Operands, " AND ", levelUnary)
	}
}

// signed writes n with a sign, in parentheses where the sign would otherwise
// be taken as text.
func (w *writer) signed(sign string, n Node) {
	sub := writer{field: w.field}
	sub.node(n, levelBoosted)
	s := sub.b.String()
	if p := (parser{text: sign + s}); p.signed(0) == 0 {
		s = "(" + s + ")"
	}
	w.b.WriteString(sign + s)
}

func (w *writer) near(n Near) {
	w.list(n.Operands, proximity(n.Ordered, n.Unit, n.Distance), levelPrimary)
}

// proximity returns a NEAR or ADJ with a space on either side.
func proximity(ordered bool, unit Unit, distance int) string {
	name := " NEAR/"
	if ordered {
		name = " ADJ/"
	}
	if int(unit) < len(unitSigns) && unitSigns[unit] != "" {
		return name + unitSigns[unit] + " "
	}
	return name + strconv.Itoa(distance) + " "
}

func (w *writer) lead(n Lead) {
	if n.Words == DefaultLead {
		w.inField(leadField, n.Operand)
		return
	}
	w.inField(leadField+"/"+strconv.Itoa(n.Words), n.Operand)
}

// inField writes what stands within a field, of which name is what is written.
func (w *writer) inField(name string, operand Node) {
	outer := w.field
	w.field, _ = lookup(name)
	w.b.WriteString(name + ":")
	switch operand.(type) {
	case Word, Prefix, Wildcard, Fuzzy, Regex, Phrase:
		w.node(operand, levelPrimary)
	default:
		w.b.WriteByte('(')
		w.node(operand, levelOr)
		w.b.WriteByte(')')
	}
	w.field = outer
}

func (w *writer) dates(n Range) {
	w.b.WriteString(n.Name + ":")
	switch {
	case n.Low == "" && n.High == "":
		w.b.WriteByte('*')
	case n.High == "" && n.OpenLow:
		w.b.WriteByte('>')
		w.date(n.Low)
	case n.Low == "" && n.OpenHi:
		w.b.WriteByte('<')
		w.date(n.High)
	case n.Low != "" && n.High != "" && (n.OpenLow || n.OpenHi):
		w.bracketed(n)
	case n.Low == n.High:
		w.date(n.Low)
	default:
		w.date(n.Low)
		w.b.WriteString("..")
		w.date(n.High)
	}
}

func (w *writer) bracketed(n Range) {
	open, closing := byte('['), byte(']')
	if n.OpenLow {
		open = '{'
	}
	if n.OpenHi {
		closing = '}'
	}
	w.b.WriteByte(open)
	w.date(n.Low)
	w.b.WriteString(" TO ")
	w.date(n.High)
	w.b.WriteByte(closing)
}

// date writes a date, in quotation marks where it would otherwise be cut or
// trimmed.
func (w *writer) date(s string) {
	plain := func(r rune) bool {
		return isDigit(r) || r < 0x80 && isLetter(byte(r)) || strings.ContainsRune("-/.:+", r)
	}
	odd := strings.IndexFunc(s, func(r rune) bool { return !plain(r) }) >= 0
	if s != "" && (odd || strings.Contains(s, "..") || !isWordy(s[:1]) || !isWordy(s[len(s)-1:])) {
		w.quote(s)
		return
	}
	w.b.WriteString(s)
}

// quote writes text in quotation marks.
func (w *writer) quote(text string) {
	w.b.WriteByte('"')
	for i, r := range text {
		sign := narrow(r)
		if sign == '"' || sign == '\\' && needsEscape(text[i:]) {
			w.b.WriteByte('\\')
		}
		w.b.WriteRune(r)
	}
	w.b.WriteByte('"')
}

// needsEscape reports whether the backslash that s starts with would, within
// quotation marks, take the meaning of what follows it, or of the mark that
// closes them.
func needsEscape(s string) bool {
	_, size := utf8.DecodeRuneInString(s)
	if size == len(s) {
		return true
	}
	next, _ := utf8.DecodeRuneInString(s[size:])
	return narrow(next) == '\\' || isQuote(narrow(next))
}

// escapeSlash is the inverse of unescapeSlash.
func escapeSlash(pattern string) string {
	var b strings.Builder
	for i := 0; i < len(pattern); i++ {
		switch c := pattern[i]; {
		case c == '\\' && i+1 < len(pattern):
			b.WriteByte(c)
			i++
			b.WriteByte(pattern[i])
		case c == '/':
			b.WriteString(`\/`)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// leaf writes a word, prefix, wildcard or fuzzy word as a person would, and
// with as many backslashes as it takes to be read back.
func (w *writer) leaf(n Node) {
	var text, before, behind, signs string
	switch n := n.(type) {
	case Word:
		if text = n.Text; n.Exact {
			before = "="
		}
	case Prefix:
		text, behind = n.Text, "*"
	case Wildcard:
		text, signs = n.Pattern, "*?"
	case Fuzzy:
		text, behind = n.Text, "~"+strconv.Itoa(n.Distance)
	}
	// The signs that mean something together with what stands beside them.
	open := `"()|\`
	if w.field.field != "" {
		open += "[{"
	}
	for _, before := range []string{before, "="} {
		for _, escaped := range []string{escape(text, open, signs), escape(text, "", signs), `\` + escape(text, "", signs)} {
			if s := before + escaped + behind; w.reads(s, n) {
				w.b.WriteString(s)
				return
			}
		}
	}
	// No word can hold this, white space for one.
	w.quote(text)
}

// escape puts backslashes before those of escaped in s, or before all ASCII
// punctuation when escaped is empty, but never before signs, nor into *{n}.
func escape(s, escaped, signs string) string {
	var b strings.Builder
	for s != "" {
		if n := boundedStar(s); n > 0 && signs != "" {
			b.WriteString(s[:n])
			s = s[n:]
			continue
		}
		r, size := utf8.DecodeRuneInString(s)
		sign := isSign(narrow(r)) || isQuote(r)
		if escaped != "" {
			sign = strings.ContainsRune(escaped, r) || isQuote(r)
		}
		if sign && !strings.ContainsRune(signs, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
		s = s[size:]
	}
	return b.String()
}

// reads reports whether s is read as n where the writer is: as a member of a
// group and, within a field, as its value.
func (w *writer) reads(s string, n Node) bool {
	p := parser{text: s, field: w.field}
	got, err := p.or()
	if err != nil || p.pos != len(s) || bare(got) != bare(n) {
		return false
	}
	if w.field.field == "" {
		return true
	}
	s = w.field.word + ":" + s
	p = parser{text: s}
	got, err = p.or()
	if lead, ok := got.(Lead); ok {
		got = Field{Operand: lead.Operand}
	}
	value, ok := got.(Field)
	return err == nil && ok && p.pos == len(s) && bare(value.Operand) == bare(n)
}

// bare returns a leaf without its place, and without the languages that nothing written
// has, or nil for other nodes.
func bare(n Node) Node {
	switch n := n.(type) {
	case Word:
		n.At, n.Languages = At{}, ""
		return n
	case Prefix:
		n.At = At{}
		return n
	case Wildcard:
		n.At = At{}
		return n
	case Fuzzy:
		n.At = At{}
		return n
	default:
		return nil
	}
}
