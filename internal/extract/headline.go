package extract

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// isHeadline reports whether a reader takes an h1 for the headline of the
// page: some stand in a path of links, in a menu or a dialog, or are there for
// search engines alone.
func isHeadline(h1 *html.Node) bool {
	for n := h1; n != nil; n = n.Parent {
		switch n.DataAtom {
		case atom.Nav, atom.Dialog, atom.Footer, atom.Aside, atom.Noscript, atom.Template:
			return false
		case atom.Html, atom.Body, atom.Main, atom.Article:
			return true
		}
		for _, a := range n.Attr {
			if hidesHeadline(a) {
				return false
			}
		}
	}
	return true
}

// hidesHeadline reports whether an attribute says that a headline in its
// element is not the article's, or not to be seen.
func hidesHeadline(a html.Attribute) bool {
	switch a.Key {
	case "hidden":
		return true
	case "aria-hidden":
		return a.Val == "true"
	case "style":
		return hidingStyle(a.Val)
	case "class", "id", "itemtype", "data-testid", "data-component":
		for name := range strings.FieldsSeq(strings.ToLower(a.Val[:min(len(a.Val), maxMetaValue)])) {
			if strings.Contains(name, "breadcrumb") || strings.Contains(name, "seotitle") || strings.Contains(name, "seo-title") ||
				strings.Contains(name, "visually-hidden") || strings.Contains(name, "visuallyhidden") ||
				strings.Contains(name, "sr-only") || strings.Contains(name, "screen-reader") || hasNamePart(name, "logo") {
				return true
			}
		}
		return false
	}
	return strings.HasPrefix(a.Key, "data-") && strings.Contains(a.Key, "breadcrumb")
}

// hasNamePart reports whether a name is made of parts at hyphens and
// underscores of which one is part.
func hasNamePart(name, part string) bool {
	for p := range strings.FieldsFuncSeq(name, func(r rune) bool { return r == '-' || r == '_' }) {
		if p == part {
			return true
		}
	}
	return false
}

// kickerNames are what stylesheets call a line above a headline.
var kickerNames = [...]string{
	"kicker", "topline", "overline", "eyebrow", "dachzeile", "topic", "rubri", "category", "section", "pretitle", "surtitle", "surtitre",
	"overtitle", "supertitle", "catchline", "antetitulo", "occhiello",
}

// headlineText returns the text of an h1 without a line above the headline
// that stands in it as an element of its own.
func headlineText(h1 *html.Node) string {
	whole := oneLine(h1)
	first := h1.FirstChild
	for first != nil && first.Type == html.TextNode && strings.TrimSpace(first.Data) == "" {
		first = first.NextSibling
	}
	if first == nil || first.Type != html.ElementNode {
		return whole
	}
	class := strings.ToLower(attr(first, "class"))
	for _, name := range kickerNames {
		if strings.Contains(class, name) {
			if rest, ok := strings.CutPrefix(whole, oneLine(first)); ok {
				if rest = strings.TrimLeft(rest, " :|–—-·/"); rest != "" {
					return rest
				}
			}
		}
	}
	return whole
}

// shows reports whether a title stands on the page as a line of its own, and
// not as a link.
func (m *metadata) shows(title string) bool {
	folded := foldTitle(title)
	if folded == "" || m.doc == nil {
		return false
	}
	for n := range m.doc.Descendants() {
		if n.Type == html.TextNode && len(n.Data) <= 2*maxMetaValue && foldTitle(n.Data) == folded && isSeenLine(n) {
			return true
		}
	}
	return false
}

// isSeenLine reports whether a text is neither hidden, nor a link, nor part of
// a menu or a path of links.
func isSeenLine(n *html.Node) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		switch p.DataAtom {
		case atom.A, atom.Script, atom.Style, atom.Title, atom.Nav, atom.Aside, atom.Footer, atom.Noscript, atom.Button:
			return false
		}
		if slices.ContainsFunc(p.Attr, hidesHeadline) {
			return false
		}
	}
	return true
}
