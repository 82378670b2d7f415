package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/newsq/newsq/internal/wordset"
)

// A page marks up many times and names: of stories that it links to, of
// readers' comments, of events, and of what happened long ago. Those of the
// article stand with its headline and its text, as lines of their own. An
// ownPlace tells one from the other by where an element stands.

// ownPlace is where on a page its article stands.
type ownPlace struct {
	ws     weights
	prose  int                     // of the whole page
	root   *html.Node              // the smallest element that holds the headline and most of the prose
	titles map[*html.Node]bool     // the h1 and the elements around it
	counts map[*html.Node]sideText // of the elements below root and beside it
	known  []string                // titles of the article, folded
	late   map[*html.Node]bool     // elements below the beginning of the text
}

// sideText counts what tells that an element is about another story.
type sideText struct {
	headings int // not the article's
	stories  int // links whose text reads like a headline
	links    int // links that may be headlines
}

// Shares of a page's prose, in percent: that of the element around the
// article, and from which on an element is no box beside it.
const (
	rootProse = 50
	bodyProse = 40
)

// findOwnPlace finds the article on a page. titles are what the page calls it.
func findOwnPlace(doc *html.Node, titles []string) *ownPlace {
	p := &ownPlace{
		ws: weights{}, titles: map[*html.Node]bool{},
		counts: map[*html.Node]sideText{}, late: map[*html.Node]bool{},
	}
	for _, s := range titles {
		if s = foldTitle(s); s != "" {
			p.known = append(p.known, s)
		}
	}
	p.ws.measure(doc, false)
	p.prose = p.ws[doc].prose
	p.root = p.findRoot(doc)
	p.count(doc)
	p.findText()
	return p
}

// findRoot returns the smallest element around an h1 with most of the page's
// prose, and notes the h1. Without one it is the article or main element.
func (p *ownPlace) findRoot(doc *html.Node) *html.Node {
	var root, title *html.Node
	seen := 0
	for n := range doc.Descendants() {
		if n.DataAtom != atom.H1 {
			continue
		}
		if seen++; seen > maxMarked {
			break
		}
		if !isHeadline(n) {
			continue
		}
		around := n.Parent
		for around.Parent != nil && p.ws[around].prose*100 < p.prose*rootProse {
			around = around.Parent
		}
		if root == nil || p.ws[around].text < p.ws[root].text {
			root, title = around, n
		}
	}
	for n := title; n != nil; n = n.Parent {
		p.titles[n] = true
	}
	if root != nil && p.prose > 0 {
		return root
	}
	for n := range doc.Descendants() {
		if (n.DataAtom == atom.Article || n.DataAtom == atom.Main) && p.prose > 0 && p.ws[n].prose*100 >= p.prose*rootProse {
			root = n // the innermost
		}
	}
	if root == nil {
		root = doc
	}
	return root
}

// count fills in counts for n and all below it.
func (p *ownPlace) count(n *html.Node) sideText {
	var c sideText
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		if k.Type != html.ElementNode || isUnseen(k.DataAtom) {
			continue
		}
		d := p.count(k)
		c.headings += d.headings
		c.stories += d.stories
		c.links += d.links
	}
	switch level := HeadingLevel(n.DataAtom); {
	case level > 1 && (p.ws[n].text > maxTitle || !p.isTitle(oneLine(n))):
		c.headings++
	case n.DataAtom == atom.A:
		story, link := p.storyLink(n)
		if story {
			c.stories++
		}
		if link {
			c.links++
		}
	}
	p.counts[n] = c
	return c
}

// isTitle reports whether a text is what the page calls the article.
func (p *ownPlace) isTitle(s string) bool {
	s = foldTitle(s)
	return s == "" || slices.ContainsFunc(p.known, func(t string) bool { return t == s || len(s) >= minTitle && strings.Contains(t, s) })
}

// minTitle is the length, in bytes, of a text that says which story it names.
// No headline is longer than maxTitle.
const (
	minTitle = 15
	maxTitle = 300
)

// aboutAuthor are parts of addresses and classes of links that lead to no
// story.
var aboutAuthor = [...]string{
	"author", "autor", "byline", "/by/", "person", "people", "profil", "staff", "contributor", "redak", "reporter", "journalist",
	"share", "comment", "facebook.", "twitter.", "/x.com", "whatsapp", "mailto:", "javascript:", "/tag", "topic", "thema", "categor", "kategor",
	"rubri", "section", "print", "newsletter", "subscri",
}

// storyLink reports whether a link reads like the headline of a story, and
// whether it may be one.
func (p *ownPlace) storyLink(a *html.Node) (story, link bool) {
	href := strings.ToLower(attr(a, "href"))
	if href == "" || href[0] == '#' || hasWord(attr(a, "rel"), "author") || hasWord(attr(a, "rel"), "tag") {
		return false, false
	}
	about := href[:min(len(href), maxMetaValue)] + " " + strings.ToLower(attr(a, "class"))
	if slices.ContainsFunc(aboutAuthor[:], func(s string) bool { return strings.Contains(about, s) }) {
		return false, false
	}
	if p.ws[a].text > maxTitle {
		return true, true
	}
	s := oneLine(a)
	if utf8.RuneCountInString(s) < 6 || p.isTitle(s) {
		return false, false
	}
	words := strings.Fields(s)
	small := 0
	for _, w := range words {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsLower(r) && !nameParticles[w] {
			small++
		}
	}
	if strings.ContainsFunc(s, isUnspaced) {
		return utf8.RuneCountInString(s) >= 10, true
	}
	return len(words) >= 3 && small > 0 || len(words) >= 5, len(words) >= 2 || len(s) >= 12
}

