package corpus

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/newsq/newsq/corpus/internal/html"
	"github.com/newsq/newsq/corpus/internal/json"
	"github.com/newsq/newsq/corpus/internal/markdown"
	"github.com/newsq/newsq/corpus/internal/plaintext"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/internal/extract"
)

// format is a form in which articles are kept, and what reads it.
type format struct {
	name       string
	extensions []string
	types      []string // MIME types
	own        bool     // it is a program's own, see Format
	// version is raised whenever the reader would read the same bytes
	// differently. Then the stamps of its files change, and a sync reads these
	// files again and no others.
	version int
	// sniff reports whether a file without a known extension is in this
	// format. It is nil for a format that is never told by content.
	sniff func(s sample) bool
	read  reader.Func
}

// formatTable is what can be read. Each extension may be followed by one of
// compressions. A folder walk reads files with these extensions, and those
// without any that some format takes.
//
// Rows are asked from the last to the first. So plain text, which anything may
// be, is asked after all others, and a program's own formats go before newsq's.
type formatTable []format

// newsqFormats is what newsq reads by itself. Nothing changes it.
var newsqFormats = formatTable{
	{
		name:       "plain text",
		extensions: []string{".txt", ".text"},
		types:      []string{"text/plain"},
		version:    plaintext.Version,
		sniff:      sample.isPlainText,
		read:       plaintext.Read,
	},
	{
		name:       "Markdown",
		extensions: []string{".md", ".markdown"},
		types:      []string{"text/markdown"},
		version:    markdown.Version,
		sniff:      sample.isMarkdown,
		read:       markdown.Read,
	},
	{
		name:       "HTML",
		extensions: []string{".html", ".htm", ".xhtml"},
		types:      []string{"text/html", "application/xhtml+xml"},
		version:    html.Version,
		sniff:      sample.isHTML,
		read:       html.Read,
	},
	{
		name:       "JSON",
		extensions: []string{".json"},
		types:      []string{"application/json", "application/feed+json", "application/ld+json"},
		version:    json.Version,
		sniff:      sample.isJSON,
		read:       json.Read,
	},
	{
		name:       "JSON Lines",
		extensions: []string{".jsonl", ".ndjson"},
		types:      []string{"application/x-ndjson", "application/jsonl", "application/json-lines", "application/x-jsonlines"},
		version:    json.Version,
		read:       json.ReadLines,
	},
}

// articleVersion is raised whenever an article is made differently of what a
// reader of any format found, so that all files are read again.
const articleVersion = 2

// stamp returns what the stamp of a file tells of all that decides how its
// bytes are read, but for Options. F is the format of its extension; nil when
// content decides, so that any format may be meant that has a sniff.
//
// Versions of newsq's formats only rise. So the sum of what they were raised by
// changes whenever one of them does.
func (t formatTable) stamp(f *format) (version int, own string) {
	version = articleVersion
	for i := range t {
		row := &t[i]
		switch {
		case f != row && (f != nil || row.sniff == nil):
		case row.own:
			own += fmt.Sprintf(" format %q %d", row.name, row.version)
		default:
			version += row.version - 1
		}
	}
	return version, own
}

// compressions are the extensions of compressed files.
var compressions = [...]string{".gz", ".zst"}

// isCompression reports whether an extension tells a compression.
func isCompression(ext string) bool {
	return slices.ContainsFunc(compressions[:], func(c string) bool { return strings.EqualFold(c, ext) })
}

// ofFile finds the format of a file by its name. Ext is the extension that
// decides, empty when there is none; f is nil when none of the table has it.
// Stem is the name without all of it.
func (t formatTable) ofFile(name string) (f *format, ext, stem string) {
	stem = name
	for _, c := range compressions {
		if cut := len(stem) - len(c); cut > 0 && strings.EqualFold(stem[cut:], c) {
			stem = stem[:cut]
			break
		}
	}
	ext = filepath.Ext(stem)
	if !isExtension(ext) {
		return nil, "", stem
	}
	stem = strings.TrimSuffix(stem, ext)
	return t.named(ext), strings.ToLower(ext), stem
}

