// Package letters reads exports of systems that send newsletters: the table of
// beehiiv, which holds the texts, and what Buttondown exports, a table or a list
// in JSON with the texts beside it in emails/, a file each in Markdown or HTML.
//
// Articles are the letters that were sent or published. Drafts and letters that
// wait to be sent are passed over; a text that is read by itself takes title and
// date from the table in the folder above, and has the same id.
package letters

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"sync"

	"github.com/newsq/newsq/corpus/internal/markdown"
	"github.com/newsq/newsq/corpus/internal/publishing"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// Version is raised whenever the same bytes would be read differently.
const Version = 1

// RecognizeButtondown reports whether a file is the table of Buttondown.
func RecognizeButtondown(h *reader.Head) bool {
	return publishing.HasColumns(h, "id", "subject", "publish_date", "slug")
}

// RecognizeJSON reports whether a file is the list of Buttondown.
func RecognizeJSON(h *reader.Head) bool {
	return h.Contains(`"subject"`) && h.Contains(`"publish_date"`) && h.Contains(`"slug"`) &&
		(h.Contains(`"secondary_id"`) || h.Contains(`"email_type"`))
}

// mark is how a text of Buttondown begins, which says in which editor it was
// written.
const mark = "<!-- buttondown-editor-mode:"

// RecognizeText reports whether a file is a text of Buttondown.
func RecognizeText(h *reader.Head) bool { return h.HasPrefix(mark) }

// isSent reports whether a letter with a status went out.
func isSent(status string) bool {
	switch strings.ToLower(status) {
	case "draft", "scheduled", "about_to_send", "in_flight", "pending", "paused", "deleted", "errored", "throttled", "managed_by_rss":
		return false
	}
	return true
}

// ReadButtondown reads the table of Buttondown.
func ReadButtondown(in *reader.Input, out reader.Output) error {
	return readRows(in, out, func(row publishing.Row, rec *record.Record) error { return letterOf(row).fill(in, rec) })
}

// readRows makes a record of each row of a table whose letter was sent.
func readRows(in *reader.Input, out reader.Output, fill func(publishing.Row, *record.Record) error) error {
	in.DecodeUTF16()
	n, rows, more := 0, 0, true
	err := publishing.Rows(in, in.Stream, func(line int, row publishing.Row, err error) bool {
		rows++
		if err != nil {
			more = out.Fail(&reader.Fault{Line: line, Err: err})
			return more
		}
		if !isSent(row["status"]) || row.First("web_title", "title", "subject", "content_html", "id") == "" {
			return true
		}
		n++
		rec := record.Record{Line: line, Number: n}
		more = emit(&rec, out, func() error { return fill(row, &rec) })
		return more
	})
	if err == nil && more && n == 0 {
		return &reader.Fault{Err: record.ErrNoText, Hint: fmt.Sprintf("of its %d letters none was sent", rows)}
	}
	return err
}

// emit hands on a record when it is filled.
func emit(rec *record.Record, out reader.Output, fill func() error) bool {
	if err := reader.Guard(fill); err != nil {
		rec.Tell(record.Body, record.Value{From: "text"}, errors.Join(record.ErrPartial, err))
	}
	if rec.Place == "" {
		rec.Place = fmt.Sprint(rec.Number)
	}
	return out.Emit(rec)
}

// letter is a letter of Buttondown.
type letter struct {
	ID          publishing.Word `json:"id"`
	Subject     publishing.Word `json:"subject"`
	Published   publishing.Word `json:"publish_date"`
	Created     publishing.Word `json:"creation_date"`
	Slug        publishing.Word `json:"slug"`
	Status      publishing.Word `json:"status"`
	Body        publishing.Word `json:"body"`
	Description publishing.Word `json:"description"`
	URL         publishing.Word `json:"absolute_url"`
}

func letterOf(row publishing.Row) *letter {
	word := func(column string) publishing.Word { return publishing.Word(row[column]) }
	return &letter{
		ID: word("id"), Subject: word("subject"), Published: word("publish_date"), Created: word("creation_date"), Slug: word("slug"),
		Status: word("status"), Body: word("body"), Description: word("description"), URL: word("absolute_url"),
	}
}

// ReadJSON reads the list of Buttondown, or an answer of its interface.
func ReadJSON(in *reader.Input, out reader.Output) error {
	s, err := in.Text()
	if err != nil {
		return err
	}
	var letters publishing.List[letter]
	if strings.HasPrefix(strings.TrimSpace(s), "{") {
		var answer struct {
			Results publishing.List[letter] `json:"results"`
		}
		if err = json.Unmarshal([]byte(s), &answer); err == nil {
			letters = answer.Results
		}
	} else {
		err = json.Unmarshal([]byte(s), &letters)
	}
	if err != nil {
		return publishing.JSONFault(s, err)
	}
	n := 0
	for i := range letters {
		if !isSent(string(letters[i].Status)) {
			continue
		}
		n++
		rec := record.Record{Number: n}
		if !emit(&rec, out, func() error { return letters[i].fill(in, &rec) }) {
			return nil
		}
	}
	if n == 0 {
		return &reader.Fault{Err: record.ErrNoText, Hint: fmt.Sprintf("of its %d letters none was sent", len(letters))}
	}
	return nil
}

// fill takes what is said of a letter into a record, and its text, which may lie
// beside.
func (l *letter) fill(in *reader.Input, rec *record.Record) error {
	l.describe(rec)
	text := string(l.Body)
	if text == "" && l.Slug != "" {
		b, err := in.SiblingBytes("emails/" + string(l.Slug) + ".md")
		if errors.Is(err, reader.ErrNoSibling) {
			return nil
		}
		if err == nil {
			text, _, err = extract.Decode(b, "")
		}
		if err != nil {
			return err
		}
	}
	return setText(text, rec)
}

// describe takes what is said of a letter.
func (l *letter) describe(rec *record.Record) {
	publishing.Set(rec, record.ID, "id", string(l.ID))
	rec.Place, rec.GlobalID = string(l.ID), true
	publishing.Set(rec, record.Title, "subject", string(l.Subject))
	publishing.Set(rec, record.Summary, "description", string(l.Description))
	publishing.Set(rec, record.URL, "absolute_url", string(l.URL))
	if l.Published == "" {
		l.Published = l.Created
	}
	publishing.Set(rec, record.Published, "publish_date", string(l.Published))
}

var modeMark = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\s*<!-- buttondown-editor-mode: ?[\w-]* ?-->`) })

// variables are what is filled in when a letter is sent.
var variables = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\{\{[^{}\n]{0,200}\}\}|\{%[^{}\n]{0,200}%\}`) })

func setText(text string, rec *record.Record) error {
	text = variables().ReplaceAllString(modeMark().ReplaceAllString(text, ""), "")
	if strings.TrimSpace(text) == "" {
		return nil
	}
	return markdown.Blocks(text, rec)
}

// ReadText reads a text of Buttondown by itself.
func ReadText(in *reader.Input, out reader.Output) error {
	slug := in.Name[strings.LastIndexAny(in.Name, `/\`)+1:]
	slug = strings.TrimSuffix(strings.TrimSuffix(slug, ".gz"), ".md")
	s, err := in.Text()
	if err != nil {
		return err
	}
	rec := record.Record{IsFile: true}
	l, err := letterBeside(in, slug)
	if err != nil {
		return err
	}
	if l != nil {
		l.describe(&rec)
		rec.Place = ""
		if !isSent(string(l.Status)) {
			rec.Handling = publishing.Withheld()
		}
	}
	if err := setText(s, &rec); err != nil {
		return err
	}
	out.Emit(&rec)
	return nil
}

// letterBeside returns the letter of a name from the table above, or the list;
// nil when neither has it.
func letterBeside(in *reader.Input, slug string) (*letter, error) {
	f, err := in.Sibling("../emails.csv")
	if err == nil {
		defer f.Close() // nothing was written
		var found *letter
		err = publishing.Rows(in, bufio.NewReader(f), func(_ int, row publishing.Row, err error) bool {
			if err == nil && row["slug"] == slug {
				found = letterOf(row)
			}
			return found == nil && in.Context.Err() == nil
		})
		if found != nil || err != nil && !errors.Is(err, io.EOF) {
			return found, err
		}
	} else if !errors.Is(err, reader.ErrNoSibling) {
		return nil, err
	}
	b, err := in.SiblingBytes("../emails.json")
	if err != nil {
		if errors.Is(err, reader.ErrNoSibling) {
			err = nil
		}
		return nil, err
	}
	var letters publishing.List[letter]
	if json.Unmarshal(b, &letters) != nil {
		return nil, nil // whoever reads it itself tells
	}
	for i := range letters {
		if string(letters[i].Slug) == slug {
			return &letters[i], nil
		}
	}
	return nil, nil
}
