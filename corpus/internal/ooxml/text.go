package ooxml

import (
	"iter"
	"strings"

	"github.com/newsq/newsq/corpus/internal/paragraph"
	"github.com/newsq/newsq/corpus/internal/xmltree"
)

// Paragraphs returns what the document says, in the order of the file. Footnotes
// and endnotes come last. A paragraph belongs to the caller. After an error nothing
// follows.
func (d *Document) Paragraphs() iter.Seq2[paragraph.Paragraph, error] {
	return func(yield func(paragraph.Paragraph, error) bool) {
		t := &text{d: d, yield: yield}
		err := d.parts.blocks(d.main, func(n *xmltree.Node) bool {
			t.block(n)
			return !t.done
		})
		if err == nil {
			err = t.writeNotes()
		}
		if err != nil && !t.done {
			yield(paragraph.Paragraph{}, err)
		}
	}
}

// text goes through the elements of a document.
type text struct {
	d     *Document
	yield func(paragraph.Paragraph, error) bool
	done  bool // no more is wanted

	fields []field // that are open, the innermost last
	tables int
	cell   paragraph.Paragraph // of which Table, Row and Cell are those of the cell at hand
	part   paragraph.Part
	brk    bool // a page begins with the next paragraph
	notes  []note
	nested int // boxes within boxes
}

// note is one that was referred to: by its key among the document's, or itself.
type note struct {
	key  string
	node *xmltree.Node
}

// maxNotes bounds the notes of a document.
const maxNotes = 100_000

// field is a field whose code or result is being read.
type field struct {
	code     string
	isResult bool
	link     int // what closes its link; -1 without
}

// Bounds of fields: how deep they lie within each other, and how long the code of
// one is, in bytes.
const (
	maxFields    = 32
	maxFieldCode = 4 << 10
)

func (t *text) send(p paragraph.Paragraph) {
	if !t.done {
		t.done = !t.yield(p, nil)
	}
}

// block reads a paragraph, a table, or what holds such.
func (t *text) block(n *xmltree.Node) {
	switch n.Name {
	case "p":
		t.paragraph(n)
	case "tbl":
		t.table(n)
	case "sdtpr", "tcpr", "trpr", "tblpr", "fallback", "del", "movefrom":
	default:
		for _, c := range n.Children {
			if t.done {
				return
			}
			if c.Name != "" {
				t.block(c)
			}
		}
	}
}

// table reads a table. One within a cell of another is of that cell.
func (t *text) table(n *xmltree.Node) {
	if t.cell.Table > 0 || t.part == paragraph.Box {
		for _, tc := range n.Find("tc") {
			t.cellOf(tc)
		}
		return
	}
	t.tables++
	row := 0
	for _, tr := range n.Find("tr") {
		if tr.Child("trpr").Child("del") != nil {
			continue
		}
		row++
		for i, tc := range tr.Find("tc") {
			t.cell = paragraph.Paragraph{Table: t.tables, Row: row, Cell: i + 1}
			t.cellOf(tc)
		}
	}
	t.cell = paragraph.Paragraph{}
}

func (t *text) cellOf(tc *xmltree.Node) {
	for _, c := range tc.Children {
		if c.Name != "" && !t.done {
			t.block(c)
		}
	}
}

// line is a paragraph that is being read.
type line struct {
	b             paragraph.Builder
	chars         characters // of its style
	before, after []*xmltree.Node
	brk           bool // within it
	part          paragraph.Part
}

func (t *text) paragraph(n *xmltree.Node) {
	ppr := n.Child("ppr")
	id := ppr.Child("pstyle").Attr("val")
	s, ok := t.d.styles[id]
	if !ok {
		s = t.d.styles[defaultStyle]
		if id != "" {
			s.name = strings.ToLower(id)
		}
	}
	l := &line{chars: s.chars, part: t.part}
	p := paragraph.Paragraph{
		Style: s.name, Level: s.level, List: s.list, Centered: s.centered, Part: t.part,
		Table: t.cell.Table, Row: t.cell.Row, Cell: t.cell.Cell,
	}
	if v := ppr.Child("outlinelvl").Attr("val"); v != "" {
		p.Level = levelOf(v)
	}
	if num := ppr.Child("numpr", "listpr"); num != nil {
		p.List = num.Child("numid", "ilfo").Attr("val") != "0"
	}
	if jc := ppr.Child("jc").Attr("val"); jc != "" {
		p.Centered = jc == "center"
	}
	p.Break = t.brk || isTrue(toggle(ppr, "pagebreakbefore"))
	t.brk = ppr.Child("sectpr") != nil
	t.inline(l, n)
	for i := range t.fields {
		t.fields[i].link = -1 // links end with their paragraph
	}
	p.Break = p.Break || l.brk
	l.b.Take(&p)
	t.boxes(l.before)
	t.send(p)
	t.boxes(l.after)
}

