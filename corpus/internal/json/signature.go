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
func signature(sign []byte, s string, limit int) []byte {
	skip := rune(0)
	for i, r := range s {
		if len(sign) >= limit {
			break
		}
		switch {
		case skip != 0:
			if r == skip {
				skip = 0
			}
		case r == '<' && strings.IndexByte(s[i:min(len(s), i+maxTag)], '>') > 0:
			skip = '>'
		case r == '&' && isEntity(s[i:]):
			skip = ';'
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			sign = utf8.AppendRune(sign, unicode.ToLower(r))
		}
	}
	return sign
}

// isEntity reports whether a text begins as an entity does.
func isEntity(s string) bool {
	end := strings.IndexByte(s[:min(len(s), len("&thetasym;"))], ';')
	return end > 0 && !strings.Contains(s[:end], " ")
}

// isTags reports whether a text is nothing but tags of HTML.
func isTags(s string) bool {
	s = strings.TrimSpace(s)
	return len(s) > 2 && s[0] == '<' && (s[1] == '/' || 'a' <= s[1] && s[1] <= 'z') && len(signature(nil, s, 1)) == 0
}
