package factiva

import (
	"strings"

	"github.com/newsq/newsq/corpus/internal/press/download"
	"github.com/newsq/newsq/corpus/internal/press/stated"
)

// readFields reads an article with indexing.
func (a *article) readFields(fields []field) {
	for i := range fields {
		f := &fields[i]
		value := f.oneLine()
		switch f.code {
		case "HD", "HL":
			a.title = join(a.title, value)
		case "BY", "AU":
			a.byline = join(a.byline, value)
		case "CR":
			a.credit = value
		case "WC":
			a.setLength(value)
		case "PD":
			a.date = value
		case "ET":
			a.clock = value
		case "SN":
			a.outlet = value
		case "LA":
			a.language = stated.Language(value)
		case "CY":
			a.copyright = value
		case "LP", "TD", "HDP":
			a.body = append(a.body, f.paragraphs()...)
		case "ART":
			a.captions = join(a.captions, value)
		case "CX":
			a.notice = join(a.notice, value)
		case "NS", "IN", "DE":
			a.topics = append(a.topics, descriptors(value)...)
		case "RE":
			a.places = append(a.places, descriptors(value)...)
		case "PE":
			a.people = append(a.people, descriptors(value)...)
		case "CO":
			a.organizations = append(a.organizations, descriptors(value)...)
		case "AN":
			a.setID(value)
		}
	}
}

// setID takes an accession number that was not closed as it should be.
func (a *article) setID(value string) {
	if a.id == "" {
		if a.id = accessionIn(value); a.id == "" && len(strings.Fields(value)) == 1 {
			a.id = value
		}
	}
}

func (a *article) setLength(value string) {
	l, ok := stated.ParseLength(value)
	if !ok {
		l = anyLength(value)
	}
	l.Text = "WC: " + value
	a.length = l
}

// maxJoined bounds a value that is put together of several, in bytes.
const maxJoined = 64 << 10

func join(a, b string) string {
	if len(a) > maxJoined {
		return a
	}
	return strings.TrimSpace(a + " " + b)
}

func (f *field) oneLine() string {
	texts := make([]string, len(f.parts))
	for i := range f.parts {
		texts[i] = f.parts[i].text
	}
	return download.OneLine(strings.Join(texts, " "))
}

// longLine is longer than a line that a program broke, in bytes.
const longLine = 200

// paragraphs returns the paragraphs of a text. A blank line parts them; between
// two, each line is one, unless a program broke them.
func (f *field) paragraphs() []string {
	var list []string
	var lines []string
	long := false
	flush := func() {
		if long {
			list = append(list, lines...)
		} else if len(lines) > 0 {
			list = append(list, download.Unwrap(lines))
		}
		lines, long = lines[:0], false
	}
	for i := range f.parts {
		p := &f.parts[i]
		if p.loose || !p.isLine {
			flush()
		}
		for text := range strings.SplitSeq(p.text, "\n\n") {
			if text = strings.TrimSpace(download.Tidy(text)); text != "" {
				lines = append(lines, text)
				long = long || len(text) > longLine
			}
		}
	}
	flush()
	return download.Mend(list)
}

// descriptors returns the names in a list of codes and names: "gpol : Domestic
// Politics | gcat : Political/General News".
func descriptors(s string) []string {
	var names []string
	for entry := range strings.SplitSeq(s, "|") {
		code, name, ok := strings.Cut(entry, ":")
		if !ok {
			code, name = "", entry
		}
		if name = strings.TrimSpace(name); name != "" && !stated.IsFilter(strings.TrimSpace(code)) {
			names = append(names, name)
		}
	}
	return names
}
