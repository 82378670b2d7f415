package odt

import (
	"strconv"
	"strings"

	"github.com/newsq/newsq/corpus/internal/paragraph"
	"github.com/newsq/newsq/corpus/internal/xmltree"
)

// style is what a style says, with what it takes over from its parent.
type style struct {
	name         string // that a person sees, in lower case
	level        int
	bold, italic bool
	hidden       bool
	centered     bool
	breaks       bool
	size         float64 // in points; 0 when not stated
}

// maxParents is how long a chain of styles may be.
const maxParents = 16

// styles resolves styles by their names.
type styles struct {
	nodes map[string]*xmltree.Node
	known map[string]style
}

// readStyles collects the styles of paragraphs and characters. Those of the
// content are made by the program, for one paragraph or a few.
func (d *doc) readStyles() *styles {
	s := &styles{nodes: map[string]*xmltree.Node{}, known: map[string]style{}}
	for _, root := range [...]*xmltree.Node{d.styles, d.content} {
		for _, holder := range root.Find("office:styles", "automatic-styles") {
			for _, n := range holder.All("style") {
				switch n.Attr("family") {
				case "paragraph", "text":
					s.nodes[n.Attr("style:name")] = n
				}
			}
		}
	}
	return s
}

func (s *styles) get(name string, depth int) style {
	if st, ok := s.known[name]; ok {
		return st
	}
	n := s.nodes[name]
	if n == nil || depth > maxParents {
		return style{name: nameOf(name)}
	}
	var st style
	isAutomatic := n.Parent.Name == "automatic-styles"
	parent := n.Attr("parent-style-name")
	if parent != "" && parent != name {
		st = s.get(parent, depth+1)
	}
	if !isAutomatic || st.name == "" {
		st.name = nameOf(name)
	}
	if v := n.Attr("default-outline-level"); v != "" {
		st.level, _ = strconv.Atoi(v)
	}
	chars, para := n.Child("text-properties"), n.Child("paragraph-properties")
	if v := chars.Attr("fo:font-weight"); v != "" {
		weight, _ := strconv.Atoi(v)
		st.bold = v == "bold" || weight >= boldWeight
	}
	if v := chars.Attr("fo:font-style"); v != "" {
		st.italic = v != "normal"
	}
	if v := chars.Attr("text:display"); v != "" {
		st.hidden = v == "none"
	}
	if v, ok := strings.CutSuffix(chars.Attr("fo:font-size"), "pt"); ok {
		st.size, _ = strconv.ParseFloat(v, 64)
	}
	if v := para.Attr("text-align"); v != "" {
		st.centered = v == "center"
	}
	if v := para.Attr("break-before"); v != "" {
		st.breaks = v == "page"
	}
	s.known[name] = st
	return st
}

// boldWeight is how heavy bold letters are at least.
const boldWeight = 600

// nameOf returns the name that a person sees of one as it is written in files:
// "Text_20_body" is "text body".
func nameOf(name string) string {
	return strings.ToLower(strings.NewReplacer("_20_", " ", "_5f_", "_", "_2d_", "-", "_2e_", ".", "_2c_", ",").Replace(name))
}

// text goes through the elements of a document.
type text struct {
	styles *styles
	list   []paragraph.Paragraph
	notes  []*xmltree.Node
	boxes  []*xmltree.Node // tied to the paragraph at hand
	tables int
	cell   paragraph.Paragraph // of which Table, Row and Cell are those of the cell at hand
	part   paragraph.Part
	inList bool
	nested int
}

// paragraphs returns what the document says, footnotes last.
func (d *doc) paragraphs() []paragraph.Paragraph {
	t := &text{styles: d.readStyles()}
	for _, body := range d.content.Find("office:body", "body") {
		t.blocks(body)
	}
	t.part, t.cell = paragraph.Note, paragraph.Paragraph{}
	for i := 0; i < len(t.notes); i++ {
		t.blocks(t.notes[i])
	}
	return t.list
}

// blocks reads what holds paragraphs.
func (t *text) blocks(n *xmltree.Node) {
	for _, c := range n.Children {
		switch c.Name {
		case "p", "h":
			t.paragraph(c)
		case "list", "ordered-list", "unordered-list":
			outer := t.inList
			t.inList = true
			t.blocks(c)
			t.inList = outer
		case "table":
			t.table(c)
		case "", "tracked-changes", "forms", "sequence-decls", "variable-decls", "user-field-decls", "index-title-template",
			"table-of-content", "alphabetical-index", "illustration-index", "table-index", "object-index", "user-index", "annotation",
			"dde-connection-decls", "desc", "title", "image", "object", "object-ole", "event-listeners", "note-citation", "list-header-number", "number":
		case "section":
			if c.Attr("text:display") != "none" {
				t.blocks(c)
			}
		default:
			t.blocks(c)
		}
	}
}

// table reads a table. One within a cell of another is of that cell.
func (t *text) table(n *xmltree.Node) {
	if t.cell.Table > 0 || t.part != paragraph.Body {
		t.blocks(n)
		return
	}
	t.tables++
	for i, row := range n.Find("table-row") {
		for k, cell := range row.All("table-cell") {
			t.cell = paragraph.Paragraph{Table: t.tables, Row: i + 1, Cell: k + 1}
			t.blocks(cell)
		}
	}
	t.cell = paragraph.Paragraph{}
}

