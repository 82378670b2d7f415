package epub

import (
	"path"
	"slices"
	"strings"

	"github.com/newsq/newsq/corpus/internal/xmltree"
	"github.com/newsq/newsq/internal/extract"
)

// isOverview reports whether a page of calibre's news lists articles.
func isOverview(href string, body *xmltree.Node) bool {
	if strings.Contains(href, "article_") {
		return false
	}
	for _, n := range body.Find("ul", "div") {
		if hasWord(n.Attr("class"), "calibre_feed_list") || hasWord(n.Attr("class"), "calibre_article_list") {
			return true
		}
	}
	links := body.Find("a")
	if isCalibre(href) {
		return len(links) > 2 || strings.HasPrefix(path.Base(href), "index")
	}
	// The one of the whole issue.
	return slices.ContainsFunc(links, func(a *xmltree.Node) bool {
		return isCalibre(a.Attr("href")) && strings.HasPrefix(path.Base(a.Attr("href")), "index")
	})
}

// dropLinks takes away the links from notes back to the text, and what calibre puts
// above and below an article: links to other ones, and where it was fetched from, which
// is returned.
func dropLinks(body *xmltree.Node) (source string) {
	var drop func(n *xmltree.Node)
	drop = func(n *xmltree.Node) {
		n.Children = slices.DeleteFunc(n.Children, func(c *xmltree.Node) bool {
			if c.Name == "a" && (c.Attr("role") == "doc-backlink" || hasWord(c.Attr("class"), "footnote-back")) {
				return true
			}
			if c.Name == "" || !hasWord(c.Attr("class"), "calibre_navbar") {
				return false
			}
			for _, a := range c.Find("a") {
				if isAddress(a.Attr("href")) {
					source = a.Attr("href")
				}
			}
			return true
		})
		for _, c := range n.Children {
			if c.Name != "" {
				drop(c)
			}
		}
	}
	drop(body)
	return source
}

func isAddress(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

// maxLinks is how many links of a page are looked at for its source.
const maxLinks = 8

// linked takes the address that a page was saved from: that of a link that is a line
// of its own at the top, or all of its heading.
func (c *chapter) linked(body *xmltree.Node) {
	if c.source != "" {
		return
	}
	links := body.Find("a")
	for _, a := range links[:min(len(links), maxLinks)] {
		if !isAddress(a.Attr("href")) {
			continue
		}
		text := extract.Clean(a.OneLine())
		for i := 0; i < len(c.blocks) && i < headBlocks; i++ {
			if text == "" || oneLine(c.blocks[i].Text) != text {
				continue
			}
			c.source = a.Attr("href")
			if host := strings.TrimPrefix(strings.SplitN(c.source, "/", 4)[2], "www."); text == host || text == "www."+host || isAddress(text) {
				c.blocks = slices.Delete(c.blocks, i, i+1) // it says no more than the address
			}
			return
		}
	}
}

// maxImprint bounds a title page or an imprint, in bytes.
const maxImprint = 1500

// isImprint reports whether a page holds nothing but what the book says of itself:
// its title and authors, or its rights and numbers.
func (b *book) isImprint(blocks []extract.Block) bool {
	if len(b.spine) < 2 {
		return false
	}
	var all strings.Builder
	own := true
	for i := range blocks {
		text := strings.ToLower(oneLine(blocks[i].Text))
		own = own && b.meta.says(strings.TrimPrefix(text, "by "))
		all.WriteString(text)
		all.WriteByte('\n')
	}
	text := all.String()
	if own || len(text) > maxImprint {
		return own
	}
	marks := 0
	for _, mark := range [...]string{"copyright", "©", "all rights reserved", "isbn", "tous droits réservés", "alle rechte vorbehalten", "todos los derechos reservados"} {
		if strings.Contains(text, mark) {
			marks++
		}
	}
	return marks > 2
}

// says reports whether a line in lower case is one of what a book says of itself.
func (m *metadata) says(line string) bool {
	is := func(s string) bool { return s != "" && strings.ToLower(oneLine(s)) == line }
	return is(m.title) || is(m.publisher) || slices.ContainsFunc(m.authors, is)
}
