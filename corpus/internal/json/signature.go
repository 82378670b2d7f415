package json

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxTag is how far the end of a tag is looked for, in bytes.
const maxTag = 2 << 10

// signature appends the letters and digits of s to sign, in lower case and
// without tags and entities, until it is limit bytes long.
func signature(sign, s string, limit int) string {
	if len(sign) >= limit {
		return sign
	}
	b := []byte(sign)
	skip := rune(0)
	for i, r := range s {
		switch {
		case skip != 0:
			if r == skip {
				skip = 0
			}
		case r == '<' && strings.IndexByte(s[i:min(len(s), i+maxTag)], '>') > 0:
			skip = '>'
		case r == '&' && strings.IndexByte(s[i:min(len(s), i+12)], ';') > 0 && !strings.Contains(s[i:i+strings.IndexByte(s[i:], ';')], " "):
			skip = ';'
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if b = utf8.AppendRune(b, unicode.ToLower(r)); len(b) >= limit {
				return string(b)
			}
		}
	}
	return string(b)
}

// isTags reports whether a text is nothing but tags of HTML.
func isTags(s string) bool {
	s = strings.TrimSpace(s)
	return len(s) > 2 && s[0] == '<' && (s[1] == '/' || 'a' <= s[1] && s[1] <= 'z') && signature("", s, 1) == ""
}
