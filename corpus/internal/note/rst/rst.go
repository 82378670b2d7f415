// Package rst reads texts in reStructuredText, as generators of sites and writers
// of documentation have them.
//
// The title is underlined, and may have a line above. Below it stand fields,
// ":name: value", or comments ".. name: value". Other headings are underlined too, and the layout of plain text
// finds them. Of markup the text stays: directives and comments go, but for the
// text of notes and quotes.
package rst

import (
	"encoding/json"
	"regexp"
	"strings"
	"sync"

	"github.com/newsq/newsq/corpus/internal/frontmatter"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
)

// Version is raised whenever the same text would be read differently.
const Version = 1

// Read reads a text: one record.
func Read(in *reader.Input, out reader.Output) error {
	s, err := in.Text()
	if err != nil {
		return err
	}
	rec := record.Record{IsFile: true}
	title, rest := cutTitle(s)
	values, rest := fields(rest)
	if _, stated := values["title"]; title != "" && !stated {
		values["title"] = title
	}
	if summary, ok := values["summary"].(string); ok {
		values["summary"] = withoutMarkup(summary)
	}
	if status, _ := values["status"].(string); strings.EqualFold(status, "draft") || strings.EqualFold(status, "hidden") {
		rec.Handling = &record.Handling{Status: "withheld"} // as Pelican has it
	}
	if b, err := json.Marshal(values); err == nil && len(values) > 0 {
		frontmatter.Read("---json\n"+string(b)+"\n---\n", in.Mapping, &rec)
	}
	rec.Set(record.Body, record.Mapped, []record.Value{{Text: withoutMarkup(rest)}})
	out.Emit(&rec)
	return nil
}

// isRule reports whether a line is one of a sign, as stand below headings.
func isRule(s string) bool {
	s = strings.TrimRight(s, " \t")
	return len(s) >= 3 && strings.Trim(s, s[:1]) == "" && strings.Contains("=-`:'\"~^_*+#<>.", s[:1])
}

// cutTitle returns the title that a text begins with, and what stands below it.
func cutTitle(s string) (title, rest string) {
	s = strings.TrimLeft(s, "\n")
	first, after, _ := strings.Cut(s, "\n")
	if isRule(first) {
		title, after, _ = strings.Cut(after, "\n")
	} else {
		title = first
	}
	rule, after, _ := strings.Cut(after, "\n")
	if title = strings.TrimSpace(title); title == "" || !isRule(rule) {
		return "", s
	}
	return title, after
}

// maxFields bounds the fields above a text.
const maxFields = 200

// fields returns the fields that a text begins with, and the text below them. A
// line that is indented goes on with the value above.
func fields(s string) (values map[string]any, rest string) {
	values = map[string]any{}
	rest = strings.TrimLeft(s, "\n")
	last := ""
	for rest != "" && len(values) < maxFields {
		line, after, _ := strings.Cut(rest, "\n")
		fact, isField := strings.CutPrefix(line, ":")
		comment, isComment := strings.CutPrefix(line, ".. ") // as older blogs have it
		if isComment {
			fact = comment
		}
		name, value, ok := strings.Cut(fact, ":")
		isComment = isComment && !strings.ContainsAny(name, " _")
		switch {
		case (isField || isComment) && ok && name != "" && (value == "" || value[0] == ' '):
			last = strings.ToLower(name)
			values[last] = strings.TrimSpace(value)
		case last != "" && strings.HasPrefix(line, " "):
			text, _ := values[last].(string)
			values[last] = strings.TrimSpace(text + "\n" + strings.TrimSpace(line))
		default:
			return joined(values), rest
		}
		rest = after
	}
	return joined(values), rest
}

// joined returns values of several lines as lists where each line has a mark of a
// list, else as one line.
func joined(values map[string]any) map[string]any {
	for name, v := range values {
		text, _ := v.(string)
		lines := strings.Split(text, "\n")
		var list []any
		for _, l := range lines {
			if item, ok := strings.CutPrefix(l, "- "); ok {
				list = append(list, strings.TrimSpace(item))
			}
		}
		if values[name] = strings.Join(lines, " "); len(list) == len(lines) {
			values[name] = list
		}
	}
	return values
}

func pattern(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}

var (
	link   = pattern("`([^`<]+?)\\s*<[^`>]*>`__?")
	role   = pattern(":[a-z:]+:`([^`]+)`")
	quoted = pattern("``?([^`]+)``?_{0,2}")
	strong = pattern(`\*{1,2}([^*\s](?:[^*\n]*[^*\s])?)\*{1,2}`)
)

// withoutMarkup returns a text without directives and the signs of inline markup.
func withoutMarkup(s string) string {
	var b strings.Builder
	skip, text := false, false // what is indented, of a directive
	for line := range strings.Lines(s) {
		indented := strings.HasPrefix(line, " ") || strings.TrimSpace(line) == ""
		switch {
		case strings.HasPrefix(line, ".. "), strings.TrimSpace(line) == "..":
			text = isText(line)
			skip = !text
			b.WriteByte('\n')
			continue
		case skip && indented:
			continue
		}
		skip, text = false, text && indented
		if text {
			line = strings.TrimLeft(line, " ")
		}
		b.WriteString(line)
	}
	s = link().ReplaceAllString(b.String(), "$1")
	s = role().ReplaceAllString(s, "$1")
	s = quoted().ReplaceAllString(s, "$1")
	return strong().ReplaceAllString(s, "$1")
}

// isText reports whether a directive holds text of the article.
func isText(line string) bool {
	name, _, ok := strings.Cut(strings.TrimPrefix(line, ".. "), "::")
	if !ok {
		return false
	}
	switch strings.TrimSpace(name) {
	case "note", "warning", "tip", "hint", "important", "attention", "caution", "epigraph", "pull-quote", "highlights", "topic", "sidebar", "compound", "container":
		return true
	}
	return false
}
