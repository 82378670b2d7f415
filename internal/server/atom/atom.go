// Package atom writes feeds in the form of RFC 4287, for feed readers.
package atom

import (
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"io"
	"time"
)

// ContentType is the media type of a feed.
const ContentType = "application/atom+xml"

// Feed is a feed. Its entries stand in the order in which readers list them.
type Feed struct {
	XMLName   xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	ID        string   `xml:"id"` // an address or URN that stays when the feed moves
	Title     string   `xml:"title"`
	Subtitle  string   `xml:"subtitle,omitempty"`
	Updated   Time     `xml:"updated"`
	Author    Person   `xml:"author"` // of the entries that have none
	Generator string   `xml:"generator,omitempty"`
	Links     []Link   `xml:"link"`
	Entries   []Entry  `xml:"entry"`
}

// Entry is an entry of a feed.
type Entry struct {
	Lang       string     `xml:"xml:lang,attr,omitempty"` // of the texts, as BCP 47 writes it
	ID         string     `xml:"id"`                      // the same in all feeds, for ever
	Title      string     `xml:"title"`
	Updated    Time       `xml:"updated"`
	Published  *Time      `xml:"published"` // nil where it is not known
	Authors    []Person   `xml:"author"`
	Links      []Link     `xml:"link"`
	Categories []Category `xml:"category"`
	Summary    *Text      `xml:"summary"`
	Source     *Source    `xml:"source"`
}

// Source is the feed or the outlet that an entry comes from.
type Source struct {
	Title string `xml:"title"`
}

// Person is who wrote an entry.
type Person struct {
	Name string `xml:"name"`
}

// Link is an address. Rel is alternate, self, via or another of RFC 4287, 4.2.7.2.
type Link struct {
	Rel   string `xml:"rel,attr"`
	Type  string `xml:"type,attr,omitempty"`
	Href  string `xml:"href,attr"`
	Title string `xml:"title,attr,omitempty"`
}

// Category is a topic, with how it is shown.
type Category struct {
	Term  string `xml:"term,attr"`
	Label string `xml:"label,attr,omitempty"`
}

// Text is a text of a type: text, or html, which is escaped when it is written.
type Text struct {
	Type string `xml:"type,attr"`
	Body string `xml:",chardata"`
}

// Time is written as RFC 3339 has it, in UTC.
type Time time.Time

// MarshalText implements encoding.TextMarshaler. Years that RFC 3339 can't write are cut
// to those that it can.
func (t Time) MarshalText() ([]byte, error) {
	at := time.Time(t).UTC()
	switch year := at.Year(); {
	case year < 0:
		at = time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC)
	case year > 9999:
		at = time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)
	}
	return []byte(at.Format("2006-01-02T15:04:05.999999Z07:00")), nil
}

// Write writes a feed. Characters that XML can't have become U+FFFD.
func (f *Feed) Write(w io.Writer) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", " ")
	if err := e.Encode(f); err != nil {
		return fmt.Errorf("write feed: %w", err)
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// URN returns the id of something that has a name of its own kind: the same for the same
// parts, and different for others. It is a UUID of version 8 (RFC 9562), whose bits are
// those of a SHA-256.
func URN(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	b := h.Sum(nil)
	b[6], b[8] = b[6]&0x0f|0x80, b[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", b[0:4], b[4:6], b[6:8], b[8:10], b[10:16])
}
