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
	path         path
	article      *html.Node // the innermost article or main element around it
	goesOn       bool       // with the same text nodes as the block before it
	kept         bool       // belongs to the article
}

// blockWriter cuts a document into blocks. Whitespace is folded as a browser
// folds it; line breaks that the author set are kept.
type blockWriter struct {
	out     []run
	buf     []byte
	space   bool       // whitespace is due before the next word
	level   int        // of the heading that is open; 0 outside of headings
	pre     int        // depth of elements that keep their whitespace
	links   int        // depth of links
	anchors int        // depth of links to places on a page
	inRow   bool       // in a row that is one block
	goesOn  bool       // the next block is of the text of the last one
	blank   bool       // a blank line in a text parts paragraphs
	apart   int        // where in buf a mark ends that no word goes on from; 0 for none
	open    run        // the block that buf will become
	at      *html.Node // the element that the open block stands in
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
		if p := n.Parent; p != nil && (p.DataAtom == atom.Ruby || p.DataAtom == atom.Rb) {
			w.ruby(n.Data)
		} else {
			w.text(n.Data)
		}
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
		w.phrase(n)
		w.links--
	case atom.Tr:
		w.row(n)
	case atom.Pre, atom.Listing, atom.Plaintext, atom.Xmp:
		w.pre++
		w.addBlocks(n)
		w.pre--
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		if w.inRow {
			w.addBlocks(n)
			return
		}
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
			w.phrase(n)
		}
	}
}

// phrase adds an element that stands within a line. Where it is set off from
// the word in front of it, that decides what becomes of its text.
func (w *blockWriter) phrase(n *html.Node) {
	how := raising(n)
	if how == level || w.pre > 0 {
		w.children(n)
		return
	}
	m := w.mark(how)
	if how == anchor {
		w.anchors++
	}
	w.children(n)
	if how == anchor {
		w.anchors--
	}
	w.settle(m)
}

// mark is a place in the open block.
type mark struct {
	blocks, at int
	spaced     bool // whitespace was due there
	how        raise
}

// mark returns the place where an element begins that is set off.
func (w *blockWriter) mark(how raise) mark {
	if how == raised && w.anchors > 0 {
		how = noted
	}
	m := mark{blocks: len(w.out), spaced: w.space, how: how}
	if n := len(w.buf); w.space && n > 0 && w.buf[n-1] != '\n' {
		w.buf = append(w.buf, ' ')
		w.space = false
	}
	m.at = len(w.buf)
	return m
}

// settle ends the element that began at m.
func (w *blockWriter) settle(m mark) {
	switch n := len(w.buf); {
	case m.blocks != len(w.out) || n < m.at:
	case n == m.at:
		w.space = w.space || m.spaced
		if m.spaced && n > 0 && w.buf[n-1] == ' ' {
			w.buf = w.buf[:n-1]
		}
	default:
		w.buf = settleRaised(w.buf, m.at, m.how)
		if n := len(w.buf); m.how != anchor && n > m.at && isMarkDigit(lastRune(w.buf)) {
			w.apart = n
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
	if w.inRow {
		w.space = len(w.buf) > 0 && w.buf[len(w.buf)-1] != ' '
		w.children(n)
		w.space = true
		return
	}
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
	w.inRow = true
	for c := tr.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		n := len(w.buf)
		if n > 0 {
			w.buf = append(w.buf, " | "...)
			w.space = false
		}
		m := len(w.buf)
		w.children(c)
		if len(w.buf) == m {
			w.buf = w.buf[:n] // an empty cell
		}
	}
	w.inRow = false
	w.end()
	w.at = outer
}

// isLayoutRow reports whether the cells of a row hold more than data: long
// texts, or several blocks.
func isLayoutRow(tr *html.Node) bool {
	size, filled := 0, 0
	for n := range tr.Descendants() {
		switch {
		case n.Type == html.TextNode:
			l := textLen(n.Data)
			if size += l; l > 0 && isBlock(n.Parent.DataAtom) && n.Parent.Parent != tr {
				filled++
			}
		case n.Type != html.ElementNode:
		case n.Parent == tr && (n.DataAtom == atom.Td || n.DataAtom == atom.Th):
			size, filled = 0, 0
		case n.DataAtom == atom.Br || n.DataAtom == atom.Table || n.DataAtom == atom.Li || n.DataAtom == atom.Pre:
			return true
		}
		if size > maxCell || filled > 1 {
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
	if w.links > 0 && (w.level == 0 || w.anchors == 0) { // a heading may link to itself
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
	if w.apart > 0 && w.apart == len(w.buf) && goesOn(s) {
		w.space = true
	}
	w.apart = 0
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
		for i = j; j < len(s) && isSpace(s[j]); j++ {
			w.space = true
		}
		if w.blank && !w.inRow && strings.Count(s[i:j], "\n") > 1 {
			w.end()
		}
		i = j
	}
}

// ruby adds characters above which a reading stands. The source may have line
// breaks between them, which are no text where words have no spaces.
func (w *blockWriter) ruby(s string) {
	t := strings.TrimSpace(s)
	if t == "" && unspacedEnd(w.buf) || unspacedEnd([]byte(t)) {
		s = t
		w.space = w.space && !unspacedEnd(w.buf)
	}
	w.text(s)
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
		w.goesOn = false
		for s := range paragraphs(string(w.buf)) {
			w.add(s)
			w.goesOn = true
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
	r.goesOn = w.goesOn
	r.Block = Block{Heading: w.level > 0, Level: w.level, Text: s}
	if w.at != nil {
		r.surroundings, r.path, r.article = surroundingsOf(w.at), pathOf(w.at), articleAround(w.at)
		if w.level > 0 && w.at.Parent != nil {
			r.path = pathOf(w.at.Parent)
		}
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
			m := w.mark(raising(c))
			w.inline(c, limit)
			if m.how != level || len(w.buf) == m.at {
				w.settle(m)
			}
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
