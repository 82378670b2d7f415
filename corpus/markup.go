package corpus

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/newsq/newsq/internal/extract"
)

// looksHTML reports whether s is marked up: it starts with a tag, or closes
// a paragraph or breaks a line by one.
func looksHTML(s string) bool {
	n := strings.IndexByte(s, '<')
	if n < 0 {
		return false
	}
	if t := strings.TrimLeft(s, " \t\n"); len(t) > 2 && t[0] == '<' && strings.IndexByte(t, '>') > 0 &&
		('a' <= t[1]|0x20 && t[1]|0x20 <= 'z' || t[1] == '!') {
		return true
	}
	for _, tag := range [...]string{"</p>", "<p>", "<br", "</div>", "</a>", "</P>", "<BR", "</li>"} {
		if strings.Contains(s[n:], tag) {
			return true
		}
	}
	return false
}

// markupBlocks returns all the text of a piece of HTML that is an article's
// body. Unlike extract.HTML, which looks for the article within a page, it
// leaves nothing out: what stands around the text is gone already.
func markupBlocks(s string) []extract.Block {
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
			name, _ := z.TagName()
			m.start(atom.Lookup(name))
		case html.EndTagToken:
			name, _ := z.TagName()
			m.close(atom.Lookup(name))
		}
	}
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
	case tag == atom.Script || tag == atom.Style || tag == atom.Iframe:
		m.skip = tag
	case tag == atom.Br:
		m.text.WriteByte('\n')
	case headingLevel(tag) > 0:
		m.end()
		m.level = headingLevel(tag)
	case !inline(tag):
		m.end()
	}
}

func (m *markup) close(tag atom.Atom) {
	switch {
	case m.skip == tag:
		m.skip = 0
	case m.skip != 0:
	case headingLevel(tag) > 0:
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
		if part = tidyBlock(part); part != "" {
			m.blocks = append(m.blocks, extract.Block{Heading: m.level > 0, Level: m.level, Text: part})
		}
	}
}

func headingLevel(tag atom.Atom) int {
	switch tag {
	case atom.H1:
		return 1
	case atom.H2:
		return 2
	case atom.H3:
		return 3
	case atom.H4:
		return 4
	case atom.H5:
		return 5
	case atom.H6:
		return 6
	}
	return 0
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
