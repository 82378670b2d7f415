package query

import (
	"strings"
	"unicode"
)

// The line below a query that has a caret under a place of it.

// Marks of direction, as Unicode names them.
const (
	leftToRight        = "\u200e"
	rightToLeft        = "\u200f"
	leftToRightIsolate = "\u2066"
	endOfIsolate       = "\u2069"
	blank              = "\u00a0" // of no direction, also at the end of a line
)

// caretBelow returns the line below left and right, with a caret under the first character
// of right.
//
// Where a line has right-to-left letters, a terminal may show it in another order than that
// of its characters, or may not. So the line below it is made of blanks that are reordered
// alike: for each character as many as it has cells, with a mark of its direction before.
func caretBelow(left, right string) string {
	if !strings.ContainsFunc(left+right, isRightToLeft) {
		return strings.Repeat(" ", cells(left)) + "^"
	}
	var b caretLine
	for _, r := range left {
		b.add(r, strings.Repeat(blank, width(r)))
	}
	first := true
	for _, r := range right {
		cells := strings.Repeat(blank, width(r))
		if first && width(r) > 0 {
			cells, first = "^"+strings.Repeat(blank, width(r)-1), false
		}
		b.add(r, cells)
	}
	if first {
		b.WriteString("^")
	}
	return b.String()
}

// caretLine is the line as it is made.
type caretLine struct {
	strings.Builder
	inRightToLeft bool // whether the last letter was right-to-left
}

// add adds what stands for a character.
func (b *caretLine) add(r rune, cells string) {
	if cells == "" {
		return
	}
	switch {
	case isRightToLeft(r):
		b.inRightToLeft = true
		b.WriteString(rightToLeft + cells + rightToLeft)
	case unicode.IsLetter(r):
		b.inRightToLeft = false
		b.WriteString(leftToRight + cells + leftToRight)
	case unicode.IsDigit(r) && b.inRightToLeft:
		// Digits read from left to right within right-to-left text.
		before, joined := strings.CutSuffix(b.String(), endOfIsolate+rightToLeft)
		if joined {
			b.Reset()
			b.WriteString(before + cells + endOfIsolate + rightToLeft)
			return
		}
		b.WriteString(rightToLeft + leftToRightIsolate + cells + endOfIsolate + rightToLeft)
	case unicode.IsDigit(r):
		b.WriteString(leftToRight + cells + leftToRight)
	default:
		b.WriteString(cells)
	}
}

// isRightToLeft reports whether r is a letter of a script that is written from right to
// left.
func isRightToLeft(r rune) bool {
	return r >= 0x590 && unicode.IsLetter(r) && unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko, unicode.Adlam)
}
