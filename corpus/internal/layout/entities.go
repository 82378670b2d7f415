package layout

import (
	"html"
	"strings"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/extract"
)

// Bounds of an entity: the longest name of HTML has 31 letters, and the
// longest stands for two characters.
const (
	maxEntity     = len("&CounterClockwiseContourIntegral;")
	maxEntityText = 2
)

// DecodeEntities undoes the escapes of HTML in a text that is no HTML, which
// stand in the fields of many a JSON file. It decodes once, and only what is a
// whole entity: "AT&T", "R&D;" and "?a=1&copy=2" stay.
func DecodeEntities(s string) string {
	if n := strings.IndexByte(s, '&'); n < 0 || strings.IndexByte(s[n:], ';') < 0 {
		return s
	}
	var b strings.Builder
	rest, changed := s, false
	for {
		n := strings.IndexByte(rest, '&')
		if n < 0 {
			break
		}
		b.WriteString(rest[:n])
		rest = rest[n:]
		end := 1 + strings.IndexByte(rest[:min(len(rest), maxEntity)], ';')
		if text, ok := entity(rest[:end]); ok {
			b.WriteString(text)
			rest, changed = rest[end:], true
			continue
		}
		b.WriteByte('&')
		rest = rest[1:]
	}
	if !changed {
		return s
	}
	b.WriteString(rest)
	return extract.Clean(b.String())
}

// entity returns the text that s stands for, which begins with & and ends with
// a semicolon, and reports whether it is an entity.
func entity(s string) (text string, ok bool) {
	if len(s) < len("&gt;") || strings.ContainsAny(s[1:], "& ") {
		return "", false
	}
	// Some names count without a semicolon, such as that of &notit; for which
	// more than its character would come out.
	text = html.UnescapeString(s)
	if strings.Trim(s, "&#xX;") == "" {
		return "", false // a number without digits
	}
	return text, text != s && utf8.RuneCountInString(text) <= maxEntityText
}
