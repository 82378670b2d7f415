// Package rdf reads bibliographies in RDF/XML: what Zotero exports, and the
// dialects of other catalogues (Bibliontology, Dublin Core, PRISM, schema.org).
//
// Properties are known by their local names, since each dialect has prefixes of
// its own. Things refer to others by address: authors, the journal, the notes of
// an item, which are put in their place. Entries are the things with a title that
// are not a person, an organization, a collection, an attachment, or what another
// thing is a part of. A note that belongs to no item is an entry of its own.
package rdf

import (
	"strings"

	"github.com/newsq/newsq/corpus/internal/layout"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/reference"
	"github.com/newsq/newsq/corpus/internal/xmltree"
)

// Version is raised whenever the same file would be read differently.
const Version = 1

// Recognize reports whether XML is RDF about works: it speaks of titles in one of
// the vocabularies of bibliographies. Feeds in RDF (RSS 1.0) are not.
func Recognize(h *reader.Head) bool {
	if !strings.HasSuffix(h.Root(), "RDF") || h.Contains(`"http://purl.org/rss/1.0/"`) || h.Contains(`'http://purl.org/rss/1.0/'`) || h.Contains("http://my.netscape.com/rdf/") {
		return false
	}
	for _, mark := range [...]string{
		"http://www.zotero.org/namespaces/export#", "http://purl.org/net/biblio#", "http://purl.org/ontology/bibo/",
		"http://prismstandard.org/namespaces/", "http://schema.org/", "https://schema.org/", "http://eprints.org/ontology/", "http://purl.org/dc/",
		"http://purl.org/eprint/",
	} {
		if h.Contains(mark) {
			return true
		}
	}
	return false
}

// Read reads a bibliography: a record for each entry.
func Read(in *reader.Input, out reader.Output) error {
	root, err := xmltree.Tree(in)
	if err != nil {
		return err
	}
	g := newGraph(root.First("rdf"))
	places := reference.Places{}
	n := 0
	for _, thing := range g.things {
		if !g.isEntry(thing) {
			continue
		}
		n++
		e := g.entry(thing)
		about := thing.Attr("about")
		if about == "" {
			about = thing.Attr("nodeid")
		}
		if !out.Emit(e.Record(n, thing.Line, places.Of(n, about))) {
			return nil
		}
	}
	if n == 0 {
		return record.ErrNoText
	}
	return nil
}

// graph are the things of a file, and how they refer to each other.
type graph struct {
	things []*xmltree.Node
	byName map[string]*xmltree.Node
	part   map[string]bool // names of what others are a part of
	owned  map[string]bool // names of notes and attachments of items
	// texts are those of things that others refer to, of which many may.
	texts map[*xmltree.Node]string
}

// once returns what text makes of a thing, which is done once.
func (g *graph) once(n *xmltree.Node, text func(n *xmltree.Node) string) string {
	s, ok := g.texts[n]
	if !ok {
		s = layout.Prefix(text(n), record.MaxStated) // more than is kept of it
		g.texts[n] = s
	}
	return s
}

func newGraph(rdf *xmltree.Node) *graph {
	g := &graph{byName: map[string]*xmltree.Node{}, part: map[string]bool{}, owned: map[string]bool{}, texts: map[*xmltree.Node]string{}}
	if rdf == nil {
		return g
	}
	for _, n := range rdf.Children {
		if n.Name == "" {
			continue
		}
		g.things = append(g.things, n)
		for _, name := range [...]string{n.Attr("about"), n.Attr("nodeid"), n.Attr("id")} {
			if name != "" {
				g.byName[name] = n
			}
		}
	}
	for _, n := range g.things {
		for _, c := range n.All("ispartof") {
			g.part[resource(c)] = true
		}
		for _, c := range n.All("isreferencedby", "link") {
			g.owned[resource(c)] = true
		}
	}
	return g
}

// resource returns the name of the thing that a property refers to.
func resource(n *xmltree.Node) string {
	for _, name := range [...]string{"resource", "nodeid"} {
		if s := n.Attr(name); s != "" {
			return s
		}
	}
	return ""
}

// isEntry reports whether a thing is an article.
func (g *graph) isEntry(n *xmltree.Node) bool {
	name := n.Attr("about")
	kind := n.Name
	if t := n.Child("type"); kind == "description" && t != nil {
		at := resource(t)
		kind = strings.ToLower(at[strings.LastIndexAny(at, "/#")+1:])
	}
	switch kind {
	case "person", "organization", "agent", "group", "collection", "attachment", "seq", "bag", "concept", "event", "conference", "journal", "series", "periodical", "image":
		return false
	case "memo":
		return !g.owned[name] && n.Child("value") != nil
	}
	if name != "" && g.part[name] && n.Child("abstract", "itemtype") == nil {
		return false
	}
	return n.Child("title", "headline", "name") != nil
}

