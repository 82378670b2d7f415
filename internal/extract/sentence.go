package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Words of a sentence may stand in an element that stands beside the text
// elsewhere: a glossary makes a button of each of its words, or a link whose
// class is tooltip. settleSentences finds such elements within the lines of a
// document, and makes plain spans of them.
func settleSentences(doc *html.Node) {
	var l line
	l.walk(doc, nil)
	l.end()
}

// settleHeadings makes headings of what is one by its role. An h1 says more
// than such a heading of the first level, and stays alone.
func settleHeadings(doc *html.Node) {
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || HeadingLevel(n.DataAtom) > 0 || !strings.EqualFold(strings.TrimSpace(attr(n, "role")), "heading") ||
			n.DataAtom != atom.Div && n.DataAtom != atom.P && n.DataAtom != atom.Span || !isOneLine(n) {
			continue
		}
		n.DataAtom, n.Data = atom.H2, "h2"
		if l := strings.TrimSpace(attr(n, "aria-level")); len(l) == 1 && l[0] >= '3' && l[0] <= '6' {
			n.Data = "h" + l
			n.DataAtom = atom.Lookup([]byte(n.Data))
		}
	}
}

// isOneLine reports whether n holds a line of text and nothing that starts
// another.
func isOneLine(n *html.Node) bool {
	text := 0
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			text += textLen(c.Data)
		}
		if isBlock(c.DataAtom) {
			return false
		}
	}
	return text > 0 && text <= maxTitle
}

// line is the text between two places where a browser starts a new line.
type line struct {
	pieces  []piece
	suspect bool // an element below may be furniture
}

// piece is a part of a line. Its owner is the outermost element around it
// that may be furniture; nil where there is none.
type piece struct {
	text  string
	owner *html.Node
}

// walk adds what lies below n to lines. The parser bounds the depth.
func (l *line) walk(n, owner *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			l.pieces = append(l.pieces, piece{c.Data, owner})
		case c.Type != html.ElementNode:
		case c.DataAtom == atom.Button || !isUnseen(c.DataAtom) && !isBlock(c.DataAtom) && c.DataAtom != atom.Br:
			if hidden(c) > 0 {
				continue
			}
			if owner == nil && isSuspect(c) {
				l.suspect = true
				l.walk(c, c)
				continue
			}
			l.walk(c, owner)
		case isBlock(c.DataAtom) || c.DataAtom == atom.Br:
			l.end()
			l.walk(c, nil)
			l.end()
		}
	}
}

// isSuspect reports whether an element within a line would stand beside the
// text, were it alone.
func isSuspect(n *html.Node) bool {
	return n.DataAtom == atom.Button ||
		max(className(attr(n, "class")), idName(attr(n, "id"))) > says && !isHiddenByClass(n)
}

// isHiddenByClass reports whether a class hides an element on all screens.
func isHiddenByClass(n *html.Node) bool {
	class := attr(n, "class")
	return hasWord(class, "hidden") && !shownElsewhere(class)
}

// end settles the elements of a line and begins the next one.
func (l *line) end() {
	if l.suspect {
		for i := 0; i < len(l.pieces); i++ {
			owner := l.pieces[i].owner
			if owner == nil {
				continue
			}
			from := i
			for i+1 < len(l.pieces) && l.pieces[i+1].owner == owner {
				i++
			}
			if l.within(from, i+1) {
				release(owner)
			}
		}
	}
	l.pieces, l.suspect = l.pieces[:0], false
}

// How much of a line is looked at on either side of an element.
const (
	maxNear   = 100 // bytes
	maxPieces = 50
)

// minNear is how much of a sentence there must be, in bytes, for it to begin or
// end with an element.
const minNear = 20

// within reports whether the pieces from i to j stand within a sentence.
func (l *line) within(i, j int) bool {
	left, right := l.before(i), l.after(j)
	own := ""
	for _, p := range l.pieces[i:min(j, i+maxPieces)] {
		own += p.text[:runeStart(p.text, maxNear)]
	}
	if r, _ := utf8.DecodeLastRuneInString(left); unicode.IsLetter(r) && len(strings.Fields(own)) > 1 && startsWord(own) {
		return false // glued to a word that it explains
	}
	left, right = strings.TrimSpace(left), strings.TrimSpace(right)
	hasLeft, hasRight := hasLetter(left), hasLetter(right)
	first, _ := utf8.DecodeRuneInString(right)
	switch {
	case hasLeft && hasRight:
		return true
	case hasLeft && right != "": // a full stop or a bracket
		return !endsSentence(left) && unicode.IsPunct(first) && !strings.ContainsRune("|·•–—/-", first)
	case hasLeft:
		return !endsSentence(left) && textLen(left) >= minNear
	case hasRight:
		if unicode.IsUpper(first) {
			return l.pieces[i].owner.DataAtom != atom.Button && textLen(right) >= minProse
		}
		return textLen(right) >= minNear || endsSentence(right)
	}
	return false
}

// before returns the text in front of piece i that no suspect owns, as much of
// it as matters.
func (l *line) before(i int) string {
	from, size := i, 0
	for from > 0 && i-from < maxPieces && size < maxNear {
		if from--; l.pieces[from].owner == nil {
			size += len(l.pieces[from].text)
		}
	}
	return l.text(from, i)
}

// after returns the text from piece j on, likewise.
func (l *line) after(j int) string {
	to, size := j, 0
	for to < len(l.pieces) && to-j < maxPieces && size < maxNear {
		if l.pieces[to].owner == nil {
			size += len(l.pieces[to].text)
		}
		to++
	}
	return l.text(j, to)
}

func (l *line) text(i, j int) string {
	var b strings.Builder
	for _, p := range l.pieces[i:j] {
		if p.owner == nil {
			b.WriteString(p.text)
		}
	}
	return b.String()
}

func hasLetter(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }

// endsSentence reports whether a text ends as sentences do.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, ` "'”’»)]』」）`)
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?…:。！？：؟।։", r) && s != ""
}

// release makes a plain span of an element, so that its text is that of the
// line. What explains it within the element goes: of the elements in it that
// are suspect too, one stays where there is no other text.
func release(n *html.Node) {
	plain := 0
	var suspects []*html.Node
	var look func(n *html.Node)
	look = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c.Type == html.TextNode:
				plain += textLen(c.Data)
			case c.Type == html.ElementNode && (isSuspect(c) || strings.EqualFold(attr(c, "role"), "tooltip")):
				suspects = append(suspects, c)
			case c.Type == html.ElementNode:
				look(c)
			}
		}
	}
	look(n)
	for _, c := range suspects {
		if plain > 0 || strings.EqualFold(attr(c, "role"), "tooltip") || allText(c) == 0 {
			c.Parent.RemoveChild(c)
			continue
		}
		plain += allText(c)
		release(c)
	}
	isNote := raising(n) == noted
	unname(n, "id", "class")
	if isNote {
		n.Attr = append(n.Attr, html.Attribute{Key: "role", Val: "doc-noteref"})
	}
	if n.DataAtom == atom.Button {
		n.DataAtom, n.Data = atom.Span, "span"
	}
}

// allText returns how much text lies below n.
func allText(n *html.Node) int {
	size := 0
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			size += textLen(c.Data)
		}
	}
	return size
}
