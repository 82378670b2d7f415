// Package mods reads MODS, the form in which libraries describe what they hold
// (version 3 of the schema of the Library of Congress).
//
// Each "mods" is an entry. The outlet is the item that hosts it, else its
// publisher. When a page was captured is its date only where no other is stated.
package mods

import (
	"slices"
	"strings"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/reference"
	"github.com/newsq/newsq/corpus/internal/xmltree"
)

// Version is raised whenever the same file would be read differently.
const Version = 1

// Recognize reports whether XML is MODS, alone or in a collection.
func Recognize(h *reader.Head) bool {
	_, root, prefixed := strings.Cut(h.Root(), ":")
	if !prefixed {
		root = h.Root()
	}
	return root == "modsCollection" || root == "mods"
}

// Read reads a file: a record for each entry.
func Read(in *reader.Input, out reader.Output) error {
	n, places := 0, reference.Places{}
	_, err := xmltree.Records(in, func(n *xmltree.Node) bool { return n.Is("mods") }, func(node *xmltree.Node) bool {
		n++
		e := entry(node)
		id := node.At("recordinfo/recordidentifier").OneLine()
		return out.Emit(e.Record(n, node.Line, places.Of(n, id, node.Attr("id"))))
	})
	if err == nil && n == 0 {
		return record.ErrNoText
	}
	return err
}

func entry(n *xmltree.Node) *reference.Entry {
	e := &reference.Entry{}
	for _, t := range n.All("titleinfo") {
		rank := 0
		if t.Attr("type") != "" {
			rank = 1
		}
		e.Set(record.Title, rank, "titleInfo", title(t))
	}
	for _, name := range n.All("name") {
		rank := 1
		if isAuthor(name) {
			rank = 0
		}
		e.Author(rank, "name", person(name))
	}
	host := hostOf(n)
	e.Set(record.Source, 0, "relatedItem", title(host.Child("titleinfo")))
	for _, origin := range append(n.All("origininfo"), host.All("origininfo")...) {
		e.Set(record.Source, 1, "publisher", origin.Child("publisher").OneLine())
	}
	dates(e, n, host)
	for _, a := range n.All("abstract") {
		e.Set(record.Summary, 0, "abstract", strings.TrimSpace(a.Content()))
	}
	for _, note := range n.All("note") {
		e.Note("note", note.Content())
	}
	subjects(e, n)
	for _, u := range n.Find("url") {
		if u.Parent.Is("location") && u.Parent.Parent == n {
			e.Set(record.URL, 0, "url", u.OneLine())
		}
	}
	for _, id := range n.All("identifier") {
		switch strings.ToLower(id.Attr("type")) {
		case "uri":
			e.Set(record.URL, 0, "identifier", id.OneLine())
		case "doi":
			e.DOI("identifier", id.OneLine())
		}
	}
	e.Set(record.Language, 0, "language", language(n.Child("language")))
	return e
}

// title returns a title with its article and what stands below it.
func title(t *xmltree.Node) string {
	s := strings.TrimSpace(t.Child("nonsort").OneLine() + " " + t.Child("title").OneLine())
	if sub := t.Child("subtitle").OneLine(); sub != "" {
		s = strings.TrimRight(s, ": ") + ": " + sub
	}
	return s
}

// isAuthor reports whether a name is that of one who wrote: the role says so, or
// there is none.
func isAuthor(n *xmltree.Node) bool {
	roles := n.Find("roleterm")
	return len(roles) == 0 || slices.ContainsFunc(roles, func(r *xmltree.Node) bool {
		switch strings.ToLower(strings.Trim(r.OneLine(), ". ")) {
		case "aut", "author", "cre", "creator", "jrn", "journalist", "reporter", "rpt":
			return true
		}
		return false
	})
}

// person returns a name as people say it.
func person(n *xmltree.Node) string {
	parts := map[string]string{}
	for _, p := range n.All("namepart") {
		if kind := p.Attr("type"); parts[kind] == "" {
			parts[kind] = p.OneLine()
		} else if kind == "given" {
			parts[kind] += " " + p.OneLine()
		}
	}
	switch {
	case parts["family"] != "":
		return reference.Name(parts["given"], parts["family"], parts["termsOfAddress"])
	case n.Attr("type") == "corporate" || n.Attr("type") == "conference":
		return parts[""]
	case parts[""] == "":
		return parts["given"]
	}
	return reference.Turned(parts[""])
}

// hostOf returns what an entry is a part of; nil when it isn't said.
func hostOf(n *xmltree.Node) *xmltree.Node {
	for _, r := range n.All("relateditem") {
		if r.Attr("type") == "host" {
			return r
		}
	}
	return nil
}

// dates takes the dates: that of the article, of the issue, of a capture.
func dates(e *reference.Entry, n, host *xmltree.Node) {
	for _, origin := range n.All("origininfo") {
		for _, d := range origin.Children {
			if strings.EqualFold(d.Attr("keydate"), "yes") && d.Attr("point") != "end" {
				e.Date(0, d.Name, d.OneLine()) // the one that counts, as the library says
				return
			}
		}
	}
	for _, name := range [...]string{"dateissued", "copyrightdate", "datecreated", "dateother", "datecaptured"} {
		found := false
		for _, at := range [...]*xmltree.Node{n.At("origininfo"), n.At("part"), host.At("part"), host.At("origininfo")} {
			for _, d := range append(at.All(name), at.All("date")...) {
				if d.Attr("point") == "end" {
					continue
				}
				e.Date(0, d.Name, d.OneLine())
				found = true
			}
		}
		if found {
			return
		}
	}
}

func subjects(e *reference.Entry, n *xmltree.Node) {
	for _, s := range n.All("subject") {
		for _, c := range s.Children {
			switch c.Name {
			case "topic", "genre", "temporal":
				e.Set(record.Topics, 0, "subject", c.OneLine())
			case "geographic":
				e.Set(record.Places, 0, "subject", c.OneLine())
			case "hierarchicalgeographic":
				for _, p := range c.All("country", "state", "city", "region") {
					e.Set(record.Places, 0, "subject", p.OneLine())
				}
			case "name":
				f := record.People
				if c.Attr("type") == "corporate" {
					f = record.Organizations
				}
				e.Set(f, 0, "subject", person(c))
			}
		}
	}
}

// language returns the language, which may be stated as a text and as a code.
func language(n *xmltree.Node) string {
	terms := n.All("languageterm")
	for _, t := range terms {
		if t.Attr("type") == "code" {
			return t.OneLine()
		}
	}
	if len(terms) > 0 {
		return terms[0].OneLine()
	}
	return n.OneLine()
}
