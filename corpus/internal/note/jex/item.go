package jex

import (
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/newsq/newsq/corpus/internal/markdown"
	"github.com/newsq/newsq/corpus/internal/record"
)

// item is a thing of a notebook: title, a blank line, text, a blank line, and
// lines "name: value" to the end.
type item struct {
	title, text string
	values      map[string]string
}

// maxLines bounds the lines of names and values.
const maxLines = 100

// parse reads an item. It is not ok when no lines at the end say what it is.
func parse(s string) (it item, ok bool) {
	s = strings.TrimRight(strings.ReplaceAll(s, "\r\n", "\n"), "\n ")
	it.values = map[string]string{}
	for range maxLines {
		at := strings.LastIndexByte(s, '\n')
		name, value, found := strings.Cut(s[at+1:], ":")
		if !found || name == "" || strings.Trim(name, nameLetters) != "" {
			break
		}
		it.values[name] = strings.TrimSpace(value)
		if at < 0 {
			s = ""
			break
		}
		s = s[:at]
	}
	if it.values["type_"] == "" || it.values["id"] == "" {
		return item{}, false
	}
	it.title, it.text, _ = strings.Cut(strings.TrimRight(s, "\n"), "\n")
	return it, true
}

const nameLetters = "abcdefghijklmnopqrstuvwxyz_"

// The kinds of items, as type_ has them.
const (
	note    = "1"
	tag     = "5"
	noteTag = "6"
)

// isKept reports whether an item is a note that its owner has neither thrown away
// nor was given as the other version of one.
func (it *item) isKept() bool {
	deleted := it.values["deleted_time"]
	return it.values["type_"] == note && it.values["is_conflict"] != "1" && (deleted == "" || deleted == "0")
}

// fill sets the fields of a record to those of a note.
func (it *item) fill(rec *record.Record, tags []string) error {
	id := it.values["id"]
	rec.Place = id
	set := func(f record.Field, names ...string) {
		for i, name := range names {
			if v := it.values[name]; v != "" && !isZero(v) && rec.Wants(f, i) {
				rec.Set(f, i, []record.Value{{Text: v, From: name}})
			}
		}
	}
	set(record.ID, "id")
	set(record.Published, "user_created_time", "created_time")
	set(record.Updated, "user_updated_time", "updated_time")
	set(record.URL, "source_url")
	set(record.Authors, "author")
	if title := strings.TrimSpace(it.title); title != "" {
		rec.Set(record.Title, 0, []record.Value{{Text: title, From: "first line"}})
	}
	var topics []record.Value
	for _, t := range tags {
		topics = append(topics, record.Value{Text: t, From: "tags", Element: true})
	}
	rec.Set(record.Topics, 0, topics)
	if it.values["encryption_applied"] == "1" {
		return errEncrypted
	}
	if it.values["markup_language"] == "2" {
		rec.Set(record.Body, 0, []record.Value{{Text: it.text, From: "text"}})
		rec.Form = record.HTML
		return nil
	}
	return markdown.Blocks(image().ReplaceAllString(it.text, ""), rec)
}

// image matches a picture that is an attachment, whose text is the name of a file.
var image = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`!\[[^\]\n]*\]\(:/[0-9a-f]{32}\)`) })

// isZero reports whether a time is that of the beginning of all counting.
func isZero(s string) bool {
	t, err := time.Parse(time.RFC3339, s)
	return err == nil && t.Unix() == 0
}
