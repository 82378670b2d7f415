package dowjones

import (
	"strconv"
	"strings"

	"github.com/newsq/newsq/internal/extract"
)

// object is an object of JSON.
type object map[string]any

// at returns what stands at a path of names. Of a list on the way the first element
// counts.
func (o object) at(path ...string) any {
	var v any = map[string]any(o)
	for _, name := range path {
		if list := listOf(v); len(list) > 0 {
			v = list[0]
		}
		v = mapOf(v)[name]
	}
	return v
}

// text returns the text at a path; empty when there is none.
func (o object) text(path ...string) string {
	s, _ := o.at(path...).(string)
	return strings.TrimSpace(s)
}

// firstText returns the text at the first of several paths, with dots, that has
// one.
func (o object) firstText(paths ...string) string {
	for _, path := range paths {
		if s := o.text(strings.Split(path, ".")...); s != "" {
			return s
		}
	}
	return ""
}

func mapOf(v any) map[string]any {
	m, _ := v.(map[string]any)
	return m
}

func listOf(v any) []any {
	l, _ := v.([]any)
	return l
}

// number returns a number, which may stand as a text.
func number(v any) (n int, ok bool) {
	switch v := v.(type) {
	case float64:
		return int(min(max(v, 0), 1<<30)), true
	case string:
		n, err := strconv.Atoi(v)
		return n, err == nil
	}
	return 0, false
}

// maxDepth bounds how deep the nodes of a text are read. Sentences lie seven deep.
const maxDepth = 64

// textOf returns all text in a node: of a headline that of its main part, of
// paragraphs one after another.
func textOf(v any) string {
	var b strings.Builder
	writeText(&b, v, 0)
	return b.String()
}

func writeText(b *strings.Builder, v any, depth int) {
	if depth > maxDepth {
		return
	}
	switch v := v.(type) {
	case string:
		if depth == 0 {
			b.WriteString(v)
		}
	case []any:
		for _, e := range v {
			writeText(b, e, depth+1)
		}
	case map[string]any:
		if v["type"] == "Paragraph" && b.Len() > 0 {
			b.WriteString("\n\n")
		}
		if s, ok := v["text"].(string); ok {
			b.WriteString(s)
		}
		if main, ok := v["main"]; ok {
			writeText(b, main, depth+1)
		}
		writeText(b, v["content"], depth+1)
	}
}

// paragraphsOf returns the paragraphs in a node.
func paragraphsOf(v any, blocks []extract.Block) []extract.Block {
	for text := range strings.SplitSeq(textOf(v), "\n\n") {
		if text = oneLine(text); text != "" {
			blocks = append(blocks, extract.Block{Text: text})
		}
	}
	return blocks
}
