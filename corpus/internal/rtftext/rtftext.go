// Package rtftext takes the Rich Text Format apart into paragraphs.
//
// RTF is text in 7 bits with control words ("\par"), control symbols ("\~") and
// groups ("{...}"), which bound what the words within them change. What follows
// the first word of a group may be a destination: something other than text of
// the document. A destination that begins with "\*" may be passed over by those
// who do not know it.
//
// Text is in the character set of its font ("\fcharset"), else in that of the
// document ("\ansicpg"), as "\'xx" or as bytes, of which an ideograph has two. It is
// in Unicode after "\uN", with as many characters for old readers behind it as the
// last "\ucN" says.
//
// Left out are headers and footers, comments, deleted and hidden text, pictures,
// the codes of fields, index entries, and what is there for old readers only.
package rtftext

import (
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/newsq/newsq/corpus/internal/paragraph"
)

// Document is an RTF file. It serves one goroutine.
type Document struct {
	content []byte
	// Properties are filled while Paragraphs are read; most writers state them
	// before the text.
	Properties paragraph.Properties
	// Cut says after reading that the file ends within a group: most likely it is
	// not whole.
	Cut bool
}

// New returns the document that a file holds.
func New(content []byte) *Document { return &Document{content: content} }

// Is reports whether bytes begin as a file in RTF does.
func Is(b []byte) bool { return len(b) >= 5 && string(b[:5]) == `{\rtf` }

// Paragraphs returns what the document says, in the order of the file. Footnotes
// come last. A paragraph belongs to the caller.
func (d *Document) Paragraphs() iter.Seq[paragraph.Paragraph] {
	return func(yield func(paragraph.Paragraph) bool) {
		p := &parser{doc: d, yield: yield, page: defaultPage, fonts: map[int]int{}, styles: map[int]style{}}
		p.at.unicodeSkip = 1
		p.out = &flow{part: paragraph.Body}
		p.body = p.out
		p.run()
	}
}

// maxDepth bounds the groups within groups that have properties of their own.
// Word goes to about 20.
const maxDepth = 500

// state is what a group bounds.
type state struct {
	to          destination
	font        int
	unicodeSkip int // characters after \uN that stand for it
	bold        bool
	italic      bool
	hidden      bool
	deleted     bool
	size        int // in half points; 0 when not stated
	out         *flow
	closes      func(p *parser) // called at the end of the group; may be nil
	star        bool            // \* was read, and the next word names the destination
	fresh       bool            // nothing but \* has been read
}

// destination is where text goes.
type destination uint8

const (
	toText   destination = iota
	toNobody             // passed over
	toField              // the code of a field, a name, a property: collected, see parser.collected
	toFonts
	toStyles
	toInfo
)

// flow is a text of its own within the document: the body, a note, a box.
type flow struct {
	part paragraph.Part
	run  paragraph.Builder
	brk  bool // a page begins with, or within, the paragraph at hand

	table, row, cell int
	inTable          bool
	props            paragraphState
	before, after    []paragraph.Paragraph // boxes that stand around the paragraph at hand
}

// paragraphState are the properties of paragraphs, which groups do not bound.
type paragraphState struct {
	style    int
	hasStyle bool
	level    int // plus 1; 0 when not stated
	centered bool
	inTable  bool
	list     bool
}

// parser reads a document.
type parser struct {
	doc   *Document
	yield func(paragraph.Paragraph) bool
	done  bool // no more is wanted
	i     int  // of the next byte
	depth int  // groups beyond maxDepth
	stack []state
	at    state
	out   *flow
	body  *flow
	notes []paragraph.Paragraph

	page     int         // code page of the document
	fonts    map[int]int // code pages of fonts
	isCoded  bool        // a font says a character set that tells something
	deff     int
	styles   map[int]style
	pending  []byte // bytes of text that are not decoded yet
	pendPage int
	pendHex  bool // some of them were written as \'xx
	skip     int  // characters still to skip after \uN
	high     rune // first half of a surrogate pair
	boxes    int  // shapes whose text was read, so that their stand-in is passed over

	collected strings.Builder // text of toField
	target    string          // of the field at hand
	def       definition      // of the font or style at hand
	when      dateParts
}

func (p *parser) run() {
	b := p.doc.content
	for p.i < len(b) && !p.done {
		c := b[p.i]
		p.i++
		switch c {
		case '{':
			p.open()
		case '}':
			if len(p.stack) == 0 && p.depth == 0 {
				continue // what follows the document is not of it
			}
			p.close()
			if len(p.stack) == 0 && p.depth == 0 {
				p.finish()
				return
			}
		case '\\':
			p.control()
		case '\r', '\n', 0:
		default:
			p.byteOf(c)
		}
	}
	p.doc.Cut = !p.done && (len(p.stack) > 0 || p.depth > 0)
	for len(p.stack) > 0 && !p.done {
		p.depth = 0
		p.close()
	}
	p.finish()
}

