package nexis

import (
	"errors"
	"fmt"
	"strings"
	"unicode"

	"github.com/newsq/newsq/corpus/internal/press/download"
	"github.com/newsq/newsq/corpus/internal/press/stated"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// article is one article while it is read.
type article struct {
	parts   []part
	rec     *record.Record
	classic bool
	wrapped bool

	title    string // under a label
	length   stated.Length
	byline   string
	dateline string
	summary  []string
	captions []string // of pictures; they may count as words
}

// read fills the record with what the parts tell: the head, the labels before the
// text, the text, the labels after it.
func (a *article) read() {
	first := 0
	for first < len(a.parts) && a.label(first) == noLabel {
		first++
	}
	var h head
	text := first
	switch {
	case !a.classic:
		h = readNew(a.parts[max(first-maxHead, 0):first])
	case first == len(a.parts) || a.label(first).isTail() && a.label(first) != other:
		// Nothing but the title stands between the date and the text.
		h, text = readClassic(a.parts[:min(first, maxHead)], 1)
	default:
		h, _ = readClassic(a.parts[:min(first, maxHead)], maxTitleParts)
	}
	h.set(a.rec)
	text, tail := a.readLabels(text)
	a.readTail(tail)
	blocks := a.body(a.parts[text:tail])
	a.setByline(h.outlet)
	setOne(a.rec, record.Summary, strings.Join(a.summary, " "), "HIGHLIGHT")
	if len(blocks) > 0 {
		a.rec.SetBlocks(record.Mapped, blocks)
		a.rec.Form = record.Plain
	}
	if a.length.N > 0 {
		a.length.Check(a.rec, joined(blocks), a.rec.First(record.Title), strings.Join(a.summary, " "), a.byline, strings.Join(a.captions, " "), a.dateline)
	}
}

// maxHead bounds how many parts stand before the first label.
const maxHead = 60

// label returns the label that a part begins with, or is.
func (a *article) label(i int) label {
	if l, name, _ := labelled(a.parts[i].lines[0]); l != noLabel && (isCapitals(name) || !a.classic) {
		return l
	}
	if a.classic {
		return noLabel
	}
	return alone(a.parts[i].oneLine())
}

// readLabels reads the labels before the text, from the first on. It returns where
// the text begins and where it ends.
func (a *article) readLabels(first int) (text, tail int) {
	i := first
	last := noLabel
	since := 0 // parts since the last label
	for ; i < len(a.parts); i++ {
		l := a.label(i)
		if l == body {
			i = a.bodyFrom(i)
			break
		}
		// Nothing parts a title or a summary of several paragraphs from the text
		// but the labels that follow.
		if l == noLabel && a.isAmongLabels(i) {
			last = other
			continue
		}
		if l == noLabel && !((last == headline || last == highlight) && a.goesOn(last, i, since)) || l.isTail() && l != other && l != loaded {
			break
		}
		if since++; l != noLabel {
			last, since = l, 0
		}
		a.take(last, i, l == noLabel)
	}
	return i, a.tailFrom(i)
}

// bodyFrom returns where the text begins that a label announces. It may stand
// behind the label.
func (a *article) bodyFrom(i int) int {
	if _, _, value := labelled(a.parts[i].lines[0]); value != "" {
		a.parts[i].lines[0] = value
		return i
	}
	if lines := a.parts[i].lines; len(lines) > 1 {
		a.parts[i].lines = lines[1:]
		return i
	}
	return i + 1
}

// isAmongLabels reports whether a part has a label that is not known, and labels
// follow that stand before the text.
func (a *article) isAmongLabels(i int) bool {
	if !a.classic || !isUnknown(a.parts[i].lines[0]) {
		return false
	}
	for k := i + 1; k < min(i+maxTitleParts, len(a.parts)); k++ {
		if l := a.label(k); l != noLabel {
			return !l.isTail()
		}
	}
	return false
}

// goesOn reports whether a part goes on with the title or the summary above it,
// though it has no label: another label follows, as no text can be before it.
func (a *article) goesOn(last label, i, since int) bool {
	for k := i; k < min(i+maxTitleParts, len(a.parts)); k++ {
		switch l := a.label(k); {
		case l == body || l == length || l == byline || l == section:
			return since < maxTitleParts
		case l != noLabel:
			return last == headline && since < 1 && !l.isTail()
		}
	}
	return false
}

// take takes the value of a label before the text; more says that the part has no
// label of its own and goes on with the value of the last.
func (a *article) take(l label, i int, more bool) {
	_, name, value := labelled(a.parts[i].lines[0])
	rest := a.parts[i].lines[1:]
	if more {
		value, rest = "", a.parts[i].lines
	}
	lines := strings.TrimSpace(strings.Join(append([]string{value}, rest...), "\n"))
	if lines == "" {
		return
	}
	switch l {
	case headline:
		if len(a.title) < record.MaxStated {
			a.title = strings.TrimSpace(a.title + " " + lines)
			setOne(a.rec, record.Title, a.title, name)
		}
	case byline:
		if a.wrapped {
			lines = strings.ReplaceAll(lines, "\n", " ")
		}
		if len(a.byline) < record.MaxStated {
			a.byline = strings.TrimPrefix(a.byline+"; "+lines, "; ")
		}
	case length:
		a.setLength(download.OneLine(lines), name)
	case highlight:
		a.summary = append(a.summary, download.OneLine(lines))
	case dateline:
		a.dateline = download.OneLine(lines)
		a.setDateline(name)
	case address:
		setOne(a.rec, record.URL, lines, name)
	}
}

// setLength takes a stated length. Text may stand behind it.
func (a *article) setLength(s, name string) {
	l, ok := stated.ParseLength(s)
	if !ok {
		words := strings.Fields(s)
		l, ok = stated.ParseLength(strings.Join(words[:min(len(words), 2)], " "))
	}
	if ok {
		l.Text = name + ": " + l.Text
		a.length = l
	}
}

// setDateline takes the place of a dateline: "BEIRUT, March 14 2013".
func (a *article) setDateline(name string) {
	place := a.dateline
	if at := strings.IndexFunc(place, unicode.IsDigit); at >= 0 {
		place = place[:at]
		place = place[:max(strings.LastIndexByte(place, ','), 0)]
	}
	if place = strings.Trim(place, " ,-"); place != "" && len(place) < 60 {
		a.rec.Set(record.Places, record.Mapped, []record.Value{{Text: place, From: name, Element: true}})
	}
}

func (a *article) setByline(outlet string) {
	if s := stated.Byline(a.byline, outlet); s != "" {
		setOne(a.rec, record.Authors, s, "BYLINE")
	} else if a.byline != "" {
		setOne(a.rec, record.Authors, a.byline, "BYLINE")
	}
}

// body makes blocks of the parts of the text.
func (a *article) body(parts []part) []extract.Block {
	var texts, table []string
	row := 0 // of the table that is open
	for i := range parts {
		p := &parts[i]
		text := download.Tidy(strings.Join(p.lines, "\n"))
		if a.wrapped {
			text = download.Tidy(download.Unwrap(p.lines))
		}
		if p.cell > 0 {
			// A table is one block, a row of it one line.
			if p.row != row && len(table) > 0 {
				table = append(table, "\n")
			} else if len(table) > 0 {
				table = append(table, "\t")
			}
			table, row = append(table, strings.ReplaceAll(text, "\n", " ")), p.row
			continue
		}
		if len(table) > 0 {
			texts, table = append(texts, strings.Join(table, "")), nil
		}
		for text := range strings.SplitSeq(text, "\n\n") {
			if text = strings.TrimSpace(text); text != "" {
				texts = append(texts, text)
			}
		}
	}
	if len(table) > 0 {
		texts = append(texts, strings.Join(table, ""))
	}
	if !a.wrapped {
		texts = download.Mend(texts)
	}
	blocks := make([]extract.Block, len(texts))
	for i, s := range texts {
		blocks[i].Text = s
	}
	return a.withoutAbstract(blocks)
}

// withoutAbstract takes the summary away that some outlets have before the text,
// between the lines ABSTRACT and FULL TEXT.
func (a *article) withoutAbstract(blocks []extract.Block) []extract.Block {
	if len(blocks) < 3 || blocks[0].Text != "ABSTRACT" {
		return blocks
	}
	for i := range blocks[:min(len(blocks), 6)] {
		if blocks[i].Text == "FULL TEXT" {
			for _, b := range blocks[1:i] {
				a.summary = append(a.summary, b.Text)
			}
			return blocks[i+1:]
		}
	}
	return blocks
}

// joined returns the text of blocks.
func joined(blocks []extract.Block) string {
	texts := make([]string, len(blocks))
	for i := range blocks {
		texts[i] = blocks[i].Text
	}
	return strings.Join(texts, "\n")
}

// isRefusal reports whether an article is but the database's word that it could
// not show it.
func isRefusal(parts []part) bool {
	return len(parts) <= 2 && strings.Contains(parts[len(parts)-1].oneLine(), "not possible to display it")
}

// errNotShown tells of an article that the database left out.
var errNotShown = errors.New("the database could not display this article when the file was made")

func errRefused(number int) error { return fmt.Errorf("document %d: %w", number, errNotShown) }
