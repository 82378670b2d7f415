package bookmarks

import (
	"strings"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/reference"
	"github.com/newsq/newsq/corpus/internal/xmltree"
)

// RecognizePosts reports whether XML is a list of bookmarks as Delicious had it, and
// Pinboard has it.
func RecognizePosts(h *reader.Head) bool {
	return h.Root() == "posts" && h.Contains("<post ") && h.Contains(" href=\"") && h.Contains(" description=\"")
}

// ReadPosts reads a list of bookmarks in XML: a record for each link. What is called
// its description is the title.
func ReadPosts(in *reader.Input, out reader.Output) error {
	n, places := 0, reference.Places{}
	_, err := xmltree.Records(in, func(n *xmltree.Node) bool { return n.Is("post") }, func(node *xmltree.Node) bool {
		l := &reference.Link{}
		l.SetTitle("description", node.Attr("description"))
		l.SetAddress("href", node.Attr("href"))
		l.Saved("time", node.Attr("time"))
		l.Set(record.Summary, 0, "extended", node.Attr("extended"))
		for _, tag := range strings.Fields(node.Attr("tag")) {
			l.Set(record.Topics, 0, "tag", tag)
		}
		if l.IsEmpty() {
			return true
		}
		n++
		return out.Emit(l.LinkRecord(n, node.Line, places))
	})
	if err == nil && n == 0 {
		return record.ErrNoText
	}
	return err
}
