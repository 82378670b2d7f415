// Package pageline reads pages of press databases line by line.
//
// Such a page is a long row of articles without an element around each, or with
// elements that are closed in the wrong order. What is reliable is the order of
// its lines, and the classes that its parts have. So a page is not made a tree:
// it is read as a stream of [Line], each with the elements that it stands in.
package pageline

import (
	"bytes"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"

	"github.com/newsq/newsq/internal/extract"
	"github.com/newsq/newsq/internal/wordset"
)

// Element is an element that is open.
type Element struct {
	Name   string
	Parent *Element
	attrs  []html.Attribute
	outer  *Element // the closest around it that has a class
}

// Attr returns an attribute; empty when there is none. It may be called on nil.
func (e *Element) Attr(name string) string {
	if e == nil {
		return ""
	}
	for i := range e.attrs {
		if e.attrs[i].Key == name {
			return e.attrs[i].Val
		}
	}
	return ""
}

// HasClass reports whether e has a class, in any case.
func (e *Element) HasClass(class string) bool {
	for c := range strings.FieldsSeq(e.Attr("class")) {
		if strings.EqualFold(c, class) {
			return true
		}
	}
	return false
}

// Closest returns the innermost element of e and those around it that has a
// name; nil when none has. It may be called on nil.
func (e *Element) Closest(name string) *Element {
	for e != nil && e.Name != name {
		e = e.Parent
	}
	return e
}

// WithClass is Closest for a class.
func (e *Element) WithClass(class string) *Element {
	for e != nil && !e.HasClass(class) {
		e = e.outer
	}
	return e
}

// isBold reports whether e makes its text bold by itself.
func (e *Element) isBold() bool {
	switch e.Name {
	case "b", "strong":
		return true
	}
	style := strings.ReplaceAll(strings.ToLower(e.Attr("style")), " ", "")
	return strings.Contains(style, "font-weight:bold") || strings.Contains(style, "font-weight:700")
}

// InTag reports whether a page has words within a tag, as the names of elements
// and classes are: pages about a database have them in their text.
func InTag(page []byte, words string) bool {
	for at := 0; ; {
		i := bytes.Index(page[at:], []byte(words))
		if i < 0 {
			return false
		}
		at += i
		before := page[max(0, at-maxTag):at]
		if open := bytes.LastIndexByte(before, '<'); open > bytes.LastIndexByte(before, '>') && open+1 < len(before) && before[open+1]|0x20 >= 'a' && before[open+1]|0x20 <= 'z' {
			return true
		}
		at += len(words)
	}
}

// maxTag is how far before words a tag may begin, in bytes.
const maxTag = 400

// Part is a run of text in one element.
type Part struct {
	Text string
	In   *Element // may be nil
}

// Bold reports whether a part is bold within its line.
func (p *Part) Bold() bool {
	for e := p.In; e != nil; e = e.Parent {
		if e.isBold() {
			return true
		}
		if isBlock()[e.Name] {
			return false
		}
	}
	return false
}

// Line is what stands between two line breaks of a page, and is not blank.
type Line struct {
	Parts   []Part
	In      *Element // the innermost block around it; may be nil
	Anchors []string // the names of places that were passed since the line before
	Number  int      // of its line in the file, from 1
}

// Text returns the text of a line, with single blanks.
func (l *Line) Text() string { return joined(l.Parts) }

func joined(parts []Part) string {
	if len(parts) == 1 {
		return tidy(parts[0].Text)
	}
	var b strings.Builder
	for i := range parts {
		b.WriteString(parts[i].Text)
	}
	return tidy(b.String())
}

func tidy(s string) string { return strings.Join(strings.Fields(s), " ") }

// Label returns the bold words with which a line begins, if they end with a
// colon, and the text behind them.
func (l *Line) Label() (label, rest string) {
	n := 0
	for n < len(l.Parts) && (l.Parts[n].Bold() || tidy(l.Parts[n].Text) == "") {
		n++
	}
	label = joined(l.Parts[:n])
	rest = joined(l.Parts[n:])
	if s, ok := cutColon(label); ok {
		return s, rest
	}
	if after, ok := strings.CutPrefix(rest, ":"); ok && label != "" {
		return label, strings.TrimSpace(after)
	}
	return "", l.Text()
}

func cutColon(s string) (string, bool) {
	for _, colon := range [...]string{":", "："} {
		if before, ok := strings.CutSuffix(s, colon); ok {
			return strings.TrimSpace(before), true
		}
	}
	return s, false
}

// Within returns the text of the parts of a line that stand in an element with a
// class.
func (l *Line) Within(class string) string {
	var parts []Part
	for _, p := range l.Parts {
		if p.In.WithClass(class) != nil {
			parts = append(parts, p)
		}
	}
	return joined(parts)
}

// Link returns the address of the first link in a line; empty when there is none.
func (l *Line) Link() string {
	for i := range l.Parts {
		if to := l.Parts[i].In.Closest("a").Attr("href"); to != "" {
			return to
		}
	}
	return ""
}

var (
	isBlock = wordset.Of("p div td th tr table tbody thead tfoot ul ol li dl dt dd h1 h2 h3 h4 h5 h6 pre article section header footer nav aside main " +
		"form center blockquote address figure figcaption caption fieldset text")
	isVoid   = wordset.Of("br hr img input meta link col area base embed source wbr param track")
	isUnseen = wordset.Of("script style title noscript select textarea iframe")
	isFrame  = wordset.Of("html body head")
	isTable  = wordset.Of("table tbody thead tfoot tr td th")
)

// maxDepth bounds how deep elements are told apart.
const maxDepth = 64

// maxParts bounds the parts of a line; what follows is another.
const maxParts = 5000

// Each calls do for each line of a page, until do returns false.
func Each(page string, do func(l *Line) bool) {
	r := &lineReader{z: html.NewTokenizer(strings.NewReader(page)), do: do, more: true, line: 1}
	for r.more {
		kind := r.z.Next()
		at := r.line
		r.line += strings.Count(string(r.z.Raw()), "\n")
		switch kind {
		case html.ErrorToken:
			r.end()
			return
		case html.TextToken:
			r.text(string(r.z.Text()), at)
		case html.StartTagToken, html.SelfClosingTagToken:
			r.open(kind == html.SelfClosingTagToken)
		case html.EndTagToken:
			name, _ := r.z.TagName()
			r.close(string(name))
		}
	}
}

// lineReader puts lines together.
type lineReader struct {
	z       *html.Tokenizer
	do      func(*Line) bool
	more    bool
	line    int
	top     *Element
	depth   int
	over    int    // elements that are open beyond maxDepth
	unseen  string // the element whose text nobody sees
	current Line
	anchors []string
}

// end hands on the line at hand, unless it is blank.
func (r *lineReader) end() {
	if !slices.ContainsFunc(r.current.Parts, func(p Part) bool { return strings.TrimSpace(p.Text) != "" }) {
		r.current.Parts = nil
		return
	}
	l := r.current
	r.current = Line{}
	l.Anchors, r.anchors = r.anchors, nil
	if r.more {
		r.more = r.do(&l)
	}
}

// text adds a text to the line at hand. In a pre, its line breaks count.
func (r *lineReader) text(s string, number int) {
	if r.unseen != "" {
		return
	}
	s = extract.Clean(s)
	if r.top.Closest("pre") == nil {
		r.add(s, number)
		return
	}
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			r.end()
		}
		r.add(line, number+i)
	}
}

func (r *lineReader) add(s string, number int) {
	if len(r.current.Parts) >= maxParts {
		r.end()
	}
	if s == "" || len(r.current.Parts) == 0 && strings.TrimFunc(s, unicode.IsSpace) == "" {
		return
	}
	if len(r.current.Parts) == 0 {
		r.current.Number = number + strings.Count(s[:len(s)-len(strings.TrimLeftFunc(s, unicode.IsSpace))], "\n")
		r.current.In = r.top
		for r.current.In != nil && !isBlock()[r.current.In.Name] {
			r.current.In = r.current.In.Parent
		}
	}
	r.current.Parts = append(r.current.Parts, Part{Text: s, In: r.top})
}

// open takes a tag that opens an element.
func (r *lineReader) open(selfClosing bool) {
	raw, has := r.z.TagName()
	e := &Element{Name: string(raw), Parent: r.top}
	for has {
		var key, value []byte
		key, value, has = r.z.TagAttr()
		if len(e.attrs) < 30 {
			e.attrs = append(e.attrs, html.Attribute{Key: string(key), Val: extract.Clean(string(value))})
		}
	}
	switch {
	case r.unseen != "" || isFrame()[e.Name]:
		return
	case isUnseen()[e.Name]:
		if !selfClosing {
			r.unseen = e.Name
		}
		return
	case e.Name == "br" || e.Name == "hr":
		r.end()
		return
	case isVoid()[e.Name]:
		return
	}
	if name := e.Attr("name"); e.Name == "a" && name != "" && len(r.anchors) < 100 {
		r.end()
		r.anchors = append(r.anchors, name)
	}
	if isBlock()[e.Name] {
		r.end()
		r.closeImplied(e.Name)
		e.Parent = r.top
	}
	if selfClosing && !isBlock()[e.Name] {
		return
	}
	if r.depth >= maxDepth {
		r.over++
		return
	}
	if e.outer = e.Parent; e.outer != nil && e.outer.Attr("class") == "" {
		e.outer = e.outer.outer
	}
	r.top = e
	r.depth++
}

// closeImplied closes what an element ends that is opened: a paragraph, a cell or
// a row.
func (r *lineReader) closeImplied(name string) {
	for e := r.top; e != nil; e = e.Parent {
		switch {
		case !isBlock()[e.Name]:
			continue
		case e.Name == "p",
			e.Name == "li" && name == "li",
			(e.Name == "td" || e.Name == "th") && (name == "td" || name == "th" || name == "tr"),
			e.Name == "tr" && name == "tr":
			r.pop(e)
			continue
		}
		return
	}
}

// pop closes all elements to e.
func (r *lineReader) pop(e *Element) {
	for r.top != e.Parent {
		r.top = r.top.Parent
		r.depth--
	}
}

// close takes a tag that closes an element.
func (r *lineReader) close(name string) {
	if r.unseen != "" {
		if name == r.unseen {
			r.unseen = ""
		}
		return
	}
	if isFrame()[name] || isVoid()[name] {
		return
	}
	if isBlock()[name] {
		r.end()
	}
	if r.over > 0 {
		r.over--
		return
	}
	for e := r.top; e != nil; e = e.Parent {
		if e.Name == name {
			r.pop(e)
			return
		}
		if isTable()[e.Name] && !isTable()[name] || !isBlock()[name] && isBlock()[e.Name] && e.Name != "p" {
			return
		}
	}
}
