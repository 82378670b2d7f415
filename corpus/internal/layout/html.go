package layout

import (
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/newsq/newsq/internal/extract"
)

// LooksHTML reports whether s is marked up: whether it closes an element of
// HTML, breaks a line, shows a picture, begins a paragraph, or has a comment or
// a tag with attributes. A name in angle brackets alone, as wire services write
// companies, is no markup.
func LooksHTML(s string) bool {
	for {
		n := strings.IndexByte(s, '<')
		if n < 0 {
			return false
		}
		s = s[n+1:]
		if strings.HasPrefix(s, "!--") && strings.Contains(s, "-->") {
			return true
		}
		name, closes := strings.CutPrefix(s[:min(len(s), 16)], "/")
		end := strings.IndexAny(name, "> /\n\t")
		if end <= 0 {
			continue
		}
		switch tag := atom.Lookup([]byte(strings.ToLower(name[:end]))); {
		case tag == 0:
		case closes, tag == atom.Br, tag == atom.Wbr, tag == atom.Hr, tag == atom.P && name[0] == 'p', hasAttributes(s[end:]):
			return true
		}
	}
}

// maxTag is how long a tag with its attributes may be, in bytes.
const maxTag = 4 << 10

// hasAttributes reports whether s, which follows the name of a tag, begins
// with attributes.
func hasAttributes(s string) bool {
	end := strings.IndexAny(s[:min(len(s), maxTag)], "<>")
	return end > 0 && s[end] == '>' && strings.Contains(s[:end], "=")
}

// HTMLBlocks returns all the text of a piece of HTML that is an article's
// body.
func HTMLBlocks(s string) []extract.Block { return extract.Fragment(s) }

// TidyBlock makes sure that a block is one: without blank lines, and without
// white space at its ends.
func TidyBlock(s string) string {
	s = strings.Trim(s, " \t\n")
	if strings.IndexByte(s, '\n') < 0 {
		return s
	}
	var b strings.Builder
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.TrimRight(line, " \t"); line == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(line)
	}
	return b.String()
}
