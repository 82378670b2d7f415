package feed

import (
	"strings"

	"github.com/newsq/newsq/corpus/internal/xmltree"
)

// Elements are known by the name space they belong to, whatever prefix a feed
// gave it. The key of an element is a short prefix of ours, and its name: an
// element of RSS or Atom itself has none.

// scanned are the children of an element by their keys.
type scanned struct {
	node *xmltree.Node
	all  map[string][]*xmltree.Node
}

func scan(n *xmltree.Node) scanned {
	s := scanned{n, map[string][]*xmltree.Node{}}
	for _, c := range n.Children {
		if c.Name != "" {
			key := keyOf(c)
			s.all[key] = append(s.all[key], c)
		}
	}
	return s
}

// first returns the first child by the first of the keys that any has; nil when
// none does. A child without content is passed over where another has some.
func (s *scanned) first(keys ...string) *xmltree.Node {
	var empty *xmltree.Node
	for _, key := range keys {
		for _, n := range s.all[key] {
			if strings.TrimSpace(n.Content()) != "" {
				return n
			}
			if empty == nil {
				empty = n
			}
		}
	}
	return empty
}

// keyOf returns the key of an element.
func keyOf(n *xmltree.Node) string { return spaceOf(n) + n.Name }

// maxSpaces is how many attributes of an element may declare name spaces. Each is
// looked at for each element below it.
const maxSpaces = 100

// outer returns an attribute of an element around others, of which it may be asked
// for each.
func outer(n *xmltree.Node, name string) string {
	if len(n.Attrs) <= maxSpaces {
		return n.Attr(name)
	}
	short := xmltree.Node{Attrs: n.Attrs[:maxSpaces]}
	return short.Attr(name)
}

// spaceOf returns our prefix of the name space of an element.
func spaceOf(n *xmltree.Node) string {
	if n.Prefix == "" {
		for i := range n.Attrs {
			if a := &n.Attrs[i]; a.Prefix == "" && a.Name == "xmlns" {
				return prefixOf(a.Value, "")
			}
		}
		return ""
	}
	for p := n; p != nil; p = p.Parent {
		for i := range min(len(p.Attrs), maxSpaces) {
			if a := &p.Attrs[i]; a.Prefix == "xmlns" && a.Name == n.Prefix {
				return prefixOf(a.Value, n.Prefix)
			}
		}
	}
	switch n.Prefix { // not declared
	case "rss", "atom", "atom10", "a10":
		return ""
	case "dcterms":
		return "dc:"
	}
	return n.Prefix + ":"
}

// prefixOf returns our prefix of a name space, which a feed calls called.
func prefixOf(uri, called string) string {
	uri = strings.ToLower(strings.TrimSpace(uri))
	has := func(part string) bool { return strings.Contains(uri, part) }
	switch {
	case has("purl.org/rss/1.0/modules/content"):
		return "content:"
	case has("purl.org/rss/1.0/modules/"):
	case has("www.w3.org/2005/atom"), has("purl.org/atom/ns"), has("purl.org/rss/1.0"), has("netscape.com/rdf/simple"),
		has("backend.userland.com"), has("blogs.law.harvard.edu/tech/rss"), has("purl.org/net/rss"), has("rssboard.org/rss"):
		return ""
	case has("purl.org/dc/"), has("dublincore.org"):
		return "dc:"
	case has("search.yahoo.com/mrss"), has("rssboard.org/media"):
		return "media:"
	case has("itunes.com/dtds"):
		return "itunes:"
	case has("www.w3.org/1999/xhtml"):
		return "xhtml:"
	case has("news.yandex.ru"):
		return "yandex:"
	case has("feed.wenn.com"):
		return "wenn:"
	}
	if called == "" || called == "rss" || called == "atom" {
		return ""
	}
	return called + ":"
}
