package mail

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// tidyHTML prepares the HTML of a mail for what reads articles. It drops the
// elements that mail programs show beside the subject and nowhere else, as no room
// is left for their text, and makes of tables that only lay out the page what they
// stand for: blocks. HTML that cannot be parsed, and that in which nothing would
// be left, stays as it is.
func tidyHTML(s string) string {
	if !strings.Contains(s, "<table") && !strings.Contains(s, "style=") && !strings.Contains(s, "<TABLE") {
		return s
	}
	if strings.Count(s, "<") > maxTags {
		return s
	}
	doc, err := html.Parse(strings.NewReader(s))
	if err != nil {
		return s
	}
	if tidy(doc); !holdsText(doc) {
		return s
	}
	var b strings.Builder
	if err := html.Render(&b, doc); err != nil {
		return s
	}
	return b.String()
}

// maxTags is how many tags a mail may have for a tree to be made of it.
const maxTags = 200_000

// tidy drops what is hidden below n and replaces the tables that hold blocks. It
// reports whether there are blocks below n.
func tidy(n *html.Node) (blocks bool) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		switch {
		case c.Type != html.ElementNode:
		case isHidden(c):
			n.RemoveChild(c)
		default:
			below := tidy(c)
			if c.DataAtom == atom.Table && below {
				unlayTable(c)
			}
			blocks = blocks || below || isBlock(c.DataAtom)
		}
		c = next
	}
	return blocks
}

// isBlock reports whether an element is one that no cell of a table of data has.
func isBlock(a atom.Atom) bool {
	switch a {
	case atom.Table, atom.P, atom.Div, atom.Ul, atom.Ol, atom.Blockquote, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// unlayTable makes blocks of a table and its cells, but not of tables in these.
func unlayTable(n *html.Node) {
	switch n.DataAtom {
	case atom.Table, atom.Tbody, atom.Thead, atom.Tfoot, atom.Tr, atom.Td, atom.Th, atom.Caption:
	default:
		return
	}
	n.DataAtom, n.Data = atom.Div, "div"
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && c.DataAtom != atom.Table {
			unlayTable(c)
		}
	}
}

// isHidden reports whether an element has a style that leaves no room for its
// text. A font without size is no such style: tables have it for what is around
// their cells.
func isHidden(n *html.Node) bool {
	for _, a := range n.Attr {
		if a.Key != "style" {
			continue
		}
		s := ";" + strings.ToLower(strings.Join(strings.Fields(a.Val), "")) + ";"
		if strings.Contains(s, ";height:0") && strings.Contains(s, ";overflow") && !strings.Contains(s, ";height:0.") {
			return true
		}
		for _, mark := range [...]string{"display:none", "visibility:hidden", "max-height:0;", "max-height:0px", "opacity:0;"} {
			if strings.Contains(s, mark) {
				return true
			}
		}
	}
	return false
}

// holdsText reports whether there is any text below n.
func holdsText(n *html.Node) bool {
	if n.Type == html.TextNode {
		return strings.TrimSpace(n.Data) != ""
	}
	if n.DataAtom == atom.Head || n.DataAtom == atom.Style || n.DataAtom == atom.Script {
		return false
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if holdsText(c) {
			return true
		}
	}
	return false
}
