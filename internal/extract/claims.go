package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Bounds on what one page may claim about itself.
const (
	maxClaims    = 2000 // names of meta tags
	maxMarked    = 500  // elements that look like a time, or like a byline
	maxHeadings  = 10
	maxClaim     = 4 << 10 // bytes of one value
	maxScript    = 4 << 20 // bytes of one JSON-LD script
	maxAuthors   = 50
	maxTopics    = 100
	maxAuthorLen = 100
)

// claims is what a page says about itself, gathered in one walk, before
// anybody weighs it.
type claims struct {
	meta      map[string][]string // of <meta> and itemprop, by lower-case name
	linked    linkedData
	title     string   // <title>
	headings  []string // the h1 elements
	lang      string
	canonical string
	times     []timeTag
	bylines   []byline

	timesSeen, bylinesSeen int
}

// timeTag is a point in time that the page marks up.
type timeTag struct {
	value string // its datetime attribute, else its text
	hint  string // its itemprop and class, lower case
}

// byline is an element that looks as if it names an author.
type byline struct {
	text  string
	exact bool // marked by rel or itemprop rather than by a class
}

// gather walks the document once.
func gather(doc *html.Node) *claims {
	c := &claims{meta: map[string][]string{}}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode {
			c.element(n)
		}
	}
	return c
}

func (c *claims) element(n *html.Node) {
	switch n.DataAtom {
	case atom.Html:
		c.lang = attr(n, "lang")
		if c.lang == "" {
			c.lang = attr(n, "xml:lang")
		}
		return
	case atom.Meta:
		c.metaTag(n)
		return
	case atom.Title:
		if c.title == "" && n.Namespace == "" {
			c.title = oneLine(n)
		}
		return
	case atom.H1:
		if len(c.headings) < maxHeadings {
			c.headings = append(c.headings, oneLine(n))
		}
	case atom.Link:
		if c.canonical == "" && hasWord(attr(n, "rel"), "canonical") {
			c.canonical = attr(n, "href")
		}
	case atom.Script:
		if strings.HasPrefix(strings.ToLower(strings.TrimSpace(attr(n, "type"))), "application/ld+json") &&
			n.FirstChild != nil && len(n.FirstChild.Data) <= maxScript {
			c.linked.add(n.FirstChild.Data)
		}
		return
	}
	c.marked(n)
}

// metaTag files a <meta> under each of its names.
func (c *claims) metaTag(n *html.Node) {
	content := attr(n, "content")
	if content == "" || len(content) > maxClaim || len(c.meta) > maxClaims {
		return
	}
	for _, key := range [...]string{"name", "property", "itemprop", "http-equiv"} {
		if name := attr(n, key); name != "" {
			c.addMeta(strings.ToLower(strings.TrimSpace(name)), content)
		}
	}
}

func (c *claims) addMeta(name, value string) {
	if len(c.meta[name]) < maxTopics {
		c.meta[name] = append(c.meta[name], value)
	}
}

// marked looks at what attributes say of an element in the page's body.
func (c *claims) marked(n *html.Node) {
	var prop, class, rel string
	for _, a := range n.Attr {
		switch a.Key {
		case "itemprop":
			prop = strings.ToLower(a.Val)
		case "class":
			class = strings.ToLower(a.Val)
		case "rel":
			rel = a.Val
		}
	}
	if n.DataAtom == atom.Time || strings.HasPrefix(prop, "date") || namesTime(class) {
		c.time(n, prop+" "+class)
	}
	if exact := prop == "author" || hasWord(rel, "author"); exact || namesAuthor(class) {
		c.byline(n, exact)
	}
}

// namesTime reports whether a class attribute has a name for the line that
// says when the article appeared.
func namesTime(class string) bool {
	return strings.Contains(class, "date") || strings.Contains(class, "publish") || strings.Contains(class, "timestamp")
}

// namesAuthor reports whether a class attribute has a name for the line that
// says who wrote.
func namesAuthor(class string) bool {
	return strings.Contains(class, "byline") || strings.Contains(class, "author")
}

// time notes a point in time that an element marks up.
func (c *claims) time(n *html.Node, hint string) {
	if c.timesSeen++; c.timesSeen > maxMarked {
		return
	}
	v := attr(n, "datetime")
	if v == "" {
		v = attr(n, "content")
	}
	if v == "" {
		v = oneLine(n)
	}
	if hasAttr(n, "pubdate") {
		hint += " pubdate"
	}
	if v != "" && len(v) <= maxDate {
		c.times = append(c.times, timeTag{v, hint})
	}
}

// byline notes an element that names an author.
func (c *claims) byline(n *html.Node, exact bool) {
	if c.bylinesSeen++; c.bylinesSeen > maxMarked {
		return
	}
	if s := oneLine(n); s != "" && len(s) <= 2*maxAuthorLen {
		c.bylines = append(c.bylines, byline{s, exact})
	}
}

// first returns the first value under the first of the names that has one.
func (c *claims) first(names ...string) string {
	for _, name := range names {
		for _, v := range c.meta[name] {
			if v = strings.TrimSpace(v); v != "" {
				return v
			}
		}
	}
	return ""
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

func hasWord(s, word string) bool {
	for f := range strings.FieldsSeq(s) {
		if strings.EqualFold(f, word) {
			return true
		}
	}
	return false
}
