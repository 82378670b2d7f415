package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxBlocks bounds the blocks of one text. The longest book has some 20,000
// paragraphs. What comes after is one block, so that nothing is lost.
const maxBlocks = 100_000

// maxCell is how long a table's cell may be, in bytes, for its row to read as
// a line. Longer cells are columns of a layout.
const maxCell = 300

// run is a block as it stands in a document, with what helps to decide
// whether it belongs to the article.
type run struct {
	Block
	weight
	parts        []string // its text nodes, trimmed
	surroundings surroundings
	kept         bool // belongs to the article
}

// blockWriter cuts a document into blocks. Whitespace is folded as a browser
// folds it; line breaks that the author set are kept.
type blockWriter struct {
	out   []run
	buf   []byte
	space bool       // whitespace is due before the next word
	level int        // of the heading that is open; 0 outside of headings
	pre   int        // depth of elements that keep their whitespace
	links int        // depth of links
	open  run        // the block that buf will become
	at    *html.Node // the element that the open block stands in
}

// surroundings tell where a block stands: the element that it is in, and the names
// and classes of the two elements around that. The paragraphs of one article
// share it even where advertisements cut the article into pieces.
type surroundings struct {
	tag     atom.Atom
	around  [2]string
	classes [2]string
}

func surroundingsOf(n *html.Node) surroundings {
	p := surroundings{tag: n.DataAtom}
	for i := range p.around {
		if n = n.Parent; n == nil {
			break
		}
		p.around[i], p.classes[i] = n.Data, attr(n, "class")
	}
	return p
}

// cutRuns returns the blocks of a document.
func cutRuns(doc *html.Node) []run {
	var w blockWriter
	w.walk(doc)
	return w.finish()
}

// blocks strips runs of what is known about them.
func blocks(runs []run) []Block {
	var out []Block
	for i := range runs {
		out = append(out, runs[i].Block)
	}
	return out
}

// walk adds the text of n and of all below it. The parser bounds the depth.
func (w *blockWriter) walk(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		w.count(n.Data)
		w.text(n.Data)
		return
	case html.DocumentNode:
		w.children(n)
		return
	case html.ElementNode:
	default:
		return
	}
	switch n.DataAtom {
	case atom.Br:
		w.newline()
	case atom.A:
		w.links++
		w.children(n)
		w.links--
	case atom.Tr:
		w.row(n)
	case atom.Pre, atom.Listing, atom.Plaintext, atom.Xmp:
		w.pre++
		w.addBlocks(n)
		w.pre--
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.end()
		outer := w.level
		w.level = HeadingLevel(n.DataAtom)
		w.addBlocks(n)
		w.level = outer
	default:
		switch {
		case isUnseen(n.DataAtom):
		case isBlock(n.DataAtom):
			w.addBlocks(n)
		default:
			w.children(n)
		}
	}
}

func (w *blockWriter) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.walk(c)
	}
}

// addBlocks adds the children of n as blocks of their own.
func (w *blockWriter) addBlocks(n *html.Node) {
	w.end()
	outer := w.at
	w.at = n
	w.children(n)
	w.end()
	w.at = outer
}

// row joins the cells of a table's row into one block, so that data reads as
// a line. A row that lays out a page is taken apart.
func (w *blockWriter) row(tr *html.Node) {
	if isLayoutRow(tr) {
		w.addBlocks(tr)
		return
	}
	w.end()
	outer := w.at
	w.at = tr
	for c := tr.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		if len(w.buf) > 0 {
			w.buf = append(w.buf, " | "...)
			w.space = false
		}
		w.children(c)
	}
	w.end()
	w.at = outer
}

// isLayoutRow reports whether the cells of a row hold more than data.
func isLayoutRow(tr *html.Node) bool {
	size := 0
	for n := range tr.Descendants() {
		switch {
		case n.Type == html.TextNode:
			size += len(n.Data)
		case n.Type != html.ElementNode:
		case n.Parent == tr && (n.DataAtom == atom.Td || n.DataAtom == atom.Th):
			size = 0
		case isBlock(n.DataAtom) || n.DataAtom == atom.Br:
			return true
		}
		if size > maxCell {
			return true
		}
	}
	return false
}

// count notes what a text node adds to the open block.
func (w *blockWriter) count(s string) {
	n := textLen(s)
	if n == 0 {
		return
	}
	w.open.text += n
	if w.links > 0 {
		w.open.links += n
	}
	w.open.parts = append(w.open.parts, strings.TrimSpace(s))
}

