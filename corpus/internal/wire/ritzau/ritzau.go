// Package ritzau reads what the Danish agency Ritzau sends: elements RBNews, one
// for each article, alone or in the answer of its service.
//
// The text of an article is HTML within XML, escaped once or twice. A headline may
// be nil; then the strapline stands for it.
package ritzau

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"github.com/newsq/newsq/corpus/internal/layout"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/wire/agency"
	"github.com/newsq/newsq/corpus/internal/xmltree"
)

// Version is raised whenever the same bytes would be read differently.
const Version = 1

// Recognize reports whether XML is of Ritzau.
func Recognize(h *reader.Head) bool {
	return h.Contains("<RBNews") && (h.Contains("<NewsID") || h.Contains("<PublishDate") || h.Contains("<strapline"))
}

// Read reads the articles of a file.
func Read(in *reader.Input, out reader.Output) error {
	n := 0
	_, err := xmltree.Records(in, func(n *xmltree.Node) bool { return n.Name == "rbnews" }, func(item *xmltree.Node) bool {
		n++
		rec := record.Record{Number: n}
		if err := reader.Guard(func() error { fill(&rec, item); return nil }); err != nil {
			return out.Fail(&reader.Fault{Line: item.Line, Err: err})
		}
		if item.IsCut {
			agency.TellCut(&rec, item.Name)
		}
		if rec.Place = rec.First(record.ID); rec.Place == "" {
			rec.Place = strconv.Itoa(n)
		}
		return out.Emit(&rec)
	})
	if err == nil && n == 0 {
		err = &reader.Fault{Err: record.ErrNoText, Hint: "it holds no RBNews"}
	}
	return err
}

func fill(rec *record.Record, item *xmltree.Node) {
	text := func(name string) string { return unescaped(item.Child(name).OneLine()) }
	agency.Set(rec, record.ID, "NewsID", text("newsid"))
	agency.Set(rec, record.Title, "headline", text("headline"))
	strapline := strings.Trim(text("strapline"), "- ")
	if !rec.Has(record.Title) {
		agency.Set(rec, record.Title, "strapline", strapline)
	} else if !strings.ContainsAny(strapline, "/.:") && len(strapline) < 40 {
		agency.Set(rec, record.Topics, "strapline", strapline)
	}
	agency.Set(rec, record.Summary, "subtitle", text("subtitle"))
	agency.Set(rec, record.Published, "PublishDate", text("publishdate"))
	agency.Set(rec, record.Authors, "byLine", agency.Names(text("byline")))
	agency.Set(rec, record.Source, "origin", strings.Trim(text("origin"), "/ "))
	if !rec.Has(record.Source) {
		agency.Set(rec, record.Source, "RBNews", "Ritzau")
	}
	agency.Set(rec, record.Places, "town", text("town"))
	agency.Set(rec, record.Topics, "section", text("section"))
	for _, k := range item.Find("subjectkeyword", "keyword") {
		agency.Set(rec, record.Topics, "SubjectKeyword", strings.Split(unescaped(k.OneLine()), ";")...)
	}
	h := agency.ToldOf(rec)
	if v, err := strconv.Atoi(text("version")); err == nil && v > 0 {
		h.Version = v
	}
	if id := text("replaces"); id != "" {
		h.Replaces = []string{id}
	}
	rec.Blocks = agency.Tidy(rec, layout.HTMLBlocks(unescaped(item.Child("content").Content())))
	if len(rec.Blocks) == 0 {
		rec.Blocks = nil
	}
}

// unescaped returns a text without the second escapes that the service writes.
func unescaped(s string) string {
	for n := 0; n < 2 && strings.Contains(s, "&"); n++ {
		if !strings.Contains(s, "&amp;") && n > 0 {
			break
		}
		s = html.UnescapeString(s)
	}
	return s
}
