package extract

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Templates write JSON without an encoder: quotation marks stand bare within
// strings, apostrophes are escaped as JavaScript has it (\x27), commas are
// missing or too many, the end is cut off. A brokenReader reads that as a
// careful person would. A quotation mark ends a string only where what
// follows can follow a string; a string of which it can't be sure where it
// ends has no value, so that no half of a sentence passes for the whole.

// Bounds of broken JSON. What strict JSON may be is bounded by its decoder.
const (
	maxBrokenDepth = 64
	maxBrokenKey   = 64
	maxBrokenSpace = 1000 // bytes of space that are looked across
)

type brokenReader struct {
	s        string
	at       int
	values   int  // that may still be read
	bareKeys bool // a key without quotation marks was seen
}

// readBroken returns the objects and arrays of a script that is not quite
// JSON.
func readBroken(s string) []any {
	r := brokenReader{s: s, values: 20 * maxLinked}
	var out []any
	for r.at < len(s) && len(out) < maxLinked && r.values > 0 {
		if c := s[r.at]; c != '{' && c != '[' {
			r.at++
			continue
		}
		if v := r.value(false, 0); v != nil {
			if m, ok := v.(map[string]any); ok && m["@type"] == nil && m["headline"] != nil {
				m["@type"] = "Article" // nothing else has a headline
			}
			out = append(out, v)
		}
	}
	return out
}

// value reads the value that starts here; nil is none, or one that is not to
// be trusted.
func (r *brokenReader) value(inObject bool, depth int) any {
	r.values--
	switch c := r.s[r.at]; {
	case depth > maxBrokenDepth || r.values <= 0:
		r.at = len(r.s)
		return nil
	case strings.HasPrefix(r.s[r.at:], "{{"): // of a template; no object begins so
		end := strings.Index(r.s[r.at:min(len(r.s), r.at+maxBrokenSpace)], "}}")
		r.at += max(end+2, 1)
		return nil
	case c == '{':
		r.at++
		return r.object(depth)
	case c == '[':
		r.at++
		return r.array(depth)
	case c == '"' || c == '\'':
		if s, ok := r.text(inObject); ok {
			return s
		}
		return nil
	}
	return r.bareWord()
}

func (r *brokenReader) object(depth int) any {
	m := map[string]any{}
	for r.skip(" \t\r\n,;"); r.at < len(r.s) && r.s[r.at] != '}'; r.skip(" \t\r\n,;") {
		key, next := r.keyAt(r.at)
		if next == 0 {
			r.at++ // what is left of a value that could not be told
			continue
		}
		r.bareKeys = r.bareKeys || r.s[r.at] != '"' && r.s[r.at] != '\''
		r.at = next
		r.skip(" \t\r\n")
		if r.at >= len(r.s) {
			break
		}
		if c := r.s[r.at]; c == ',' || c == '}' {
			continue
		}
		if v := r.value(true, depth+1); v != nil && m[key] == nil {
			m[key] = v
		}
	}
	r.at++
	return m
}

func (r *brokenReader) array(depth int) any {
	list := []any{}
	for r.skip(" \t\r\n,;"); r.at < len(r.s) && r.s[r.at] != ']'; r.skip(" \t\r\n,;") {
		if r.s[r.at] == '}' { // the bracket is missing
			return list
		}
		if v := r.value(false, depth+1); v != nil {
			list = append(list, v)
		}
	}
	r.at++
	return list
}

// skip passes over some characters.
func (r *brokenReader) skip(set string) {
	for r.at < len(r.s) && strings.IndexByte(set, r.s[r.at]) >= 0 {
		r.at++
	}
}

// bareWord reads a number, a constant, or what a template left there.
func (r *brokenReader) bareWord() any {
	start := r.at
	for r.at < len(r.s) && strings.IndexByte(",}]\r\n", r.s[r.at]) < 0 {
		r.at++
	}
	switch w := strings.TrimSpace(r.s[start:r.at]); w {
	case "true":
		return true
	case "false":
		return false
	default:
		if f, err := strconv.ParseFloat(w, 64); err == nil {
			return f
		}
	}
	if r.at == start {
		r.at++
	}
	return nil
}

// keyAt reads the key of a property at i and the colon behind it; next is
// where its value starts, 0 if there is no key.
func (r *brokenReader) keyAt(i int) (key string, next int) {
	if i >= len(r.s) {
		return "", 0
	}
	quote := r.s[i]
	if quote == '"' || quote == '\'' {
		i++
	} else {
		quote = 0
	}
	end := i
	for end < len(r.s) && end-i < maxBrokenKey && isKeyByte(r.s[end], quote != 0) {
		end++
	}
	key = r.s[i:end]
	if quote != 0 {
		if end >= len(r.s) || r.s[end] != quote {
			return "", 0
		}
		end++
	}
	if end = r.past(end); key == "" || end >= len(r.s) || r.s[end] != ':' {
		return "", 0
	}
	return key, end + 1
}