// finish ends the last paragraph, and hands on the notes.
func (p *parser) finish() {
	p.flush()
	p.out = p.body
	if !p.body.run.Empty() || len(p.body.before) > 0 {
		p.end(false)
	}
	for _, n := range p.notes {
		p.send(n)
	}
	p.notes = nil
}

func (p *parser) send(g paragraph.Paragraph) {
	if !p.done {
		p.done = !p.yield(g)
	}
}

func (p *parser) open() {
	p.flush()
	p.skip = 0
	if len(p.stack) >= maxDepth {
		p.depth++
		return
	}
	p.at.out = p.out
	p.stack = append(p.stack, p.at)
	p.at.closes, p.at.star, p.at.fresh = nil, false, true
}

func (p *parser) close() {
	p.flush()
	p.skip = 0
	if p.depth > 0 {
		p.depth--
		return
	}
	closes := p.at.closes
	if closes != nil {
		closes(p)
	}
	last := len(p.stack) - 1
	p.at = p.stack[last]
	p.out = p.at.out
	p.stack = p.stack[:last]
	p.at.fresh = false
}

// byteOf takes a byte of text.
func (p *parser) byteOf(c byte) {
	p.at.fresh = false
	if p.skip > 0 {
		p.skip--
		return
	}
	if p.at.to == toNobody {
		return
	}
	page := p.codePage()
	if page != p.pendPage {
		p.flush()
		p.pendPage = page
	}
	p.pending = append(p.pending, c)
}

// codePage returns the code page of text at this place.
func (p *parser) codePage() int {
	if p.at.to == toText || p.at.to == toField {
		if page, ok := p.fonts[p.at.font]; ok && page != 0 {
			if page == ansiPage && !p.isCoded {
				// A writer that gives all fonts character set 0 says nothing by it.
				return p.page
			}
			return page
		}
	}
	if p.def.page != 0 && p.at.to == toFonts {
		return p.def.page
	}
	return p.page
}

// flush decodes what was read of text.
func (p *parser) flush() {
	if len(p.pending) == 0 {
		return
	}
	page := p.pendPage
	if !p.pendHex && utf8.Valid(p.pending) {
		page = utf8Page // as some write it, whatever they declare
	}
	s := decode(page, p.pending)
	p.pending, p.pendHex = p.pending[:0], false
	p.high = 0
	p.write(s)
}

// write adds text to where it goes.
func (p *parser) write(s string) {
	switch p.at.to {
	case toText:
		p.writeText(s)
	case toField, toStyles:
		if p.collected.Len() < maxCollected {
			p.collected.WriteString(s)
		}
		p.endDefinitions()
	}
}

// maxCollected bounds what is kept of a name or a field's code, in bytes.
const maxCollected = 16 << 10

func (p *parser) writeText(s string) {
	if p.at.hidden || p.at.deleted {
		return
	}
	p.out.run.Write(s, paragraph.Look{Bold: p.at.bold, Italic: p.at.italic, Size: float64(p.at.size) / 2})
}

// end ends a paragraph; inCell says that it ends a cell too.
func (p *parser) end(inCell bool) {
	p.flush()
	out := p.out
	g := paragraph.Paragraph{Part: out.part, Break: out.brk}
	out.run.Take(&g)
	out.brk = false
	out.props.form(p.styles, &g)
	out.place(&g, inCell)
	if out.part != paragraph.Body {
		p.keep(out.part, g)
		return
	}
	before, after := out.before, out.after
	out.before, out.after = nil, nil
	for i := range before {
		p.send(before[i])
	}
	p.send(g)
	for i := range after {
		p.send(after[i])
	}
}

// keep puts a paragraph of a note or a box where it waits.
func (p *parser) keep(part paragraph.Part, g paragraph.Paragraph) {
	if g.Text == "" {
		return
	}
	switch {
	case part == paragraph.Note:
		p.notes = append(p.notes, g)
	case p.body.run.Empty():
		p.body.before = append(p.body.before, g)
	default:
		p.body.after = append(p.body.after, g)
	}
}

// form fills what the properties tell.
func (props *paragraphState) form(styles map[int]style, g *paragraph.Paragraph) {
	s, known := styles[props.style]
	if known && (props.hasStyle || props.style == 0) {
		g.Style, g.Level = s.name, s.level
	}
	if props.level > 0 {
		g.Level = props.level
	}
	if g.Level > maxLevel {
		g.Level = 0
	}
	g.Centered, g.List = props.centered, props.list
}

// maxLevel is that of the deepest heading. One more means text.
const maxLevel = 9

// place tells where in a table a paragraph stands.
func (out *flow) place(g *paragraph.Paragraph, endsCell bool) {
	if !out.props.inTable && !endsCell {
		out.inTable, out.row, out.cell = false, 0, 0
		return
	}
	if !out.inTable {
		out.inTable = true
		out.table++
		out.row, out.cell = 1, 1
	}
	g.Table, g.Row, g.Cell = out.table, out.row, out.cell
	if endsCell {
		out.cell++
	}
}

// endRow ends a row of a table.
func (p *parser) endRow() {
	p.flush()
	if out := p.out; out.inTable {
		out.row++
		out.cell = 1
	}
}
