package reference

import (
	"strconv"
	"strings"
	"time"

	"github.com/newsq/newsq/corpus/internal/record"
)

// Link gathers what a reading list states of one article. It is an entry like any
// other, but that most hold no text: then its record is that of a link.
type Link struct {
	Entry
	title, address string
	saved          record.Value
	place          string
}

// SetTitle takes the title; the first that is not empty counts.
func (l *Link) SetTitle(from, text string) {
	if l.title == "" {
		l.title = strings.TrimSpace(text)
		l.Set(record.Title, 0, from, text)
	}
}

// SetAddress takes the address; the first that is not empty counts.
func (l *Link) SetAddress(from, text string) {
	if l.address == "" {
		l.address = strings.TrimSpace(text)
		l.Set(record.URL, 0, from, text)
	}
}

// Saved takes when the link was saved, which is the date where none of
// publication is stated. It may be in seconds or microseconds since 1970, or in
// microseconds since 1601.
func (l *Link) Saved(from, text string) {
	if l.saved.Text == "" {
		l.saved = record.Value{Text: since1601(strings.TrimSpace(text)), From: from}
	}
}

// since1601 returns a number of microseconds since 1601, which is how Chrome
// counts, as a date; any other text as it is.
func since1601(s string) string {
	const digits, epoch = 17, 11_644_473_600 // of the seconds until 1970
	if len(s) != digits || s[0] != '1' {
		return s
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return s
	}
	return time.UnixMicro(n - epoch*1e6).UTC().Format(time.RFC3339Nano)
}

// LinkRecord returns the record of the link, which is the nth of its file, line
// 0 when lines don't tell.
func (l *Link) LinkRecord(number, line int, places Places) *record.Record {
	if l.title == "" {
		l.Set(record.Title, 0, "address", l.address)
	}
	if len(l.dates) == 0 && l.saved.Text != "" {
		l.dates = []dated{{value: l.saved}}
	}
	rec := l.Record(number, line, places.Of(number, l.place, l.address))
	rec.IsLink = !rec.Has(record.Body) && !rec.Has(record.Summary)
	return rec
}

// IsEmpty reports whether neither title nor address is known.
func (l *Link) IsEmpty() bool { return l.title == "" && l.address == "" }

// SetHTML takes the text of the article, marked up in HTML.
func (l *Link) SetHTML(from, text string) {
	if strings.TrimSpace(text) != "" {
		l.rec.Set(record.Body, 0, []record.Value{{Text: text, From: from}})
		l.rec.Form = record.HTML
	}
}

// SetText takes the text of the article.
func (l *Link) SetText(from, text string) {
	if l.rec.Set(record.Body, 1, []record.Value{{Text: text, From: from}}) {
		l.rec.Form = record.Plain
	}
}

// SetPlace takes the id that a list gives to a link.
func (l *Link) SetPlace(id string) { l.place = id }
