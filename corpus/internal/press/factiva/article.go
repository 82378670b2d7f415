package factiva

import (
	"strconv"
	"strings"

	"github.com/newsq/newsq/corpus/internal/press/download"
	"github.com/newsq/newsq/corpus/internal/press/stated"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// article is what was found of one article, in either layout.
type article struct {
	id, place, language string
	line                int

	title, byline, credit, outlet, copyright, notice string
	date, clock                                      string
	length                                           stated.Length
	body                                             []string
	captions                                         string
	topics, places, people, organizations            []string
}

// isOne reports whether there is an article at all.
func (a *article) isOne() bool {
	return (a.title != "" || len(a.body) > 0) && (a.length.N > 0 || a.id != "" || a.date != "" && a.outlet != "")
}

// record returns the record of an article.
func (a *article) record(number int) *record.Record {
	rec := &record.Record{Number: number, Place: a.place, Line: a.line, Form: record.Plain}
	if a.place == "" {
		rec.Place = strconv.Itoa(number)
	}
	if a.place != "" {
		setOne(rec, record.ID, a.id, "AN")
	}
	setOne(rec, record.Title, a.title, "HD")
	setOne(rec, record.Source, a.outlet, "SN")
	setOne(rec, record.Published, strings.TrimSpace(a.date+" "+a.clock), "PD")
	setOne(rec, record.Language, a.language, "LA")
	byline := stated.Byline(a.byline, a.outlet)
	if byline == "" {
		byline = a.byline
	}
	if byline == "" && isAgency(a.credit) {
		byline = a.credit
	}
	setOne(rec, record.Authors, byline, "BY")
	rec.Set(record.Topics, record.Mapped, stated.Values(a.topics, "NS"))
	rec.Set(record.Places, record.Mapped, stated.Values(a.places, "RE"))
	rec.Set(record.People, record.Mapped, stated.Values(a.people, "PE"))
	rec.Set(record.Organizations, record.Mapped, stated.Values(a.organizations, "CO"))
	if a.copyright != "" || a.notice != "" {
		rec.Handling = &record.Handling{Rights: a.copyright, Notice: a.notice}
	}
	a.setBody(rec)
	return rec
}

// setBody sets the text, without the copyright that may end it.
func (a *article) setBody(rec *record.Record) {
	body := a.body
	for len(body) > 0 && isCopyright(body[len(body)-1]) {
		body = body[:len(body)-1]
	}
	blocks := make([]extract.Block, 0, len(body))
	for _, s := range body {
		blocks = append(blocks, extract.Block{Text: s})
	}
	if len(blocks) > 0 {
		rec.SetBlocks(record.Mapped, blocks)
		rec.Form = record.Plain
	}
	a.length.Check(rec, strings.Join(body, "\n"), a.title, a.byline, a.captions, a.copyright)
}

// setOne sets a field to one value.
func setOne(rec *record.Record, f record.Field, text, from string) {
	if text = download.OneLine(text); text != "" {
		rec.Set(f, record.Mapped, []record.Value{{Text: text, From: from}})
	}
}

// maxCopyright is longer than the copyright that ends a text, in bytes.
const maxCopyright = 200

// isCopyright reports whether a text is a copyright.
func isCopyright(s string) bool {
	if len(s) > maxCopyright {
		return false
	}
	for _, mark := range [...]string{"(c)", "(C)", "©", "Copyright", "COPYRIGHT", "Alle Rechte vorbehalten", "Tous droits réservés", "Todos los derechos", "版权", "版權"} {
		if strings.HasPrefix(s, mark) {
			return true
		}
	}
	return false
}

// maxAgencyWords bounds the name of an agency.
const maxAgencyWords = 4

// isAgency reports whether a credit names who wrote: it may also say for whom.
func isAgency(s string) bool {
	first, _, _ := strings.Cut(s, " ")
	return s != "" && len(strings.Fields(s)) <= maxAgencyWords && !strings.EqualFold(first, "special") && !strings.EqualFold(first, "from")
}
