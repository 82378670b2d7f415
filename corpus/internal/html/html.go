// Package html reads web pages.
package html

import (
	"fmt"
	"strings"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
	"github.com/newsq/newsq/internal/text"
)

// Version is raised whenever the same page would be read differently.
const Version = 4

// Read reads a web page: one record, with the main text of the page and what
// the page states about itself.
func Read(in *reader.Input, out reader.Output) error {
	s, err := in.Text()
	if err != nil {
		return err
	}
	rec := record.Record{IsFile: true}
	if err := reader.Guard(func() error { return parse(s, in.URL, &rec) }); err != nil {
		return err
	}
	out.Emit(&rec)
	return nil
}

// parse fills rec with what a page says that was published at an address, which
// may be empty.
func parse(s, address string, rec *record.Record) error {
	page, err := extract.HTML(s, address)
	if err != nil {
		return err
	}
	if len(page.Blocks) == 0 {
		return record.ErrNoText
	}
	rec.Blocks = page.Blocks
	if left := page.LeftOut; left.Shown > 0 {
		rec.Problems = append(rec.Problems, record.Problem{
			Field: record.Body, Excerpt: left.Start,
			Err: fmt.Errorf("%w: of %d bytes of text that the page shows, %d were taken as its article", record.ErrPartial, left.Shown, left.Taken),
		})
	}
	from := page.From
	rec.Published = record.Time{Time: page.Published, As: page.PublishedAs, From: from.Published}
	rec.Updated = record.Time{Time: page.Updated, From: from.Updated}
	rec.SetFinal(record.Title, record.Value{Text: page.Title, From: from.Title})
	rec.SetFinal(record.Summary, record.Value{Text: page.Summary, From: from.Summary})
	rec.SetFinal(record.Source, record.Value{Text: page.Source, From: from.Source})
	if !isTemplateLanguage(&page) {
		rec.SetFinal(record.Language, record.Value{Text: page.Language, From: from.Language})
	}
	rec.SetFinal(record.URL, record.Value{Text: page.URL, From: from.URL})
	rec.SetFinal(record.Authors, values(page.Authors, from.Authors)...)
	rec.SetFinal(record.Topics, values(page.Topics, from.Topics)...)
	if page.Rights != "" || page.NoAI {
		rec.Handling = &record.Handling{Rights: page.Rights, NoAI: page.NoAI}
	}
	for _, u := range page.Unread {
		rec.Tell(fields[u.Field], record.Value{Text: u.Text, From: u.From}, record.ErrNotUnderstood)
	}
	return nil
}

// isTemplateLanguage reports whether a page only says that it is in English as
// its template came so: its text is surely in another language.
func isTemplateLanguage(page *extract.Page) bool {
	if base, _, _ := strings.Cut(page.Language, "-"); base != "en" {
		return false
	}
	var b strings.Builder
	for i := 0; i < len(page.Blocks) && b.Len() < languageSample; i++ {
		b.WriteString(page.Blocks[i].Text)
		b.WriteByte('\n')
	}
	tag, confidence := text.DetectLanguage(b.String())
	return tag != "" && tag != "en" && confidence >= sureLanguage
}

// languageSample is how much of a text tells its language, in bytes, and
// sureLanguage how sure it must be against what the page says.
const (
	languageSample = 2 << 10
	sureLanguage   = 0.7
)

// fields are those of statements that could not be read.
var fields = map[string]record.Field{"published": record.Published, "updated": record.Updated, "authors": record.Authors}

// values returns texts that all stood at one place.
func values(texts []string, from string) []record.Value {
	list := make([]record.Value, len(texts))
	for i, s := range texts {
		list[i] = record.Value{Text: s, From: from}
	}
	return list
}
