package notion

import (
	"encoding/json"
	"strings"

	"golang.org/x/net/html"

	"github.com/newsq/newsq/corpus/internal/frontmatter"
	"github.com/newsq/newsq/corpus/internal/markdown"
	"github.com/newsq/newsq/corpus/internal/record"
)

// readMarkdown reads a page in Markdown: the heading, the properties of a page of
// a database, and the text.
func readMarkdown(s string, inDatabase bool, m *record.Mapping, rec *record.Record) error {
	title, rest, _ := strings.Cut(strings.TrimLeft(s, "\ufeff\n"), "\n")
	if heading, ok := strings.CutPrefix(title, "# "); ok {
		rec.Set(record.Title, record.Mapped, []record.Value{{Text: strings.TrimSpace(heading), From: "heading"}})
		s = rest
	}
	if inDatabase {
		var values map[string]any
		if values, s = properties(s); len(values) > 0 {
			setProperties(values, m, rec)
		}
	}
	return markdown.Blocks(s, rec)
}

// maxProperties bounds the properties of a page.
const maxProperties = 200

// properties returns the properties that stand at the start of a text, one a
// line, and the text below them.
func properties(s string) (values map[string]any, rest string) {
	values = map[string]any{}
	rest = strings.TrimLeft(s, "\n")
	for rest != "" && len(values) < maxProperties {
		line, after, _ := strings.Cut(rest, "\n")
		name, value, ok := strings.Cut(line, ": ")
		if !ok || name == "" || len(name) > maxName {
			break
		}
		values[name] = strings.TrimSpace(value)
		rest = after
	}
	return values, rest
}

// maxName is the longest name of a property, in bytes.
const maxName = 100

// setProperties takes properties as if they were front matter.
func setProperties(values map[string]any, m *record.Mapping, rec *record.Record) {
	b, err := json.Marshal(values)
	if err != nil {
		return // they are texts
	}
	title := rec.Values(record.Title)
	frontmatter.Read("---json\n"+string(b)+"\n---\n", m, rec)
	if len(title) > 0 {
		rec.Drop(record.Title)
		rec.Set(record.Title, record.Mapped, title)
	}
}

// readHTML reads a page in HTML.
func readHTML(s string, m *record.Mapping, rec *record.Record) error {
	root, err := html.Parse(strings.NewReader(s))
	if err != nil {
		return err
	}
	if t := find(root, "page-title"); t != nil {
		if s := textOf(t); s != "" {
			rec.Set(record.Title, record.Mapped, []record.Value{{Text: s, From: "heading"}})
		}
	}
	if d := find(root, "page-description"); d != nil {
		if s := textOf(d); s != "" {
			rec.Set(record.Summary, record.Mapped, []record.Value{{Text: s, From: "description"}})
		}
	}
	if table := find(root, "properties"); table != nil {
		setProperties(rows(table), m, rec)
	}
	if body := find(root, "page-body"); body != nil {
		var b strings.Builder
		for c := body.FirstChild; c != nil; c = c.NextSibling {
			if err := html.Render(&b, c); err != nil {
				return err
			}
		}
		rec.Set(record.Body, record.Mapped, []record.Value{{Text: b.String(), From: "page"}})
		rec.Form = record.HTML
	}
	return nil
}

// find returns the first element of a class.
func find(root *html.Node, class string) *html.Node {
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			if a.Key == "class" && (a.Val == class || strings.HasPrefix(a.Val, class+" ")) {
				return n
			}
		}
	}
	return nil
}

// textOf returns the text of an element, on one line.
func textOf(root *html.Node) string {
	var b strings.Builder
	for n := range root.Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// rows returns the properties in a table: in each row a name, and a value which
// may be several.
func rows(table *html.Node) map[string]any {
	values := map[string]any{}
	for tr := range table.Descendants() {
		if tr.Type != html.ElementNode || tr.Data != "tr" || len(values) >= maxProperties {
			continue
		}
		name := ""
		for c := tr.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c.Type != html.ElementNode:
			case c.Data == "th":
				name = textOf(c)
			case c.Data == "td" && name != "":
				values[name] = cell(c)
			}
		}
	}
	return values
}

// cell returns the value of a property: a list when it is one.
func cell(td *html.Node) any {
	var list []any
	for n := range td.Descendants() {
		for _, a := range n.Attr {
			if a.Key == "class" && strings.HasPrefix(a.Val, "selected-value") {
				list = append(list, textOf(n))
			}
		}
		if n.Data == "time" {
			return strings.TrimPrefix(textOf(n), "@")
		}
	}
	if list != nil {
		return list
	}
	return textOf(td)
}
