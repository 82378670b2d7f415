// Package markdown reads Markdown texts, with or without front matter.
package markdown

import (
	"github.com/newsq/newsq/corpus/internal/frontmatter"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// Version is raised whenever the same text would be read differently.
const Version = 2

// Read reads a Markdown text: one record. Its title is that of the front
// matter, else a heading with which the text begins. Where the front matter
// can't be read, the record tells, and the text below it is read all the same.
func Read(in *reader.Input, out reader.Output) error {
	s, err := in.Text()
	if err != nil {
		return err
	}
	rec := record.Record{IsFile: true, HeadingIsTitle: true}
	text, err := frontmatter.Read(s, in.Mapping, &rec)
	if err != nil {
		rec.Problems = append(rec.Problems, record.Problem{From: "front matter", Err: err})
	}
	err = reader.Guard(func() error {
		rec.Blocks = extract.Markdown(text)
		return nil
	})
	if err != nil {
		return err
	}
	out.Emit(&rec)
	return nil
}
