package dialect

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/query"
)

// What the scanners of all dialects do alike.

// scanner goes over the text of a reader. Its methods that look for something return the
// offset behind it, and 0 where it isn't there.
type scanner struct {
	*reader
	pos int
	out []token
}

// skip goes to the next character that is no white space, and returns it; -1 at the end.
func (s *scanner) skip() rune {
	for s.pos < len(s.text) {
		c, size := utf8.DecodeRuneInString(s.text[s.pos:])
		if !unicode.IsSpace(c) && !unicode.IsControl(c) {
			return c
		}
		s.pos += size
	}
	return -1
}

// emit adds a token that ends at end, and goes there.
func (s *scanner) emit(t token, end int) {
	t.start, t.end = s.pos, end
	s.out = append(s.out, t)
	s.pos = end
}

// sign emits a token of one character.
func (s *scanner) sign(k kind) { s.emit(token{kind: k}, s.pos+1) }

// quote emits what stands in quotation marks at the scanner's place. Marks of any kind
// that keyboards and editors make count.
func (s *scanner) quote() {
	_, size := utf8.DecodeRuneInString(s.text[s.pos:])
	rest := s.text[s.pos+size:]
	i := strings.IndexFunc(rest, query.IsQuotationMark)
	if i < 0 {
		s.fail(s.pos, "unclosed quotation", `add " at the end`)
		s.pos = len(s.text)
		return
	}
	_, closing := utf8.DecodeRuneInString(rest[i:])
	s.emit(token{kind: isQuote, text: strings.Join(strings.Fields(rest[:i]), " ")}, s.pos+size+i+closing)
}

// wordEnd returns the end of the run of characters at offset i that are neither white
// space nor quotation marks nor among stops.
func (s *scanner) wordEnd(i int, stops string) int {
	for i < len(s.text) {
		c, size := utf8.DecodeRuneInString(s.text[i:])
		if unicode.IsSpace(c) || unicode.IsControl(c) || query.IsQuotationMark(c) || strings.ContainsRune(stops, c) {
			break
		}
		i += size
	}
	return i
}

// follows returns the end of the words that stand at offset i, with white space between
// them, whatever their case; 0 where they don't.
func (s *scanner) follows(i int, words ...string) int {
	for k, word := range words {
		if k > 0 {
			i = s.blank(i)
		}
		end := s.wordEnd(i, "()[]")
		if !strings.EqualFold(s.text[i:end], word) {
			return 0
		}
		i = end
	}
	return i
}

// blank returns the offset of the first character from i on that is no white space.
func (s *scanner) blank(i int) int {
	for i < len(s.text) {
		c, size := utf8.DecodeRuneInString(s.text[i:])
		if !unicode.IsSpace(c) {
			break
		}
		i += size
	}
	return i
}

// closing returns the offset of the parenthesis that closes the one at offset open; where
// there is none, that is a mistake, and it is the end of the text.
func (s *scanner) closing(open int) int {
	depth := 0
	for i := open; i < len(s.text); i++ {
		switch s.text[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	s.fail(open, "unclosed parenthesis", "add ) at the end")
	return len(s.text)
}

// lower returns s with its ASCII letters small, so that offsets stay the same.
func lower(s string) string {
	return strings.Map(func(c rune) rune {
		if c >= 'A' && c <= 'Z' {
			return c + 'a' - 'A'
		}
		return c
	}, s)
}

// maxNumber is more than any number that is meant; dates have eight digits.
const maxNumber = 1_000_000_000

// number returns the digits that s starts with as a number, and what follows them. ok is
// false where there are none.
func number(s string) (n int, rest string, ok bool) {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		n = min(n*10+int(s[i]-'0'), maxNumber)
		i++
	}
	return n, s[i:], i > 0
}

// measured returns a proximity of n words.
func measured(j join, n int, ordered bool) operator {
	distance := max(1, min(n, query.MaxDistance))
	return operator{join: j, distance: distance, ordered: ordered, clipped: distance != n}
}

// inUnit returns a proximity of a sentence or paragraph.
func inUnit(j join, u query.Unit, ordered bool) operator {
	return operator{join: j, unit: u, ordered: ordered}
}

// comparison returns the sign of comparison that s starts with, and what follows it.
func comparison(s string) (sign, rest string) {
	for _, sign := range []string{">=", "<=", ">", "<", "="} {
		if rest, ok := strings.CutPrefix(s, sign); ok {
			return sign, strings.TrimSpace(rest)
		}
	}
	return "", s
}

// lengthOf returns the condition of a length of an article, such as ">1000".
func (r *reader) lengthOf(t token, value string) query.Node {
	sign, rest := comparison(strings.TrimSpace(value))
	low, high, isRange := strings.Cut(rest, "-")
	n, tail, ok := number(strings.TrimSpace(low))
	if !ok || strings.TrimSpace(tail) != "" {
		r.fail(t.start, "a length without a number of words", "write it as "+r.lengthExample())
		return nil
	}
	text := fmt.Sprint(n)
	out := query.Range{Name: lengthField, Low: text, High: text}
	switch {
	case isRange:
		m, tail, ok := number(strings.TrimSpace(high))
		if !ok || tail != "" || m < n || sign != "" {
			r.fail(t.start, "a length that is no range of numbers", "write the smaller number first")
		}
		out.High = fmt.Sprint(m)
	case sign == ">" || sign == ">=":
		out.High, out.OpenLow = "", sign == ">"
	case sign == "<" || sign == "<=":
		out.Low, out.OpenHi = "", sign == "<"
	}
	return out
}

func (r *reader) lengthExample() string {
	switch r.dialect {
	case Factiva:
		return "wc>1000"
	case Lucene:
		return "words:>1000"
	}
	return "length > 1000"
}
