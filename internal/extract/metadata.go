package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Bounds on what one page may say about itself.
const (
	maxMetaNames = 2000 // names of meta tags
	maxMarked    = 500  // elements that look like a time, or like a byline
	maxHeadings  = 10
	maxMetaValue = 4 << 10 // bytes of one value
	maxScript    = 4 << 20 // bytes of one JSON-LD script
	maxAuthors   = 50
	maxTopics    = 100
	maxAuthorLen = 100
)

// metadata is what a page says about itself: its meta tags, JSON-LD, headings,
// and elements that look like dates or bylines. It is collected in one walk.
// Where the statements differ, a resolver chooses among them.
type metadata struct {
	tags     map[string][]string // of <meta> and itemprop, by lower-case name
	linked   linkedData
	title    string   // <title>
	headings []string // the h1 elements
	// seenHeadings are those that a reader sees as headlines, without what
	// stands in them above the headline.
	seenHeadings []headline
	lang         string
	canonical    string
	times        []timeTag
	bylines      []byline
	// othersTimes are the texts of times that are not of the article.
	othersTimes []string
	inBody      []*html.Node // meta elements of the body, which may be of another story
	doc         *html.Node   // nil when the page is read tag by tag

	timesSeen, bylinesSeen int
}

// timeTag is a point in time that the page marks up.
type timeTag struct {
	node  *html.Node
	value string // its datetime attribute, else its text
	hint  string // its itemprop and class, lower case
}

// byline is an element that looks as if it names an author.
type byline struct {
	node  *html.Node
	text  string
	exact bool // marked by rel or itemprop rather than by a class
}

// gather walks the document once.
func collectMetadata(doc *html.Node) *metadata {
	m := &metadata{tags: map[string][]string{}, doc: doc}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode {
			m.element(n)
		}
	}
	m.keepOwn(doc)
	return m
}

func (m *metadata) element(n *html.Node) {
	switch n.DataAtom {
	case atom.Html:
		m.lang = attr(n, "lang")
		if m.lang == "" {
			m.lang = attr(n, "xml:lang")
		}
		return
	case atom.Meta:
		m.metaTag(n)
		return
	case atom.Title:
		if m.title == "" && n.Namespace == "" {
			m.title = oneLine(n)
		}
		return
	case atom.H1:
		if len(m.headings) < maxHeadings {
			m.headings = append(m.headings, oneLine(n))
			if isHeadline(n) {
				m.seenHeadings = append(m.seenHeadings, newHeadline(n))
			}
		}
	case atom.Link:
		if m.canonical == "" && hasWord(attr(n, "rel"), "canonical") {
			m.canonical = attr(n, "href")
		}
	case atom.Script:
		if strings.HasPrefix(strings.ToLower(strings.TrimSpace(attr(n, "type"))), "application/ld+json") &&
			n.FirstChild != nil && len(n.FirstChild.Data) <= maxScript {
			m.linked.add(n.FirstChild.Data)
		}
		return
	}
	m.marked(n)
}

// metaTag files a <meta>. One with an itemprop in the body is looked at when
// it is known what stands around it.
func (m *metadata) metaTag(n *html.Node) {
	content := attr(n, "content")
	if content == "" || len(content) > maxMetaValue || len(m.tags) > maxMetaNames {
		return
	}
	if attr(n, "itemprop") != "" && m.doc != nil && n.Parent != nil && n.Parent.DataAtom != atom.Head {
		if len(m.inBody) < maxMarked {
			m.inBody = append(m.inBody, n)
		}
		return
	}
	m.fileMeta(n)
}

// fileMeta files a <meta> under each of its names.
func (m *metadata) fileMeta(n *html.Node) {
	for _, key := range [...]string{"name", "property", "itemprop", "http-equiv"} {
		if name := attr(n, key); name != "" {
			m.addMeta(strings.ToLower(strings.TrimSpace(name)), attr(n, "content"))
		}
	}
}

func (m *metadata) addMeta(name, value string) {
	if len(m.tags[name]) < maxTopics {
		m.tags[name] = append(m.tags[name], value)
	}
}

// marked looks at what attributes say of an element in the page's body.
func (m *metadata) marked(n *html.Node) {
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
		if strings.Contains(prop, "date") && !strings.HasPrefix(prop, "date") { // startDate, birthDate
			m.otherTime(n)
		} else {
			m.time(n, prop+" "+class)
		}
	}
	m.hNews(n, class, rel)
	if exact := prop == "author" || hasWord(rel, "author"); exact || namesAuthor(class) {
		m.byline(n, exact)
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
func (m *metadata) time(n *html.Node, hint string) {
	if m.timesSeen++; m.timesSeen > maxMarked {
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
		m.times = append(m.times, timeTag{n, v, hint})
	}
}

// otherTime notes a time that says nothing of the article.
func (m *metadata) otherTime(n *html.Node) {
	if s := oneLine(n); s != "" && len(m.othersTimes) < maxMarked {
		m.othersTimes = append(m.othersTimes, s)
	}
}

// byline notes an element that names an author.
func (m *metadata) byline(n *html.Node, exact bool) {
	if m.bylinesSeen++; m.bylinesSeen > maxMarked {
		return
	}
	if s := oneLine(n); s != "" && len(s) <= 2*maxAuthorLen {
		m.bylines = append(m.bylines, byline{n, s, exact})
	}
}

// stated returns the first value under the first of the names of meta tags
// that has one.
func (m *metadata) stated(names ...string) statement {
	for _, name := range names {
		for _, v := range m.tags[name] {
			if v = strings.TrimSpace(v); v != "" {
				return statement{v, name}
			}
		}
	}
	return statement{}
}

// first returns the text of stated.
func (m *metadata) first(names ...string) string { return m.stated(names...).text }

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
