// Package frontmatter reads the facts that stand above a text, for the readers
// of plain text and of Markdown: front matter in YAML, TOML or JSON, and lines
// "Name: value" as mail, programs that turn pages into text, and some
// generators of sites write them.
package frontmatter

import (
	stdjson "encoding/json"
	"errors"
	"fmt"

	"github.com/newsq/newsq/corpus/internal/json"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// Read takes the facts that stand above a text into rec, and returns the text
// below them. What could not be read as it was written is among the problems
// of rec. IsMarkdown reports that the text is said to be Markdown.
func Read(s string, m *record.Mapping, rec *record.Record) (text string, isMarkdown bool) {
	s = commented(s)
	f, ok := extract.ReadFrontMatter(s, func(name string) bool { return isKnown(name, m) })
	if !ok {
		h, ok := readHeader(s, m)
		if !ok {
			return s, false
		}
		f, isMarkdown = extract.FrontMatter{Values: h.values, Rest: h.rest}, h.isMarkdown
		if h.isDraft {
			rec.Handling = withheld()
		}
	} else if isDraft(f.Values) {
		rec.Handling = withheld()
	}
	for _, fault := range f.Faults {
		rec.Problems = append(rec.Problems, record.Problem{
			From: fmt.Sprintf("front matter, line %d", fault.Line), Excerpt: fault.Text, Err: fmt.Errorf("front matter: %w", fault),
		})
	}
	if len(f.Values) == 0 {
		return f.Rest, isMarkdown
	}
	settle(f.Values, m)
	// What is nested, and what a date is, the reader of JSON knows already;
	// front matter is small enough to be written so.
	b, err := stdjson.Marshal(f.Values)
	found := *rec
	if err == nil {
		err = json.NewParser(m).Fields(b, &found)
	}
	if err != nil {
		rec.Problems = append(rec.Problems, record.Problem{From: "front matter", Err: errors.Join(extract.ErrFrontMatter, err)})
		return f.Rest, isMarkdown
	}
	found.Drop(record.Body) // the text below is the body
	found.Form = rec.Form
	*rec = found
	return f.Rest, isMarkdown
}

// isKnown reports whether a name means something, or holds names that may.
func isKnown(name string, m *record.Mapping) bool {
	if below := m.At([]byte(name)); below.Field() != record.NoField || below.HasBelow() {
		return true
	}
	return lookup(name) != record.NoField || containers[fold(name)]
}
