package query

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// What stands within a word and elsewhere parts words: invisible characters, the
// mark in Hebrew abbreviations, spaces between initials. A tokenizer reads texts
// likewise.

// isInvisible reports whether r is a zero-width space, a word joiner or a byte
// order mark.
func isInvisible(r rune) bool { return r == '\u200b' || r == '\u2060' || r == '\ufeff' }

// maxInvisible bounds the invisible characters that stand side by side in a word.
const maxInvisible = 8

// unspaced are scripts in which a zero-width space parts words.
var unspaced = []*unicode.RangeTable{unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar}

// withinWord reports whether the invisible character at offset i came into a word
// with what was copied: characters of a word stand before and after it. A
// zero-width space does not where scripts have no other space.
func (p *parser) withinWord(i int) bool {
	before, n := utf8.DecodeLastRuneInString(p.text[:i])
	for k := 0; isInvisible(before); k++ {
		if i -= n; k == maxInvisible {
			return false
		}
		before, n = utf8.DecodeLastRuneInString(p.text[:i])
	}
	spaced := false
	r, n := utf8.DecodeRuneInString(p.text[i:])
	for k := 0; isInvisible(r); k++ {
		spaced = spaced || r == '\u200b'
		if i += n; k == maxInvisible {
			return false
		}
		r, n = utf8.DecodeRuneInString(p.text[i:])
	}
	const joining, trailing = "-.'’&_/@", "*?~^"
	if before == utf8.RuneError || !isWordly(before) && !strings.ContainsRune(joining, before) ||
		r == utf8.RuneError || !isWordly(r) && !strings.ContainsRune(joining+trailing, r) {
		return false
	}
	return !spaced || !unicode.In(before, unspaced...) && !unicode.In(r, unspaced...)
}

// isGershayim reports whether the quotation mark at offset i stands for the sign
// before the last letter of a Hebrew abbreviation: between two Hebrew letters, the
// second of which ends the word.
func (p *parser) isGershayim(i int) bool {
	end, ok := p.betweenHebrew(i)
	if !ok {
		return false
	}
	r, _ := utf8.DecodeRuneInString(p.text[end:])
	return !unicode.IsLetter(r) && !unicode.IsNumber(r)
}

// betweenHebrew reports whether a quotation mark stands at offset i with a Hebrew
// letter on either side, and returns the end of the second one.
func (p *parser) betweenHebrew(i int) (end int, ok bool) {
	r, size := utf8.DecodeRuneInString(p.text[i:])
	if r != '"' && r != '”' && r != '“' {
		return 0, false
	}
	before := strings.TrimRightFunc(p.text[max(0, i-maxTerm):i], unicode.IsMark)
	last, _ := utf8.DecodeLastRuneInString(before)
	next, n := utf8.DecodeRuneInString(p.text[i+size:])
	if !isHebrew(last) || !isHebrew(next) {
		return 0, false
	}
	rest := p.text[i+size+n:]
	return len(p.text) - len(strings.TrimLeftFunc(rest, unicode.IsMark)), true
}

func isHebrew(r rune) bool { return unicode.IsLetter(r) && unicode.Is(unicode.Hebrew, r) }

// maxInitials is how many initials a tokenizer joins.
const maxInitials = 6

// nextInitial returns the offset of the initial that belongs to those that were
// read, with the space at offset i between them, or 0: J. D. Varley. What stands
// together, such as U.S., is no initial; a capital that stands twice is (EE. UU.).
func (p *parser) nextInitial(read []char, i int) int {
	size := initialSize(read)
	if n := len(read); n == 0 || n%size > 0 || n >= size*maxInitials {
		return 0
	}
	for k, c := range read {
		isStop := k%size == size-1
		if c.literal || isStop && c.r != '.' || !isStop && !unicode.IsLetter(c.r) {
			return 0
		}
		if k > 0 && k%size == 0 && c.start == read[k-1].end {
			return 0
		}
	}
	next := len(p.text) - len(strings.TrimLeftFunc(p.text[i:], unicode.IsSpace))
	r, n := utf8.DecodeRuneInString(p.text[next:])
	if size == doubledSize {
		if r < 'A' || r > 'Z' || !strings.HasPrefix(p.text[next+n:], string(r)) {
			return 0
		}
		n *= 2
	}
	if next == i || !unicode.IsLetter(r) || !strings.HasPrefix(p.text[next+n:], ".") {
		return 0
	}
	if r, _ := utf8.DecodeRuneInString(p.text[next+n+1:]); r != utf8.RuneError && isWordly(r) {
		return 0
	}
	return next
}

// doubledSize is the number of characters of an initial that is a capital twice.
const doubledSize = 3

// initialSize returns the number of characters of the initials that were read, with
// their full stops.
func initialSize(read []char) int {
	if len(read) >= doubledSize && read[0].r >= 'A' && read[0].r <= 'Z' && read[0].r == read[1].r {
		return doubledSize
	}
	return 2
}
