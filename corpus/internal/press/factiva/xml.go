package factiva

import (
	"strings"

	"github.com/newsq/newsq/corpus/internal/press/stated"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/xmltree"
)

// ReadXML reads an answer of Factiva's services: articles in "ppsarticle".
func ReadXML(in *reader.Input, out reader.Output) error {
	s := splitter{out: out}
	_, err := xmltree.Records(in, func(n *xmltree.Node) bool {
		return n.Is("article") && (n.Parent.Is("ppsarticle") || !inArticle(n.Parent))
	}, func(n *xmltree.Node) bool {
		a := ofNode(n)
		s.emit(&a)
		return !s.stopped
	})
	if err == nil && s.number == 0 && !s.stopped {
		err = record.ErrNoText
	}
	return err
}

// inArticle reports whether a node lies in an article.
func inArticle(n *xmltree.Node) bool {
	for ; n != nil; n = n.Parent {
		if n.Is("article") {
			return true
		}
	}
	return false
}

// ofNode reads an article.
func ofNode(n *xmltree.Node) article {
	a := article{
		id:        n.Child("accessionno").OneLine(),
		language:  stated.Language(n.Child("baselanguage").OneLine()),
		title:     strings.Join(paragraphsOf(n.Child("headline")), " "),
		byline:    n.Child("byline", "author", "authors").OneLine(),
		credit:    n.Child("credit").OneLine(),
		outlet:    n.Child("sourcename").OneLine(),
		copyright: n.Child("copyright").OneLine(),
		notice:    n.Child("notes", "corrections").OneLine(),
		captions:  n.Child("artwork", "artworks").OneLine(),
		line:      n.Line,
	}
	a.date, a.clock = dateOf(n.Child("publicationdate"))
	if a.outlet == "" {
		a.outlet = n.Child("publishername").OneLine()
	}
	for _, name := range [...]string{"leadparagraph", "tailparagraphs"} {
		for _, part := range n.All(name) {
			a.body = append(a.body, paragraphsOf(part)...)
		}
	}
	if words := n.Child("wordcount").OneLine(); words != "" {
		a.length = anyLength(words + " words")
		a.length.Text = "wordCount: " + words
	}
	a.topics = append(namesOf(n.All("newssubject")), namesOf(n.All("industry"))...)
	a.places = namesOf(n.All("region"))
	a.people = namesOf(n.All("person", "people"))
	a.organizations = namesOf(n.All("company", "organization"))
	return a
}

// dateOf returns day and time of an element that has both in one, or each.
func dateOf(n *xmltree.Node) (date, clock string) {
	if s := n.Child("datetime").OneLine(); s != "" {
		return s, ""
	}
	date, clock = n.Child("date").OneLine(), n.Child("time").OneLine()
	if date == "" {
		date = n.OneLine()
	}
	if strings.ContainsRune(date, 'T') {
		clock = ""
	}
	return date, clock
}

// paragraphsOf returns the paragraphs in an element. The words of a hit have an
// element of their own.
func paragraphsOf(n *xmltree.Node) []string {
	var list []string
	for _, p := range n.All("paragraph") {
		if s := p.OneLine(); s != "" {
			list = append(list, s)
		}
	}
	if s := n.OneLine(); list == nil && s != "" {
		list = append(list, s)
	}
	return list
}

// namesOf returns the names of codes, but for those of filters.
func namesOf(nodes []*xmltree.Node) []string {
	var names []string
	for _, n := range nodes {
		name := n.Child("name", "descriptor").OneLine()
		if name == "" {
			name = n.OneLine()
		}
		if name != "" && !stated.IsFilter(n.Attr("code")) {
			names = append(names, name)
		}
	}
	return names
}

// IsXML reports whether a file is an answer of Factiva's services.
func IsXML(h *reader.Head) bool {
	return h.Contains("global.factiva.com") && (h.Contains("article>") || h.Contains("article ")) ||
		h.Contains("<accessionNo>") && h.Contains("<leadParagraph")
}
