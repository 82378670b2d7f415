package rtftext

import (
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// maxWord is how long a control word may be, in letters. The specification says
// 32.
const maxWord = 32

// control reads what follows a backslash.
func (p *parser) control() {
	b := p.doc.content
	if p.i >= len(b) {
		return
	}
	c := b[p.i]
	if !isLetter(c) {
		p.i++
		p.symbol(c)
		return
	}
	start := p.i
	for p.i < len(b) && isLetter(b[p.i]) && p.i-start < maxWord {
		p.i++
	}
	word := string(b[start:p.i])
	n, has := p.number()
	if p.i < len(b) && b[p.i] == ' ' {
		p.i++
	}
	p.word(word, n, has)
}

// maxNumber bounds the numbers of control words.
const maxNumber = 1 << 30

func (p *parser) number() (n int, has bool) {
	b := p.doc.content
	negative := p.i+1 < len(b) && b[p.i] == '-' && isDigit(b[p.i+1])
	if negative {
		p.i++
	}
	for ; p.i < len(b) && isDigit(b[p.i]); p.i++ {
		has = true
		if n < maxNumber {
			n = n*10 + int(b[p.i]-'0')
		}
	}
	if negative {
		n = -n
	}
	return n, has
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func isHigh(c byte) bool   { return c >= utf8.RuneSelf }
func isDigit(c byte) bool  { return '0' <= c && c <= '9' }

// symbol does what a control symbol says.
func (p *parser) symbol(c byte) {
	switch c {
	case '\'':
		p.hex()
	case '*':
		p.at.star = true
		return
	case '~':
		p.text("\u00a0")
	case '_':
		p.text("-")
	case '\\', '{', '}':
		p.byteOf(c)
	case '\r', '\n':
		if b := p.doc.content; c == '\r' && p.i < len(b) && b[p.i] == '\n' {
			p.i++
		}
		p.layout("par")
	case '\t':
		p.text("\t")
	}
	p.at.fresh = false
}

// hex reads a byte that is written as two digits.
func (p *parser) hex() {
	b := p.doc.content
	value := 0
	for n := 0; n < 2; n++ {
		if p.i >= len(b) {
			return
		}
		d := strings.IndexByte("0123456789abcdef", b[p.i]|0x20)
		if isDigit(b[p.i]) {
			d = int(b[p.i] - '0')
		}
		if d < 0 {
			return
		}
		value = value<<4 | d
		p.i++
	}
	if value >= utf8.RuneSelf && !p.pendHex && slices.ContainsFunc(p.pending, isHigh) {
		p.flush() // bytes as they are, which may be in another character set
	}
	p.byteOf(byte(value))
	p.pendHex = p.pendHex || value >= utf8.RuneSelf && len(p.pending) > 0
}

// text takes a character that the text has whatever its character set.
func (p *parser) text(s string) {
	p.flush()
	if p.skip > 0 {
		p.skip--
		return
	}
	if p.at.to != toNobody {
		p.write(s)
	}
}

// word does what a control word says. Words that say nothing of the text are
// passed over.
func (p *parser) word(word string, n int, has bool) {
	star, fresh := p.at.star, p.at.fresh
	p.at.star, p.at.fresh = false, false
	if fresh && (star || isDestination(word)) {
		p.destination(word, n, star)
		return
	}
	switch word {
	case "u":
		p.unicode(n)
		return
	case "bin":
		if has && n > 0 {
			p.i += min(n, len(p.doc.content)-p.i)
		}
		return
	case "uc":
		p.at.unicodeSkip = max(n, 0)
		return
	}
	p.flush()
	on := !has || n != 0
	switch p.at.to {
	case toNobody:
		return
	case toFonts:
		p.fontWord(word, n)
		return
	case toStyles:
		p.styleWord(word, n, on)
		return
	case toInfo:
		p.dateWord(word, n)
		return
	}
	if s := special(word); s != "" {
		p.text(s)
		return
	}
	if p.characters(word, n, has, on) || p.paragraphs(word, n) {
		return
	}
	p.layout(word)
}

// unicode takes a character in Unicode, which is a signed number of 16 bits.
func (p *parser) unicode(n int) {
	if len(p.pending) > 0 {
		p.flush()
	}
	p.skip = p.at.unicodeSkip
	if p.at.to == toNobody {
		return
	}
	if n < 0 {
		n += 1 << 16
	}
	r := rune(n)
	switch {
	case utf16.IsSurrogate(r) && r < 0xdc00:
		p.high = r
		return
	case utf16.IsSurrogate(r):
		r = utf16.DecodeRune(p.high, r)
	case 0xf000 <= r && r <= 0xf0ff && p.at.to == toText:
		// A character of a font of pictures.
		p.high = 0
		p.write(decode(symbolPage, []byte{byte(r)}))
		return
	}
	p.high = 0
	p.write(string(r))
}

// special returns the character that a word stands for; empty when it stands for
// none.
func special(word string) string {
	switch word {
	case "emdash":
		return "—"
	case "endash":
		return "–"
	case "lquote":
		return "‘"
	case "rquote":
		return "’"
	case "ldblquote":
		return "“"
	case "rdblquote":
		return "”"
	case "bullet":
		return "•"
	case "emspace", "enspace", "qmspace":
		return " "
	case "tab":
		return "\t"
	case "line", "lbr", "softline":
		return "\n"
	case "zwj":
		return "\u200d"
	case "zwnj":
		return "\u200c"
	}
	return ""
}

// characters does what words say of characters, and reports whether this is one.
func (p *parser) characters(word string, n int, has, on bool) bool {
	at := &p.at
	switch word {
	case "f":
		at.font = n
	case "b":
		at.bold = on
	case "i":
		at.italic = on
	case "v", "webhidden":
		at.hidden = on
	case "deleted":
		at.deleted = on
	case "fs":
		at.size = n
	case "plain":
		at.bold, at.italic, at.hidden, at.deleted, at.size, at.font = false, false, false, false, 24, p.deff
	case "deff":
		p.deff, at.font = n, n
	case "ansicpg":
		if n > 0 {
			p.page = n
		}
	case "mac":
		p.page = macPage
	case "pc":
		p.page = 437
	case "pca":
		p.page = 850
	default:
		return false
	}
	return true
}

// paragraphs does what words say of the paragraph at hand, and reports whether
// this is one.
func (p *parser) paragraphs(word string, n int) bool {
	props := &p.out.props
	switch word {
	case "pard":
		*props = paragraphState{}
	case "s":
		props.style, props.hasStyle = n, true
		p.fromStyle(n)
	case "outlinelevel":
		props.level = n + 1
	case "qc":
		props.centered = true
	case "ql", "qr", "qj":
		props.centered = false
	case "intbl":
		props.inTable = true
	case "ls", "pnlvlblt", "pnlvlbody", "pnlvlcont":
		props.list = true
	default:
		return false
	}
	return true
}

// layout ends lines, paragraphs, cells and pages.
func (p *parser) layout(word string) {
	if p.at.to != toText {
		return
	}
	switch word {
	case "par":
		p.end(false)
	case "cell", "nestcell":
		p.end(word == "cell")
	case "row":
		p.endRow()
	case "page", "pagebb", "sect", "column":
		p.flush()
		if !p.out.run.Blank() && word != "pagebb" {
			p.end(false)
		}
		p.out.brk = p.out.brk || word != "column"
	}
}
