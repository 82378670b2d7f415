package extract

import (
	"slices"
	"strings"

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
// holds: menus, forms, captions, sharing buttons, hidden layers, lists of other
// stories, the parts that their own class calls a sidebar or a newsletter. An
// element that holds much of the page's prose is kept whatever it is called,
// because "has-sidebar" on the body says nothing about the body. From what is
// kept against its name, the name is taken away, so that nobody else goes by
// it. ws are the weights of doc.
func prune(doc *html.Node, ws weights, host string) {
	p := pruner{ws: ws, prose: ws[doc].prose, host: host}
	p.look(doc)
	p.visit(doc, place{})
}

type pruner struct {
	ws         weights
	prose      int    // of the whole page
	host       string // of the page; may be empty
	articles   bool   // the page has an article or main element
	passedMain bool   // the element was passed that holds most of the page's prose and says that it is the article
	built      bool   // most of the page's prose lies in boxes called widgets
	titled     bool   // an h1 was passed
	begun      bool   // a paragraph of the article was passed
}

// place says what an element lies in.
type place struct {
	article bool       // an article or main element
	quote   bool       // a quotation, or a figure that holds one
	heading *html.Node // nil outside of headings
}

// look finds out how the page is made.
func (p *pruner) look(doc *html.Node) {
	boxed := 0
	var look func(n *html.Node, inBox bool)
	look = func(n *html.Node, inBox bool) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type != html.ElementNode {
				continue
			}
			p.articles = p.articles || isArticle(c)
			in := inBox
			if !in && c.DataAtom != atom.Body && p.ws[c].prose > 0 && className(attr(c, "class")) == saysBox {
				boxed += p.ws[c].prose
				in = true
			}
			look(c, in)
		}
	}
	look(doc, false)
	p.built = boxed*2 > p.prose
}

func isArticle(n *html.Node) bool { return n.DataAtom == atom.Article || n.DataAtom == atom.Main }

// visit prunes below n.
func (p *pruner) visit(n *html.Node, at place) {
	at.article = at.article || isArticle(n)
	switch {
	case n.DataAtom == atom.Blockquote, n.DataAtom == atom.Figure && holdsQuote(n), namesQuote(attr(n, "class")) && p.ws[n].h1 == 0:
		at.quote = true
	case HeadingLevel(n.DataAtom) > 0:
		at.heading = n
	}
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		switch {
		case c.Type == html.CommentNode:
			n.RemoveChild(c)
		case c.Type != html.ElementNode || c.DataAtom == atom.Head:
		case isUnseen(c.DataAtom):
			n.RemoveChild(c)
		case c.DataAtom != atom.Html && c.DataAtom != atom.Body && p.isBoilerplate(c, at):
			p.unlinkHeading(c)
			n.RemoveChild(c)
		default:
			p.visit(c, at)
			p.passed(c, at)
		}
		c = next
	}
}

// unlinkHeading unlinks the heading in front of n, which goes, where n is all
// that it heads or a list of links.
func (p *pruner) unlinkHeading(n *html.Node) {
	h, next := sibling(n, false), sibling(n, true)
	if h == nil || HeadingLevel(h.DataAtom) < 2 || p.ws[n].text == 0 || !isBlock(n.DataAtom) && n.DataAtom != atom.A {
		return // a sign in the heading's own line, such as "[edit]", is not what it heads
	}
	isList := (n.DataAtom == atom.Ul || n.DataAtom == atom.Ol) && p.isLinkBox(n)
	if isList || next == nil || HeadingLevel(next.DataAtom) > 0 {
		h.Parent.RemoveChild(h)
	}
}

// sibling returns the element next to n, or before it, with no text between
// them; nil where there is none.
func sibling(n *html.Node, after bool) *html.Node {
	step := func(n *html.Node) *html.Node { return n.PrevSibling }
	if after {
		step = func(n *html.Node) *html.Node { return n.NextSibling }
	}
	for n = step(n); n != nil && n.Type != html.ElementNode; n = step(n) {
		if n.Type == html.TextNode && textLen(n.Data) > 0 {
			return nil
		}
	}
	return n
}

// passed notes how far the article has come.
func (p *pruner) passed(n *html.Node, at place) {
	p.titled = p.titled || n.DataAtom == atom.H1
	p.passedMain = p.passedMain || isArticle(n) && p.ws[n].prose*2 > p.prose
	if p.begun || !at.article && !p.titled || HeadingLevel(n.DataAtom) > 0 || p.ws[n].prose == 0 {
		return
	}
	p.begun = p.ws[n].prose >= 2*minProse && (n.DataAtom == atom.P || isBlock(n.DataAtom) && ownText(n) >= minProse)
}

