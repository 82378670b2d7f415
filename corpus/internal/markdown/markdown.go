// Package markdown reads Markdown texts, with or without front matter.
package markdown

import (
	"slices"
	"strings"

	"github.com/newsq/newsq/corpus/internal/frontmatter"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// Version is raised whenever the same text would be read differently.
const Version = 4

// Read reads a Markdown text: one record. Its title is that of the front
// matter, else its first heading, where no prose stands above it. What of the
// front matter can't be read, the record tells. A text with front matter may be
// a page of a site: what its generator fills in is no text, and the page of a
// section is no article.
func Read(in *reader.Input, out reader.Output) error {
	s, err := in.Text()
	if err != nil {
		return err
	}
	rec := record.Record{IsFile: true}
	text, _ := frontmatter.Read(s, in.Mapping, &rec)
	if len(text) < len(s) {
		if isSection(in.Name) {
			return nil
		}
		text = withoutTemplates(text)
	}
	if err := Blocks(text, &rec); err != nil {
		return err
	}
	out.Emit(&rec)
	return nil
}

// RecognizePage reports whether a file is a page of a site that a generator makes,
// written in HTML below its front matter.
func RecognizePage(h *reader.Head) bool {
	if !strings.HasSuffix(h.Name, ".html") && !strings.HasSuffix(h.Name, ".htm") {
		return false
	}
	return (h.HasPrefix("---\n") || h.HasPrefix("---\r\n")) && h.Contains("\n---")
}

// ReadPage reads such a page: one record.
func ReadPage(in *reader.Input, out reader.Output) error {
	s, err := in.Text()
	if err != nil {
		return err
	}
	rec := record.Record{IsFile: true}
	text, _ := frontmatter.Read(s, in.Mapping, &rec)
	if len(text) < len(s) {
		if isSection(in.Name) {
			return nil
		}
		text = withoutTemplates(text)
	}
	rec.Set(record.Body, record.Mapped, []record.Value{{Text: text, From: "below the front matter"}})
	rec.Form = record.HTML
	out.Emit(&rec)
	return nil
}

// Blocks reads the text of a record. The heading that is its title is no
// block: it is the record's, unless that states another.
func Blocks(text string, rec *record.Record) error {
	return reader.Guard(func() error {
		blocks, title := extract.Markdown(text)
		if title >= 0 {
			h := blocks[title].Text
			switch {
			case !rec.Has(record.Title):
				rec.SetFinal(record.Title, record.Value{Text: h, From: "heading"})
			case !strings.EqualFold(h, rec.First(record.Title)):
				title = -1 // a section's
			}
		}
		if title >= 0 {
			blocks = slices.Delete(blocks, title, title+1)
		}
		rec.Blocks = blocks
		return nil
	})
}
