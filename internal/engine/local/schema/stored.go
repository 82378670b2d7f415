package schema

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"math"
	"time"
	"unicode/utf8"

	"github.com/newsq/newsq/corpus"
)

// Stored is what the index keeps of an article, enough to build the index
// again from itself.
//
// Its bytes are the version of the schema, a uvarint, and then the values that are
// there, in the order of the tags: for each its tag, a byte, and the value. A
// string is its length, a uvarint, and its bytes. A time is the string that JSON
// has for it. A section is heading, level, start and end; a page is label and start; a topic is path, origin,
// reason and, since schema 8, probability in thousandths. Entities and quotations are as
// found.go has them. Numbers are varints, and so is the time at which the article was added. So it is since schema 2. In schema 1, all of it
// was JSON, of which names and quotation marks were a tenth of what is compressed.
type Stored struct {
	Schema  int            `json:"schema"`
	Entry   string         `json:"entry,omitempty"`
	Story   string         `json:"story,omitempty"`
	Article corpus.Article `json:"article"`
}

// firstTagged is the schema since which Stored is tagged values.
const firstTagged = 2

// The tags of values. Their numbers stand in files and never change.
const (
	tagEntry byte = 1 + iota
	tagID
	tagKey
	tagTitle
	tagSummary
	tagBody
	tagSection
	tagAuthor
	tagSource
	tagPublished
	tagUpdated
	tagLanguage
	tagTopic
	tagPlace
	tagPerson
	tagOrganization
	tagURL
	tagPath
	tagPublishedAs
	tagForm
	tagHandling // its JSON: few articles have it
	tagPage
	tagStory
	tagAnnotations // their JSON, likewise
	tagAdded       // as Micros, a varint
	tagEntity
	tagQuotation
	tagClaim
)

// firstProbability is the schema since which a topic has a probability.
const firstProbability = 8

// appendStored appends the bytes of a Stored, in the present schema. The error is that of a time in a year beyond 9999.
func appendStored(b []byte, entry, story string, a *corpus.Article) ([]byte, error) {
	b = binary.AppendUvarint(b, Version)
	b = appendTagged(b, tagEntry, entry)
	b = appendTagged(b, tagID, a.ID)
	b = appendTagged(b, tagKey, a.Key)
	b = appendTagged(b, tagTitle, a.Title)
	b = appendTagged(b, tagSummary, a.Summary)
	b = appendTagged(b, tagBody, a.Body)
	for _, s := range a.Sections {
		b = appendString(append(b, tagSection), s.Heading)
		for _, n := range [...]int{s.Level, s.Start, s.End} {
			b = binary.AppendVarint(b, int64(n))
		}
	}
	for _, p := range a.Pages {
		b = binary.AppendVarint(appendString(append(b, tagPage), p.Label), int64(p.Start))
	}
	b = appendAllTagged(b, tagAuthor, a.Authors)
	b = appendTagged(b, tagSource, a.Source)
	for _, t := range [...]struct {
		tag  byte
		time time.Time
	}{{tagPublished, a.Published}, {tagUpdated, a.Updated}} {
		if t.time.IsZero() {
			continue
		}
		text, err := t.time.MarshalText()
		if err != nil {
			return b, err
		}
		b = appendTagged(b, t.tag, string(text))
	}
	b = appendTagged(b, tagLanguage, a.Language)
	for _, t := range a.Topics {
		b = appendString(append(b, tagTopic), t.Path)
		b = appendString(appendString(b, string(t.Origin)), t.Reason)
		b = binary.AppendVarint(b, int64(math.Round(1000*t.Probability)))
	}
	b = appendAllTagged(b, tagPlace, a.Places)
	b = appendAllTagged(b, tagPerson, a.People)
	b = appendAllTagged(b, tagOrganization, a.Organizations)
	b = appendTagged(b, tagURL, a.URL)
	b = appendTagged(b, tagPath, a.Path)
	b = appendTagged(b, tagPublishedAs, a.PublishedAs)
	b = appendTagged(b, tagForm, a.Form)
	if a.Handling != nil {
		h, err := json.Marshal(a.Handling)
		if err != nil {
			return b, err
		}
		b = appendTagged(b, tagHandling, string(h))
	}
	if a.Annotations != nil {
		h, err := json.Marshal(a.Annotations)
		if err != nil {
			return b, err
		}
		b = appendTagged(b, tagAnnotations, string(h))
	}
	if !a.Added.IsZero() {
		b = binary.AppendVarint(append(b, tagAdded), Micros(a.Added))
	}
	b = appendFound(b, a)
	return appendTagged(b, tagStory, story), nil
}

