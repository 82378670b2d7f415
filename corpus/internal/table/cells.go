package table

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"github.com/newsq/newsq/corpus/internal/record"
)

// isNothing reports whether a cell holds no value: it is empty, or what programs
// write then.
func isNothing(cell string) bool {
	switch len(cell) {
	case 0:
		return true
	case 1:
		return cell == " " || cell == "-"
	case 2:
		return cell == `\N` || cell == "[]" || cell == "{}"
	case 3:
		return cell == "nan" || cell == "NaN" || cell == "NaT" || cell == "N/A" || cell == "n/a"
	case 4:
		return cell == "null" || cell == "NULL" || cell == "None" || cell == "<NA>" || cell == "['']" || cell == `[""]`
	}
	return strings.TrimSpace(cell) == ""
}

// cleaning is what the texts of a table need.
type cleaning struct {
	backslash backslash
	// hash says that numeric entities have lost their ampersand.
	hash bool
}

// backslash is what a backslash stands for.
type backslash uint8

const (
	literal backslash = iota
	breaks            // a line break
	escapes           // what it does in most programming languages
)

// Bounds of evidence: how many cells have a mark before it means something.
const (
	minBackslashes = 5
	minHashes      = 2
)

// cleaningOf looks at the first rows for what their texts need.
func cleaningOf(sample [][]string) cleaning {
	var c cleaning
	escaped, other, hashes, lines := 0, 0, 0, 0
	for _, row := range sample {
		for _, cell := range row {
			if at := strings.IndexByte(cell, '\\'); at >= 0 && at+1 < len(cell) {
				switch next := cell[at+1]; {
				case next == 'n' || next == 'r' || next == 't' || next == '"' || next == '\'':
					escaped++
				case unicode.IsLetter(rune(next)) || next == '\\' || next == ' ':
					other++
				}
			}
			if _, _, ok := cutHash(cell); ok {
				hashes++
			}
			if strings.Contains(cell, "\n") {
				lines++
			}
		}
	}
	switch {
	case lines > 0 || escaped+other < minBackslashes:
	case other > escaped:
		c.backslash = breaks
	case other == 0:
		c.backslash = escapes
	}
	c.hash = hashes >= minHashes
	return c
}

// clean returns a text without what its table does to texts.
func (c *cleaning) clean(s string) string {
	if c.hash {
		s = unhash(s)
	}
	if c.backslash == literal || strings.IndexByte(s, '\\') < 0 {
		return s
	}
	if c.backslash == breaks {
		return strings.NewReplacer(`\\`, "\n\n", `\`, " ").Replace(s)
	}
	return strings.NewReplacer(`\r\n`, "\n", `\n`, "\n", `\r`, "\n", `\t`, " ", `\"`, `"`, `\'`, `'`, `\\`, `\`).Replace(s)
}

// cutHash finds " #39;" in a text, and returns what is before and the rest from
// the number on.
func cutHash(s string) (before, rest string, ok bool) {
	for at := 0; ; {
		i := strings.IndexByte(s[at:], '#')
		if i < 0 {
			return s, "", false
		}
		at += i + 1
		end := at
		for end < len(s) && end-at < 5 && s[end] >= '0' && s[end] <= '9' {
			end++
		}
		if end-at >= 2 && end < len(s) && s[end] == ';' && (at == 1 || s[at-2] != '&') {
			return s[:at-1], s[at:], true
		}
	}
}

// unhash decodes numeric entities that have lost their ampersand, and often have
// a blank in its place.
func unhash(s string) string {
	before, rest, ok := cutHash(s)
	if !ok {
		return s
	}
	var b strings.Builder
	for ok {
		number, after, _ := strings.Cut(rest, ";")
		n, _ := strconv.Atoi(number) // it is of digits
		switch {
		case n < ' ' || n == 0x7f || n > utf8.MaxRune:
			n = ' '
		case n >= 0x80 && n < 0xa0:
			n = int(charmap.Windows1252.DecodeByte(byte(n)))
		}
		if n == '\'' {
			before = strings.TrimSuffix(before, " ")
		}
		b.WriteString(before)
		b.WriteRune(rune(n))
		before, rest, ok = cutHash(after)
	}
	return b.String() + before
}

// structured returns a cell as JSON when it is a list or an object, as JSON or as
// Python prints it. Lists of plain values are left to those who part lists.
func structured(cell string, f record.Field) (tree string, ok bool) {
	if len(cell) < 4 || cell[0] != '[' && cell[0] != '{' || cell[len(cell)-1] != cell[0]+2 || f == record.ID || f == record.Title || f == record.URL {
		return "", false
	}
	inner := strings.TrimLeft(cell[1:], " \n")
	switch {
	case cell[0] == '[' && inner != "" && inner[0] == '{', cell[0] == '{' && inner != "" && (inner[0] == '"' || inner[0] == '\''):
	case cell[0] == '[' && f == record.Body && inner != "" && (inner[0] == '"' || inner[0] == '\''):
	default:
		return "", false
	}
	return asJSON(cell), true
}

// asJSON rewrites what Python prints as JSON. JSON stays as it is.
func asJSON(s string) string {
	var b strings.Builder
	b.Grow(len(s) + 16)
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == '"' || c == '\'':
			n := quotedEnd(s[i:])
			writeString(&b, s[i+1:max(i+n-1, i+1)])
			i += n
		case strings.HasPrefix(s[i:], "None"):
			b.WriteString("null")
			i += len("None")
		case strings.HasPrefix(s[i:], "True"):
			b.WriteString("true")
			i += len("True")
		case strings.HasPrefix(s[i:], "False"):
			b.WriteString("false")
			i += len("False")
		default:
			b.WriteByte(c)
			i++
		}
	}
	return b.String()
}

// quotedEnd returns where a string ends that begins with its quote.
func quotedEnd(s string) int {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case s[0]:
			return i + 1
		}
	}
	return len(s)
}

// writeString writes what stood between quotes as a string of JSON.
func writeString(b *strings.Builder, s string) {
	b.WriteByte('"')
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"':
			b.WriteString(`\"`)
		case c == '\n':
			b.WriteString(`\n`)
		case c == '\\' && i+1 < len(s) && s[i+1] == '\'':
			b.WriteByte('\'')
			i++
		case c == '\\' && i+1 < len(s):
			b.WriteString(s[i : i+2])
			i++
		case c < ' ':
			b.WriteByte(' ')
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte('"')
}
