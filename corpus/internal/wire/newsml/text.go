package newsml

import (
	"html"
	"strings"

	"github.com/newsq/newsq/corpus/internal/layout"
	"github.com/newsq/newsq/corpus/internal/xmltree"
	"github.com/newsq/newsq/internal/extract"
)

// blocksOf returns the text in an element that holds XHTML, HTML as text, or
// plain text.
func blocksOf(n *xmltree.Node) []extract.Block {
	if n == nil {
		return nil
	}
	if hasElements(n) {
		if body := n.First("body"); body != nil {
			n = body
		}
		if main := mainOf(n); main != nil {
			n = main
		}
		dropPrivate(n, 0)
		return layout.HTMLBlocks(n.HTML())
	}
	s := n.Content()
	if inner, ok := soleParagraph(s); ok {
		return plainBlocks(html.UnescapeString(inner))
	}
	if layout.LooksHTML(s) {
		s = withoutStarts(s)
		root := xmltree.Parse("<div>" + s + "</div>")
		if body := root.First("body"); body != nil {
			root = body
		}
		dropPrivate(root, 0)
		return layout.HTMLBlocks(root.HTML())
	}
	return plainBlocks(s)
}

// soleParagraph returns what is in the only element of a text, a paragraph, if
// lines tell the layout of it.
func soleParagraph(s string) (inner string, ok bool) {
	s = strings.TrimSpace(s)
	if len(s) < 7 || !strings.EqualFold(s[:3], "<p>") || !strings.EqualFold(s[len(s)-4:], "</p>") {
		return "", false
	}
	s = s[3 : len(s)-4]
	return s, !layout.LooksHTML(s) && strings.Contains(strings.TrimSpace(s), "\n")
}

// withoutStarts leaves out what XML begins with.
func withoutStarts(s string) string {
	for {
		s = strings.TrimSpace(s)
		if !strings.HasPrefix(s, "<?") && !strings.HasPrefix(strings.ToLower(s[:min(len(s), 9)]), "<!doctype") {
			return s
		}
		_, rest, ok := strings.Cut(s, ">")
		if !ok {
			return s
		}
		s = rest
	}
}

// mainOf returns the section that is the article's text, where a page says so and
// puts headline, date and keywords beside it.
func mainOf(n *xmltree.Node) *xmltree.Node {
	for _, s := range n.Find("section") {
		for class := range strings.FieldsSeq(s.Attr("class")) {
			if class == "main" {
				return s
			}
		}
	}
	return nil
}

// dropPrivate takes out what is marked as not for the public.
func dropPrivate(n *xmltree.Node, depth int) {
	kept := n.Children[:0]
	for _, c := range n.Children {
		if c.Name != "" {
			class := strings.ToLower(c.Attr("class"))
			if strings.Contains(class, "nonpublic") || strings.Contains(class, "notepad") || !isPublic(c) && c.Name != "p" {
				continue
			}
			if c.Name == "script" || c.Name == "style" {
				continue
			}
			dropPrivate(c, depth+1)
		}
		kept = append(kept, c)
	}
	n.Children = kept
}

// plainBlocks parts plain text at blank lines, or, where there are none, at lines
// that are indented as paragraphs of telex are.
func plainBlocks(s string) []extract.Block {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	lines := strings.Split(s, "\n")
	indents, texts := 0, 0
	for _, line := range lines {
		if strings.TrimSpace(line) != "" {
			texts++
			if strings.HasPrefix(line, "  ") || strings.HasPrefix(line, "\t") {
				indents++
			}
		}
	}
	indented := indents > 0 && indents < texts
	var blocks []extract.Block
	var paragraph []string
	flush := func() {
		if len(paragraph) > 0 {
			blocks = append(blocks, extract.Block{Text: strings.Join(paragraph, " ")})
			paragraph = nil
		}
	}
	for _, line := range lines {
		text := strings.TrimSpace(line)
		if text == "" || indented && (strings.HasPrefix(line, "  ") || strings.HasPrefix(line, "\t")) {
			flush()
		}
		if text != "" {
			paragraph = append(paragraph, text)
		}
	}
	flush()
	return blocks
}