// appendTagged appends a tag and a string, or nothing when the string is empty.
func appendTagged(b []byte, tag byte, s string) []byte {
	if s == "" {
		return b
	}
	return appendString(append(b, tag), s)
}

// appendAllTagged appends each string with the tag, empty ones too.
func appendAllTagged(b []byte, tag byte, values []string) []byte {
	for _, s := range values {
		b = appendString(append(b, tag), s)
	}
	return b
}

// appendString appends a string as Stored has it. Bytes that are no UTF-8 are
// replaced, as JSON does it.
func appendString(b []byte, s string) []byte {
	if !utf8.ValidString(s) {
		s = string([]rune(s))
	}
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

var (
	errStored       = errors.New("stored article is cut short or of no known form")
	errStoredSchema = errors.New("stored article of an unknown schema")
)

// DecodeStored reads the bytes of a Stored, of any schema so far. What out holds
// shares no memory with b.
func DecodeStored(b []byte, out *Stored) error {
	*out = Stored{}
	if len(b) > 0 && b[0] == '{' {
		return json.Unmarshal(b, out)
	}
	d := decoder{b: b}
	if out.Schema = int(d.uvarint()); out.Schema < firstTagged || out.Schema > Version {
		return errStoredSchema
	}
	for len(d.b) > 0 && !d.failed {
		d.readValue(out)
	}
	if d.failed {
		return errStored
	}
	return nil
}

// decoder reads values one after the other. After one that cannot be read, failed
// is true, and what it returns means nothing.
type decoder struct {
	b      []byte // what is left
	failed bool
}

// readValue reads a tag and its value into s.
func (d *decoder) readValue(s *Stored) {
	tag, a := d.b[0], &s.Article
	d.b = d.b[1:]
	switch tag {
	case tagEntry:
		s.Entry = d.string()
	case tagStory:
		s.Story = d.string()
	case tagID:
		a.ID = d.string()
	case tagKey:
		a.Key = d.string()
	case tagTitle:
		a.Title = d.string()
	case tagSummary:
		a.Summary = d.string()
	case tagBody:
		a.Body = d.string()
	case tagSection:
		a.Sections = append(a.Sections, corpus.Section{Heading: d.string(), Level: d.int(), Start: d.int(), End: d.int()})
	case tagPage:
		a.Pages = append(a.Pages, corpus.Page{Label: d.string(), Start: d.int()})
	case tagAuthor:
		a.Authors = append(a.Authors, d.string())
	case tagSource:
		a.Source = d.string()
	case tagPublished:
		d.readTime(&a.Published)
	case tagAdded:
		a.Added = TimeOf(int64(d.int()))
	case tagUpdated:
		d.readTime(&a.Updated)
	case tagLanguage:
		a.Language = d.string()
	case tagTopic:
		t := corpus.Topic{Path: d.string(), Origin: corpus.Origin(d.string()), Reason: d.string()}
		if s.Schema >= firstProbability {
			t.Probability = float64(d.int()) / 1000
		}
		a.Topics = append(a.Topics, t)
	case tagPlace:
		a.Places = append(a.Places, d.string())
	case tagPerson:
		a.People = append(a.People, d.string())
	case tagOrganization:
		a.Organizations = append(a.Organizations, d.string())
	case tagURL:
		a.URL = d.string()
	case tagPath:
		a.Path = d.string()
	case tagPublishedAs:
		a.PublishedAs = d.string()
	case tagForm:
		a.Form = d.string()
	case tagHandling:
		if json.Unmarshal([]byte(d.string()), &a.Handling) != nil {
			d.failed = true
		}
	case tagAnnotations:
		if json.Unmarshal([]byte(d.string()), &a.Annotations) != nil {
			d.failed = true
		}
	case tagEntity:
		d.readEntity(a)
	case tagQuotation:
		d.readQuotation(a)
	case tagClaim:
		d.readClaim(a)
	default:
		d.failed = true
	}
}

func (d *decoder) uvarint() uint64 {
	n, size := binary.Uvarint(d.b)
	if size <= 0 {
		d.b, d.failed = nil, true
		return 0
	}
	d.b = d.b[size:]
	return n
}

func (d *decoder) int() int {
	u := d.uvarint()
	return int(int64(u>>1) ^ -int64(u&1))
}

func (d *decoder) string() string {
	n := d.uvarint()
	if n > uint64(len(d.b)) {
		d.b, d.failed = nil, true
		return ""
	}
	s := string(d.b[:n])
	d.b = d.b[n:]
	return s
}

func (d *decoder) readTime(t *time.Time) {
	if t.UnmarshalText([]byte(d.string())) != nil {
		d.failed = true
	}
}
