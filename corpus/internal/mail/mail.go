// Package mail reads mail: single messages, as programs save them (.eml), keep
// them in a maildir, or Apple's Mail stores them (.emlx), and mailboxes of many
// (mbox).
//
// A message is an article: its subject, without the mark of a reply, is the title,
// who wrote it the author, and its date the date. Of a newsletter, which a
// program sent to many, the sender is the outlet; of a mailing list the list is;
// of any other message the host of the sender is. The Message-ID is the id: a
// message that stands twice in a mailbox, as under two labels, is one article.
//
// The text is the part in HTML, else the plain one. From a newsletter go the line
// that mail programs show beside the subject, the offer to read it in a browser,
// and what follows the text to say how to end it. Quotations and signatures stay.
// Messages within a message are articles of their own; other attachments are left
// out, and so are messages that Thunderbird marks as deleted, and that in which a
// mail server keeps the state of a mailbox.
package mail

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/newsq/newsq/corpus/internal/mime"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
)

// Version is raised whenever the same file would be read differently.
const Version = 1

// headerBytes is how far the header of a message is looked for.
const headerBytes = 16 << 10

// Recognize reports whether a file is a message: its first lines are those of a
// header, and among them are some that only mail has.
func Recognize(h *reader.Head) bool {
	b := withoutLength(h.Bytes[:min(len(h.Bytes), headerBytes)])
	if !startsAsHeader(b) {
		return false
	}
	header, _ := mime.ParseHeader(b)
	marks, names := 0, 0
	for _, name := range [...]string{"received", "message-id", "mime-version", "return-path", "delivered-to", "x-mailer", "dkim-signature", "content-transfer-encoding"} {
		if header.Has(name) {
			marks++
		}
	}
	for _, name := range [...]string{"from", "to", "date", "subject"} {
		if header.Has(name) {
			names++
		}
	}
	return marks >= 1 && names >= 2 || hasParts(&header, b)
}

// hasParts reports whether a message is of parts, as its header says, and the line
// before the first of them is there.
func hasParts(h *mime.Header, b []byte) bool {
	stated := h.Raw("content-type")
	if len(stated) < len("multipart/") || !strings.EqualFold(stated[:len("multipart/")], "multipart/") {
		return false
	}
	at := strings.Index(strings.ToLower(stated), "boundary=")
	if at < 0 {
		return false
	}
	boundary, _, _ := strings.Cut(strings.TrimLeft(stated[at+len("boundary="):], "\""), "\"")
	boundary, _, _ = strings.Cut(boundary, ";")
	return boundary != "" && bytes.Contains(b, []byte("\n--"+strings.TrimSpace(boundary)))
}

// RecognizeOwn reports whether a file is one that a mail server or program keeps
// beside mail.
func RecognizeOwn(h *reader.Head) bool {
	switch h.Name {
	case "maildirfolder", "dovecot-uidlist", "dovecot-keywords", "dovecot-acl", "courierimapuiddb", "courierimapkeywords":
		return true
	case "subscriptions":
		return h.HasPrefix("V\t")
	case "table_of_contents": // Apple's Mail
		return h.Kind == reader.Binary || bytes.IndexByte(h.Bytes, 0) >= 0
	case "msgfilterrules.dat", "popstate.dat": // Thunderbird
		return true
	case "filterlog.html":
		return h.Kind == reader.Markup
	case "archive_browser.html": // Takeout
		return h.Contains("Takeout") || h.Contains("takeout")
	}
	return strings.HasPrefix(h.Name, "dovecot.") || strings.HasPrefix(h.Name, "dovecot-uidvalidity") || h.HasPrefix("// <!-- <mdb:mork:z")
}

// ReadOwn tells that a file is no mail.
func ReadOwn(*reader.Input, reader.Output) error {
	return fmt.Errorf("%w: a mail program's own file, and no mail", reader.ErrUnknownFormat)
}

// startsAsHeader reports whether the first line is a field of a header.
func startsAsHeader(b []byte) bool {
	line, _, _ := bytes.Cut(b, []byte("\n"))
	name, _, ok := bytes.Cut(line, []byte(":"))
	return ok && len(name) > 1 && len(name) < 60 && !bytes.ContainsAny(name, " \t<>{}\"")
}

// withoutLength returns a message without the line before it in which Apple's
// Mail writes its length.
func withoutLength(b []byte) []byte {
	line, rest, ok := bytes.Cut(b, []byte("\n"))
	if n, err := strconv.Atoi(string(bytes.TrimSpace(line))); ok && err == nil && n > 0 {
		return rest[:min(n, len(rest))]
	}
	return b
}