// ownText returns how much text stands in an element itself.
func ownText(n *html.Node) int {
	size := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode {
			size += textLen(c.Data)
		}
	}
	return size
}

// namesQuote reports whether a class has a name for quotations.
func namesQuote(class string) bool {
	for name := range strings.FieldsSeq(class[:min(len(class), maxPathClass)]) {
		for _, w := range classWords(name) {
			if w == "quote" || w == "pullquote" || w == "blockquote" || w == "quotation" {
				return true
			}
		}
	}
	return false
}

// followsQuote reports whether n stands right behind a quotation.
func followsQuote(n *html.Node) bool {
	c := sibling(n, false)
	return c != nil && c.DataAtom == atom.Blockquote
}

// holdsQuote reports whether a figure shows a quotation.
func holdsQuote(figure *html.Node) bool {
	for c := range figure.Descendants() {
		if c.DataAtom == atom.Blockquote && c.Parent.DataAtom != atom.Figcaption {
			return true
		}
	}
	return false
}

// How much of a page's prose may go with one element, in percent, by what
// gives the element away.
const (
	byName     = 20
	byHiding   = 50
	asComments = 80 // readers may write more than the author
)

// isBoilerplate reports whether n stands beside an article rather than in it.
func (p *pruner) isBoilerplate(n *html.Node, at place) bool {
	w := p.ws[n]
	share := max(hidden(n), p.byTag(n, at), p.byRole(n), p.byNames(n, at))
	switch {
	case share > 0:
	case !at.quote && (p.isLinkBox(n) || p.isLinkLine(n) || p.isSharing(n)), isLetterForm(n, w), p.isOutside(n, at):
		share = byName
	case isReplies(n) && (!at.article || holdsControls(n)):
		share = asComments
	}
	return share > 0 && w.prose*100 <= p.prose*share
}

// byTag returns how much of a page's prose may go with an element like n, by
// what it is; 0 where that says nothing.
func (p *pruner) byTag(n *html.Node, at place) int {
	w := p.ws[n]
	switch n.DataAtom {
	case atom.Footer, atom.Figcaption:
		if at.quote || n.DataAtom == atom.Footer && followsQuote(n) && w.links*2 <= w.text { // who said it
			n.DataAtom, n.Data, n.Attr = atom.P, "p", nil
			return 0
		}
		return byName
	case atom.Aside:
		if (at.article || !p.articles && p.begun) && isPullQuote(n) && w.links*2 <= w.text {
			n.DataAtom, n.Data = atom.Figure, "figure"
			unname(n, "id", "class")
			return 0
		}
		return byName
	case atom.Nav, atom.Dialog, atom.Menu, atom.Form:
		return byName
	case atom.Header:
		if !at.article && w.h1 == 0 {
			return byName
		}
	}
	return 0
}

// isPullQuote reports whether an aside is a quotation, by its class or since
// it begins with one.
func isPullQuote(n *html.Node) bool {
	if namesQuote(attr(n, "class")) {
		return true
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode || textLen(oneLine(c)) == 0 {
			continue
		}
		return c.DataAtom == atom.Blockquote || c.DataAtom == atom.Figure && holdsQuote(c)
	}
	return false
}

// hidden returns the share by which an element goes that is not shown.
func hidden(n *html.Node) int {
	for _, a := range n.Attr {
		if a.Key == "hidden" || a.Key == "aria-hidden" && a.Val == "true" || a.Key == "style" && hidingStyle(a.Val) {
			return byHiding
		}
	}
	return 0
}

func hidingStyle(s string) bool {
	s = strings.ReplaceAll(strings.ToLower(s[:min(len(s), maxMetaValue)]), " ", "")
	return strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden")
}

func (p *pruner) byRole(n *html.Node) int {
	switch strings.ToLower(strings.TrimSpace(attr(n, "role"))) {
	case "navigation", "banner", "contentinfo", "complementary", "menu", "menubar",
		"dialog", "alertdialog", "search", "toolbar", "tooltip":
		if p.ws[n].h1 == 0 {
			return byName
		}
	}
	return 0
}

// byNames returns what the class and the id of n say.
func (p *pruner) byNames(n *html.Node, at place) int {
	if HeadingLevel(n.DataAtom) > 0 {
		unname(n, "id", "class")
		return 0
	}
	class, id := className(attr(n, "class")), idName(attr(n, "id"))
	kind := max(class, id)
	if kind == says && attr(n, "id") != "" && p.isChapter(n, at) {
		unname(n, "id")
	}
	if kind == says || p.ws[n].h1 > 0 {
		return 0
	}
	if !isHiddenByClass(n) && p.isContent(n, at, class, id) {
		unname(n, "id", "class")
		return 0
	}
	if kind == saysReply {
		return asComments
	}
	return byName
}

