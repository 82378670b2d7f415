package layout

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// LooksHTML reports whether s is marked up: whether it closes an element of
// HTML, breaks a line, or begins a paragraph. A name in angle brackets alone,
// as wire services write companies, is no markup.
func LooksHTML(s string) bool {
	for {
		n := strings.IndexByte(s, '<')
		if n < 0 {
			return false
		}
		s = s[n+1:]
		name, closes := strings.CutPrefix(s[:min(len(s), 16)], "/")
		end := strings.IndexAny(name, "> /")
		if end <= 0 {
			continue
		}
		tag := atom.Lookup([]byte(strings.ToLower(name[:end])))
		if tag == atom.Br || tag != 0 && closes || tag == atom.P && name[0] == 'p' {
			return true
		}
	}
}

// TidyBlock makes sure that a block is one: without blank lines, and without
// white space at its ends.
func TidyBlock(s string) string {
	s = strings.Trim(s, " \t\n")
	if strings.IndexByte(s, '\n') < 0 {
		return s
	}
	var b strings.Builder
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.TrimRight(line, " \t"); line == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(line)
	}
	return b.String()
}
