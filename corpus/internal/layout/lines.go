// Package layout finds the paragraphs and headings of texts that don't mark
// them, and what stands above a text: its title, byline and date. It reads
// plain text as people and wire services write it, and pieces of HTML that are
// an article's body. It knows nothing of articles and records.
//
// No word of a text is lost: each stands in a block, or in a field of the head
// that holds it whole.
package layout

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/extract"
)

// Parser finds the layout of plain text.
//
// Plain text comes in three layouts, often mixed: paragraphs parted by blank
// lines; a paragraph a line, as word processors copy them; and lines broken
// at a fixed width, as wire services and e-mail send them, where paragraphs
// are indented or parted by blank lines. Parser finds out which, and puts the
// lines together to units: paragraphs, lists, tables and headings.
//
// It keeps scratch space, so it serves one goroutine at a time.
type Parser struct {
	lines  []line
	units  []unit
	widths []int
	marks  []bool
	blocks []extract.Block
}

// Blocks returns the paragraphs and headings of a plain text, which is clean.
// What stands above the text is not among them: it is taken as head, where
// that doesn't state it yet. The blocks are good until the next call.
func (p *Parser) Blocks(s string, head *Head) []extract.Block {
	p.read(s, head.Title == "")
	first := p.head(head)
	headings := p.headings(first)
	p.blocks = p.blocks[:0]
	for i := first; i < len(p.units); i++ {
		u := &p.units[i]
		level := u.level
		if headings[i] && level == 0 {
			level = 1
		}
		p.blocks = append(p.blocks, extract.Block{Heading: headings[i], Level: level, Text: u.text})
	}
	return p.blocks
}

// line is a line of text that isn't blank.
type line struct {
	text   string // without white space around it
	indent int    // columns of white space before it
	width  int    // in runes, with the indent
	gap    bool   // a blank line stands before it, or a rule
	kind   kind
}

// kind is what a line or unit is.
type kind uint8

const (
	paragraph kind = iota
	item           // of a list
	table          // columns of figures, drawn with white space or dots
	rule           // a line of dashes, stars and the like
)

// unit is one or several lines that belong together.
type unit struct {
	text  string // lines of a paragraph joined by spaces, of lists and tables by newlines
	kind  kind
	lines int
	gap   bool
	level int // of a heading that is marked as one; 0 for all else
}

// read cuts s, which is clean, into units. Untitled tells that the first line
// may be a title.
func (p *Parser) read(s string, untitled bool) {
	p.split(s)
	p.group(p.wrapWidth(), untitled)
}

// Bounds of what is looked at. A line of more bytes than longLine is a
// paragraph, whatever else is in it. A text of more than maxTextLines lines
// keeps the others as one paragraph.
const (
	longLine     = 4 * maxWrap
	maxTextLines = 500_000
)

// split cuts s into lines.
func (p *Parser) split(s string) {
	p.lines = p.lines[:0]
	gap := false
	for s != "" {
		text := s
		if n := strings.IndexByte(s, '\n'); n >= 0 && len(p.lines) < maxTextLines {
			text, s = s[:n], s[n+1:]
		} else {
			s = ""
		}
		inner := strings.TrimLeft(text, " \t")
		indent := len(text) - len(inner)
		if text = strings.TrimRight(inner, " \t"); text == "" {
			gap = true
			continue
		}
		l := line{text: text, indent: indent, width: len(text), gap: gap}
		if len(text) <= longLine {
			l.width, l.kind = indent+utf8.RuneCountInString(text), kindOf(text)
		}
		p.lines = append(p.lines, l)
		gap = false
	}
}

// Widths of text with fixed line breaks: typewriters, telex and mail stay
// within 100 columns, and nothing is broken below 30.
const (
	minWrap = 30
	maxWrap = 100
)

