package extract

import (
	"strings"
	"sync"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// weight is what an element holds, in bytes of text without whitespace.
type weight struct {
	text  int // all of it
	links int // within links
	prose int // in blocks that read like paragraphs
	h1    int // how many h1 elements
}

// weights measures every element below n.
type weights map[*html.Node]weight

// minProse is how many bytes a block must hold outside of links to count as
// prose. Menu items and captions are shorter.
const minProse = 40

// measure fills in the weights of n and of all below it. It returns those of
// the blocks below n, and of the text that is part of the block around n.
func (ws weights) measure(n *html.Node, inLink bool) (below, run weight) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			l := textLen(c.Data)
			run.text += l
			if inLink {
				run.links += l
			}
		case c.Type != html.ElementNode || isUnseen(c.DataAtom):
		default:
			b, r := ws.measure(c, inLink || c.DataAtom == atom.A)
			below.add(b)
			run.add(r)
		}
	}
	if isBlock(n.DataAtom) {
		if HeadingLevel(n.DataAtom) == 0 && isProse(run.text, run.links) {
			run.prose = run.text - run.links
		}
		below.add(run)
		run = weight{}
	}
	if n.DataAtom == atom.H1 {
		below.h1++
	}
	all := below
	all.add(run)
	ws[n] = all
	return below, run
}

func (w *weight) add(v weight) {
	w.text += v.text
	w.links += v.links
	w.prose += v.prose
	w.h1 += v.h1
}

func textLen(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		if !isSpace(s[i]) {
			n++
		}
	}
	return n
}

// isProse reports whether a block of that many bytes, and that many in links,
// reads like a paragraph.
func isProse(text, links int) bool {
	return text-links >= minProse && text-links > links
}

// prune unlinks what is not part of a page's article whatever else the page
// holds: menus, forms, captions, sharing buttons, hidden layers, the parts
// that their own class calls a sidebar or a newsletter. An element that holds
// much of the page's prose is kept whatever it is called, because
// "has-sidebar" on the body says nothing about the body. ws are the weights
// of doc.
func prune(doc *html.Node, ws weights) {
	p := pruner{ws: ws, prose: ws[doc].prose}
	p.visit(doc, false)
}

type pruner struct {
	ws    weights
	prose int // of the whole page
}

// visit prunes below n. inside tells that n lies in an article or main
// element.
func (p *pruner) visit(n *html.Node, inside bool) {
	inside = inside || n.DataAtom == atom.Article || n.DataAtom == atom.Main
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		switch {
		case c.Type == html.CommentNode:
			n.RemoveChild(c)
		case c.Type != html.ElementNode || c.DataAtom == atom.Head:
		case isUnseen(c.DataAtom):
			n.RemoveChild(c)
		case c.DataAtom != atom.Html && c.DataAtom != atom.Body && p.isBoilerplate(c, inside):
			n.RemoveChild(c)
		default:
			p.visit(c, inside)
		}
		c = next
	}
}

// How much of a page's prose may go with one element, in percent, by what
// gives the element away.
const (
	byName     = 20
	byHiding   = 50
	asComments = 80 // readers may write more than the author
)

// isBoilerplate reports whether n stands beside an article rather than in it.
func (p *pruner) isBoilerplate(n *html.Node, inside bool) bool {
	w := p.ws[n]
	share := 0
	switch n.DataAtom {
	case atom.Nav, atom.Aside, atom.Figcaption, atom.Dialog, atom.Menu, atom.Form, atom.Footer:
		share = byName
	case atom.Header:
		if !inside && w.h1 == 0 {
			share = byName
		}
	}
	for _, a := range n.Attr {
		share = max(share, boilerplateAttr(a, w.h1 > 0))
	}
	return share > 0 && w.prose*100 <= p.prose*share
}

// boilerplateAttr returns how much of a page's prose may go with an element that
// has the attribute a; 0 when the attribute says nothing.
func boilerplateAttr(a html.Attribute, holdsTitle bool) int {
	switch a.Key {
	case "hidden":
		return byHiding
	case "aria-hidden":
		if a.Val == "true" {
			return byHiding
		}
	case "style":
		if hidingStyle(a.Val) {
			return byHiding
		}
	case "role":
		switch strings.ToLower(strings.TrimSpace(a.Val)) {
		case "navigation", "banner", "contentinfo", "complementary", "menu", "menubar",
			"dialog", "alertdialog", "search", "toolbar", "tooltip":
			if !holdsTitle {
				return byName
			}
		}
	case "class", "id":
		if !holdsTitle {
			return boilerplateName(a.Val)
		}
	}
	return 0
}

func hidingStyle(s string) bool {
	s = strings.ReplaceAll(strings.ToLower(s[:min(len(s), maxMetaValue)]), " ", "")
	return strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden")
}

// boilerplateNames are the words in classes and ids that name what stands beside
// an article.
var boilerplateNames = sync.OnceValue(func() map[string]int {
	m := map[string]int{}
	for _, w := range strings.Fields(
		"nav navbar navigation menu breadcrumb breadcrumbs pagination pager skip toolbar masthead footer sidebar " +
			"related recommended recommendation recommendations recirculation trending outbrain taboola teaser teasers " +
			"newsletter newsletters subscribe subscription signup promo promotion ad ads advert advertisement advertising " +
			"sponsor sponsored banner cookie cookies consent gdpr popup modal overlay lightbox tooltip widget " +
			"share sharing sharebar social socials tags taglist caption figcaption credit credits copyright noprint hidden") {
		m[w] = byName
	}
	for _, w := range strings.Fields("comment comments disqus respond") {
		m[w] = asComments
	}
	return m
})

// boilerplateName looks up the words of a class or an id. Of each name the last
// word decides, and the first one in names of two: "article-footer" is a
// footer, "share-buttons" are for sharing, but "sidebar-grid-container"
// contains a grid, and the id "sharing-a-secret" is the anchor of a chapter.
func boilerplateName(s string) int {
	share := 0
	if len(s) > maxMetaValue {
		return 0
	}
	names := boilerplateNames()
	for name := range strings.FieldsSeq(s) {
		first, last, n := classWords(name)
		share = max(share, names[last])
		if n == 2 {
			share = max(share, names[first])
		}
	}
	return share
}

// classWords returns the first and the last word of a name in lower case, and
// how many words it has. Words end at hyphens and underscores, and where a
// capital letter follows a small one.
func classWords(name string) (first, last string, n int) {
	start := 0
	for i := 0; i <= len(name); i++ {
		sep := i == len(name) || name[i] == '-' || name[i] == '_'
		upper := !sep && i > 0 && isUpper(name[i]) && !isUpper(name[i-1])
		if !sep && !upper {
			continue
		}
		if i > start {
			last = strings.ToLower(name[start:i])
			if n == 0 {
				first = last
			}
			n++
		}
		start = i
		if sep {
			start++
		}
	}
	return first, last, n
}

func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }
