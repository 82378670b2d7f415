package extract

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// tagReader reads a text tag by tag, without a tree: what is too large or
// nested too deep for one. It finds the same facts, and all of the text.
type tagReader struct {
	blockWriter
	facts *metadata
	aside *html.Node // the element whose text comes next, and is no part of the body's
	skip  atom.Atom  // the element that is open and not shown; 0 for none
	mark  mark       // where the element that is set off begins
	open  atom.Atom  // that element; 0 for none
}

// readTags reads a page tag by tag.
func readTags(page, pageURL string) (Page, error) {
	r := tagReader{facts: &metadata{tags: map[string][]string{}}}
	runs, err := r.read(page)
	if err != nil {
		return Page{}, err
	}
	for i := range runs {
		if runs[i].Level == 1 && len(r.facts.headings) < maxHeadings {
			r.facts.headings = append(r.facts.headings, runs[i].Text)
			r.facts.seenHeadings = append(r.facts.seenHeadings, headline{text: runs[i].Text})
		}
	}
	f := newResolver(r.facts, pageURL)
	p := f.page(pageURL)
	p.Blocks = trimTitle(blocks(runs), p.Title)
	p.Unread = f.unread(&p)
	return p, nil
}

func (r *tagReader) read(s string) ([]run, error) {
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if err := z.Err(); !errors.Is(err, io.EOF) {
				return nil, fmt.Errorf("read HTML: %w", err)
			}
			return r.finish(), nil
		case html.TextToken:
			switch {
			case r.aside != nil:
				r.aside.AppendChild(&html.Node{Type: html.TextNode, Data: string(z.Text())})
				r.facts.element(r.aside)
				r.aside = nil
			case r.skip == 0:
				r.text(string(z.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			r.startTag(z.Token())
		case html.EndTagToken:
			name, _ := z.TagName()
			r.endTag(atom.Lookup(name))
		}
	}
}

// startTag takes note of a tag.
func (r *tagReader) startTag(t html.Token) {
	n := &html.Node{Type: html.ElementNode, DataAtom: t.DataAtom, Data: t.Data, Attr: t.Attr}
	r.aside = nil
	switch t.DataAtom {
	case atom.Meta, atom.Link, atom.Html:
		r.facts.element(n)
	case atom.Br:
		r.newline()
	case atom.Script, atom.Style, atom.Title, atom.Noscript, atom.Iframe, atom.Textarea, atom.Noframes, atom.Noembed, atom.Xmp:
		if t.Type == html.StartTagToken && t.DataAtom != atom.Xmp {
			r.aside = n
		}
	case atom.Head, atom.Input, atom.Embed, atom.Option:
	default:
		if isUnseen(t.DataAtom) && t.Type == html.StartTagToken {
			r.skip = t.DataAtom
		}
	}
	if t.DataAtom == atom.Rb {
		r.skip = 0
	}
	if how := raising(n); how != level && r.open == 0 {
		r.mark, r.open = r.blockWriter.mark(how), t.DataAtom
	} else if r.open != 0 && how != level {
		r.mark.how = noted
	}
	if isBlock(t.DataAtom) {
		r.end()
		r.level, r.skip, r.open = HeadingLevel(t.DataAtom), 0, 0
	}
}

// endTag takes note of the end of an element. What is not shown ends with its
// own tag, that of the ruby around it, or a block, so that a tag that is
// missing costs a line.
func (r *tagReader) endTag(tag atom.Atom) {
	r.aside = nil
	if tag == r.skip || tag == atom.Ruby {
		r.skip = 0
	}
	if tag == r.open && tag != 0 {
		r.settle(r.mark)
		r.open = 0
	}
	if isBlock(tag) {
		r.end()
		r.level, r.skip, r.open = 0, 0, 0
	}
}
