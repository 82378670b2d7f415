package schema

import (
	"encoding/binary"

	"github.com/newsq/newsq/corpus"
)

// What was found in the text of an article is stored behind the text, since schema 8. Its
// texts are not stored again: they are stretches of the text. A stretch is its start in a
// field and its length, both uvarints.
//
// An entity is its name, its kind, the number of its mentions,
// a uvarint, and for each mention the number of its field, a byte, and its stretch. A
// quotation is its stretch of the body, the speaker, and the stretch that names the speaker.
// A claim, since schema 9, is its kind and its stretch of the body.

// mentionFields are the fields of mentions by number. The numbers stand in files.
var mentionFields = [...]string{"", corpus.MentionTitle, corpus.MentionSummary}

// appendFound appends what was found in the text of an article.
func appendFound(b []byte, a *corpus.Article) []byte {
	for i := range a.Entities {
		e := &a.Entities[i]
		b = appendString(appendString(append(b, tagEntity), e.Name), string(e.Kind))
		b = binary.AppendUvarint(b, uint64(len(e.Mentions)))
		for j := range e.Mentions {
			m := &e.Mentions[j]
			b = appendStretch(append(b, numberOfField(m.Field)), m.Start, m.End)
		}
	}
	for i := range a.Quotations {
		q := &a.Quotations[i]
		b = appendStretch(append(b, tagQuotation), q.Start, q.End)
		b = appendStretch(appendString(b, q.Speaker), q.SpeakerStart, q.SpeakerEnd)
	}
	for _, c := range a.Claims {
		b = appendStretch(appendString(append(b, tagClaim), string(c.Kind)), c.Start, c.End)
	}
	return b
}

func numberOfField(name string) byte {
	for n, f := range mentionFields {
		if f == name {
			return byte(n)
		}
	}
	return 0
}

func appendStretch(b []byte, start, end int) []byte {
	return binary.AppendUvarint(binary.AppendUvarint(b, uint64(start)), uint64(end-start))
}

// readEntity reads an entity of an article whose text has been read.
func (d *decoder) readEntity(a *corpus.Article) {
	e := corpus.Entity{Name: d.string(), Kind: corpus.EntityKind(d.string())}
	n := d.uvarint()
	if n > uint64(len(d.b)) { // each takes more than a byte
		d.b, d.failed = nil, true
		return
	}
	e.Mentions = make([]corpus.Mention, n)
	for i := range e.Mentions {
		m, text := &e.Mentions[i], a.Body
		number := d.byte()
		if int(number) >= len(mentionFields) {
			d.failed = true
			return
		}
		switch m.Field = mentionFields[number]; m.Field {
		case corpus.MentionTitle:
			text = a.Title
		case corpus.MentionSummary:
			text = a.Summary
		}
		m.Text, m.Start, m.End = d.stretch(text)
	}
	a.Entities = append(a.Entities, e)
}

// readQuotation reads a quotation of an article whose text has been read.
func (d *decoder) readQuotation(a *corpus.Article) {
	var q corpus.Quotation
	q.Text, q.Start, q.End = d.stretch(a.Body)
	q.Speaker = d.string()
	q.SpeakerText, q.SpeakerStart, q.SpeakerEnd = d.stretch(a.Body)
	a.Quotations = append(a.Quotations, q)
}

// readClaim reads a claim of an article whose text has been read.
func (d *decoder) readClaim(a *corpus.Article) {
	c := corpus.Claim{Kind: corpus.ClaimKind(d.string())}
	_, c.Start, c.End = d.stretch(a.Body)
	a.Claims = append(a.Claims, c)
}

// stretch reads a stretch of a text.
func (d *decoder) stretch(of string) (text string, start, end int) {
	s, n := d.uvarint(), d.uvarint()
	if s > uint64(len(of)) || n > uint64(len(of))-s {
		d.failed = true
		return "", 0, 0
	}
	start, end = int(s), int(s+n)
	return of[start:end], start, end
}

func (d *decoder) byte() byte {
	if len(d.b) == 0 {
		d.failed = true
		return 0
	}
	c := d.b[0]
	d.b = d.b[1:]
	return c
}
