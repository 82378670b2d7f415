// Package integrum reads pages of articles of Integrum, a database of the Russian
// press. Its workbooks are read by package xlsx.
//
// A page begins with a list of links to the articles in it. Each article begins
// with a place whose name is a number, then come lines or cells of fields, which
// begin with two letters behind a caret, a title in a heading, and the text in a
// pre, with fixed line breaks:
//
//	^ИС:  Газета          the outlet
//	^РБ:  Общество        the section
//	^НР:  12              the issue, which is left out
//	^ДТ:  05.01.2026      the day
//	^АВ:  А. Белов        the author
//	^ЗГ:  Паром           the title
//
// The text may begin with the title and the day once more, which are left out.
package integrum

import (
	"bytes"
	"strconv"
	"strings"
	"time"

	"github.com/newsq/newsq/corpus/internal/press/pageline"
	"github.com/newsq/newsq/corpus/internal/press/stated"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// Version is raised whenever the same bytes would be read differently.
const Version = 2

// Recognize reports whether a page has the fields of Integrum, in UTF-8,
// windows-1251 or KOI8-R.
func Recognize(h *reader.Head) bool {
	if bytes.IndexByte(h.Text, '^') < 0 {
		return false
	}
	has := func(utf8, windows, koi string) bool {
		return begins(h.Text, "^"+utf8) || begins(h.Text, "^"+windows) || begins(h.Text, "^"+koi)
	}
	return has("ИС", "\xc8\xd1", "\xe9\xf3") && (has("ДТ", "\xc4\xd2", "\xe4\xf4") || has("ЗГ", "\xc7\xc3", "\xfa\xe7"))
}

// begins reports whether a line or a cell of a page begins with words: a page
// about the database has them within sentences.
func begins(page []byte, words string) bool {
	for {
		before, after, found := bytes.Cut(page, []byte(words))
		if !found {
			return false
		}
		line := bytes.TrimRight(before, " \t\u00a0")
		if n := len(line); n == 0 || line[n-1] == '>' || line[n-1] == '\n' || line[n-1] == '\r' || bytes.HasSuffix(line, []byte("&nbsp;")) {
			return true
		}
		page = after
	}
}

// Read reads the articles of a page.
func Read(in *reader.Input, out reader.Output) error {
	page, err := in.Text()
	if err != nil {
		return err
	}
	p := parser{out: out, more: true}
	pageline.Each(page, p.line)
	if p.more {
		p.finish()
	}
	if p.number == 0 {
		return record.ErrNoText
	}
	return nil
}

// parser makes articles of lines.
type parser struct {
	out     reader.Output
	more    bool
	number  int
	fields  map[string]string // by the letters behind the caret
	key     string            // of the field whose value may follow
	heading string
	lines   stated.Lines
	text    []string // lines of the text; empty ones part paragraphs
	last    int      // the line in the file of the last of them
}

// maxField is the longest value of a field, in bytes.
const maxField = 4 << 10

// line takes a line, and reports whether more are wanted.
func (p *parser) line(l *pageline.Line) bool {
	for _, name := range l.Anchors {
		if _, err := strconv.Atoi(name); err == nil && p.fields != nil && (p.heading != "" || len(p.text) > 0 || len(p.fields) > 0) {
			if !p.finish() {
				return false
			}
		}
	}
	text := l.Text()
	if key, value, ok := fieldOf(text); ok {
		if key == "ИС" && p.fields["ИС"] != "" && len(p.text) > 0 && !p.finish() {
			return false
		}
		if p.fields == nil {
			p.fields = map[string]string{}
		}
		p.fields[key], p.key = value, key
		return true
	}
	if p.fields != nil && !p.lines.Add(p.out, l.Number) {
		p.more = p.more && !p.lines.Stopped
		return p.more
	}
	switch {
	case p.fields == nil: // the list of links
	case l.In.Closest("pre") != nil:
		if p.last > 0 && l.Number > p.last+1 && len(p.text) > 0 {
			p.text = append(p.text, "")
		}
		p.text, p.last, p.key = append(p.text, raw(l)), l.Number, ""
	case l.In.Closest("h1") != nil, l.In.Closest("h2") != nil, l.In.Closest("h3") != nil, l.In.Closest("h4") != nil:
		if p.key = ""; len(p.heading) < maxField {
			p.heading = strings.TrimSpace(p.heading + " " + text)
		}
	case p.key != "" && l.In.Closest("table") != nil && len(p.fields[p.key]) < maxField:
		p.fields[p.key] = strings.TrimSpace(p.fields[p.key] + " " + text)
	case len(p.text) > 0 || p.heading != "":
		p.text, p.last = append(p.text, "", text, ""), l.Number
	}
	return true
}

// raw returns a line as it stands, with its indent.
func raw(l *pageline.Line) string {
	var b strings.Builder
	for _, part := range l.Parts {
		b.WriteString(part.Text)
	}
	return strings.TrimRight(b.String(), " \t")
}

// fieldOf parts a line that begins with the letters of a field.
func fieldOf(s string) (key, value string, ok bool) {
	rest, ok := strings.CutPrefix(s, "^")
	if !ok {
		return "", "", false
	}
	letters := []rune(rest[:min(len(rest), 8)])
	if len(letters) < 2 || !isCapital(letters[0]) || !isCapital(letters[1]) {
		return "", "", false
	}
	key = string(letters[:2])
	return key, strings.TrimSpace(strings.TrimLeft(rest[len(key):], ": ")), true
}

func isCapital(r rune) bool { return r >= 'А' && r <= 'Я' }

// finish emits the article at hand, and reports whether more are wanted.
func (p *parser) finish() bool {
	if p.fields == nil || len(p.text) == 0 && p.heading == "" && p.fields["ЗГ"] == "" {
		p.fields = nil
		return true
	}
	p.number++
	p.lines.Reset()
	var rec record.Record
	rec.Number, rec.Place = p.number, strconv.Itoa(p.number)
	set := func(f record.Field, key string) {
		rec.Set(f, record.Mapped, []record.Value{{Text: p.fields[key], From: "^" + key}})
	}
	set(record.Source, "ИС")
	set(record.Published, "ДТ")
	set(record.Authors, "АВ")
	set(record.Topics, "РБ")
	if set(record.Title, "ЗГ"); !rec.Has(record.Title) {
		rec.Set(record.Title, record.Mapped, []record.Value{{Text: p.heading, From: "heading"}})
	}
	text := withoutRepeats(p.text, rec.First(record.Title), p.fields["ДТ"])
	rec.Set(record.Body, record.Mapped, []record.Value{{Text: text, From: "pre"}})
	p.fields, p.key, p.heading, p.text, p.last = nil, "", "", nil, 0
	p.more = p.out.Emit(&rec)
	return p.more
}

// withoutRepeats returns a text without the title and the day at its start.
func withoutRepeats(lines []string, title, day string) string {
	for range 4 {
		for len(lines) > 0 && strings.TrimSpace(lines[0]) == "" {
			lines = lines[1:]
		}
		if len(lines) == 0 {
			break
		}
		n := 1
		first := strings.TrimSpace(lines[0])
		for n < len(lines) && n < 6 && len(first) < len(title) && strings.HasPrefix(title, first) {
			first += " " + strings.TrimSpace(lines[n])
			n++
		}
		if title != "" && strings.EqualFold(strings.TrimSpace(first), title) || sameDay(first, day) {
			lines = lines[n:]
			continue
		}
		break
	}
	return strings.Join(lines, "\n")
}

// sameDay reports whether a line is a date and nothing else, and that of the
// article.
func sameDay(line, day string) bool {
	a, ok := extract.ParseDateIn(line, "ru")
	b, known := extract.ParseDateIn(day, "ru")
	return ok && known && a.Format(time.DateOnly) == b.Format(time.DateOnly)
}
