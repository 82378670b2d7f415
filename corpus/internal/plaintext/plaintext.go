// Package plaintext reads plain texts, with or without fields above them. Of
// the text itself it reads nothing: its layout, heading and title are found
// where an article is made of the record.
package plaintext

import (
	"strconv"
	"strings"

	"github.com/newsq/newsq/corpus/internal/frontmatter"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
)

// Version is raised whenever the same text would be read differently.
const Version = 2

// Read reads a plain text: one record.
func Read(in *reader.Input, out reader.Output) error {
	s, err := in.Text()
	if err != nil {
		return err
	}
	rec := record.Record{IsFile: true}
	text, err := frontmatter.Read(s, in.Mapping, &rec)
	if err != nil {
		text = s // a text that merely starts with a line of dashes
	}
	if len(text) == len(s) {
		text = header(s, &rec)
	}
	rec.Set(record.Body, record.Mapped, []record.Value{{Text: text}})
	out.Emit(&rec)
	return nil
}

// header reads the lines "Name: value" that some plain texts start with, as
// mail does, into rec: at least two, all of names that mean something, and a
// blank line after them. It returns the text below; without such lines that is
// all of s, and rec is as it was.
func header(s string, rec *record.Record) (text string) {
	var found record.Record
	n := 0
	for text = s; ; n++ {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		if strings.TrimSpace(line) == "" {
			break
		}
		key, value, colon := strings.Cut(line, ":")
		name := record.Lookup(record.Fold(nil, []byte(key)))
		if !colon || n >= int(record.NumFields) || name.Field == record.NoField || name.Field == record.Body {
			return s
		}
		found.Set(name.Field, name.Rank, []record.Value{{Text: value, From: "line " + strconv.Itoa(n+1)}})
	}
	if n < 2 {
		return s
	}
	found.IsFile, found.Problems = rec.IsFile, nil // such a header was never told as cut
	*rec = found
	return text
}
