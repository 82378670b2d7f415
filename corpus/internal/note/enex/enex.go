// Package enex reads notes that Evernote exports, and other notebooks in its
// form.
//
// The content of a note is a document of its own (ENML, which is HTML with a few
// elements more) in a CDATA section. The date is that of the note, for a clipped
// page too: it states no other. Its address is source-url, or stands in the style
// of what was clipped. Who made the clip did not write it, so only other notes
// have authors. Attachments are left out, encrypted text is too, and is told. A
// file that is cut short gives the notes that are there, and that is told.
//
// A note may be of hundreds of megabytes, most of it attachments. What these hold is
// dropped before the XML is read.
package enex

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/xmltree"
)

// Version is raised whenever the same file would be read differently.
const Version = 1

// Recognize reports whether XML is an export of notes.
func Recognize(h *reader.Head) bool { return h.Root() == "en-export" }

// errEncrypted tells of text in a note that only its owner can read.
var errEncrypted = fmt.Errorf("%w: encrypted text was left out", record.ErrPartial)

// Read reads an export: a record for each note.
func Read(in *reader.Input, out reader.Output) error {
	end := &tail{r: &withoutData{r: in.Stream}}
	in.Stream = bufio.NewReaderSize(end, reader.BufferSize)
	r := notes{out: out, more: true, places: map[string]bool{}}
	isRecord := func(n *xmltree.Node) bool { return n.Parent.Is("note") }
	_, err := xmltree.Records(in, isRecord, r.element)
	if r.more {
		r.close()
	}
	switch {
	case !r.more:
		return nil
	case err != nil:
		return err
	case !bytes.Contains(bytes.ToLower(end.last), []byte("</en-export")):
		return io.ErrUnexpectedEOF
	case r.n == 0:
		return record.ErrNoText
	}
	return nil
}

// tail keeps the last bytes of a stream, which tell whether it was cut short.
type tail struct {
	r    io.Reader
	last []byte
}

const tailBytes = 256

func (t *tail) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	t.last = append(t.last, p[max(0, n-tailBytes):n]...)
	if cut := len(t.last) - tailBytes; cut > 0 {
		t.last = append(t.last[:0], t.last[cut:]...)
	}
	return n, err
}

// notes makes records of the elements of notes.
type notes struct {
	out    reader.Output
	places map[string]bool
	note   *xmltree.Node // that is open; nil for none
	n      int
	more   bool

	title, created, updated, address, author string
	tags                                     []record.Value
	content                                  *xmltree.Node // of ENML
}

// element takes an element of a note. It reports whether more is wanted.
func (r *notes) element(n *xmltree.Node) bool {
	if n.Parent != r.note {
		r.close()
		*r = notes{out: r.out, places: r.places, n: r.n, more: r.more, note: n.Parent}
	}
	switch n.Name {
	case "title":
		r.title = n.OneLine()
	case "created":
		r.created = n.OneLine()
	case "updated":
		r.updated = n.OneLine()
	case "tag":
		if len(r.tags) < record.MaxValues {
			r.tags = append(r.tags, record.Value{Text: n.OneLine(), From: "tag", Element: true})
		}
	case "content":
		if r.content == nil {
			r.content = xmltree.Parse(n.Content())
		}
	case "note-attributes":
		r.address = n.Child("source-url").OneLine()
		r.author = n.Child("author").OneLine()
	}
	return r.more
}

// close emits the note that is open.
func (r *notes) close() {
	if r.note == nil || !r.more {
		return
	}
	r.n++
	rec := record.Record{Number: r.n, Line: r.note.Line, Place: strconv.Itoa(r.n)}
	if r.created != "" && !r.places[r.created] {
		rec.Place = r.created
	}
	for r.places[rec.Place] { // a time that looks like the number of this note
		rec.Place += "*"
	}
	r.places[rec.Place] = true
	set := func(f record.Field, from, text string) {
		if text != "" {
			rec.Set(f, record.Mapped, []record.Value{{Text: text, From: from}})
		}
	}
	body := r.text(&rec)
	set(record.Title, "title", r.title)
	set(record.Published, "created", date(r.created))
	set(record.Updated, "updated", date(r.updated))
	set(record.URL, "source-url", r.address)
	if r.address == "" && !strings.Contains(r.author, "@") {
		set(record.Authors, "author", r.author)
	}
	if len(r.tags) > 0 {
		rec.Set(record.Topics, record.Mapped, r.tags)
	}
	set(record.Body, "content", body)
	rec.Form = record.HTML
	r.more = r.out.Emit(&rec)
	r.note = nil
}

// date returns a date; empty for the one that means that there is none.
func date(s string) string {
	if strings.HasPrefix(s, "10101T") || strings.HasPrefix(s, "00010101T") {
		return ""
	}
	return s
}

// text returns the content as HTML, and takes what it says of its origin.
func (r *notes) text(rec *record.Record) string {
	if r.content == nil {
		return ""
	}
	if tidy(r.content, r) {
		rec.Tell(record.Body, record.Value{From: "content"}, errEncrypted)
	}
	if note := r.content.First("en-note"); note != nil {
		return note.HTML()
	}
	return r.content.HTML()
}

// tidy removes what only a notebook shows, and reports whether any of it was
// encrypted.
func tidy(n *xmltree.Node, r *notes) (encrypted bool) {
	kept := n.Children[:0]
	for _, c := range n.Children {
		switch c.Name {
		case "en-crypt":
			encrypted = true
			continue
		case "en-media", "en-todo", "icons":
			continue
		}
		if style := c.Attr("style"); r.address == "" && strings.Contains(style, clippedFrom) {
			_, after, _ := strings.Cut(style, clippedFrom)
			after, _, _ = strings.Cut(after, "; --en-")
			r.address = strings.Trim(after, " ;\"'")
		}
		encrypted = tidy(c, r) || encrypted
		kept = append(kept, c)
	}
	n.Children = kept
	return encrypted
}

// clippedFrom stands in the style of a page that was clipped.
const clippedFrom = "--en-clipped-source-url:"
