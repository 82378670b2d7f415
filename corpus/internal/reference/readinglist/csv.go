package readinglist

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/reference"
)

// head returns the names of the columns of a table of links, in lower case; nil when
// a text does not begin with a line of names, or has a column of texts.
func head(h *reader.Head) map[string]bool {
	text := string(h.Text)
	line, _, _ := strings.Cut(text[:min(len(text), 1<<10)], "\n")
	if strings.Count(line, ",") < 2 {
		return nil
	}
	names := map[string]bool{}
	for name := range strings.SplitSeq(line, ",") {
		names[strings.ToLower(strings.Trim(name, " \t\r\""))] = true
	}
	for _, text := range [...]string{"text", "body", "content", "full text", "article", "html"} {
		if names[text] {
			return nil // of a program's own: no reading list has a column of texts
		}
	}
	return names
}

// RecognizePocketTable reports whether a text is Pocket's table of links.
func RecognizePocketTable(h *reader.Head) bool {
	names := head(h)
	return names["url"] && names["title"] && names["time_added"]
}

// RecognizeInstapaper reports whether a text is Instapaper's table of links.
func RecognizeInstapaper(h *reader.Head) bool {
	names := head(h)
	return names["url"] && names["title"] && names["selection"] && names["folder"]
}

// RecognizeReadwise reports whether a text is Readwise Reader's table of links.
func RecognizeReadwise(h *reader.Head) bool {
	names := head(h)
	return names["url"] && names["title"] && names["document tags"] && names["saved date"]
}

// RecognizeHighlights reports whether a text is Readwise's table of what was marked.
func RecognizeHighlights(h *reader.Head) bool {
	names := head(h)
	return names["highlight"] && names["book title"] && names["book author"]
}

// RecognizeOther reports whether a text is the table of links of Raindrop or of
// Matter.
func RecognizeOther(h *reader.Head) bool {
	names := head(h)
	return names["url"] && names["title"] && (names["excerpt"] && names["folder"] && names["created"] || names["in queue"] && names["word count"])
}

// ReadTable reads a table of links: a record for each row.
func ReadTable(in *reader.Input, out reader.Output) error {
	s, err := in.Text()
	if err != nil {
		return err
	}
	r := csv.NewReader(strings.NewReader(s))
	r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord = true, -1, true
	first, err := r.Read()
	if err != nil {
		return err
	}
	names := make([]string, len(first))
	for i, name := range first {
		names[i] = strings.ToLower(strings.TrimSpace(name))
	}
	places := reference.Places{}
	for n := 1; ; {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		line, _ := r.FieldPos(0)
		if err != nil {
			if !out.Fail(&reader.Fault{Line: line, Err: err}) {
				return nil
			}
			continue
		}
		var l reference.Link
		for i, cell := range row[:min(len(row), len(names))] {
			setCell(&l, names[i], strings.TrimSpace(cell))
		}
		if l.IsEmpty() {
			continue
		}
		if !out.Emit(l.LinkRecord(n, line, places)) {
			return nil
		}
		n++
	}
}

// setCell takes the cell of a column.
func setCell(l *reference.Link, name, cell string) {
	if cell == "" {
		return
	}
	switch name {
	case "highlight":
		l.SetText(name, cell)
	case "title", "book title":
		l.SetTitle(name, cell)
	case "url":
		l.SetAddress(name, cell)
	case "id":
		l.SetPlace(cell)
	case "tags", "document tags":
		l.List(record.Topics, name, strings.ReplaceAll(cell, "|", ","))
	case "author", "book author":
		l.Author(0, name, cell)
	case "publisher":
		l.Set(record.Source, 0, name, cell)
	case "published date", "published":
		l.Date(0, name, cell)
	case "time_added", "timestamp", "saved date", "created", "last interaction date", "highlighted at":
		l.Saved(name, cell)
	case "selection", "excerpt", "summary", "description", "note":
		l.Set(record.Summary, rankOfSummary(name), name, cell)
	}
}

func rankOfSummary(name string) int {
	switch name {
	case "selection":
		return 0
	case "summary", "excerpt", "description":
		return 1
	}
	return 2
}
