package bibtex

import "strings"

// Bounds of one entry. No honest one comes near.
const (
	maxFields = 200
	// maxStrings is what the names of strings in a file may stand for in all.
	maxStrings = 16 << 20
	maxValue   = 256 << 10 // bytes of a value, with the strings in it
)

// parser reads entries one after the other.
type parser struct {
	s       string
	at      int
	lines   int // line of counted
	counted int
	strings map[string]string
	left    int // bytes that strings may still be written out to
}

// line returns the line of the place that is read, from 1.
func (p *parser) line() int {
	p.lines += strings.Count(p.s[p.counted:p.at], "\n")
	p.counted = p.at
	return p.lines
}

// next goes to the next "@" that begins an entry.
func (p *parser) next() bool {
	for p.at < len(p.s) {
		i := strings.IndexByte(p.s[p.at:], '@')
		if i < 0 {
			return false
		}
		p.at += i
		if begins(p.s[p.at:]) {
			return true
		}
		p.at++
	}
	return false
}

// begins reports whether a text begins as an entry does.
func begins(s string) bool {
	rest := strings.TrimLeft(s[1:min(len(s), maxKind)], letters)
	if len(rest) == min(len(s), maxKind)-1 {
		return false
	}
	rest = strings.TrimLeft(rest, " \t\r\n")
	return rest != "" && (rest[0] == '{' || rest[0] == '(')
}

// entry reads an entry; nil when it is no article. It is not ok when it doesn't
// end: then reading goes on where the next may begin.
func (p *parser) entry() (e *entry, ok bool) {
	start := p.at
	open := p.at + strings.IndexAny(p.s[p.at:], "{(")
	kind := strings.ToLower(strings.TrimSpace(p.s[p.at+1 : open]))
	p.at = open + 1
	end := byte('}')
	if p.s[open] == '(' {
		end = ')'
	}
	switch kind {
	case "comment":
		p.at = open
		_, _ = p.group('{', '}') // one that is not closed ends before the next entry
		return nil, true
	case "preamble", "xdata", "set", "control":
		p.at = open
		if _, ok := p.group(p.s[open], end); !ok {
			p.recover(start)
			return nil, false
		}
		return nil, true
	}
	e = &entry{kind: kind, fields: map[string]string{}}
	if kind != "string" {
		n := strings.IndexAny(p.s[p.at:], ",})\n")
		if n < 0 {
			p.recover(start)
			return nil, false
		}
		e.key = strings.TrimSpace(p.s[p.at : p.at+n])
		p.at += n
	}
	if !p.fields(e, end) {
		p.recover(start)
		return nil, false
	}
	if kind == "string" {
		for name, value := range e.fields {
			p.strings[name] = value
		}
		return nil, true
	}
	return e, true
}

// recover goes to the next line that begins an entry.
func (p *parser) recover(start int) {
	p.at = max(start+1, min(p.at, len(p.s)))
	if p.s[p.at-1] == '\n' {
		p.at--
	}
	for {
		i := strings.Index(p.s[p.at:], "\n@")
		if i < 0 {
			p.at = len(p.s)
			return
		}
		p.at += i + 1
		if begins(p.s[p.at:]) {
			return
		}
	}
}

// fields reads "name = value" until the end of an entry.
func (p *parser) fields(e *entry, end byte) bool {
	for {
		p.skip(", \t\r\n")
		if p.at >= len(p.s) {
			return false
		}
		if p.s[p.at] == end {
			p.at++
			return true
		}
		n := strings.IndexAny(p.s[p.at:], "=,{}\"\n@")
		if n <= 0 {
			return false
		}
		name := strings.ToLower(strings.TrimSpace(p.s[p.at : p.at+n]))
		p.at += n
		p.skip(" \t\r\n")
		if p.at >= len(p.s) || p.s[p.at] != '=' {
			if p.at < len(p.s) && (p.s[p.at] == ',' || p.s[p.at] == end) {
				continue // a word without a value
			}
			return false
		}
		p.at++
		value, ok := p.value()
		if !ok {
			return false
		}
		if _, have := e.fields[name]; !have && len(e.fields) < maxFields {
			e.fields[name] = value
		}
	}
}

