package feed

import (
	"encoding/base64"
	"regexp"
	"strings"
	"sync"

	"github.com/newsq/newsq/corpus/internal/layout"
	"github.com/newsq/newsq/corpus/internal/publishing"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/xmltree"
	"github.com/newsq/newsq/internal/extract"
)

// content is a text of a feed.
type content struct {
	text string
	form record.Form
	from string
}

// size returns the length of a text without tags, about.
func (c *content) size() int {
	if c.form == record.Plain {
		return len(c.text)
	}
	return len(layout.WithoutTags(c.text))
}

// contentOf returns the text of an element, by what it says of its type.
func contentOf(n *xmltree.Node) content {
	c := content{from: nameOf(n), form: record.Either}
	if n.Attr("src") != "" && strings.TrimSpace(n.Content()) == "" {
		return c // it is elsewhere
	}
	kind, mode := strings.ToLower(strings.TrimSpace(n.Attr("type"))), strings.ToLower(n.Attr("mode"))
	kind, _, _ = strings.Cut(kind, ";")
	hasElements := len(n.Children) > 1 || len(n.Children) == 1 && n.Children[0].Name != ""
	c.text = n.Content()
	if mode == "base64" {
		c.text = decoded(c.text)
	}
	switch {
	case mode != "base64" && hasElements && hasMarkup(n):
		c.text, c.form = n.HTML(), record.HTML
		if n.First("p", "br", "pre", "code", "ul", "a") == nil && layout.LooksHTML(n.Content()) {
			c.text = n.Content() // markup that was escaped within a div
		}
	case kind == "html", kind == "text/html", kind == "xhtml", kind == "application/xhtml+xml":
		c.form = record.HTML
	case kind == "text", kind == "text/plain":
		c.form = record.Plain
		if layout.LooksHTML(c.text) { // what programs say of their type is often not so
			c.form = record.HTML
		}
	case strings.Contains(kind, "/") && !strings.HasPrefix(kind, "text/") && !strings.HasSuffix(kind, "xml"):
		c.text = "" // a picture or its like
	}
	return c
}

// hasMarkup reports whether elements lie within n.
func hasMarkup(n *xmltree.Node) bool {
	for _, c := range n.Children {
		if c.Name != "" {
			return true
		}
	}
	return false
}

// decoded returns what a text in base64 is; the text itself where it is none.
func decoded(s string) string {
	b, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(s), ""))
	if err != nil {
		return s
	}
	t, _, err := extract.Decode(b, "")
	if err != nil {
		return s
	}
	return t
}

// titleText returns the text of a title, which may be marked up or escaped more
// than once. What is left of that, the making of the article undoes.
func titleText(n *xmltree.Node) string {
	if n == nil {
		return ""
	}
	if strings.EqualFold(n.Attr("mode"), "base64") || strings.HasPrefix(n.Attr("type"), "application/octet") {
		return strings.TrimSpace(decoded(n.Content()))
	}
	return n.OneLine()
}

// Names of elements that hold the text, and of those that hold a part of it or
// tell what is in it, the best first.
var (
	bodyKeys    = [...]string{"content:encoded", "encoded", "yandex:full-text", "full-text", "fulltext", "content", "xhtml:body", "body", "xhtml:div", "content:items"}
	summaryKeys = [...]string{"description", "summary", "dc:description", "dc:abstract", "excerpt:encoded", "itunes:summary", "itunes:subtitle", "abstract"}
)

