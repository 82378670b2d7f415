// Package frontmatter reads the fields that stand above a text, for the
// readers of plain text and of Markdown.
package frontmatter

import (
	stdjson "encoding/json"
	"fmt"

	"github.com/newsq/newsq/corpus/internal/json"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// Read takes the fields that front matter states into rec, and returns the
// text that follows it. When the front matter can't be read, the error says
// why, rec is as it was, and text is what stands below it.
func Read(s string, m *record.Mapping, rec *record.Record) (text string, err error) {
	meta, text, err := extract.FrontMatter(s)
	if err != nil || len(meta) == 0 {
		return text, err
	}
	// What is nested, and what a date is, the reader of JSON knows already;
	// front matter is small enough to be written so.
	b, err := stdjson.Marshal(meta)
	found := *rec
	if err == nil {
		err = json.NewParser(m).Fields(b, &found)
	}
	if err != nil {
		return text, fmt.Errorf("front matter: %w", err)
	}
	found.Drop(record.Body) // the text below is the body
	*rec = found
	return text, nil
}
