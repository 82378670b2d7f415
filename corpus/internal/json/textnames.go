package json

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/newsq/newsq/corpus/internal/layout"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/wordset"
)

var (
	// textKeys are the members that hold the text of a node, the best first.
	textKeys = []string{
		"html", "bodyhtml", "contenthtml", "rendered", "innerhtml", "text", "plaintext", "value", "content", "body", "bodytext",
		"insert", "callouttext", "raw", "code", "markdown", "paragraph", "para", "p", "sentence", "message", "copy", "quote", "answer", "data",
	}
	// titleKeys are the members that hold the heading of a section.
	titleKeys = wordset.Of("heading", "header", "headline", "title", "subheading", "subtitle", "subhead", "sectiontitle", "sectionheading",
		"name", "h1", "h2", "h3", "titel", "titre", "titulo", "titolo", "rubrik", "kop", "question")
	// sectionKeys are the members of a paragraph that say which section it is
	// of.
	sectionKeys = wordset.Of("section", "sectionname", "secheader")
	// blockLists are members whose elements are blocks.
	blockLists = wordset.Of("paragraphs", "paras", "blocks", "sections", "subsections", "contentelements", "contentblocks", "innerblocks",
		"components", "chapters", "parts", "pages", "section", "chapter", "part", "page", "block", "p", "items", "listitems", "bodyblocks", "articles", "elements", "columns")
	// pieceLists are members whose elements are parts of a paragraph.
	pieceLists = wordset.Of("leaves", "richtext", "spans", "runs", "textruns", "inlines", "fragments", "sentences", "storysentences")
	// holders are other members that hold text.
	holders = wordset.Of("children", "content", "contents", "nodes", "data", "attributes", "attrs", "props", "model", "fields", "document", "root",
		"doc", "body", "text", "value", "values", "list", "lines", "line", "rows", "cells", "header", "main", "article", "story", "node",
		"innercontent", "editorstate", "state", "paragraph", "para", "segments", "entries", "calltext", "quote", "answer", "question",
		"heading", "title", "inner", "kids", "childnodes", "div", "ul", "ol", "li", "item", "html", "textdata")
	// attributeNames are members that hold no text where they are lists.
	attributeNames = wordset.Of("attributes", "attrs", "props", "fields")
	// notText are members that are no text of the article, whatever is in
	// them: addresses, marks, what belongs to images, and what stands around
	// an article.
	notText = wordset.Of("type", "nodetype", "blockname", "typename", "id", "key", "uuid", "guid", "uid", "ref", "marks", "markdefs", "markups",
		"annotations", "entitymap", "entityranges", "inlinestyleranges", "style", "styles", "class", "classname", "tag", "role", "kind",
		"url", "uri", "href", "src", "link", "links", "slug", "path", "anchor", "lang", "language", "locale", "format", "mime", "mimetype",
		"alt", "alttext", "caption", "captions", "credit", "credits", "copyright", "rights", "license", "byline", "author", "authors",
		"citation", "cite", "attribution", "image", "images", "photo", "photos", "picture", "media", "multimedia", "video", "videos", "gallery",
		"thumbnail", "asset", "assets", "file", "description", "excerpt", "summary", "tooltip", "placeholder", "related", "relatedlinks",
		"tags", "topics", "keywords", "categories", "meta", "metadata", "seo", "analytics", "tracking", "ads", "comments", "version", "status",
		"date", "time", "created", "updated", "createdat", "updatedat", "detail", "mode", "level", "align", "direction", "icon", "color", "comment")
)

// bestText returns the member of an object that is its text; -1 when none is.
func bestText(n *node) int {
	best, rank := -1, len(textKeys)
	for i := range n.kids {
		m := &n.kids[i]
		if m.kind != '"' || m.text == "" {
			continue
		}
		for r, key := range textKeys[:rank] {
			if m.folded == key {
				best, rank = i, r
				break
			}
		}
	}
	return best
}

// proseName returns the name of the members of the objects in a list that hold
// prose, where none of the names of text is among them; "" when there is none.
func proseName(n *node) string {
	for i := range n.kids {
		k := &n.kids[i]
		if k.kind != '{' || bestText(k) >= 0 {
			continue
		}
		for j := range k.kids {
			if m := &k.kids[j]; m.kind == '"' && !notText()[m.folded] && !isTitleName(m.folded) && layout.IsProse(m.text) {
				return m.name
			}
		}
	}
	return ""
}

// hasProse reports whether one of the strings in a list is prose.
func hasProse(n *node) bool {
	for i := range n.kids {
		if k := &n.kids[i]; k.kind == '"' && layout.IsProse(k.text) {
			return true
		}
	}
	return false
}

// onlyText returns the longest string among the members of a node that has no
// text by name and holds nothing else; -1 when there is none.
func onlyText(n *node) int {
	best, size := -1, 0
	for i := range n.kids {
		m := &n.kids[i]
		switch {
		case notText()[m.folded] || slices.Contains(typeNames[:], m.folded):
		case m.kind == '"' && len(m.text) > size:
			best, size = i, len(m.text)
		case len(m.kids) > 0:
			return -1
		}
	}
	return best
}

// isTitleName reports whether a member has the name of a heading.
func isTitleName(folded string) bool { return titleKeys()[folded] || sectionKeys()[folded] }

