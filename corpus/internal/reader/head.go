package reader

import (
	"bytes"
	"strings"

	"golang.org/x/text/encoding/unicode"

	"github.com/newsq/newsq/internal/extract"
)

// Kind is the coarse kind of a file's bytes. A reader that knows its files by
// their content says of which kinds they are, and is asked of no others.
type Kind uint8

// The kinds of bytes. A file is of one of them.
const (
	Text   Kind = 1 << iota // text that is none of the others
	Markup                  // text that begins with a tag, a comment or a declaration: HTML or XML
	JSON                    // text that begins as an object or a list does
	RTF                     // begins {\rtf
	PDF                     // begins %PDF-, perhaps behind something else within its first KB
	Zip                     // begins as a zip archive does
	Binary                  // no text, and none of the others
)

// Head is the beginning of a file whose format is to be told.
type Head struct {
	Name  string // the last part of the file's name, in lower case, without the extension of a compression
	Bytes []byte // at most 64 KB, as they are
	// Text is Bytes without byte order mark and leading white space, as UTF-8 if
	// they are UTF-16. It is empty for the kinds PDF, Zip and Binary. Its end may
	// be anywhere in the file, within a character too.
	Text []byte
	Kind Kind
	// Whole says that Bytes are all of the file.
	Whole bool
}

// isPDF reports whether bytes are those of a PDF: they begin with its mark, or have it
// at the start of a line with an object behind it. A text may mention the mark.
func isPDF(b []byte) bool {
	at := bytes.Index(b[:min(len(b), pdfBytes)], []byte("%PDF-"))
	if at < 0 {
		return false
	}
	if before := bytes.TrimLeft(bytes.TrimPrefix(b[:at], []byte("\xef\xbb\xbf")), " \t\r\n\x00"); len(before) == 0 || extract.IsBinary(b) {
		return true
	}
	return (b[at-1] == '\n' || b[at-1] == '\r') && bytes.Contains(b[at:], []byte(" obj"))
}

// pdfBytes is how far into a file PDF readers look for its mark.
const pdfBytes = 1 << 10

// NewHead returns the head of a file that begins with b.
func NewHead(name string, b []byte, whole bool) *Head {
	h := &Head{Name: strings.ToLower(name), Bytes: b, Whole: whole}
	switch {
	case bytes.HasPrefix(b, []byte("PK\x03\x04")), bytes.HasPrefix(b, []byte("PK\x05\x06")):
		h.Kind = Zip
		return h
	case isArchive(b):
		h.Kind = Binary
		return h
	case isPDF(b):
		h.Kind = PDF
		return h
	case extract.IsBinary(b) && !isControlled(b):
		h.Kind = Binary
		return h
	}
	h.Text = bytes.TrimLeft(textOf(b), " \t\r\n")
	h.Kind = kindOf(h.Text)
	return h
}

// isArchive reports whether bytes begin as an archive whose first member, which
// is not compressed, may begin as any file: tar, WARC or ARC.
func isArchive(b []byte) bool {
	return len(b) > tarMark && bytes.HasPrefix(b[tarMark:], []byte("ustar")) ||
		bytes.HasPrefix(b, []byte("WARC/")) || bytes.HasPrefix(b, []byte("filedesc:"))
}

// tarMark is where the header of a tar archive says what it is, in bytes.
const tarMark = 257

// isControlled reports whether bytes begin as the messages of news agencies do,
// which are text between the control characters of a line of telex.
func isControlled(b []byte) bool {
	b = bytes.TrimLeft(b, "\x00\x16\r\n\x7f ")
	return len(b) > 0 && b[0] == 1 && !extract.IsBinary(bytes.Map(dropControl, b))
}

func dropControl(r rune) rune {
	if r > 0 && r < ' ' || r == 0x7f {
		return -1
	}
	return r
}

// textOf returns bytes as UTF-8 if they are UTF-16, without byte order mark.
func textOf(b []byte) []byte {
	if bytes.HasPrefix(b, []byte{0xff, 0xfe}) || bytes.HasPrefix(b, []byte{0xfe, 0xff}) {
		b = b[:len(b)&^1]
		if s, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(b); err == nil {
			return s
		}
	}
	return bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
}

func kindOf(text []byte) Kind {
	switch {
	case bytes.HasPrefix(text, []byte(`{\rtf`)):
		return RTF
	case IsJSON(text):
		return JSON
	case len(text) > 1 && text[0] == '<' && (text[1] == '?' || text[1] == '!' || isLetter(text[1])):
		return Markup
	}
	return Text
}

// IsJSON reports whether a text begins as an object or a list of JSON does.
func IsJSON(text []byte) bool {
	if len(text) == 0 {
		return false
	}
	after := bytes.TrimLeft(text[1:], " \t\r\n")
	switch text[0] {
	case '{':
		return len(after) > 0 && strings.IndexByte(`"}`, after[0]) >= 0
	case '[':
		return len(after) > 0 && strings.IndexByte(`{]`, after[0]) >= 0
	}
	return false
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// Contains reports whether the text of a head contains a mark.
func (h *Head) Contains(mark string) bool { return bytes.Contains(h.Text, []byte(mark)) }

// HasPrefix reports whether the text of a head begins with a mark, in any case.
func (h *Head) HasPrefix(mark string) bool {
	return len(h.Text) >= len(mark) && strings.EqualFold(string(h.Text[:len(mark)]), mark)
}

// rootBytes is how far into XML the root is looked for: past declarations, a
// DTD and comments.
const rootBytes = 16 << 10

// Root returns the name of the first element of a head of the kind Markup, as it
// is written, with its prefix; empty when there is none. What stands in
// declarations, comments and an internal DTD is passed over.
func (h *Head) Root() string {
	if h.Kind != Markup {
		return ""
	}
	for b := h.Text[:min(len(h.Text), rootBytes)]; ; {
		at := bytes.IndexByte(b, '<')
		if at < 0 || at+1 >= len(b) {
			return ""
		}
		b = b[at+1:]
		if isLetter(b[0]) || b[0] == '_' {
			end := bytes.IndexAny(b, " \t\r\n/>")
			if end < 0 {
				end = len(b)
			}
			return string(b[:end])
		}
		b = afterDeclaration(b)
	}
}

// afterDeclaration returns what follows a comment, a declaration or a DTD, of
// which b is the rest after its "<".
func afterDeclaration(b []byte) []byte {
	end := ">"
	switch {
	case bytes.HasPrefix(b, []byte("!--")):
		end = "-->"
	case b[0] == '?':
		end = "?>"
	case b[0] == '!':
		if open := bytes.IndexAny(b, "[>"); open >= 0 && b[open] == '[' {
			end = "]"
		}
	}
	if at := bytes.Index(b, []byte(end)); at >= 0 {
		return b[at+len(end):]
	}
	return nil
}
