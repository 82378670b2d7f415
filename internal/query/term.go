package query

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// char is one character of a word.
type char struct {
	r          rune // as the syntax sees it
	start, end int  // in the text, without a backslash before it
	literal    bool // a backslash took its meaning away
}

// is reports whether c is the sign r.
func (c char) is(r rune) bool { return c.r == r && !c.literal }

// term reads a word, prefix, wildcard or fuzzy word, with the "=" before it
// when exact is set.
func (p *parser) term(exact bool) (Node, error) {
	at := At{Start: p.pos}
	if exact {
		_, size := p.at(p.pos)
		p.pos += size
	}
	literal := p.field.isLiteral() || p.isAddress()
	all, end := p.scan(literal)
	chars := p.trim(all, exact)
	p.pos = end
	if k := lastSign(chars, '^'); k > 0 && isNumber(p.between(chars[k+1:])) {
		p.pos = chars[k].start
		chars = p.trim(chars[:k], exact)
	}
	distance := ""
	if k := lastSign(chars, '~'); k > 0 && !literal && isWordy(p.between(chars[:k])) {
		if rest := p.between(chars[k+1:]); rest == "" || isNumber(rest) {
			distance = "~" + rest
			chars = p.trim(chars[:k], exact)
		}
	}
	at.End = p.pos
	chars, err := p.short(chars, at)
	if err != nil {
		return nil, err
	}
	w := word{p: p, At: at, all: all, chars: chars, exact: exact, literal: literal}
	if distance != "" {
		return w.fuzzy(distance)
	}
	return w.node()
}

// scan returns the characters of the word at the parser's place, and its end.
// They are good until the next call.
func (p *parser) scan(literal bool) (chars []char, end int) {
	chars = p.chars[:0]
	defer func() { p.chars = chars }()
	i, nested := p.pos, 0
	for {
		r, size := p.at(i)
		switch {
		case r == '\\' && p.escapes(i+size, len(chars) == 0):
			i += size
			r, size = p.at(i)
			chars = append(chars, char{r, i, i + size, true})
			i += size
			continue
		case r == ' ':
			next := p.nextInitial(chars, i)
			if next == 0 {
				return chars, i
			}
			i = next
			continue
		case isInvisible(r): // within the word
			i += size
			continue
		case r == -1, isQuote(r) && !p.holds(i, chars):
			return chars, i
		case r == '(':
			// Full-width ones stand where others would have spaces around.
			if nested == 0 && (len(chars) == 0 || size > 1 || !p.closes(i, literal)) {
				return chars, i
			}
			nested++
		case r == ')':
			if nested == 0 {
				return chars, i
			}
			nested--
		case r == '|' && !literal:
			return chars, i
		}
		chars = append(chars, char{r, i, i + size, false})
		i += size
	}
}

// escapes reports whether a backslash takes the meaning of the character at
// offset i.
func (p *parser) escapes(i int, first bool) bool {
	r, _ := p.at(i)
	return isSign(r) || isQuote(r) || first && r != ' ' && r != -1
}

// holds reports whether the quotation mark at offset i belongs to the word that
// it stands in, with something before it: in a Hebrew abbreviation, as the sign
// for inches, as the end of a quotation whose start was not pasted, or garbled.
func (p *parser) holds(i int, before []char) bool {
	if len(before) == 0 {
		return false
	}
	if p.isGershayim(i) {
		return true
	}
	mark, size := p.at(i)
	if _, hebrew := p.betweenHebrew(i); hebrew && p.closingQuote(i+size, closers(mark)) < 0 {
		return true // the plural of such an abbreviation
	}
	if mark == '"' {
		return p.text[i] == '"' && isDigit(before[len(before)-1].r) && p.closingQuote(i+size, quotationMarks) < 0
	}
	next, _ := p.at(i + size)
	isEnd := (mark == '”' || mark == '»') && (next == ' ' || next == -1)
	return isEnd || p.closingQuote(i+size, closers(mark)) < 0
}

// closes reports whether the parenthesis that opens at offset i within a word
// closes within the same word.
func (p *parser) closes(i int, literal bool) bool {
	nested := 0
	for last := i + maxTerm; i < last; {
		r, size := p.at(i)
		switch {
		case r == '\\' && p.escapes(i+size, false):
			i += size
			_, size = p.at(i)
		case r == -1, r == ' ', isQuote(r), r == '|' && !literal:
			return false
		case r == '(':
			nested++
		case r == ')':
			if nested--; nested == 0 {
				return true
			}
		}
		i += size
	}
	return false
}

// isAddress reports whether the word at the parser's place starts as a web
// address does.
func (p *parser) isAddress() bool {
	i := p.pos
	for i < len(p.text) && (isLetter(p.text[i]) || i > p.pos && strings.IndexByte("+-.0123456789", p.text[i]) >= 0) {
		i++
	}
	return i > p.pos && strings.HasPrefix(p.text[i:], "://")
}

func isLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

// between returns the text of consecutive characters, without backslashes.
func (p *parser) between(chars []char) string {
	if len(chars) == 0 {
		return ""
	}
	start, end := chars[0].start, chars[0].start
	for i, c := range chars {
		if c.start != end { // behind a backslash
			return p.text[start:end] + p.between(chars[i:])
		}
		end = c.end
	}
	return p.text[start:end]
}

