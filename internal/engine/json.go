package engine

import (
	"encoding/json"
	"math/bits"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/newsq/newsq/corpus"
)

// AppendJSON appends what json.Marshal makes of an article, byte for byte: every
// article is written so when it is indexed, for its version. The error is that of a time in a year beyond 9999.
func AppendJSON(dst []byte, a *corpus.Article) ([]byte, error) {
	var err error
	dst = AppendString(append(dst, `{"id":`...), a.ID)
	dst = appendMember(dst, `,"key":`, a.Key)
	dst = appendMember(dst, `,"title":`, a.Title)
	dst = appendMember(dst, `,"summary":`, a.Summary)
	dst = appendMember(dst, `,"body":`, a.Body)
	dst = appendSections(dst, a.Sections)
	dst = appendPages(dst, a.Pages)
	dst = appendList(dst, `,"authors":[`, a.Authors)
	dst = appendMember(dst, `,"source":`, a.Source)
	if dst, err = appendTime(dst, `,"published":`, a.Published); err != nil {
		return dst, err
	}
	dst = appendMember(dst, `,"published_as":`, a.PublishedAs)
	if dst, err = appendTime(dst, `,"updated":`, a.Updated); err != nil {
		return dst, err
	}
	if dst, err = appendTime(dst, `,"added":`, a.Added); err != nil {
		return dst, err
	}
	dst = appendMember(dst, `,"language":`, a.Language)
	dst = appendTopics(dst, a.Topics)
	dst = appendList(dst, `,"places":[`, a.Places)
	dst = appendList(dst, `,"people":[`, a.People)
	dst = appendList(dst, `,"organizations":[`, a.Organizations)
	if dst, err = appendDerived(dst, a); err != nil {
		return dst, err
	}
	dst = appendMember(dst, `,"form":`, a.Form)
	if a.Handling != nil { // few have it
		b, err := json.Marshal(a.Handling)
		if err != nil {
			return dst, err
		}
		dst = append(append(dst, `,"handling":`...), b...)
	}
	dst = appendMember(dst, `,"url":`, a.URL)
	dst = appendMember(dst, `,"path":`, a.Path)
	if a.Annotations != nil { // few have them
		b, err := json.Marshal(a.Annotations)
		if err != nil {
			return dst, err
		}
		dst = append(append(dst, `,"annotations":`...), b...)
	}
	return append(dst, '}'), nil
}

// appendMember appends a member, unless it is empty. Name comes with what
// stands before the value.
func appendMember(dst []byte, name, value string) []byte {
	if value == "" {
		return dst
	}
	return AppendString(append(dst, name...), value)
}

// appendList is appendMember for a list; name ends in its bracket.
func appendList(dst []byte, name string, values []string) []byte {
	if len(values) == 0 {
		return dst
	}
	dst = append(dst, name...)
	for i, v := range values {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = AppendString(dst, v)
	}
	return append(dst, ']')
}

func appendSections(dst []byte, sections []corpus.Section) []byte {
	if len(sections) == 0 {
		return dst
	}
	dst = append(dst, `,"sections":`...)
	before := byte('[')
	for _, s := range sections {
		dst = append(dst, before, '{')
		before = ','
		if s.Heading != "" {
			dst = append(AppendString(append(dst, `"heading":`...), s.Heading), ',')
		}
		if s.Level != 0 {
			dst = append(strconv.AppendInt(append(dst, `"level":`...), int64(s.Level), 10), ',')
		}
		dst = strconv.AppendInt(append(dst, `"start":`...), int64(s.Start), 10)
		dst = strconv.AppendInt(append(dst, `,"end":`...), int64(s.End), 10)
		dst = append(dst, '}')
	}
	return append(dst, ']')
}

func appendPages(dst []byte, pages []corpus.Page) []byte {
	if len(pages) == 0 {
		return dst
	}
	dst = append(dst, `,"pages":`...)
	before := byte('[')
	for _, p := range pages {
		dst = AppendString(append(append(dst, before), `{"label":`...), p.Label)
		dst = append(strconv.AppendInt(append(dst, `,"start":`...), int64(p.Start), 10), '}')
		before = ','
	}
	return append(dst, ']')
}

