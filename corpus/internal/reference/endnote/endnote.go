// Package endnote reads what EndNote exports: its XML, and its tagged text.
//
// In the XML each value may be parted into runs of one style, which are put
// together. The outlet is the journal or the secondary title, else the publisher.
// Local files, numbers and dates of access are left out. The XML of EndNote 7,
// whose elements have other names, is read too.
package endnote

import (
	"strings"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/reference"
	"github.com/newsq/newsq/corpus/internal/xmltree"
)

// Version is raised whenever the same file would be read differently.
const Version = 1

// Recognize reports whether XML is EndNote's.
func Recognize(h *reader.Head) bool {
	root := strings.ToLower(h.Root())
	return (root == "xml" || root == "records") && (h.Contains("<ref-type") || h.Contains("<REFERENCE_TYPE>") || h.Contains("<source-app name=\"EndNote\""))
}

// Read reads an export: a record for each entry.
func Read(in *reader.Input, out reader.Output) error {
	n, places := 0, reference.Places{}
	isRecord := func(n *xmltree.Node) bool { return n.Is("record") && n.Parent.Is("records") }
	_, err := xmltree.Records(in, isRecord, func(node *xmltree.Node) bool {
		n++
		e := entry(node)
		place := places.Of(n, text(node, "rec-number", "refnum"), text(node, "accession-num"))
		return out.Emit(e.Record(n, node.Line, place))
	})
	if err == nil && n == 0 {
		return record.ErrNoText
	}
	return err
}

// entry takes the values of an entry.
func entry(n *xmltree.Node) *reference.Entry {
	e := &reference.Entry{}
	for i, path := range [...]string{"titles/title", "title", "titles/short-title", "titles/secondary-title"} {
		e.Set(record.Title, i, path, oneLine(n.At(path)))
	}
	for i, path := range [...]string{"contributors/authors", "authors", "contributors/secondary-authors", "secondary_authors"} {
		if list := n.At(path); list != nil {
			for _, a := range list.All("author", "secondary_author") {
				for _, name := range reference.Names(oneLine(a)) {
					e.Author(i, "author", name)
				}
			}
		}
	}
	for i, path := range [...]string{
		"periodical/full-title", "titles/secondary-title", "secondary_title", "titles/alt-title", "periodical/abbr-1", "titles/tertiary-title", "publisher",
	} {
		e.Set(record.Source, i, path, oneLine(n.At(path)))
	}
	dates(e, n)
	e.Set(record.Summary, 0, "abstract", paragraphs(n.Child("abstract")))
	for _, list := range n.All("keywords") {
		for _, k := range list.All("keyword") {
			keywords(e, paragraphs(k))
		}
	}
	for _, u := range n.Find("url") {
		if u.Parent.Is("related-urls", "web-urls", "style", "urls", "record") || u.Parent == n {
			e.Set(record.URL, 0, "url", u.OneLine())
		}
	}
	e.DOI("electronic-resource-num", text(n, "electronic-resource-num"))
	e.Set(record.Language, 0, "language", text(n, "language"))
	for _, name := range [...]string{"notes", "research-notes"} {
		e.Note(name, paragraphs(n.Child(name)))
	}
	return e
}

// dates takes the dates: the day often lacks its year.
func dates(e *reference.Entry, n *xmltree.Node) {
	year := oneLine(n.At("dates/year"))
	if year == "" {
		year = text(n, "year")
	}
	for _, d := range n.At("dates/pub-dates").All("date") {
		e.Date(0, "date", reference.WithYear(oneLine(d), year))
	}
	e.Date(1, "date", reference.WithYear(text(n, "date"), year))
	e.Date(2, "year", year)
}

// keywords takes keywords: one an element, or all in one.
func keywords(e *reference.Entry, s string) {
	for line := range strings.SplitSeq(s, "\n") {
		if strings.ContainsRune(line, ';') {
			e.List(record.Topics, "keyword", line)
		} else {
			e.Set(record.Topics, 0, "keyword", line)
		}
	}
}

func oneLine(n *xmltree.Node) string { return strings.Join(strings.Fields(content(n)), " ") }

// content returns a value. White space between its runs is that of the file.
func content(n *xmltree.Node) string {
	runs := n.All("style")
	if len(runs) == 0 {
		return n.Content()
	}
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Content())
	}
	return b.String()
}

// text returns the first child of one of the names, on one line.
func text(n *xmltree.Node, names ...string) string { return oneLine(n.Child(names...)) }

// paragraphs returns a long value. EndNote ends lines with a return alone.
func paragraphs(n *xmltree.Node) string {
	return strings.TrimSpace(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(content(n)))
}
