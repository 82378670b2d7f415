// Package bookmarks reads lists of bookmarks in HTML: the form of Netscape, which
// browsers and programs for bookmarks export, and those of Pocket and Instapaper.
//
//	<!DOCTYPE NETSCAPE-Bookmark-file-1>
//	<DL><p>
//	    <DT><H3>A folder</H3>
//	    <DL><p>
//	        <DT><A HREF="https://example.org/" ADD_DATE="1463686918" TAGS="a,b">Title</A>
//	        <DD>A note
//	    </DL><p>
//	</DL>
//
// Nothing is closed that HTML wants closed, so it is read tag by tag. Each link is
// a record. A note, or what the attribute "description" says, is its summary; one
// without is a link and no more. Names of folders are left out. The XML of
// Delicious and Pinboard holds the same, see [ReadPosts].
package bookmarks

import (
	"strings"

	"golang.org/x/net/html"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/reference"
)

// Version is raised whenever the same file would be read differently.
const Version = 1

// Recognize reports whether a page is a list of bookmarks in the form of
// Netscape.
func Recognize(h *reader.Head) bool { return h.HasPrefix("<!DOCTYPE NETSCAPE-Bookmark-file") }

// RecognizePocket reports whether a page is what Pocket exports.
func RecognizePocket(h *reader.Head) bool {
	return h.Contains("<title>Pocket Export</title>") || h.HasPrefix("<!doctype html") && h.Contains("time_added=\"") && h.Contains("<h1>Unread</h1>")
}

// RecognizeInstapaper reports whether a page is what Instapaper exports.
func RecognizeInstapaper(h *reader.Head) bool {
	return h.Contains("<title>Instapaper: Export</title>")
}

// Read reads a list of bookmarks: a record for each link.
func Read(in *reader.Input, out reader.Output) error {
	s, err := in.Text()
	if err != nil {
		return err
	}
	p := parser{out: out, z: html.NewTokenizer(strings.NewReader(s)), places: reference.Places{}, line: 1, more: true}
	p.run()
	if p.more && p.n == 0 {
		return record.ErrNoText
	}
	return nil
}

// parser makes links of tags.
type parser struct {
	out    reader.Output
	z      *html.Tokenizer
	places reference.Places
	n      int
	line   int
	more   bool

	link  *reference.Link // that is open; nil for none
	start int             // its line
	to    *strings.Builder
	title strings.Builder
	note  strings.Builder
}

func (p *parser) run() {
	for p.more {
		kind := p.z.Next()
		line := p.line
		p.line += strings.Count(string(p.z.Raw()), "\n")
		switch kind {
		case html.ErrorToken:
			p.close()
			return
		case html.TextToken:
			if p.to != nil {
				p.to.Write(p.z.Text())
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, hasAttr := p.z.TagName()
			p.open(string(name), hasAttr, line)
		case html.EndTagToken:
			name, _ := p.z.TagName()
			switch string(name) {
			case "a":
				if p.to == &p.title {
					p.to = nil
				}
			case "dl", "ul", "ol", "dd":
				p.close()
			}
		}
	}
}

// open takes a tag that opens an element.
func (p *parser) open(name string, hasAttr bool, line int) {
	switch name {
	case "a":
		if p.to == &p.note {
			return // within a note
		}
		p.close()
		p.link, p.start, p.to = &reference.Link{}, line, &p.title
		for hasAttr {
			var key, value []byte
			key, value, hasAttr = p.z.TagAttr()
			p.attribute(string(key), string(value))
		}
	case "dd":
		if p.link != nil {
			p.to = &p.note
		}
	case "br", "p":
		if p.to != nil {
			p.to.WriteByte('\n')
		}
	case "dt", "dl", "h1", "h2", "h3", "li", "ul", "ol", "hr":
		p.close()
	}
}

// attribute takes an attribute of a link.
func (p *parser) attribute(key, value string) {
	switch key {
	case "href", "feedurl":
		p.link.SetAddress(key, value)
	case "add_date", "time_added":
		p.link.Saved(key, value)
	case "tags", "labels":
		p.link.List(record.Topics, key, value)
	case "description":
		p.link.Set(record.Summary, 0, key, value)
	}
}

// close ends the link that is open.
func (p *parser) close() {
	p.to = nil
	if p.link == nil {
		return
	}
	p.link.SetTitle("title", strings.Join(strings.Fields(p.title.String()), " "))
	if note := strings.TrimSpace(p.note.String()); note != "" {
		p.link.Set(record.Summary, 0, "note", note)
	}
	if !p.link.IsEmpty() {
		p.n++
		p.more = p.out.Emit(p.link.LinkRecord(p.n, p.start, p.places))
	}
	p.link = nil
	p.title.Reset()
	p.note.Reset()
}
