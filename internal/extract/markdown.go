package extract

import (
	"bufio"
	"bytes"
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	renderer "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Markdown returns the blocks of a Markdown text: CommonMark with tables,
// footnotes, strikethrough, task lists and definition lists. Inline markup is
// removed: of links the text stays, of images the description, of code the
// code. Lines that an editor wrapped are joined. A list item is a block, a
// row of a table is one with its cells parted by " | ", and so is a block of
// code, with its lines. HTML is read as [HTML] would.
//
// Title is the place of the heading that is the title of the whole, -1 when
// there is none: the first, unless a paragraph stands above it.
func Markdown(s string) (blocks []Block, title int) {
	s = Clean(s)
	if strings.Count(s, "\n") > maxLines {
		return plainText(s), -1
	}
	src := []byte(neutralize(s))
	md := goldmark.New(goldmark.WithExtensions(
		extension.Table, extension.Strikethrough, extension.TaskList, extension.Footnote, extension.DefinitionList))
	w := markdownWriter{src: src}
	w.blocks(md.Parser().Parse(text.NewReader(src)))
	return w.out, titleOf(w.out, w.kinds)
}

// maxLines is of how many lines a syntax tree is made. The tree takes some
// hundred times the memory of the text; longer texts are read as they are.
const maxLines = 500_000

// plainText returns the paragraphs of a text as blocks.
func plainText(s string) []Block {
	var w blockWriter
	w.pre++
	for p := range paragraphs(s) {
		w.text(p)
		w.end()
	}
	return blocks(w.finish())
}

// markdownWriter collects the blocks of a syntax tree.
type markdownWriter struct {
	src  []byte
	out  []Block
	buf  []byte
	skip atom.Atom // the element of HTML that is open and not shown; 0 for none
	off  setOff    // the element of HTML that is open and set off
	// kinds are what the blocks of out are.
	kinds []beside
	kind  beside // of the open block
}

// setOff is an element that is set off from what stands in front of it.
type setOff struct {
	tag atom.Atom // 0 for none
	at  int       // where its text begins
	how raise
}

// blocks adds what lies below n.
func (w *markdownWriter) blocks(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Heading:
			w.inline(c)
			w.end(c.Level)
		case *ast.Paragraph, *ast.TextBlock, *extast.DefinitionTerm:
			w.kind = w.kindOf(c)
			w.inline(c)
			w.end(0)
		case *extast.TableHeader, *extast.TableRow:
			w.kind = w.kindOf(c)
			for cell := c.FirstChild(); cell != nil; cell = cell.NextSibling() {
				if len(w.buf) > 0 {
					w.buf = append(w.buf, " | "...)
				}
				w.inline(cell)
			}
			w.end(0)
		case *ast.CodeBlock, *ast.FencedCodeBlock:
			w.buf = append(w.buf, c.Lines().Value(w.src)...)
			w.end(0)
		case *ast.HTMLBlock:
			w.html(c)
		default:
			w.blocks(c)
		}
	}
}

// html adds the text of raw HTML. A block of it ends at a blank line, so its
// elements may be left open.
func (w *markdownWriter) html(n *ast.HTMLBlock) {
	raw := n.Lines().Value(w.src)
	if n.HasClosure() {
		raw = append(raw, n.ClosureLine.Value(w.src)...)
	}
	if doc, err := nethtml.Parse(bytes.NewReader(raw)); err == nil {
		settleSentences(doc)
		w.out = append(w.out, blocks(cutRuns(doc))...)
	}
	for len(w.kinds) < len(w.out) {
		kind := ordinary
		if htmlPicture().Match(raw) {
			kind = picture
		}
		w.kinds = append(w.kinds, kind)
	}
}

// inline adds the text below n to the open block.
func (w *markdownWriter) inline(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if tag, ok := c.(*ast.RawHTML); ok {
			w.tag(tag.Segments.Value(w.src))
		}
		if w.skip != 0 {
			continue
		}
		switch c := c.(type) {
		case *ast.Text:
			w.text(c)
		case *ast.String:
			w.buf = append(w.buf, c.Value...)
		case *ast.CodeSpan:
			for t := c.FirstChild(); t != nil; t = t.NextSibling() {
				if t, ok := t.(*ast.Text); ok {
					w.buf = append(w.buf, bytes.ReplaceAll(t.Value(w.src), []byte("\n"), []byte(" "))...)
				}
			}
		case *ast.AutoLink:
			w.buf = append(w.buf, c.Label(w.src)...)
		case *ast.RawHTML:
		case *ast.Link:
			start := len(w.buf)
			w.inline(c)
			if how := max(anchor, w.off.how); bytes.ContainsRune(c.Destination, '#') && start <= len(w.buf) {
				w.buf = settleRaised(w.buf, start, how)
			}
		default:
			w.inline(c)
		}
	}
}

