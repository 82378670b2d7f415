package mime

import (
	"bytes"
	"encoding/base64"
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/html/charset"

	"github.com/newsq/newsq/internal/extract"
)

// decodeWords undoes the encoded words of RFC 2047. Neighbours in the same
// character set are decoded together, as programs cut characters in two; blanks
// between neighbours are no text. What is no such word stays as it is.
func decodeWords(s string) string {
	if !strings.Contains(s, "=?") {
		return s
	}
	var out strings.Builder
	var run []byte // bytes of words in the set cs that are not written yet
	cs := ""
	flush := func() {
		if len(run) > 0 {
			out.WriteString(decodeCharset(run, cs))
			run = nil
		}
	}
	for s != "" {
		at := strings.Index(s, "=?")
		if at < 0 {
			break
		}
		set, content, rest, ok := cutWord(s[at:])
		if between := s[:at]; !ok || len(run) == 0 || strings.TrimSpace(between) != "" {
			flush()
			out.WriteString(between)
		}
		if !ok {
			out.WriteString("=?")
			s = s[at+2:]
			continue
		}
		if set != cs {
			flush()
		}
		cs, s = set, rest
		run = append(run, content...)
	}
	flush()
	out.WriteString(s)
	return out.String()
}

// cutWord reads the encoded word that s begins with.
func cutWord(s string) (set string, content []byte, rest string, ok bool) {
	parts := strings.SplitN(s, "?", 4)
	if len(parts) < 4 || len(parts[1]) == 0 || len(parts[1]) > maxName || len(parts[2]) != 1 {
		return "", nil, s, false
	}
	end := strings.Index(parts[3], "?=")
	if end < 0 {
		return "", nil, s, false
	}
	text := parts[3][:end]
	rest = parts[3][end+2:]
	set, _, _ = strings.Cut(strings.ToLower(parts[1]), "*") // RFC 2231: a language may follow
	switch parts[2] {
	case "B", "b":
		return set, decodeBase64([]byte(text)), rest, true
	case "Q", "q":
		return set, decodeQuoted([]byte(strings.ReplaceAll(text, "_", " "))), rest, true
	}
	return "", nil, s, false
}

// decodeCharset returns bytes as text.
func decodeCharset(b []byte, name string) string {
	s, _, err := extract.Decode(b, "text/plain; charset="+name)
	if err == nil {
		return s
	}
	if e, _ := charset.Lookup(name); e != nil {
		if d, err := e.NewDecoder().Bytes(b); err == nil {
			return extract.Clean(string(d))
		}
	}
	return extract.Clean(string(b))
}

// MediaType parts a value such as "text/html; charset=utf-8" into the type, in
// lower case, and its character set, which may be empty.
func MediaType(s string) (mediaType, charset string) {
	mediaType, params := parseParams(s)
	return mediaType, (&Part{Params: params}).Charset()
}

// parseParams reads a value such as `text/html; charset="utf-8"`. The value is
// in lower case, as are the names of its parameters. Of two parameters of a name
// the first counts.
func parseParams(s string) (value string, params map[string]string) {
	value, rest := cutParam(s)
	value = strings.ToLower(strings.TrimSpace(value))
	if v, _, ok := strings.Cut(value, " "); ok { // "text/html charset=utf-8"
		rest = strings.TrimSpace(value[len(v):]) + ";" + rest
		value = v
	}
	params = map[string]string{}
	pieces := map[string]string{}
	for rest != "" && len(params)+len(pieces) < maxAddresses {
		var p string
		p, rest = cutParam(rest)
		name, v, ok := strings.Cut(p, "=")
		if !ok {
			continue
		}
		name = strings.ToLower(strings.TrimSpace(name))
		v = unquote(strings.TrimSpace(v))
		if strings.Contains(name, "*") {
			pieces[name] = v
		} else if _, have := params[name]; !have && name != "" {
			params[name] = v
		}
	}
	for name := range pieces {
		base, _, _ := strings.Cut(name, "*")
		params[base] = extended(pieces, base)
	}
	return value, params
}

// cutParam cuts a value at the first semicolon that is in no quotation. A
// quotation that is not closed ends with the value.
func cutParam(s string) (first, rest string) {
	quoted := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case quoted && c == '\\':
			i++
		case c == '"' && (quoted || strings.IndexByte(s[i+1:], '"') >= 0):
			quoted = !quoted
		case c == ';' && !quoted:
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}

