package download

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// CentredIndent is how far from the margin a line in the middle begins, in
// blanks. Paragraphs are indented by at most five.
const CentredIndent = 6

// Text yields the lines of a plain text, each as a paragraph; empty ones too,
// since only they tell where a paragraph of several lines ends.
func Text(s string, each Each) {
	n := 0
	for line := range strings.SplitSeq(s, "\n") {
		n++
		text := strings.TrimSpace(line)
		indent := len(line) - len(strings.TrimLeft(line, " \t"))
		if !each(&Para{Text: text, Line: n, IsLine: true, Indent: indent, Centred: text != "" && indent >= CentredIndent}) {
			return
		}
	}
}

// Unwrap joins the lines of a paragraph that a program broke at a column of the
// page. Lines that are broken on purpose stay: those of a table or a list, which
// are all much shorter than the page is wide.
func Unwrap(lines []string) string {
	var b strings.Builder
	for i, line := range lines {
		if i > 0 {
			switch {
			case !isFull(lines[i-1], line):
				b.WriteByte('\n')
			case !isIdeograph(lines[i-1], line):
				b.WriteByte(' ')
			}
		}
		b.WriteString(line)
	}
	return b.String()
}

// fullLine is the width below which the first word of the next line would have
// stood on this one, in characters. Pages are 80 wide, but some programs break
// at 70.
const fullLine = 66

// isFull reports whether there was no room on a line for the next one's first
// word.
func isFull(line, next string) bool {
	first, _, _ := strings.Cut(next, " ")
	return width(line)+1+width(first) > fullLine
}

// isIdeograph reports whether a line break stands between characters of Chinese or
// Japanese, which have no blanks.
func isIdeograph(before, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(after)
	return last >= 0x2e80 && first >= 0x2e80 && !unicode.Is(unicode.Hangul, last) && !unicode.Is(unicode.Hangul, first)
}

// width returns how many columns a text takes: the characters of Chinese,
// Japanese and Korean take two.
func width(s string) int {
	n := 0
	for _, r := range s {
		if n++; r >= 0x1100 && (r < 0x2000 || r >= 0x2e80) {
			n++
		}
	}
	return n
}
