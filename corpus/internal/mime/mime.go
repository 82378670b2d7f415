// Package mime takes messages apart: mail, and web pages that were saved as
// one. A message is a header, a blank line and a content, which may be messages
// in turn (RFC 5322, RFC 2045 to 2047, RFC 2231).
//
// Messages come from programs of forty years, and through gateways that broke
// them. So nothing is refused: what is not as it should be is read as it was
// most likely meant. A line in a header that is none ends the header; a
// multipart without its closing boundary ends with the message; damaged
// quoted-printable and base64 give what is whole in them.
package mime

import (
	"bytes"
	"iter"
	"strings"

	"github.com/newsq/newsq/internal/extract"
)

// Bounds of a message. Mail programs nest parts four or five deep; a saved page
// has one part for each of its pictures.
const (
	maxDepth = 16
	maxParts = 10_000
)

// Part is a message, or a part of one.
type Part struct {
	Header Header
	// Type is the media type in lower case. It is text/plain where none is
	// stated, message/rfc822 in a digest.
	Type string
	// Params are those of the media type, by their names in lower case.
	Params map[string]string
	// Name is that of the file that the part is; may be empty.
	Name string
	// IsAttachment says that the part stands beside the text, and is not shown
	// in it.
	IsAttachment bool
	// Content is what the part holds, without its transfer encoding. It is empty
	// for a multipart.
	Content []byte
	// Parts are those of a multipart.
	Parts []*Part
}

// Parse takes a message apart. Content may share memory with b. It never fails:
// what has no header at all is a message with nothing but a text.
func Parse(b []byte) *Part {
	p := parser{left: maxParts}
	return p.parse(b, "text/plain", 0)
}

// parser counts the parts of a message.
type parser struct{ left int }

func (p *parser) parse(b []byte, usual string, depth int) *Part {
	p.left--
	part := &Part{}
	part.Header, b = ParseHeader(b)
	part.setType(usual)
	if strings.HasPrefix(part.Type, "multipart/") && depth < maxDepth {
		inner := "text/plain"
		if part.Type == "multipart/digest" {
			inner = "message/rfc822"
		}
		for piece := range split(b, part.Params["boundary"]) {
			if p.left <= 0 {
				break
			}
			part.Parts = append(part.Parts, p.parse(piece, inner, depth+1))
		}
		if len(part.Parts) > 0 {
			return part
		}
		// Nothing parts it: it is the text that it would be without its header.
		part.Type = "text/plain"
		if start := bytes.TrimLeft(b, " \t\r\n"); len(start) > 0 && start[0] == '<' {
			part.Type = "text/html"
		}
	}
	part.Content = decodeTransfer(b, part.Header.Raw("content-transfer-encoding"))
	return part
}

// setType fills what the header says of the content.
func (p *Part) setType(usual string) {
	p.Type, p.Params = parseParams(p.Header.Raw("content-type"))
	if !strings.Contains(p.Type, "/") {
		switch p.Type {
		case "text":
			p.Type = "text/plain"
		case "html":
			p.Type = "text/html"
		default:
			p.Type = usual
		}
	}
	how, params := parseParams(p.Header.Raw("content-disposition"))
	if p.Name = params["filename"]; p.Name == "" {
		p.Name = p.Params["name"]
	}
	p.Name = p.Header.decode(p.Name)
	p.IsAttachment = how == "attachment"
}

// IsMultipart reports whether a part is made of parts.
func (p *Part) IsMultipart() bool { return len(p.Parts) > 0 }

// Charset returns the character set that a part states, empty where it states
// none. Names that say nothing are none: x-user-defined is what a browser wrote
// when it did not know, and us-ascii what a program wrote that did not ask.
func (p *Part) Charset() string {
	cs := strings.ToLower(strings.TrimSpace(p.Params["charset"]))
	switch {
	case strings.HasPrefix(cs, "unknown"), strings.HasPrefix(cs, "x-unknown"):
		return ""
	case cs == "x-user-defined", cs == "us-ascii", cs == "ascii", cs == "ansi_x3.4-1968", cs == "default", cs == "iso-8859-8-i":
		return ""
	case strings.HasPrefix(cs, "cp-"):
		return "windows-" + cs[len("cp-"):]
	}
	return cs
}

