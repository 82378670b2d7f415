package extract

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// isHeadline reports whether a reader takes an h1 for the headline of the
// page: some stand in a path of links, in a menu or a dialog, or are there for
// search engines alone.
func isHeadline(h1 *html.Node) bool {
	if leadsHome(h1) {
		return false
	}
	for n, depth := h1, 0; n != nil; n, depth = n.Parent, depth+1 {
		if depth < 3 && boxName().MatchString(strings.ToLower(attr(n, "class"))) {
			return false
		}
		switch n.DataAtom {
		case atom.Nav, atom.Dialog, atom.Footer, atom.Aside, atom.Noscript, atom.Template:
			return false
		case atom.Html, atom.Body, atom.Main, atom.Article:
			return true
		case atom.Li:
			if endsPath(n) {
				return false
			}
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
	case "aria-hidden", "aria-modal":
		return a.Val == "true"
	case "role":
		return a.Val == "dialog" || a.Val == "alertdialog" || a.Val == "navigation"
	case "style":
		return hidingStyle(a.Val)
	case "class", "id", "itemtype", "data-testid", "data-component":
		value := strings.ToLower(a.Val[:min(len(a.Val), maxMetaValue)])
		for name := range strings.FieldsSeq(value) {
			if hiddenName().MatchString(name) && !shownAgain().MatchString(value) {
				return true
			}
		}
		return false
	}
	return strings.HasPrefix(a.Key, "data-") && strings.Contains(a.Key, "breadcrumb")
}

var (
	// hiddenName matches classes of what is no headline of the article's or is
	// not shown, and shownAgain those that show it on some screens.
	hiddenName = pattern(`breadcrumb|seo-?title|(?:^|[_-])logo(?:[_-]|$)|visually-?hidden|(?:^|[^:-])sr-only|screen-?reader|off-?screen|element-invisible|` +
		`^(?:is[_-]|u-|d-)?(?:hidden|hide|invisible|blind|none)$|` +
		`(?:^|[_-])(?:site|blog|brand)[_-]?(?:title|name|branding)(?:[_-]|$)`)
	// boxName matches those of boxes before the page; a whole page may stand in
	// one, but farther up.
	boxName    = pattern(`(?:^|[\s_-])(?:modal|popup|cookies?|consent|dialog|lightbox|newsletter|paywall|login)(?:[\s_-]|$)`)
	shownAgain = pattern(`:not-sr-only|:(?:block|flex|inline|visible|grid)\b|\bd-(?:sm|md|lg|xl)-(?:block|flex|inline)`)
)

// endsPath reports whether an item of a list stands behind one that is all
// link: the end of a path of links.
func endsPath(li *html.Node) bool {
	prev := li.PrevSibling
	for prev != nil && prev.DataAtom != atom.Li {
		prev = prev.PrevSibling
	}
	if prev == nil {
		return false
	}
	a := firstLink(prev)
	return a != nil && foldTitle(oneLine(a)) == foldTitle(oneLine(prev))
}

// leadsHome reports whether all of a heading is a link to the front page, as
// the name of a site is.
func leadsHome(h *html.Node) bool {
	for n := h.Parent; n != nil && n.DataAtom != atom.Body; n = n.Parent {
		if n.DataAtom == atom.A {
			return isHome(n)
		}
	}
	a := firstLink(h)
	return a != nil && isHome(a) && foldTitle(oneLine(a)) == foldTitle(oneLine(h))
}

// maxWithin is how many nodes of a heading are looked at.
const maxWithin = 100

// firstLink returns the first link within an element.
func firstLink(n *html.Node) *html.Node {
	seen := 0
	for c := range n.Descendants() {
		if c.DataAtom == atom.A {
			return c
		}
		if seen++; seen > maxWithin {
			break
		}
	}
	return nil
}

// isHome reports whether a link leads to the front page of a site.
func isHome(a *html.Node) bool {
	if hasWord(attr(a, "rel"), "home") {
		return true
	}
	href := strings.TrimSpace(attr(a, "href"))
	if href == "" || href[0] == '#' || len(href) > maxMetaValue {
		return false
	}
	u, err := url.Parse(href)
	return err == nil && u.RawQuery == "" && u.Fragment == "" && u.Opaque == "" &&
		(u.Path == "" && u.Host != "" || u.Path == "/" || u.Path == "./" || u.Path == "../")
}

// headline is an element that a reader may take for the headline of the page.
type headline struct {
	text   string   // without a line in it that is marked as one above or below
	forms  []string // of one with parts: the whole, and what may be the headline alone
	placed bool     // it stands in the article, or has a headline's name
}

// words of classes for a line within the element of a headline, above or below
// it.
var (
	kickerName = pattern(`kicker|topline|overline|eyebrow|dachzeile|topic|rubri|category|section|pretitle|surtit|overtitle|supertitle|catchline|` +
		`antetitulo|occhiello|spitzmarke|vignette|flag|badge|label`)
	subtitleName = pattern(`sub-?_?tit|sub-?_?head|sub-?_?line|deck|standfirst|unterzeile|undertit|tagline|byline|date|time|badge|label|icon`)
	namedTitle   = pattern(`(?:^|[\s_-])(?:headline|hed|(?:entry|post|article|story|news|single|detail|blog)[_-]*(?:title|headline|heading|header|hed)|` +
		`tit(?:le|ulo|re|el|olo)[_-]+(?:article|post|news|story|single)|titulo|titre|titolo|judul)(?:$|[\s_-])`)
)

// maxParts is of how many parts a headline is looked at.
const maxParts = 6

// newHeadline reads an element.
func newHeadline(n *html.Node) headline {
	h := headline{text: oneLine(n), placed: namesTitle(n)}
	if len(h.text) > maxTitle {
		return headline{}
	}
	for p := n.Parent; p != nil && !h.placed; p = p.Parent {
		h.placed = p.DataAtom == atom.Article || p.DataAtom == atom.Main
	}
	parts := headlineParts(n)
	if len(parts) < 2 || len(parts) > maxParts {
		return h
	}
	texts := make([]string, len(parts))
	for i, p := range parts {
		texts[i] = partText(p)
	}
	if whole := strings.Join(texts, " "); foldTitle(whole) == foldTitle(h.text) {
		h.text = joinedParts(n, h.text, whole)
	}
	h.forms = append(h.forms, h.text)
	for i := range texts {
		for j := len(texts); j > i; j-- {
			if s := trimMarks(strings.Join(texts[i:j], " ")); s != "" && j-i < len(texts) {
				h.forms = append(h.forms, s)
			}
		}
	}
	from, to := 0, len(texts)
	if isLine(parts[0], kickerName()) {
		from = 1
	}
	if last := parts[to-1]; to-from > 1 && (isLine(last, subtitleName()) || last.DataAtom == atom.Time) {
		to--
	}
	if from > 0 || to < len(texts) {
		if s := trimMarks(strings.Join(texts[from:to], " ")); s != "" {
			h.text = s
		}
	}
	return h
}

// headlineParts returns the children of a headline that have text. An element
// that is the only one is looked into.
func headlineParts(n *html.Node) []*html.Node {
	for range 4 {
		var parts []*html.Node
		seen := 0
		for c := n.FirstChild; c != nil && len(parts) <= maxParts && seen < maxWithin; c, seen = c.NextSibling, seen+1 {
			if c.Type == html.TextNode && strings.TrimSpace(c.Data) != "" || c.Type == html.ElementNode && !isUnseen(c.DataAtom) && partText(c) != "" {
				parts = append(parts, c)
			}
		}
		if len(parts) != 1 || parts[0].Type != html.ElementNode {
			return parts
		}
		n = parts[0]
	}
	return nil
}

// partText returns the text of a part on one line.
func partText(n *html.Node) string {
	if n.Type == html.TextNode {
		return strings.Join(strings.Fields(Clean(n.Data[:min(len(n.Data), maxMetaValue)])), " ")
	}
	return oneLine(n)
}

// joinedParts returns the text of a headline. Where elements of some words each
// touch, they are lines of their own, and their words don't.
func joinedParts(n *html.Node, text, whole string) string {
	if len(whole) == len(text) {
		return text
	}
	for _, p := range headlineParts(n) {
		if p.Type != html.ElementNode || p.DataAtom != atom.Span && p.DataAtom != atom.Div && p.DataAtom != atom.Small || len(strings.Fields(oneLine(p))) < 2 {
			return text
		}
	}
	return whole
}

// isLine reports whether part of a headline is an element whose class has such
// a name, or that is hidden.
func isLine(n *html.Node, name *regexp.Regexp) bool {
	return n.Type == html.ElementNode &&
		(name.MatchString(strings.ToLower(attr(n, "class"))) || slices.ContainsFunc(n.Attr, hidesHeadline))
}

// trimMarks cuts what parts a headline from the line above or below it.
func trimMarks(s string) string {
	return strings.TrimRight(strings.TrimLeft(s, " :|–—-·/•+"), " |–—·/•")
}

// namesTitle reports whether an element is said to be the headline.
func namesTitle(n *html.Node) bool {
	return hasWord(attr(n, "itemprop"), "headline") || namedTitle().MatchString(strings.ToLower(attr(n, "class")))
}

// statedForm returns the part of a headline that is one of the titles that the
// page states, or the whole of it; empty if there is none. A title that is a
// part says that the rest is a line of its own.
func (h *headline) statedForm(stated []string) string {
	is := func(form string) string {
		folded := foldTitle(form)
		for _, s := range stated {
			if folded != "" && foldTitle(s) == folded {
				return s
			}
		}
		return ""
	}
	for _, form := range h.forms[min(len(h.forms), 1):] {
		if s := is(form); s != "" && (isPhrase(form) || 2*len(form) >= len(h.forms[0])) {
			return s
		}
	}
	if s := is(h.text); s != "" {
		if len(h.forms) == 0 {
			return h.text
		}
		return s // which knows the marks between the lines
	}
	if len(h.forms) > 0 {
		return is(h.forms[0])
	}
	return ""
}

// maxSmallHeadings is how many lines are looked at where no h1 is the headline.
const maxSmallHeadings = 200

// lines returns what may be the headline where no h1 is: smaller headings, and
// elements that are said to be it.
func (m *metadata) lines() []headline {
	var out []headline
	if m.doc == nil {
		return nil
	}
	seen := 0
	for n := range m.doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if level := HeadingLevel(n.DataAtom); level > 1 && level < 5 || level == 0 && (namesTitle(n) || attr(n, "role") == "heading" && attr(n, "aria-level") == "1") {
			if seen++; seen > maxSmallHeadings {
				break
			}
			if !slices.ContainsFunc(n.Attr, hidesHeadline) && isSeenLine(n) && !leadsHome(n) {
				out = append(out, newHeadline(n))
			}
		}
	}
	return out
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
