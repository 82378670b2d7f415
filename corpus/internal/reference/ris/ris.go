// Package ris reads bibliographies in RIS, which reference managers and press
// databases write.
//
// A line is a tag of two characters, two blanks, a hyphen, a blank and a value.
// "TY" opens an entry and "ER" closes it; an entry that is not closed ends where
// the next begins. A line without a tag goes on with the value before it. What
// stands before the first entry is no part of any. Between entries, lines with
// tags are an entry whose beginning is lost, which is told.
//
// The outlet is the journal (JF, T2, JO ...), else the publisher. Tags that
// number and file an entry (volume, pages, call numbers, the date of access) are
// left out.
package ris

import (
	"bytes"
	"errors"
	"strings"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/reference"
)

// Version is raised whenever the same file would be read differently.
const Version = 1

// Recognize reports whether a text is in RIS: a line opens an entry, and others
// have the tags that an entry has.
func Recognize(h *reader.Head) bool {
	at := tagAt(h.Text, "TY")
	if at < 0 {
		return false
	}
	rest := h.Text[at+1:]
	return tagAt(rest, "ER") > 0 || tagAt(rest, "TI") > 0 || tagAt(rest, "T1") > 0 || tagAt(rest, "AU") > 0 || tagAt(rest, "A1") > 0
}

// tagAt returns where a line begins with a tag, past blanks; -1 where none does.
// Of those that stand elsewhere only the first few are looked at.
func tagAt(b []byte, tag string) int {
	const tries = 64
	for i, from := 0, 0; i < tries; i++ {
		at := bytes.Index(b[from:], []byte(tag))
		if at < 0 {
			return -1
		}
		at += from
		before := bytes.TrimRight(b[:at], " \t")
		after := bytes.TrimLeft(b[at+len(tag):], " ")
		if blanks := len(b) - at - len(tag) - len(after); blanks > 0 && blanks <= 2 && bytes.HasPrefix(after, []byte("-")) &&
			(len(before) == 0 || before[len(before)-1] == '\n' || before[len(before)-1] == '\r') {
			return at
		}
		from = at + len(tag)
	}
	return -1
}

// errNoType tells of an entry whose first line is lost.
var errNoType = errors.New("no line \"TY  - \" opens this entry")

// Read reads a bibliography: a record for each entry.
func Read(in *reader.Input, out reader.Output) error {
	s, err := in.Text()
	if err != nil {
		return err
	}
	p := parser{out: out, places: reference.Places{}}
	for n := 1; s != ""; n++ {
		var line string
		line, s, _ = strings.Cut(s, "\n")
		if !p.line(n, strings.TrimRight(line, "\r")) {
			return nil
		}
	}
	if !p.close() {
		return nil
	}
	if p.count == 0 && !p.told {
		return record.ErrNoText
	}
	return nil
}

// tagged is a value under a tag.
type tagged struct{ tag, value string }

// parser makes records of lines.
type parser struct {
	out    reader.Output
	places reference.Places
	fields []tagged
	more   strings.Builder // lines that go on with the last of fields
	start  int             // line of the entry that is open; 0 outside of one
	count  int             // entries
	lost   bool            // an entry without a beginning is open
	told   bool
}

// line takes a line. It reports whether more is wanted.
func (p *parser) line(n int, line string) bool {
	tag, value, ok := parted(line)
	switch {
	case !ok:
		p.goOn(line)
	case tag == "TY":
		if !p.close() {
			return false
		}
		p.start, p.fields, p.lost = n, p.fields[:0], false
	case tag == "ER":
		p.lost = false
		return p.close()
	case p.start > 0:
		p.join()
		p.fields = append(p.fields, tagged{tag, value})
	case !p.lost:
		p.lost, p.told = true, true
		return p.out.Fail(&reader.Fault{Line: n, Err: errNoType})
	}
	return true
}

// goOn adds a line to the value before it. Blank lines part the paragraphs of a
// long one.
func (p *parser) goOn(line string) {
	if p.start == 0 || len(p.fields) == 0 {
		return
	}
	p.more.WriteByte('\n')
	p.more.WriteString(strings.TrimSpace(line))
}

// join adds to a value the lines that went on with it.
func (p *parser) join() {
	if p.more.Len() > 0 {
		p.fields[len(p.fields)-1].value += p.more.String()
		p.more.Reset()
	}
}

