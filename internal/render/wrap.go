package render

import (
	"strings"

	"github.com/rivo/uniseg"

	"github.com/newsq/newsq/index"
)

// wrap divides s, one paragraph of clean text, into lines of at most width
// columns and returns their byte ranges, without the blanks around them. Lines
// end where Unicode's line breaking (UAX 14) allows it, which for Chinese or
// Japanese is nearly everywhere; a stretch without such a place that is wider
// than width stays whole.
func wrap(s string, width int) []index.Span {
	var lines []index.Span
	start, columns := 0, 0 // of the line being filled
	end := func(at int) {
		line := s[start:at]
		from := start + len(line) - len(strings.TrimLeft(line, " "))
		to := start + len(strings.TrimRight(line, " "))
		if from < to {
			lines = append(lines, index.Span{Start: from, End: to})
		}
		start, columns = at, 0
	}
	rest, state := s, -1
	for rest != "" {
		at := len(s) - len(rest)
		var segment string // a word with the blanks that follow it
		if n := plainSegment(rest); n > 0 {
			segment, rest, state = rest[:n], rest[n:], -1
		} else {
			segment, rest, _, state = uniseg.FirstLineSegmentInString(rest, state)
		}
		word := strings.TrimRight(segment, " ")
		w := columnsOf(word)
		if columns > 0 && w > 0 && columns+w > width {
			end(at)
		}
		if w > 0 || columns > 0 { // blanks at the start of a line take no room
			columns += w + len(segment) - len(word)
		}
	}
	end(len(s))
	return lines
}

// plainSegment returns the length of the first segment of s if it plainly
// ends: a word of ASCII letters and digits with full stops or commas behind it,
// then blanks, then a letter or digit. Else 0, and uniseg must say, which takes
// twenty times as long, and longer still when its tables are read first.
func plainSegment(s string) int {
	i := 0
	for i < len(s) && isASCIIWord(s[i]) {
		i++
	}
	if i == 0 {
		return 0
	}
	for i < len(s) && (s[i] == '.' || s[i] == ',') {
		i++
	}
	word := i
	for i < len(s) && s[i] == ' ' {
		i++
	}
	if i == word || i == len(s) || !isASCIIWord(s[i]) {
		return 0
	}
	return i
}

func isASCIIWord(b byte) bool { return b-'0' < 10 || b|0x20-'a' < 26 }

// columnsOf returns the number of terminal columns that clean text takes.
func columnsOf(s string) int {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] > '~' {
			return uniseg.StringWidth(s)
		}
	}
	return len(s)
}

// truncate shortens clean text to at most width columns. The last column is
// then an ellipsis.
func truncate(s string, width int) string {
	if columnsOf(s) <= width {
		return s
	}
	if width < 1 {
		return ""
	}
	used, state, rest := 0, -1, s
	for rest != "" {
		_, after, w, next := uniseg.FirstGraphemeClusterInString(rest, state)
		if used+w > width-1 {
			break
		}
		used, rest, state = used+w, after, next
	}
	return strings.TrimRight(s[:len(s)-len(rest)], " ") + "…"
}

// pad returns s followed by blanks up to width columns.
func pad(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-columnsOf(s)))
}

// truncateStart is truncate at the other end: the first column is then an
// ellipsis.
func truncateStart(s string, width int) string {
	columns := columnsOf(s)
	if columns <= width {
		return s
	}
	state, rest := -1, s
	for rest != "" && columns > width-1 {
		var w int
		_, rest, w, state = uniseg.FirstGraphemeClusterInString(rest, state)
		columns -= w
	}
	return "…" + rest
}