// Read reads a message.
func Read(in *reader.Input, out reader.Output) error {
	b, err := in.Bytes()
	if err != nil {
		return err
	}
	b = bytes.TrimLeft(withoutLength(b), "\r\n")
	m := message{part: mime.Parse(b), out: out, alone: true}
	return m.read()
}

// Bounds of messages within a message: how deep, and how many.
const (
	maxForwards = 4
	maxMessages = 100
)

// message is one that is read, with those within it.
type message struct {
	part   *mime.Part
	out    reader.Sink
	number int    // in its mailbox, from 1
	place  string // of the message, where the file holds several
	alone  bool   // it is a file
	cut    bool   // its end is missing
	depth  int
	left   *int // messages within that may still be read
}

// errNothing tells of a message that holds nothing to read.
var errNothing = errors.New("a message without subject and text")

// read hands on a message and those within it.
func (m *message) read() error {
	rec := &record.Record{IsFile: m.alone, Number: m.number, Place: m.place}
	if !m.alone && m.place == "" {
		rec.Place = strconv.Itoa(m.number)
	}
	err := reader.Guard(func() error { return m.fill(rec) })
	if err != nil {
		return err
	}
	if !m.out.Emit(rec) {
		return nil
	}
	return m.readWithin()
}

// readWithin reads the messages that a message holds.
func (m *message) readWithin() error {
	if m.part.Type == "multipart/report" || m.depth >= maxForwards {
		return nil // which holds the message that could not be delivered
	}
	if m.left == nil {
		n := maxMessages
		m.left = &n
	}
	n := 0
	for part := range m.part.All() {
		if part == m.part || part.Type != "message/rfc822" && !strings.HasSuffix(strings.ToLower(part.Name), ".eml") || len(part.Content) == 0 {
			continue
		}
		if n++; *m.left <= 0 {
			return nil
		}
		*m.left--
		base := m.place
		if base == "" && !m.alone {
			base = strconv.Itoa(m.number)
		}
		inner := message{
			part: mime.Parse(part.Content), out: m.out, number: m.number, depth: m.depth + 1, left: m.left,
			place: strings.TrimPrefix(base+"."+strconv.Itoa(n), "."),
		}
		if err := inner.read(); err != nil && !errors.Is(err, errNothing) {
			return err
		}
	}
	return nil
}

// fill fills a record with what a message says.
func (m *message) fill(rec *record.Record) error {
	h := &m.part.Header
	set := func(f record.Field, text, from string) { rec.SetFinal(f, record.Value{Text: limit(text), From: from}) }
	set(record.ID, messageID(h), "Message-ID")
	rec.GlobalID = rec.Has(record.ID)
	set(record.Title, withoutReply(h.Get("subject")), "Subject")
	s := senderOf(h)
	set(record.Authors, s.author, "From")
	set(record.Source, s.outlet, s.from)
	// Substack writes the address of a post where others write that of a list.
	for _, name := range [...]string{"Archived-At", "List-Post"} {
		if at := strings.Trim(h.Get(strings.ToLower(name)), "<> "); strings.HasPrefix(at, "http") && !strings.ContainsAny(at, ", >") {
			set(record.URL, at, name)
			break
		}
	}
	set(record.Language, firstOf(h.Get("content-language")), "Content-Language")
	if k := h.Get("keywords"); k != "" {
		rec.Set(record.Topics, record.Mapped, []record.Value{{Text: k, From: "Keywords"}})
	}
	setDate(rec, h)
	m.setText(rec, s.isBulk)
	if !rec.Has(record.Body) && !rec.Has(record.Title) {
		return errNothing
	}
	if m.cut {
		rec.Problems = append(rec.Problems, record.Problem{Field: record.Body, Err: errCut})
	}
	return nil
}

// limit cuts a value to the most that is kept of it.
func limit(s string) string {
	if len(s) <= record.MaxLabel {
		return s
	}
	return strings.ToValidUTF8(s[:record.MaxLabel], "")
}

// firstOf returns the first of a list.
func firstOf(s string) string {
	s, _, _ = strings.Cut(s, ",")
	return strings.TrimSpace(s)
}

// messageID returns the id of a message without its brackets.
func messageID(h *mime.Header) string { return strings.Trim(h.Get("message-id"), "<> ") }

// withoutReply returns a subject without the marks of a reply, in the languages of
// mail programs.
func withoutReply(s string) string {
	for {
		mark, rest, ok := strings.Cut(s, ":")
		if !ok || len(mark) > 8 {
			return s
		}
		mark, _, _ = strings.Cut(mark, "[") // Re[2]:
		switch strings.ToLower(strings.TrimSpace(mark)) {
		case "re", "aw", "sv", "antw", "odp", "vs", "rv", "ynt", "回复", "答复", "返信":
			s = strings.TrimSpace(rest)
		default:
			return s
		}
	}
}
