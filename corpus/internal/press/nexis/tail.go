package nexis

import (
	"slices"
	"strings"

	"github.com/newsq/newsq/corpus/internal/press/stated"
	"github.com/newsq/newsq/corpus/internal/record"
)

// maxGoesOn is over how many paragraphs the captions of an article may go on
// after their label.
const maxGoesOn = 25

// maxNotice bounds a correction, in bytes.
const maxNotice = 16 << 10

// tailFrom returns where the text ends that begins at a part. There the first
// label stands after which nothing is text: an article about films may well have
// a line "LANGUAGE: French".
func (a *article) tailFrom(text int) int {
	sure := len(a.parts)
	for i := len(a.parts) - 1; i >= text; i-- {
		// Labels that no text has.
		if l := a.label(i); l == loaded || l == classification {
			sure = i
		}
	}
	tail := sure
	if sure == len(a.parts) {
		tail = a.copyrightFrom(text)
	}
	goesOn := 0
	for i := tail - 1; i >= text; i-- {
		l := a.label(i)
		switch {
		case l == graphic || l == correction:
			tail, goesOn = i, 0
		case l.isTail() && goesOn == 0:
			tail = i
		case isCopyright(a.parts[i].lines[0]) && goesOn == 0 && a.parts[i].centred:
			tail = i
		case goesOn == 0 && a.classic && isUnknown(a.parts[i].lines[0]):
			// A label if it stands among others, else text.
		default:
			// It is the text, unless captions begin before it.
			if goesOn++; goesOn > maxGoesOn {
				return tail
			}
		}
	}
	return tail
}

// copyrightFrom returns where the copyright begins that ends an article.
func (a *article) copyrightFrom(text int) int {
	n := len(a.parts)
	for i := n - 1; i >= max(text, n-3); i-- {
		if isCopyright(a.parts[i].lines[0]) && (a.parts[i].centred || i > text) {
			return i
		}
	}
	return n
}

// readTail reads the labels after the text.
func (a *article) readTail(from int) {
	last := noLabel
	for i := from; i < len(a.parts); i++ {
		p := &a.parts[i]
		l := a.label(i)
		switch {
		case l != noLabel:
			last = l
		case a.classic && isUnknown(p.lines[0]), !a.classic && last != graphic && last != correction && isName(p.lines[0]):
			last = other
			continue
		case isCopyright(p.lines[0]):
			if h := handling(a.rec); h.Rights == "" {
				h.Rights = p.oneLine()
			}
			last = other
			continue
		}
		_, name, value := labelled(p.oneLine())
		if l == noLabel {
			value = p.oneLine()
		}
		a.takeTail(last, name, value)
	}
}

// takeTail takes the value of a label after the text.
func (a *article) takeTail(l label, name, value string) {
	if value == "" {
		return
	}
	switch l {
	case language:
		setOne(a.rec, record.Language, stated.Language(value), name)
	case subjects:
		a.setList(record.Topics, subjectsIn(name, value), name)
	case places:
		a.setList(record.Places, stated.List(value), name)
	case people:
		a.setList(record.People, stated.List(value), name)
	case organizations:
		a.setList(record.Organizations, stated.List(value), name)
	case address:
		setOne(a.rec, record.URL, value, name)
	case graphic:
		a.captions = append(a.captions, value)
	case correction:
		if h := handling(a.rec); len(h.Notice) < maxNotice {
			h.Notice = strings.TrimSpace(h.Notice + "\n" + value)
		}
	case highlight:
		a.summary = append(a.summary, value)
	}
}

func (a *article) setList(f record.Field, list []string, name string) {
	a.rec.Set(f, record.Mapped, stated.Values(list, name))
}

// subjectsIn returns the subjects in a value. Those of a publisher are parted by
// commas; of industries the official codes are left out, which stand beside the
// names.
func subjectsIn(name, value string) []string {
	if strings.HasPrefix(strings.ToUpper(name), "PUB") && !strings.Contains(value, ";") {
		value = strings.ReplaceAll(value, ",", ";")
	}
	return slices.DeleteFunc(stated.List(value), func(s string) bool {
		return strings.HasPrefix(s, "NAICS") || strings.HasPrefix(s, "SIC") && len(s) > 3 && s[3] >= '0' && s[3] <= '9' || s == "General"
	})
}
