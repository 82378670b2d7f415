// Package substack reads exports of Substack: posts.csv, which has a row for each
// post with title and date, and the texts beside it in posts/, a piece of HTML
// each.
//
// From posts.csv the articles are those that were published. A text that is read
// by itself takes title and date from the posts.csv in the folder above, and has
// the same id, so that both are one article; one that was not published is
// withheld by its sender. Buttons within the text are no text.
package substack

import (
	"bufio"
	"errors"
	"fmt"
	"html"
	"io"
	"regexp"
	"strings"
	"sync"

	"github.com/newsq/newsq/corpus/internal/layout"
	"github.com/newsq/newsq/corpus/internal/publishing"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"

	page "github.com/newsq/newsq/corpus/internal/html"
)

// Version is raised whenever the same bytes would be read differently.
const Version = 1

// Recognize reports whether a file is the table of an export.
func Recognize(h *reader.Head) bool {
	return publishing.HasColumns(h, "post_id", "post_date", "is_published", "title")
}

var textName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\d{3,}\.[\w-]+\.html$`) })

// RecognizeText reports whether a file may be a text of an export, by its name,
// which is that of nothing else: 1234567.the-title.html.
func RecognizeText(h *reader.Head) bool {
	return textName().MatchString(h.Name) && !h.HasPrefix("<!doctype") && !h.HasPrefix("<html") && !h.Contains("<body")
}

// Read reads the table of an export, with the texts beside it.
func Read(in *reader.Input, out reader.Output) error {
	in.DecodeUTF16()
	n, rows, more := 0, 0, true
	err := publishing.Rows(in, in.Stream, func(line int, row publishing.Row, err error) bool {
		rows++
		if err != nil {
			more = out.Fail(&reader.Fault{Line: line, Err: err})
			return more
		}
		if row.First("post_id") == "" || !isPublished(row) {
			return true
		}
		n++
		rec := record.Record{Line: line, Number: n}
		fill(row, &rec)
		body, err := in.SiblingBytes("posts/" + row["post_id"] + ".html")
		switch {
		case err == nil:
			if err := addText(body, row, &rec); err != nil {
				rec.Tell(record.Body, record.Value{From: row["post_id"]}, errors.Join(record.ErrPartial, err))
			}
		case !errors.Is(err, reader.ErrNoSibling):
			rec.Tell(record.Body, record.Value{From: row["post_id"]}, errors.Join(record.ErrPartial, err))
		}
		more = out.Emit(&rec)
		return more
	})
	if err == nil && more && n == 0 {
		return &reader.Fault{Err: record.ErrNoText, Hint: fmt.Sprintf("of its %d posts none is published", rows)}
	}
	return err
}

func isPublished(row publishing.Row) bool { return strings.EqualFold(row["is_published"], "true") }

// ReadText reads a text by itself. Without the table in the folder above it is a
// piece of HTML as any other.
func ReadText(in *reader.Input, out reader.Output) error {
	id := in.Name[strings.LastIndexAny(in.Name, `/\`)+1:]
	id = strings.TrimSuffix(strings.TrimSuffix(id, ".gz"), ".html")
	row, err := rowOf(in, id)
	if err != nil {
		return err
	}
	if row == nil {
		return page.Read(in, out)
	}
	body, err := in.Bytes()
	if err != nil {
		return err
	}
	rec := record.Record{IsFile: true}
	fill(row, &rec)
	if err := addText(body, row, &rec); err != nil {
		return err
	}
	rec.Place = ""
	if !isPublished(row) {
		rec.Handling = publishing.Withheld()
	}
	out.Emit(&rec)
	return nil
}

// rowOf returns the row of a post in the table above; nil when there is none.
func rowOf(in *reader.Input, id string) (publishing.Row, error) {
	f, err := in.Sibling("../posts.csv")
	if errors.Is(err, reader.ErrNoSibling) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close() // nothing was written
	var found publishing.Row
	err = publishing.Rows(in, bufio.NewReader(f), func(_ int, row publishing.Row, err error) bool {
		if err == nil && row["post_id"] == id {
			found = row
		}
		return found == nil && in.Context.Err() == nil
	})
	if errors.Is(err, io.EOF) {
		err = nil // it is empty
	}
	return found, err
}

// fill takes what a row says into a record. Its cells are escaped as HTML is.
func fill(row publishing.Row, rec *record.Record) {
	id := row.First("post_id")
	number, _, _ := strings.Cut(id, ".")
	publishing.Set(rec, record.ID, "post_id", "substack:"+number)
	rec.Place, rec.GlobalID = number, true
	publishing.Set(rec, record.Title, "title", html.UnescapeString(row["title"]))
	publishing.Set(rec, record.Summary, "subtitle", html.UnescapeString(row["subtitle"]))
	publishing.Set(rec, record.Published, "post_date", row["post_date"])
}

var site = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`https://([\w-]+\.substack\.com)/(?:subscribe|p/)`)
})

// addText takes the text of a post. Its buttons tell whose it is.
func addText(body []byte, row publishing.Row, rec *record.Record) error {
	s, _, err := extract.Decode(body, "")
	if err != nil {
		return err
	}
	return reader.Guard(func() error {
		if m := site().FindStringSubmatch(s); m != nil {
			publishing.Set(rec, record.Source, "address", m[1])
			if _, slug, ok := strings.Cut(row["post_id"], "."); ok {
				publishing.Set(rec, record.URL, "address", "https://"+m[1]+"/p/"+slug)
			}
		}
		rec.SetBlocks(record.Mapped, layout.HTMLBlocks(publishing.WithoutButtons(s)))
		rec.Form = record.Plain
		return nil
	})
}
