package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Fragment returns all the text of a piece of HTML that is an article's body.
// Unlike [HTML], which looks for the article within a page, it leaves out only
// what a browser doesn't show: what stands around the text is gone already. A
// blank line parts paragraphs, as some editors store them so, and leave the
// tags to the page's template. A name in angle brackets, as wire services
// write companies, is text.
func Fragment(s string) []Block {
	if strings.Contains(s, "<![CDATA[") {
		s = strings.NewReplacer("<![CDATA[", "", "]]>", "").Replace(s)
	}
	s = keepNames(s)
	if strings.Count(s, "<") <= maxTags {
		if strings.Contains(s, "<tr") && !strings.Contains(s, "<table") {
			s = "<table>" + s // rows alone are dropped with their cells' borders
		}
		if doc, err := html.Parse(strings.NewReader(s)); err == nil {
			unlinkHidden(doc)
			settleSentences(doc)
			w := blockWriter{blank: true}
			w.walk(doc)
			return blocks(w.finish())
		}
	}
	r := tagReader{facts: &metadata{tags: map[string][]string{}}, blockWriter: blockWriter{blank: true}}
	runs, err := r.read(s)
	if err != nil { // strings don't fail
		return nil
	}
	return blocks(runs)
}

// unlinkHidden unlinks the elements that say that they are not shown.
func unlinkHidden(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		switch {
		case c.Type != html.ElementNode:
		case hasAttr(c, "hidden"), hidingStyle(attr(c, "style")), c.DataAtom == atom.Dialog && !hasAttr(c, "open"):
			n.RemoveChild(c)
		default:
			unlinkHidden(c)
		}
		c = next
	}
}

// keepNames escapes the names in angle brackets that are no tags.
func keepNames(s string) string {
	if !holdsName(s) {
		return s
	}
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.StartTagToken, html.SelfClosingTagToken:
			raw := string(z.Raw())
			if name, _ := z.TagName(); atom.Lookup(name) == 0 && isProper(raw) {
				raw = html.EscapeString(raw)
			}
			b.WriteString(raw)
		default:
			b.Write(z.Raw())
		}
	}
}

// holdsName reports whether a capital letter follows an angle bracket.
func holdsName(s string) bool {
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 || i+1 >= len(s) {
			return false
		}
		if isUpper(s[i+1]) {
			return true
		}
		s = s[i+1:]
	}
}

// isProper reports whether what looks like a tag is a name in angle brackets,
// which belongs to the text: no element of HTML, and written with a capital.
func isProper(raw string) bool {
	if len(raw) <= 2 || !isUpper(raw[1]) {
		return false
	}
	name := strings.TrimRight(raw[1:len(raw)-1], "=") // currencies are written <GBP=>
	return !strings.ContainsAny(name, "=:") && (len(name) == len(raw)-2 || !strings.ContainsAny(name, " \t\n"))
}
