package query

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// SyntaxError is a query that could not be read.
type SyntaxError struct {
	Text   string // the query
	Offset int    // byte offset of what is wrong
	Msg    string // what is wrong, to be followed by the place
	Hint   string // what to do about it
}

// Error is one sentence with cause, column and mend, such as
// `unclosed quotation at column 14; add " at the end`.
func (e *SyntaxError) Error() string {
	return sentence(e.Msg, e.Column(), e.Hint)
}

func sentence(msg string, column int, rest string) string {
	msg += " at column " + strconv.Itoa(column)
	if rest != "" {
		msg += "; " + rest
	}
	return msg
}

// Column returns the place of the error in characters, counted from 1. What
// combines with the character before it doesn't count.
func (e *SyntaxError) Column() int {
	column := 1
	for _, r := range e.Text[:e.offset()] {
		if !combines(r) {
			column++
		}
	}
	return column
}

// offset returns Offset, held within Text.
func (e *SyntaxError) offset() int { return max(0, min(e.Offset, len(e.Text))) }

// caretWidth is the most cells that a line of Caret takes: a terminal's 80,
// less some room for indentation.
const caretWidth = 72

// Caret returns the query, and on a second line a caret under the place of
// the error. Of a long query it shows the part around the place, between
// ellipses. Wide characters count as two cells, as terminals have it, and where
// a terminal shows right-to-left words in their order, the caret goes with them.
func (e *SyntaxError) Caret() string {
	// A third of the line is left for what follows the place.
	left, fits := windowLeft(e.Text[:e.offset()], caretWidth*2/3)
	right, fitsRight := windowRight(e.Text[e.offset():], caretWidth-cells(left)-1)
	var line strings.Builder
	if !fits {
		left = "…" + left
	}
	if !fitsRight {
		right += "…"
	}
	line.WriteString(left)
	line.WriteString(right)
	line.WriteString("\n")
	line.WriteString(caretBelow(left, right))
	return line.String()
}

// windowLeft returns as much of the end of s as takes at most limit cells, fit
// for one line, and whether that is all of s.
func windowLeft(s string, limit int) (string, bool) {
	start, used := len(s), 0
	for start > 0 {
		r, size := utf8.DecodeLastRuneInString(s[:start])
		if used += width(r); used > limit {
			return oneLine(s[start:]), false
		}
		start -= size
	}
	return oneLine(s), true
}

// windowRight is windowLeft for the start of s.
func windowRight(s string, limit int) (string, bool) {
	used := 0
	for i, r := range s {
		if used += width(r); used > limit {
			return oneLine(s[:i]), false
		}
	}
	return oneLine(s), true
}

// oneLine replaces characters that would break or garble a line on a terminal
// by one of the same width.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r), unicode.Is(unicode.Zl, r), unicode.Is(unicode.Zp, r):
			return ' '
		case unicode.Is(unicode.Bidi_Control, r):
			return -1
		default:
			return r
		}
	}, s)
}

func cells(s string) int {
	n := 0
	for _, r := range s {
		n += width(r)
	}
	return n
}

// combines reports whether r joins the character before it.
func combines(r rune) bool { return unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) }

// width returns the number of cells that r takes on a terminal.
func width(r rune) int {
	switch {
	case combines(r):
		return 0
	case r >= 0x1100 && unicode.Is(wide, r):
		return 2
	default:
		return 1
	}
}

// wide holds the characters that are wide or full-width in Unicode's East
// Asian Width property, in round blocks, and the emoji.
var wide = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x1100, 0x115f, 1}, // Hangul jamo
		{0x2e80, 0x303e, 1}, // radicals and CJK punctuation
		{0x3041, 0x4dbf, 1}, // kana to extension A
		{0x4e00, 0xa4cf, 1}, // ideographs, Yi
		{0xac00, 0xd7a3, 1}, // Hangul syllables
		{0xf900, 0xfaff, 1}, // compatibility ideographs
		{0xfe30, 0xfe6f, 1}, // vertical and small forms
		{0xff00, 0xff60, 1}, // full-width forms
		{0xffe0, 0xffe6, 1},
	},
	R32: []unicode.Range32{
		{0x1f300, 0x1f64f, 1}, // emoji
		{0x1f680, 0x1f6ff, 1},
		{0x1f900, 0x1f9ff, 1},
		{0x20000, 0x3fffd, 1}, // further ideographs
	},
}