// maxNested is how deep text boxes may lie within each other.
const maxNested = 8

// boxes reads text boxes.
func (t *text) boxes(list []*xmltree.Node) {
	if len(list) == 0 || t.nested >= maxNested {
		return
	}
	part := t.part
	t.nested++
	if part == paragraph.Body {
		t.part = paragraph.Box
	}
	for _, n := range list {
		if !t.done {
			for _, c := range n.Children {
				if c.Name != "" {
					t.block(c)
				}
			}
		}
	}
	t.part = part
	t.nested--
}

// inline reads what a paragraph, or a part of it, holds.
func (t *text) inline(l *line, n *xmltree.Node) {
	for _, c := range n.Children {
		switch c.Name {
		case "", "ppr", "rpr", "del", "movefrom", "sdtpr", "fallback", "ruby":
		case "r":
			t.run(l, c)
		case "hyperlink":
			t.link(l, c, t.target(c))
		case "hlink":
			t.link(l, c, c.Attr("dest"))
		case "fldsimple":
			t.link(l, c, targetOf(c.Attr("instr")))
		case "bookmarkstart":
			l.b.Bookmark(c.Attr("name"))
		case "annotation": // Word 2003
			switch c.Attr("type") {
			case "Word.Bookmark.Start":
				l.b.Bookmark(c.Attr("name"))
			case "Word.Insertion":
				t.inline(l, c)
			}
		case "sdt":
			if c.Child("sdtpr").Child("showingplchdr") == nil {
				t.inline(l, c)
			}
		case "alternatecontent":
			t.inline(l, choice(c))
		case "ins", "moveto", "smarttag", "customxml", "sdtcontent", "dir", "bdo", "content", "choice":
			t.inline(l, c)
		default:
			if c.Prefix == "m" || c.Name == "omath" || c.Name == "omathpara" {
				t.inline(l, c)
			}
		}
	}
}

// choice returns that of several forms of the same that is read.
func choice(n *xmltree.Node) *xmltree.Node {
	if c := n.Child("choice", "fallback"); c != nil {
		return c
	}
	return &xmltree.Node{}
}

func (t *text) link(l *line, n *xmltree.Node, target string) {
	depth := l.b.OpenLink(target)
	t.inline(l, n)
	l.b.CloseLink(depth)
}

// target returns where a link goes.
func (t *text) target(n *xmltree.Node) string {
	if target := t.d.links[n.Attr("id")]; target != "" {
		return target
	}
	if anchor := n.Attr("anchor"); anchor != "" {
		return "#" + anchor
	}
	return ""
}

// run reads a run of characters.
func (t *text) run(l *line, n *xmltree.Node) {
	base := l.chars
	rpr := n.Child("rpr")
	if id := rpr.Child("rstyle").Attr("val"); id != "" {
		base = t.d.styles[id].chars.over(base)
	}
	chars := charactersOf(rpr).over(base)
	hidden := isTrue(chars.hidden)
	for _, c := range n.Children {
		t.inRun(l, c, chars.look(), hidden)
	}
}