// wrapWidth returns the width at which lines are broken, in runes; 0 when
// line breaks were set by the author.
//
// Breaks at a fixed width are told by their cause: the first word of the next
// line would not have fitted. Where a line ends for another reason it ends a
// paragraph, so most breaks, if not all, must have that cause.
func (p *Parser) wrapWidth() int {
	p.widths = p.widths[:0]
	for i := range p.lines {
		if p.lines[i].kind == paragraph {
			p.widths = append(p.widths, p.lines[i].width)
		}
	}
	n := len(p.widths)
	if n < 2 {
		return 0
	}
	slices.Sort(p.widths)
	width := p.widths[n-1-n/20] // a long address doesn't count
	if width < minWrap || width > maxWrap || !p.brokenAt(width) {
		return 0
	}
	return width
}

// brokenAt reports whether the lines look broken at a width.
func (p *Parser) brokenAt(width int) bool {
	var breaks, good, ended, strong, bad int
	for i := 1; i < len(p.lines); i++ {
		if !p.within(i) {
			continue
		}
		breaks++
		open := !endsSentence(p.lines[i-1].text)
		goesOn := open && beginsLower(p.lines[i].text)
		switch forced := p.forced(i, width); {
		case forced || goesOn:
			good++
			if !open {
				ended++
			}
		case !open:
			bad++
		}
		if goesOn {
			strong++
		}
	}
	if breaks < 4 {
		// The longest of so few lines is always as long as the width. What
		// tells is a sentence that goes on in the next line.
		return strong > 0 && bad == 0
	}
	// Sentences end anywhere in a line that was broken for its width, so
	// rarely at the end of one.
	return good*10 >= breaks*7 && ended*2 <= good
}

// within reports whether the break before line i stands within text: not at
// a blank line, an indented start, a list or a table.
func (p *Parser) within(i int) bool {
	above, l := &p.lines[i-1], &p.lines[i]
	return !l.gap && l.kind == paragraph && above.kind != table && above.kind != rule && l.indent < above.indent+2
}

// forced reports whether the first word of line i would not have fitted on
// the line above.
func (p *Parser) forced(i, width int) bool {
	word := p.lines[i].text
	if n := strings.IndexByte(word, ' '); n >= 0 {
		word = word[:n]
	}
	need := utf8.RuneCountInString(word)
	if need > 20 {
		need = 1 // a script without spaces is broken anywhere
	}
	return p.lines[i-1].width+1+need > width
}

// group puts lines together to units.
func (p *Parser) group(width int, untitled bool) {
	p.units = p.units[:0]
	margin := p.margin()
	if untitled && width > 0 && len(p.lines) > 1 && !p.forced(1, width) && !endsSentence(p.lines[0].text) {
		p.lines[1].gap = true
	}
	for i := 0; i < len(p.lines); {
		if p.lines[i].kind == rule {
			p.rule(i)
			i++
			continue
		}
		end := i + 1
		for end < len(p.lines) && p.continues(end, i, width, margin) {
			end++
		}
		p.units = append(p.units, p.unit(i, end))
		i = end
	}
}

// margin returns the least indent of any line.
func (p *Parser) margin() int {
	if len(p.lines) == 0 {
		return 0
	}
	margin := p.lines[0].indent
	for i := range p.lines {
		margin = min(margin, p.lines[i].indent)
	}
	return margin
}

// continues reports whether line i belongs to the unit that starts at line
// first and includes the line above.
func (p *Parser) continues(i, first, width, margin int) bool {
	above, l := &p.lines[i-1], &p.lines[i]
	if l.gap || l.kind == rule || above.kind == rule {
		return false
	}
	switch p.lines[first].kind {
	case table:
		return l.kind == table
	case item:
		return l.kind == item ||
			l.kind == paragraph && (l.indent > p.lines[first].indent || width > 0 && p.forced(i, width))
	}
	if l.kind != paragraph || isATX(above.text) || isATX(l.text) {
		return false
	}
	open := !endsSentence(above.text)
	if width == 0 {
		return open && beginsLower(l.text)
	}
	// An indented line starts a paragraph, unless all of it is indented, as
	// a quotation is. Another line goes on with the sentence above, though
	// that line may be short: its dateline was cut off, say.
	if l.indent >= margin+2 && (l.indent != above.indent || !open) {
		return false
	}
	return open || p.forced(i, width)
}

