package query

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// maxWarnings is how many warnings a person would read.
const maxWarnings = 10

// ParseLenient reads a query, mending what is wrong: the tree is always one
// that Parse could return. Each warning says what was wrong and how it was
// taken.
func ParseLenient(typed string) (Node, []string) {
	t := plainOf(typed)
	s := t.text
	c := capitalsOf(s)
	p := parser{text: s, lenient: true, plain: c.areText(s)}
	p.warnings = c.remarks(p.plain)
	if len(s) > maxQuery {
		p.text = cut(s, maxQuery)
		p.warnings = append(p.warnings[:0], fmt.Sprintf("query longer than %d bytes; took its start", maxQuery))
	}
	// A lenient parser reports no error.
	_ = p.admit()
	n, _ := p.query()
	if p.dropped > 0 {
		p.warnings = append(p.warnings, fmt.Sprintf("%d more mended", p.dropped))
	}
	return t.node(n), p.warnings
}

// cut returns at most limit bytes of the start of s, up to the end of a word
// where there is one.
func cut(s string, limit int) string {
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	if space := strings.LastIndexAny(s[:limit], " \t\n"); space > 0 {
		limit = space
	}
	return s[:limit]
}