// lastSign returns the index of the last r among chars, or -1.
func lastSign(chars []char, r rune) int {
	for i := len(chars) - 1; i >= 0; i-- {
		if chars[i].is(r) {
			return i
		}
	}
	return -1
}

// trim returns chars without the punctuation at their end that belongs to the
// sentence rather than to the word. Ids and paths may end in any character.
func (p *parser) trim(chars []char, exact bool) []char {
	if p.field.field == "id" || p.field.field == "path" {
		return chars
	}
	for len(chars) > 0 {
		last := len(chars) - 1
		switch c := chars[last]; {
		case c.literal:
			return chars
		case strings.ContainsRune(",;:!", c.r), isQuote(c.r):
		case c.r == '.' && !isAbbreviation(chars):
		case c.r == '?' && !exact && !hasWildcard(chars[:last]):
		default:
			return chars
		}
		chars = chars[:last]
	}
	return chars
}

// isAbbreviation reports whether the full stop at the end of chars belongs to
// them, as in "U.S.".
func isAbbreviation(chars []char) bool {
	last := len(chars) - 1
	return lastSign(chars[:last], '.') > 0 && isWordly(chars[last-1].r) && !isDigit(chars[last-1].r)
}

// hasWildcard reports whether chars hold a wildcard sign, but for question
// marks at their end: these end a question, however many they are.
func hasWildcard(chars []char) bool {
	for len(chars) > 0 && strings.ContainsRune("?!", chars[len(chars)-1].r) {
		chars = chars[:len(chars)-1]
	}
	return lastSign(chars, '*') >= 0 || lastSign(chars, '?') >= 0
}

// short returns chars, or as many of them as a term may hold. A long line of
// dashes is no term.
func (p *parser) short(chars []char, at At) ([]char, error) {
	if !isWordy(p.between(chars)) && lastLiteral(chars) < 0 {
		return chars, nil
	}
	size := 0
	for i, c := range chars {
		if size += c.end - c.start; size > maxTerm {
			return chars[:i], p.fault(at.Start, fmt.Sprintf("word longer than %d bytes", maxTerm),
				"shorten it, or end it with * to search for its start", "cut it")
		}
	}
	return chars, nil
}

// word is a word that has been cut into its parts.
type word struct {
	At
	p       *parser
	all     []char // with the punctuation at its end
	chars   []char // without punctuation, boost and fuzziness
	exact   bool   // "=" stood before it
	literal bool   // only a final "*" has a meaning
}

// node returns what the word means.
func (w word) node() (Node, error) {
	stars, others := w.signs()
	text := w.p.between(w.chars)
	switch {
	case stars > 0 && stars == len(w.chars):
		if w.p.field.field == "" {
			return All{At: w.At}, nil
		}
		return Wildcard{At: w.At, Pattern: "*"}, nil
	case !isWordy(text) && lastLiteral(w.chars) < 0:
		return noise{Word{At: w.At, Text: w.p.between(w.all[:min(len(w.all), maxTerm/utf8.UTFMax)])}}, nil
	case !isWordy(text):
		return Word{At: w.At, Text: text, Exact: w.exact}, nil
	case w.literal && w.chars[len(w.chars)-1].is('*'):
		return Prefix{At: w.At, Text: w.p.between(w.chars[:len(w.chars)-1])}, nil
	case w.literal, stars+others == 0:
		return Word{At: w.At, Text: text, Exact: w.exact}, nil
	}
	head := w.chars
	for head[len(head)-1].is('*') {
		head = head[:len(head)-1]
	}
	if len(w.chars)-len(head) == stars && others == 0 {
		return Prefix{At: w.At, Text: w.p.between(head)}, nil
	}
	return w.wildcard()
}

// signs returns how many wildcard signs the word holds.
func (w word) signs() (stars, others int) {
	for _, c := range w.chars {
		if c.is('*') {
			stars++
		} else if c.is('?') {
			others++
		}
	}
	return stars, others
}

func lastLiteral(chars []char) int {
	for i := len(chars) - 1; i >= 0; i-- {
		if chars[i].literal {
			return i
		}
	}
	return -1
}

// fuzzy returns the fuzzy word with its distance as written, "~" or "~1".
func (w word) fuzzy(distance string) (Node, error) {
	text := w.p.between(w.chars)
	if stars, others := w.signs(); stars+others > 0 {
		return Word{At: w.At, Text: text}, w.p.fault(w.Start, "wildcard and ~ on one word", "remove one of them", "took both as text")
	}
	edits := 1
	if distance != "~" {
		n, err := strconv.Atoi(distance[1:])
		if edits = n; err != nil || n < 1 || n > maxEdits {
			edits = maxEdits
			err := w.p.fault(w.Start, fmt.Sprintf("fuzziness %s", distance[1:]), "write ~1 or ~2", "took ~2")
			if err != nil {
				return nil, err
			}
		}
	}
	return Fuzzy{At: w.At, Text: text, Distance: edits}, nil
}
