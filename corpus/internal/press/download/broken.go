package download

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of lines that a program broke, in columns.
const (
	minBroken = 45
	maxBroken = 140
)

// brokenPart is which part of the paragraphs must go on in the next for a text in
// which each line was made a paragraph: a quarter. Half of the lines of prose begin
// with a small letter.
const brokenPart = 4

// Mend joins paragraphs that were one before some program made one of each line.
// Where all lines of a text are such, all that are full are joined; elsewhere those
// that plainly go on.
func Mend(paragraphs []string) []string {
	goesOn, longest := 0, 0
	for i, s := range paragraphs {
		longest = max(longest, len(s))
		if i > 0 && continues(paragraphs[i-1], s) {
			goesOn++
		}
	}
	if goesOn == 0 {
		return paragraphs
	}
	all := longest <= maxBroken && goesOn*brokenPart >= len(paragraphs)
	mended := make([]string, 0, len(paragraphs))
	var b strings.Builder
	for i, s := range paragraphs {
		switch {
		case i == 0:
		case continues(paragraphs[i-1], s), all && isFull(paragraphs[i-1], s) && !isSpeaker(s):
			b.WriteByte(' ')
		default:
			mended = append(mended, b.String())
			b.Reset()
		}
		b.WriteString(s)
	}
	return append(mended, b.String())
}

// continues reports whether a paragraph plainly goes on in the next: in the middle
// of a sentence, at the width of a page.
func continues(s, next string) bool {
	if len(s) < minBroken || len(s) > maxBroken || strings.ContainsRune(s, '\n') {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(s)
	first, _ := utf8.DecodeRuneInString(next)
	return (unicode.IsLetter(last) || last == ',' || last == '-') && unicode.IsLower(first)
}

// isSpeaker reports whether a line begins with the name of who speaks, as in a
// transcript: "ROE: Welcome back".
func isSpeaker(s string) bool {
	name, _, ok := strings.Cut(s, ":")
	return ok && len(name) < 60 && strings.ToUpper(name[:min(4, len(name))]) == name[:min(4, len(name))]
}
