package publishing

import (
	"strings"

	"golang.org/x/net/html"
)

// Pages of exports are small and of one make, so that what is wanted is found by
// the names that its program gave it.

// Parse returns the tree of a page; nil where it cannot be parsed.
func Parse(page string) *html.Node {
	n, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return nil
	}
	return n
}

// Find returns the elements below n that is tells of, in order. N may be nil.
func Find(n *html.Node, is func(n *html.Node) bool) []*html.Node {
	var all []*html.Node
	if n == nil {
		return nil
	}
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && is(d) {
			all = append(all, d)
		}
	}
	return all
}

// First returns the first of what [Find] returns; nil when there is none.
func First(n *html.Node, is func(n *html.Node) bool) *html.Node {
	if n == nil {
		return nil
	}
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && is(d) {
			return d
		}
	}
	return nil
}

// Attr returns an attribute; empty when there is none. N may be nil.
func Attr(n *html.Node, name string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// HasClass tells of elements with a class.
func HasClass(class string) func(n *html.Node) bool {
	return func(n *html.Node) bool {
		for c := range strings.FieldsSeq(Attr(n, "class")) {
			if c == class {
				return true
			}
		}
		return false
	}
}

// Words returns the text in n on one line. N may be nil.
func Words(n *html.Node) string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// Remove takes elements out of their tree.
func Remove(nodes ...*html.Node) {
	for _, n := range nodes {
		if n != nil && n.Parent != nil {
			n.Parent.RemoveChild(n)
		}
	}
}

// Inner returns what n holds as HTML. N may be nil.
func Inner(n *html.Node) string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if err := html.Render(&b, c); err != nil {
			return b.String() // of what no parser makes
		}
	}
	return b.String()
}

// WithoutButtons returns a text without the buttons of Substack, which ask to
// subscribe, to share and to comment, and the rest as it stands in a page.
func WithoutButtons(s string) string {
	if !strings.Contains(s, "button-wrapper") && !strings.Contains(s, "subscription-widget") && !strings.Contains(s, "captioned-button") {
		return s
	}
	doc := Parse(s)
	Remove(Find(doc, func(n *html.Node) bool {
		class := Attr(n, "class")
		return strings.Contains(class, "button-wrapper") || strings.Contains(class, "subscription-widget") || strings.Contains(class, "captioned-button")
	})...)
	return Inner(doc)
}