// entry takes the properties of a thing.
func (g *graph) entry(n *xmltree.Node) *reference.Entry {
	e := &reference.Entry{}
	if n.Is("memo") {
		e.Note("value", n.Child("value").Content()+"\n")
		e.Set(record.Summary, 0, "value", n.Child("value").Content())
	}
	for i, name := range [...]string{"headline", "title", "name"} {
		e.Set(record.Title, i, name, n.Child(name).OneLine())
	}
	for i, name := range [...]string{"authors", "creator", "author", "contribution", "interviewers", "directors", "contributors", "editors", "editor"} {
		for _, list := range n.All(name) {
			g.people(e, i, name, list)
		}
	}
	g.outlet(e, n)
	for i, name := range [...]string{"date", "issued", "datepublished", "publicationdate", "created", "datecreated"} {
		for _, d := range n.All(name) {
			e.Date(i, name, literal(d))
		}
	}
	for i, name := range [...]string{"abstract", "description"} {
		if s := strings.TrimSpace(n.Child(name).Content()); name == "abstract" || len(s) > 0 && !g.isZotero(n) {
			e.Set(record.Summary, i, name, s)
		} else {
			e.Note(name, s) // Zotero's "extra"
		}
	}
	for _, name := range [...]string{"subject", "keyword", "keywords"} {
		for _, s := range n.All(name) {
			if s.Child("lcc", "ddc") == nil { // the number of a shelf
				e.Set(record.Topics, 0, name, literal(s))
			}
		}
	}
	g.addresses(e, n)
	for _, ref := range n.All("isreferencedby") {
		if memo := g.byName[resource(ref)]; memo != nil && memo.Is("memo") {
			e.Note("note", memo.Child("value").Content())
			delete(g.byName, resource(ref)) // a note belongs to one item
		}
	}
	for _, l := range n.All("language", "inlanguage") {
		s := literal(l)
		if at := resource(l); s == "" && at != "" {
			s = at[strings.LastIndexByte(at, '/')+1:]
		}
		e.Set(record.Language, 0, "language", s)
	}
	return e
}

// isZotero reports whether an item is Zotero's, whose descriptions are what did
// not fit in other fields.
func (g *graph) isZotero(n *xmltree.Node) bool { return n.Child("z:itemtype") != nil }

// literal returns the text of a property; one that stands apart as a value goes
// before the rest.
func literal(n *xmltree.Node) string {
	if v := n.First("value"); v != nil {
		return v.OneLine()
	}
	return n.OneLine()
}

// maxPeople bounds the things that are looked at as authors of one entry.
const maxPeople = 1000

// people takes the names in a property: a list of people, one, a reference to
// one, or a text.
func (g *graph) people(e *reference.Entry, rank int, from string, list *xmltree.Node) {
	found := false
	for i, p := range list.Find("person", "organization", "agent") {
		if i == maxPeople {
			break
		}
		e.Author(rank, from, personName(p))
		found = true
	}
	refs := append(list.Find("li"), list)
	for _, r := range refs[:min(len(refs), maxPeople)] {
		if p := g.byName[resource(r)]; p != nil {
			e.Author(rank, from, g.once(p, personName))
			found = true
		}
	}
	if !found {
		for _, name := range reference.Names(list.OneLine()) {
			e.Author(rank, from, name)
		}
	}
}

// personName returns the name of a person or an organization.
func personName(n *xmltree.Node) string {
	family := n.Child("surname", "familyname", "family_name", "lastname").OneLine()
	given := n.Child("givenname", "firstname", "given_name", "given").OneLine()
	if family == "" && given == "" {
		if s := n.Child("name", "label", "title").OneLine(); s != "" {
			return s
		}
		return n.Attr("name")
	}
	return reference.Name(given, family, "")
}

// outlet takes what an entry is a part of, else who published it.
func (g *graph) outlet(e *reference.Entry, n *xmltree.Node) {
	for _, part := range n.All("ispartof", "publicationname", "hasjournal") {
		whole := g.byName[resource(part)]
		if whole == nil {
			whole = part
		}
		rank := 0
		if whole.Is("series") || part.Child("series") != nil {
			rank = 2
		}
		if t := g.once(whole, titleOf); t != "" {
			e.Set(record.Source, rank, "isPartOf", t)
		} else if s := part.OneLine(); whole == part {
			e.Set(record.Source, 3, "isPartOf", s)
		}
	}
	for _, p := range n.All("publisher") {
		who := g.byName[resource(p)]
		if who == nil {
			who = p
		}
		s := g.once(who, titleOf)
		if s == "" && who == p {
			s = who.OneLine()
		}
		e.Set(record.Source, 2, "publisher", s)
	}
}

// titleOf returns the title or name of a thing, which may lie within it.
func titleOf(n *xmltree.Node) string { return n.First("title", "name").OneLine() }

// addresses takes where an entry is to be found.
func (g *graph) addresses(e *reference.Entry, n *xmltree.Node) {
	for _, id := range n.All("identifier") {
		s := literal(id)
		if strings.HasPrefix(s, "DOI ") {
			e.DOI("identifier", strings.TrimPrefix(s, "DOI "))
		}
		e.Set(record.URL, 0, "identifier", s)
	}
	for _, name := range [...]string{"url", "uri", "homepage"} {
		for _, u := range n.All(name) {
			e.Set(record.URL, 0, name, u.OneLine()+" "+resource(u))
		}
	}
	e.DOI("doi", n.Child("doi").OneLine())
	e.Set(record.URL, 0, "about", n.Attr("about"))
}
