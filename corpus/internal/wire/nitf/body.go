package nitf

import (
	"strings"

	"github.com/newsq/newsq/corpus/internal/layout"
	"github.com/newsq/newsq/corpus/internal/xmltree"
	"github.com/newsq/newsq/internal/extract"
)

// names are the elements of a body that HTML has under another name.
var names = map[string]string{
	"hl1": "h2", "hl2": "h2", "hl3": "h3", "block": "div", "body.content": "div", "bq": "blockquote", "nitf-table": "div", "fn": "p", "note": "p", "credit": "p",
	"custom-table": "div", "alt-code": "span",
}

// leftOut are the elements of a body that are no text of it. Title, style and the
// like have another meaning in HTML.
var leftOut = map[string]bool{
	"media": true, "nitf-table-metadata": true, "body.head": true, "body.end": true, "media-caption": true, "media-metadata": true,
	"datasource": true, "script": true, "style": true, "head": true,
}

// Blocks returns the text of a body. It changes the names of what is in it.
func Blocks(content *xmltree.Node) []extract.Block {
	if content == nil {
		return nil
	}
	toHTML(content)
	return layout.HTMLBlocks(content.HTML())
}

// toHTML gives the elements below n their names in HTML, and takes out those
// that are no text. Inline elements without a meaning in HTML become spans.
func toHTML(n *xmltree.Node) {
	kept := n.Children[:0]
	for _, c := range n.Children {
		if c.Name == "" {
			kept = append(kept, c)
			continue
		}
		if leftOut[c.Name] || isForEditors(c) {
			continue
		}
		if name, ok := names[c.Name]; ok {
			c.Name = name
		} else if !isHTML(c.Name) {
			c.Name = "span"
		}
		toHTML(c)
		kept = append(kept, c)
	}
	n.Children = kept
}

// isForEditors reports whether a note is not for readers.
func isForEditors(n *xmltree.Node) bool {
	kind := n.Attr("noteclass") + n.Attr("type")
	return n.Name == "note" && (strings.Contains(kind, "editor") || kind == "std") || n.Attr("class") == "np-nonpublic"
}

func isHTML(name string) bool {
	switch name {
	case "p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "div", "table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption", "col", "colgroup",
		"ul", "ol", "li", "dl", "dt", "dd", "pre", "em", "strong", "b", "i", "u", "a", "q", "sub", "sup", "blockquote", "section", "img", "span", "cite":
		return true
	}
	return false
}
