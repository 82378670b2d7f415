package download

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/newsq/newsq/internal/extract"
)

// Marks says which places of a page are told besides its paragraphs.
type Marks struct {
	// Element reports whether an element starts something. It is then told with
	// the mark "start", its name, class and id.
	Element func(name, class, id string) bool
	// Comment reports whether a comment is told, with its text as mark.
	Comment func(text string) bool
}

// HTML yields the paragraphs of a page, in order and as a stream: pages hold
// hundreds of articles. What a person does not see there, such as scripts and
// styles, is left out. Line breaks within a paragraph stay; a row of a table that
// holds no paragraphs of its own is one line, its cells parted by tabs.
func HTML(page string, marks Marks, each Each) {
	w := &walker{z: html.NewTokenizer(strings.NewReader(page)), marks: marks, each: each, line: 1, more: true}
	for w.more {
		kind := w.z.Next()
		raw := w.z.Raw()
		line := w.line
		for _, c := range raw {
			if c == '\n' {
				w.line++
			}
		}
		switch kind {
		case html.ErrorToken:
			w.flush()
			return
		case html.TextToken:
			w.text(string(w.z.Text()), line)
		case html.CommentToken:
			w.comment(string(w.z.Text()), line)
		case html.StartTagToken, html.SelfClosingTagToken:
			w.start(line, kind == html.SelfClosingTagToken)
		case html.EndTagToken:
			w.end()
		}
	}
}

// walker makes paragraphs of the tags and texts of a page.
type walker struct {
	z     *html.Tokenizer
	marks Marks
	each  Each
	more  bool
	line  int

	b       strings.Builder
	at      Para     // the paragraph that b is the text of
	open    []naming // of blocks that are open
	skip    atom.Atom
	cell    int  // of the row that is open
	row     int  // rows so far
	tables  int  // that are open
	heading int  // elements open that make a heading
	titled  bool // the span that was opened last has the style of a title
	styles  styles
}

// naming is a block and the names it has.
type naming struct {
	element   atom.Atom
	class, id string
	centred   bool
}

// maxOpen bounds the blocks that are known to be open. Pages that never close
// them are read all the same.
const maxOpen = 256

func (w *walker) comment(text string, line int) {
	if w.marks.Comment != nil && w.marks.Comment(text) {
		w.flush()
		w.more = w.more && w.each(&Para{Mark: text, Line: line})
	}
}

func (w *walker) text(s string, line int) {
	if w.skip != 0 {
		if w.skip == atom.Style {
			w.styles.read(s)
		}
		return
	}
	if w.b.Len() == 0 {
		if strings.TrimSpace(s) == "" {
			return
		}
		w.at = Para{Line: line, Cell: w.cell, Row: w.row, Heading: w.heading > 0 || w.titled}
		if n := len(w.open); n > 0 {
			w.at.Class, w.at.ID = w.open[n-1].class, w.open[n-1].id
			w.at.Centred = w.open[n-1].centred
		}
	}
	// A line break in the source is a blank.
	w.b.WriteString(strings.Map(blank, s))
}

func blank(r rune) rune {
	if r == '\n' || r == '\r' || r == '\t' || r == '\f' {
		return ' '
	}
	return r
}

// flush hands on the paragraph that has ended.
func (w *walker) flush() {
	if w.b.Len() == 0 {
		return
	}
	text := tidy(w.b.String())
	w.b.Reset()
	if text == "" {
		return
	}
	p := w.at
	p.Text = text
	w.more = w.more && w.each(&p)
}

// tidy removes blanks that a page does not show. Two line breaks in a row stay:
// they part paragraphs.
func tidy(s string) string { return Tidy(extract.Clean(s)) }

// Tidy makes single blanks of those in a text, and keeps its line breaks and tabs.
func Tidy(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		cells := strings.Split(line, "\t")
		for k := range cells {
			cells[k] = OneLine(cells[k])
		}
		lines[i] = strings.Join(cells, "\t")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n\t ")
}

func (w *walker) attributes() (class, id string) {
	for {
		key, value, more := w.z.TagAttr()
		switch string(key) {
		case "class":
			class = string(value)
		case "id":
			id = string(value)
		}
		if !more {
			return class, id
		}
	}
}

func (w *walker) start(line int, selfClosing bool) {
	name, hasAttr := w.z.TagName()
	a := atom.Lookup(name)
	if w.skip != 0 {
		return
	}
	var class, id string
	if hasAttr {
		class, id = w.attributes()
	}
	switch {
	case isHidden(a):
		// A style or a title that is closed at once hides nothing.
		if !selfClosing {
			w.skip = a
		}
		return
	case a == atom.Br:
		if w.b.Len() > 0 {
			w.b.WriteByte('\n')
		}
		return
	case isHeading(a):
		w.flush()
		w.heading++
	case isBlock(a):
		w.block(a)
	case a == atom.Span || a == atom.Font || a == atom.B:
		w.titled = w.styles.isTitle(class)
		return
	default:
		return
	}
	if w.marks.Element != nil && w.marks.Element(a.String(), class, id) {
		w.flush()
		w.more = w.more && w.each(&Para{Mark: "start", Class: class, ID: id, Line: line})
	}
	if len(w.open) < maxOpen && a != atom.Hr {
		centred := a == atom.Center || w.styles.isCentred(class)
		if n := len(w.open); n > 0 && class == "" {
			centred = centred || w.open[n-1].centred
		}
		w.open = append(w.open, naming{a, class, id, centred})
	}
}

// block ends a paragraph where a block starts.
func (w *walker) block(a atom.Atom) {
	switch a {
	case atom.Table:
		w.flush()
		w.tables++
	case atom.Tr:
		w.flush()
		w.cell, w.row = 0, w.row+1
	case atom.Td, atom.Th:
		w.flush()
		w.cell++
	default:
		w.flush()
	}
}

func (w *walker) end() {
	name, _ := w.z.TagName()
	a := atom.Lookup(name)
	if w.skip != 0 {
		if a == w.skip {
			w.skip = 0
		}
		return
	}
	if a == atom.Span || isBlock(a) {
		w.titled = false
	}
	switch {
	case isHeading(a):
		w.flush()
		w.heading = max(w.heading-1, 0)
	case a == atom.Table:
		w.flush()
		if w.tables = max(w.tables-1, 0); w.tables == 0 {
			w.cell = 0
		}
	case isBlock(a):
		w.flush()
	default:
		return
	}
	for i := len(w.open) - 1; i >= 0; i-- {
		if w.open[i].element == a {
			w.open = w.open[:i]
			return
		}
		if w.open[i].element == atom.Td && a == atom.Div {
			return // a stray end tag closes nothing outside of its cell
		}
	}
}

func isHidden(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Title, atom.Select, atom.Noscript, atom.Textarea, atom.Iframe, atom.Button:
		return true
	}
	return false
}

func isHeading(a atom.Atom) bool {
	switch a {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

func isBlock(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Div, atom.Table, atom.Tr, atom.Td, atom.Th, atom.Ul, atom.Ol, atom.Li, atom.Article, atom.Section,
		atom.Blockquote, atom.Pre, atom.Hr, atom.Dl, atom.Dt, atom.Dd, atom.Center, atom.Header, atom.Footer, atom.Form,
		atom.Main, atom.Aside, atom.Nav, atom.Figure, atom.Figcaption, atom.Body, atom.Head:
		return true
	}
	return false
}
