package xmltree

import (
	"html"
	"strings"
)

// Node is an element, or a text when Name is empty.
type Node struct {
	Prefix   string // "dc" of dc:creator; empty without
	Name     string // without prefix, in lower case
	Attrs    []Attr
	Children []*Node
	Text     string // of a text
	Parent   *Node  // nil for the root
	Line     int    // where it starts, from 1
	IsCut    bool   // of a record: the file ends in it
}

// Attr is an attribute.
type Attr struct {
	Prefix, Name string // in lower case
	Value        string
}

// Is reports whether the name of an element is one of those given, which may
// have a prefix: "dc:creator" is that alone, "creator" is one with any or none.
func (n *Node) Is(names ...string) bool {
	for _, name := range names {
		if prefix, local, ok := strings.Cut(name, ":"); ok {
			if n.Prefix == prefix && n.Name == local {
				return true
			}
		} else if n.Name == name {
			return true
		}
	}
	return false
}

// Attr returns an attribute by its name, which may have a prefix, as in
// [Node.Is]; empty when there is none. It may be called on nil.
func (n *Node) Attr(name string) string {
	v, _ := n.HasAttr(name)
	return v
}

// HasAttr is Attr that also reports whether there is one.
func (n *Node) HasAttr(name string) (value string, ok bool) {
	if n == nil {
		return "", false
	}
	prefix, local, qualified := strings.Cut(name, ":")
	if !qualified {
		local = prefix
	}
	for i := range n.Attrs {
		if a := &n.Attrs[i]; a.Name == local && (!qualified || a.Prefix == prefix) {
			return a.Value, true
		}
	}
	return "", false
}

// All returns the children that have one of these names, see [Node.Is]. It may
// be called on nil.
func (n *Node) All(names ...string) []*Node {
	if n == nil {
		return nil
	}
	var all []*Node
	for _, c := range n.Children {
		if c.Name != "" && c.Is(names...) {
			all = append(all, c)
		}
	}
	return all
}

// Child returns the first child by the first of the names that any has; nil
// when none does. It may be called on nil.
func (n *Node) Child(names ...string) *Node {
	for _, name := range names {
		if all := n.All(name); len(all) > 0 {
			return all[0]
		}
	}
	return nil
}

// At returns the first element at a path of names, such as "head/title"; nil
// when there is none. It may be called on nil.
func (n *Node) At(path string) *Node {
	for name := range strings.SplitSeq(path, "/") {
		n = n.Child(name)
	}
	return n
}

// Find returns all elements below n that have one of these names, in order.
// What lies within one that was found is not searched. It may be called on nil.
func (n *Node) Find(names ...string) []*Node {
	if n == nil {
		return nil
	}
	var all []*Node
	for _, c := range n.Children {
		switch {
		case c.Name == "":
		case c.Is(names...):
			all = append(all, c)
		default:
			all = append(all, c.Find(names...)...)
		}
	}
	return all
}

// First returns the first of what Find returns; nil when there is none.
func (n *Node) First(names ...string) *Node {
	if all := n.Find(names...); len(all) > 0 {
		return all[0]
	}
	return nil
}

// Content returns all text in n, as it stands, without tags. It may be called on
// nil.
func (n *Node) Content() string {
	if n == nil {
		return ""
	}
	if len(n.Children) == 1 && n.Children[0].Name == "" {
		return n.Children[0].Text
	}
	var b strings.Builder
	n.content(&b)
	return b.String()
}

func (n *Node) content(b *strings.Builder) {
	b.WriteString(n.Text)
	for _, c := range n.Children {
		c.content(b)
	}
}

// OneLine is Content on one line. It may be called on nil.
func (n *Node) OneLine() string { return strings.Join(strings.Fields(n.Content()), " ") }

// HTML returns what n holds as HTML, without prefixes: for XHTML within XML. It
// may be called on nil.
func (n *Node) HTML() string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	for _, c := range n.Children {
		c.html(&b)
	}
	return b.String()
}

func (n *Node) html(b *strings.Builder) {
	if n.Name == "" {
		b.WriteString(html.EscapeString(n.Text))
		return
	}
	b.WriteByte('<')
	b.WriteString(n.Name)
	for i := range n.Attrs {
		if a := &n.Attrs[i]; a.Prefix == "" && a.Name != "xmlns" {
			b.WriteByte(' ')
			b.WriteString(a.Name)
			b.WriteString(`="`)
			b.WriteString(html.EscapeString(a.Value))
			b.WriteByte('"')
		}
	}
	b.WriteByte('>')
	for _, c := range n.Children {
		c.html(b) // a void element has some where nobody closed it, as in "<br>"
	}
	if isVoid(n.Name) {
		return
	}
	b.WriteString("</")
	b.WriteString(n.Name)
	b.WriteByte('>')
}

// isVoid reports whether an element of HTML has neither content nor end tag.
func isVoid(name string) bool {
	switch name {
	case "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr":
		return true
	}
	return false
}
