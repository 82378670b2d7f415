package query

import (
	"fmt"
	"strings"
)

// fieldName returns the field whose name and colon stand at the parser's
// place, and the offset behind the colon; 0 when what stands there is text.
func (p *parser) fieldName() (prefix, int, error) {
	i := p.pos
	for i < len(p.text) && isLetter(p.text[i]) {
		i++
	}
	if strings.EqualFold(p.text[p.pos:i], leadField) {
		i = p.leadEnd(i)
	}
	name := p.text[p.pos:i]
	colon, size := p.at(i)
	if name == "" || colon != ':' || strings.HasPrefix(p.text[i:], "://") {
		return prefix{}, 0, nil
	}
	f, known := lookup(name)
	next, _ := p.at(i + size)
	if next == ' ' || next == -1 || next == ')' {
		if !known || p.isProse(f, name, i+size) {
			return prefix{}, 0, nil
		}
	}
	if !known {
		like, found := nearest(name)
		if !found {
			return prefix{}, 0, nil
		}
		return prefix{}, 0, p.fault(p.pos, "unknown field "+name,
			fmt.Sprintf("did you mean %s:? put it in quotation marks to search for the text", like),
			fmt.Sprintf("took it as text; did you mean %s:?", like))
	}
	if f.lead < 0 {
		f.lead = DefaultLead
		err := p.fault(p.pos, f.word+": with a number of words out of range",
			fmt.Sprintf("write lead/100:word, or any number from 1 to %d", maxLead), fmt.Sprintf("took %s/%d:", leadField, DefaultLead))
		if err != nil {
			return prefix{}, 0, err
		}
	}
	if p.field.field != "" && !(f.field == capsField && p.field.holdsCase()) {
		err := p.fault(p.pos, fmt.Sprintf("%s: within %s:", f.word, p.field.word),
			"write one beside the other, each with its own words", fmt.Sprintf("ignored %s:", f.word))
		p.pos = i + size
		return prefix{}, 0, err
	}
	return f, i + size, nil
}

// isProse reports whether the name of a field, with a colon and white space
// behind it, is likely a word of a sentence: "Source: no deal is near", "what
// came before: chaos", "note: corrected". It is rather a slip where a date follows, or after the
// very name of a field in lower case.
func (p *parser) isProse(f prefix, name string, behind int) bool {
	if f.lead != 0 {
		return false // nobody writes lead/100: in prose
	}
	if name != f.word {
		return true
	}
	if f.isDate() {
		value := parser{text: p.text, pos: p.skip(behind)}
		d, err := value.date("")
		if err != nil || d.text == "" {
			return true
		}
		_, bad := parseDate(d.text)
		return bad != nil
	}
	return f.word != f.field || f.isWordOfProse()
}

// inField reads the value of f, which starts at offset value.
func (p *parser) inField(f prefix, value int) (Node, error) {
	start := p.pos
	p.pos = p.skip(value)
	next := p.operator()
	if p.pos > value || next.kind == opEnd || next.kind == opStray || next.kind == opOr && !next.isWord() {
		mended := "took what follows it"
		if next.kind != opNone {
			mended = "ignored it"
		}
		err := p.fault(start, f.word+": without a value", "write "+p.example(f)+", without a space, or leave out the colon", mended)
		if err != nil || next.kind != opNone {
			return noise{}, err
		}
	}
	if f.isRange() {
		return p.dates(f, start)
	}
	negated, err := p.negated(f)
	if err != nil {
		return nil, err
	}
	n, err := p.value(f)
	if err != nil {
		return nil, err
	}
	if dull, ok := n.(noise); ok {
		if dull.Text == "" {
			return n, nil
		}
		n = dull.Word
	}
	n, err = p.limited(f, At{start, p.pos}, n)
	if _, dull := n.(noise); negated && !dull {
		n = Not{At: At{start, p.pos}, Operand: n}
	}
	return n, err
}

// limited returns n within a field.
func (p *parser) limited(f prefix, at At, n Node) (Node, error) {
	switch f.field {
	case leadField:
		words := f.lead
		if words == 0 {
			words = DefaultLead
		}
		return Lead{At: at, Words: words, Operand: n}, nil
	case capsField:
		if left, ok, err := p.cased(n); !ok {
			return left, err
		}
	case kindField:
		kinds, bad := kindsOf(n)
		if bad != nil {
			start, end := bad.Pos()
			return noise{}, p.fault(start, "no kind of sentence named "+p.text[start:end], "write "+kindsList(), "ignored it")
		}
		n = kinds
	}
	return Field{At: at, Name: f.field, Operand: n}, nil
}

// example returns f with the value that was likely meant.
func (p *parser) example(f prefix) string {
	end := p.pos
	for !p.isBorder(end) {
		_, size := p.at(end)
		end += size
	}
	if value := p.text[p.pos:end]; isWordy(value) && len(value) < 32 && p.operator().kind == opNone {
		return f.word + ":" + value
	}
	switch {
	case f.isDate():
		return f.word + ":2024"
	case f.field == lengthField:
		return f.word + ":>1000"
	case f.field == kindField:
		return f.word + ":" + Kinds()[0]
	}
	return f.word + ":word"
}

// negated reads a minus between a field's name and its value, which belongs
// before the name.
func (p *parser) negated(f prefix) (bool, error) {
	if f.isLiteral() || p.signed(p.pos) != '-' {
		return false, nil
	}
	at := p.pos
	_, size := p.at(at)
	p.pos += size
	return true, p.fault(at, "minus after "+f.word+":", "write -"+p.example(f), "took it as before "+f.word+":")
}

// value reads a value of a field that holds words.
func (p *parser) value(f prefix) (Node, error) {
	outer := p.field
	p.field = f
	defer func() { p.field = outer }()
	r, size := p.at(p.pos)
	if r == '(' {
		return p.group()
	}
	if f.isLiteral() {
		return p.leaf()
	}
	if n, err := p.signedValue(f); n != nil || err != nil {
		return n, err
	}
	const hint = "only date: and words: have ranges; put it in quotation marks to search for the text"
	if r == '<' || r == '>' || (r == '[' || r == '{') && p.isBracketed() {
		if err := p.fault(p.pos, "range in "+f.word+":", hint, "ignored the sign"); err != nil {
			return nil, err
		}
		p.pos += size
		if next := p.operator(); next.kind != opNone || next.start > p.pos {
			return noise{}, nil
		}
	}
	start := p.pos
	n, err := p.leaf()
	if w, ok := n.(Word); ok && err == nil && isSpan(p.text[start:w.End]) {
		err = p.fault(start, "range in "+f.word+":", hint, "took it as text")
	}
	return n, err
}

// signedValue reads a value that begins as what has a meaning of its own within
// parentheses: caps:word, or a count. It returns nil for others.
func (p *parser) signedValue(f prefix) (Node, error) {
	if sign, end := p.countAt(p.pos); end > 0 {
		return nil, p.fault(p.pos, sign+" after "+f.word+":", fmt.Sprintf("write %s:(%s word)", f.word, sign), "took it as text")
	}
	if rest := p.text[p.pos:]; !f.holdsCase() || len(rest) <= len(capsField) || !strings.EqualFold(rest[:len(capsField)], capsField) {
		return nil, nil
	}
	inner, end, err := p.fieldName()
	if err != nil || end == 0 || inner.field != capsField {
		return nil, err
	}
	return p.inField(inner, end)
}

// isSpan reports whether s is written as a range, with two full stops but not
// three, which are an ellipsis.
func isSpan(s string) bool {
	return strings.Contains(s, "..") && !strings.Contains(s, "...")
}
