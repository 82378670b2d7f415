package json

import (
	"bytes"
	"errors"
	"fmt"
	"unicode/utf16"
	"unicode/utf8"
)

// maxDepth bounds how deep JSON may nest. Articles nest to about ten.
const maxDepth = 128

var errDepth = fmt.Errorf("JSON nested deeper than %d", maxDepth)

// scanner reads JSON text in memory, one value after the other, without
// building a tree: the fields of an article that are wanted are decoded as
// they come by, the others are skipped.
//
// It is encoding/json's equal: what that package accepts (down to
// maxDepth) this one accepts, and decodes strings to the same text. A
// fuzz test holds it to that. Beyond, it takes what programs write by
// mistake and what has but one sense: control characters within strings, and
// NaN and Infinity as values.
type scanner struct {
	b     []byte
	i     int // where the next value starts, or the white space before it
	depth int
	text  []byte // scratch of str
	name  []byte // scratch of object
}

func (s *scanner) reset(b []byte) { s.b, s.i, s.depth = b, 0, 0 }

// next skips white space and returns the byte after it, 0 at the end.
func (s *scanner) next() byte {
	for s.i < len(s.b) {
		switch c := s.b[s.i]; c {
		case ' ', '\n', '\r', '\t':
			s.i++
		default:
			return c
		}
	}
	return 0
}

// fault describes what is wrong at the present place.
func (s *scanner) fault(what string) error {
	if s.i >= len(s.b) {
		return errors.New("invalid JSON: it ends too early")
	}
	return fmt.Errorf("invalid JSON: %s at byte %d", what, s.i+1)
}

// skip passes over one value, checking that it is well-formed.
func (s *scanner) skip() error {
	switch s.next() {
	case '"':
		_, _, err := s.quoted()
		return err
	case '{':
		return s.object(func([]byte) error { return s.skip() })
	case '[':
		return s.array(s.skip)
	}
	_, err := s.scalar()
	return err
}

// object reads an object. For each member it calls f with the name, which is
// good until f reads on; f must read the value, the whole of it.
func (s *scanner) object(f func(name []byte) error) error {
	if err := s.enter(); err != nil {
		return err
	}
	if s.next() == '}' {
		return s.leave()
	}
	for {
		if s.next() != '"' {
			return s.fault("a member's name should stand")
		}
		raw, escaped, err := s.quoted()
		if err != nil {
			return err
		}
		if escaped {
			s.name = unescape(s.name[:0], raw)
			raw = s.name
		}
		if s.next() != ':' {
			return s.fault("a colon should stand")
		}
		s.i++
		if err := f(raw); err != nil {
			return err
		}
		switch s.next() {
		case ',':
			s.i++
		case '}':
			return s.leave()
		default:
			return s.fault("a comma or closing brace should stand")
		}
	}
}

// array reads an array. For each element it calls f, which must read it, the
// whole of it.
func (s *scanner) array(f func() error) error {
	if err := s.enter(); err != nil {
		return err
	}
	if s.next() == ']' {
		return s.leave()
	}
	for {
		if err := f(); err != nil {
			return err
		}
		switch s.next() {
		case ',':
			s.i++
		case ']':
			return s.leave()
		default:
			return s.fault("a comma or closing bracket should stand")
		}
	}
}

// enter passes over an opening brace or bracket, leave over a closing one.
func (s *scanner) enter() error {
	if s.depth++; s.depth > maxDepth {
		return errDepth
	}
	s.i++
	return nil
}

func (s *scanner) leave() error {
	s.depth--
	s.i++
	return nil
}

// str reads a string and returns its text, good until the next call.
func (s *scanner) str() ([]byte, error) {
	raw, escaped, err := s.quoted()
	if !escaped || err != nil {
		return raw, err
	}
	s.text = unescape(s.text[:0], raw)
	return s.text, nil
}

