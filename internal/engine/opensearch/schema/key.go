package schema

import (
	"strings"
	"unicode/utf8"
)

// Key returns an id or a key in the form in which the fields of documents have it.
// These may be any bytes, such as the name of a file, and JSON has characters alone.
// So each byte is a character of its own, of the same number: the order of the bytes
// is that of the characters, and a prefix stays a prefix.
func Key(s string) string {
	if isASCII(s) {
		return s
	}
	var b strings.Builder
	b.Grow(2 * len(s))
	for i := range len(s) {
		b.WriteRune(rune(s[i]))
	}
	return b.String()
}

// KeyOf is the inverse of Key; false for what is no key.
func KeyOf(s string) (string, bool) {
	if isASCII(s) {
		return s, true
	}
	b := make([]byte, 0, len(s))
	for _, r := range s {
		if r > 0xFF {
			return "", false
		}
		b = append(b, byte(r))
	}
	return string(b), true
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