// findText notes which elements stand below the beginning of the text, which
// is its second paragraph, since the first may be a standfirst.
func (p *ownPlace) findText() {
	passed := 0
	for n := range p.root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if passed >= 2 {
			p.late[n] = true
		}
		if isBlock(n.DataAtom) {
			own := p.ws[n].prose
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				own -= p.ws[c].prose
			}
			if own > 0 {
				passed++
			}
		}
	}
}

// isAround reports whether an element is around the article rather than
// beside it or in it.
func (p *ownPlace) isAround(n *html.Node) bool {
	return n == p.root || p.titles[n] || p.prose > 0 && p.ws[n].prose*100 >= p.prose*bodyProse
}

// inside reports whether n stands in the article.
func (p *ownPlace) inside(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == p.root {
			return true
		}
	}
	return false
}

// isElsewhere reports whether an element is part of something else than the
// article: a box, a list of links, another story, comments, an event.
func (p *ownPlace) isElsewhere(n *html.Node) bool {
	early := p.inside(n) && !p.late[n]
	for a := n; a != nil && a.Type == html.ElementNode && !p.isAround(a); a = a.Parent {
		switch a.DataAtom {
		case atom.Nav, atom.Form, atom.Menu, atom.Dialog, atom.Article, atom.Figure, atom.Figcaption, atom.Template, atom.Noscript:
			if a != n {
				return true
			}
		case atom.Aside, atom.Footer:
			if !p.inside(a) || p.ws[a].text > maxTitle || !isMetaLine(a) {
				return true
			}
		case atom.A:
			if a != n && p.ws[a].text > p.ws[n].text && !hasWord(attr(a, "rel"), "author") {
				return true
			}
		}
		if slices.ContainsFunc(a.Attr, namesOther) || p.isOtherStory(a) {
			return true
		}
		if c := p.counts[a]; a != n && (c.headings > 0 || c.stories > 0 || !early && c.links > 0) {
			return true
		}
	}
	return false
}

// isOtherStory reports whether microdata say that an element is an article
// with another headline.
func (p *ownPlace) isOtherStory(n *html.Node) bool {
	t := schemaType(strings.TrimSpace(attr(n, "itemtype")))
	if !strings.HasSuffix(t, "Article") && !strings.HasSuffix(t, "Posting") {
		return false
	}
	for c := range n.Descendants() {
		if hasWord(attr(c, "itemprop"), "headline") || hasWord(attr(c, "itemprop"), "name") && c.Parent == n {
			s := attr(c, "content")
			if s == "" {
				s = oneLine(c)
			}
			return !p.isTitle(s)
		}
	}
	return false
}

// isMetaLine reports whether an element beside the text says of itself that it
// tells of the article.
func isMetaLine(n *html.Node) bool {
	class := strings.ToLower(attr(n, "class"))
	return strings.Contains(class, "meta") || strings.Contains(class, "byline") || strings.Contains(class, "publi") ||
		publishWords().MatchString(oneLine(n))
}

// otherNames are the words in names of classes that tell of something else
// than the article.
var otherNames = wordset.Of(
	"nav navbar navigation menu breadcrumb breadcrumbs pagination sidebar related recommended recommendation recommendations " +
		"recirculation trending popular latest recent similar suggested suggestions upcoming outbrain taboola teaser teasers " +
		"promo promotion widget mostread bestread event events calendar agenda schedule fixture fixtures comment comments disqus " +
		"reply replies ticker timeline chronology history archive ad ads advert advertisement sponsored newsletter " +
		"verwandt meistgelesen kommentar kommentare termine lire relacionadas relacionados relacionado correlati")

// namesOther reports whether an attribute says that its element is about
// something else.
func namesOther(a html.Attribute) bool {
	switch a.Key {
	case "hidden":
		return true
	case "itemtype":
		t := schemaType(strings.TrimSpace(a.Val))
		return strings.HasSuffix(t, "Event") || strings.HasSuffix(t, "Comment") || t == "UserComments" || t == "Place"
	case "itemprop":
		return hasWord(a.Val, "comment") || hasWord(a.Val, "event")
	case "role":
		return a.Val == "navigation" || a.Val == "complementary" || a.Val == "contentinfo"
	case "class", "id":
		for name := range strings.FieldsSeq(strings.ToLower(a.Val[:min(len(a.Val), maxMetaValue)])) {
			for part := range strings.FieldsFuncSeq(name, func(r rune) bool { return r == '-' || r == '_' }) {
				if otherNames()[part] {
					return true
				}
			}
		}
	}
	return false
}