// parted returns tag and value of a line. Programs indent tags, and save on
// blanks.
func parted(line string) (tag, value string, ok bool) {
	s := strings.TrimLeft(line, " \t\ufeff")
	if len(s) < 3 || !isTag(s[:2]) {
		return "", "", false
	}
	tag = s[:2]
	rest := strings.TrimLeft(s[2:], " ")
	blanks := len(s) - 2 - len(rest)
	value, ok = strings.CutPrefix(rest, "-")
	if !ok || blanks > 2 || value != "" && value[0] != ' ' && value[0] != '\t' && blanks < 2 {
		return "", "", false
	}
	if blanks < 2 && !isKnown(tag) { // "US - China" goes on with a text
		return "", "", false
	}
	return tag, strings.TrimSpace(value), true
}

func isTag(s string) bool {
	return 'A' <= s[0] && s[0] <= 'Z' && ('A' <= s[1] && s[1] <= 'Z' || '0' <= s[1] && s[1] <= '9')
}

// isKnown reports whether a tag is common enough to be known however it is
// written.
func isKnown(tag string) bool {
	switch tag {
	case "TY", "ER", "TI", "T1", "T2", "T3", "AU", "A1", "A2", "AB", "N1", "N2", "KW", "PY", "Y1", "Y2", "DA", "JF", "JO", "UR", "DO", "PB", "SN", "SP", "EP", "VL":
		return true
	}
	return false
}

// maxFields bounds the values of one entry. No honest one comes near.
const maxFields = 10_000

// close ends the entry that is open, and reports whether more is wanted.
func (p *parser) close() bool {
	if p.start == 0 {
		return true
	}
	p.join()
	p.count++
	rec := p.record()
	p.start = 0
	return p.out.Emit(rec)
}

func (p *parser) record() *record.Record {
	var e reference.Entry
	named := map[string]string{}
	fields := p.fields[:min(len(p.fields), maxFields)]
	for _, f := range fields {
		if named[f.tag] == "" {
			named[f.tag] = f.value
		}
	}
	for _, f := range fields {
		set(&e, f.tag, f.value, named)
	}
	return e.Record(p.count, p.start, p.places.Of(p.count, named["AN"], named["DO"], named["ID"], named["UR"]))
}

// set takes the value of a tag.
func set(e *reference.Entry, tag, value string, named map[string]string) {
	switch tag {
	case "TI", "T1", "CT", "BT", "ST", "TT":
		e.Set(record.Title, rank(tag, "TI", "T1", "CT", "BT", "ST", "TT"), tag, oneLine(value))
	case "AU", "A1", "A2", "ED", "A3":
		for _, name := range reference.Names(oneLine(value)) {
			e.Author(rank(tag, "AU", "A1", "A2", "ED", "A3")/2, tag, name)
		}
	case "DA", "Y1", "PY":
		year := named["PY"]
		if year == "" {
			year = named["Y1"]
		}
		e.Date(rank(tag, "DA", "Y1", "PY"), tag, reference.WithYear(value, year))
	case "JF", "T2", "JO", "J1", "JA", "J2", "T3", "PB":
		e.Set(record.Source, rank(tag, "JF", "T2", "JO", "J1", "J2", "JA", "T3", "PB"), tag, oneLine(value))
	case "AB", "N2":
		e.Set(record.Summary, rank(tag, "AB", "N2"), tag, value)
	case "N1", "RN":
		e.Note(tag, value)
	case "KW":
		keywords(e, value)
	case "UR", "L2", "LK":
		e.Set(record.URL, 0, tag, value)
	case "DO", "M3":
		e.DOI(tag, value)
	case "LA":
		e.Set(record.Language, 0, tag, value)
	}
}

// keywords takes keywords: one a line, or several in a line.
func keywords(e *reference.Entry, value string) {
	for line := range strings.SplitSeq(value, "\n") {
		if strings.Contains(line, ";") || strings.Count(line, ",") > 1 {
			e.List(record.Topics, "KW", line)
		} else {
			e.Set(record.Topics, 0, "KW", line)
		}
	}
}

// rank returns the place of a tag in a list of tags.
func rank(tag string, tags ...string) int {
	for i, t := range tags {
		if t == tag {
			return i
		}
	}
	return len(tags)
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
