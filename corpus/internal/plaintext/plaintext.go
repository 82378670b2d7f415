// Package plaintext reads plain texts, with or without fields above them. Of
// the text itself it reads nothing: its layout, heading and title are found
// where an article is made of the record.
package plaintext

import (
	"strings"

	"github.com/newsq/newsq/corpus/internal/frontmatter"
	"github.com/newsq/newsq/corpus/internal/markdown"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
)

// Version is raised whenever the same text would be read differently.
const Version = 4

// Read reads a plain text: one record. What a program made of a page, and says
// so above it, is Markdown, and so is what has links of Markdown below a head.
func Read(in *reader.Input, out reader.Output) error {
	s, err := in.Text()
	if err != nil {
		return err
	}
	rec := record.Record{IsFile: true}
	text, isMarkdown := frontmatter.Read(s, in.Mapping, &rec)
	if isMarkdown || len(text) < len(s) && strings.Contains(text, "](http") {
		if err := markdown.Blocks(text, &rec); err != nil {
			return err
		}
	} else {
		rec.Set(record.Body, record.Mapped, []record.Value{{Text: text}})
	}
	out.Emit(&rec)
	return nil
}