func appendTopics(dst []byte, topics []corpus.Topic) []byte {
	if len(topics) == 0 {
		return dst
	}
	dst = append(dst, `,"topics":`...)
	before := byte('[')
	for _, t := range topics {
		dst = AppendString(append(append(dst, before), `{"path":`...), t.Path)
		dst = AppendString(append(dst, `,"by":`...), string(t.Origin))
		dst = AppendString(append(dst, `,"origin":`...), string(t.Origin))
		dst = appendMember(dst, `,"reason":`, t.Reason)
		if t.Probability != 0 {
			b, _ := json.Marshal(t.Probability) // it is finite, see corpus.Topic
			dst = append(append(dst, `,"probability":`...), b...)
		}
		dst = append(dst, '}')
		before = ','
	}
	return append(dst, ']')
}

// appendDerived appends the members of what was found in the text: nothing where an
// article is as it came.
func appendDerived(dst []byte, a *corpus.Article) ([]byte, error) {
	if len(a.Entities)+len(a.Quotations)+len(a.Claims) == 0 {
		return dst, nil
	}
	b, err := json.Marshal(struct {
		Entities   []corpus.Entity    `json:"entities,omitempty"`
		Quotations []corpus.Quotation `json:"quotations,omitempty"`
		Claims     []corpus.Claim     `json:"claims,omitempty"`
	}{a.Entities, a.Quotations, a.Claims})
	if err != nil {
		return dst, err
	}
	return append(append(dst, ','), b[1:len(b)-1]...), nil
}

func appendTime(dst []byte, name string, t time.Time) ([]byte, error) {
	if t.IsZero() {
		return dst, nil
	}
	b, err := t.MarshalJSON()
	if err != nil {
		return dst, err
	}
	return append(append(dst, name...), b...), nil
}

// unsafeInString says of each ASCII byte whether json.Marshal writes it as an
// escape within a string.
var unsafeInString = func() (table [utf8.RuneSelf]bool) {
	for b := range byte(' ') {
		table[b] = true
	}
	for _, b := range []byte(`"\<>&`) {
		table[b] = true
	}
	return table
}()

// AppendString appends a string as json.Marshal writes it, quotation marks and
// all.
func AppendString(dst []byte, s string) []byte {
	const hex = "0123456789abcdef"
	dst = append(dst, '"')
	start := 0 // of what is written as it is
	for i := 0; i < len(s); {
		i = plainEnd(s, i)
		if i == len(s) {
			break
		}
		b := s[i]
		if b < utf8.RuneSelf {
			dst = append(dst, s[start:i]...)
			switch b {
			case '\\', '"':
				dst = append(dst, '\\', b)
			case '\b':
				dst = append(dst, '\\', 'b')
			case '\f':
				dst = append(dst, '\\', 'f')
			case '\n':
				dst = append(dst, '\\', 'n')
			case '\r':
				dst = append(dst, '\\', 'r')
			case '\t':
				dst = append(dst, '\\', 't')
			default:
				dst = append(dst, '\\', 'u', '0', '0', hex[b>>4], hex[b&0xF])
			}
			i++
			start = i
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			dst = append(append(dst, s[start:i]...), `\ufffd`...)
			start = i + n
		case r == '\u2028' || r == '\u2029': // ends a line in JavaScript
			dst = append(append(dst, s[start:i]...), `\u202`...)
			dst = append(dst, hex[r&0xF])
			start = i + n
		}
		i += n
	}
	return append(append(dst, s[start:]...), '"')
}

// plainEnd returns where from i on the first byte stands that is not of ASCII or that
// json.Marshal writes as an escape; the length of s for none. It looks at eight at a time.
func plainEnd(s string, i int) int {
	const each, top = 0x0101010101010101, 0x8080808080808080
	for ; i+8 <= len(s); i += 8 {
		w := s[i : i+8]
		x := uint64(w[0]) | uint64(w[1])<<8 | uint64(w[2])<<16 | uint64(w[3])<<24 |
			uint64(w[4])<<32 | uint64(w[5])<<40 | uint64(w[6])<<48 | uint64(w[7])<<56
		quotes, angles, slashes := (x|0x04*each)^'&'*each, (x|0x02*each)^'>'*each, x^'\\'*each // 0 at "&, <> and \
		// The lowest top bit that is set is at the first such byte, those above may be at others.
		found := x | (x-' '*each)&^x | (quotes-each)&^quotes | (angles-each)&^angles | (slashes-each)&^slashes
		if found &= top; found != 0 {
			return i + bits.TrailingZeros64(found)/8
		}
	}
	for i < len(s) && s[i] < utf8.RuneSelf && !unsafeInString[s[i]] {
		i++
	}
	return i
}
