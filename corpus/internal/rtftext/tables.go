package rtftext

import "strings"

// style is what the style sheet says of a style.
type style struct {
	name   string // in lower case
	level  int    // in the outline, from 1; 0 for text
	bold   bool
	italic bool
	size   int // in half points; 0 when not stated
}

// definition is the font or style that is being read from its table.
type definition struct {
	number   int
	page     int // of a font
	style    style
	isOther  bool // a style of characters or tables
	hasFont  bool
	finished bool
}

// maxDefinitions bounds fonts and styles. Word writes some 400 of a kind.
const maxDefinitions = 10_000

// define begins a font or style whose group begins with its number.
func (p *parser) define(word string, n int) {
	switch p.at.to {
	case toFonts:
		p.fontWord(word, n)
	case toStyles:
		p.def = definition{number: n, isOther: word != "s", finished: true}
		p.collected.Reset()
		p.at.closes = func(p *parser) { p.endStyle() }
	case toText:
		// A group that begins with a font or style, not the table of one.
		if !p.characters(word, n, true, true) {
			p.paragraphs(word, n)
		}
	}
}

// fontWord reads the table of fonts, with or without a group for each.
func (p *parser) fontWord(word string, n int) {
	switch word {
	case "f":
		p.def = definition{number: n, hasFont: true}
	case "fcharset":
		p.def.page = pageOfCharset(n)
		if p.def.page != 0 && p.def.page != ansiPage && p.def.page != symbolPage {
			p.isCoded = true
		}
	case "cpg":
		if n > 0 {
			p.def.page = n
			p.isCoded = p.isCoded || n != ansiPage
		}
	default:
		return
	}
	if p.def.hasFont && (len(p.fonts) < maxDefinitions) {
		p.fonts[p.def.number] = p.def.page
	}
}

// styleWord reads the style sheet.
func (p *parser) styleWord(word string, n int, on bool) {
	s := &p.def.style
	switch word {
	case "s", "cs", "ds", "ts", "tsrowd":
		p.def.number, p.def.isOther = n, word != "s"
	case "outlinelevel":
		s.level = n + 1
	case "b":
		s.bold = on
	case "i":
		s.italic = on
	case "fs":
		s.size = n
	}
}

// endDefinitions ends a style whose name is read. A style without a number of its
// own is that of all text, number 0.
func (p *parser) endDefinitions() {
	if p.at.to == toStyles && strings.HasSuffix(p.collected.String(), ";") {
		p.endStyle()
	}
}

func (p *parser) endStyle() {
	name := strings.ToLower(strings.TrimSpace(strings.TrimRight(p.collected.String(), "; ")))
	p.collected.Reset()
	def := p.def
	p.def = definition{}
	if name == "" || def.isOther || len(p.styles) >= maxDefinitions {
		return
	}
	if _, dup := p.styles[def.number]; dup && def.number == 0 {
		return
	}
	// Names may have others after a comma: "heading 1,Kapitel".
	name, _, _ = strings.Cut(name, ",")
	def.style.name = name
	p.styles[def.number] = def.style
}

// fromStyle sets what text has by its style, as most writers repeat it and some
// do not.
func (p *parser) fromStyle(n int) {
	s, ok := p.styles[n]
	if !ok {
		return
	}
	if s.bold {
		p.at.bold = true
	}
	if s.italic {
		p.at.italic = true
	}
	if s.size > 0 {
		p.at.size = s.size
	}
}
