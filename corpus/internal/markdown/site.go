package markdown

import (
	"path"
	"regexp"
	"strings"
	"sync"
)

// Generators of sites, such as Jekyll, Hugo and Hexo, fill in what stands between
// braces: {% tag %}, {{ value }}, {{< shortcode >}}, and {: attributes }. None of
// it is text. What stands between two tags is, and so is a caption.

// maxTemplate is how long what stands in braces may be, in bytes.
const maxTemplate = 2000

// isSection reports whether a file is the page of a section of a site made with
// Hugo: _index.md, or _index.fr.md. It says what the section is, and is no
// article.
func isSection(name string) bool {
	stem, _, _ := strings.Cut(path.Base(strings.ReplaceAll(name, `\`, "/")), ".")
	return stem == "_index"
}

// withoutTemplates returns a text without what a generator fills in. Code stays
// as it is.
func withoutTemplates(s string) string {
	if !strings.Contains(s, "{%") && !strings.Contains(s, "{{") && !strings.Contains(s, "{:") {
		return s
	}
	s = contents().ReplaceAllString(s, "")
	var b, part strings.Builder
	fence := ""
	for line := range strings.Lines(s) {
		mark := fenceOf(line)
		switch {
		case fence == "" && mark == "":
			part.WriteString(line)
			continue
		case fence == "":
			fence = mark
		case strings.HasPrefix(mark, fence):
			fence = ""
		}
		b.WriteString(filled(part.String()))
		part.Reset()
		b.WriteString(line)
	}
	b.WriteString(filled(part.String()))
	return b.String()
}

// contents is a list that a generator fills with the headings of the text.
var contents = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?m)^(?:[*-]|1\.) .*\n\{: ?toc[^}\n]*\}`)
})

// fenceOf returns the marks with which a line begins or ends code; empty for any
// other line.
func fenceOf(line string) string {
	line = strings.TrimLeft(line, " ")
	for _, c := range [...]string{"`", "~"} {
		if n := len(line) - len(strings.TrimLeft(line, c)); n >= 3 {
			return line[:n]
		}
	}
	return ""
}

// filled returns a text that has no code of several lines without what is filled
// in.
func filled(s string) string {
	f := filler{s: s}
	var b strings.Builder
	for f.at < len(s) {
		n := strings.IndexAny(s[f.at:], "{`")
		if n < 0 {
			break
		}
		b.WriteString(s[f.at : f.at+n])
		f.at += n
		text, n := f.template()
		b.WriteString(text)
		f.at += n
	}
	b.WriteString(s[f.at:])
	return b.String()
}

// filler goes through a text. It remembers where templates end, so that one that
// begins many and ends none takes no longer than any other.
type filler struct {
	s          string
	at         int
	tag, value int // where the next of %} and }} ends, if that lies behind at
}

// until returns what stands in the template at hand, which ends with end, and its
// length; 0 when it does not end soon. Next is where the next end was seen.
func (f *filler) until(end string, next *int) (inner string, n int) {
	from := f.at + 2
	if *next < from+len(end) {
		*next = len(f.s) + maxTemplate
		if at := strings.Index(f.s[min(from, len(f.s)):], end); at >= 0 {
			*next = from + at + len(end)
		}
	}
	if n = *next - f.at; n > maxTemplate {
		return "", 0
	}
	return strings.Trim(f.s[from:*next-len(end)], "-<>% \t\n"), n
}

// template returns what stands in place of the template, or the code, at hand,
// and its length.
func (f *filler) template() (text string, n int) {
	s := f.s[f.at:]
	switch {
	case s[0] == '`':
		return inlineCode(s)
	case strings.HasPrefix(s, "{%"):
		tag, n := f.until("%}", &f.tag)
		if n > 0 && tag == "comment" {
			if end := endComment().FindStringIndex(s[:min(len(s), maxComment)]); end != nil {
				n = end[1]
			}
		}
		if n > 0 {
			return caption(tag), n
		}
	case strings.HasPrefix(s, "{{"):
		value, n := f.until("}}", &f.value)
		switch {
		case n == 0:
		case strings.HasPrefix(s, "{{<"), strings.HasPrefix(s, "{{%"):
			return caption(value), n
		case len(value) > 1 && (value[0] == '"' || value[0] == '\''):
			text, _, _ := strings.Cut(value[1:], value[:1])
			return text, n
		default:
			return "", n
		}
	case strings.HasPrefix(s, "{:"):
		s = s[:min(len(s), maxCode)]
		if end := strings.IndexAny(s, "}\n"); end > 0 && s[end] == '}' {
			return "", end + 1
		}
	}
	return s[:1], 1
}

// maxComment is how long what a generator leaves out may be, and maxCode how long
// code or attributes within a line, in bytes.
const (
	maxComment = 20_000
	maxCode    = 200
)

var endComment = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\{%-?\s*endcomment\s*-?%\}`) })

// inlineCode returns the code that s begins with, as it stands, or its mark where
// it does not end in the line.
func inlineCode(s string) (text string, n int) {
	marks := len(s) - len(strings.TrimLeft(s, "`"))
	line := s[marks:min(len(s), marks+maxCode)]
	if end := strings.IndexByte(line, '\n'); end >= 0 {
		line = line[:end]
	}
	if at := strings.Index(line, s[:marks]); at >= 0 {
		return s[:2*marks+at], 2*marks + at
	}
	return s[:marks], marks
}

var captionOf = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\bcaption\s*=\s*(?:"([^"]*)"|'([^']*)')`)
})

// caption returns the caption that a tag states, as a paragraph of its own.
func caption(tag string) string {
	if m := captionOf().FindStringSubmatch(tag); m != nil {
		return "\n\n" + m[1] + m[2] + "\n\n"
	}
	return ""
}
