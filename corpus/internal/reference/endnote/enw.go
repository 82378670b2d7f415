package endnote

import (
	"strings"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/reference"
)

// RecognizeTagged reports whether a text is a tagged EndNote file: it begins with
// a tag, and has a kind and a title.
func RecognizeTagged(h *reader.Head) bool {
	return h.HasPrefix("%") && (h.HasPrefix("%0 ") || h.Contains("\n%0 ")) && h.Contains("\n%T ")
}

// ReadTagged reads a tagged EndNote file (.enw), whose lines are a percent sign, a
// tag of one character, a blank and a value. "%0" opens an entry. In a file
// without that, a blank line does. A line without a tag goes on with the value
// before it.
func ReadTagged(in *reader.Input, out reader.Output) error {
	s, err := in.Text()
	if err != nil {
		return err
	}
	p := tagParser{out: out, places: reference.Places{}, typed: strings.HasPrefix(s, "%0") || strings.Contains(s, "\n%0")}
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
	if p.count == 0 {
		return record.ErrNoText
	}
	return nil
}

type tagged struct {
	tag   byte
	value string
}

// tagParser makes records of lines.
type tagParser struct {
	out    reader.Output
	places reference.Places
	typed  bool // entries begin with %0
	fields []tagged
	more   strings.Builder // lines that go on with the last of fields
	start  int
	count  int
}

// maxFields bounds the values of one entry. No honest one comes near.
const maxFields = 10_000

// line takes a line. It reports whether more is wanted.
func (p *tagParser) line(n int, line string) bool {
	isTag := len(line) > 2 && line[0] == '%' && line[2] == ' ' || len(line) == 2 && line[0] == '%'
	switch {
	case isTag && (line[1] == '0' || p.start == 0):
		if !p.close() {
			return false
		}
		p.start, p.fields = n, append(p.fields[:0], tagged{line[1], strings.TrimSpace(line[2:])})
	case isTag:
		p.join()
		if len(p.fields) < maxFields {
			p.fields = append(p.fields, tagged{line[1], strings.TrimSpace(line[2:])})
		}
	case line == "" && !p.typed:
		return p.close()
	case p.start > 0:
		p.more.WriteByte('\n')
		p.more.WriteString(strings.TrimSpace(line))
	}
	return true
}

// join adds to a value the lines that went on with it.
func (p *tagParser) join() {
	if p.more.Len() > 0 {
		p.fields[len(p.fields)-1].value += p.more.String()
		p.more.Reset()
	}
}

// close ends the entry that is open, and reports whether more is wanted.
func (p *tagParser) close() bool {
	if p.start == 0 {
		return true
	}
	p.join()
	p.count++
	var e reference.Entry
	named := map[byte]string{}
	for _, f := range p.fields {
		if named[f.tag] == "" {
			named[f.tag] = f.value
		}
	}
	for _, f := range p.fields {
		set(&e, f.tag, f.value, named['D'])
	}
	rec := e.Record(p.count, p.start, p.places.Of(p.count, named['M'], named['R'], named['U']))
	p.start = 0
	return p.out.Emit(rec)
}

// set takes the value of a tag.
func set(e *reference.Entry, tag byte, value, year string) {
	from := "%" + string(tag)
	one := strings.Join(strings.Fields(value), " ")
	switch tag {
	case 'T', '!', 'Q':
		e.Set(record.Title, strings.IndexByte("T!Q", tag), from, one)
	case 'A', 'E', 'Y':
		for _, name := range reference.Names(one) {
			e.Author(strings.IndexByte("AEY", tag), from, name)
		}
	case '8', 'D':
		e.Date(strings.IndexByte("8D", tag), from, reference.WithYear(value, year))
	case 'J', 'B', 'I':
		e.Set(record.Source, strings.IndexByte("JBI", tag), from, one)
	case 'X':
		e.Set(record.Summary, 0, from, value)
	case 'Z', '<':
		e.Note(from, value)
	case 'K':
		for line := range strings.SplitSeq(value, "\n") {
			e.List(record.Topics, from, line)
		}
	case 'U':
		e.Set(record.URL, 0, from, value)
	case 'R':
		e.DOI(from, value)
	case 'G':
		e.Set(record.Language, 0, from, one)
	}
}
