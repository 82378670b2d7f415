package extract

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Page is what an HTML page says: its main text, and the facts that it states
// about itself. What a page does not say is empty.
type Page struct {
	Title     string
	Summary   string
	Language  string // BCP 47
	URL       string // its own address, absolute where it can be made so
	Source    string // the outlet's name, else the host's
	Authors   []string
	Topics    []string // as the page words them
	Published time.Time
	Updated   time.Time
	// From says where each field stood.
	From Origins
	// Unread are dates and authors that the page states and that could not be
	// read, where no other statement of them could.
	Unread []Unread
	// Blocks are the main text in reading order. The title is not among
	// them.
	Blocks []Block
}

// Unread is a statement of a page that could not be read.
type Unread struct {
	Field string // "published", "updated" or "authors"
	From  string // the place, as Origins names it
	Text  string // all of it, on one line
}

// Origins says, for each field of a page, where on the page it stood: the name
// of a meta tag, such as "og:title"; a property of JSON-LD, such as "JSON-LD
// headline"; or an element, such as "h1". It is empty for what the page does
// not say.
type Origins struct {
	Title, Summary, Language, URL, Source, Authors, Topics, Published, Updated string
}

// maxTags is how many tags a page may have for a tree to be made of it, in
// memory some hundred times as large as a tag. The largest news pages have
// some thirty thousand.
const maxTags = 1_000_000

// HTML takes the main text and the stated facts out of a page. pageURL is
// where it was found; it may be empty. A fragment without html and body
// elements is read as well as a whole page, and where no main text can be
// told from the rest, the text of the whole body is taken.
func HTML(page string, pageURL string) (Page, error) {
	if strings.Count(page, "<") > maxTags {
		return readTags(page, pageURL)
	}
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil { // elements nested too deep for a tree
		return readTags(page, pageURL)
	}
	f := newResolver(collectMetadata(doc), pageURL)
	p := f.page(pageURL)
	p.Blocks = mainText(doc, f.base, p.Title, linkedString(f.articleData["articleBody"]))
	if len(p.Blocks) == 0 {
		// All there was looked like decoration; any text is better than none.
		if doc, err = html.Parse(strings.NewReader(page)); err == nil {
			p.Blocks = trimTitle(blocks(cutRuns(doc)), p.Title)
		}
	}
	t, change := dateline(p.Blocks, f.meta.othersTimes)
	switch {
	case t.IsZero():
	case change && p.Updated.IsZero():
		p.Updated, p.From.Updated = t, "dateline"
	case !change && p.Published.IsZero():
		p.Published, p.From.Published = t, "dateline"
	}
	p.Unread = f.unread(&p)
	return p, nil
}

// dateline looks for a line above the text that says when it was written, or
// changed, as pages made by hand have it: "12 January 2026", "Do 25.04.24 |
// 14:07 Uhr". A heading is none: chronicles have a day above each part. others
// are times on the page that are known to be no such line.
func dateline(b []Block, others []string) (t time.Time, change bool) {
	paragraphs := 0
	for _, line := range b[:min(len(b), 5)] {
		isOthers := func(s string) bool { return strings.Contains(line.Text, s) }
		if line.Heading || len(line.Text) < len("1.1.2024") || slices.ContainsFunc(others, isOthers) {
			continue
		}
		for s := line.Text; s != "" && len(line.Text) <= maxDate; {
			if t, ok := ParseDate(s); ok {
				return t, changeWords().MatchString(s)
			}
			i := strings.LastIndexAny(s, "|·•")
			s = s[:max(i, 0)]
		}
		if len(line.Text) >= 2*minProse {
			paragraphs++
		}
		if paragraphs == 2 { // the first may be a standfirst
			break
		}
	}
	return time.Time{}, false
}

// readTags reads a page tag by tag, without a tree. It finds the same facts,
// and the text of the whole body.
func readTags(page, pageURL string) (Page, error) {
	c := &metadata{tags: map[string][]string{}}
	var w blockWriter
	z := html.NewTokenizer(strings.NewReader(page))
	var aside *html.Node // the element whose text comes next, and is no part of the body
	for {
		switch z.Next() {
		case html.ErrorToken:
			if err := z.Err(); !errors.Is(err, io.EOF) {
				return Page{}, fmt.Errorf("read HTML: %w", err)
			}
			runs := w.finish()
			for _, r := range runs {
				if r.Level == 1 && len(c.headings) < maxHeadings {
					c.headings = append(c.headings, r.Text)
					c.seenHeadings = c.headings
				}
			}
			f := newResolver(c, pageURL)
			p := f.page(pageURL)
			p.Blocks = trimTitle(blocks(runs), p.Title)
			p.Unread = f.unread(&p)
			return p, nil
		case html.TextToken:
			if aside == nil {
				w.text(string(z.Text()))
				continue
			}
			aside.AppendChild(&html.Node{Type: html.TextNode, Data: string(z.Text())})
			c.element(aside)
			aside = nil
		case html.StartTagToken, html.SelfClosingTagToken:
			aside = w.startTag(z.Token(), c)
		case html.EndTagToken:
			aside = nil
			if name, _ := z.TagName(); isBlock(atom.Lookup(name)) {
				w.end()
				w.level = 0
			}
		}
	}
}

// startTag takes note of a tag. It returns the element if text follows that
// is no part of the body's.
func (w *blockWriter) startTag(t html.Token, c *metadata) *html.Node {
	n := &html.Node{Type: html.ElementNode, DataAtom: t.DataAtom, Data: t.Data, Attr: t.Attr}
	switch t.DataAtom {
	case atom.Meta, atom.Link, atom.Html:
		c.element(n)
	case atom.Br:
		w.newline()
	case atom.Script, atom.Style, atom.Title, atom.Noscript, atom.Iframe, atom.Textarea, atom.Noframes:
		if t.Type == html.StartTagToken {
			return n
		}
	}
	if isBlock(t.DataAtom) {
		w.end()
		w.level = HeadingLevel(t.DataAtom)
	}
	return nil
}
