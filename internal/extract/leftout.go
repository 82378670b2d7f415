package extract

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// LeftOut says how much of what a page shows was not taken for its main text.
// The zero LeftOut says that most of it was.
type LeftOut struct {
	Taken, Shown int    // bytes of text, without whitespace
	Start        string // the beginning of what was left out
}

// Of ordinary news pages, half or more is taken of the text that [shown]
// counts. Below a third, or with more than a few lines left out of less, the
// page is not what it was taken for.
const (
	minTaken   = 3   // one part in
	minLeftOut = 300 // bytes
	maxStart   = 80  // bytes of the beginning
)

// leftOut compares the blocks that were taken with how much the page shows.
func leftOut(page string, shown int, taken []Block) LeftOut {
	out := LeftOut{Shown: shown}
	for i := range taken {
		out.Taken += textLen(taken[i].Text)
	}
	if out.Taken*minTaken >= shown || shown-out.Taken < minLeftOut {
		return LeftOut{}
	}
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return out
	}
	texts := map[string]bool{}
	for i := range taken {
		texts[taken[i].Text] = true
	}
	settleSentences(doc)
	for _, r := range cutRuns(doc) {
		missing := !r.Heading && r.links*2 < r.text && !texts[r.Text]
		if s := r.Text[:runeStart(r.Text, maxStart)]; missing && (out.Start == "" || r.isParagraph()) {
			out.Start = s
		}
		if missing && r.isParagraph() {
			break // a short line may be a label, a paragraph tells more
		}
	}
	return out
}

// runeStart returns the last place up to n where a character of s begins, or
// the end of s.
func runeStart(s string, n int) int {
	if n >= len(s) {
		return len(s)
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return n
}

// shown returns how much text a page shows that may be its article's: what
// stands outside of links, and of elements that never hold an article unless
// they hold much of the page. ws are the weights of the page, prose that of
// all of it.
func (ws weights) shown(n *html.Node, prose int) int {
	size := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			size += textLen(c.Data)
		case c.Type != html.ElementNode || isUnseen(c.DataAtom) || c.DataAtom == atom.A:
		case standsAside(c) && ws[c].prose*100 <= prose*byName, hidden(c) > 0 && ws[c].prose*100 <= prose*byHiding:
		case ws[c].h1 == 0 && max(className(attr(c, "class")), idName(attr(c, "id"))) == saysReply &&
			HeadingLevel(c.DataAtom) == 0 && ws[c].prose*100 <= prose*asComments:
		default:
			size += ws.shown(c, prose)
		}
	}
	return size
}

// standsAside reports whether an element stands beside any article by what
// it is.
func standsAside(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Nav, atom.Footer, atom.Aside, atom.Form, atom.Dialog, atom.Menu:
		return true
	}
	return false
}
