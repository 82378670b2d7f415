package neardup

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The classes of ASCII bytes. A letter or a digit is itself, in lower case.
const (
	blank byte = 0 // ends a word
	none  byte = 1 // is no part of a word, and ends none
)

// classes has the class of each ASCII byte.
var classes = func() (c [utf8.RuneSelf]byte) {
	for b := byte('a'); b <= 'z'; b++ {
		c[b], c[b-'a'+'A'] = b, b
	}
	for b := byte('0'); b <= '9'; b++ {
		c[b] = b
	}
	c['\''] = none
	return c
}()

// The constants of FNV-1a, by which words are hashed.
const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

// scanWords adds the hash of each word of text to w.
func scanWords(text string, w *window) {
	h, number := uint64(fnvOffset), false
	for i := 0; i < len(text); {
		b := text[i]
		if b < utf8.RuneSelf {
			i++
			switch c := classes[b]; c {
			case blank:
				if h != fnvOffset {
					w.end(h, number)
					h, number = fnvOffset, false
				}
			case none:
			default:
				number = number || h == fnvOffset && c <= '9'
				h = (h ^ uint64(c)) * fnvPrime
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		before := h
		if h = w.addRune(h, r, number); h == fnvOffset || before == fnvOffset {
			number = false
		}
	}
	if h != fnvOffset {
		w.end(h, number)
	}
}

// end adds a word that has ended, by the hash of its letters.
func (w *window) end(h uint64, number bool) {
	h = mix(h)
	if w.add(h); number {
		w.numbers = append(w.numbers, uint32(h))
	}
}

// addRune takes a letter beyond ASCII into the word of which the hash is h, and
// returns the hash of the word that goes on. number is whether that begins with a digit.
func (w *window) addRune(h uint64, r rune, number bool) uint64 {
	switch {
	case isApostrophe(r) || unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r):
		return h
	case isUnspaced(r):
		if h != fnvOffset {
			w.end(h, number)
		}
		w.end(uint64(r), false)
		return fnvOffset
	case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mc, r):
		return (h ^ uint64(unicode.ToLower(r))) * fnvPrime
	}
	if h != fnvOffset {
		w.end(h, number)
	}
	return fnvOffset
}

// isApostrophe reports whether a sign is an apostrophe, which is printed in several forms.
func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == '‘' || r == 'ʼ' }

// isUnspaced reports whether a letter is of a script that is written without blanks.
func isUnspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// Words returns the words of a text as they are compared, without case, signs and
// apostrophes.
func Words(s string) []string {
	s = strings.NewReplacer("'", "", "’", "", "‘", "").Replace(strings.ToLower(s))
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r) })
}