func (p *parser) skip(set string) {
	for p.at < len(p.s) && strings.IndexByte(set, p.s[p.at]) >= 0 {
		p.at++
	}
}

// value reads a value, which may be joined of several.
func (p *parser) value() (string, bool) {
	var b strings.Builder
	for {
		p.skip(" \t\r\n")
		if p.at >= len(p.s) {
			return "", false
		}
		part, ok := "", true
		switch p.s[p.at] {
		case '{':
			part, ok = p.group('{', '}')
		case '"':
			part, ok = p.quoted()
		default:
			part = p.word()
		}
		if !ok {
			return "", false
		}
		if b.Len()+len(part) <= maxValue {
			b.WriteString(part)
		}
		p.skip(" \t\r\n")
		if p.at >= len(p.s) || p.s[p.at] != '#' {
			return b.String(), true
		}
		p.at++
	}
}

// word reads a number, or the name of a string.
func (p *parser) word() string {
	n := strings.IndexAny(p.s[p.at:], ",}) \t\r\n#")
	if n < 0 {
		n = len(p.s) - p.at
	}
	w := p.s[p.at : p.at+n]
	p.at += n
	if v, ok := p.strings[strings.ToLower(w)]; ok && len(v) <= p.left {
		p.left -= len(v)
		return v
	}
	return w
}

// group reads what is between an open bracket and its end, where braces match. A
// line that begins an entry ends it without success.
func (p *parser) group(open, end byte) (string, bool) {
	start, depth := p.at+1, 0
	for i := p.at; i < len(p.s); i++ {
		switch c := p.s[i]; {
		case c == '\\':
			i++
		case c == open || c == '{':
			depth++
		case c == end || c == '}':
			if depth--; depth == 0 {
				p.at = i + 1
				return p.s[start:i], true
			}
		case c == '@' && p.s[i-1] == '\n' && begins(p.s[i:]):
			p.at = i
			return "", false
		}
	}
	p.at = len(p.s)
	return "", false
}

// quoted reads what is between quotes. Quotes within braces belong to it.
func (p *parser) quoted() (string, bool) {
	start, depth := p.at+1, 0
	for i := start; i < len(p.s); i++ {
		switch c := p.s[i]; {
		case c == '\\' && i+1 < len(p.s) && p.s[i+1] != '"':
			i++
		case c == '{':
			depth++
		case c == '}':
			depth--
		case c == '"' && depth <= 0:
			p.at = i + 1
			return p.s[start:i], true
		case c == '@' && p.s[i-1] == '\n' && begins(p.s[i:]):
			p.at = i
			return "", false
		}
	}
	p.at = len(p.s)
	return "", false
}

// partedAt parts a text outside of braces, where cut returns how long the
// separator is that the text begins with; 0 for none.
func partedAt(s string, cut func(s string) int) []string {
	var parts []string
	start, depth := 0, 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\':
			i++
		case c == '{':
			depth++
		case c == '}':
			depth--
		case depth <= 0:
			if n := cut(s[i:]); n > 0 {
				parts = append(parts, s[start:i])
				start = i + n
				i = start - 1
			}
		}
	}
	return append(parts, s[start:])
}

// isAnd is the cut between names.
func isAnd(s string) int {
	if len(s) < 5 || !isBlank(s[0]) {
		return 0
	}
	n := 0
	for n < len(s) && isBlank(s[n]) {
		n++
	}
	if rest := s[n:]; len(rest) > 3 && strings.EqualFold(rest[:3], "and") && isBlank(rest[3]) {
		return n + 3 // the blank may begin the next "and"
	}
	return 0
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// isOneGroup reports whether the brace that opens a text is closed by that at its
// end.
func isOneGroup(s string) bool {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 && i < len(s)-1 {
				return false
			}
		}
	}
	return true
}