// isContent reports whether an element belongs to the article although its
// names sound otherwise.
func (p *pruner) isContent(n *html.Node, at place, class, id nameKind) bool {
	w := p.ws[n]
	switch {
	case at.heading != nil && w.text == p.ws[at.heading].text:
		return true
	case (at.quote || n.DataAtom == atom.Cite || followsQuote(n)) && w.links*2 <= w.text && class != saysReply:
		return true
	case (class == says || isSlug(n)) && p.isChapter(n, at):
		return true
	case max(class, id) == saysBox:
		return (at.article || p.built) && w.links*3 <= w.text && !holdsControls(n)
	}
	return p.isStandfirst(n, at)
}

// isSlug reports whether each class of n that says something is made of the
// words of the heading that n begins with.
func isSlug(n *html.Node) bool {
	h := firstHeading(n)
	if h == nil {
		return false
	}
	heading := foldTitle(oneLine(h))
	for name := range strings.FieldsSeq(attr(n, "class")) {
		words := classWords(name)
		if nameOf(words) > says && (len(words) < 2 || idName(name) > says || !strings.Contains(heading, foldTitle(name))) {
			return false
		}
	}
	return true
}

// isChapter reports whether n, which has but a suspicious id, reads like a
// part of the article: it is a paragraph, or begins with a heading and goes on
// with prose, without anything to fill in and anything that readers wrote.
func (p *pruner) isChapter(n *html.Node, at place) bool {
	w := p.ws[n]
	if p.articles && !at.article || w.prose == 0 || w.links*4 > w.text || holdsControls(n) {
		return false
	}
	switch n.DataAtom {
	case atom.P, atom.Li, atom.Ul, atom.Ol, atom.Dl, atom.Blockquote, atom.Table:
		return true
	}
	h := firstHeading(n)
	if h == nil {
		return false
	}
	for c := range n.Descendants() {
		if c.Type == html.ElementNode && className(attr(c, "class")) >= saysAside && HeadingLevel(c.DataAtom) == 0 && p.ws[c].text > 0 {
			return false
		}
	}
	id := attr(n, "id")
	return at.article || idName(id) == says || foldTitle(oneLine(h)) != foldTitle(id)
}

// firstHeading returns the heading that n begins with, or nil.
func firstHeading(n *html.Node) *html.Node {
	for c := range n.Descendants() {
		switch {
		case c.Type == html.TextNode && textLen(c.Data) > 0:
			return nil
		case c.Type == html.ElementNode && HeadingLevel(c.DataAtom) > 0:
			return c
		}
	}
	return nil
}

// holdsControls reports whether there is something below n to fill in or press.
func holdsControls(n *html.Node) bool {
	for c := range n.Descendants() {
		switch c.DataAtom {
		case atom.Form, atom.Input, atom.Textarea, atom.Select, atom.Button:
			return true
		}
	}
	return false
}

// maxStandfirst is how long the paragraph below a headline may be, in bytes.
const maxStandfirst = 1000

// isStandfirst reports whether n is prose without a link at the head of the
// article, which sums it up.
func (p *pruner) isStandfirst(n *html.Node, at place) bool {
	w := p.ws[n]
	if p.begun || !p.titled && !at.article || w.links > 0 || w.text > maxStandfirst || w.prose == 0 && !isSentence(n, w) ||
		idName(attr(n, "id")) >= saysAside || holdsControls(n) {
		return false
	}
	for name := range strings.FieldsSeq(attr(n, "class")) {
		k := nameOf(classWords(name))
		if k >= saysAside && !slices.ContainsFunc(classWords(name), func(w string) bool {
			return w == "teaser" || w == "teasers" || w == "promo" || w == "promotion" || w == "banner" || w == "overlay" || w == "masthead" || w == "related"
		}) {
			return false
		}
	}
	return true
}

// minSentence is how short a paragraph may be that is a sentence, in bytes.
const minSentence = 20

// isSentence reports whether a paragraph is a short sentence.
func isSentence(n *html.Node, w weight) bool {
	if n.DataAtom != atom.P || w.text < minSentence {
		return false
	}
	s := oneLine(n)
	return endsSentence(s) && !strings.HasSuffix(s, ":") && !strings.HasSuffix(s, "：")
}

// unname takes attributes off an element.
func unname(n *html.Node, keys ...string) {
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return slices.Contains(keys, a.Key) })
}
