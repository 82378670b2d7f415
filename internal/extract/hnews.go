package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Microformats are classes by which a page marks up its article: hAtom an entry,
// hNews a news article, with the organization it is of. What they say counts
// where nothing else does, and where the page says it once: a page that lists
// articles says it of each.

// The places of what microformats say, as Origins names them.
const (
	sourceOrg     = "source-org"
	entryBookmark = "entry-title rel=bookmark"
	itemLicense   = "item-license"
	entryAuthor   = "hentry author"
	entryDate     = "hentry published"
)

// hNews notes what an element says in hNews.
func (m *metadata) hNews(n *html.Node, class, rel string) {
	switch {
	case class == "" && rel == "":
	case hasWord(class, sourceOrg):
		m.addMeta(sourceOrg, cardName(n))
	case hasWord(class, "author") && hasWord(class, "vcard") && inEntry(n):
		m.addMeta(entryAuthor, cardName(n))
	case hasWord(class, "published") && inEntry(n):
		value := attr(n, "datetime")
		if value == "" {
			value = attr(n, "title")
		}
		m.addMeta(entryDate, value)
	case n.DataAtom != atom.A:
	case hasWord(rel, "bookmark") && (hasWord(class, "entry-title") || n.Parent != nil && hasWord(attr(n.Parent, "class"), "entry-title")):
		m.addMeta(entryBookmark, attr(n, "href"))
	case hasWord(rel, itemLicense), hasWord(class, itemLicense):
		m.addMeta(itemLicense, strings.TrimSpace(oneLine(n)+" "+attr(n, "href")))
	}
}

// maxAround is how far around an element its entry is looked for.
const maxAround = 16

// inEntry reports whether an element stands in an entry of hAtom.
func inEntry(n *html.Node) bool {
	for i := 0; i < maxAround && n.Parent != nil; i++ {
		if n = n.Parent; hasWord(attr(n, "class"), "hentry") {
			return true
		}
	}
	return false
}

// cardName returns the name on an hCard: of its organization, else of the card.
func cardName(card *html.Node) string {
	for n := range card.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if class := attr(n, "class"); hasWord(class, "org") || hasWord(class, "fn") {
			return oneLine(n)
		}
	}
	return oneLine(card)
}

// only returns what the page says under a name, if it says it once.
func (m *metadata) only(name string) statement {
	if values := m.tags[name]; len(values) == 1 {
		return statement{values[0], name}
	}
	return statement{}
}

// rights returns the licence of the article, and whether the page reserves it
// from programs that learn: by the W3C's TDM Reservation Protocol, or as robots
// are told.
func (m *metadata) rights() (terms string, noAI bool) {
	if terms = tidy(m.only(itemLicense).text); len(terms) > maxMetaValue {
		terms = ""
	}
	if strings.TrimSpace(m.first("tdm-reservation")) == "1" {
		return terms, true
	}
	for _, s := range m.tags["robots"] {
		for word := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return r == ',' || r == ' ' }) {
			if word == "noai" {
				return terms, true
			}
		}
	}
	return terms, false
}
