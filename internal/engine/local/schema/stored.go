package schema

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"time"
	"unicode/utf8"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
)

// Stored is what the index keeps of an article, enough to build the index
// again from itself.
//
// It is kept as the schema, a uvarint, and then for each value that is there u8
// what it is, in order, and the value: a string as uvarint length and bytes, a
// time as the string that JSON has for it, a section as heading, level, start
// and end, a topic as path, origin and reason. Numbers are varints. Names and
// quotation marks would be a tenth of what is compressed. Schema 1 was JSON.
type Stored struct {
	Schema  int            `json:"schema"`
	Entry   string         `json:"entry,omitempty"`
	Article corpus.Article `json:"article"`
}

// What a value is. The numbers are those of files.
const (
	storedEntry byte = 1 + iota
	storedID
	storedKey
	storedTitle
	storedSummary
	storedBody
	storedSection
	storedAuthor
	storedSource
	storedPublished
	storedUpdated
	storedLanguage
	storedTopic
	storedPlace
	storedPerson
	storedOrganization
	storedURL
	storedPath
)

// appendStored appends what is kept of an article, in the present schema. The
// error is that of a time in a year beyond 9999.
func appendStored(b []byte, entry string, a *corpus.Article, derived []engine.Derived) ([]byte, error) {
	b = binary.AppendUvarint(b, Version)
	b = appendNamed(b, storedEntry, entry)
	b = appendNamed(b, storedID, a.ID)
	b = appendNamed(b, storedKey, a.Key)
	b = appendNamed(b, storedTitle, a.Title)
	b = appendNamed(b, storedSummary, a.Summary)
	b = appendNamed(b, storedBody, a.Body)
	for _, s := range a.Sections {
		b = appendText(append(b, storedSection), s.Heading)
		for _, n := range [...]int{s.Level, s.Start, s.End} {
			b = binary.AppendVarint(b, int64(n))
		}
	}
	b = appendAll(b, storedAuthor, a.Authors)
	b = appendNamed(b, storedSource, a.Source)
	for _, t := range [...]struct {
		what byte
		time time.Time
	}{{storedPublished, a.Published}, {storedUpdated, a.Updated}} {
		if t.time.IsZero() {
			continue
		}
		s, err := t.time.MarshalText()
		if err != nil {
			return b, err
		}
		b = appendNamed(b, t.what, string(s))
	}
	b = appendNamed(b, storedLanguage, a.Language)
	for _, t := range a.Topics {
		b = appendText(append(b, storedTopic), t.Path)
		b = appendText(appendText(b, string(t.Origin)), t.Reason)
	}
	for _, d := range derived { // all are topics; see NewDocument
		b = appendText(append(b, storedTopic), d.Value)
		b = appendText(appendText(b, string(d.Origin)), d.Reason)
	}
	b = appendAll(b, storedPlace, a.Places)
	b = appendAll(b, storedPerson, a.People)
	b = appendAll(b, storedOrganization, a.Organizations)
	b = appendNamed(b, storedURL, a.URL)
	return appendNamed(b, storedPath, a.Path), nil
}

// appendNamed appends a string and what it is, unless it is empty.
func appendNamed(b []byte, what byte, s string) []byte {
	if s == "" {
		return b
	}
	return appendText(append(b, what), s)
}

func appendAll(b []byte, what byte, all []string) []byte {
	for _, s := range all {
		b = appendText(append(b, what), s)
	}
	return b
}

func appendText(b []byte, s string) []byte {
	if !utf8.ValidString(s) {
		s = string([]rune(s))
	}
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

var (
	errStored       = errors.New("stored article is cut short or of no known form")
	errStoredSchema = errors.New("stored article of an unknown schema")
)

// DecodeStored reads what is kept of an article, of any schema so far.
func DecodeStored(b []byte, out *Stored) error {
	*out = Stored{}
	if len(b) > 0 && b[0] == '{' {
		return json.Unmarshal(b, out)
	}
	d := decoder{b: b}
	if out.Schema = int(d.uvarint()); out.Schema != Version {
		return errStoredSchema
	}
	for len(d.b) > 0 && !d.bad {
		d.value(out)
	}
	if d.bad {
		return errStored
	}
	return nil
}

// decoder reads values until one is bad.
type decoder struct {
	b   []byte // what is left
	bad bool
}

// value reads the next value.
func (d *decoder) value(s *Stored) {
	what, a := d.b[0], &s.Article
	d.b = d.b[1:]
	switch what {
	case storedEntry:
		s.Entry = d.text()
	case storedID:
		a.ID = d.text()
	case storedKey:
		a.Key = d.text()
	case storedTitle:
		a.Title = d.text()
	case storedSummary:
		a.Summary = d.text()
	case storedBody:
		a.Body = d.text()
	case storedSection:
		a.Sections = append(a.Sections, corpus.Section{Heading: d.text(), Level: d.int(), Start: d.int(), End: d.int()})
	case storedAuthor:
		a.Authors = append(a.Authors, d.text())
	case storedSource:
		a.Source = d.text()
	case storedPublished:
		d.time(&a.Published)
	case storedUpdated:
		d.time(&a.Updated)
	case storedLanguage:
		a.Language = d.text()
	case storedTopic:
		a.Topics = append(a.Topics, corpus.Topic{Path: d.text(), Origin: corpus.Origin(d.text()), Reason: d.text()})
	case storedPlace:
		a.Places = append(a.Places, d.text())
	case storedPerson:
		a.People = append(a.People, d.text())
	case storedOrganization:
		a.Organizations = append(a.Organizations, d.text())
	case storedURL:
		a.URL = d.text()
	case storedPath:
		a.Path = d.text()
	default:
		d.bad = true
	}
}

func (d *decoder) uvarint() uint64 {
	n, size := binary.Uvarint(d.b)
	if size <= 0 {
		d.b, d.bad = nil, true
		return 0
	}
	d.b = d.b[size:]
	return n
}

func (d *decoder) int() int {
	u := d.uvarint()
	return int(int64(u>>1) ^ -int64(u&1))
}

func (d *decoder) text() string {
	n := d.uvarint()
	if n > uint64(len(d.b)) {
		d.b, d.bad = nil, true
		return ""
	}
	s := string(d.b[:n])
	d.b = d.b[n:]
	return s
}

func (d *decoder) time(t *time.Time) {
	if t.UnmarshalText([]byte(d.text())) != nil {
		d.bad = true
	}
}
