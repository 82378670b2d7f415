package rtftext

import (
	"strings"
	"time"

	"github.com/newsq/newsq/corpus/internal/paragraph"
	"github.com/newsq/newsq/internal/extract"
)

// isDestination reports whether a word at the start of a group says that it is
// not of the text, or of a text of its own.
func isDestination(word string) bool {
	switch word {
	case "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "objdata", "fldinst", "field", "fldrslt",
		"header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf", "footnote",
		"title", "author", "operator", "subject", "keywords", "doccomm", "company", "manager", "category", "comment", "hlinkbase",
		"creatim", "revtim", "printim", "buptim", "nonshppict", "shp", "shprslt", "shptxt", "dptxbxtext", "sp", "sn", "sv",
		"pntext", "listtext", "pntxta", "pntxtb", "xe", "tc", "tcn", "rxe", "bkmkstart", "bkmkend", "upr", "ud", "ftnsep", "ftnsepc", "ftncn",
		"aftnsep", "aftnsepc", "aftncn", "private", "themedata", "colorschememapping", "template", "result", "filetbl", "revtbl",
		"falt", "panose", "fname", "fontemb", "ATRFSTART", "annotation", "NeXTGraphic":
		return true
	}
	return false
}

// destination begins a group that is not simply of the text.
func (p *parser) destination(word string, n int, star bool) {
	at := &p.at
	if at.to == toNobody {
		return
	}
	switch word {
	case "fonttbl":
		at.to = toFonts
		p.def = definition{}
	case "stylesheet":
		at.to = toStyles
		p.def = definition{}
		p.collected.Reset()
	case "f", "s", "cs", "ds", "ts":
		p.define(word, n)
	case "info":
		at.to = toInfo
	case "title", "author", "operator", "subject", "keywords", "doccomm", "company", "generator":
		p.property(word)
	case "creatim", "revtim":
		p.date(word)
	case "field":
		outer := p.target
		p.target = ""
		at.closes = func(p *parser) { p.target = outer }
	case "fldinst":
		p.collect(func(p *parser, code string) { p.target = targetOf(code) })
	case "fldrslt":
		p.fieldResult()
	case "bkmkstart":
		out := p.out
		p.collect(func(_ *parser, name string) { out.run.Bookmark(name) })
	case "footnote":
		p.enter(paragraph.Note)
	case "shptxt", "dptxbxtext":
		p.boxes++
		p.enter(paragraph.Box)
	case "listtext", "pntext":
		p.out.props.list = true
		at.to = toNobody
	case "pn":
		p.out.props.list = true
		at.to = toNobody
	case "shp", "result", "ud", "shpinst", "do", "moveto":
		// Some of what is in them is text.
	case "upr":
		// Its first part is for readers without Unicode, the second is {\*\ud.
		p.passGroup()
	default:
		at.to = toNobody
	}
}

// passGroup passes over the next group.
func (p *parser) passGroup() {
	b := p.doc.content
	for p.i < len(b) && (b[p.i] == ' ' || b[p.i] == '\r' || b[p.i] == '\n') {
		p.i++
	}
	if p.i >= len(b) || b[p.i] != '{' {
		return
	}
	depth := 0
	for ; p.i < len(b); p.i++ {
		switch b[p.i] {
		case '\\':
			p.i++
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				p.i++
				return
			}
		}
	}
	p.i = len(b)
}

// collect reads a group whose text is for newsq.
func (p *parser) collect(use func(p *parser, s string)) {
	p.at.to = toField
	p.collected.Reset()
	p.at.closes = func(p *parser) {
		use(p, p.collected.String())
		p.collected.Reset()
	}
}

// enter begins a text of its own.
func (p *parser) enter(part paragraph.Part) {
	if p.out.part != paragraph.Body {
		return // a note within a note is part of it
	}
	inner := &flow{part: part}
	p.out = inner
	p.at.hidden, p.at.deleted = false, false
	p.at.closes = func(p *parser) {
		if !inner.run.Empty() {
			p.end(false)
		}
	}
}

// fieldResult reads what a field shows. That of a link is its text.
func (p *parser) fieldResult() {
	out := p.out
	depth := out.run.OpenLink(p.target)
	p.at.closes = func(*parser) { out.run.CloseLink(depth) }
}

// targetOf returns where a field's code links to; empty when it is no link.
func targetOf(code string) string {
	fields := strings.Fields(code)
	if len(fields) < 2 || !strings.EqualFold(fields[0], "HYPERLINK") {
		return ""
	}
	local := false
	for _, f := range fields[1:] {
		switch {
		case strings.EqualFold(f, `\l`):
			local = true
		case strings.HasPrefix(f, `\`):
		case local:
			return "#" + strings.Trim(f, `"`)
		default:
			return extract.Clean(strings.Trim(f, `"`))
		}
	}
	return ""
}

// property reads a property of the document.
func (p *parser) property(word string) {
	props := &p.doc.Properties
	p.collect(func(_ *parser, s string) {
		s = strings.TrimSpace(extract.Clean(s))
		switch word {
		case "title":
			props.Title = s
		case "author":
			props.Author = s
		case "operator":
			props.LastAuthor = s
		case "subject":
			props.Subject = s
		case "company":
			props.Company = s
		case "doccomm":
			props.Description = s
		case "generator":
			props.Program = strings.TrimRight(s, ";")
		case "keywords":
			for k := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ',' || r == ';' }) {
				props.Keywords = append(props.Keywords, strings.TrimSpace(k))
			}
		}
	})
}

// dateParts are the numbers of a date.
type dateParts struct{ year, month, day, hour, minute, second int }

// date reads a date of the document, which is in its author's time and says no
// zone.
func (p *parser) date(word string) {
	p.at.to = toInfo
	p.when = dateParts{}
	p.at.closes = func(p *parser) {
		w := p.when
		if w.year < 1900 || w.year > 9999 || w.month < 1 || w.month > 12 || w.day < 1 || w.day > 31 {
			return
		}
		t := time.Date(w.year, time.Month(w.month), w.day, w.hour%24, w.minute%60, w.second%60, 0, time.UTC)
		if word == "creatim" {
			p.doc.Properties.Created = t
		} else {
			p.doc.Properties.Modified = t
		}
	}
}

func (p *parser) dateWord(word string, n int) {
	n = max(n, 0)
	switch word {
	case "yr":
		p.when.year = n
	case "mo":
		p.when.month = n
	case "dy":
		p.when.day = n
	case "hr":
		p.when.hour = n
	case "min":
		p.when.minute = n
	case "sec":
		p.when.second = n
	}
}