// unit makes a unit of the lines [first, end).
func (p *Parser) unit(first, end int) unit {
	l := &p.lines[first]
	u := unit{text: l.text, kind: l.kind, lines: end - first, gap: l.gap}
	if u.lines == 1 {
		if level, text := atx(l.text); level > 0 {
			u.level, u.text = level, text
		}
		return u
	}
	var b strings.Builder
	for i := first; i < end; i++ {
		l := &p.lines[i]
		switch {
		case i == first:
		case u.kind == table, l.kind == item:
			b.WriteByte('\n')
		case brokenWord(p.lines[i-1].text, l.text):
		default:
			b.WriteByte(' ')
		}
		b.WriteString(l.text)
	}
	u.text = b.String()
	return u
}

// brokenWord reports whether a line ends in the hyphen of a word that goes on
// in the next. The hyphen stays: whether it belongs to the word can't be told.
func brokenWord(above, next string) bool {
	if !strings.HasSuffix(above, "-") || strings.HasSuffix(above, "--") || !beginsLower(next) {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(above[:len(above)-1])
	return unicode.IsLetter(r)
}

// rule deals with line i, a rule: it underlines the line above, or it parts
// what stands above from what follows.
func (p *Parser) rule(i int) {
	if i+1 < len(p.lines) {
		p.lines[i+1].gap = true
	}
	c := p.lines[i].text[0]
	if n := len(p.units); n > 0 && !p.lines[i].gap && (c == '=' || c == '-') {
		if u := &p.units[n-1]; u.lines == 1 && u.kind == paragraph && u.level == 0 && !endsSentence(u.text) {
			u.level = 1
			if c == '-' {
				u.level = 2
			}
		}
	}
}

// kindOf tells what a line is by itself.
func kindOf(s string) kind {
	switch {
	case isRule(s):
		return rule
	case isItem(s):
		return item
	case strings.Contains(s, "   "), strings.IndexByte(s, '\t') >= 0, strings.Contains(s, "....."):
		return table
	}
	return paragraph
}

// isRule reports whether a line is drawn rather than written.
func isRule(s string) bool {
	if len(s) < 3 || !strings.ContainsRune("-=_*~#+.", rune(s[0])) {
		return false
	}
	return strings.Trim(s, s[:1]+" ") == ""
}

// isItem reports whether a line starts as an item of a list does: with a
// bullet, or with a number or letter and a stop.
func isItem(s string) bool {
	marker, rest, found := strings.Cut(s, " ")
	if !found || strings.TrimLeft(rest, " ") == "" {
		return false
	}
	switch marker {
	case "-", "*", "+", "•", "·", "‣", "◦", "▪", "■", "●", "–":
		return true
	}
	n := len(marker) - 1
	if n < 1 || n > 3 || marker[n] != '.' && marker[n] != ')' {
		return false
	}
	return isNumber(marker[:n]) || n == 1 && marker[n] == ')' && unicode.IsLetter(rune(marker[0]))
}

// isATX reports whether a line is a heading as Markdown marks them.
func isATX(s string) bool {
	level, _ := atx(s)
	return level > 0
}

// atx returns level and text of a heading as Markdown marks them; 0 for all
// else.
func atx(s string) (level int, text string) {
	for level < len(s) && s[level] == '#' {
		level++
	}
	if level == 0 || level > 6 || level == len(s) || s[level] != ' ' {
		return 0, s
	}
	text = strings.TrimRight(strings.Trim(s[level:], " "), "#")
	if text = strings.TrimRight(text, " "); !strings.ContainsFunc(text, unicode.IsLetter) {
		return 0, s
	}
	return level, text
}

// closingMarks may stand after the stop that ends a sentence.
const closingMarks = "\"'”’»)]"

// endsSentence reports whether s ends as a sentence does, or announces what
// follows.
func endsSentence(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, closingMarks))
	return isStop(r) || r == ':' || r == ';' || r == '：' || r == '；'
}

// isStop reports whether r ends a sentence.
func isStop(r rune) bool {
	switch r {
	case '.', '!', '?', '…', '。', '！', '？', '．', '؟', '۔', '।', '॥', '።', '།':
		return true
	}
	return false
}

func beginsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}