func (t *text) inRun(l *line, c *xmltree.Node, look paragraph.Look, hidden bool) {
	switch c.Name {
	case "fldchar":
		t.fieldMark(l, c.Attr("fldchartype"))
		return
	case "instrtext":
		if n := len(t.fields); n > 0 && !t.fields[n-1].isResult && len(t.fields[n-1].code) < maxFieldCode {
			t.fields[n-1].code += c.Content()
		}
		return
	case "footnotereference", "endnotereference":
		if c.Attr("custommarkfollows") == "" || c.Attr("id") != "" {
			t.addNote(note{key: strings.TrimSuffix(c.Name, "reference") + c.Attr("id")})
		}
		return
	case "footnote", "endnote": // Word 2003
		t.addNote(note{node: c})
		return
	}
	if hidden || t.inCode() {
		return
	}
	switch c.Name {
	case "t":
		l.b.Write(c.Content(), look)
	case "tab", "ptab":
		l.b.Write("\t", look)
	case "br":
		if kind := c.Attr("type"); kind == "page" || kind == "column" {
			l.brk = l.brk || kind == "page"
		}
		l.b.Write("\n", look)
	case "cr":
		l.b.Write("\n", look)
	case "nobreakhyphen":
		l.b.Write("-", look)
	case "sym":
		if strings.EqualFold(c.Attr("char"), "F0B7") {
			l.b.Write("•", look)
		}
	case "ruby":
		if base := c.Child("rubybase"); base != nil {
			t.inline(l, base)
		}
	case "alternatecontent":
		for _, inner := range choice(c).Children {
			t.inRun(l, inner, look, hidden)
		}
	case "drawing", "pict", "object":
		if found := boxesIn(c); l.b.Empty() {
			l.before = append(l.before, found...)
		} else {
			l.after = append(l.after, found...)
		}
	}
}

// boxesIn returns the texts in a drawing, each in one of its forms.
func boxesIn(n *xmltree.Node) []*xmltree.Node {
	var all []*xmltree.Node
	for _, c := range n.Children {
		switch c.Name {
		case "":
		case "txbxcontent":
			all = append(all, c)
		case "alternatecontent":
			all = append(all, boxesIn(choice(c))...)
		default:
			all = append(all, boxesIn(c)...)
		}
	}
	return all
}

func (t *text) addNote(n note) {
	if len(t.notes) < maxNotes {
		t.notes = append(t.notes, n)
	}
}

// inCode reports whether the code of a field is being read, rather than text.
func (t *text) inCode() bool {
	for i := range t.fields {
		if !t.fields[i].isResult {
			return true
		}
	}
	return false
}

// fieldMark begins a field, ends its code, or ends it.
func (t *text) fieldMark(l *line, kind string) {
	n := len(t.fields)
	switch kind {
	case "begin":
		if n < maxFields {
			t.fields = append(t.fields, field{link: -1})
		}
	case "separate":
		if n > 0 && !t.fields[n-1].isResult {
			f := &t.fields[n-1]
			f.isResult = true
			if target := targetOf(f.code); target != "" {
				f.link = l.b.OpenLink(target)
			}
		}
	case "end":
		if n > 0 {
			if depth := t.fields[n-1].link; depth >= 0 {
				l.b.CloseLink(depth)
			}
			t.fields = t.fields[:n-1]
		}
	}
}

// targetOf returns where a field's code links to; empty when it is no link.
func targetOf(code string) string {
	words := strings.Fields(code)
	if len(words) < 2 || !strings.EqualFold(words[0], "HYPERLINK") {
		return ""
	}
	target := ""
	for i, w := range words[1:] {
		switch {
		case strings.EqualFold(w, `\l`) && i+2 < len(words):
			return target + "#" + strings.Trim(words[i+2], `"`)
		case target == "" && !strings.HasPrefix(w, `\`):
			target = strings.Trim(w, `"`)
		}
	}
	return target
}

// writeNotes hands on the notes that were referred to, in the order of their
// references.
func (t *text) writeNotes() error {
	if len(t.notes) == 0 || t.done {
		return nil
	}
	if err := t.d.readNotes(); err != nil {
		return err
	}
	t.part = paragraph.Note
	t.fields = nil
	said := map[string]bool{}
	for _, n := range t.notes {
		if n.node == nil {
			if said[n.key] {
				continue
			}
			said[n.key] = true
			n.node = t.d.notes[n.key]
		}
		if n.node != nil && !t.done {
			walkBlocks(n.node, func(c *xmltree.Node) bool {
				t.block(c)
				return !t.done
			})
		}
	}
	return nil
}

// readNotes reads the notes of the document.
func (d *Document) readNotes() error {
	d.notes = map[string]*xmltree.Node{}
	for i, kind := range [...]string{"footnote", "endnote"} {
		tree, err := d.parts.tree(d.noteFiles[i])
		if err != nil {
			return err
		}
		for _, n := range tree.Find(kind) {
			d.notes[kind+n.Attr("id")] = n
		}
	}
	return nil
}