// Text returns the content of a part as clean text, in the character set that it
// states; for want of that a page's own, else the one that the bytes show. The
// error is [extract.ErrBinary] for what is no text.
func (p *Part) Text() (string, error) {
	stated := ""
	if cs := p.Charset(); cs != "" {
		stated = "text/plain; charset=" + cs
	}
	s, _, err := extract.Decode(p.Content, stated)
	return s, err
}

// All yields a part and those within it, in their order, but for the multiparts
// themselves.
func (p *Part) All() iter.Seq[*Part] {
	return func(yield func(*Part) bool) { p.each(yield) }
}

func (p *Part) each(yield func(*Part) bool) bool {
	if !p.IsMultipart() {
		return yield(p)
	}
	for _, inner := range p.Parts {
		if !inner.each(yield) {
			return false
		}
	}
	return true
}

// First returns the first part of a type that is no attachment and is not empty;
// nil when there is none.
func (p *Part) First(mediaType string) *Part {
	for part := range p.All() {
		if part.Type == mediaType && !part.IsAttachment && len(bytes.TrimSpace(part.Content)) > 0 {
			return part
		}
	}
	return nil
}

// Location returns the address that a part states, without the breaks that
// folding put into it.
func (p *Part) Location() string {
	return strings.Join(strings.Fields(p.Header.Get("content-location")), "")
}

// split yields the parts of a multipart. Where the boundary is not stated or is
// nowhere in it, the first line that looks like one serves. What stands before
// the first and after the last is for people with old programs.
func split(b []byte, boundary string) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		mark := []byte("--" + boundary)
		at, after, last := nextBoundary(b, mark)
		if boundary == "" || at < 0 {
			if mark = guessBoundary(b); mark == nil {
				return
			}
			at, after, last = nextBoundary(b, mark)
		}
		for at >= 0 && !last {
			b = b[after:]
			if at, after, last = nextBoundary(b, mark); at < 0 {
				if len(bytes.TrimSpace(b)) > 0 {
					yield(b)
				}
				return
			}
			if !yield(withoutBreak(b[:at])) {
				return
			}
		}
	}
}

// nextBoundary finds the next line that is a boundary: where it begins, where
// the line after it does, and whether it closes the multipart. At is negative
// when there is none.
func nextBoundary(b, mark []byte) (at, after int, last bool) {
	for from := 0; ; {
		at = bytes.Index(b[from:], mark)
		if at < 0 {
			return -1, 0, false
		}
		at += from
		from = at + len(mark)
		if at > 0 && b[at-1] != '\n' {
			continue
		}
		rest := b[from:]
		end := bytes.IndexByte(rest, '\n')
		if end < 0 {
			end, after = len(rest), len(b)
		} else {
			after = from + end + 1
		}
		rest = bytes.TrimRight(rest[:end], " \t\r")
		if len(rest) == 0 || string(rest) == "--" {
			return at, after, len(rest) > 0
		}
	}
}

// maxBoundary is the longest boundary, in bytes. RFC 2046 allows 70.
const maxBoundary = 200

// guessBoundary returns the first line that looks like a boundary: it begins
// with two hyphens, has no blanks, and a header follows.
func guessBoundary(b []byte) []byte {
	for len(b) > 0 {
		line, rest, _ := bytes.Cut(b, []byte("\n"))
		line = bytes.TrimRight(line, " \t\r")
		if len(line) > 4 && len(line) < maxBoundary && bytes.HasPrefix(line, []byte("--")) && bytes.IndexByte(line, ' ') < 0 {
			if name, _ := fieldName(rest); strings.HasPrefix(strings.ToLower(name), "content-") {
				return line
			}
		}
		b = rest
	}
	return nil
}

// withoutBreak returns a part without the line break before a boundary, which
// belongs to the boundary.
func withoutBreak(b []byte) []byte {
	b = bytes.TrimSuffix(b, []byte("\n"))
	return bytes.TrimSuffix(b, []byte("\r"))
}
