package text

import (
	"unicode"
	"unicode/utf8"
)

// class is what a rune means to the cutting of words.
type class uint8

const (
	separator  class = iota // parts words
	letter                  // runs of these three make words
	digit                   // a decimal digit of any script
	numeral                 // other numbers: ², Ⅷ, ①
	mark                    // belongs to the rune before it
	solo                    // a token of its own: ideographs, kana, Thai...
	emoji                   // a word of its own, never folded
	ignorable               // counts for nothing: soft hyphens, joiners
	apostrophe              // of any shape
)

// inWord reports whether runs of c make words.
func (c class) inWord() bool { return c == letter || c == digit || c == numeral }

// classAt decodes the rune at s[i:], its class and its width; at the end of s
// it returns a separator of no width. A byte that is not UTF-8 is a separator.
func classAt(s string, i int) (r rune, c class, width int) {
	if i >= len(s) {
		return 0, separator, 0
	}
	if b := s[i]; b < utf8.RuneSelf {
		return rune(b), asciiClass(b), 1
	}
	r, width = utf8.DecodeRuneInString(s[i:])
	if r == utf8.RuneError {
		return r, separator, width
	}
	return r, classOf(r), width
}

// skipIgnorable returns the first place from i on that holds no ignorable
// rune.
func skipIgnorable(s string, i int) int {
	for i < len(s) && s[i] >= utf8.RuneSelf {
		_, c, n := classAt(s, i)
		if c != ignorable {
			break
		}
		i += n
	}
	return i
}

func isASCIILetter(b byte) bool { return b|0x20-'a' < 26 }

func isASCIIDigit(b byte) bool { return b-'0' < 10 }

func isASCIIWord(b byte) bool { return isASCIILetter(b) || isASCIIDigit(b) }

func asciiClass(b byte) class {
	switch {
	case isASCIILetter(b):
		return letter
	case isASCIIDigit(b):
		return digit
	case b == '\'' || b == '`':
		return apostrophe
	}
	return separator
}

// classOf returns the class of a rune: classify, without a search through
// Unicode's tables for the runes seen most.
func classOf(r rune) class {
	switch {
	case r < utf8.RuneSelf:
		return asciiClass(byte(r))
	case 0xC0 <= r && r <= 0x24F: // Latin
		if r == '×' || r == '÷' {
			return separator
		}
		return letter
	case 0x400 <= r && r <= 0x481, 0x48A <= r && r <= 0x52F, // Cyrillic
		0x620 <= r && r <= 0x63F, 0x641 <= r && r <= 0x64A, 0x671 <= r && r <= 0x6D3, // Arabic
		0xAC00 <= r && r <= 0xD7A3: // Hangul
		return letter
	case 0x3041 <= r && r <= 0x3096, 0x30A1 <= r && r <= 0x30FA, 0x4E00 <= r && r <= 0x9FFF:
		return solo
	case 0x2010 <= r && r <= 0x2027, 0x3000 <= r && r <= 0x3003, 0x3008 <= r && r <= 0x3011,
		0xFF01 <= r && r <= 0xFF0F, r == 0xA0:
		if isApostrophe(r) {
			return apostrophe
		}
		return separator // quotation marks, dashes and the like
	}
	return classify(r)
}

// classify returns the class of a rune by Unicode's tables.
func classify(r rune) class {
	switch {
	case r < utf8.RuneSelf:
		return asciiClass(byte(r))
	case isApostrophe(r):
		return apostrophe
	case isIgnorable(r):
		return ignorable
	case r == 0xFF9E || r == 0xFF9F: // half-width voicing marks of kana
		return mark
	case unicode.IsMark(r):
		return mark
	case unicode.Is(unicode.Nd, r):
		return digit
	case isSolo(r):
		return solo
	case unicode.IsLetter(r):
		return letter
	case unicode.IsNumber(r):
		return numeral
	case isEmoji(r):
		return emoji
	}
	return separator
}

// isApostrophe takes in the signs that are typed for an apostrophe, the Hebrew
// geresh, and the letters of Unicode that look like one and stand for a glottal
// stop, an ayn or a soft sign in names such as Hawaiʻi, Shiʿa and Solovʹev.
// U+2018 is what word processors make of one after a space.
func isApostrophe(r rune) bool {
	switch r {
	case '\'', '`', 0xB4, 0x2B9, 0x2BB, 0x2BC, 0x2BE, 0x2BF, 0x374, 0x5F3, 0x2018, 0x2019, 0x201B, 0x2032, 0xFF07:
		return true
	}
	return false
}

// isGershayim takes in the sign before the last letter of a Hebrew abbreviation
// and the quotation marks that are typed for it.
func isGershayim(r rune) bool { return r == gershayim || r == '"' || r == '”' || r == '“' }

const gershayim = '\u05F4'

// isSuperscript takes in the raised digits: ² is one, ₂ is none.
func isSuperscript(r rune) bool {
	return r == '²' || r == '³' || r == '¹' || r == '⁰' || '⁴' <= r && r <= '⁹'
}

// isHyphen takes in the signs that hold the parts of a word together.
func isHyphen(r rune) bool {
	switch r {
	case '-', 0x2010, 0x2011, 0xFE63, 0xFF0D:
		return true
	}
	return false
}

// isIgnorable takes in format characters (soft hyphen, zero-width space and
// joiners, direction marks), variation selectors, the Arabic tatweel, and the
// skin tones of emoji.
func isIgnorable(r rune) bool {
	switch {
	case r == 0x34F, r == 0x640,
		0x180B <= r && r <= 0x180F,
		0xFE00 <= r && r <= 0xFE0F,
		0x1F3FB <= r && r <= 0x1F3FF,
		0xE0100 <= r && r <= 0xE01EF:
		return true
	}
	return unicode.Is(unicode.Cf, r)
}

// isSolo reports whether r is of a script written without spaces between
// words, so that each rune (with its marks) is a token, see Characters.
func isSolo(r rune) bool {
	switch {
	case r < 0xE00:
		return false
	case r == 0x30FC || r == 0xFF70: // the mark of a long vowel of kana
		return true
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
		return true
	}
	return unicode.IsLetter(r) && unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// isEmoji takes in pictures, not the signs that texts are merely set with:
// bullets, boxes, arrows, ©, °.
func isEmoji(r rune) bool {
	if 0x2600 <= r && r <= 0x27BF || 0x2B00 <= r && r <= 0x2BFF || 0x1F000 <= r && r <= 0x1FAFF {
		return unicode.Is(unicode.So, r)
	}
	return false
}