func (t *text) paragraph(n *xmltree.Node) {
	st := t.styles.get(n.Attr("text:style-name"), 0)
	p := paragraph.Paragraph{
		Style: st.name, Centered: st.centered, Break: st.breaks, List: t.inList, Part: t.part,
		Table: t.cell.Table, Row: t.cell.Row, Cell: t.cell.Cell,
	}
	if n.Name == "h" {
		p.Level = 1
		if v, err := strconv.Atoi(n.Attr("outline-level")); err == nil && v > 0 {
			p.Level = v
		} else if v, err := strconv.Atoi(n.Attr("level")); err == nil && v > 0 {
			p.Level = v
		}
		p.List = false
	}
	outer := t.boxes
	t.boxes = nil
	var l line
	t.inline(&l, n, st)
	isEmpty := l.b.Blank()
	l.b.Take(&p)
	boxes := t.boxes
	t.boxes = outer
	if isEmpty {
		t.readBoxes(boxes)
		t.list = append(t.list, p)
		return
	}
	t.list = append(t.list, p)
	t.readBoxes(boxes)
}

// maxNested is how deep text boxes may lie within each other.
const maxNested = 8

func (t *text) readBoxes(boxes []*xmltree.Node) {
	if len(boxes) == 0 || t.nested >= maxNested {
		return
	}
	part := t.part
	t.nested++
	if part == paragraph.Body {
		t.part = paragraph.Box
	}
	for _, b := range boxes {
		t.blocks(b)
	}
	t.part = part
	t.nested--
}

// line is a paragraph that is being read.
type line struct {
	b paragraph.Builder
	// space says that white space before is written already: what follows of it
	// is one blank, as in HTML.
	space bool
}

// maxSpaces bounds how many blanks one element may stand for.
const maxSpaces = 256

func (t *text) inline(l *line, n *xmltree.Node, st style) {
	look := paragraph.Look{Bold: st.bold, Italic: st.italic, Size: st.size}
	for _, c := range n.Children {
		switch c.Name {
		case "":
			if !st.hidden {
				l.write(c.Text, look)
			}
		case "s":
			count, err := strconv.Atoi(c.Attr("c"))
			if err != nil {
				count = 1
			}
			l.b.Write(strings.Repeat(" ", min(max(count, 1), maxSpaces)), look)
		case "tab", "tab-stop":
			l.b.Write("\t", look)
		case "line-break":
			l.b.Write("\n", look)
			l.space = true
		case "span":
			t.inline(l, c, t.spanStyle(st, c.Attr("text:style-name")))
		case "a":
			depth := l.b.OpenLink(c.Attr("href"))
			t.inline(l, c, st)
			l.b.CloseLink(depth)
		case "bookmark", "bookmark-start":
			l.b.Bookmark(c.Attr("text:name"))
		case "note", "footnote", "endnote":
			if body := c.Child("note-body", "footnote-body", "endnote-body"); body != nil {
				t.notes = append(t.notes, body)
			}
		case "annotation", "annotation-end", "tracked-changes", "hidden-text", "hidden-paragraph", "page-number", "page-count", "script",
			"note-ref-number", "alphabetical-index-mark", "toc-mark", "soft-page-break", "change", "change-start", "change-end":
		case "frame", "custom-shape", "text-box", "rect", "g", "ellipse":
			t.boxes = append(t.boxes, boxesIn(c)...)
		case "ruby":
			if base := c.Child("ruby-base"); base != nil {
				t.inline(l, base, st)
			}
		default:
			t.inline(l, c, st)
		}
	}
}

// spanStyle returns the style of characters in a paragraph or a span around them.
func (t *text) spanStyle(around style, name string) style {
	n := t.styles.nodes[name]
	if n == nil {
		return around
	}
	own := t.styles.get(name, 0)
	props := n.Child("text-properties")
	if props.Attr("fo:font-weight") == "" && !own.bold {
		own.bold = around.bold
	}
	if props.Attr("fo:font-style") == "" && !own.italic {
		own.italic = around.italic
	}
	if own.size == 0 {
		own.size = around.size
	}
	own.hidden = own.hidden || around.hidden
	return own
}

// boxesIn returns the texts in a drawing.
func boxesIn(n *xmltree.Node) []*xmltree.Node {
	switch n.Name {
	case "text-box", "custom-shape", "rect", "ellipse":
		return []*xmltree.Node{n}
	}
	var all []*xmltree.Node
	for _, c := range n.Children {
		if c.Name != "" {
			all = append(all, boxesIn(c)...)
		}
	}
	return all
}

// write adds text, in which white space counts as one blank.
func (l *line) write(s string, look paragraph.Look) {
	if s == "" {
		return
	}
	var b strings.Builder
	for _, r := range s {
		if r == ' ' || r == '\t' || r == '\n' || r == '\r' {
			if !l.space && !(l.b.Empty() && b.Len() == 0) {
				b.WriteByte(' ')
			}
			l.space = true
			continue
		}
		l.space = false
		b.WriteRune(r)
	}
	l.b.Write(b.String(), look)
}
