// Package newsml reads NewsML, of both kinds: NewsML-G2, in which an article is
// a newsItem, and NewsML 1, in which it is a NewsItem with components.
//
// A message may hold many items. Items of text are articles; pictures, video,
// graphics, packages, planned coverage, concepts and catalogs are not, nor is
// what a package refers to in other messages. An article that its sender took
// back is an article that says so.
//
// The same text often stands in an item several times: as XHTML, as plain text
// for old systems, as headline, as teaser. One is taken, that with the most
// structure. What is marked as not for the public is never text.
package newsml

import (
	"strconv"
	"strings"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/wire/agency"
	"github.com/newsq/newsq/corpus/internal/xmltree"
)

// Version is raised whenever the same bytes would be read differently.
const Version = 1

// Recognize reports whether XML is NewsML.
func Recognize(h *reader.Head) bool {
	root := strings.ToLower(h.Root())
	switch root[strings.IndexByte(root, ':')+1:] {
	case "newsml", "newsmessage", "newsmessages":
		return true
	case "newsitem", "packageitem", "conceptitem", "knowledgeitem", "planningitem", "catalogitem":
		return h.Contains("iptc.org/std/nar") || h.Contains("NewsML") || h.Contains("<itemMeta") || h.Contains("<NewsManagement")
	}
	return false
}

// isItem reports whether an element is an item of a message. Some stand within
// others in NewsML 1; these belong to the outer one.
func isItem(n *xmltree.Node) bool {
	switch n.Name {
	case "newsitem", "packageitem", "conceptitem", "knowledgeitem", "planningitem", "catalogitem":
		return true
	}
	return false
}

// Read reads the items of a file as a stream.
func Read(in *reader.Input, out reader.Output) error {
	r := itemReader{out: out}
	_, err := xmltree.Records(in, isItem, r.item)
	if err != nil || r.stopped || r.articles > 0 || r.faults > 0 {
		return err
	}
	hint := "it holds no item"
	if r.items > 0 {
		hint = "none of its " + strconv.Itoa(r.items) + " items is a text"
	}
	return &reader.Fault{Err: record.ErrNoText, Hint: hint}
}

type itemReader struct {
	out                     reader.Output
	items, articles, faults int
	stopped                 bool
}

// item hands on the articles of an item.
func (r *itemReader) item(n *xmltree.Node) bool {
	r.items++
	if n.Name != "newsitem" {
		return true
	}
	var records []*record.Record
	err := reader.Guard(func() error {
		if n.First("newsmanagement", "newscomponent", "newsidentifier") != nil {
			records = itemOf1(n)
		} else if rec := itemOfG2(n); rec != nil {
			records = []*record.Record{rec}
		}
		return nil
	})
	if err != nil {
		r.faults++
		r.stopped = !r.out.Fail(&reader.Fault{Line: n.Line, Err: err})
		return !r.stopped
	}
	alone := len(records) == 1 && (n.Parent == nil || n.Parent.Name == "" || n.Parent.Name == "newsml" && n.Parent.Parent != nil && n.Parent.Parent.Name == "" && r.items == 1)
	for i, rec := range records {
		r.articles++
		rec.Number = r.articles
		if n.IsCut {
			agency.TellCut(rec, n.Name)
		}
		switch {
		case alone && n.Parent != nil && n.Parent.Name == "":
			rec.Number, rec.IsFile = 0, true
		case rec.First(record.ID) != "":
			rec.Place = rec.First(record.ID)
			if v := rec.Handling; v != nil && v.Version > 0 {
				rec.Place += ":" + strconv.Itoa(v.Version)
			}
		default:
			rec.Place = strconv.Itoa(r.articles)
		}
		if i > 0 && rec.First(record.ID) != "" {
			rec.Place += ":" + strconv.Itoa(i+1)
		}
		if !r.out.Emit(rec) {
			r.stopped = true
			return false
		}
	}
	return true
}

// killed sees to it that an article that was taken back has something to show,
// as its sender may have left it empty.
func killed(rec *record.Record, names ...string) {
	if rec.Handling == nil || rec.Handling.Status == "" || rec.Has(record.Title) || rec.Has(record.Body) {
		return
	}
	agency.Set(rec, record.Title, "status", append(names, rec.Handling.Notice, rec.Handling.Status)[first(append(names, rec.Handling.Notice, rec.Handling.Status))])
}

// first returns the index of the first text that is not empty; the last is not.
func first(texts []string) int {
	for i, s := range texts {
		if strings.TrimSpace(s) != "" {
			return i
		}
	}
	return len(texts) - 1
}