// text adds character data to the open block.
func (w *blockWriter) text(s string) {
	if w.pre > 0 {
		w.buf = append(w.buf, s...)
		return
	}
	for i := 0; i < len(s); {
		j := i
		for j < len(s) && !isSpace(s[j]) {
			j++
		}
		if j > i {
			if w.space && len(w.buf) > 0 && w.buf[len(w.buf)-1] != '\n' {
				w.buf = append(w.buf, ' ')
			}
			w.space = false
			w.buf = append(w.buf, s[i:j]...)
		}
		for j < len(s) && isSpace(s[j]) {
			w.space = true
			j++
		}
		i = j
	}
}

// newline breaks the line; a second one in a row ends the block.
func (w *blockWriter) newline() {
	w.space = false
	if n := len(w.buf); n > 0 && w.buf[n-1] == '\n' && w.pre == 0 {
		w.end()
	} else if n > 0 {
		w.buf = append(w.buf, '\n')
	}
}

// end closes the open block and adds it, unless it is empty. The last block
// that there may be stays open, and takes the rest of the text.
func (w *blockWriter) end() {
	w.space = false
	if len(w.buf) > 0 && len(w.out) >= maxBlocks-1 {
		w.buf = append(w.buf, '\n')
		return
	}
	w.flush()
}

// finish closes the last block and returns all.
func (w *blockWriter) finish() []run {
	if len(w.out) >= maxBlocks-1 {
		w.buf = blankLines().ReplaceAll(w.buf, []byte("\n"))
	}
	w.flush()
	return w.out
}

func (w *blockWriter) flush() {
	if len(w.buf) > 0 {
		for s := range paragraphs(string(w.buf)) {
			w.add(s)
		}
		w.buf = w.buf[:0]
	}
	w.open = run{}
}

func (w *blockWriter) add(s string) {
	if w.level > 0 {
		s = strings.Join(strings.Fields(s), " ")
	}
	r := w.open
	r.Block = Block{Heading: w.level > 0, Level: w.level, Text: s}
	if w.at != nil {
		r.surroundings = surroundingsOf(w.at)
	}
	w.out = append(w.out, r)
}

// inline adds the text below n as one run, until it holds limit bytes or has
// seen as many nodes; where a block begins or ends there is a space.
func (w *blockWriter) inline(n *html.Node, limit *int) {
	for c := n.FirstChild; c != nil && *limit > 0; c = c.NextSibling {
		*limit--
		switch {
		case c.Type == html.TextNode:
			s := c.Data[:min(len(c.Data), *limit)]
			*limit -= len(s)
			w.text(s)
		case c.Type != html.ElementNode || isUnseen(c.DataAtom):
		case c.DataAtom == atom.Br || isBlock(c.DataAtom):
			w.space = true
			w.inline(c, limit)
			w.space = true
		default:
			w.inline(c, limit)
		}
	}
}

// oneLine returns the text below n on one line, cut at maxClaim bytes.
func oneLine(n *html.Node) string {
	var w blockWriter
	limit := maxMetaValue
	w.inline(n, &limit)
	return strings.Join(strings.Fields(Clean(string(w.buf))), " ")
}

// HeadingLevel returns 1 to 6 for h1 to h6, and 0 for everything else.
func HeadingLevel(a atom.Atom) int {
	switch a {
	case atom.H1:
		return 1
	case atom.H2:
		return 2
	case atom.H3:
		return 3
	case atom.H4:
		return 4
	case atom.H5:
		return 5
	case atom.H6:
		return 6
	}
	return 0
}

// isBlock reports whether a browser starts a new line for an element.
func isBlock(a atom.Atom) bool {
	switch a {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Caption, atom.Center,
		atom.Dd, atom.Details, atom.Dialog, atom.Dir, atom.Div, atom.Dl, atom.Dt, atom.Fieldset,
		atom.Figcaption, atom.Figure, atom.Footer, atom.Form, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6,
		atom.Header, atom.Hgroup, atom.Hr, atom.Html, atom.Legend, atom.Li, atom.Listing, atom.Main, atom.Menu, atom.Nav,
		atom.Ol, atom.P, atom.Plaintext, atom.Pre, atom.Section, atom.Summary, atom.Table, atom.Tbody, atom.Td,
		atom.Tfoot, atom.Th, atom.Thead, atom.Tr, atom.Ul, atom.Xmp:
		return true
	}
	return false
}

// isUnseen reports whether an element holds no text for a reader.
func isUnseen(a atom.Atom) bool {
	switch a {
	case atom.Head, atom.Title, atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Iframe, atom.Noframes,
		atom.Object, atom.Embed, atom.Svg, atom.Canvas, atom.Audio, atom.Video, atom.Map,
		atom.Button, atom.Input, atom.Select, atom.Option, atom.Textarea, atom.Datalist:
		return true
	}
	return false
}

// isSpace reports what HTML calls whitespace. A no-break space is none.
func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'
}
