package mime

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/extract"
)

// Bounds of a header. That of a mail that went through many servers has some
// two hundred fields.
const (
	maxFields = 2_000
	maxField  = 64 << 10 // bytes of a value
	maxName   = 100      // bytes of a name
)

// Header is the header of a message: its fields, in their order.
type Header struct {
	fields  []field
	charset string // of the content, in which bare bytes of the header most likely are
}

type field struct {
	name  string // in lower case
	value string // unfolded, as it is written
}

// ParseHeader reads a header, and returns what follows it. A line that is no
// field and continues none ends the header and is not part of it. A first line
// of an mbox, "From " and an address, is passed over.
func ParseHeader(b []byte) (Header, []byte) {
	var h Header
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	if bytes.HasPrefix(b, []byte("From ")) || bytes.HasPrefix(b, []byte(">From ")) {
		_, b, _ = bytes.Cut(b, []byte("\n"))
	}
	if start := bytes.TrimLeft(b, " \t"); len(start) < len(b) {
		if name, _ := fieldName(start); name != "" {
			b = start
		}
	}
	for len(b) > 0 {
		line, rest, _ := bytes.Cut(b, []byte("\n"))
		line = bytes.TrimRight(line, "\r")
		if len(bytes.TrimSpace(line)) == 0 {
			if len(line) > 0 && continues(rest) { // a fold of blanks only
				b = rest
				continue
			}
			b = rest
			break
		}
		if (line[0] == ' ' || line[0] == '\t') && len(h.fields) > 0 {
			h.fold(string(bytes.TrimSpace(line)))
			b = rest
			continue
		}
		name, value := fieldName(line)
		if name == "" {
			if next, _ := fieldName(rest); next == "" || len(h.fields) == 0 {
				break
			}
			b = rest // one bad line among good ones
			continue
		}
		if len(h.fields) < maxFields {
			h.fields = append(h.fields, field{strings.ToLower(name), cut(value)})
		}
		b = rest
	}
	_, params := parseParams(h.Raw("content-type"))
	h.charset = params["charset"]
	return h, b
}

// continues reports whether a line begins with a blank and holds more.
func continues(b []byte) bool {
	line, _, _ := bytes.Cut(b, []byte("\n"))
	return len(line) > 0 && (line[0] == ' ' || line[0] == '\t') && len(bytes.TrimSpace(line)) > 0
}

// fold adds a further line to the last field.
func (h *Header) fold(line string) {
	f := &h.fields[len(h.fields)-1]
	if len(f.value)+len(line) >= maxField {
		return
	}
	if f.value != "" {
		f.value += " "
	}
	f.value += line
}

func cut(s string) string { return s[:min(len(s), maxField)] }

// fieldName parts the first line of b into the name and the value of a field.
// Name is empty when it is none.
func fieldName(b []byte) (name, value string) {
	line, _, _ := bytes.Cut(b[:min(len(b), maxField)], []byte("\n"))
	colon := bytes.IndexByte(line[:min(len(line), maxName)], ':')
	if colon <= 0 {
		return "", ""
	}
	name = strings.TrimRight(string(line[:colon]), " \t")
	for i := range len(name) {
		if name[i] <= ' ' || name[i] >= 0x7f {
			return "", ""
		}
	}
	return name, strings.TrimSpace(string(line[colon+1:]))
}

// Len returns the number of fields.
func (h *Header) Len() int { return len(h.fields) }

// Has reports whether a header has a field. Names are in lower case.
func (h *Header) Has(name string) bool {
	for i := range h.fields {
		if h.fields[i].name == name {
			return true
		}
	}
	return false
}

// Raw returns the first value of a field that is not empty, as it is written.
func (h *Header) Raw(name string) string {
	for i := range h.fields {
		if h.fields[i].name == name && h.fields[i].value != "" {
			return h.fields[i].value
		}
	}
	return ""
}

// RawAll returns all values of a field, as they are written.
func (h *Header) RawAll(name string) []string {
	var all []string
	for i := range h.fields {
		if h.fields[i].name == name {
			all = append(all, h.fields[i].value)
		}
	}
	return all
}

// Get returns the first value of a field as clean text on one line.
func (h *Header) Get(name string) string { return h.decode(h.Raw(name)) }

// decode decodes a value of a field.
func (h *Header) decode(s string) string {
	s = decodeWords(s)
	if !utf8.ValidString(s) {
		if d, _, err := extract.Decode([]byte(s), "text/plain; charset="+h.charset); err == nil {
			s = d
		}
	}
	return strings.Join(strings.Fields(extract.Clean(s)), " ")
}

// Address is one of mail: a name, which may be empty, and an address.
type Address struct{ Name, Mail string }

// Address returns the first address of a field; it is empty when there is none.
func (h *Header) Address(name string) Address {
	if list := h.Addresses(name); len(list) > 0 {
		return list[0]
	}
	return Address{}
}

// maxAddresses bounds the addresses of a field.
const maxAddresses = 100

// Addresses returns the addresses of a field. A value that is none is a name.
func (h *Header) Addresses(name string) []Address {
	var list []Address
	for _, part := range splitAddresses(h.Raw(name)) {
		if a := h.address(part); a != (Address{}) && len(list) < maxAddresses {
			list = append(list, a)
		}
	}
	return list
}

// address reads "Name <mail>", "mail (Name)" and "mail". Public archives of lists
// write "jane at example.org" so that machines don't read it.
func (h *Header) address(s string) Address {
	s = strings.TrimSpace(s)
	if open := strings.IndexByte(s, '<'); open >= 0 {
		mail, _, _ := strings.Cut(s[open+1:], ">")
		return h.named(s[:open], mail)
	}
	mail, comment, ok := strings.Cut(s, "(")
	if plain := strings.Replace(mail, " at ", "@", 1); ok && strings.Contains(plain, "@") {
		mail = plain
		comment, _, _ = strings.Cut(comment, ")")
		return h.named(comment, mail)
	}
	if plain := strings.Replace(s, " at ", "@", 1); strings.Contains(plain, "@") && !strings.ContainsAny(plain, " \t") {
		return Address{Mail: h.decode(plain)}
	}
	return h.named(s, "")
}

func (h *Header) named(name, mail string) Address {
	name = h.decode(unquote(strings.TrimSpace(name)))
	// Programs quote encoded words, and wrap quoted names in quotation marks.
	name = strings.TrimSpace(strings.Trim(name, `"' `))
	a := Address{name, h.decode(strings.TrimSpace(mail))}
	if strings.EqualFold(a.Name, a.Mail) {
		a.Name = ""
	}
	return a
}

// splitAddresses cuts a list at the commas that stand in no quotation, comment
// or angle brackets.
func splitAddresses(s string) []string {
	var list []string
	start, quoted, depth := 0, false, 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '(' || c == '<':
			depth++
		case (c == ')' || c == '>') && depth > 0:
			depth--
		case (c == ',' || c == ';') && depth == 0:
			list = append(list, s[start:i])
			start = i + 1
		}
	}
	return append(list, s[min(start, len(s)):])
}