// unquote returns what a quotation holds.
func unquote(s string) string {
	if len(s) == 0 || s[0] != '"' {
		return s
	}
	var b strings.Builder
	for i := 1; i < len(s) && s[i] != '"'; i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// extended puts together a parameter that is written in pieces or with a
// character set (RFC 2231).
func extended(pieces map[string]string, base string) string {
	if s, ok := pieces[base+"*"]; ok {
		return decodeExtended(s, true)
	}
	var b strings.Builder
	cs := ""
	for i := range maxAddresses {
		name := base + "*" + strconv.Itoa(i)
		if s, ok := pieces[name]; ok {
			b.WriteString(s)
			continue
		}
		s, ok := pieces[name+"*"]
		if !ok {
			break
		}
		if set, text, ok := strings.Cut(s, "'"); i == 0 && ok {
			_, text, _ = strings.Cut(text, "'")
			cs, s = set, text
		}
		b.WriteString(decodeExtended(s, false))
	}
	return decodeCharset([]byte(b.String()), cs)
}

func decodeExtended(s string, whole bool) string {
	cs := ""
	if set, text, ok := strings.Cut(s, "'"); whole && ok {
		_, text, _ = strings.Cut(text, "'")
		cs, s = set, text
	}
	if d, err := url.PathUnescape(s); err == nil {
		s = d
	}
	if whole {
		s = decodeCharset([]byte(s), cs)
	}
	return s
}

// decodeTransfer undoes a transfer encoding. One that is not known is none.
func decodeTransfer(b []byte, encoding string) []byte {
	encoding = strings.ToLower(strings.Trim(encoding, " \t\"'"))
	encoding, _, _ = strings.Cut(encoding, ";")
	switch strings.TrimSpace(encoding) {
	case "quoted-printable", "quoted-printeable", "quotedprintable", "qp":
		return decodeQuoted(b)
	case "base64", "base-64", "base_64":
		if looksBase64(b) {
			return decodeBase64(withoutFooter(b))
		}
	}
	return b
}

// decodeQuoted undoes quoted-printable. A "=" that begins no escape is one.
func decodeQuoted(b []byte) []byte {
	if bytes.IndexByte(b, '=') < 0 {
		return b
	}
	out := make([]byte, 0, len(b))
	for {
		at := bytes.IndexByte(b, '=')
		if at < 0 {
			return append(out, b...)
		}
		out = append(out, b[:at]...)
		b = b[at+1:]
		if len(b) >= 2 && unhex(b[0]) >= 0 && unhex(b[1]) >= 0 {
			out = append(out, byte(unhex(b[0])<<4|unhex(b[1])))
			b = b[2:]
			continue
		}
		// The end of a line that goes on, with blanks that a server added.
		blanks := 0
		for blanks < len(b) && (b[blanks] == ' ' || b[blanks] == '\t' || b[blanks] == '\r') {
			blanks++
		}
		switch {
		case blanks == len(b):
			return out
		case b[blanks] == '\n':
			b = b[blanks+1:]
		default:
			out = append(out, '=')
		}
	}
}

func unhex(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}

// looksBase64 reports whether a content that is said to be in base64 is: a
// program that forgot to encode it left blanks between words.
func looksBase64(b []byte) bool {
	b = bytes.TrimSpace(b)
	line, _, _ := bytes.Cut(b, []byte("\n"))
	line = bytes.TrimSpace(line)
	return len(line) == 0 || bytes.Count(line, []byte(" "))*8 <= len(line) && line[0] != '<'
}

// withoutFooter drops the lines that mailing lists add below a content without
// asking how it is encoded.
func withoutFooter(b []byte) []byte {
	for _, mark := range [...]string{"\n--", "\n____"} {
		if at := bytes.Index(b, []byte(mark)); at >= 0 {
			b = b[:at]
		}
	}
	return b
}

// decodeBase64 undoes base64. Characters that are not of its alphabet are passed
// over, and so are padding within the text and a rest that makes no byte.
func decodeBase64(b []byte) []byte {
	out := make([]byte, 0, len(b)/4*3+3)
	var quad [4]byte
	n := 0
	flush := func() {
		if n > 1 {
			var dst [3]byte
			if m, err := base64.RawStdEncoding.Decode(dst[:], quad[:n]); err == nil {
				out = append(out, dst[:m]...)
			}
		}
		n = 0
	}
	for _, c := range b {
		switch {
		case c == '=':
			flush()
			continue
		case c == '-':
			c = '+'
		case c == '_':
			c = '/'
		case 'a' <= c|0x20 && c|0x20 <= 'z', '0' <= c && c <= '9', c == '+', c == '/':
		default:
			continue
		}
		if quad[n] = c; n == 3 {
			n = 4
			flush()
			continue
		}
		n++
	}
	flush()
	return out
}
