package scraper

import (
	"strings"
	"time"

	"github.com/newsq/newsq/corpus/internal/layout"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/xmltree"
	"github.com/newsq/newsq/internal/extract"
)

// moment reads a time; zero when it is none.
func moment(s string) time.Time {
	t, _ := extract.ParseDate(s)
	return t
}

// RecognizeTrafilatura reports whether XML is the output of trafilatura, its own
// or TEI.
func RecognizeTrafilatura(h *reader.Head) bool {
	head := string(h.Text[:min(len(h.Text), 8<<10)])
	switch root := h.Root(); root {
	case "doc":
		return strings.Contains(head, "<main") && (strings.Contains(head, "hostname=") || strings.Contains(head, "fingerprint=") || strings.Contains(head, "sitename="))
	case "TEI":
		return strings.Contains(head, "teiHeader") && strings.Contains(strings.ToLower(head), "trafilatura") && strings.Contains(head, "<biblFull")
	}
	return false
}

// ReadTrafilatura reads such output.
func ReadTrafilatura(in *reader.Input, out reader.Output) error {
	root, err := xmltree.Tree(in)
	if err != nil {
		return err
	}
	rec := record.Record{IsFile: true}
	err = reader.Guard(func() error {
		if doc := root.Child("doc"); doc != nil {
			fillDoc(&rec, doc)
		} else if tei := root.Child("tei"); tei != nil {
			fillTEI(&rec, tei)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if !rec.Has(record.Body) && !rec.Has(record.Title) {
		return &reader.Fault{Err: record.ErrNoText}
	}
	out.Emit(&rec)
	return nil
}

func fillDoc(rec *record.Record, doc *xmltree.Node) {
	attr := func(f record.Field, names ...string) {
		for _, name := range names {
			if s := doc.Attr(name); s != "" && !rec.Has(f) {
				set(rec, f, name, s)
			}
		}
	}
	attr(record.Title, "title")
	attr(record.Summary, "description", "excerpt")
	attr(record.Published, "date")
	attr(record.URL, "url", "source")
	attr(record.Source, "sitename", "source-hostname", "hostname")
	attr(record.Language, "language")
	set(rec, record.Authors, "author", strings.Split(doc.Attr("author"), ";")...)
	labels(rec, doc.Attr("categories"), doc.Attr("tags"))
	setTree(rec, doc.Child("main", "text"))
}

// labels sets topics, which trafilatura joins with semicolons, or commas.
func labels(rec *record.Record, lists ...string) {
	for _, list := range lists {
		sep := ","
		if strings.Contains(list, ";") {
			sep = ";"
		}
		set(rec, record.Topics, "categories, tags", strings.Split(list, sep)...)
	}
}

func fillTEI(rec *record.Record, tei *xmltree.Node) {
	header := tei.Child("teiheader")
	full := header.First("biblfull")
	if full == nil {
		full = header.Child("filedesc")
	}
	set(rec, record.Title, "title", full.At("titlestmt/title").OneLine())
	var names []string
	for _, a := range full.Child("titlestmt").All("author") {
		names = append(names, strings.Split(a.OneLine(), ";")...)
	}
	set(rec, record.Authors, "author", names...)
	publication := full.Child("publicationstmt")
	set(rec, record.Source, "publisher", withoutHost(publication.Child("publisher").OneLine()))
	set(rec, record.URL, "ptr", publication.Child("ptr").Attr("target"))
	set(rec, record.Published, "date", publication.Child("date").OneLine())
	set(rec, record.Summary, "abstract", header.First("abstract").OneLine())
	for _, term := range header.Find("term") {
		labels(rec, term.OneLine())
	}
	for _, l := range header.Find("language") {
		set(rec, record.Language, "language", l.Attr("ident"))
	}
	body := tei.At("text/body")
	for _, div := range body.All("div") {
		if div.Attr("type") == "entry" {
			body = div
			break
		}
	}
	setTree(rec, body)
}

// withoutHost takes the host from the name of a site: "Example News (example.org)".
func withoutHost(s string) string {
	at := strings.LastIndex(s, " (")
	if at > 0 && strings.Contains(s[at:], ".") && !strings.Contains(s[at+1:], " ") {
		return s[:at]
	}
	return s
}

// names are the elements of trafilatura's XML and TEI that HTML has under another
// name.
var names = map[string]string{
	"head": "h2", "ab": "h2", "list": "ul", "item": "li", "quote": "blockquote", "row": "tr", "cell": "td", "lb": "br", "hi": "span", "ref": "span", "code": "pre", "del": "span",
	"main": "div", "body": "div", "div": "div", "graphic": "span", "fw": "p",
}

// setTree makes an element of trafilatura's XML the text.
func setTree(rec *record.Record, n *xmltree.Node) {
	if n == nil {
		return
	}
	toHTML(n)
	rec.Blocks, rec.Form = layout.HTMLBlocks(n.HTML()), record.Plain
	if len(rec.Blocks) == 0 {
		rec.Blocks = nil
	}
}

func toHTML(n *xmltree.Node) {
	for _, c := range n.Children {
		if c.Name == "" {
			continue
		}
		if c.Name == "head" || c.Name == "ab" {
			if rend := c.Attr("rend"); len(rend) == 2 && rend[0] == 'h' && rend[1] >= '1' && rend[1] <= '6' {
				c.Name = rend
				toHTML(c)
				continue
			}
		}
		if name, ok := names[c.Name]; ok {
			c.Name = name
		}
		toHTML(c)
	}
}
