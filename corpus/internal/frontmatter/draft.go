package frontmatter

import (
	"strings"

	"github.com/newsq/newsq/corpus/internal/record"
)

// withheld is what a draft says of its use.
func withheld() *record.Handling { return &record.Handling{Status: "withheld"} }

// isDraft reports whether front matter says that a page is not published, as
// Hugo, Jekyll and Hexo have it.
func isDraft(values map[string]any) bool {
	for name, v := range values {
		on, isFlag := flag(v)
		switch strings.ToLower(name) {
		case "draft":
			if isFlag && on {
				return true
			}
		case "published":
			if isFlag && !on {
				return true
			}
		}
	}
	return false
}

// flag returns a value that is yes or no.
func flag(v any) (on, ok bool) {
	switch v := v.(type) {
	case bool:
		return v, true
	case string:
		switch strings.ToLower(v) {
		case "true", "yes":
			return true, true
		case "false", "no":
			return false, true
		}
	}
	return false, false
}

// isDraftStatus reports whether a status in a header of lines is that of a page
// which is not published, as Pelican and Nikola have it.
func isDraftStatus(s string) bool {
	switch strings.ToLower(s) {
	case "draft", "private", "hidden", "skip":
		return true
	}
	return false
}

// commented returns a text whose header stands in a comment, or in comments of
// reStructuredText, as Nikola writes it, with a header of plain lines:
//
//	<!--
//	.. title: Ferries
//	.. date: 2026-01-05 10:00:00 UTC+01:00
//	-->
func commented(s string) string {
	rest, inComment := strings.CutPrefix(strings.TrimLeft(s, "\n"), "<!--")
	rest = strings.TrimLeft(rest, " \n")
	if !strings.HasPrefix(rest, ".. ") {
		return s
	}
	var b strings.Builder
	for {
		line, after, _ := strings.Cut(rest, "\n")
		fact, ok := strings.CutPrefix(line, ".. ")
		if !ok || !strings.Contains(fact, ":") || strings.Contains(fact, "::") {
			break
		}
		if _, value, _ := strings.Cut(fact, ":"); strings.TrimSpace(value) != "" {
			b.WriteString(fact + "\n")
		}
		rest = after
	}
	if inComment {
		var closed bool
		if rest, closed = strings.CutPrefix(strings.TrimLeft(rest, " \n"), "-->"); !closed {
			return s
		}
	}
	return b.String() + "\n" + strings.TrimLeft(rest, "\n")
}
