// Package export writes what a search finds to files: the articles themselves,
// documents to read, tables, citations.
//
// [Write] writes hits as they come, so that memory does not depend on how many
// there are. Documents begin with a table of contents, which is only known at
// the end; their articles are kept in a temporary file until then.
package export

import (
	"fmt"
	"slices"
	"strings"
)

// Format is a form in which articles are written.
type Format string

// The formats.
const (
	// JSONL is JSON Lines: each article with all that is known of it. The readers of
	// package corpus read it back without loss.
	JSONL Format = "jsonl"
	// CSV is a table by RFC 4180, with a line of names.
	CSV Format = "csv"
	// Markdown and HTML are documents: passages and texts, with a table of contents.
	Markdown Format = "md"
	HTML     Format = "html"
	// RIS, BibTeX and CSL are citations; CSL is CSL-JSON.
	RIS    Format = "ris"
	BibTeX Format = "bibtex"
	CSL    Format = "csl"
	// EPUB is a book of EPUB 3.3 with a chapter for each article.
	EPUB Format = "epub"
)

// Formats lists the formats.
func Formats() []Format { return []Format{JSONL, CSV, Markdown, HTML, RIS, BibTeX, CSL, EPUB} }

// ParseFormat reads the name of a format.
func ParseFormat(name string) (Format, error) {
	f := Format(strings.ToLower(strings.TrimSpace(name)))
	if !slices.Contains(Formats(), f) {
		return "", fmt.Errorf("there is no format %q; there are %s", name, names())
	}
	return f, nil
}

func names() string {
	var list []string
	for _, f := range Formats() {
		list = append(list, string(f))
	}
	return strings.Join(list, ", ")
}

// OfFile returns the format that the extension of a file's name tells; false
// where it tells none. A .json is CSL-JSON, as programs for references call it.
func OfFile(name string) (Format, bool) {
	dot := strings.LastIndexByte(name, '.')
	if dot < 0 {
		return "", false
	}
	switch strings.ToLower(name[dot+1:]) {
	case "jsonl", "ndjson":
		return JSONL, true
	case "csv":
		return CSV, true
	case "md", "markdown":
		return Markdown, true
	case "html", "htm":
		return HTML, true
	case "ris":
		return RIS, true
	case "bib", "bibtex":
		return BibTeX, true
	case "json":
		return CSL, true
	case "epub":
		return EPUB, true
	}
	return "", false
}

// ShowsPassages reports whether the format has the passages of hits, so that a
// query needs to cut them.
func (f Format) ShowsPassages() bool {
	switch f {
	case CSV, Markdown, HTML, EPUB:
		return true
	}
	return false
}