func isKeyByte(c byte, quoted bool) bool {
	return isASCIILetter(c) || c >= '0' && c <= '9' || c == '@' || c == '_' || c == '-' || quoted && (c == ':' || c == '.' || c == '/')
}

func isASCIILetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// past returns the first place from i on that is no space.
func (r *brokenReader) past(i int) int {
	for n := 0; i < len(r.s) && isSpace(r.s[i]) && n < maxBrokenSpace; n++ {
		i++
	}
	return i
}

// text reads a string. ok is false where its end can't be told: it is cut
// off, or bare quotation marks within don't come in pairs.
func (r *brokenReader) text(inObject bool) (s string, ok bool) {
	quote := r.s[r.at]
	r.at++
	var b []byte
	bare := 0
	for r.at < len(r.s) {
		switch c := r.s[r.at]; {
		case c == '\\':
			b = r.escape(b)
			continue
		case c == quote && r.endsText(inObject):
			r.at++
			return string(b), bare%2 == 0 || quote == '\''
		case c == quote:
			bare++
			b = append(b, c)
		case c < 0x20:
			b = append(b, ' ')
		default:
			b = append(b, c)
		}
		r.at++
	}
	return "", false
}

// endsText reports whether the quotation mark at hand ends its string: what
// follows must be able to.
func (r *brokenReader) endsText(inObject bool) bool {
	i := r.past(r.at + 1)
	if i >= len(r.s) {
		return true
	}
	switch r.s[i] {
	case '}', ']':
		i = r.past(i + 1)
		return i >= len(r.s) || strings.IndexByte(",}];", r.s[i]) >= 0 || r.s[i] == '{' || r.s[i] == '<'
	case ',':
		for i < len(r.s) && r.s[i] == ',' {
			i = r.past(i + 1)
		}
		switch {
		case i >= len(r.s) || r.s[i] == '}' || r.s[i] == ']':
			return true
		case !inObject:
			return strings.IndexByte(`"'{[-0123456789tfn`, r.s[i]) >= 0
		}
		return r.isKey(i)
	}
	return inObject && i > r.at+1 && r.isKey(i) // the comma is missing
}

// isKey reports whether a key stands at i. One without quotation marks is
// believed only where others are so.
func (r *brokenReader) isKey(i int) bool {
	_, next := r.keyAt(i)
	return next > 0 && (r.bareKeys || r.s[i] == '"' || r.s[i] == '\'')
}

// escape reads the escape at hand, of JSON or of JavaScript, and appends what
// it stands for.
func (r *brokenReader) escape(b []byte) []byte {
	if r.at+1 >= len(r.s) {
		r.at++
		return b
	}
	if c, n := hexEscape(r.s[r.at:]); n > 0 {
		r.at += n
		return utf8.AppendRune(b, c)
	}
	c := r.s[r.at+1]
	r.at += 2
	switch c {
	case 'b', 'f', 'n', 'r', 't', '\n', '\r':
		return append(b, ' ')
	}
	return append(b, c)
}

// hexEscape reads \x27, \u0027, \u{27} or a pair of surrogates at the start of
// s; n is its length, 0 if there is none.
func hexEscape(s string) (c rune, n int) {
	switch {
	case len(s) >= 4 && s[1] == 'x':
		return hexRune(s[2:4], 4)
	case len(s) >= 5 && s[1] == 'u' && s[2] == '{':
		if end := strings.IndexByte(s[:min(len(s), 10)], '}'); end > 3 {
			return hexRune(s[3:end], end+1)
		}
	case len(s) >= 6 && s[1] == 'u':
		if c, n = hexRune(s[2:6], 6); n > 0 && utf16.IsSurrogate(c) {
			if len(s) >= 12 && s[6] == '\\' && s[7] == 'u' {
				if low, ok := hexRune(s[8:12], 12); ok > 0 {
					return utf16.DecodeRune(c, low), 12
				}
			}
			return utf8.RuneError, 6
		}
		return c, n
	}
	return 0, 0
}

func hexRune(digits string, n int) (rune, int) {
	v, err := strconv.ParseUint(digits, 16, 32)
	if err != nil || v > utf8.MaxRune || v == 0 {
		return 0, 0
	}
	return rune(v), n
}

// unescapeLeft undoes escapes of JSON and JavaScript that are left in a text
// since it was escaped twice.
func unescapeLeft(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b []byte
	for i := 0; i < len(s); {
		if s[i] != '\\' || i+1 >= len(s) {
			b = append(b, s[i])
			i++
			continue
		}
		if c, n := hexEscape(s[i:]); n > 0 {
			b = utf8.AppendRune(b, c)
			i += n
			continue
		}
		if c := s[i+1]; c != '"' && c != '\'' && c != '/' {
			b = append(b, '\\')
		}
		b = append(b, s[i+1])
		i += 2
	}
	return string(b)
}
