package local

import (
	"bytes"
	"encoding/json"
	"strconv"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/newsq/newsq/corpus"
)

// decodeStored reads what json.Marshal wrote of a stored article. Ten of them
// are read for every page of hits, and json.Unmarshal, which finds out about
// each the same anew, takes longer than to find the hits.
func decodeStored(b []byte, out *stored) error {
	d := decoder{b: b, ok: true}
	d.stored(out)
	if d.ok && len(d.b) == 0 && utf8.Valid(b) {
		return nil
	}
	// Not as this program writes it: another one may.
	*out = stored{}
	return json.Unmarshal(b, out)
}

// decoder reads JSON as json.Marshal writes structs: without space, members in
// the order of the fields, empty ones left out. Anything else makes ok false,
// and what was read is worth nothing then. Whether strings are UTF-8 without
// control characters is not looked at.
type decoder struct {
	b     []byte // what is left
	ok    bool
	first bool   // whether the next member is the first of its object
	buf   []byte // scratch
}

func (d *decoder) stored(s *stored) {
	d.open('{')
	if d.member("schema") {
		s.Schema = d.int()
	}
	if d.member("entry") {
		s.Entry = d.string()
	}
	if d.member("article") {
		d.article(&s.Article)
	}
	d.close('}')
}

func (d *decoder) article(a *corpus.Article) {
	d.open('{')
	for _, f := range [...]struct {
		name string
		to   *string
	}{{"id", &a.ID}, {"key", &a.Key}, {"title", &a.Title}, {"summary", &a.Summary}, {"body", &a.Body}} {
		if d.member(f.name) {
			*f.to = d.string()
		}
	}
	if d.member("sections") {
		a.Sections = list(d, (*decoder).section)
	}
	if d.member("authors") {
		a.Authors = list(d, (*decoder).string)
	}
	if d.member("source") {
		a.Source = d.string()
	}
	if d.member("published") {
		a.Published = d.time()
	}
	if d.member("updated") {
		a.Updated = d.time()
	}
	if d.member("language") {
		a.Language = d.string()
	}
	if d.member("topics") {
		a.Topics = list(d, (*decoder).topic)
	}
	for _, f := range [...]struct {
		name string
		to   *[]string
	}{{"places", &a.Places}, {"people", &a.People}, {"organizations", &a.Organizations}} {
		if d.member(f.name) {
			*f.to = list(d, (*decoder).string)
		}
	}
	if d.member("url") {
		a.URL = d.string()
	}
	if d.member("path") {
		a.Path = d.string()
	}
	d.close('}')
}

func (d *decoder) section() (s corpus.Section) {
	d.open('{')
	if d.member("heading") {
		s.Heading = d.string()
	}
	if d.member("level") {
		s.Level = d.int()
	}
	if d.member("start") {
		s.Start = d.int()
	}
	if d.member("end") {
		s.End = d.int()
	}
	d.close('}')
	return s
}

func (d *decoder) topic() (t corpus.Topic) {
	d.open('{')
	if d.member("path") {
		t.Path = d.string()
	}
	if d.member("origin") {
		t.Origin = corpus.Origin(d.string())
	}
	if d.member("reason") {
		t.Reason = d.string()
	}
	d.close('}')
	return t
}

// list reads the items of an array, of which there is at least one.
func list[T any](d *decoder, item func(*decoder) T) []T {
	d.open('[')
	var items []T
	for d.ok {
		items = append(items, item(d))
		if !d.skip(',') {
			break
		}
	}
	d.close(']')
	return items
}

// skip passes over c if it comes next.
func (d *decoder) skip(c byte) bool {
	if len(d.b) == 0 || d.b[0] != c {
		return false
	}
	d.b = d.b[1:]
	return true
}

func (d *decoder) open(c byte) {
	d.ok = d.skip(c) && d.ok
	d.first = true
}

func (d *decoder) close(c byte) {
	d.ok = d.skip(c) && d.ok
	d.first = false
}

// member passes over the name of a member if it comes next.
func (d *decoder) member(name string) bool {
	b := d.b
	if !d.first {
		if len(b) == 0 || b[0] != ',' {
			return false
		}
		b = b[1:]
	}
	n := len(name)
	if len(b) < n+3 || b[0] != '"' || string(b[1:1+n]) != name || b[1+n] != '"' || b[2+n] != ':' {
		return false
	}
	d.b, d.first = b[n+3:], false
	return true
}

func (d *decoder) int() int {
	n, digits := 0, 0
	for digits < len(d.b) && d.b[digits]-'0' < 10 {
		n = n*10 + int(d.b[digits]-'0')
		digits++
	}
	const most = 9 // that surely fit
	d.ok = d.ok && 0 < digits && digits <= most && (d.b[0] != '0' || digits == 1)
	d.b = d.b[digits:]
	return n
}

func (d *decoder) time() (t time.Time) {
	end := 0
	if len(d.b) > 0 {
		end = 2 + bytes.IndexByte(d.b[1:], '"')
	}
	d.ok = d.ok && end > 1 && t.UnmarshalJSON(d.b[:end]) == nil
	d.b = d.b[end:]
	return t
}

func (d *decoder) string() string {
	if !d.skip('"') {
		d.ok = false
		return ""
	}
	d.buf = d.buf[:0]
	quote := bytes.IndexByte(d.b, '"')
	for quote >= 0 {
		escape := bytes.IndexByte(d.b[:quote], '\\')
		if escape < 0 {
			run := d.b[:quote]
			d.b = d.b[quote+1:]
			if len(d.buf) == 0 {
				return string(run)
			}
			d.buf = append(d.buf, run...)
			return string(d.buf)
		}
		if d.buf == nil {
			d.buf = make([]byte, 0, len(d.b)) // enough for any string to come
		}
		d.buf = append(d.buf, d.b[:escape]...)
		n := d.unescape(d.b[escape:])
		if n == 0 {
			break
		}
		d.b = d.b[escape+n:]
		if quote -= escape + n; quote < 0 { // that was an escaped one
			quote = bytes.IndexByte(d.b, '"')
		}
	}
	d.ok = false
	return ""
}

// unescape appends what the escape sequence at the start of b stands for to
// buf, and returns its length; 0 for one that json.Marshal doesn't write.
func (d *decoder) unescape(b []byte) int {
	switch b[1] { // a quotation mark follows at the latest
	case '"', '\\':
		d.buf = append(d.buf, b[1])
	case 'n':
		d.buf = append(d.buf, '\n')
	case 't':
		d.buf = append(d.buf, '\t')
	case 'r':
		d.buf = append(d.buf, '\r')
	case 'b':
		d.buf = append(d.buf, '\b')
	case 'f':
		d.buf = append(d.buf, '\f')
	case 'u':
		if len(b) < 6 {
			return 0
		}
		r, err := strconv.ParseUint(string(b[2:6]), 16, 16)
		if err != nil || utf16.IsSurrogate(rune(r)) {
			return 0
		}
		d.buf = utf8.AppendRune(d.buf, rune(r))
		return 6
	default:
		return 0
	}
	return 2
}