// tag takes note of a tag within a line.
func (w *markdownWriter) tag(raw []byte) {
	z := nethtml.NewTokenizer(bytes.NewReader(raw))
	kind := z.Next()
	t := z.Token()
	switch {
	case kind == nethtml.EndTagToken:
		if t.DataAtom == w.skip || t.DataAtom == atom.Ruby {
			w.skip = 0
		}
		if t.DataAtom == w.off.tag && w.off.at <= len(w.buf) {
			w.buf = settleRaised(w.buf, w.off.at, w.off.how)
			w.off = setOff{}
		}
	case t.DataAtom == atom.Br:
		w.buf = append(w.buf, '\n')
	case kind == nethtml.StartTagToken && t.DataAtom != atom.Button && t.DataAtom != atom.Option &&
		t.DataAtom != atom.Input && t.DataAtom != atom.Embed && isUnseen(t.DataAtom):
		w.skip = t.DataAtom
	case t.DataAtom == atom.Rb:
		w.skip = 0
	case kind == nethtml.StartTagToken:
		n := &nethtml.Node{Type: nethtml.ElementNode, DataAtom: t.DataAtom, Data: t.Data, Attr: t.Attr}
		switch how := raising(n); {
		case how == level:
		case w.off.tag == 0:
			w.off = setOff{t.DataAtom, len(w.buf), how}
		default:
			w.off.how = noted
		}
	}
}

// text adds a text with its backslashes and entities resolved, and the line
// break that follows it, if any.
func (w *markdownWriter) text(t *ast.Text) {
	s := t.Value(w.src)
	if !t.IsRaw() && bytes.ContainsAny(s, `\&`) {
		var b bytes.Buffer
		bw := bufio.NewWriter(&b)
		renderer.DefaultWriter.Write(bw, s)
		_ = bw.Flush() // a bytes.Buffer does not fail
		s = []byte(html.UnescapeString(b.String()))
	}
	w.buf = append(w.buf, s...)
	switch {
	case t.HardLineBreak():
		w.buf = append(w.buf, '\n')
	case t.SoftLineBreak() && !unspacedEnd(w.buf):
		w.buf = append(w.buf, ' ')
	}
}

// unspacedEnd reports whether a text ends in a character of East Asia, after
// which a wrapped line goes on without a space.
func unspacedEnd(b []byte) bool {
	r, _ := utf8.DecodeLastRune(b)
	return r >= 0x2e80 && (unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || unicode.IsPunct(r))
}

// end adds the open block; level is that of a heading, else 0.
func (w *markdownWriter) end(level int) {
	s := string(w.buf)
	w.buf = w.buf[:0]
	w.skip, w.off = 0, setOff{}
	if level > 0 {
		s = strings.Join(strings.Fields(s), " ")
	}
	for p := range paragraphs(s) {
		w.out = append(w.out, Block{Heading: level > 0, Level: level, Text: p})
		w.kinds = append(w.kinds, w.kind)
	}
	w.kind = ordinary
}

// Bounds on what makes the time of parsing Markdown grow with the square of
// its length: quotes within quotes on one line, and brackets and stars that
// are opened and never closed within one paragraph.
const (
	maxMarkers  = 100
	maxBrackets = 1000
)

// neutralize takes the markup out of the places that exceed the bounds. Other
// texts, that is all but those made for the purpose, come back as they are.
func neutralize(s string) string {
	var b strings.Builder
	copied := 0 // s[:copied] is written to b
	start, count := 0, 0
	at := 0
	flush := func(end int) {
		if count > maxBrackets {
			b.WriteString(s[copied:start])
			b.WriteString(markup.Replace(s[start:end]))
			copied = end
		}
		start, count = end, 0
	}
	for line := range strings.Lines(s) {
		marks, body := leading(line)
		if body == "" || marks > 0 || line[0] == '#' || line[0] == '|' {
			flush(at)
		}
		if marks > maxMarkers {
			b.WriteString(s[copied:at])
			b.WriteString(body)
			copied = at + len(line)
			start = copied
		}
		count += strings.Count(body, "[") + strings.Count(body, "*") + strings.Count(body, "_")
		at += len(line)
	}
	flush(len(s))
	if copied == 0 {
		return s
	}
	b.WriteString(s[copied:])
	return b.String()
}

var markup = strings.NewReplacer("[", " ", "]", " ", "*", " ", "_", " ")

// leading counts the marks of quotes and lists that a line begins with, and
// returns what follows them, without the end of the line if that is all.
func leading(line string) (marks int, body string) {
	i := 0
	for i < len(line) {
		switch c := line[i]; {
		case c == ' ' || c == '\t' || c == '\n':
		case c == '>':
			marks++
		case (c == '-' || c == '*' || c == '+') && i+1 < len(line) && (line[i+1] == ' ' || line[i+1] == '\t'):
			marks++
		default:
			return marks, line[i:]
		}
		i++
	}
	return marks, ""
}
