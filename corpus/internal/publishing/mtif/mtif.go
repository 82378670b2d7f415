// Package mtif reads the import format of Movable Type, which TypePad, Hatena and
// other systems of blogs export.
//
// An entry is a head of lines "NAME: value", and texts that follow their names on
// lines of their own. Five dashes end the head and each text, eight an entry.
// Comments and pings are passed over. A draft is one that its sender withholds.
package mtif

import (
	"fmt"
	"strings"
	"time"

	"github.com/newsq/newsq/corpus/internal/markdown"
	"github.com/newsq/newsq/corpus/internal/publishing"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
)

// Version is raised whenever the same bytes would be read differently.
const Version = 1

// Recognize reports whether a file is in this format.
func Recognize(h *reader.Head) bool {
	if !h.HasPrefix("AUTHOR:") && !h.HasPrefix("TITLE:") && !h.HasPrefix("BASENAME:") {
		return false
	}
	return (h.Contains("\nBODY:\n") || h.Contains("\nBODY:\r\n") || h.Contains("\nBODY: \n")) && h.Contains("\n-----") && (h.Contains("\nDATE: ") || h.Contains("\nSTATUS: "))
}

// Read reads all entries of a file.
func Read(in *reader.Input, out reader.Output) error {
	s, err := in.Text()
	if err != nil {
		return err
	}
	lines := strings.Split(s, "\n")
	n := 0
	for at := 0; at < len(lines); {
		e, next := entryAt(lines, at)
		if len(e.head) == 0 && len(e.texts) == 0 {
			at = next
			continue
		}
		n++
		rec := record.Record{Line: at + 1, Number: n, Place: e.value("BASENAME")}
		if rec.Place == "" {
			rec.Place = fmt.Sprint(n)
		}
		if err := reader.Guard(func() error { return e.fill(&rec) }); err != nil {
			if !out.Fail(&reader.Fault{Line: at + 1, Err: err}) {
				return nil
			}
		} else if !out.Emit(&rec) {
			return nil
		}
		at = next
	}
	if n == 0 {
		return &reader.Fault{Err: record.ErrNoText}
	}
	return nil
}

// entry is an entry as it stands.
type entry struct {
	head  map[string][]string
	texts map[string]string
}

func (e *entry) value(name string) string {
	if v := e.head[name]; len(v) > 0 {
		return v[0]
	}
	return ""
}

const (
	endOfText  = "-----"
	endOfEntry = "--------"
)

// entryAt reads the entry that begins at a line, and returns the line behind it.
func entryAt(lines []string, at int) (e entry, next int) {
	e = entry{map[string][]string{}, map[string]string{}}
	for at < len(lines) {
		line := strings.TrimRight(lines[at], " ")
		switch name, isText := strings.CutSuffix(line, ":"); {
		case line == endOfEntry:
			return e, at + 1
		case isText && isTextName(name):
			end := textEnd(lines, at+1)
			text := strings.TrimSpace(strings.Join(lines[at+1:end], "\n"))
			if _, twice := e.texts[name]; !twice {
				e.texts[name] = text
			}
			at = end
		default:
			if name, value, ok := strings.Cut(line, ": "); ok && isHeadName(name) {
				e.head[name] = append(e.head[name], strings.TrimSpace(value))
			}
		}
		at++
	}
	return e, at
}

// textEnd returns the line of the dashes that end a text. Dashes within a text are
// followed by something else than a name, or the end of the entry.
func textEnd(lines []string, at int) int {
	for ; at < len(lines); at++ {
		if strings.TrimRight(lines[at], " ") != endOfText {
			continue
		}
		next := at + 1
		for next < len(lines) && strings.TrimSpace(lines[next]) == "" {
			next++
		}
		if next == len(lines) {
			return at
		}
		line := strings.TrimRight(lines[next], " ")
		name, isText := strings.CutSuffix(line, ":")
		if line == endOfEntry || line == endOfText || isText && isTextName(name) {
			return at
		}
	}
	return at
}

func isTextName(name string) bool {
	switch name {
	case "BODY", "EXTENDED BODY", "EXCERPT", "KEYWORDS", "COMMENT", "PING":
		return true
	}
	return false
}

func isHeadName(name string) bool {
	return name != "" && strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ _") == ""
}

// fill takes what an entry says into a record.
func (e *entry) fill(rec *record.Record) error {
	publishing.Set(rec, record.Title, "TITLE", e.value("TITLE"))
	if name := e.value("AUTHOR"); !publishing.IsAccount(name) {
		publishing.Set(rec, record.Authors, "AUTHOR", name)
	}
	publishing.Set(rec, record.Published, "DATE", dateOf(e.value("DATE")))
	publishing.Set(rec, record.URL, "UNIQUE URL", e.value("UNIQUE URL"))
	for _, name := range append(e.head["PRIMARY CATEGORY"], e.head["CATEGORY"]...) {
		publishing.Set(rec, record.Topics, "CATEGORY", name)
	}
	for _, list := range append(e.head["TAGS"], e.texts["KEYWORDS"]) {
		for tag := range strings.FieldsFuncSeq(list, func(r rune) bool { return r == ',' || r == '\n' }) {
			publishing.Set(rec, record.Topics, "TAGS", strings.Trim(tag, ` "`))
		}
	}
	publishing.Set(rec, record.Summary, "EXCERPT", e.texts["EXCERPT"])
	switch strings.ToLower(e.value("STATUS")) {
	case "draft", "future", "review", "junk", "unpublish", "unpublished":
		rec.Handling = publishing.Withheld()
	}
	text := strings.TrimSpace(e.texts["BODY"] + "\n\n" + e.texts["EXTENDED BODY"])
	if strings.HasPrefix(e.value("CONVERT BREAKS"), "markdown") {
		return markdown.Blocks(text, rec)
	}
	publishing.SetHTML(rec, "BODY", text)
	return nil
}

// dateOf returns a date so that it can be read in one way only: months come first.
func dateOf(s string) string {
	for _, layout := range [...]string{"01/02/2006 03:04:05 PM", "01/02/2006 15:04:05", "01/02/2006 03:04 PM", "01/02/2006 15:04", "01/02/2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.Format(time.DateTime)
		}
	}
	return s
}
