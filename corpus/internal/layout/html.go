package layout

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/newsq/newsq/internal/extract"
)

// LooksHTML reports whether s is marked up: whether it closes an element of
// HTML, breaks a line, or begins a paragraph. A name in angle brackets alone,
// as wire services write companies, is no markup.
func LooksHTML(s string) bool {
	for {
		n := strings.IndexByte(s, '<')
		if n < 0 {
			return false
		}
		s = s[n+1:]
		name, closes := strings.CutPrefix(s[:min(len(s), 16)], "/")
		end := strings.IndexAny(name, "> /")
		if end <= 0 {
			continue
		}
		tag := atom.Lookup([]byte(strings.ToLower(name[:end])))
		if tag == atom.Br || tag != 0 && closes || tag == atom.P && name[0] == 'p' {
			return true
		}
	}
}

// HTMLBlocks returns all the text of a piece of HTML that is an article's
// body. Unlike extract.HTML, which looks for the article within a page, it
// leaves nothing out: what stands around the text is gone already.
func HTMLBlocks(s string) []extract.Block {
	var m markup
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		switch z.Next() {
		case html.ErrorToken:
			m.end()
			return m.blocks
		case html.TextToken:
			if m.skip == 0 {
				m.write(string(z.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			raw := string(z.Raw())
			name, _ := z.TagName()
			tag := atom.Lookup(name)
			if tag == 0 && isProper(raw) && m.skip == 0 {
				m.write(raw)
			}
			m.start(tag)
		case html.EndTagToken:
			name, _ := z.TagName()
			m.close(atom.Lookup(name))
		}
	}
}

// isProper reports whether what looks like a tag is a name in angle brackets,
// which belongs to the text: no element of HTML, and written with a capital.
func isProper(raw string) bool {
	return len(raw) > 2 && 'A' <= raw[1] && raw[1] <= 'Z' && !strings.ContainsAny(raw, "=:")
}

// markup collects the text of a piece of HTML into blocks.
type markup struct {
	blocks []extract.Block
	text   strings.Builder
	level  int       // of the heading that is open; 0 for none
	skip   atom.Atom // the element that is open and not shown; 0 for none
}

func (m *markup) start(tag atom.Atom) {
	switch {
	case m.skip != 0:
	case tag == atom.Script || tag == atom.Style || tag == atom.Iframe || tag == atom.Svg:
		m.skip = tag
	case tag == atom.Br:
		m.text.WriteByte('\n')
	case extract.HeadingLevel(tag) > 0:
		m.end()
		m.level = extract.HeadingLevel(tag)
	case !inline(tag):
		m.end()
	}
}

func (m *markup) close(tag atom.Atom) {
	switch {
	case m.skip == tag:
		m.skip = 0
	case m.skip != 0:
	case extract.HeadingLevel(tag) > 0:
		m.end()
		m.level = 0
	case !inline(tag):
		m.end()
	}
}

// write adds text. A line break in it is white space, as in a browser, but a
// blank line parts paragraphs: some editors store them so, and leave the tags
// to the page's template.
func (m *markup) write(s string) {
	s = extract.Clean(s)
	for {
		n := strings.IndexByte(s, '\n')
		if n < 0 {
			m.text.WriteString(s)
			return
		}
		m.text.WriteString(s[:n])
		rest := strings.TrimLeft(s[n:], " \t\n")
		if strings.Count(s[n:len(s)-len(rest)], "\n") > 1 {
			m.text.WriteString("\n\n")
		} else {
			m.text.WriteByte(' ')
		}
		s = rest
	}
}

// end closes the open block.
func (m *markup) end() {
	s := extract.Clean(m.text.String())
	m.text.Reset()
	for part := range strings.SplitSeq(s, "\n\n") {
		if part = TidyBlock(part); part != "" {
			m.blocks = append(m.blocks, extract.Block{Heading: m.level > 0, Level: m.level, Text: part})
		}
	}
}

// inline reports whether text goes on across a tag.
func inline(tag atom.Atom) bool {
	switch tag {
	case 0, atom.A, atom.Abbr, atom.B, atom.Cite, atom.Code, atom.Em, atom.Font, atom.I, atom.Ins, atom.Del, atom.Mark,
		atom.Q, atom.S, atom.Small, atom.Span, atom.Strong, atom.Sub, atom.Sup, atom.Time, atom.U, atom.Wbr:
		return true
	}
	return false
}

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