// titleOf returns the heading that a member holds beside the text of its
// object; "" if it holds none. HasText says that the text stands under a name
// of texts, prose that prose stands under other names.
func (t *text) titleOf(m *node, hasText, prose bool) string {
	s := strings.TrimSpace(m.text)
	switch {
	case s == "" || len(s) > maxHeading:
		return ""
	case sectionKeys()[m.folded]:
		if !hasText || s == t.tree.section {
			return ""
		}
		t.tree.section = s
		return s
	case m.folded != "name" && titleKeys()[m.folded]:
		return s
	case m.folded == "name" || prose && !hasText && !slices.Contains(typeNames[:], m.folded):
		// A name may be a key, and beside prose a short text is a heading if it
		// begins as one.
		if first, _ := utf8.DecodeRuneInString(s); unicode.IsLetter(first) && !unicode.IsLower(first) {
			return s
		}
	}
	return ""
}

// hasProseMember reports whether one of the strings of an object is prose.
func hasProseMember(n *node) bool {
	return slices.ContainsFunc(n.kids, func(m node) bool {
		return m.kind == '"' && !notText()[m.folded] && !isTitleName(m.folded) && layout.IsProse(m.text)
	})
}

// isPhrase reports whether a text is more than a word or a key.
func isPhrase(s string) bool {
	return layout.EndsSentence(s) || len(strings.Fields(s)) > 1 || strings.Contains(s, "</")
}

// speaker returns what stands before the words of one who speaks.
func speaker(n *node, at place) string {
	if s := n.str("speaker"); s != "" && !at.inline && !at.aside {
		return strings.TrimSuffix(s, ":") + ": "
	}
	return ""
}

// areWords reports whether a list holds strings alone, none of which begins or
// ends with white space.
func areWords(n *node) bool {
	return !slices.ContainsFunc(n.kids, func(k node) bool {
		return k.kind != '"' || strings.TrimSpace(k.text) != k.text
	})
}

// startsWithStop reports whether a text begins with a sign that stands at a
// word's end.
func startsWithStop(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune(",.;:!?)]’”…", r)
}

// named adds the name of a member as a heading, where a text is kept as an
// object of its sections: {"The causes": "..."}.
func (t *text) named(m *node) {
	first, _ := utf8.DecodeRuneInString(m.name)
	known := holders()[m.folded] || blockLists()[m.folded] || pieceLists()[m.folded] || isTitleName(m.folded)
	if known || !unicode.IsUpper(first) || !strings.Contains(m.name, " ") && m.name == strings.ToUpper(m.name) {
		return
	}
	if m.kind == '"' && layout.IsProse(m.text) || m.kind != '"' && len(proseOf(m)) > 0 {
		t.block(m.name, 2)
	}
}

// proseOf returns the prose in a value that is not nested further than lists.
func proseOf(n *node) string {
	switch n.kind {
	case '"':
		if layout.IsProse(n.text) {
			return n.text
		}
	case '[':
		for i := range n.kids {
			if s := proseOf(&n.kids[i]); s != "" && n.kids[i].kind == '"' {
				return s
			}
		}
	}
	return ""
}

// headingLevel returns the level of a heading that an object states for its
// section.
func headingLevel(n *node) int {
	if m := n.member("level"); m != nil {
		return max(2, levelOf(m))
	}
	return 2
}

func foldString(s string) string { return string(record.Fold(nil, []byte(s))) }

// isRun reports whether the elements of a list are parts of one paragraph: all
// are pieces of text, and either one of them is of a kind that is only found
// within a paragraph, or the joints between them look so.
func isRun(n *node) bool {
	joints, torn := 0, 0
	before := ""
	for i := range n.kids {
		s, within, ok := piece(&n.kids[i])
		switch {
		case !ok:
			return false
		case within:
			return true
		}
		if i > 0 {
			joints++
			if goesOn(before, s) {
				torn++
			}
		}
		before = s
	}
	return torn > 0 && 2*torn >= joints
}

// piece returns the text of a node without blocks below it. Within says that
// such a node is found only within a paragraph.
func piece(n *node) (s string, within, ok bool) {
	switch n.kind {
	case '"':
		return n.text, false, true
	case '{':
	default:
		return "", false, false
	}
	k, _ := kindOf(n)
	if k == inline || k == breaks || n.member("marks") != nil && k == unknown {
		return "", true, true
	}
	best := bestText(n)
	if best < 0 || k != unknown {
		return "", false, false
	}
	for i := range n.kids {
		if m := &n.kids[i]; i != best && (m.kind == '[' && len(m.kids) > 0 || m.kind == '"' && isTitleName(m.folded)) && !notText()[m.folded] {
			return "", false, false
		}
	}
	return n.kids[best].text, false, true
}

// goesOn reports whether b goes on with the sentence of a.
func goesOn(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(a)
	first, size := utf8.DecodeRuneInString(b)
	if unicode.IsSpace(first) {
		first, _ = utf8.DecodeRuneInString(b[size:])
		return !unicode.IsUpper(first) || !layout.EndsSentence(a)
	}
	if unicode.IsSpace(last) {
		return !layout.EndsSentence(a) || unicode.IsLower(first)
	}
	return startsWithStop(b) || unicode.IsLower(first) && unicode.IsLower(last) && !(strings.Contains(a, " ") && strings.Contains(b, " "))
}