// quoted reads a string and returns what stands between its quotation marks,
// and whether there are escapes in it, all of which are well-formed.
func (s *scanner) quoted() (raw []byte, escaped bool, err error) {
	start := s.i + 1
	for i := start; ; {
		// IndexByte looks at many bytes at once; articles are long strings
		// with few quotation marks.
		n := bytes.IndexByte(s.b[i:], '"')
		if n < 0 {
			s.i = len(s.b)
			return nil, false, s.fault("")
		}
		end := i + n
		stop := false
		for i < end {
			n := bytes.IndexByte(s.b[i:end], '\\')
			if n < 0 {
				break
			}
			escaped = true
			size := escapeLen(s.b[i+n:])
			if size == 0 {
				s.i = i + n
				return nil, false, s.fault("a malformed escape stands")
			}
			i += n + size
			if i > end { // the quotation mark itself was escaped
				stop = true
			}
		}
		if !stop {
			s.i = end + 1
			return s.b[start:end], escaped, nil
		}
	}
}

// escapeLen returns the length of the escape that b starts with; 0 when it is
// malformed.
func escapeLen(b []byte) int {
	if len(b) < 2 {
		return 0
	}
	switch b[1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 2
	case 'u':
		if hex4(b) >= 0 {
			return 6
		}
	}
	return 0
}

// hex4 returns the number in an escape such as \u00e9, which b starts with;
// -1 when there is none.
func hex4(b []byte) rune {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return -1
	}
	var r rune
	for _, c := range b[2:6] {
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c && c <= 'f':
			c -= 'a' - 10
		case 'A' <= c && c <= 'F':
			c -= 'A' - 10
		default:
			return -1
		}
		r = r<<4 | rune(c)
	}
	return r
}

// unescape appends the text of a string whose escapes are well-formed.
func unescape(dst, raw []byte) []byte {
	for {
		n := bytes.IndexByte(raw, '\\')
		if n < 0 {
			return append(dst, raw...)
		}
		dst = append(dst, raw[:n]...)
		raw = raw[n:]
		size := 2
		switch c := raw[1]; c {
		case 'b':
			dst = append(dst, '\b')
		case 'f':
			dst = append(dst, '\f')
		case 'n':
			dst = append(dst, '\n')
		case 'r':
			dst = append(dst, '\r')
		case 't':
			dst = append(dst, '\t')
		case 'u':
			r := hex4(raw)
			size = 6
			if utf16.IsSurrogate(r) {
				// Half a pair alone becomes U+FFFD, as everywhere in Go.
				if r = utf16.DecodeRune(r, hex4(raw[6:])); r != utf8.RuneError {
					size = 12
				}
			}
			dst = utf8.AppendRune(dst, r)
		default:
			dst = append(dst, c)
		}
		raw = raw[size:]
	}
}

// scalar reads a number, true, false or null, and returns it as written.
func (s *scanner) scalar() ([]byte, error) {
	start := s.i
	end := start
	for end < len(s.b) && !delimits(s.b[end]) {
		end++
	}
	token := s.b[start:end]
	switch string(token) {
	case "true", "false", "null", "NaN", "Infinity", "-Infinity":
	default:
		if !isNumber(token) {
			return nil, s.fault("no value stands")
		}
	}
	s.i = end
	return token, nil
}

func delimits(c byte) bool {
	switch c {
	case ' ', '\n', '\r', '\t', ',', ':', ']', '}', '[', '{', '"':
		return true
	}
	return false
}

// isNumber reports whether b is a number as JSON writes them.
func isNumber(b []byte) bool {
	b = bytes.TrimPrefix(b, []byte("-"))
	whole := digits(b)
	if whole == 0 || whole > 1 && b[0] == '0' {
		return false
	}
	b = b[whole:]
	if len(b) > 0 && b[0] == '.' {
		n := digits(b[1:])
		if n == 0 {
			return false
		}
		b = b[1+n:]
	}
	if len(b) > 0 && (b[0] == 'e' || b[0] == 'E') {
		b = b[1:]
		if len(b) > 0 && (b[0] == '+' || b[0] == '-') {
			b = b[1:]
		}
		n := digits(b)
		if n == 0 {
			return false
		}
		b = b[n:]
	}
	return len(b) == 0
}

// digits returns the number of digits that b starts with.
func digits(b []byte) int {
	n := 0
	for n < len(b) && '0' <= b[n] && b[n] <= '9' {
		n++
	}
	return n
}
