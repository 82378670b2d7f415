package corpus

import (
	"bytes"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/newsq/newsq/internal/extract"
)

// format is a form in which articles are kept.
type format struct {
	name       string
	extensions []string
	types      []string // MIME types
	read       func(in *input)
}

// formats is the one table of what can be read. Each extension may be
// followed by one of compressions. A folder walk reads files with these
// extensions, and those without any that turn out to be text.
var formats = [...]format{
	{"plain text", []string{".txt", ".text"}, []string{"text/plain"}, readText},
	{"Markdown", []string{".md", ".markdown"}, []string{"text/markdown"}, readMarkdown},
	{"HTML", []string{".html", ".htm", ".xhtml"}, []string{"text/html", "application/xhtml+xml"}, readHTML},
	{"JSON", []string{".json"}, []string{"application/json", "application/feed+json", "application/ld+json"}, readJSON},
	{
		"JSON Lines",
		[]string{".jsonl", ".ndjson"},
		[]string{"application/x-ndjson", "application/jsonl", "application/json-lines", "application/x-jsonlines"},
		readJSONLines,
	},
}

// compressions are the extensions of compressed files.
var compressions = [...]string{".gz", ".zst"}

// formatOf finds the format of a file by its name. Ext is the extension that
// decides, empty when there is none; f is nil when none of the table has it.
// Stem is the name without all of it.
func formatOf(name string) (f *format, ext, stem string) {
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
	return formatNamed(ext), strings.ToLower(ext), stem
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

// formatNamed finds a format by extension, with or without its dot, or by
// MIME type; nil when there is none.
func formatNamed(s string) *format {
	s, _, _ = strings.Cut(strings.ToLower(s), ";")
	s = strings.TrimSpace(s)
	if !strings.ContainsAny(s, "./") {
		s = "." + s
	}
	for i := range formats {
		f := &formats[i]
		for _, names := range [...][]string{f.extensions, f.types} {
			for _, n := range names {
				if n == s {
					return f
				}
			}
		}
	}
	return nil
}

// readable lists the extensions of the table, for messages.
func readable() string {
	var all []string
	for i := range formats {
		all = append(all, formats[i].extensions...)
	}
	return strings.Join(all, " ") + ", each also with " + strings.Join(compressions[:], " or ")
}

// sniffBytes is how much of a file is looked at to tell what it is.
const sniffBytes = 64 << 10

// sniff finds the format of a file by its first bytes; nil when it is no
// text, or markup other than HTML.
func sniff(head []byte) *format {
	if extract.IsBinary(head) {
		return nil
	}
	s := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	switch {
	case len(s) == 0:
		return formatNamed(".txt")
	case s[0] == '{' && startsJSON(s[1:], `"}`), s[0] == '[' && startsJSON(s[1:], `{]`):
		return formatNamed(".json")
	case startsFold(s, "<?xml") && !bytes.Contains(bytes.ToLower(s[:min(len(s), 1024)]), []byte("<html")):
		return nil
	case s[0] == '<' && isHTMLStart(s):
		return formatNamed(".html")
	case bytes.HasPrefix(s, []byte("---\n")), bytes.HasPrefix(s, []byte("---\r\n")), bytes.HasPrefix(s, []byte("# ")):
		return formatNamed(".md")
	}
	return formatNamed(".txt")
}

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