// isExtension reports whether what follows the last dot of a name tells a
// format, rather than being part of a title or a date.
func isExtension(ext string) bool {
	if len(ext) < 2 || len(ext) > 10 {
		return false
	}
	letter := false
	for _, r := range ext[1:] {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && r != '-' {
			return false
		}
		letter = letter || unicode.IsLetter(r)
	}
	return letter
}

// named finds a format by extension, with or without its dot, or by MIME type;
// nil when there is none.
func (t formatTable) named(s string) *format {
	s, _, _ = strings.Cut(strings.ToLower(s), ";")
	s = strings.TrimSpace(s)
	if !strings.ContainsAny(s, "./") {
		s = "." + s
	}
	for i := len(t) - 1; i >= 0; i-- {
		if f := &t[i]; slices.Contains(f.extensions, s) || slices.Contains(f.types, s) {
			return f
		}
	}
	return nil
}

// readable lists the extensions of the table, for messages.
func (t formatTable) readable() string {
	var all []string
	for i := range t {
		all = append(all, t[i].extensions...)
	}
	return strings.Join(all, " ") + ", each also with " + strings.Join(compressions[:], " or ")
}

// sample is the beginning of a file whose format is to be told.
type sample struct {
	head []byte // as it is
	// text is the beginning without byte order mark and leading white space.
	text   []byte
	binary bool // it is no text in any character set
}

// sniff finds the format of a file by its first bytes; nil when it is no
// text, or markup other than HTML.
func (t formatTable) sniff(head []byte) *format {
	s := sample{
		head:   head,
		text:   bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n"),
		binary: extract.IsBinary(head),
	}
	for i := len(t) - 1; i >= 0; i-- {
		if f := &t[i]; f.sniff != nil && f.sniff(s) {
			return f
		}
	}
	return nil
}

func (s sample) isJSON() bool {
	if s.binary || len(s.text) == 0 {
		return false
	}
	return s.text[0] == '{' && startsJSON(s.text[1:], `"}`) || s.text[0] == '[' && startsJSON(s.text[1:], `{]`)
}

func (s sample) isHTML() bool { return !s.binary && !s.isOtherXML() && isHTMLStart(s.text) }

// isOtherXML reports whether a text is XML and not an XHTML page.
func (s sample) isOtherXML() bool {
	return startsFold(s.text, "<?xml") && !bytes.Contains(bytes.ToLower(s.text[:min(len(s.text), 1024)]), []byte("<html"))
}

func (s sample) isMarkdown() bool {
	if s.binary {
		return false
	}
	for _, mark := range [...]string{"---\n", "---\r\n", "# "} {
		if bytes.HasPrefix(s.text, []byte(mark)) {
			return true
		}
	}
	return false
}

func (s sample) isPlainText() bool { return !s.binary && !s.isOtherXML() }

// startsJSON reports whether the first byte of b after white space is one of
// those given.
func startsJSON(b []byte, first string) bool {
	b = bytes.TrimLeft(b, " \t\r\n")
	return len(b) > 0 && strings.IndexByte(first, b[0]) >= 0
}

// isHTMLStart reports whether b starts as an HTML page or a part of one does.
func isHTMLStart(b []byte) bool {
	for _, tag := range [...]string{
		"<!doctype html", "<?xml", "<html", "<head", "<body", "<!--", "<article", "<main", "<section", "<div", "<p>", "<p ",
		"<h1", "<h2", "<meta", "<title",
	} {
		if startsFold(b, tag) {
			return true
		}
	}
	return false
}

func startsFold(b []byte, prefix string) bool {
	return len(b) >= len(prefix) && strings.EqualFold(string(b[:len(prefix)]), prefix)
}