// setText sets text and summary of an item: the text is what stands in the first
// of the elements for it, the summary what stands in a description beside it. A
// description alone is the text where it is as long as one.
func setText(s *scanned, rec *record.Record, link, home string) {
	body := s.bodies()
	summary := s.summary()
	for i := range body {
		body[i].text = withoutFooter(publishing.WithoutButtons(body[i].text), link, home)
	}
	summary.text = withoutFooter(summary.text, link, home)
	switch size := sum(body); {
	case len(body) == 0 && summary.size() >= minText:
		body, summary = []content{summary}, content{}
	case size > 0 && summary.size() > 2*size && summary.size() >= minText:
		body, summary = []content{summary}, body[0]
	case len(body) == 1 && strings.TrimSpace(body[0].text) == strings.TrimSpace(summary.text):
		summary = content{}
	}
	if len(body) > 0 {
		values := make([]record.Value, len(body))
		for i := range body {
			values[i] = record.Value{Text: body[i].text, From: body[i].from}
			rec.Form = max(rec.Form, body[i].form)
		}
		rec.Set(record.Body, record.Mapped, values)
	}
	if strings.TrimSpace(summary.text) != "" {
		rec.Set(record.Summary, record.Mapped, []record.Value{{Text: summary.text, From: summary.from}})
	}
}

// minText is how long a description must be to be the text, in bytes.
const minText = 1000

func sum(list []content) (n int) {
	for i := range list {
		n += list[i].size()
	}
	return n
}

// bodies returns the texts of the first of the elements that hold one. One that
// holds another is there alone.
func (s *scanned) bodies() []content {
	for _, key := range bodyKeys {
		var list []content
		for _, n := range s.all[key] {
			if key == "content:items" {
				if n = n.First("value"); n == nil {
					continue
				}
			}
			c := contentOf(n)
			if t := strings.TrimSpace(c.text); t != "" {
				list = joined(list, c)
			}
		}
		if len(list) > 0 {
			return list
		}
	}
	return nil
}

// joined adds a text to others, unless one holds the other.
func joined(list []content, c content) []content {
	for i := range list {
		switch {
		case strings.Contains(list[i].text, strings.TrimSpace(c.text)):
			return list
		case strings.Contains(c.text, strings.TrimSpace(list[i].text)):
			list[i] = c
			return list
		}
	}
	return append(list, c)
}

// summary returns the first text of those that tell what is in an item. The
// caption of a picture is none, but of a video it is all there is.
func (s *scanned) summary() content {
	for _, key := range summaryKeys {
		for _, n := range s.all[key] {
			if c := contentOf(n); strings.TrimSpace(c.text) != "" {
				return c
			}
		}
	}
	for _, group := range s.all["media:group"] {
		if n := group.Child("media:description"); n != nil {
			return contentOf(n)
		}
	}
	return content{}
}

var address = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`href\s*=\s*["']([^"']+)["']`) })

// maxFooter is how long the paragraph is, in bytes with its tags, by which
// programs say where an item appeared first.
const maxFooter = 1500

// withoutFooter returns a text without the last paragraph, where that only links
// to the item itself and to the site: "The post ... appeared first on ...".
func withoutFooter(s, link, home string) string {
	at := strings.LastIndex(s, "<p")
	if at < 0 || len(s)-at > maxFooter || link == "" {
		return s
	}
	last := s[at:]
	links := address().FindAllStringSubmatch(last, 3)
	if len(links) != 2 || bare(links[0][1]) != bare(link) || publishing.HostOf(links[1][1]) != publishing.HostOf(home, link) || len(bare(links[1][1])) >= len(bare(link)) {
		return s
	}
	return s[:at]
}

// bare returns an address without scheme, question and closing slash.
func bare(s string) string {
	_, s, _ = strings.Cut(s, "://")
	if end := strings.IndexAny(s, "?#"); end >= 0 && end > strings.IndexByte(s, '/') && !strings.Contains(s[end:], "p=") {
		s = s[:end]
	}
	return strings.TrimRight(s, "/")
}

// languageOf returns the language that a feed or an item states.
func languageOf(n *xmltree.Node, s *scanned) string {
	if l := s.first("language", "dc:language"); l != nil {
		if text := l.OneLine(); text != "" {
			return text
		}
	}
	for p := n; p != nil; p = p.Parent {
		if lang := outer(p, "xml:lang"); lang != "" {
			return lang
		}
		if p.Is("channel", "feed") {
			break
		}
	}
	return ""
}
