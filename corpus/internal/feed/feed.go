// Package feed reads feeds that were saved as files: RSS 0.90 to 2.0, RSS 1.0
// (RDF), Atom 0.3 and 1.0, and JSON Feed.
//
// Each item is an article. What the feed says of itself completes its items: the
// title is the outlet, and author and language are those of items that state
// none. An item of an aggregator names its outlet itself.
//
// An item's guid is its id where it is an address, a tag: or a urn:. Any other,
// such as 17, tells the item from the others of its feed and is no id.
//
// Pictures, sounds, comments and ratings are no text and are passed over. The
// categories that tell the kind of an entry are no topics.
package feed

import (
	"bytes"
	"strings"

	"github.com/newsq/newsq/corpus/internal/publishing"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/xmltree"
)

// Version is raised whenever the same bytes would be read differently.
const Version = 1

// Recognize reports whether a file is a feed.
func Recognize(h *reader.Head) bool {
	root := h.Root()
	switch _, name, _ := cutPrefix(root); strings.ToLower(name) {
	case "rss":
		return true
	case "feed", "entry":
		return h.Contains("http://www.w3.org/2005/Atom") || h.Contains("http://purl.org/atom/ns#") || name == "feed" && h.Contains("<entry")
	case "rdf":
		return h.Contains("http://purl.org/rss/1.0/") || h.Contains("netscape.com/rdf/simple/0.9")
	}
	return false
}

// cutPrefix parts the prefix of a name from the name.
func cutPrefix(s string) (prefix, name string, found bool) {
	if prefix, name, found = strings.Cut(s, ":"); found {
		return prefix, name, true
	}
	return "", s, false
}

// RecognizeJSON reports whether a file is a JSON Feed.
func RecognizeJSON(h *reader.Head) bool {
	at := bytes.Index(h.Text, []byte("jsonfeed.org"))
	return at > 0 && bytes.Contains(h.Text[max(0, at-64):at], []byte(`"version"`)) ||
		h.Contains(`"home_page_url"`) && h.Contains(`"items"`) && h.Contains(`"version"`)
}

// Bounds of what is read ahead: what a feed says of itself may stand behind its
// items, and the dates of all together tell the order of day and month.
const (
	maxHeld      = 2000    // items
	maxHeldBytes = 8 << 20 // of their texts
)

// Read reads a feed in XML.
func Read(in *reader.Input, out reader.Output) error {
	f := feed{out: out, base: in.URL}
	root, err := xmltree.Records(in, isItem, f.item)
	f.flush()
	switch {
	case f.stopped || err != nil:
		return err
	case f.number == 0:
		return &reader.Fault{Err: record.ErrNoText, Hint: hintEmpty(root)}
	}
	return nil
}

func hintEmpty(root *xmltree.Node) string {
	if root.First("channel", "feed") != nil {
		return "the feed has no items"
	}
	return "it holds no items of a feed"
}

// isItem reports whether an element is an item.
func isItem(n *xmltree.Node) bool {
	switch n.Name {
	case "item":
		return n.Parent == nil || n.Parent.Name == "" || n.Parent.Is("channel", "rss", "rdf", "items")
	case "entry":
		return n.Parent == nil || n.Parent.Name == "" || n.Parent.Is("feed")
	}
	return false
}

// feed is a feed while it is read.
type feed struct {
	out     reader.Output
	marker  publishing.Marker
	base    string // the address of the file, where it is known
	held    []*xmltree.Node
	size    int  // of what is held
	flowing bool // nothing is held any more
	stopped bool
	number  int // of items

	dates      order
	noneStated bool          // no item held states when it was published, some when updated
	of         *xmltree.Node // the parent of the item at hand
	about      channel       // what is said there of the feed
}

// item takes an item.
func (f *feed) item(n *xmltree.Node) bool {
	if f.flowing {
		return f.emit(n)
	}
	f.held = append(f.held, n)
	if f.size += sizeOf(n); len(f.held) >= maxHeld || f.size >= maxHeldBytes {
		f.flush()
	}
	return !f.stopped
}

// sizeOf returns the number of bytes in the texts of n.
func sizeOf(n *xmltree.Node) int {
	size := len(n.Text)
	for _, c := range n.Children {
		size += sizeOf(c)
	}
	return size
}

// flush hands on what is held.
func (f *feed) flush() {
	if f.flowing {
		return
	}
	f.flowing = true
	published, updated := 0, 0
	for _, n := range f.held {
		d := datesOf(n)
		published += len(d.published)
		updated += len(d.updated)
		for _, v := range d.published {
			f.dates.see(v.Text)
		}
		for _, v := range d.updated {
			f.dates.see(v.Text)
		}
	}
	f.noneStated = published == 0 && updated > 0
	for _, n := range f.held {
		if !f.emit(n) {
			break
		}
	}
	f.held = nil
}

// emit hands on an item.
func (f *feed) emit(n *xmltree.Node) bool {
	f.number++
	rec := record.Record{Number: f.number, Line: n.Line}
	err := reader.Guard(func() error {
		if f.of != n.Parent {
			f.of, f.about = n.Parent, aboutOf(channelOf(n))
		}
		f.fill(n, &rec)
		return nil
	})
	if err != nil {
		f.stopped = !f.out.Fail(&reader.Fault{Line: n.Line, Err: err})
	} else {
		f.stopped = !f.out.Emit(&rec)
	}
	return !f.stopped
}

// channelOf returns the element that says what the feed of an item is: one around
// it, or one beside it.
func channelOf(n *xmltree.Node) *xmltree.Node {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.Is("channel", "feed") {
			return p
		}
	}
	return n.Parent.Child("channel", "feed")
}

// channel is what a feed says of itself.
type channel struct {
	title, link, language string
	authors               []record.Value
}

func aboutOf(n *xmltree.Node) channel {
	var c channel
	if n == nil {
		return c
	}
	s := scan(n)
	c.title = titleText(s.first("title", "dc:title"))
	c.link = linkOf(&s)
	c.language = languageOf(n, &s)
	c.authors, _ = authorsOf(&s, "feed ")
	if len(c.authors) == 1 && sameName(c.authors[0].Text, c.title) {
		c.authors = nil // an outlet is no author
	}
	return c
}

// sameName reports whether two names differ in nothing but case and white space.
func sameName(a, b string) bool {
	return strings.EqualFold(strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " "))
}
